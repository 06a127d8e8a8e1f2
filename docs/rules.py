"""Writes docs/rules: a page per rule, from what the rule's class says.

python docs/rules.py          write the pages
python docs/rules.py --check  exit with 1 if a page is not what it would be
"""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

from mcpscan.render import documented
from mcpscan.rule import Example, Rule
from mcpscan.rules import RULES
from mcpscan.text import visible

FOLDER = Path(__file__).parent / "rules"


def pages() -> dict[str, str]:
    """File name to content of every page."""
    made = {f"{rule.id}.md": _page(rule) for rule in RULES}
    made["index.md"] = _index()
    return made


def _page(rule: type[Rule]) -> str:
    title, *rest = documented(rule)
    lines = [f"# {rule.id}", "", f"**{title}**", ""]
    lines += [f"Severity {rule.severity.value}, confidence {rule.confidence.value}{_content(rule)}.", ""]
    for paragraph in rest:
        lines += [textwrap.fill(paragraph, 118), ""]
    lines += ["Reads: " + ", ".join(sorted(rule.reads)) + ".", ""]
    if rule.refs:
        lines += ["See: " + ", ".join(rule.refs) + ".", ""]
    lines += ["## Flags", "", *_examples(rule.flags), "## Passes", "", *_examples(rule.passes)]
    return "\n".join(lines).rstrip() + "\n"


def _content(rule: type[Rule]) -> str:
    if rule.content_confidence is None:
        return ""
    return f" ({rule.content_confidence.value} in results and documents)"


def _examples(examples: tuple[Example, ...]) -> list[str]:
    lines: list[str] = []
    for example in examples:
        text = visible(example if isinstance(example, str) else json.dumps(example, ensure_ascii=False))
        lines += ["```text", *textwrap.wrap(text.replace("```", "'''"), 118), "```", ""]
    return lines


def _index() -> str:
    lines = ["# Rules", "", f"{len(RULES)} rules. `mcpscan rules ID` shows the same on the command line.", ""]
    lines += ["| rule | severity | confidence | a finding means |", "|---|---|---|---|"]
    lines += [
        f"| [{rule.id}]({rule.id}.md) | {rule.severity.value} | {rule.confidence.value} | {rule.title().replace('|', '/')} |"
        for rule in RULES
    ]
    return "\n".join(lines) + "\n"


def main(check: bool) -> int:  # noqa: FBT001 - a script's only switch
    """Write or check the pages."""
    made = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    if check:
        stale = sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))
        print("\n".join(stale) or "fresh")
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name in there.keys() - made.keys():
        (FOLDER / name).unlink()
    for name, content in made.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
