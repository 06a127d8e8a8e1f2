"""Opencode: `mcp` holds the entries, since 2.0 under `servers`."""

from __future__ import annotations

from mcpscan.inventory.client import MCP, NESTED, Client, Place

_ROOTS = (NESTED, MCP)

CLIENT = Client(
    "opencode",
    (
        *(
            Place(scope, f"{start}opencode.{suffix}", _ROOTS, shared=True)
            for scope, start in (
                ("user", "{config}/opencode/"),
                ("user", "~/.opencode/"),
                ("user", "$OPENCODE_CONFIG_DIR/"),
                ("project", ""),
                ("project", ".opencode/"),
            )
            for suffix in ("json", "jsonc")
        ),
        Place("user", "$OPENCODE_CONFIG", _ROOTS, shared=True),
        *(
            Place("managed", f"{folder}/opencode.{suffix}", _ROOTS, platforms=(platform,), shared=True)
            for folder, platform in (
                ("/etc/opencode", "linux"),
                ("/Library/Application Support/opencode", "darwin"),
                ("{programdata}/opencode", "win32"),
            )
            for suffix in ("json", "jsonc")
        ),
    ),
)
