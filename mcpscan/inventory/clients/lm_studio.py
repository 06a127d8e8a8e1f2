"""LM Studio: Cursor's dialect."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("LM Studio", (Place("user", "~/.lmstudio/mcp.json"),))
