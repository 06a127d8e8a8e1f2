"""The terminal: client by client and server by server, the worst first, then flows, what was not seen, and a table."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mcpscan.finding import Action, Finding, Severity
from mcpscan.fleet import Audit, ClientUse, Flow, Status
from mcpscan.render.audit.explained import Explained
from mcpscan.render.audit.missed import missed
from mcpscan.render.audit.standing import Standing, by_client, every_finding, tally, worded
from mcpscan.render.changes import grouped, headline
from mcpscan.render.console import GRADES, STYLES, VERDICTS, a_console, cut, excerpt, hunk, trimmed
from mcpscan.render.shown import amount, shown

MOST = 12
"""Findings of one server shown in full; the rest are counted."""
LISTED = 40
"""Lines of a list that are shown; the rest are counted."""
COLUMNS = (
    ("server", 0, False),
    ("client", 72, False),
    ("status", 0, False),
    ("tools", 72, True),
    ("tokens", 72, True),
    ("findings", 0, False),
    ("drift", 72, False),
)
"""The summary's columns: name, the least width of the terminal they are shown in, whether they hold numbers."""
DULL = {Status.SCANNED: "green", Status.LISTED: "dim", Status.DISABLED: "dim"}


def terminal(audit: Audit, rules: Mapping[str, Explained], *, color: bool, width: int) -> str:
    """The audit for a terminal of so many columns; without `color` the marks are characters alone."""
    console, out = a_console(color=color, width=width)
    _verdict(console, audit)
    told: set[str] = set()
    for use, mine in by_client(audit):
        _client(console, use)
        for standing in mine:
            _server(console, standing, rules, told)
    if audit.across:
        _heading(console, "Across servers", "bold cyan")
        for finding in audit.across:
            place = f"{shown(finding.target)} {shown(finding.owner)}".strip()
            _finding(console, finding, place, rules, told)
    _flows(console, audit)
    _missed(console, audit)
    _summary(console, audit)
    return trimmed(out)


def _verdict(console: Console, audit: Audit) -> None:
    action = audit.verdict.action
    line = Text(f" {action.value.upper()} ", style=VERDICTS[action])
    clients = len(by_client(audit))
    line.append(f"  {amount(len(audit.servers), 'server')} in {amount(clients, 'client')}", style="bold")
    line.append(f"  {worded(every_finding(audit)) or 'no findings'}")
    console.print(line)
    for reason in audit.verdict.reasons:
        console.print(Padding(Text(shown(reason)), (0, 0, 0, 3)))
    if not audit.servers:
        console.print(Text("   No server is configured in the files that were read."))
    elif not audit.verdict.reasons:
        console.print(Text("   Nothing found in what was looked at. That is not a proof that the servers are safe."))


def _heading(console: Console, text: str, style: str = "bold") -> None:
    console.print(Text(f"\n{text}", style=style))


def _client(console: Console, use: ClientUse) -> None:
    line = Text(f"\n{shown(use.client)}", style="bold underline")
    console.print(line)
    cost = f", about {amount(use.tokens, 'token')} before its model" if use.tokens else ""
    console.print(Text(f"{amount(use.servers, 'server')}, {amount(use.tools, 'tool')}{cost}", style="dim"))


def _server(console: Console, standing: Standing, rules: Mapping[str, Explained], told: set[str]) -> None:
    server = standing.server
    installed = server.installed
    line = Text("\n  ")
    line.append(cut(shown(installed.name), max(20, console.width - 40)), style="bold")
    line.append(f"  {shown(installed.scope)}", style="dim")
    line.append(f"  {server.status.value}", style=DULL.get(server.status, "yellow"))
    line.append("  " + (worded(standing.findings) or "nothing found" * (server.report is not None)))
    console.print(line)
    runs = shown(installed.url or " ".join(installed.command))
    for detail in (f"{shown(installed.file)}:{installed.line}", runs, shown(server.reason)):
        if detail:
            console.print(Padding(Text(cut(detail, 4 * console.width), style="dim"), (0, 0, 0, 4)))
    for finding in standing.findings[:MOST]:
        at = f"line {standing.line(finding)}: " if standing.in_entry(finding) else ""
        _finding(console, finding, at + standing.where(finding), rules, told)
    if len(standing.findings) > MOST:
        left = len(standing.findings) - MOST
        console.print(Text(f"    … and {amount(left, 'more finding')}; the json form lists them all."))
    for finding, reason in standing.accepted:
        accepted = f"accepted {shown(finding.rule)}: {shown(reason)}"
        console.print(Padding(Text(accepted, style="dim"), (0, 0, 0, 4)))
    if standing.changes:
        _drift(console, standing)


