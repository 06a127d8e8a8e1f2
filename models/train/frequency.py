"""Counts how often the words of the rules' patterns stand in honest text, for the choice of words to look for.

    python -m models.train.frequency BENIGN.jsonl… > mcpscan/match/frequency.py

Reads rows of {label, text}, counts every word that `mcpscan.match.prefilter` could choose, as a part of words too, and
prints a module with the binary logarithm of its count per million characters, for words above one in a million.
"""

from __future__ import annotations

import json
import math
import random
import sys
from pathlib import Path

from mcpscan.match import Pattern
from mcpscan.match.prefilter import candidates
from mcpscan.rule import PatternRule
from mcpscan.rules import RULES, sources
from mcpscan.text import fold

MOST = 3_000_000
"""Characters counted in: a random sample of the rows."""

HEAD = '''"""How common words are: the binary logarithm of their count per million characters of honest text.

Made by models/train/frequency.py; words that are not listed are rarer than one in a million.
"""

from __future__ import annotations

from functools import cache

_WORDS = """\\
{lines}
"""


@cache
def frequency() -> dict[str, int]:
    """Word to the binary logarithm of its count per million characters."""
    table: dict[str, int] = {{}}
    for line in _WORDS.splitlines():
        level, *words = line.split("\\t")
        table.update(dict.fromkeys(words, int(level)))
    return table
'''


def main(paths: list[str]) -> None:
    """Print the table for some files of rows."""
    texts = [
        row["text"]
        for path in paths
        for row in map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())
        if row.get("label") == "benign" and isinstance(row.get("text"), str)
    ]
    random.Random(0).shuffle(texts)  # noqa: S311 - a sample, not a secret
    text = fold("\n".join(texts)[:MOST]).text.lower()
    rules = [rule for rule in RULES if issubclass(rule, PatternRule)]
    patterns = [Pattern(source) for rule in rules for part in sources(rule) for source in part]
    words = {word for pattern in patterns for word in candidates(pattern.expanded)}
    levels: dict[int, list[str]] = {}
    for word in sorted(words):
        rate = text.count(word) / len(text) * 1e6
        if rate >= 1:
            levels.setdefault(round(math.log2(rate)), []).append(word)
    lines = "\n".join("\t".join([str(level), *levels[level]]) for level in sorted(levels))
    print(HEAD.format(lines=lines.replace("\\", "\\\\")), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
