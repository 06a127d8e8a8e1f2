"""The fx assistant."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("fx", (Place("user", "~/.fx/mcp.json"),))
