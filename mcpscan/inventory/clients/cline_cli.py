"""Cline on the command line."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client(
    "Cline CLI",
    (
        Place("user", "~/.cline/data/settings/cline_mcp_settings.json"),
        Place("user", "$CLINE_DIR/data/settings/cline_mcp_settings.json"),
        Place("user", "$CLINE_DIR/settings/cline_mcp_settings.json"),
        Place("user", "$CLINE_DIR/cline_mcp_settings.json"),
    ),
    untyped="sse",
)
