"""What an audit did not look at: files, servers, parts of servers, and what failed in mcpscan itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcpscan.finding import Failure, NotScanned
from mcpscan.fleet import Audit, Audited, Status
from mcpscan.render.shown import shown

UNSEEN = (Status.NOT_STARTED, Status.FAILED, Status.PARTLY, Status.DISABLED)


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing nobody looked at. `server` is the `id` of the server it belongs to, `line` 0 where there is none."""

    code: str
    where: str
    reason: str
    server: str = ""
    file: str = ""
    line: int = 0
    own: bool = False
    """Whether it is a failure of mcpscan."""
    expected: bool = False
    """Whether it is so by somebody's choice: a server that is switched off."""


def missed(audit: Audit) -> tuple[Missed, ...]:
    """Everything that was there and was not looked at, each once: files, servers, parts, own failures."""
    return tuple(dict.fromkeys(_missed(audit)))


def _missed(audit: Audit) -> Iterator[Missed]:
    for file in audit.unread:
        at = f"{file.file}:{file.line}" if file.line else file.file
        where = shown(f"{file.client} {file.scope} {at}")
        yield Missed("config-unread", where, shown(file.reason), file=file.file, line=file.line)
    for server in audit.servers:
        yield from _of_server(server)
    yield from (_part(entry, "") for entry in audit.not_scanned)
    yield from (_failure(error, "") for error in audit.errors)


def _of_server(server: Audited) -> Iterator[Missed]:
    installed = server.installed
    if server.status in UNSEEN:
        reason = server.reason or server.status.value.replace("-", " ")
        yield Missed(
            f"server-{server.status.value}", shown(server.id), shown(reason), server.id, installed.file,
            max(1, installed.line), expected=server.status is Status.DISABLED,
        )  # fmt: skip
    if server.report is not None:
        yield from (_part(entry, server.id) for entry in server.report.not_scanned)
        yield from (_failure(error, server.id) for error in server.report.errors)


def _part(entry: NotScanned, server: str) -> Missed:
    where = " ".join(dict.fromkeys(part for part in (server, entry.target, entry.pointer) if part))
    return Missed(entry.code, shown(where), shown(entry.reason), server)


def _failure(error: Failure, server: str) -> Missed:
    where = " ".join(dict.fromkeys(part for part in (server, error.target, error.pointer) if part))
    return Missed("mcpscan-failed", shown(where), shown(f"{error.where}: {error.problem}"), server, own=True)
