"""Which MCP servers are configured on this machine: one small file per client. Reading starts nothing."""

from __future__ import annotations

from mcpscan.inventory.server import Inventory, Server

__all__ = ["Inventory", "Server"]
