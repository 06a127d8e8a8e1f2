"""Antigravity."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client(
    "Antigravity",
    (Place("user", "~/.gemini/antigravity/mcp_config.json"), Place("user", "~/.gemini/config/mcp_config.json")),
)
