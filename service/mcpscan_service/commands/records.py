"""`mcpscan records`: read and verify audit logs."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mcpscan.cli.output import echo
from mcpscan.text import visible
from mcpscan_service.guard.decision import Outcome

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
MOST = 50
"""Breaks of one file that are printed; the rest is counted."""

_SPAN = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are asked for; an empty choice is every record."""

    since: str = ""
    outcomes: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def has(self, record: Any) -> bool:
        """Whether a record is one of them."""
        return (
            record.time >= self.since
            and (not self.outcomes or record.outcome.value in self.outcomes)
            and (not self.servers or record.server in self.servers)
            and (not self.rules or any(rule in record.rules for rule in self.rules))
            and (not self.events or record.event in self.events)
        )


@click.group("records")
def command() -> None:
    """Read and verify the audit logs of the filter."""


@command.command("verify")
@FILES
@click.option("--head", "heads", multiple=True, metavar="HASH", help="A hash noted earlier: its record must be there.")
@click.option("--chained", is_flag=True, help="Take a file without a chain for broken.")
def verify_command(files: tuple[Path, ...], heads: tuple[str, ...], *, chained: bool) -> None:
    """Check that audit logs are what was written: every record whole, every chain without a change or a gap.

    Prints the head of every chain: kept elsewhere and given as --head later, it shows that no end was cut off.
    Exit status: 0 nothing wrong, 1 broken, 2 wrong usage, 3 not all could be checked (a torn end, another version).
    """
    verify = _module("verify").verify
    for head in heads:
        if not re.fullmatch(r"[0-9a-f]{64}", head):
            raise click.UsageError("--head takes the 64 hexadecimal digits that `records verify` prints")
    checked, between = verify(files, heads)
    broken = unsure = False
    for file in checked:
        found = [each for each in file.breaks if not each.unsure]
        missing = chained and file.first is None and file.records > 0
        broken, unsure = broken or bool(found) or missing, unsure or len(found) < len(file.breaks)
        echo(f"{_path(file.path)}: {_counted(file.records, 'record')}, {_chain(file.first, file.head)}")
        for each in file.breaks[:MOST]:
            echo(f"  {f'line {each.line}' if each.line else 'file'}: {_shown(each.problem)}")
        if len(file.breaks) > MOST:
            echo(f"  and {len(file.breaks) - MOST} more")
    for each in between:
        echo(f"{_path(each.path)}: {_shown(each.problem)}")
    broken = broken or bool(between)
    echo("broken" if broken else "not all could be checked" if unsure else "nothing wrong")
    sys.exit(1 if broken else 3 if unsure else 0)


@command.command("show")
@FILES
@click.option("--since", default="", metavar="WHEN", help="From a time on: 2026-11-22T10:00Z, or 30m, 2h, 7d ago.")
@click.option("--outcome", "outcomes", multiple=True, type=click.Choice([each.value for each in Outcome]))
@click.option("--server", "servers", multiple=True, help="Of these servers only.")
@click.option("--rule", "rules", multiple=True, help="Where one of these rules objected.")
@click.option("--event", "events", multiple=True, help="The decision with this reference.")
@click.option(
    "--format",
    "form",
    default="terminal",
    type=click.Choice(["terminal", "json", "ocsf", "cloudflare"]),
    show_default=True,
)
def show_command(files: tuple[Path, ...], form: str, since: str, **wanted: tuple[str, ...]) -> None:
    """Print records of audit logs, one a line, in the order of the files.

    `ocsf` prints OCSF Detection Findings, and only of records that tell of something found; `cloudflare` the fields of
    mcp_portal_logs. Exit status: 0, or 3 where a line could not be read.
    """
    lines, siem = _module("reading").lines, _module("siem")
    wishes = Wanted(_since(since), **wanted)
    printers: dict[str, Callable[[Any], str]] = {
        "terminal": _line,
        "json": lambda record: _json(record.model_dump(mode="json", exclude_none=True)),
        "ocsf": lambda record: _json(siem.ocsf(record)),
        "cloudflare": lambda record: _json(siem.cloudflare(record)),
    }
    unread = 0
    for path, line in _lines(files, lines):
        if line.record is None:
            unread += 1
            click.echo(f"{_path(path)}: line {line.number}: {_shown(line.problem)}", err=True)
        elif wishes.has(line.record) and (form != "ocsf" or siem.is_finding(line.record)):
            echo(printers[form](line.record))
    sys.exit(3 if unread else 0)


def _module(name: str) -> Any:
    """A module of the audit log. Raises `click.ClickException` where a package of the extra is missing."""
    try:
        return import_module(f"mcpscan_service.record.{name}")
    except ImportError as problem:
        raise click.ClickException(f"{problem.name} is missing: pip install 'mcpscan[service]'") from problem


def _lines(files: Sequence[Path], read: Callable[[Path], Iterator[Any]]) -> Iterator[tuple[Path, Any]]:
    for path in files:
        try:
            for line in read(path):
                yield path, line
        except OSError as problem:
            raise click.UsageError(f"{_path(path)}: {problem.strerror or problem}") from problem


def _since(text: str) -> str:
    """A time as records spell it. Raises `click.UsageError`."""
    if not text:
        return ""
    if span := _SPAN.fullmatch(text):
        when = dt.datetime.now(dt.UTC) - dt.timedelta(**{_UNITS[span[2]]: int(span[1])})
    else:
        try:
            when = dt.datetime.fromisoformat(text)
        except ValueError as problem:
            raise click.UsageError("--since takes a time (2026-11-22T10:00Z) or a span (30m, 2h, 7d)") from problem
        when = when.replace(tzinfo=when.tzinfo or dt.UTC).astimezone(dt.UTC)
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _line(record: Any) -> str:
    """A record in a line for people."""
    what = "/".join(filter(None, (record.server, record.name)))
    why = ", ".join(filter(None, (*record.rules, record.error, *record.unscanned)))
    removed = f" without {', '.join(record.removed)}" if record.removed else ""
    who = record.identity or record.client
    words = (
        f"{record.time}  {record.outcome.value:<9} {record.surface.value:<12} {record.method or '-'}  {what}{removed}"
    )
    return _shown(f"{words}{f'  by {who}' if who else ''}{f'  [{why}]' if why else ''}  {record.event}")


def _chain(first: Any, head: Any) -> str:
    if first is None or head is None:
        return "no chain: what was changed or cut cannot be seen"
    return f"numbers {first.sequence} to {head.sequence} of chain {_shown(head.log)}, head {_shown(head.hash)}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _path(path: Path) -> str:
    return _shown(str(path))


def _shown(text: str) -> str:
    """A text that was escaped when it was written, and is again where somebody else wrote it."""
    return text if text.isprintable() else visible(text)
