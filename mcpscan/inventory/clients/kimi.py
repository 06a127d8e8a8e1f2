"""Kimi."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("Kimi", (Place("user", "~/.kimi-code/mcp.json"),))
