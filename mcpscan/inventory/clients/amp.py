"""Amp: one dotted key among its settings."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place, Root

_ROOTS = (Root(("amp.mcpServers",)),)

CLIENT = Client(
    "Amp",
    (
        Place("user", "{config}/amp/settings.json", _ROOTS, shared=True),
        Place("user", "{config}/amp/settings.jsonc", _ROOTS, shared=True),
        Place("project", ".amp/settings.json", _ROOTS, shared=True),
        Place("project", ".amp/settings.jsonc", _ROOTS, shared=True),
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
