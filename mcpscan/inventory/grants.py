"""Permissions that stand apart from the entries: which tools of which servers a client's settings let run unasked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mcpscan.inventory.server import Server
from mcpscan.inventory.unasked import EVERY

_CLAUDE = re.compile(r"mcp__(?P<server>.+?)(?:__(?P<tool>.+))?", re.DOTALL)
_AT = re.compile(r"@(?P<server>[^/]+)(?:/(?P<tool>.+))?", re.DOTALL)
"""Ways to name a server and a tool: `mcp__git__status` (Claude Code), `@git/status` (Amazon Q, Kiro)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One permission of a client's settings, as written; of a project, where the settings are the project's."""

    client: str
    words: str
    user: str = ""
    project: str = ""


def of_value(value: object) -> str:
    """The words of a permission: a text as it stands, a switch that is on as "*", else nothing."""
    if value is True:
        return EVERY
    return value if isinstance(value, str) else ""


def granted(servers: Iterable[Server], grants: Iterable[Grant]) -> tuple[Server, ...]:
    """The servers with the tools in `unasked` that a permission of their client names."""
    listed = tuple(grants)
    return tuple(_with(server, tuple(_tools(server, listed))) for server in servers)


def _with(server: Server, tools: tuple[str, ...]) -> Server:
    return replace(server, unasked=tuple(dict.fromkeys((*server.unasked, *tools)))) if tools else server


def _tools(server: Server, grants: tuple[Grant, ...]) -> Iterator[str]:
    for grant in grants:
        if grant.client != server.client or (grant.user and server.user not in {"", grant.user}):
            continue
        if grant.project and server.project not in {"", grant.project}:
            continue
        found = _CLAUDE.fullmatch(grant.words) or _AT.fullmatch(grant.words)
        if grant.words == EVERY:
            yield EVERY
        elif found and found["server"] in _names(server):
            yield found["tool"] or EVERY


def _names(server: Server) -> tuple[str, ...]:
    """What permissions call a server: its name, or that with `_` for what is no letter or digit, or any server."""
    return server.name, re.sub(r"[^A-Za-z0-9_-]", "_", server.name), EVERY
