"""Grok."""

from __future__ import annotations

from mcpscan.inventory.client import SNAKE, Client, Place

CLIENT = Client("Grok", (Place("user", "~/.grok/config.toml", (SNAKE,), shared=True),))
