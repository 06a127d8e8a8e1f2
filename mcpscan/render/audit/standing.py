"""How a server stands in an audit: its findings, changes and worst severity; and all servers in that order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcpscan.finding import Action, Difference, Finding, Severity
from mcpscan.fleet import Audit, Audited, ClientUse
from mcpscan.render import place
from mcpscan.render.shown import shown


@dataclass(frozen=True, slots=True)
class Standing:
    """A server with what was found in its entry and in what it offers, the worst first."""

    server: Audited
    findings: tuple[Finding, ...]
    changes: tuple[Difference, ...]

    @property
    def worst(self) -> Severity | None:
        """The severity of its gravest finding, None without any."""
        return max((finding.severity for finding in self.findings), key=lambda each: each.rank, default=None)

    @property
    def grade(self) -> Action | None:
        """What its gravest change leads to, None without any."""
        return max((change.grade for change in self.changes), key=lambda each: each.rank, default=None)

    @property
    def tokens(self) -> int:
        """What the definitions of its tools cost a model (estimated)."""
        return sum(tool.tokens for tool in self.server.tools)

    @property
    def accepted(self) -> tuple[tuple[Finding, str], ...]:
        """Findings that a policy suppresses, each with the reason somebody gave."""
        report = self.server.report
        if report is None:
            return ()
        reasons = {entry.fingerprint: entry.reason for entry in report.suppressions}
        return tuple((finding, reasons.get(finding.fingerprint, "")) for finding in report.suppressed)

    def in_entry(self, finding: Finding) -> bool:
        """Whether a finding is about the configuration, not about what the server offers."""
        return finding in self.server.entry

    def where(self, finding: Finding) -> str:
        """The place of a finding as a person reads it."""
        if not self.in_entry(finding):
            return shown(place(finding.pointer, finding.owner, in_key=finding.in_key))
        below = " › ".join(below_entry(finding, self.server.installed.key))
        return shown(f"configuration › {below}" if below else "configuration")

    def line(self, finding: Finding) -> int:
        """The line of the configuration file that a finding is anchored at: its own, or that of the server's entry."""
        installed = self.server.installed
        if self.in_entry(finding):
            steps = below_entry(finding, installed.key)
            for end in range(len(steps), 0, -1):
                line = installed.places.get("/".join(steps[:end]))
                if line:
                    return line
        return max(1, installed.line)


def below_entry(finding: Finding, key: tuple[str, ...]) -> tuple[str, ...]:
    """The way from a server's entry to the place of a finding in it; all of the way where it leads elsewhere."""
    steps = tuple(step.replace("~1", "/").replace("~0", "~") for step in finding.pointer.split("/")[1:])
    return steps[len(key) :] if steps[: len(key)] == key else steps


def standings(audit: Audit) -> tuple[Standing, ...]:
    """Every server, the worst first: by severity, then changes, then the number of findings, then name."""
    return tuple(sorted(map(_standing, audit.servers), key=_order))


def by_client(audit: Audit) -> tuple[tuple[ClientUse, tuple[Standing, ...]], ...]:
    """Every client with its servers, the client with the worst server first."""
    uses = {use.client: use for use in audit.clients}
    groups: dict[str, list[Standing]] = {}
    for standing in standings(audit):
        groups.setdefault(standing.server.installed.client, []).append(standing)
    for client in uses:
        groups.setdefault(client, [])
    return tuple((uses.get(client) or _use(client, mine), tuple(mine)) for client, mine in groups.items())


def every_finding(audit: Audit) -> tuple[Finding, ...]:
    """All findings of all servers and across them."""
    return (*audit.across, *(finding for standing in standings(audit) for finding in standing.findings))


def tally(findings: Iterable[Finding]) -> tuple[tuple[Severity, int], ...]:
    """How many findings there are of each severity that occurs, the worst first."""
    counts = dict.fromkeys(reversed(Severity), 0)
    for finding in findings:
        counts[finding.severity] += 1
    return tuple((severity, count) for severity, count in counts.items() if count)


def worded(findings: Iterable[Finding]) -> str:
    """The same in words: "2 critical, 1 high"."""
    return ", ".join(f"{count} {severity.value}" for severity, count in tally(findings))


def _use(client: str, mine: list[Standing]) -> ClientUse:
    tools = [tool for standing in mine for tool in standing.server.tools]
    return ClientUse(client=client, servers=len(mine), tools=len(tools), tokens=sum(tool.tokens for tool in tools))


def _standing(server: Audited) -> Standing:
    report = server.report
    found = (*server.entry, *(report.findings if report else ()))
    found = tuple(sorted(found, key=lambda each: (-each.severity.rank, -each.confidence.rank)))
    changes = server.changes or (report.changes if report else ())
    return Standing(server, found, changes)


def _order(standing: Standing) -> tuple[int, int, int, str]:
    worst, grade = standing.worst, standing.grade
    return (
        -(worst.rank + 1 if worst else 0),
        -(grade.rank if grade else -1),
        -len(standing.findings),
        standing.server.installed.name,
    )
