"""Gemini CLI: servers among its settings, and extensions with servers and instructions."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client(
    "Gemini CLI",
    (
        Place("user", "~/.gemini/settings.json", shared=True),
        Place("project", ".gemini/settings.json", shared=True),
        Place(
            "extension",
            "~/.gemini/extensions/*/gemini-extension.json",
            shared=True,
            texts=(("name",), ("description",)),
        ),
        Place("extension", "~/.gemini/extensions/*/GEMINI.md", (), shared=True),
    ),
    untyped="sse",
)
