"""Short notices to the people who read standard error."""

from __future__ import annotations

from mcpscan.text import visible
from mcpscan_service.wrap.streams import Sink


def say(notices: Sink, what: str) -> None:
    """Write a line of our own, escaped; nobody need be there to read it."""
    try:
        notices.write(f"mcpscan: {visible(what)}\n".encode(errors="backslashreplace"))
    except OSError:
        return
