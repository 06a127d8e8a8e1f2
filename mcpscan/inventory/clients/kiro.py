"""Kiro: its own file, powers, and agents that carry servers."""

from __future__ import annotations

from mcpscan.inventory.client import SERVERS, Client, Place, Root

_ROOTS = (SERVERS, Root(("powers", "mcpServers")))
_AGENT = (("description",), ("prompt",))
_ALLOWED = (("allowedTools", "*"),)

CLIENT = Client(
    "Kiro",
    (
        Place("user", "~/.kiro/settings/mcp.json", _ROOTS),
        Place("plugin", "~/.kiro/powers/installed/*/mcp.json", _ROOTS, bare=True),
        Place("user", "~/.kiro/agents/*.json", _ROOTS, shared=True, texts=_AGENT, grants=_ALLOWED),
        Place("project", ".kiro/settings/mcp.json", _ROOTS),
        Place("project", ".kiro/agents/*.json", _ROOTS, shared=True, texts=_AGENT, grants=_ALLOWED),
    ),
)
