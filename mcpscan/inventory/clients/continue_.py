"""Continue: servers as a list in its configuration, and one block a file in `mcpServers` folders."""

from __future__ import annotations

from mcpscan.inventory.client import SERVERS, Client, Place, Root

_OLD = (SERVERS, Root(("experimental", "modelContextProtocolServers")))

CLIENT = Client(
    "Continue",
    (
        Place("user", "~/.continue/config.yaml", shared=True),
        Place("user", "~/.continue/config.json", _OLD, shared=True),
        *(
            Place(scope, f"{start}.continue/mcpServers/*.{suffix}", bare=True)
            for scope, start in (("user", "~/"), ("project", ""))
            for suffix in ("yaml", "yml", "json")
        ),
    ),
)
