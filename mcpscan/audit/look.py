"""Looks at configured servers: decides which can be started or dialled, and does so all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mcpscan.audit.run import Seen
from mcpscan.audit.start import Filling, UnfilledError, same, target
from mcpscan.connect import Command, Url, capture_all
from mcpscan.finding import Report
from mcpscan.fleet import Status
from mcpscan.inventory import Server
from mcpscan.surface import Surface
from mcpscan.text import visible

if TYPE_CHECKING:
    from mcpscan.connect.together import Timed


@dataclass(slots=True)
class Plan:
    """What is to be looked at, by id, and what became of the rest without looking."""

    targets: dict[str, Command | Url] = field(default_factory=dict)
    settled: dict[str, Seen] = field(default_factory=dict)

    @property
    def commands(self) -> dict[str, Command]:
        """The programs among the targets: what needs consent."""
        return {name: one for name, one in self.targets.items() if isinstance(one, Command)}

    def skip(self) -> None:
        """Look at nothing: the configuration alone is asked for."""
        reason = "only its configuration was checked"
        self.settled |= {name: Seen(status=Status.LISTED, reason=reason) for name in self.targets}
        self.settled |= {
            name: Seen(status=Status.LISTED, reason=reason)
            for name, seen in self.settled.items()
            if seen.status is not Status.DISABLED
        }
        self.targets.clear()

    def refuse(self, reasons: Mapping[str, str]) -> None:
        """Take out what may not be started."""
        for name, reason in reasons.items():
            del self.targets[name]
            self.settled[name] = Seen(status=Status.NOT_STARTED, reason=reason)


def planned(servers: Mapping[str, Server], filling: Filling, headers: Mapping[str, str] | None = None) -> Plan:
    """What can be started or dialled; nothing is, yet. `headers` are sent to every server over HTTP."""
    plan = Plan()
    for name, server in servers.items():
        if not server.enabled:
            plan.settled[name] = Seen(status=Status.DISABLED, reason="switched off in its configuration")
        elif server.transport == "builtin":
            plan.settled[name] = Seen(status=Status.LISTED, reason="part of the client, nothing to start")
        elif server.transport == "ws":
            plan.settled[name] = Seen(status=Status.FAILED, reason="WebSocket servers cannot be dialled yet")
        else:
            try:
                made = target(server, filling)
                plan.targets[name] = (
                    replace(made, headers={**made.headers, **(headers or {})}) if isinstance(made, Url) else made
                )
            except UnfilledError as problem:
                plan.settled[name] = Seen(status=Status.NOT_STARTED, reason=str(problem))
            except ValueError as problem:
                plan.settled[name] = Seen(status=Status.FAILED, reason=str(problem))
    return plan


def look(
    plan: Plan,
    timeout: float,
    step: Callable[[str, str], None],
    scan: Callable[[str, Surface], Report] | None = None,
) -> dict[str, Seen]:
    """What came of every server of a plan. One that stands in several configurations alike is started and scanned once.

    `step` is told a server's id and what is being done, "done" at its end. `scan` is called as soon as a server has
    listed what it offers, while others still talk. Raises `KeyboardInterrupt` when interrupted, with every started process
    ended.
    """
    first: dict[tuple[object, ...], str] = {}
    for name, one in plan.targets.items():
        first.setdefault(same(one), name)
    made: dict[str, Seen] = {}

    def then(name: str, timed: Timed) -> None:
        try:
            seen = Seen.of(timed.capture, timed.seconds)
            scanned = seen.surface is not None and scan is not None
            made[name] = replace(seen, report=scan(name, seen.surface)) if scanned else seen  # type: ignore[misc,arg-type]
        except Exception as problem:  # noqa: BLE001 - one server's trouble is its own, and never a clean result
            reason = f"what it sent could not be scanned: {type(problem).__name__}: {problem}"[:300]
            made[name] = Seen(timed.capture, Status.FAILED, visible(reason), timed.seconds)

    capture_all({name: plan.targets[name] for name in first.values()}, timeout, step, then)
    return plan.settled | {name: made[first[same(one)]] for name, one in plan.targets.items()}
