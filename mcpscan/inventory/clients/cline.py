"""Cline, the extension: a file in the editor's storage."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client(
    "Cline",
    (Place("user", "{userdata}/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json"),),
    untyped="sse",
)
