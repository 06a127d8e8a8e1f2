"""SARIF 2.1.0, for code scanning: one run, one rule per rule that fired, one result per finding.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from mcpscan.finding import Finding, NotScanned, Report, Severity
from mcpscan.render import documented, place
from mcpscan.rules import RULES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/mcpscan/mcpscan"
LEVELS = {
    Severity.INFO: "note",
    Severity.LOW: "note",
    Severity.MEDIUM: "warning",
    Severity.HIGH: "error",
    Severity.CRITICAL: "error",
}
SCORES = {
    Severity.INFO: "1.0",
    Severity.LOW: "3.0",
    Severity.MEDIUM: "5.5",
    Severity.HIGH: "8.0",
    Severity.CRITICAL: "9.5",
}
"""GitHub's `security-severity`, in the bands of CVSS."""


def sarif(report: Report) -> str:
    """The report as a SARIF log. Suppressed findings are results with a suppression; what was not scanned, notifications."""
    fired = sorted({finding.rule for finding in (*report.findings, *report.suppressed)})
    reasons = {entry.fingerprint: entry.reason for entry in report.suppressions}
    sources = {target.name: target.source or target.name for target in report.targets}
    results = [_result(finding, fired, sources) for finding in report.findings]
    for finding in report.suppressed:
        accepted = {"kind": "external", "justification": reasons.get(finding.fingerprint, "")}
        results.append(_result(finding, fired, sources) | {"suppressions": [accepted]})
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, fired, results)]}
    return json.dumps(log, indent=2, ensure_ascii=True)


def _run(report: Report, fired: list[str], results: list[dict[str, Any]]) -> dict[str, Any]:
    notes = [_notification(entry) for entry in report.not_scanned]
    notes += [{"level": "error", "message": {"text": f"{error.where}: {error.problem}"}} for error in report.errors]
    return {
        "tool": {"driver": _driver(report, fired)},
        "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {"verdict": report.verdict.action.value, "risk": report.risk},
    }


def _driver(report: Report, fired: list[str]) -> dict[str, Any]:
    known = {rule.id: rule for rule in RULES}
    return {
        "name": "mcpscan",
        "semanticVersion": report.versions.get("mcpscan", "0"),
        "informationUri": HOME,
        "rules": [_rule(name, documented(known[name]) if name in known else (name,)) for name in fired],
    }


def _rule(name: str, paragraphs: tuple[str, ...]) -> dict[str, Any]:
    rule = next((rule for rule in RULES if rule.id == name), None)
    described: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": paragraphs[0]},
        "fullDescription": {"text": " ".join(paragraphs)},
        "helpUri": f"{HOME}/blob/main/docs/rules/{name}.md",
    }
    if rule is not None:
        described["defaultConfiguration"] = {"level": LEVELS[rule.severity]}
        described["properties"] = {"tags": ["security", *rule.refs], "security-severity": SCORES[rule.severity]}
    return described


def _result(finding: Finding, fired: list[str], sources: dict[str, str]) -> dict[str, Any]:
    source = sources.get(finding.target) or "mcp-server"
    start, end = finding.span
    where = place(finding.pointer, finding.owner, in_key=finding.in_key)
    return {
        "ruleId": finding.rule,
        "ruleIndex": fired.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.message} ({where}: {finding.quote})"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(source, safe="/:@._-~")},
                    "region": {"charOffset": start, "charLength": end - start, "snippet": {"text": finding.quote}},
                },
                "logicalLocations": [{"fullyQualifiedName": finding.pointer or "/", "name": finding.owner or where}],
            }
        ],
        "partialFingerprints": {"mcpscan/v1": finding.fingerprint},
        "properties": {
            "severity": finding.severity.value,
            "confidence": finding.confidence.value,
            "reach": finding.reach,
            "kind": finding.kind,
            "via": list(finding.via),
        },
    }


def _notification(entry: NotScanned) -> dict[str, Any]:
    where = " ".join(part for part in (entry.target, entry.pointer) if part)
    text = f"not scanned: {entry.reason}" + (f" ({where})" if where else "")
    return {"level": "warning", "descriptor": {"id": entry.code}, "message": {"text": text}}
