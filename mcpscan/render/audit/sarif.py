"""SARIF 2.1.0, for code scanning: every result stands at the line of a configuration file that brought it about.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; what GitHub asks for beyond it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from mcpscan.finding import Action, Confidence, Difference, Finding, Severity
from mcpscan.fleet import Audit, Audited, Flow, Step
from mcpscan.render.audit.anchor import artifact, bases
from mcpscan.render.audit.explained import CHANGE, FLOW, Explained
from mcpscan.render.audit.missed import Missed, missed
from mcpscan.render.audit.standing import Standing, standings
from mcpscan.render.changes import marked
from mcpscan.render.sarif import HOME, LEVELS, SCHEMA, SCORES
from mcpscan.render.shown import shown

GRADES = {Action.ALLOW: Severity.INFO, Action.REVIEW: Severity.MEDIUM, Action.BLOCK: Severity.HIGH}
LONGEST = 1000
"""Characters of a message; code scanning shows less."""

Result = dict[str, Any]


def sarif(audit: Audit, rules: Mapping[str, Explained], *, base: str = "") -> str:
    """The audit as a SARIF log with one run. `base` is the folder that files are named relative to."""
    results = list(_Results(audit, base).all())
    fired = sorted({result["ruleId"] for result in results})
    for result in results:
        result["ruleIndex"] = fired.index(result["ruleId"])
    notes = [_notification(entry, base) for entry in missed(audit)]
    run: dict[str, Any] = {
        "tool": {"driver": _driver(audit, [rules.get(name) or Explained(name, (name,)) for name in fired])},
        "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {"verdict": audit.verdict.action.value, "risk": audit.risk, "platform": shown(audit.platform)},
    }
    if bases(base):
        run["originalUriBaseIds"] = bases(base)
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=True)


class _Results:
    """The results of an audit, in the order worst server first."""

    def __init__(self, audit: Audit, base: str) -> None:
        self.audit = audit
        self.base = base
        self.servers = {server.id: server for server in audit.servers}
        self.named = {server.installed.name: server for server in reversed(audit.servers)} | self.servers

    def all(self) -> Iterator[Result]:
        for standing in standings(self.audit):
            for finding in standing.findings:
                yield self.found(finding, standing.server, standing.line(finding), standing.where(finding))
            yield from self.accepted(standing)
            yield from (self.changed(change, standing.server) for change in standing.changes if change.grade.rank)
        for finding in self.audit.across:
            server = self.named.get(finding.target)
            yield self.found(finding, server, server.installed.line if server else 1, finding.owner)
        yield from (self.way(flow) for flow in self.audit.flows)

    def accepted(self, standing: Standing) -> Iterator[Result]:
        for finding, reason in standing.accepted:
            result = self.found(finding, standing.server, standing.line(finding), standing.where(finding))
            yield result | {"suppressions": [{"kind": "external", "justification": shown(reason)}]}

    def found(self, finding: Finding, server: Audited | None, line: int, where: str) -> Result:
        text = f"{finding.message} ({where}: {finding.quote})" if finding.quote else f"{finding.message} ({where})"
        return self.result(
            finding.rule,
            finding.severity,
            text,
            at=self.place(server, line, finding.pointer, finding.owner or where),
            mark=self.mark(server, finding.fingerprint),
            more={
                "confidence": finding.confidence.value,
                "reach": finding.reach,
                "kind": finding.kind,
                "via": list(finding.via),
                "span": list(finding.span),
            },
        )

    def changed(self, change: Difference, server: Audited) -> Result:
        what = " ".join(part for part in (change.family, change.name, change.path or change.kind) if part)
        text = f"{what}: {change.reason or change.label}: {marked(change)}"
        spot = json.dumps([change.kind, change.family, change.name, change.path, str(change.after)])
        line = max(1, server.installed.line)
        return self.result(
            CHANGE.id,
            GRADES[change.grade],
            text,
            at=self.place(server, line, change.pointer, change.name),
            mark=self.mark(server, spot),
            more={"label": change.label, "grade": change.grade.value},
        )

    def way(self, flow: Flow) -> Result:
        steps = [{"location": self.step(step)} for step in flow.steps]
        names = " → ".join(f"{self.name(step)}.{step.tool} ({step.ability.value})" for step in flow.steps)
        spot = json.dumps([flow.client, *([step.server, step.tool, step.ability.value] for step in flow.steps)])
        result = self.result(
            FLOW.id,
            Severity.HIGH if flow.sure else Severity.LOW,
            f"{flow.message or FLOW.paragraphs[0]} {names}",
            at=self.step(flow.steps[-1]) if flow.steps else self.place(None, 1, "", flow.client),
            mark=self.mark(None, spot),
            more={"client": shown(flow.client), "sure": flow.sure},
        )
        return result | ({"codeFlows": [{"threadFlows": [{"locations": steps}]}]} if steps else {})

    def step(self, step: Step) -> dict[str, Any]:
        server = self.servers.get(step.server)
        location = self.place(server, server.installed.line if server else 1, "", step.tool)
        return location | {"message": {"text": shown(f"{step.tool}: {step.ability.value}, {step.because}")}}

    def name(self, step: Step) -> str:
        server = self.servers.get(step.server)
        return server.installed.name if server else step.server

    def place(self, server: Audited | None, line: int, pointer: str, name: str) -> dict[str, Any]:
        """A location: the line of the configuration file, and the pointer inside what the server sent."""
        file = server.installed.file if server else next(iter(self.audit.files), "")
        inside = f"{server.id}#{pointer}" if server else pointer or "/"
        return {
            "physicalLocation": {
                "artifactLocation": artifact(file, self.base),
                "region": {"startLine": max(1, line)},
            },
            "logicalLocations": [{"fullyQualifiedName": shown(inside), "name": shown(name)}],
        }

    def mark(self, server: Audited | None, spot: str) -> str:
        """The identity of a result: the server as configured and the finding, not the line, which moves."""
        whose: tuple[str, ...] = ()
        if server:
            installed = server.installed
            file = artifact(installed.file, self.base)["uri"]
            whose = (installed.client, installed.scope, file, *installed.key, installed.name)
        return hashlib.sha256("\0".join((*whose, spot)).encode("utf-8", "replace")).hexdigest()[:32]

    def result(
        self, rule: str, severity: Severity, text: str, *, at: dict[str, Any], mark: str, more: dict[str, Any]
    ) -> Result:
        text = shown(text)
        return {
            "ruleId": shown(rule),
            "level": LEVELS[severity],
            "message": {"text": text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"},
            "locations": [at],
            "partialFingerprints": {"mcpscan/audit/v1": mark, "primaryLocationLineHash": f"{mark}:1"},
            "properties": {"severity": severity.value} | more,
        }


def _driver(audit: Audit, rules: list[Explained]) -> dict[str, Any]:
    return {
        "name": "mcpscan",
        "semanticVersion": audit.versions.get("mcpscan", "0"),
        "informationUri": HOME,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Explained) -> dict[str, Any]:
    page = f"{HOME}/blob/main/docs/rules/{quote(rule.id, safe='')}.md"
    described: dict[str, Any] = {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": rule.paragraphs[0]},
        "fullDescription": {"text": " ".join(rule.paragraphs)[:LONGEST]},
        "help": {"text": "\n\n".join(rule.paragraphs), "markdown": "\n\n".join(rule.paragraphs)},
        "helpUri": page,
    }
    if rule.severity is not None:
        described["defaultConfiguration"] = {"level": LEVELS[rule.severity]}
        described["properties"] = {
            "tags": ["security", *rule.refs],
            "security-severity": SCORES[rule.severity],
            "precision": Confidence.HIGH.value,
        }
    return described


def _notification(entry: Missed, base: str) -> dict[str, Any]:
    note: dict[str, Any] = {
        "level": "error" if entry.own else "note" if entry.expected else "warning",
        "descriptor": {"id": entry.code},
        "message": {"text": ": ".join(part for part in (entry.where, entry.reason) if part)},
    }
    if entry.file:
        region = {"region": {"startLine": entry.line}} if entry.line else {}
        note["locations"] = [{"physicalLocation": {"artifactLocation": artifact(entry.file, base)} | region}]
    return note
