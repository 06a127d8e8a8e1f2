"""Markdown, for pull requests and tickets: a table of servers, then what was found in each, and what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcpscan.finding import Action, Finding
from mcpscan.fleet import Audit, Flow
from mcpscan.render.audit.explained import Explained
from mcpscan.render.audit.missed import missed
from mcpscan.render.audit.standing import Standing, by_client, every_finding, standings, worded
from mcpscan.render.changes import grouped, headline, marked
from mcpscan.render.markdown import safe, safe_code
from mcpscan.render.shown import amount, shown

MOST = 20
"""Findings of one server shown in full; the rest are counted."""
NAMED = 80
"""Characters of a name in a table or a heading."""


def markdown(audit: Audit, rules: Mapping[str, Explained]) -> str:
    """The audit as Markdown in which nothing of the scanned text can act: no link, image, tag or mention."""
    lines = [f"# mcpscan audit: {audit.verdict.action.value}", ""]
    lines += [f"- {_safe(reason)}" for reason in audit.verdict.reasons]
    lines.append(f"- {worded(every_finding(audit)) or 'nothing found'}, risk {audit.risk:.2f}")
    lines += _overview(audit)
    for standing in standings(audit):
        if standing.findings or standing.changes or standing.accepted:
            lines += _server(standing)
    if audit.across:
        lines += ["", "## Across servers"]
        for finding in audit.across:
            lines += _finding(finding, " ".join(filter(None, (finding.target, finding.owner))))
    lines += _flows(audit)
    lines += _missed(audit)
    lines += _explanations(audit, rules)
    return "\n".join(lines)


def _safe(text: str) -> str:
    return safe(shown(text))


def _name(text: str) -> str:
    text = shown(text)
    return safe(text if len(text) <= NAMED else text[: NAMED - 1] + "…")


def _overview(audit: Audit) -> list[str]:
    lines = ["", "| client | server | status | tools | tokens | findings | drift |", "|---|---|---|---:|---:|---|---|"]
    for use, mine in by_client(audit):
        for standing in mine:
            server = standing.server
            cells = (
                _name(use.client), _name(server.installed.name), server.status.value, f"{len(server.tools)}",
                f"{standing.tokens:,}", worded(standing.findings), standing.grade.value if standing.grade else "",
            )  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
    lines.append("")
    for use, _ in by_client(audit):
        lines.append(
            f"- {_name(use.client)}: {amount(use.servers, 'server')}, {amount(use.tools, 'tool')},"
            f" about {amount(use.tokens, 'token')} before its model"
        )
    return lines


def _server(standing: Standing) -> list[str]:
    server = standing.server
    installed = server.installed
    lines = ["", f"## {_name(installed.name)} in {_name(installed.client)}", ""]
    lines.append(f"{_safe(installed.file)} line {installed.line}, {_safe(installed.scope)}, {server.status.value}")
    if installed.url or installed.command:
        lines += ["", "    " + safe_code(shown(installed.url or " ".join(installed.command)))]
    for finding in standing.findings[:MOST]:
        at = f"line {standing.line(finding)}, " if standing.in_entry(finding) else ""
        lines += _finding(finding, at + standing.where(finding))
    if len(standing.findings) > MOST:
        lines += ["", f"… and {amount(len(standing.findings) - MOST, 'more finding')}."]
    for finding, reason in standing.accepted:
        lines += ["", f"Accepted: {_safe(finding.rule)}, {_safe(reason)}"]
    return lines + _drift(standing)


def _finding(finding: Finding, where: str) -> list[str]:
    sure = f"{finding.severity.value}, {finding.confidence.value} confidence"
    lines = ["", f"### {_safe(finding.rule)} ({sure})", "", f"**{_safe(finding.message)}**", ""]
    lines += [f"In {_safe(where)}:", ""]
    lines.append("    " + safe_code(shown(f"{finding.before}⟦{finding.quote}⟧{finding.after}")))
    if finding.via:
        lines += [
            "",
            f"Shown by undoing {_safe(', '.join(finding.via))}:",
            "",
            "    " + safe_code(shown(finding.decoded)),
        ]
    return [*lines, "", f"Characters {finding.span[0]}–{finding.span[1]}, fingerprint {_safe(finding.fingerprint)}"]


def _drift(standing: Standing) -> list[str]:
    if not standing.changes:
        return []
    lines = ["", f"### Drift: {headline(standing.changes)}"]
    for heading, mine in grouped(standing.changes):
        for change in mine:
            reason = f": {_safe(change.reason)}" if change.reason else ""
            what = f"{_name(heading)} {_safe(change.label)} {_name(change.path or change.kind)}"
            lines += ["", f"- **{change.grade.value}** {what}{reason}"]
            if change.grade is not Action.ALLOW:
                lines += ["", "      " + safe_code(shown(marked(change)))]
    return lines


def _flows(audit: Audit) -> list[str]:
    if not audit.flows:
        return []
    names = {server.id: server.installed.name for server in audit.servers}
    return ["", "## Ways that data can take", "", *(_way(flow, names) for flow in audit.flows)]


def _way(flow: Flow, names: Mapping[str, str]) -> str:
    steps = " → ".join(
        f"{_name(names.get(step.server, step.server))}.{_name(step.tool)} ({step.ability.value})" for step in flow.steps
    )
    guess = "" if flow.sure else " (a guess)"
    return f"- {_name(flow.client)}{guess}: {steps}" + (f"; {_safe(flow.message)}" if flow.message else "")


def _missed(audit: Audit) -> list[str]:
    everything = missed(audit)
    if not everything:
        return []
    return ["", "## Not looked at", "", *(f"- {_safe(f'{entry.where}: {entry.reason}')}" for entry in everything)]


def _explanations(audit: Audit, rules: Mapping[str, Explained]) -> list[str]:
    lines: list[str] = []
    for rule in _named(every_finding(audit), rules):
        lines += ["", f"### {rule.id}", "", *(part for text in rule.paragraphs for part in (text, ""))]
    return ["", "## What the rules mean", *lines] if lines else []


def _named(findings: Iterable[Finding], rules: Mapping[str, Explained]) -> list[Explained]:
    return [rules[name] for name in dict.fromkeys(finding.rule for finding in findings) if name in rules]
