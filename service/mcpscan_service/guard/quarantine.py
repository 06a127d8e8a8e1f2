"""Which parts of which servers were left out of a list, so that they cannot be called, and why."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from mcpscan.finding import Difference, Finding

MOST = 10_000
"""Parts that are remembered; beyond it the longest unseen are forgotten (a lock still refuses what nobody approved)."""


@dataclass(frozen=True, slots=True)
class Held:
    """One part that is held back: since when, by which rules, with which evidence."""

    server: str
    family: str
    name: str
    rules: tuple[str, ...]
    since: float
    seen: float
    event: str = ""
    findings: tuple[Finding, ...] = ()
    changes: tuple[Difference, ...] = ()


class Quarantine:
    """The parts held back by this process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str, str], Held] = OrderedDict()
        self._guard = threading.Lock()

    def hold(self, held: Held) -> None:
        """Hold a part back, or do so still."""
        key = (held.server, held.family, held.name)
        with self._guard:
            known = self._held.pop(key, None)
            since = known.since if known else held.since
            self._held[key] = Held(held.server, held.family, held.name, held.rules, since, held.seen, held.event,
                                   held.findings, held.changes)  # fmt: skip
            while len(self._held) > MOST:
                self._held.popitem(last=False)

    def release(self, server: str, family: str, name: str) -> None:
        """Let a part go: the server lists it without what it was held for."""
        with self._guard:
            self._held.pop((server, family, name), None)

    def find(self, server: str, family: str, name: str) -> Held | None:
        """The entry of a part, if it is held back."""
        return self._held.get((server, family, name))

    def all(self) -> tuple[Held, ...]:
        """Everything held back, the longest held first."""
        with self._guard:
            return tuple(sorted(self._held.values(), key=lambda held: held.since))
