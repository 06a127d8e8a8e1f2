"""Walks any JSON and gathers its texts, within a budget, without recursion."""

from __future__ import annotations

from dataclasses import dataclass, field

from mcpscan.surface.parse import Repeated
from mcpscan.surface.passage import Anomaly, Item, Kind, Passage, Reach, Surface, Unread

IDENTIFIER = 64
"""Names and words up to this length that hold nothing but letters, digits, `_` and `-` cannot carry a sentence."""


def escape(name: object) -> str:
    """One reference token of a JSON Pointer (RFC 6901 section 3)."""
    return str(name).replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its pointer, whose it is, and what its texts count as."""

    pointer: str
    kind: Kind
    reach: Reach = Reach.MODEL
    key_kind: Kind | None = None
    owner: str = ""
    base: str = ""
    slot: str = ""

    def at(self, name: object, kind: Kind | None = None, reach: Reach | None = None) -> Place:
        """The place of a member or element, of the same or another kind."""
        slot = self.slot if isinstance(name, int) else str(name)
        pointer = f"{self.pointer}/{escape(name)}"
        return Place(pointer, kind or self.kind, reach or self.reach, self.key_kind, self.owner, self.base, slot)

    def of(self, owner: str) -> Place:
        """The same place, as the top of a named item."""
        return Place(self.pointer, self.kind, self.reach, self.key_kind, owner, self.pointer, self.slot)

    def names(self, kind: Kind | None) -> Place:
        """The same place with the names of its members counted as texts of a kind."""
        return Place(self.pointer, self.kind, self.reach, kind, self.owner, self.base, self.slot)


@dataclass(slots=True)
class Gatherer:
    """What has been gathered of one document so far."""

    max_nodes: int = 2_000_000
    max_depth: int = 200
    passages: list[Passage] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    nodes: int = 0
    level: int = 0
    server: str = ""
    server_version: str = ""
    protocol: str = ""

    def surface(self) -> Surface:
        """What was gathered, frozen."""
        return Surface(
            tuple(self.passages),
            tuple(self.items),
            tuple(self.anomalies),
            tuple(self.unread),
            self.server,
            self.server_version,
            self.protocol,
        )

    def text(self, value: object, place: Place, *, in_key: bool = False, encoding: str = "") -> None:
        """Take a string as a passage; walk anything else that stands where a string was due."""
        if not isinstance(value, str):
            if value is not None and not isinstance(value, bool | int | float):
                self.odd("wrong-type", place.pointer, f"{place.slot or 'this'} is {_name(value)}, not a string")
                self.walk(value, place)
            return
        if value:
            self.passages.append(
                Passage(
                    place.pointer, place.kind, place.reach, value, place.owner, place.base, place.slot, in_key, encoding
                )
            )

    def odd(self, code: str, pointer: str, message: str) -> None:
        """Note something that is wrong in itself."""
        self.anomalies.append(Anomaly(code, pointer, message))

    def skip(self, code: str, pointer: str, reason: str) -> None:
        """Note something that was not looked at."""
        self.unread.append(Unread(code, pointer, reason))

    def members(self, value: dict[str, object], place: Place) -> list[tuple[str, object]]:
        """The members of an object, those under a repeated name included."""
        pairs = list(value.items())
        if isinstance(value, Repeated):
            for name, _ in value.hidden:
                pointer = f"{place.pointer}/{escape(name)}"
                self.odd("duplicate-key", pointer, f"the name {name[:80]!r} stands twice in one object")
            pairs += value.hidden
        return pairs

    def walk(self, value: object, place: Place) -> None:
        """Take every string in a value, and every name of a member that could carry a sentence."""
        stack: list[tuple[object, Place, int]] = [(value, place, 0)]
        while stack:
            node, here, depth = stack.pop()
            self.nodes += 1
            if self.nodes > self.max_nodes:
                self.skip("too-many-values", here.pointer, f"more than {self.max_nodes} values; the rest was not read")
                return
            if isinstance(node, str):
                self.text(node, here)
            elif depth >= self.max_depth and isinstance(node, dict | list):
                self.skip("too-deep", here.pointer, f"nested deeper than {self.max_depth} levels")
            elif isinstance(node, dict):
                stack += [
                    (child, self.member(name, here), depth + 1) for name, child in reversed(self.members(node, here))
                ]
            elif isinstance(node, list):
                stack += [(child, here.at(place), depth + 1) for place, child in reversed(tuple(enumerate(node)))]

    def member(self, name: str, place: Place) -> Place:
        """The place of a member, its name taken as a text on the way unless it is a plain identifier."""
        here = place.at(name)
        kind = place.key_kind or (None if len(name) <= IDENTIFIER and name.isidentifier() else place.kind)
        if kind is not None:
            named = Place(here.pointer, kind, here.reach, None, here.owner, here.base, here.slot)
            self.text(name, named, in_key=True)
        return here


def _name(value: object) -> str:
    return "an object" if isinstance(value, dict) else "an array" if isinstance(value, list) else type(value).__name__
