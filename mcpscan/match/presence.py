"""Which patterns can match in a short text at all: those of whose words it holds what they require.

For patterns whose words are common: where they stand says little, that all of them are there says much. Hyperscan says
which words a text holds; a pattern is a candidate when its rarest set of words is among them and its whole requirement
is met. (Hyperscan's own logical combinations do the same, at 150 µs for every text, however short.)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mcpscan.match.matcher import Match, cache_directory, chosen_backend
from mcpscan.match.pattern import Pattern
from mcpscan.match.plan import digest
from mcpscan.match.prefilter import Need, rarity
from mcpscan.match.store import read, write

LITTLE = 80
MANY = 4_096
"""Texts of so few characters come again and again: names, types, addresses. So many of them are remembered."""

Formula = int | list[Any]
"""The number of a set of words, or a list of "&" or "|" and formulas."""


@dataclass(slots=True)
class Index:
    """What patterns require: `sets[i]` are the sets that word i is in, `keys` the patterns to think of for a set.

    `whole` are the patterns that require no word; they are looked for as they are.
    """

    words: list[str]
    sets: list[list[int]]
    keys: dict[int, list[int]]
    needs: list[Formula]

    @property
    def whole(self) -> list[int]:
        """The patterns without a requirement."""
        return [pattern for pattern, need in enumerate(self.needs) if need == []]

    def candidates(self, words: Iterable[int]) -> Iterator[int]:
        """The patterns whose requirement some words meet."""
        held: set[int] = set()
        for word in words:
            held.update(self.sets[word])
        for key in held:
            for pattern in self.keys.get(key, ()):
                if _holds(self.needs[pattern], held):
                    yield pattern


class Presence:
    """Matches a fixed list of patterns in short texts. Thread-safe. For `backend` see `Matcher`."""

    def __init__(self, patterns: Sequence[Pattern], backend: str = "auto") -> None:
        self.patterns = tuple(patterns)
        self.backend = chosen_backend(backend)
        self._database = None
        self._short = lru_cache(MANY)(self._candidates)
        if self.backend == "hyperscan" and self.patterns:
            from mcpscan.match.database import Database

            self._index = _index(self.patterns)
            whole = [self.patterns[pattern] for pattern in self._index.whole]
            self._database = Database(whole, cache_directory(), self._index.words)

    def candidates(self, text: str) -> Sequence[int]:
        """The patterns that may match somewhere in a folded text, in their order."""
        return self._short(text) if len(text) <= LITTLE else self._candidates(text)

    def _candidates(self, text: str) -> Sequence[int]:
        if self._database is None:
            return range(len(self.patterns))
        # A line end stands for the end of the text in patterns that look at what follows.
        found, _ = self._database.scan((text + "\n").encode("utf-8", "replace"), 1 << 30)
        if not found:
            return ()
        index, words = self._index, len(self._index.words)
        seen = {number for number, _ in found}
        known = set(index.candidates(number for number in seen if number < words))
        return sorted(known.union(index.whole[number - words] for number in seen if number >= words))

    def matches(self, text: str, pattern: int) -> Iterator[Match]:
        """The matches of one pattern in a text that `lower` made, leftmost first and without overlap."""
        return self.patterns[pattern].exact.finditer(text)


def _index(patterns: Sequence[Pattern]) -> Index:
    """The index of some patterns, from the cache where it has it: working it out takes seconds."""
    cache = cache_directory()
    path = None if cache is None else cache / f"index-{digest(patterns)}.json"
    stored = read(path) if path is not None else None
    try:
        if stored is not None:
            words, sets, keys, needs = json.loads(stored)
            return Index(words, sets, {int(key): entries for key, entries in keys.items()}, needs)
    except ValueError:
        pass  # A damaged file is made anew.
    index = build(patterns)
    if path is not None:
        write(path, json.dumps([index.words, index.sets, index.keys, index.needs]).encode())
    return index


def build(patterns: Sequence[Pattern]) -> Index:
    """What some patterns require, as an index."""
    sets: dict[tuple[str, ...], int] = {}
    keys: dict[int, list[int]] = {}

    def formula(need: Need) -> Formula:
        if need.words:
            return sets.setdefault(need.words, len(sets))
        parts = sorted(need.parts, key=lambda part: rarity(part.words) if part.words else 1e9)
        return ["&" if need.every else "|", *map(formula, parts)]

    needs: list[Formula] = []
    for place, pattern in enumerate(patterns):
        need = pattern.requirement
        needs.append([] if need is None else formula(need))
        for words in set(_rarest(need)) if need is not None else ():
            keys.setdefault(sets[words], []).append(place)
    spelled = sorted({word for each in sets for word in each})
    members: dict[str, list[int]] = {word: [] for word in spelled}
    for each, number in sets.items():
        for word in each:
            members[word].append(number)
    return Index(spelled, [members[word] for word in spelled], keys, needs)


def _rarest(need: Need) -> list[tuple[str, ...]]:
    """Sets of words one of which must be there for the need to be met, as rare as can be."""
    if need.words:
        return [need.words]
    options = [_rarest(part) for part in need.parts]
    if not need.every:
        return [words for option in options for words in option]
    return min(options, key=lambda option: sum(rarity(words) for words in option))


def _holds(need: Formula, held: set[int]) -> bool:
    if isinstance(need, int):
        return need in held
    every = bool(need[0] == "&")
    for part in need[1:]:
        # Sets stand in the formula itself; asking for them here saves most of the calls.
        met = part in held if isinstance(part, int) else _holds(part, held)
        if met is not every:
            return not every
    return every
