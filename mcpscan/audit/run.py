"""From an inventory and what its servers sent to one audit. No input and no output."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mcpscan.connect import Capture
from mcpscan.finding import Action, Difference, NotScanned, Report, Target
from mcpscan.fleet import Audited, Status
from mcpscan.inventory import Server
from mcpscan.surface import Surface, read
from mcpscan.text import visible


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a server: what it sent, or why nothing was asked of it."""

    capture: Capture | None = None
    status: Status = Status.SCANNED
    reason: str = ""
    seconds: float = 0.0
    surface: Surface | None = None
    report: Report | None = None

    @classmethod
    def of(cls, capture: Capture, seconds: float) -> Seen:
        """A server that was started or dialled."""
        reasons = "; ".join(visible(problem.reason) for problem in capture.problems)
        if capture.empty:
            return cls(capture, Status.FAILED, reasons or "it answered, but listed nothing", seconds)
        status = Status.PARTLY if any(one.code != "not-fetched" for one in capture.problems) else Status.SCANNED
        return cls(capture, status, reasons, seconds, read(capture.document))


def identified(servers: Iterable[Server]) -> dict[str, Server]:
    """Servers by an id unique among them: client and name, with the scope and a number where these are not enough."""
    servers = tuple(servers)
    names = Counter(f"{server.client}/{server.name}" for server in servers)
    found: dict[str, Server] = {}
    for server in servers:
        name = f"{server.client}/{server.name}"
        plain = visible(name if names[name] == 1 else f"{name} ({server.scope})")
        key, number = plain, 1
        while key in found:
            number += 1
            key = f"{plain} {number}"
        found[key] = server
    return found


def scanned(servers: Mapping[str, Audited], seen: Mapping[str, Seen]) -> dict[str, Report]:
    """A report for each server that listed something, alone; what is configured several times was scanned once."""
    found: dict[str, Report] = {}
    for name, server in servers.items():
        surface, report = seen[name].surface, seen[name].report
        if surface is not None and report is not None:
            found[name] = _for(report, name, _target(name, server, surface))
    return found


def _target(name: str, server: Audited, surface: Surface) -> Target:
    return Target(
        name=name, source=server.installed.file, server=visible(surface.server),
        server_version=visible(surface.server_version), protocol=visible(surface.protocol),
    )  # fmt: skip


def _for(report: Report, name: str, target: Target) -> Report:
    """A report under another server's id."""
    return replace(
        report,
        targets=(target,),
        findings=tuple(replace(one, target=name) for one in report.findings),
        suppressed=tuple(replace(one, target=name) for one in report.suppressed),
        not_scanned=tuple(replace(one, target=name) for one in report.not_scanned),
        errors=tuple(replace(one, target=name) for one in report.errors),
    )


def missed(servers: Sequence[Audited]) -> list[NotScanned]:
    """What was not looked at, and why, as the policy judges it."""
    codes = {Status.NOT_STARTED: "not-started", Status.FAILED: "server-failed", Status.PARTLY: "partly-listed"}
    return [
        NotScanned(code=codes[server.status], target=server.id, reason=server.reason)
        for server in servers
        if server.status in codes
    ]


def grade(changes: Sequence[Difference]) -> Action:
    """At least a review where anything differs from what was approved."""
    worst = max((change.grade for change in changes), key=lambda action: action.rank, default=Action.ALLOW)
    return Action.REVIEW if changes and worst is Action.ALLOW else worst


def now() -> str:
    """The time, as ISO 8601 in UTC."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
