"""Which entries of which files are meant, and which of them cannot be wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mcpscan.fleet import Unread
from mcpscan.inventory import Inventory, Machine, Server, client_names, inventory
from mcpscan_service.wrap.edit.command import split

Scope = Literal["user", "project"]

_OTHERS = {
    "managed": "an administrator's file, which is not edited",
    "plugin": "a plugin's own file, which its next update would replace",
    "extension": "an extension's own file, which its next update would replace",
}
_NOTHING = "there is no command to put the wrapper before"


class UnknownError(ValueError):
    """A client or a server of a name that there is not; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look: clients ("all" for every one), their user's or the project's files, or one file."""

    clients: tuple[str, ...]
    scope: Scope = "user"
    file: Path | None = None
    machine: Machine = field(default_factory=Machine.here)
    project: Path = field(default_factory=Path.cwd)

    def servers(self, path: Path, meant: Sequence[Server]) -> tuple[Server, ...]:
        """The servers of one file, read on its own where that shows all that are meant (it is much quicker)."""
        alone = inventory(self.machine, files=(path,), homes=False).servers
        if {server.key for server in meant} <= {server.key for server in alone}:
            return alone
        return tuple(server for server in self.inventory().servers if server.file == path)

    def inventory(self) -> Inventory:
        """What is configured there. Raises `UnknownError`."""
        names = () if "all" in self.clients else self.clients
        if unknown := set(names) - set(client_names()):
            raise UnknownError(
                f"no such client: {', '.join(sorted(unknown))}; known are all, {', '.join(client_names())}"
            )
        if self.file is not None:
            return inventory(self.machine, files=(self.file,), homes=False)
        if self.scope == "project":
            return inventory(self.machine, projects=(self.project,), clients=names, homes=False)
        return inventory(self.machine, clients=names)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entries that are meant, by file, those that are not touched with the reason, and what could not be read."""

    files: dict[Path, tuple[Server, ...]]
    others: tuple[tuple[Server, str], ...]
    unread: tuple[Unread, ...]


def chosen(where: Where, names: Sequence[str], *, wrapped: bool) -> Chosen:
    """The entries of these names, or all: those that are `wrapped`, or those that are not. Raises `UnknownError`."""
    found = where.inventory()
    meant = [server for server in found.servers if not names or server.name in names]
    if missing := set(names) - {server.name for server in meant}:
        known = ", ".join(sorted({repr(server.name) for server in found.servers})) or "none"
        raise UnknownError(f"no such server: {', '.join(map(repr, sorted(missing)))}; there are {known}")
    files: dict[Path, list[Server]] = {}
    others: list[tuple[Server, str]] = []
    for server in meant:
        reason = _aside(server, where, wrapped=wrapped)
        if reason:
            others.append((server, reason))
        else:
            files.setdefault(server.file, []).append(server)
    return Chosen({file: tuple(servers) for file, servers in files.items()}, tuple(others), found.unread)


def _aside(server: Server, where: Where, *, wrapped: bool) -> str:
    """Why an entry is not touched; "" where it is."""
    is_wrapped = split(server.argv) is not None
    if where.file is None and server.scope in _OTHERS:
        return _OTHERS[server.scope]
    if where.file is None and server.scope != where.scope:
        return f"it stands in a file of the {server.scope}'s; use --scope {server.scope}"
    if wrapped:
        return "" if is_wrapped else "it is not wrapped"
    if is_wrapped:
        return "it is wrapped already"
    if server.url and not server.argv:
        return "it is a remote server: put it behind `mcpscan serve --upstream`"
    return "" if server.argv and server.transport == "stdio" else _NOTHING


def wrapped_servers(found: Inventory) -> Iterator[Server]:
    """The entries that are wrapped."""
    return (server for server in found.servers if split(server.argv) is not None)
