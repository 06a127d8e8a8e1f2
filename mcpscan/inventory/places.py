"""From declared places to folders on a machine: which path patterns to look for, below which folder."""

from __future__ import annotations

import ntpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcpscan.inventory.client import Client, Place
from mcpscan.inventory.machine import Home, Machine

_EDITORS = ("Code", "Code - Insiders", "VSCodium", "VSCodium - Insiders", "Code - OSS", "Cursor", "Windsurf")
"""Editors that keep VS Code's folder of user data, by its name."""

_DATA = {"darwin": "Library/Application Support", "win32": "AppData/Roaming"}


@dataclass(frozen=True, slots=True)
class Search:
    """One thing to look for: a pattern below `base`, which nothing found may leave."""

    client: Client
    place: Place
    base: Path
    pattern: tuple[str, ...]
    user: str = ""
    project: str = ""


def of_home(client: Client, home: Home, machine: Machine) -> Iterator[Search]:
    """What to look for in one home."""
    for place in client.places:
        if place.scope == "managed" or (place.platforms and home.platform not in place.platforms):
            continue
        for base, rest in _starts(place.path, home, machine):
            yield Search(client, place, base, _parts(rest), user=home.user)


def of_machine(client: Client, machine: Machine) -> Iterator[Search]:
    """What an administrator put on the machine for everybody."""
    for place in client.places:
        if place.scope == "managed" and (not place.platforms or machine.platform in place.platforms):
            path = machine.below(_managed(place.path, machine))
            base = machine.root if path.is_relative_to(machine.root) else Path(path.anchor)
            yield Search(client, place, base, path.relative_to(base).parts)


def of_project(client: Client, folder: Path) -> Iterator[Search]:
    """What a project brings along."""
    for place in client.places:
        if not place.path.startswith(("~", "/", "{", "$")):
            yield Search(client, place, folder, _parts(place.path), project=str(folder))


def _starts(path: str, home: Home, machine: Machine) -> Iterator[tuple[Path, str]]:
    """The folders that a place of a home begins in, and the rest of its path."""
    head, _, rest = path.partition("/")
    environ = machine.environ if home.own else {}
    if head == "~":
        yield home.path, rest
    elif head == "{config}":
        yield from (_start(home, folder, rest) for folder in _config(home, environ))
    elif head in {"{appdata}", "{support}", "{data}"}:
        yield from (_start(home, folder, rest) for folder in _data(home, environ))
    elif head == "{userdata}":
        yield from (_start(home, folder, rest) for folder in _user_data(home, environ))
    elif head.startswith("$") and environ.get(head[1:]):
        yield Path(environ[head[1:]]), rest


def _config(home: Home, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where programs of the XDG kind keep settings: the moved folder before the usual one."""
    if environ.get("XDG_CONFIG_HOME"):
        yield Path(environ["XDG_CONFIG_HOME"])
    yield home.path / ".config"


def _data(home: Home, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where desktop programs of the platform keep settings."""
    if home.platform == "linux":
        yield from _config(home, environ)
        return
    if home.platform == "win32" and environ.get("APPDATA"):
        yield Path(environ["APPDATA"])
    yield home.path / _DATA[home.platform]


def _user_data(home: Home, environ: Mapping[str, str]) -> Iterator[Path]:
    """The folders that VS Code and its relatives keep their `User` folder in."""
    yield from (folder / editor for editor in _EDITORS for folder in _data(home, environ))
    yield home.path / ".vscode-server" / "data"
    if environ.get("VSCODE_PORTABLE"):
        yield Path(environ["VSCODE_PORTABLE"]) / "user-data"


def _start(home: Home, folder: Path, rest: str) -> tuple[Path, str]:
    """Where to look from: the home, where the folder lies in it, so that links may lead anywhere in the home."""
    if folder.is_relative_to(home.path):
        return home.path, f"{folder.relative_to(home.path).as_posix()}/{rest}"
    return folder, rest


def _managed(path: str, machine: Machine) -> str:
    for name, variable, usual in (
        ("{programfiles}", "PROGRAMFILES", "C:\\Program Files"),
        ("{programdata}", "PROGRAMDATA", "C:\\ProgramData"),
    ):
        if path.startswith(name):
            folder = machine.environ.get(variable) or usual
            return ntpath.normpath(folder + path.removeprefix(name))
    return path


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in path.split("/") if part)
