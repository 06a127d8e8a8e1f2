"""Claude Desktop: the app's own file, extensions (MCPB bundles), and the plugins of its agent mode."""

from __future__ import annotations

from mcpscan.inventory.client import SERVERS, Client, Place, Root

CLIENT = Client(
    "Claude Desktop",
    (
        Place("user", "{data}/Claude/claude_desktop_config.json", shared=True),
        Place(
            "user",
            "~/AppData/Local/Packages/Claude_*/LocalCache/Roaming/Claude/claude_desktop_config.json",
            platforms=("win32",),
            shared=True,
        ),
        Place(
            "extension",
            "{data}/Claude/Claude Extensions/*/manifest.json",
            (Root(("server", "mcp_config"), single=True), SERVERS),
            shared=True,
            texts=(
                ("description",),
                ("long_description",),
                ("prompts", "*", "text"),
                ("user_config", "*", "description"),
            ),
        ),
        Place(
            "plugin",
            "{data}/Claude/local-agent-mode-sessions/*/*/rpm/manifest.json",
            (SERVERS, Root(("plugins", "*", "mcpServers"))),
            shared=True,
            texts=(("description",), ("plugins", "*", "description")),
        ),
        Place("plugin", "{data}/Claude/local-agent-mode-sessions/*/*/rpm/*/.mcp.json", bare=True),
    ),
)
