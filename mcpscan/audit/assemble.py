"""Puts an audit together: entries, what servers offer, abilities, flows, drift, and one verdict over all."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mcpscan._version import __version__
from mcpscan.audit import config, run
from mcpscan.audit.config.rule import Machine
from mcpscan.audit.flows import flows
from mcpscan.audit.run import Seen
from mcpscan.audit.shadowing import shadowing
from mcpscan.audit.tool import tools
from mcpscan.engine import Scanner
from mcpscan.finding import Action, Failure, Finding, NotScanned, Report, Verdict
from mcpscan.fleet import Audit, Audited, ClientUse, Status
from mcpscan.inventory import Inventory, Server
from mcpscan.inventory.redact import installed
from mcpscan.lock import Lock
from mcpscan.policy import Policy, decide, risk, suppress


@dataclass(slots=True)
class Assembly:
    """An audit in the making."""

    scanner: Scanner
    machine: Machine
    inventory: Inventory
    servers: Mapping[str, Server]
    seen: Mapping[str, Seen]
    lock: Lock | None = None
    started: str = field(default_factory=run.now)
    errors: list[Failure] = field(default_factory=list)
    gaps: list[NotScanned] = field(default_factory=list)

    def audit(self) -> Audit:
        """Everything that is known, worst first within the whole."""
        shown = {name: self._entry(name, server) for name, server in self.servers.items()}
        reports = run.scanned(shown, self.seen)
        audited = [self._offered(server, reports.get(name)) for name, server in shown.items()]
        across, failed = config.across(list(self.servers.values()), list(self.servers))
        self.errors += failed
        standing, accepted = self._accepted([*across, *self._other_texts(), *self._between(audited)])
        made = Audit(
            verdict=Verdict(action=Action.ALLOW),
            started=self.started,
            platform=sys.platform,
            servers=tuple(audited),
            clients=_uses(audited),
            flows=flows(audited),
            across=standing,
            accepted=accepted,
            unread=self.inventory.unread,
            not_scanned=tuple(self.gaps),
            errors=tuple(self.errors),
            files=tuple(str(file) for file in self.inventory.files),
            versions={"mcpscan": __version__, **self.scanner.versions},
        )
        return judged(made, self.scanner.policy)

    def _entry(self, name: str, server: Server) -> Audited:
        """A server with what is wrong in its entry."""
        seen = self.seen[name]
        found, failed = config.findings(server, self.machine, name)
        self.errors += failed
        said: list[Finding] = []
        for text in config.texts(server):
            report = self.scanner.scan_text(text.text)
            said += [config.anchored(finding, text, name, server) for finding in report.findings]
            self.errors += report.errors
        standing, accepted = self._accepted([*found, *said])
        return Audited(
            id=name, installed=installed(server), status=seen.status, reason=seen.reason,
            seconds=round(seen.seconds, 2), entry=standing, accepted=accepted,
        )  # fmt: skip

    def _accepted(self, found: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Findings that stand, and those that the policy accepts."""
        standing, accepted, _ = suppress(self.scanner.policy, found, dt.datetime.now(dt.UTC).date())
        return standing, accepted

    def _other_texts(self) -> list[Finding]:
        found: list[Finding] = []
        for text in config.other_texts(self.inventory):
            report = self.scanner.scan_text(text.text)
            found += [config.anchored(finding, text) for finding in report.findings]
            self.errors += report.errors
        return found

    def _between(self, servers: Sequence[Audited]) -> list[Finding]:
        """What the servers of each client do to each other."""
        found: list[Finding] = []
        for client in dict.fromkeys(server.installed.client for server in servers):
            mine = [server for server in servers if server.installed.client == client and server.installed.enabled]
            surfaces = {one.id: surface for one in mine if (surface := self.seen[one.id].surface) is not None}
            identities = {one.id: one.installed.identity for one in mine}
            findings, failed = shadowing(surfaces, identities, self.scanner.policy)
            found += findings
            self.errors += failed
        return found

    def _offered(self, server: Audited, report: Report | None) -> Audited:
        """A server with what it offers, and how that differs from what was approved."""
        surface = self.seen[server.id].surface
        if surface is None or report is None:
            return server
        made = replace(server, report=report, tools=tools(surface))
        if self.lock is None or server.status is not Status.SCANNED:
            return made
        pinned = self.lock.servers.get(server.installed.identity)
        if pinned is None:
            reason = "it is not in the lock; `mcpscan audit --lock` pins it"
            self.gaps.append(NotScanned(code="not-locked", target=server.id, reason=reason))
            return made
        drift = self.scanner.compare(pinned.surface(), surface, server.id)
        known = {finding.fingerprint for finding in report.findings}
        added = [finding for finding in drift.findings if finding.fingerprint not in known]
        report = replace(report, findings=(*report.findings, *added), changes=drift.changes)
        return replace(made, locked=True, report=report, changes=drift.changes)


def findings(audit: Audit) -> list[Finding]:
    """Every finding of an audit."""
    found = [finding for server in audit.servers for finding in server.entry]
    found += [finding for server in audit.servers if server.report for finding in server.report.findings]
    return [*found, *audit.across]


def judged(audit: Audit, policy: Policy) -> Audit:
    """An audit with its verdict and risk."""
    found = findings(audit)
    gaps = [gap for server in audit.servers if server.report for gap in server.report.not_scanned]
    gaps += [
        *run.missed(audit.servers),
        *audit.not_scanned,
        *(NotScanned(code="unread", target=one.file, reason=one.reason) for one in audit.unread),
    ]
    failures = len(audit.errors) + sum(len(server.report.errors) for server in audit.servers if server.report)
    verdict = decide(policy, found, gaps, failures)
    drifted = [server for server in audit.servers if server.changes]
    if drifted:
        grade = run.grade([change for server in drifted for change in server.changes])
        action = max(verdict.action, grade, key=lambda one: one.rank)
        reason = f"{len(drifted)} server{'s' * (len(drifted) > 1)} changed since approved: {drifted[0].id}"
        verdict = Verdict(action=action, reasons=(*verdict.reasons, reason))
    return replace(audit, verdict=verdict, risk=risk(policy, found))


def _uses(servers: Sequence[Audited]) -> tuple[ClientUse, ...]:
    names = dict.fromkeys(server.installed.client for server in servers)
    return tuple(_use(name, [server for server in servers if server.installed.client == name]) for name in names)


def _use(client: str, servers: Sequence[Audited]) -> ClientUse:
    offered = [tool for server in servers for tool in server.tools]
    return ClientUse(
        client=client, servers=len(servers), tools=len(offered), tokens=sum(tool.tokens for tool in offered)
    )
