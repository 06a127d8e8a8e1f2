"""What the texts of a listing say of tools, each with whose tool it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcpscan.rule import Listing, ListingRule
from mcpscan.rules._schema_walk import words
from mcpscan.rules._shadowing_words import Mention, is_tool_like, mentions, says, window
from mcpscan.surface import METADATA, NAMES, Kind, Passage
from mcpscan.text import Late, View, fold

_SPOKEN = METADATA - NAMES - {Kind.ICON, Kind.RESOURCE}
_SHORTEST = 24
_LONGEST = 100
_MOST = 100
"""Mentions looked at in one text."""

_APART = 40
"""Characters within which two mentions of one sort say the same."""

_ADDRESS = Late(r"@|://|\d{4}")
"""What a text about its own tools must hold to be worth a look."""

_FIELDS = frozenset({"enum", "const", "required", "title", "default", "examples"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says of a tool that is not its own."""

    passage: Passage
    start: int
    end: int
    name: str
    sort: str
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Names:
    """Whose the names in a scan are."""

    tools: frozenset[str]
    fields: frozenset[str]
    others: frozenset[str]
    servers: frozenset[str]
    other_servers: frozenset[str]
    alone: bool

    @classmethod
    def of(cls, listing: Listing) -> _Names:
        """The names of a listing and of those beside it."""
        surface = listing.surface
        tools = frozenset(words(item.name) for item in surface.items)
        named = (
            p.text for p in surface.passages if p.kind in NAMES or (p.kind is Kind.TOOL_SCHEMA and p.slot in _FIELDS)
        )
        servers = frozenset({words(listing.name), words(surface.server)})
        beside = [other.surface for other in listing.others]
        return cls(
            tools,
            frozenset(words(text) for text in named if len(text) <= _LONGEST),
            frozenset(words(item.name) for other in beside for item in other.tools()) - tools,
            servers,
            frozenset(words(name) for other in listing.others for name in (other.name, other.surface.server)) - servers,
            not surface.items,
        )

    def sort(self, mention: Mention) -> str:
        """Whose the thing is that a text names; empty if it is nothing to speak of."""
        name = words(mention.name)
        if mention.sort == "others":
            return "others"
        if mention.sort == "server":
            own = (
                name in self.tools
                or name in self.fields
                or any(set(name.split()) <= set(server.split()) for server in self.servers)
            )
            return "" if own else "theirs" if name in self.other_servers else "server"
        if name in self.others and (" " in name or mention.sort != "name"):
            return "theirs"
        if name in self.tools or name in self.fields:
            return "own"
        loose = mention.sort == "tool" or is_tool_like(mention.name)
        return ("loose" if self.alone else "unlisted") if loose else ""


class Claims(ListingRule):
    """What a listing's texts say of tools, each with whose tool it is."""

    reads = METADATA

    def claims(self, listing: Listing) -> Iterator[Claim]:
        """Every mention of a tool or server, and what the sentence around it says."""
        names = _Names.of(listing)
        done: set[str] = set()
        for passage in listing.surface.passages:
            shortest = _SHORTEST if passage.text.isascii() else _SHORTEST // 2
            if (
                passage.kind in _SPOKEN
                and len(passage.text) >= shortest
                and not passage.in_key
                and passage.text not in done
            ):
                done.add(passage.text)
                yield from _told(passage, names)


def _told(passage: Passage, names: _Names) -> Iterator[Claim]:
    view = fold(passage.text)
    last: dict[str, int] = {}
    left = _MOST
    addressed = _ADDRESS.search(view.text) is not None
    for mention in mentions(view.text):
        sort = names.sort(mention)
        near = sort in last and abs(mention.start - last[sort]) < _APART
        if not sort or near or (sort == "own" and not addressed):
            continue
        last[sort] = mention.start
        left -= 1
        if left < 0:
            return
        yield _claim(passage, view, mention, sort)


def _claim(passage: Passage, view: View, mention: Mention, sort: str) -> Claim:
    start, end = view.span(mention.start, mention.end)
    return Claim(passage, start, end, mention.name, sort, says(window(view.text, mention.start, mention.end)))
