"""Goose: servers are its extensions."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place, Root

_ROOTS = (Root(("extensions",)),)

CLIENT = Client(
    "Goose",
    (
        Place("user", "{config}/goose/config.yaml", _ROOTS, platforms=("linux", "darwin"), shared=True),
        Place("user", "{appdata}/Block/goose/config/config.yaml", _ROOTS, platforms=("win32",), shared=True),
    ),
)
