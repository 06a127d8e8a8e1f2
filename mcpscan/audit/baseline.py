"""What an earlier audit knew: a team that begins with many findings looks at the new ones first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mcpscan.audit.assemble import judged
from mcpscan.finding import Finding
from mcpscan.fleet import Audit, Audited
from mcpscan.policy import Policy, decide, risk


class BaselineError(ValueError):
    """A baseline that is no audit; the message says why."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of an earlier audit, by the server's id and the finding's fingerprint."""

    known: frozenset[tuple[str, str]]


def known_in(data: bytes) -> Baseline:
    """The baseline in the JSON of an earlier audit. Raises `BaselineError`."""
    try:
        document = json.loads(data)
        servers = document["servers"]
        known = {("", finding["fingerprint"]) for finding in document["across"]}
        for server in servers:
            found = [*server["entry"], *((server["report"] or {}).get("findings", ()))]
            known |= {(server["id"], finding["fingerprint"]) for finding in found}
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BaselineError(f"it is not an audit written with --format json ({problem!r})") from problem
    return Baseline(frozenset(known))


def without(audit: Audit, baseline: Baseline, policy: Policy) -> Audit:
    """An audit without the findings that the baseline knows. What could not be looked at stays, and so does drift."""
    servers = tuple(_fresh(server, baseline, policy) for server in audit.servers)
    return judged(replace(audit, servers=servers, across=tuple(_left(audit.across, "", baseline))), policy)


def _fresh(server: Audited, baseline: Baseline, policy: Policy) -> Audited:
    report = server.report
    if report is not None:
        findings = tuple(_left(report.findings, server.id, baseline))
        verdict = decide(policy, findings, report.not_scanned, len(report.errors))
        report = replace(report, findings=findings, verdict=verdict, risk=risk(policy, findings))
    return replace(server, entry=tuple(_left(server.entry, server.id, baseline)), report=report)


def _left(findings: Iterable[Finding], server: str, baseline: Baseline) -> list[Finding]:
    return [finding for finding in findings if (server, finding.fingerprint) not in baseline.known]
