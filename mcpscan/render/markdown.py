"""Markdown, for pull requests and tickets: what was found, where, why it matters, and what nobody looked at."""

from __future__ import annotations

from mcpscan.finding import Finding, Report
from mcpscan.render import documented, place
from mcpscan.render.changes import grouped, headline, marked
from mcpscan.rules import RULES

_ACTS = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]()<>#+-.!|~$&:@"})


def markdown(report: Report) -> str:
    """The report as Markdown in which nothing of the scanned text can act: no link, image, tag or mention."""
    lines = [f"# mcpscan: {report.verdict.action.value}", ""]
    lines += [f"- {safe(reason)}" for reason in report.verdict.reasons] or ["- nothing found"]
    for target in report.targets:
        if target.name or target.server:
            version = f" {safe(target.server_version)}" if target.server_version else ""
            lines.append(f"- target: {safe(target.name or target.server)} ({safe(target.server)}{version})")
    lines += _changes(report)
    for finding in report.findings:
        lines += _finding(finding)
    if report.not_scanned or report.errors:
        lines += ["", "## Not looked at", ""]
        lines += [f"- {safe(entry.target)} {safe(entry.pointer)}: {safe(entry.reason)}" for entry in report.not_scanned]
        lines += [f"- {safe(error.where)}: {safe(error.problem)}" for error in report.errors]
    cover = report.coverage
    lines += [
        "",
        f"{cover.passages} texts, {cover.characters} characters, {cover.tools} tools, {cover.rules} rules, risk {report.risk:.2f}.",
    ]
    if report.suppressed:
        lines.append(f"{len(report.suppressed)} findings are suppressed.")
    return "\n".join(lines)


def _changes(report: Report) -> list[str]:
    if not report.changes:
        return []
    lines = ["", f"## {headline(report.changes)}", ""]
    for heading, mine in grouped(report.changes):
        lines += [f"### {safe(heading)}", ""]
        for change in mine:
            reason = f": {safe(change.reason)}" if change.reason else ""
            lines += [
                f"- **{change.grade.value}** {safe(change.label)} {safe(change.path or change.kind)}{reason}",
                "",
            ]
            lines += ["      " + safe_code(marked(change)), ""]
    return lines


def _finding(finding: Finding) -> list[str]:
    where = safe(place(finding.pointer, finding.owner, in_key=finding.in_key))
    lines = ["", f"## {finding.rule} ({finding.severity.value}, {finding.confidence.value} confidence)", ""]
    lines += [f"**{safe(finding.message)}**", "", f"In {safe(finding.target)} {where}:", ""]
    lines.append("    " + safe_code(f"{finding.before}⟦{finding.quote}⟧{finding.after}"))
    if finding.via:
        lines += ["", f"Shown by undoing {', '.join(finding.via)}:", "", "    " + safe_code(finding.decoded)]
    rule = next((rule for rule in RULES if rule.id == finding.rule), None)
    if rule is not None:
        lines += ["", *documented(rule)[1:]]
    lines += [
        "",
        f"`{finding.pointer or '/'}` characters {finding.span[0]}–{finding.span[1]}, fingerprint `{finding.fingerprint}`",
    ]
    return lines


def safe(text: str) -> str:
    """The text as Markdown that says just this: one line, everything escaped that acts."""
    return " ".join(text.split()).translate(_ACTS)


def safe_code(text: str) -> str:
    """One line of an indented code block: nothing in it acts, as long as it stays one line."""
    return text.replace("\n", "\\n").replace("\r", "\\r")
