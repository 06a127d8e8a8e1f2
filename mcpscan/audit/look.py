"""Looks at configured servers: decides which can be started or dialled, and does so all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mcpscan.audit.run import Seen
from mcpscan.audit.start import Filling, UnfilledError, hushed, same, sent, target
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
    """What is to be looked at, by id, and what became of the rest without looking.

    `asked` says of each target that needs consent what would happen: the programs with their command lines, and remote
    servers that would be sent variables of the user's environment.
    """

    servers: Mapping[str, Server]
    targets: dict[str, Command | Url] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    settled: dict[str, Seen] = field(default_factory=dict)

    def skip(self) -> None:
        """Look at nothing: the configuration alone is asked for."""
        reason = "only its configuration was checked"
        off = {name for name, seen in self.settled.items() if seen.status is Status.DISABLED}
        names = {*self.targets, *self.settled} - off
        self.settled |= {name: Seen(status=Status.LISTED, reason=reason) for name in names}
        self.targets.clear()

    def refuse(self, reasons: Mapping[str, str]) -> None:
        """Take out what may not be started or dialled."""
        for name, reason in reasons.items():
            del self.targets[name]
            self.settled[name] = Seen(status=Status.NOT_STARTED, reason=reason)


@dataclass(frozen=True, slots=True)
class Given:
    """What the user gives to all servers: variables to programs, headers to remote ones."""

    env: Mapping[str, str] = field(default_factory=dict)
    share: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def to(self, made: Command | Url) -> Command | Url:
        """A target with what is given to it; what its own entry says comes first."""
        if isinstance(made, Url):
            return replace(made, headers={**self.headers, **made.headers})
        return replace(made, env={**self.env, **made.env}, share=self.share)


def planned(servers: Mapping[str, Server], filling: Filling, given: Given | None = None) -> Plan:
    """What can be started or dialled; nothing is, yet."""
    plan = Plan(servers)
    for name, server in servers.items():
        if not server.enabled:
            plan.settled[name] = Seen(status=Status.DISABLED, reason="switched off in its configuration")
        elif server.transport == "builtin" and not server.argv and not server.url:
            plan.settled[name] = Seen(status=Status.LISTED, reason="part of the client, nothing to start")
        elif server.transport == "ws":
            plan.settled[name] = Seen(status=Status.FAILED, reason="WebSocket servers cannot be dialled yet")
        else:
            _settle(plan, name, server, filling, given or Given())
    return plan


def _settle(plan: Plan, name: str, server: Server, filling: Filling, given: Given) -> None:
    """Make a target of a server, or say why not."""
    try:
        made = given.to(target(server, filling))
    except UnfilledError as problem:
        plan.settled[name] = Seen(status=Status.NOT_STARTED, reason=str(problem))
    except ValueError as problem:
        plan.settled[name] = Seen(status=Status.FAILED, reason=str(problem))
    else:
        plan.targets[name] = made
        if isinstance(made, Command):
            plan.asked[name] = hushed(str(made), server, made)
        elif names := sent(server, filling):
            plan.asked[name] = hushed(f"dial {made} and send it your {', '.join(names)}", server, made)


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
            seen = _told(plan, name, seen)
            made[name] = replace(seen, report=scan(name, seen.surface)) if scanned else seen  # type: ignore[misc,arg-type]
        except Exception as problem:  # noqa: BLE001 - one server's trouble is its own, and never a clean result
            reason = f"what it sent could not be scanned: {type(problem).__name__}: {problem}"[:300]
            made[name] = Seen(timed.capture, Status.FAILED, visible(reason), timed.seconds)

    capture_all({name: plan.targets[name] for name in first.values()}, timeout, step, then)
    return plan.settled | {name: made[first[same(one)]] for name, one in plan.targets.items()}


def _told(plan: Plan, name: str, seen: Seen) -> Seen:
    """What came of a server, with no secret in its reason, and partly looked at where its entry names two servers."""
    server, made = plan.servers[name], plan.targets[name]
    seen = replace(seen, reason=hushed(seen.reason, server, made))
    if seen.status is Status.SCANNED and server.argv and server.url:
        which = "command" if isinstance(made, Command) else "address"
        reason = f"its entry has a command and an address; only the {which} was looked at"
        return replace(seen, status=Status.PARTLY, reason=reason)
    return seen
