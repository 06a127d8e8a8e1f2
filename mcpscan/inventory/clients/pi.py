"""Pi."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("Pi", (Place("user", "~/.pi/agent/mcp.json"),))