def _finding(console: Console, finding: Finding, where: str, rules: Mapping[str, Explained], told: set[str]) -> None:
    head = Text("    ")
    head.append(f"{finding.severity.value:<8}", style=STYLES[finding.severity])
    head.append(f" {shown(finding.rule)}", style="bold")
    sure = "" if finding.confidence.value == "high" else f"  ({finding.confidence.value} confidence)"
    head.append(sure + (f"  ×{finding.count}" if finding.count > 1 else ""), style="dim")
    console.print(head)
    if where:
        console.print(Padding(Text(cut(where, 2 * console.width), style="cyan"), (0, 0, 0, 6)))
    console.print(Padding(Text(cut(shown(finding.message), 4 * console.width)), (0, 0, 0, 6)))
    if finding.quote:
        excerpt(console, finding, 8)
    if finding.via:
        undone = Text(f"after undoing {shown(', '.join(finding.via))}: ", style="dim") + Text(shown(finding.decoded))
        console.print(Padding(undone, (0, 0, 0, 8)))
    rule = rules.get(finding.rule)
    if rule is not None and rule.id not in told and finding.severity.rank >= Severity.MEDIUM.rank:
        told.add(rule.id)
        for paragraph in rule.paragraphs[1:]:
            console.print(Padding(Text(paragraph, style="dim"), (0, 0, 0, 6)))


def _drift(console: Console, standing: Standing) -> None:
    console.print(Text(f"    drift: {headline(standing.changes)}", style="bold"))
    for heading, mine in grouped(standing.changes):
        for change in mine:
            line = Text(f"{change.grade.value:<7}", style=GRADES[change.grade])
            line.append(f"{cut(shown(heading), console.width)}: ", style="cyan")
            line.append(
                f"{shown(change.label)} {cut(shown(change.path or change.kind), console.width)}", style="default"
            )
            console.print(Padding(line, (0, 0, 0, 6)))
            if change.reason:
                console.print(Padding(Text(shown(change.reason)), (0, 0, 0, 13)))
            if change.grade is not Action.ALLOW:
                console.print(Padding(hunk(change), (0, 0, 0, 13)))


def _flows(console: Console, audit: Audit) -> None:
    if not audit.flows:
        return
    _heading(console, "Ways that data can take")
    names = {server.id: server.installed.name for server in audit.servers}
    for flow in audit.flows[:LISTED]:
        console.print(Padding(_way(flow, names), (0, 0, 0, 2)))
    if len(audit.flows) > LISTED:
        console.print(f"  … and {len(audit.flows) - LISTED} more")


def _way(flow: Flow, names: Mapping[str, str]) -> Text:
    line = Text(shown(flow.client), style="bold") + Text("  ")
    line.append("" if flow.sure else "(a guess) ", style="dim")
    for place, step in enumerate(flow.steps):
        line.append(" → " if place else "")
        line.append(cut(f"{shown(names.get(step.server, step.server))}.{shown(step.tool)}", 60), style="cyan")
        line.append(f" ({step.ability.value})", style="yellow")
    if flow.message:
        line.append(f"\n  {shown(flow.message)}", style="dim")
    return line


def _missed(console: Console, audit: Audit) -> None:
    everything = missed(audit)
    for title, style, mine in (
        ("Not looked at", "bold yellow", [entry for entry in everything if not entry.own]),
        ("Failed in mcpscan itself (please report)", "bold red", [entry for entry in everything if entry.own]),
    ):
        if mine:
            _heading(console, title, style)
        for entry in mine[:LISTED]:
            text = ": ".join(part for part in (entry.where, entry.reason) if part)
            console.print(Padding(Text(f"- {text}"), (0, 0, 0, 2)))
        if len(mine) > LISTED:
            console.print(f"  … and {len(mine) - LISTED} more")


def _summary(console: Console, audit: Audit) -> None:
    if not audit.servers:
        return
    _heading(console, "Summary")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("server", overflow="fold", max_width=max(12, console.width // 3))
    shown_columns = [0, *(place for place in range(1, len(COLUMNS)) if console.width >= COLUMNS[place][1])]
    for place in shown_columns[1:]:
        name, _, numeric = COLUMNS[place]
        table.add_column(name, overflow="fold", justify="right" if numeric else "left", no_wrap=numeric)
    for use, mine in by_client(audit):
        for standing in mine:
            row = _row(use, standing)
            table.add_row(*(row[place] for place in shown_columns))
    console.print(table)
    console.print(Text(f"risk {audit.risk:.2f}; {amount(len(audit.files), 'file')} read", style="dim"))


def _row(use: ClientUse, standing: Standing) -> tuple[Text | str, ...]:
    server = standing.server
    found = Text(" ").join(
        Text(f"{count} {severity.value}", style=STYLES[severity]) for severity, count in tally(standing.findings)
    )
    drift = Text(standing.grade.value, style=GRADES[standing.grade]) if standing.grade else Text("")
    if not standing.changes:
        drift = Text("as locked" if server.locked else "", style="dim")
    return (
        Text(cut(shown(server.installed.name), 60)),
        Text(shown(use.client)),
        Text(server.status.value, style=DULL.get(server.status, "yellow")),
        f"{len(server.tools)}",
        f"{standing.tokens:,}",
        found,
        drift,
    )
