"""A configured server as a client's file has it, secrets and all. It stays in this process; see `fleet.Installed`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from mcpscan.fleet import Unread

Transport = Literal["stdio", "http", "sse", "ws", "builtin", "unknown"]
Scope = Literal["user", "project", "managed", "plugin", "extension"]


@dataclass(frozen=True, slots=True)
class Server:
    """One entry of one configuration file.

    `line` counts from 1; `key` is the way to the entry in the file, list places as digits. `argv` is the whole command
    line with its variables as written. `unasked` are the tools that run without a question, "*" for all of them. `raw` is
    the entry as read: rules read every text in it, known member or not. `places` says on which line a member of it
    stands, by its key below the entry joined with "/" ("env/TOKEN"), where the format tells.
    """

    client: str
    scope: Scope
    name: str
    file: Path
    line: int
    key: tuple[str, ...]
    transport: Transport
    argv: tuple[str, ...] = ()
    url: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    env_file: str = ""
    directory: str = ""
    enabled: bool = True
    unasked: tuple[str, ...] = ()
    description: str = ""
    raw: Any = None
    places: Mapping[str, int] = field(default_factory=dict)
    user: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything configured on a machine: the servers, the files they stand in, and the files that could not be read.

    `texts` are strings elsewhere in these files that a model or a user may be shown (VS Code's `inputs`, instructions of
    plugins and agents): file, line, key path, text.
    """

    servers: tuple[Server, ...] = ()
    files: tuple[Path, ...] = ()
    unread: tuple[Unread, ...] = ()
    texts: tuple[tuple[Path, int, tuple[str, ...], str], ...] = ()
