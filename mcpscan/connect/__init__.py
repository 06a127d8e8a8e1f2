"""Starts or dials a server and returns its raw wire. The only package that imports `mcp`, and only when called."""

from __future__ import annotations

from collections.abc import Callable

from mcpscan.connect.target import Capture, Command, Problem, Url

__all__ = ["Capture", "Command", "Problem", "Url", "capture"]


def capture(
    target: Command | Url,
    timeout: float = 60.0,
    step: Callable[[str], None] = lambda _: None,
    client: str = "",
    *,
    legacy: bool = False,
) -> Capture:
    """Connect, list all that is offered, and return what was sent; see `mcpscan.connect.session.capture`."""
    from mcpscan.connect import session

    return session.capture(target, timeout, step, client, legacy=legacy)
