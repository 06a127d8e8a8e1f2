"""Codex CLI: TOML, profile overlays beside it, plugins, and a managed file."""

from __future__ import annotations

from mcpscan.inventory.client import SERVERS, SNAKE, Client, Place, Root

_ROOTS = (SNAKE, Root(("profiles", "*", "mcp_servers")))
_DESCRIPTION = (("description",),)

CLIENT = Client(
    "Codex CLI",
    (
        *(
            Place("user", f"{start}/{file}", _ROOTS, shared=True)
            for start in ("~/.codex", "$CODEX_HOME")
            for file in ("config.toml", "*.config.toml")
        ),
        *(
            place
            for start in ("~/.codex", "$CODEX_HOME")
            for place in (
                Place("plugin", f"{start}/plugins/**/.mcp.json", bare=True),
                Place(
                    "plugin",
                    f"{start}/plugins/**/.codex-plugin/plugin.json",
                    (SERVERS, SNAKE),
                    shared=True,
                    texts=_DESCRIPTION,
                ),
            )
        ),
        Place("project", ".codex/config.toml", _ROOTS, shared=True),
        Place("managed", "/etc/codex/config.toml", _ROOTS, platforms=("linux", "darwin"), shared=True),
        Place(
            "managed", "/Library/Managed Preferences/com.openai.codex.plist", _ROOTS, platforms=("darwin",), shared=True
        ),
        Place("managed", "{programdata}/OpenAI/Codex/config.toml", _ROOTS, platforms=("win32",), shared=True),
    ),
)
