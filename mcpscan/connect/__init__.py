"""Starts or dials a server and returns its raw wire. The only package that imports `mcp`, and only when called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from mcpscan.connect.target import Capture, Command, Problem, Url

if TYPE_CHECKING:
    from mcpscan.connect.together import Timed

__all__ = ["Capture", "Command", "Problem", "Url", "capture", "capture_all"]


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


def capture_all(
    targets: Mapping[str, Command | Url],
    timeout: float = 60.0,
    step: Callable[[str, str], None] = lambda _name, _what: None,
    then: Callable[[str, Timed], None] = lambda _name, _timed: None,
) -> dict[str, Timed]:
    """List what many servers offer, at the same time; see `mcpscan.connect.together.capture_all`."""
    from mcpscan.connect import together

    return together.capture_all(targets, timeout, step, then=then)
