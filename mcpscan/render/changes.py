"""Changes for people: grouped by tool, the worst first, each with its grade, class and reason, and what changed in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from mcpscan.finding import Difference

SHOWN = 600
"""Characters of one value that are shown."""

AROUND = 60
"""Unchanged characters shown on each side of what changed."""

PAIRS = 250_000
"""Pairs of equal words that a comparison weighs; hostile texts would make it take minutes."""

Piece = tuple[str, str]
"""What became of some characters ("=" kept, "-" gone, "+" come), and the characters."""


def grouped(changes: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Changes by the part they are of, with its heading; the gravest part first, and its gravest change."""
    parts: dict[tuple[str, str], list[Difference]] = {}
    for change in changes:
        parts.setdefault((change.family, change.name), []).append(change)
    ordered = sorted(parts.items(), key=lambda entry: -max(change.grade.rank for change in entry[1]))
    return [
        (" ".join(key).strip(), sorted(mine, key=lambda change: (-change.grade.rank, change.pointer)))
        for key, mine in ordered
    ]


def headline(changes: Iterable[Difference]) -> str:
    """One line over all changes: how many parts of which kind changed, and how gravely."""
    changes = tuple(changes)
    grades = dict.fromkeys(("block", "review", "allow"), 0)
    for _, mine in grouped(changes):
        grades[max(mine, key=lambda change: change.grade.rank).grade.value] += 1
    counts = ", ".join(f"{count} {grade}" for grade, count in grades.items() if count)
    total = sum(grades.values())
    return f"{total} part{'s' * (total != 1)} changed in {len(changes)} place{'s' * (len(changes) != 1)}: {counts}"


def pieces(change: Difference, pairs: int = PAIRS) -> list[Piece]:
    """What changed, word by word; what did not change is cut to what stands around it.

    Texts with more than `pairs` pairs of equal words to weigh are compared sentence by sentence, or else not at all.
    """
    before, after = _text(change.before), _text(change.after)
    if change.before is None or change.after is None:
        return [("+", _cut(after))] if change.before is None else [("-", _cut(before))]
    return list(_shortened(_compared(before, after, pairs)))


def _compared(before: str, after: str, pairs: int) -> list[Piece]:
    for unit in (r"\w+|\s+|[^\w\s]", r"[^.\n]*(?:[.\n]|$)"):
        one, two = re.findall(unit, before), re.findall(unit, after)
        head = _same(one, two)
        tail = _same(one[head:][::-1], two[head:][::-1])
        start, one, two = one[:head], one[head : len(one) - tail], two[head : len(two) - tail]
        end = before[sum(map(len, (*start, *one))) :]
        counts = Counter(two)
        if sum(counts[each] for each in one) <= pairs:
            return _joined([("=", "".join(start)), *_steps(one, two), ("=", end)])
    return _joined([("=", "".join(start)), ("-", "".join(one)), ("+", "".join(two)), ("=", end)])


def _same(one: list[str], two: list[str]) -> int:
    return next((place for place, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]),
                min(len(one), len(two)))  # fmt: skip


def _steps(one: list[str], two: list[str]) -> Iterator[Piece]:
    for step, start, end, low, high in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if step == "equal":
            yield "=", "".join(one[start:end])
            continue
        yield "-", "".join(one[start:end])
        yield "+", "".join(two[low:high])


def _joined(found: list[Piece]) -> list[Piece]:
    """The pieces without empty ones, neighbours of one kind in one."""
    made: list[Piece] = []
    for sign, text in found:
        if made and made[-1][0] == sign:
            made[-1] = (sign, made[-1][1] + text)
        elif text:
            made.append((sign, text))
    return made


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _shortened(found: list[Piece]) -> Iterator[Piece]:
    for place, (sign, text) in enumerate(found):
        if sign != "=" or len(text) <= 2 * AROUND:
            yield sign, _cut(text)
        elif place == 0:
            yield sign, "…" + text[-AROUND:]
        elif place == len(found) - 1:
            yield sign, text[:AROUND] + "…"
        else:
            yield sign, text[:AROUND] + " … " + text[-AROUND:]


def marked(change: Difference) -> str:
    """What changed as plain characters: `[-gone-]` and `{+come+}`, as wdiff writes them."""
    marks = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
    return "".join(marks[sign][0] + text + marks[sign][1] for sign, text in pieces(change))
