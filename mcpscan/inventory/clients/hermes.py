"""Hermes."""

from __future__ import annotations

from mcpscan.inventory.client import SNAKE, Client, Place

CLIENT = Client("Hermes", (Place("user", "~/.hermes/config.yaml", (SNAKE,), shared=True),))
