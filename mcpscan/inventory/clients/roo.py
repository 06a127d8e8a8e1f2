"""Roo Code: a file in the editor's storage, and one per project."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client(
    "Roo",
    (
        Place("user", "{userdata}/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json"),
        Place("project", ".roo/mcp.json"),
    ),
)
