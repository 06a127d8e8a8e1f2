"""OpenClaw, and its folder under an older name."""

from __future__ import annotations

from mcpscan.inventory.client import NESTED, Client, Place

CLIENT = Client(
    "OpenClaw",
    (
        Place("user", "~/.openclaw/openclaw.json", (NESTED,), shared=True),
        Place("user", "~/.clawdbot/openclaw.json", (NESTED,), shared=True),
        Place("user", "~/.clawdbot/clawdbot.json", (NESTED,), shared=True),
    ),
)
