"""Cursor: its own files, plugins, and servers that extensions register."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place, Root

CLIENT = Client(
    "Cursor",
    (
        Place("user", "~/.cursor/mcp.json"),
        Place("project", ".cursor/mcp.json"),
        Place("project", ".mcp.json"),
        Place("plugin", "~/.cursor/plugins/**/mcp.json", bare=True),
        Place("plugin", "~/.cursor/plugins/**/.mcp.json", bare=True),
        Place(
            "extension",
            "~/.cursor/extensions/*/package.json",
            (Root(("contributes", "mcpServerDefinitionProviders")),),
            shared=True,
        ),
    ),
)
