"""A configuration file as values, with the line of every member: what the formats have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mcpscan.surface.parse import Repeated

LONG = 1024
"""Characters of a key whose line is kept: deep nesting of long names would take memory by the square."""


class BrokenError(ValueError):
    """A text that is not of its format. `line` counts from 1, 0 where it is not known; `reason` quotes nothing."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(slots=True)
class Spot:
    """Where a value stands: the line of its name, and the spots of its members, as often as each name stands there."""

    line: int
    members: dict[str, list[Spot]] = field(default_factory=dict)

    def add(self, name: str, line: int) -> Spot:
        """A member more, on a line of its own."""
        spot = Spot(line)
        self.members.setdefault(name, []).append(spot)
        return spot

    def at(self, name: str, turn: int = -1) -> Spot:
        """The spot of a member, of the last of its name or another; its own line for a member that is not known."""
        spots = self.members.get(name, [])
        try:
            return spots[turn]
        except IndexError:
            return Spot(self.line)

    def lines(self) -> dict[str, int]:
        """The line of every member below, by its key joined with "/"; keys beyond `LONG` characters are left out."""
        found: dict[str, int] = {}
        todo = [("", self)]
        while todo:
            prefix, spot = todo.pop()
            for name, spots in spot.members.items():
                if len(prefix) + len(name) <= LONG:
                    found[f"{prefix}{name}"] = spots[-1].line
                    todo.append((f"{prefix}{name}/", spots[-1]))
        return found


class Document:
    """The value of a file and where its members stand. `body` is the text below a Markdown file's front matter.

    `spot` may be given as what finds it: most files that hold other things too hold no server, and finding where
    all of their members stand takes longer than reading them.
    """

    __slots__ = ("_spot", "body", "body_line", "value")

    def __init__(self, value: Any, spot: Spot | Callable[[], Spot], body: str = "", body_line: int = 1) -> None:
        self.value = value
        self._spot = spot
        self.body = body
        self.body_line = body_line

    @property
    def spot(self) -> Spot:
        """Where the value and its members stand."""
        if not isinstance(self._spot, Spot):
            self._spot = self._spot()
        return self._spot


def keep(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """An object of pairs; the pairs that a later one of the same name covers are kept in `Repeated.hidden`."""
    listed = list(pairs)
    members = dict(listed)
    if len(members) == len(listed):
        return members
    last = {name: place for place, (name, _) in enumerate(listed)}
    repeated = Repeated(members)
    repeated.hidden = tuple(pair for place, pair in enumerate(listed) if last[pair[0]] != place)
    return repeated


def members(value: Any, spot: Spot) -> Iterator[tuple[str, Any, Spot]]:
    """The members of an object or list with their spots, covered ones too, in the order of the file."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield str(place), item, spot.at(str(place))
    elif isinstance(value, dict):
        turns: dict[str, int] = {}
        hidden = value.hidden if isinstance(value, Repeated) else ()
        for name, item in (*hidden, *value.items()):
            turn = turns.get(name, 0)
            turns[name] = turn + 1
            yield name, item, spot.at(name, turn)
