"""Which MCP servers are configured on this machine: one small file per client. Reading starts nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mcpscan.fleet import Unread
from mcpscan.inventory.client import Client
from mcpscan.inventory.clients import CLIENTS
from mcpscan.inventory.gathering import Gathering
from mcpscan.inventory.machine import Home, Machine
from mcpscan.inventory.places import Search, of_home, of_machine, of_project
from mcpscan.inventory.server import Inventory, Server

__all__ = ["Inventory", "Machine", "Server", "client_names", "inventory"]


def client_names() -> tuple[str, ...]:
    """The names that `inventory` knows clients by: small letters, words joined by `-`."""
    return tuple(_slug(client.name) for client in CLIENTS)


def inventory(
    machine: Machine,
    projects: Iterable[Path] = (),
    clients: Iterable[str] = (),
    files: Iterable[Path] = (),
    *,
    all_users: bool = False,
    homes: bool = True,
) -> Inventory:
    """Everything configured on a machine, for the scanning user or `all_users`, and in project folders.

    `clients` limits it to those named (see `client_names`; a name that is none raises `ValueError`). `files` are read
    whatever their client is. Without `homes` only the projects and files are looked at. A file is read once, however
    many ways lead to it.
    """
    chosen = _chosen(tuple(clients))
    gathering = Gathering()
    for search in (*(_everywhere(machine, chosen, gathering, all_users=all_users) if homes else ()),):
        gathering.look(search)
    for folder in projects:
        for search in _project(folder, chosen, gathering):
            gathering.look(search)
    for file in files:
        gathering.take(file)
    return gathering.inventory()


def _chosen(names: Sequence[str]) -> tuple[Client, ...]:
    wanted = {_slug(name) for name in names}
    unknown = wanted - set(client_names())
    if unknown:
        raise ValueError(f"no such client: {', '.join(sorted(unknown))}; known are {', '.join(client_names())}")
    return tuple(client for client in CLIENTS if not wanted or _slug(client.name) in wanted)


def _slug(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())


def _everywhere(
    machine: Machine, clients: Sequence[Client], gathering: Gathering, *, all_users: bool
) -> Iterator[Search]:
    found: list[Home] = [machine.own_home()]
    for look in (machine.other_homes,) * all_users + (machine.wsl_homes,):
        others, unread = look()
        found.extend(others)
        gathering.unread.extend(Unread(client="", scope="user", file=str(path), reason=why) for path, why in unread)
    for home in found:
        if home.own or _is_open(home, gathering):
            for client in clients:
                yield from of_home(client, home, machine)
    for client in clients:
        yield from of_machine(client, machine)


def _is_open(home: Home, gathering: Gathering) -> bool:
    """Whether a home may be looked in; one that may not is told of once, not once for every client."""
    try:
        os.scandir(home.path).close()
    except OSError as problem:
        reason = f"the home of another user could not be looked in: {problem.strerror}"
        gathering.unread.append(Unread(client="", scope="user", file=str(home.path), reason=reason))
        return False
    return True


def _project(folder: Path, clients: Sequence[Client], gathering: Gathering) -> Iterator[Search]:
    if not folder.is_dir():
        gathering.unread.append(Unread(client="", scope="project", file=str(folder), reason="no such folder"))
        return
    for client in clients:
        yield from of_project(client, folder)
