"""Claude Code: one file for all projects of a user, a file per project, plugins, agents, and a managed file."""

from __future__ import annotations

from mcpscan.inventory.client import SERVERS, Client, Place, Root

_OWN = (SERVERS, Root(("projects", "*", "mcpServers")))
_AGENT = (Root(("mcpServers",), references=True),)
_DESCRIPTION = (("description",),)
_ALLOWED = (("permissions", "allow", "*"),)

CLIENT = Client(
    "Claude Code",
    (
        Place("user", "~/.claude.json", _OWN, shared=True),
        Place("user", "$CLAUDE_CONFIG_DIR/.claude.json", _OWN, shared=True),
        Place("project", ".mcp.json"),
        Place("plugin", "~/.claude/plugins/cache/**/.mcp.json", bare=True),
        Place("plugin", "~/.claude/plugins/repos/**/.mcp.json", bare=True),
        Place("plugin", "~/.claude/plugins/cache/**/.claude-plugin/plugin.json", shared=True, texts=_DESCRIPTION),
        Place("plugin", "~/.claude/plugins/repos/**/.claude-plugin/plugin.json", shared=True, texts=_DESCRIPTION),
        Place("plugin", "$CLAUDE_CONFIG_DIR/plugins/cache/**/.mcp.json", bare=True),
        Place(
            "plugin", "$CLAUDE_CONFIG_DIR/plugins/cache/**/.claude-plugin/plugin.json", shared=True, texts=_DESCRIPTION
        ),
        Place("user", "~/.claude/agents/*.md", _AGENT, shared=True, texts=_DESCRIPTION),
        Place("project", ".claude/agents/*.md", _AGENT, shared=True, texts=_DESCRIPTION),
        *(
            Place("user", f"{folder}/{file}", (), shared=True, grants=_ALLOWED)
            for folder in ("~/.claude", "$CLAUDE_CONFIG_DIR")
            for file in ("settings.json", "settings.local.json")
        ),
        Place("project", ".claude/settings.json", (), shared=True, grants=_ALLOWED),
        Place("project", ".claude/settings.local.json", (), shared=True, grants=_ALLOWED),
        Place("managed", "/etc/claude-code/managed-mcp.json", platforms=("linux",)),
        Place("managed", "/Library/Application Support/ClaudeCode/managed-mcp.json", platforms=("darwin",)),
        Place("managed", "{programfiles}/ClaudeCode/managed-mcp.json", platforms=("win32",)),
    ),
)
