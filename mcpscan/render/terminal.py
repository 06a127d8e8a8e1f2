"""The terminal: the poisoned text in its place, the characters marked, why it matters and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mcpscan.finding import Action, Finding, Report
from mcpscan.render import documented, place
from mcpscan.render.changes import grouped, headline
from mcpscan.render.console import GRADES, STYLES, VERDICTS, a_console, excerpt, hunk, trimmed
from mcpscan.rules import RULES

MOST = 60
"""Findings shown in full; the rest are counted."""


def terminal(report: Report, *, color: bool, width: int) -> str:
    """The report for a terminal of so many columns; without `color` the marks are characters alone."""
    console, out = a_console(color=color, width=width)
    _verdict(console, report)
    explained: set[str] = set()
    for finding in report.findings[:MOST]:
        _finding(console, finding, explained, several=len(report.targets) > 1)
    if len(report.findings) > MOST:
        console.print(f"\n… and {len(report.findings) - MOST} more findings; --format json lists them all.")
    _changes(console, report)
    _missed(console, report)
    _accepted(console, report)
    _coverage(console, report)
    return trimmed(out)


def _verdict(console: Console, report: Report) -> None:
    action = report.verdict.action
    line = Text(f" {action.value.upper()} ", style=VERDICTS[action])
    names = [_title(target.name, target.server, target.server_version, target.protocol) for target in report.targets]
    line.append("  " + ", ".join(name for name in names if name), style="bold")
    console.print(line)
    if report.changes:
        console.print(Text(f"   {headline(report.changes)}"))
    for reason in report.verdict.reasons:
        console.print(Text(f"   {reason}"))
    if not report.verdict.reasons:
        console.print(Text("   Nothing found in what was looked at. That is not a proof that the server is safe."))


def _title(name: str, server: str, version: str, protocol: str) -> str:
    known = " ".join(part for part in (server, version) if part)
    shown = f"{name} ({known})" if name and known and name != server else name or known
    return shown + (f", MCP {protocol}" if protocol else "")


def _finding(console: Console, finding: Finding, explained: set[str], *, several: bool) -> None:
    head = Text("\n")
    head.append(f"{finding.severity.value:<8}", style=STYLES[finding.severity])
    head.append(f" {finding.rule}", style="bold")
    sure = "" if finding.confidence.value == "high" else f"  ({finding.confidence.value} confidence)"
    head.append(sure + (f"  ×{finding.count}" if finding.count > 1 else ""), style="dim")
    console.print(head)
    where = place(finding.pointer, finding.owner, in_key=finding.in_key)
    console.print(Text(f"  {finding.target}: {where}" if several and finding.target else f"  {where}", style="cyan"))
    console.print(Text(f"  {finding.message}"))
    if finding.quote:
        excerpt(console, finding)
    if finding.via:
        console.print(
            Text(f"    after undoing {', '.join(finding.via)}: ", style="dim") + Text(finding.decoded, style="bold")
        )
    rule = next((rule for rule in RULES if rule.id == finding.rule), None)
    if rule is not None and rule.id not in explained:
        explained.add(rule.id)
        for paragraph in documented(rule)[1:]:
            console.print(Padding(Text(paragraph, style="dim"), (0, 0, 0, 2)))
    details = (
        f"  {finding.pointer or '/'}  characters {finding.span[0]}–{finding.span[1]}  fingerprint {finding.fingerprint}"
    )
    console.print(Text(details, style="dim"), soft_wrap=True)


def _changes(console: Console, report: Report) -> None:
    if not report.changes:
        return
    console.print(Text(f"\n{headline(report.changes)}", style="bold"))
    for heading, mine in grouped(report.changes):
        console.print(Text(f"\n{heading}", style="bold cyan"))
        for change in mine:
            line = Text("  ")
            line.append(f"{change.grade.value:<7}", style=GRADES[change.grade])
            line.append(f"{change.label}  ", style="bold" if change.grade is not Action.ALLOW else "")
            line.append(change.path or change.kind, style="dim")
            console.print(line, soft_wrap=True)
            if change.reason:
                console.print(Padding(Text(change.reason), (0, 0, 0, 9)))
            console.print(Padding(hunk(change), (0, 0, 0, 9)))


def _missed(console: Console, report: Report) -> None:
    if report.not_scanned:
        console.print(Text("\nNot looked at", style="bold yellow"))
        _list(console, (_where(entry.target, entry.pointer) + entry.reason for entry in report.not_scanned))
    if report.errors:
        console.print(Text("\nFailed in mcpscan itself (please report)", style="bold red"))
        _list(
            console,
            (_where(error.target, error.pointer) + f"{error.where}: {error.problem}" for error in report.errors),
        )


def _where(target: str, pointer: str) -> str:
    shown = " ".join(part for part in (target, pointer) if part)
    return f"{shown}: " if shown else ""


def _list(console: Console, entries: Iterable[str]) -> None:
    seen = list(dict.fromkeys(entries))
    for entry in seen[:20]:
        console.print(Padding(Text(f"- {entry}"), (0, 0, 0, 2)))
    if len(seen) > 20:
        console.print(f"  … and {len(seen) - 20} more")


def _accepted(console: Console, report: Report) -> None:
    if report.suppressed:
        console.print(f"\n{len(report.suppressed)} findings are suppressed with a reason.")
    for entry in report.suppressions:
        if entry.state != "used":
            console.print(Text(f"  suppression {entry.fingerprint} is {entry.state}: {entry.reason}", style="yellow"))


def _coverage(console: Console, report: Report) -> None:
    cover = report.coverage
    offered = [
        f"{count} {noun}{'s' * (count != 1)}"
        for count, noun in ((cover.tools, "tool"), (cover.prompts, "prompt"), (cover.resources, "resource"))
        if count
    ]
    learned = "rules and classifier" if cover.classifier else "rules only, no classifier"
    line = f"\nLooked at {cover.passages:,} texts ({cover.characters:,} characters)"
    line += f" of {', '.join(offered)}" if offered else ""
    line += f"; {cover.decoded} decoded views; {cover.rules} rules, {learned}; risk {report.risk:.2f}"
    console.print(Text(line, style="dim"))
