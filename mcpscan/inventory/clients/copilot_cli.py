"""Copilot CLI: its own file, plugins, repository files, and custom agents with servers in their front matter."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place, Root

_AGENT = (Root(("mcp-servers",), references=True),)
_DESCRIPTION = (("description",),)

CLIENT = Client(
    "Copilot CLI",
    (
        Place("user", "~/.copilot/mcp-config.json"),
        Place("user", "$COPILOT_HOME/mcp-config.json"),
        Place("plugin", "~/.copilot/installed-plugins/**/.mcp.json", bare=True),
        Place("plugin", "~/.copilot/installed-plugins/**/plugin.json", shared=True, texts=_DESCRIPTION),
        Place("user", "~/.copilot/agents/*.md", _AGENT, shared=True, texts=_DESCRIPTION),
        Place("project", ".mcp.json"),
        Place("project", ".github/mcp.json"),
        Place("project", ".github/agents/*.md", _AGENT, shared=True, texts=_DESCRIPTION),
    ),
)
