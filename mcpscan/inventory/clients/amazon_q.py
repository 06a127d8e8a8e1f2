"""Amazon Q Developer: its own file and the agents that carry servers."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

_AGENT = (("description",), ("prompt",))

CLIENT = Client(
    "Amazon Q",
    (
        Place("user", "~/.aws/amazonq/mcp.json"),
        Place("user", "~/.aws/amazonq/agents/*.json", shared=True, texts=_AGENT),
        Place("project", ".amazonq/mcp.json"),
        Place("project", ".amazonq/agents/*.json", shared=True, texts=_AGENT),
    ),
)
