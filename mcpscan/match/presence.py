"""Which patterns can match in a short text at all: those of whose sets of words it holds one each.

For patterns whose words are common: where they stand says little, that all of them are there says much. Hyperscan
evaluates it as logical combinations of word sets, which many patterns share, in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcpscan.match.matcher import Match, cache_directory, chosen_backend
from mcpscan.match.pattern import Pattern
from mcpscan.match.prefilter import Need, alternation


class Presence:
    """Matches a fixed list of patterns in short texts. Thread-safe. For `backend` see `Matcher`."""

    def __init__(self, patterns: Sequence[Pattern], backend: str = "auto") -> None:
        self.patterns = tuple(patterns)
        self.backend = chosen_backend(backend)
        self._database = None
        if self.backend == "hyperscan" and self.patterns:
            from mcpscan.match.database import Database

            self._database = Database(self.patterns, cache_directory(), combined=True)

    def candidates(self, text: str) -> Sequence[int]:
        """The patterns that may match somewhere in a folded text, in their order."""
        if self._database is None:
            return range(len(self.patterns))
        # A line end stands for the end of the text in patterns that look at what follows.
        found, _ = self._database.scan((text + "\n").encode("utf-8", "replace"), 1 << 30)
        return sorted({pattern for pattern, _ in found})

    def matches(self, text: str, pattern: int) -> Iterator[Match]:
        """The matches of one pattern in a text that `lower` made, leftmost first and without overlap."""
        return self.patterns[pattern].exact.finditer(text)


def combinations(patterns: Sequence[Pattern]) -> Iterator[tuple[str, int, bool | None]]:
    """What to compile: a source, its number, and whether it is a combination; None for a pattern matched whole."""
    sets: dict[tuple[str, ...], int] = {}

    def formula(need: Need) -> str:
        if need.words:
            return str(sets.setdefault(need.words, len(patterns) + len(sets)))
        return "(" + (" & " if need.every else " | ").join(map(formula, need.parts)) + ")"

    for place, pattern in enumerate(patterns):
        need = pattern.requirement
        if need is None:
            yield pattern.expanded, place, None
            continue
        combined = formula(need)
        # A combination must combine something, if only a set with itself.
        yield combined if " " in combined else f"{combined} & {combined}", place, True
    for words, number in sets.items():
        yield alternation(words), number, False
