"""Continue: servers as a list in its configuration, and one block a file in `mcpServers` folders."""

from __future__ import annotations

from mcpscan.inventory.client import SERVERS, Client, Place, Root

_OLD = (SERVERS, Root(("experimental", "modelContextProtocolServers")))

_SUFFIXES = ("yaml", "yml", "json")

CLIENT = Client(
    "Continue",
    (
        Place("user", "~/.continue/config.yaml", shared=True),
        Place("user", "~/.continue/config.json", _OLD, shared=True),
        *(Place("user", f"~/.continue/mcpServers/*.{suffix}", bare=True) for suffix in _SUFFIXES),
        *(Place("project", f".continue/mcpServers/*.{suffix}", bare=True) for suffix in _SUFFIXES),
    ),
)
