"""What is declared of a client: its name, the places of its files, and where in these the servers and the texts stand."""

from __future__ import annotations

from dataclasses import dataclass

from mcpscan.inventory.machine import Platform
from mcpscan.inventory.server import Scope, Transport

Key = tuple[str, ...]
"""A way into a file; "*" stands for any member or list place."""


@dataclass(frozen=True, slots=True)
class Root:
    """Where servers stand in a file: a map or a list of entries, or with `single` one entry named as the file is.

    With `references` a list may name servers that are configured elsewhere.
    """

    key: Key
    single: bool = False
    references: bool = False


SERVERS = Root(("mcpServers",))
SNAKE = Root(("mcp_servers",))
MCP = Root(("mcp",))
NESTED = Root(("mcp", "servers"))

ANY = (
    SERVERS,
    Root(("projects", "*", "mcpServers")),
    Root(("powers", "mcpServers")),
    Root(("servers",)),
    NESTED,
    Root(("mcp.servers",)),
    SNAKE,
    Root(("mcp-servers",)),
    Root(("context_servers",)),
    Root(("amp.mcpServers",)),
    Root(("settings", "mcp", "servers")),
    Root(("settings", "mcp.servers")),
    Root(("customizations", "vscode", "mcp", "servers")),
    MCP,
    Root(("extensions",)),
)
"""Every root that some client uses, the more telling first: for a file of which nobody knows the client."""


@dataclass(frozen=True, slots=True)
class Place:
    """Files of one client, on `platforms` (empty: on all).

    `path` begins with `~/` (a home), `/` or `{programfiles}/` or `{programdata}/` (managed), `{config}/`, `{appdata}/`,
    `{support}/`, `{userdata}/` (folders of a home, see `places`), `$NAME/` or `$NAME` (a variable of the scanning user),
    else it is relative to a project. Its parts may hold `*`; a part `**` stands for folders up to a depth. A `shared`
    file holds other things too, so that no root in it is no fault. With `bare` the file may be the map itself.
    `texts` are the keys of strings that a model or a user may be shown, `grants` those of permissions for servers that
    stand elsewhere.
    """

    scope: Scope
    path: str
    roots: tuple[Root, ...] = (SERVERS,)
    platforms: tuple[Platform, ...] = ()
    shared: bool = False
    bare: bool = False
    texts: tuple[Key, ...] = ()
    grants: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """A program that reads MCP servers from files. `untyped` is what an address without a type means to it."""

    name: str
    places: tuple[Place, ...]
    untyped: Transport = "http"
