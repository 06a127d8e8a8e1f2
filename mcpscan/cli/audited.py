"""What `mcpscan audit` prints, keeps and pins."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Collection
from pathlib import Path

import click

from mcpscan.audit.assemble import findings
from mcpscan.audit.auditing import Auditing
from mcpscan.audit.baseline import Baseline, BaselineError, known_in
from mcpscan.audit.run import missed
from mcpscan.cli.consent import one_of
from mcpscan.cli.gather import save
from mcpscan.cli.lock import approved, write
from mcpscan.cli.output import echo
from mcpscan.finding import Action, plain
from mcpscan.fleet import Audit, Audited, Status
from mcpscan.inventory import Inventory
from mcpscan.inventory.redact import installed
from mcpscan.lock import Pinned, pin
from mcpscan.policy import Policy, severest
from mcpscan.policy import missed as missed_of
from mcpscan.text import visible

FORMS = ("terminal", "json", "sarif", "junit", "markdown", "html", "cyclonedx")
SUFFIXES = {
    ".cdx.json": "cyclonedx", ".json": "json", ".sarif": "sarif", ".xml": "junit", ".md": "markdown",
    ".html": "html", ".htm": "html", ".txt": "terminal",
}  # fmt: skip


def listing(found: Inventory, form: str | None, output: tuple[Path, ...]) -> None:
    """Print an inventory: a table, or in another form what an audit that looked at nothing would say."""
    if (form or "terminal") == "terminal" and not output:
        echo(_table(found))
        return
    if form == "json" and not output:
        entries = [plain(installed(server)) for server in found.servers]
        echo(
            json.dumps(
                {"servers": entries, "unread": plain(found.unread), "files": [str(f) for f in found.files]}, indent=1
            )
        )
        return
    from mcpscan.finding import Verdict

    shown = tuple(
        Audited(id=f"{server.client}/{server.name}", installed=installed(server), status=Status.LISTED)
        for server in found.servers
    )
    verdict = Verdict(action=Action.REVIEW if found.unread else Action.ALLOW)
    print_audit(Audit(verdict=verdict, servers=shown, unread=found.unread), form, output)


def _table(found: Inventory) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("client", "scope", "server", "how", "what", "where"):
        table.add_column(name, overflow="fold")
    for server in found.servers:
        shown = installed(server)
        what = " ".join(shown.command) or shown.url or "-"
        off = "" if shown.enabled else " (off)"
        cells = (shown.client, shown.scope, shown.name + off, shown.transport, what, f"{shown.file}:{shown.line}")
        table.add_row(*(visible(cell) for cell in cells))
    console = Console(width=shutil.get_terminal_size((120, 24)).columns, highlight=False, markup=False)
    with console.capture() as got:
        if found.servers:
            console.print(table)
        console.print(f"{len(found.servers)} servers in {len(found.files)} files")
        for one in found.unread:
            console.print(visible(f"could not read {one.file}" + f":{one.line}" * bool(one.line) + f": {one.reason}"))
    return got.get().rstrip()


def print_audit(audit: Audit, form: str | None, output: tuple[Path, ...]) -> None:
    """Print an audit, or write it to files, in a format or the ones that their suffixes name."""
    from mcpscan.audit.config import CONFIG_RULES, FLEET_RULES
    from mcpscan.render.audit import render_audit

    rules = (*CONFIG_RULES, *FLEET_RULES)
    for path in output:
        try:
            text = render_audit(audit, form or _by_suffix(path), base=str(Path.cwd()), rules=rules)
            path.write_text(text + "\n", encoding="utf-8")
        except (OSError, ImportError) as problem:
            raise click.UsageError(f"--output {path}: {problem}") from problem
    if output:
        names = ", ".join(str(path) for path in output)
        click.echo(
            f"{audit.verdict.action.value}: {len(audit.servers)} servers, {len(findings(audit))} findings; written to {names}",
            err=True,
        )
        return
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns
    try:
        echo(render_audit(audit, form or "terminal", color=color, width=width, base=str(Path.cwd()), rules=rules))
    except ImportError as problem:
        raise click.UsageError(str(problem)) from problem


def baseline_of(path: Path | None) -> Baseline | None:
    """The baseline in a file, read before anything is written. Raises `click.UsageError` for one that is none."""
    if path is None:
        return None
    try:
        return known_in(path.read_bytes())
    except (OSError, BaselineError) as problem:
        raise click.UsageError(f"--baseline {path}: {problem}") from problem


def _by_suffix(path: Path) -> str:
    name = path.name.lower()
    return next((form for suffix, form in SUFFIXES.items() if name.endswith(suffix)), "terminal")


def exit_status(audit: Audit, policy: Policy, fail_on: str) -> int:
    """1 for findings or drift at `fail_on` or above, else 3 for anything that was not looked at."""
    worst = max(
        [severest(policy, findings(audit)), *(change.grade for server in audit.servers for change in server.changes)],
        key=lambda action: action.rank,
    )
    if worst is Action.ALLOW and any(server.changes for server in audit.servers):
        worst = Action.REVIEW
    if fail_on != "never" and worst.rank >= Action(fail_on).rank:
        return 1
    return 3 if _unseen(audit, policy) else 0


def _unseen(audit: Audit, policy: Policy) -> bool:
    gaps = [
        *missed(audit.servers),
        *audit.not_scanned,
        *(gap for server in audit.servers if server.report for gap in server.report.not_scanned),
    ]
    failed = audit.errors or any(server.report.errors for server in audit.servers if server.report)
    return bool(failed or audit.unread or [gap for gap in gaps if gap.code not in policy.tolerate])


def keep(auditing: Auditing, folder: Path | None) -> None:
    """Write what each server sent into a folder, if one is given."""
    for name, seen in auditing.seen.items():
        if folder is not None and seen.capture is not None:
            save(folder, name, seen.capture.document)


def pin_some(auditing: Auditing, audit: Audit, path: Path, only: Collection[str] | None = None) -> None:
    """Pin servers that were seen whole and that a scan would not block; say which were left out.

    `only` names them by id, or by name or identity where that is one server's alone; None means all. Raises
    `click.UsageError` for a name that is none, or several servers'.
    """
    approval = approved("", "mcpscan audit")
    made: dict[str, Pinned] = {}
    for server in audit.servers if only is None else [one_of(name, audit.servers, "--approve") for name in only]:
        surface, identity = auditing.seen[server.id].surface, server.installed.identity
        why = _unfit(server, auditing.scanner.policy)
        pinned = pin(identity, surface, approval) if surface is not None and not why else None
        if pinned is not None and identity in made and made[identity].digest != pinned.digest:
            why = f"another server is known as {identity} too and offers something else"
        if why or pinned is None:
            click.echo(visible(f"not pinned: {server.id}: {why or server.reason or server.status.value}"), err=True)
        elif identity not in made:
            made[identity] = pinned
            write(path, lambda _lock, pinned=pinned: pinned)  # type: ignore[misc]


def _unfit(server: Audited, policy: Policy) -> str:
    """Why a server cannot be pinned; nothing where it can."""
    report = server.report
    if server.status is not Status.SCANNED or report is None:
        return server.reason or server.status.value
    if report.verdict.action is Action.BLOCK:
        return "a scan would block it"
    return "not all of it was looked at" if missed_of(policy, report.not_scanned) or report.errors else ""


def offer(auditing: Auditing, audit: Audit, path: Path) -> None:
    """Where servers drifted: on a terminal ask for each whether to approve that, else say how to."""
    drifted = [server for server in audit.servers if server.changes]
    if not drifted:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        names = " ".join(f"--approve {shlex.quote(server.id)}" for server in drifted)
        click.echo(f"to accept what changed, once you have looked at it: mcpscan audit {names}", err=True)
        return
    for server in drifted:
        count = len(server.changes)
        question = f"{server.id} changed in {count} place{'s' * (count > 1)}. Approve?"
        if click.confirm(question, default=False, err=True):
            pin_some(auditing, audit, path, {server.id})
