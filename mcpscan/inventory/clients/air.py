"""JetBrains Air."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("Air", (Place("project", ".air/mcp.json"), Place("project", ".mcp.json")))
