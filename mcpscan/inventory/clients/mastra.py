"""Mastra."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("Mastra", (Place("user", "~/.mastracode/mcp.json"),))
