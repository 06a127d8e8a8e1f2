"""JetBrains Junie."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("Junie", (Place("project", ".junie/mcp/mcp.json"), Place("user", "~/.junie/mcp/mcp.json")))
