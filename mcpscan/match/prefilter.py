"""What Hyperscan looks for in place of a whole pattern: words of which every match must hold one.

Rule patterns are sentences: alternations of dozens of verbs and nouns with counted gaps between them. As one automaton
such a pattern takes seconds to compile and megabytes to keep. Sets of literal words compile in no time and are what
Hyperscan is fastest at. The whole pattern is then checked around each hit, so nothing is found that it does not match,
and nothing is lost, because every match holds the words (the necessary-factor idea of Cox, "Regular Expression Matching
with a Trigram Index", 2012).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mcpscan.match.frequency import frequency

MOST_STRINGS = 256
"""An alternation of more spellings than this is not used as a set of words."""

SHORTEST = 3
"""Shorter words (in bytes) are parts of too many others."""

RARE = 0.5
"""Occurrences per million characters of a word that the table does not list."""

CHECK = 15.0
"""Microseconds to check a hit."""

MOST_PATHS = 48
"""Alternatives of one pattern that are looked for apart, at most."""

_parser: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001 - the only reader of `re` syntax there is


@dataclass(frozen=True, slots=True)
class Factor:
    """Words of which every match holds one, and how often one of them stands in a million characters."""

    words: frozenset[str]
    rate: float


@dataclass(frozen=True, slots=True)
class _Item:
    """A part of a concatenation: the words it must hold, if any, the most characters it matches, its alternatives."""

    factor: Factor | None
    width: int
    paths: tuple[tuple[_Item, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Byte patterns (as text) of words, one of which every match holds.

    A match that holds words ending at e begins at `e - left` or later. `needs` are sets of words of each of which a
    match holds one, the rarest first. `cost` is what looking for them and checking the hits is expected to take, in
    microseconds per million characters of honest text.
    """

    sources: tuple[str, ...]
    left: int
    cost: float
    needs: tuple[tuple[str, ...], ...] = ()


def prefilter(expanded: str) -> Words | None:
    """The words to look for in place of a pattern; None where it has none.

    >>> prefilter("(?:file|user).{0,9}(?:password|token)").needs
    (('password', 'token'), ('file', 'user'))
    """
    items = tuple(_items(_parser.parse(expanded)))
    words = _choose(items, MOST_PATHS)
    if words is None:
        return None
    factors = sorted((item.factor for item in items if item.factor is not None), key=lambda factor: factor.rate)
    return replace(words, needs=tuple(tuple(sorted(factor.words)) for factor in factors))


@dataclass(frozen=True, slots=True)
class Need:
    """What every match must hold: one of some words, or else all (`every`) or one of the parts."""

    words: tuple[str, ...] = ()
    parts: tuple[Need, ...] = ()
    every: bool = True


def requirement(expanded: str) -> Need | None:
    """All that can be said about the words that every match of a pattern holds; None where that is nothing.

    >>> [part.words for part in requirement("(?:file|user).{0,9}(?:password|token)").parts]
    [('file', 'user'), ('password', 'token')]
    """
    return _all_of(_items(_parser.parse(expanded)))


def _all_of(items: Iterable[_Item]) -> Need | None:
    needs = tuple(need for need in map(_need, items) if need is not None)
    return Need(parts=needs) if len(needs) > 1 else needs[0] if needs else None


def _need(item: _Item) -> Need | None:
    ways = [_all_of(path) for path in item.paths]
    known = [way for way in ways if way is not None]
    if not known or len(known) < len(ways):
        return None if item.factor is None else Need(tuple(sorted(item.factor.words)))
    words = tuple(sorted({word for way in known for word in way.words}))
    parts = tuple(way for way in known if not way.words)
    if not parts:
        return Need(words)
    either = (Need(words), *parts) if words else parts
    return either[0] if len(either) == 1 else Need(parts=either, every=False)


