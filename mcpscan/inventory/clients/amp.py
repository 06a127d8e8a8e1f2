"""Amp: one dotted key among its settings."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place, Root

_ROOTS = (Root(("amp.mcpServers",)),)

CLIENT = Client(
    "Amp",
    (
        *(
            Place(scope, f"{start}/settings.{suffix}", _ROOTS, shared=True)
            for scope, start in (("user", "{config}/amp"), ("project", ".amp"))
            for suffix in ("json", "jsonc")
        ),
        Place("managed", "/etc/ampcode/managed-settings.json", _ROOTS, platforms=("linux",), shared=True),
        Place(
            "managed",
            "/Library/Application Support/ampcode/managed-settings.json",
            _ROOTS,
            platforms=("darwin",),
            shared=True,
        ),
        Place("managed", "{programdata}/ampcode/managed-settings.json", _ROOTS, platforms=("win32",), shared=True),
    ),
)
