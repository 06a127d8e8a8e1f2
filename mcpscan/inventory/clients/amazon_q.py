"""Amazon Q Developer: its own file and the agents that carry servers."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

_AGENT = (("description",), ("prompt",))
_ALLOWED = (("allowedTools", "*"),)

CLIENT = Client(
    "Amazon Q",
    (
        Place("user", "~/.aws/amazonq/mcp.json"),
        Place("user", "~/.aws/amazonq/agents/*.json", shared=True, texts=_AGENT, grants=_ALLOWED),
        Place("project", ".amazonq/mcp.json"),
        Place("project", ".amazonq/agents/*.json", shared=True, texts=_AGENT, grants=_ALLOWED),
    ),
)