def _choose(items: tuple[_Item, ...], paths: int) -> Words | None:
    """The cheapest words of a concatenation, its alternatives taken apart where that is cheaper."""
    best = _cheapest(items)
    for place, item in enumerate(items):
        if 1 < len(item.paths) <= paths and (best is None or best.cost > 40 * CHECK):
            ways = [
                _choose((*items[:place], *path, *items[place + 1 :]), paths // len(item.paths)) for path in item.paths
            ]
            known = [way for way in ways if way is not None]
            if len(known) < len(ways):
                continue
            apart = Words(
                tuple(dict.fromkeys(source for way in known for source in way.sources)),
                max(way.left for way in known),
                sum(way.cost for way in known),
            )
            if best is None or apart.cost < 0.7 * best.cost:
                best = apart
    return best


def _cheapest(items: tuple[_Item, ...]) -> Words | None:
    """The rarest set of words of a concatenation, looked for with the characters that can stand before its end."""
    known = [(item.factor, place) for place, item in enumerate(items) if item.factor is not None]
    if not known:
        return None
    factor, place = min(known, key=lambda entry: entry[0].rate)
    return Words((alternation(factor.words),), sum(item.width for item in items[: place + 1]), factor.rate * CHECK)


def candidates(expanded: str) -> set[str]:
    """Every word that could be chosen for a pattern."""
    return {word for item in _items(_parser.parse(expanded)) if item.factor is not None for word in item.factor.words}


def alternation(words: Iterable[str]) -> str:
    """A pattern that finds each of some words, without those that begin with another one of them."""
    kept: list[str] = []
    for word in sorted(words):
        if not (kept and word.startswith(kept[-1])):
            kept.append(word)
    return "(?:" + "|".join(re.escape(word).replace("\\ ", " ") for word in kept) + ")"


def _items(sequence: Any) -> Iterator[_Item]:
    """The parts of a concatenation: runs of literal text as sets of spellings, and what stands between."""
    spelled: frozenset[str] = frozenset([""])
    for node in sequence:
        exact = _spellings([node])
        joined = _product(spelled, exact) if exact is not None else None
        if joined is not None:
            spelled = joined
            continue
        if spelled != {""}:
            yield _word_item(spelled)
        spelled = exact if exact is not None else frozenset([""])
        if exact is None:
            yield from _inside(node)
    if spelled != {""}:
        yield _word_item(spelled)


def _word_item(spelled: frozenset[str]) -> _Item:
    return _Item(_factor(spelled), max(map(len, spelled)))


def _branch_item(node: Any, alternatives: Sequence[Any]) -> _Item:
    paths = tuple(tuple(_items(alternative)) for alternative in alternatives)
    bests = [_best(path) for path in paths]
    known = [best for best in bests if best is not None]
    words = frozenset().union(*(best.words for best in known)) if len(known) == len(bests) else frozenset()
    return _Item(_factor(words) if words else None, _width([node]), paths)


def _inside(node: Any) -> Iterator[_Item]:
    """The items of a part that is not plain text."""
    kind, value = str(node[0]), node[1]
    if kind == "SUBPATTERN":
        yield from _items(value[3])
    elif kind == "BRANCH":
        yield _branch_item(node, value[1])
    elif kind in {"MAX_REPEAT", "MIN_REPEAT"} and value[0] >= 1:
        best = _best(_items(value[2]))
        yield _Item(best, _width([node]))
    else:
        yield _Item(None, _width([node]))


def _best(items: Iterable[_Item]) -> Factor | None:
    return min((item.factor for item in items if item.factor is not None), key=lambda factor: factor.rate, default=None)


def _factor(words: frozenset[str]) -> Factor | None:
    if len(words) > MOST_STRINGS or any(len(word.strip().encode()) < SHORTEST for word in words):
        return None
    return Factor(words, sum(map(_rate, words)))


def rarity(words: Iterable[str]) -> float:
    """How often one of some words stands in a million characters of honest text."""
    return sum(map(_rate, words))


def _rate(word: str) -> float:
    level = frequency().get(word)
    return RARE if level is None else 2.0**level


def _spellings(nodes: Sequence[Any]) -> frozenset[str] | None:
    """All strings a part can match, where they are few; None where they are not."""
    total: frozenset[str] | None = frozenset([""])
    for node in nodes:
        kind, value = str(node[0]), node[1]
        if kind == "LITERAL":
            exact: frozenset[str] | None = frozenset([chr(value).lower()])
        elif kind == "IN":
            exact = _letters(value)
        elif kind == "SUBPATTERN":
            exact = _spellings(value[3])
        elif kind == "BRANCH":
            parts = [_spellings(part) for part in value[1]]
            exact = None if None in parts else frozenset().union(*(part for part in parts if part is not None))
        elif kind in {"MAX_REPEAT", "MIN_REPEAT"} and value[1] == 1:
            inner = _spellings(value[2])
            exact = None if inner is None else inner | {""} if value[0] == 0 else inner
        else:
            exact = None
        total = _product(total, exact) if total is not None and exact is not None else None
        if total is None:
            return None
    return total


def _letters(choices: Sequence[Any]) -> frozenset[str] | None:
    if len(choices) > 6 or any(str(kind) != "LITERAL" for kind, _ in choices):
        return None
    return frozenset(chr(point).lower() for _, point in choices)


def _product(left: frozenset[str], right: frozenset[str]) -> frozenset[str] | None:
    if len(left) * len(right) > MOST_STRINGS:
        return None
    return frozenset(one + two for one in left for two in right)


def widest(expanded: str) -> int:
    """The most characters a match of a pattern can have."""
    return _width(_parser.parse(expanded))


def _width(nodes: Sequence[Any]) -> int:
    """The most characters a part can match."""
    holder = _parser.SubPattern(_parser.State(), list(nodes))
    widest: int = holder.getwidth()[1]
    return widest
