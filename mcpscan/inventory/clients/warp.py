"""Warp: a wrapped or a bare map."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("Warp", (Place("user", "~/.warp/.mcp.json", bare=True), Place("project", ".warp/.mcp.json", bare=True)))
