"""Zed: servers among its settings."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place, Root

_ROOTS = (Root(("context_servers",)),)

CLIENT = Client(
    "Zed",
    (
        Place("user", "{config}/zed/settings.json", _ROOTS, platforms=("linux", "darwin"), shared=True),
        Place("user", "{support}/Zed/settings.json", _ROOTS, platforms=("darwin",), shared=True),
        Place("user", "{appdata}/Zed/settings.json", _ROOTS, platforms=("win32",), shared=True),
        Place("project", ".zed/settings.json", _ROOTS, shared=True),
    ),
)
