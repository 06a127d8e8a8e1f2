"""Holds what a server lists against what was approved: a part that nobody approved, or that changed for the worse, is out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mcpscan.drift import Part, TooDeepError, parts
from mcpscan.engine import Scanner
from mcpscan.finding import Action, Difference
from mcpscan.lock import FAMILIES, Lock, LockError, Pinned
from mcpscan.surface import Surface, read
from mcpscan_service.guard.channel import LISTS
from mcpscan_service.guard.objection import Objection
from mcpscan_service.guard.settings import Drifting

REMEMBERED = 4_096
"""Comparisons whose outcome is kept: a server that drifted is listed again and again."""

_LISTS = frozenset(LISTS.values())
_LOWER = frozenset(name.lower() for name in _LISTS)
_TEXTS = frozenset({"instructions", "server"})
_Compared = tuple[bool, tuple[Difference, ...]]


@dataclass(frozen=True, slots=True)
class Drifted:
    """A part that is out: why, and how it differs from what was approved."""

    part: Part
    objection: Objection
    changes: tuple[Difference, ...] = ()


class Pins:
    """A lock, and what it says of the lists that pass. Safe to use from several threads; one lock for its whole life."""

    def __init__(self, lock: Lock, scanner: Scanner, drifting: Drifting = Drifting.GRADED) -> None:
        self.lock = lock
        self._scanner = scanner
        self._drifting = drifting
        self._kept: OrderedDict[tuple[str, str], _Compared] = OrderedDict()
        self._guard = threading.Lock()

    def find(self, identity: str) -> Pinned | None:
        """The approved server of an identity, if there is one."""
        try:
            return self.lock.find(identity) if identity else None
        except LockError:
            return None

    def knows(self, identity: str, family: str, name: str) -> bool:
        """Whether a part of a name was approved; a resource also when a template that was approved may make it."""
        pinned = self.find(identity)
        if pinned is None:
            return False
        if family == "resource":
            return True  # Contents are scanned on read; any URI may come from a template or a link.
        return (family, name) in pinned.parts

    def drifted(self, identity: str, value: object) -> Iterator[Drifted]:
        """The parts of a message that are out. A server that is not in the lock has only such parts."""
        pinned = self.find(identity)
        for name in _respelt(value):
            yield Drifted(Part("server", "", "", None), Objection("lock-unknown", f"/result/{name}"))
        surface = read(value)
        try:
            listed = parts(surface)
        except (TooDeepError, RecursionError):
            yield Drifted(Part("server", "", "", None), Objection("lock-unknown", ""))
            return
        for key, part in listed.items():
            if part.family == "server":
                continue
            approved = pinned.parts.get(key) if pinned else None
            if approved is None:
                yield Drifted(part, Objection("lock-new", part.pointer))
                continue
            out, changes = self._compared(approved, part)
            if out:
                yield Drifted(part, Objection("lock-changed", part.pointer), changes)

    def _compared(self, approved: Part, part: Part) -> _Compared:
        try:
            pair = (approved.digest, part.digest)
        except (TooDeepError, RecursionError):
            return True, ()
        if pair[0] == pair[1]:
            return False, ()
        with self._guard:
            known = self._kept.get(pair)
        if known is None:
            known = self._graded(approved, part)
            with self._guard:
                self._kept[pair] = known
                while len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
        return known

    def _graded(self, approved: Part, part: Part) -> _Compared:
        report = self._scanner.compare(_surface(approved), _surface(part), approved.name)
        worse = any(change.grade is not Action.ALLOW for change in report.changes) or bool(report.errors)
        return self._drifting is Drifting.ANY or worse, report.changes


def _respelt(value: object) -> Iterator[str]:
    """Members of a result that some readers take for a list of parts, and others do not: `Tools`."""
    result = value.get("result") if isinstance(value, dict) else None
    for name in result if isinstance(result, dict) else ():
        if name not in _LISTS and name.lower() in _LOWER:
            yield name


def _surface(part: Part) -> Surface:
    value: Any = part.value if part.family in _TEXTS else [part.value]
    return read({FAMILIES[part.family]: value})
