"""Opencode: `mcp` holds the entries, since 2.0 under `servers`."""

from __future__ import annotations

from mcpscan.inventory.client import MCP, NESTED, Client, Place

_ROOTS = (NESTED, MCP)
_FILES = ("opencode.json", "opencode.jsonc")
_FOLDERS = ("{config}/opencode", "~/.opencode", "$OPENCODE_CONFIG_DIR")

CLIENT = Client(
    "opencode",
    (
        *(Place("user", f"{folder}/{file}", _ROOTS, shared=True) for folder in _FOLDERS for file in _FILES),
        Place("user", "$OPENCODE_CONFIG", _ROOTS, shared=True),
        *(Place("project", f"{folder}{file}", _ROOTS, shared=True) for folder in ("", ".opencode/") for file in _FILES),
        *(Place("managed", f"/etc/opencode/{file}", _ROOTS, platforms=("linux",), shared=True) for file in _FILES),
        *(
            Place(
                "managed", f"/Library/Application Support/opencode/{file}", _ROOTS, platforms=("darwin",), shared=True
            )
            for file in _FILES
        ),
        *(
            Place("managed", f"{{programdata}}/opencode/{file}", _ROOTS, platforms=("win32",), shared=True)
            for file in _FILES
        ),
    ),
)
