"""Mcporter."""

from __future__ import annotations

from mcpscan.inventory.client import Client, Place

CLIENT = Client("mcporter", (Place("user", "~/.mcporter/mcporter.json"), Place("user", "~/.mcporter/mcporter.jsonc")))
