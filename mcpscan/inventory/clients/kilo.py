"""Kilo: opencode's dialect under its own names, and the older files of the extension."""

from __future__ import annotations

from mcpscan.inventory.client import MCP, NESTED, SERVERS, Client, Place

_ROOTS = (NESTED, MCP, SERVERS)

CLIENT = Client(
    "Kilo",
    (
        Place("user", "{config}/kilo/kilo.json", _ROOTS, shared=True),
        Place("user", "{config}/kilo/kilo.jsonc", _ROOTS, shared=True),
        Place("user", "{userdata}/User/globalStorage/kilocode.kilo-code/settings/mcp_settings.json", _ROOTS),
        Place("project", "kilo.json", _ROOTS, shared=True),
        Place("project", "kilo.jsonc", _ROOTS, shared=True),
        *(
            Place("project", f"{folder}/{file}", _ROOTS, shared=True)
            for folder in (".kilo", ".kilocode")
            for file in ("kilo.json", "kilo.jsonc", "mcp.json")
        ),
    ),
)
