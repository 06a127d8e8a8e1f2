"""Windsurf."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("Windsurf", (Place("user", "~/.codeium/windsurf/mcp_config.json"),))
