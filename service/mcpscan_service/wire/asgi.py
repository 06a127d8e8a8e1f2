"""What ASGI gives an application: the request, and the ways to read and to answer it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from mcpscan_service.guard import Guard
from mcpscan_service.wire.exchange import Answer
from mcpscan_service.wire.fields import Pair

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MODE = b"mcpscan-mode"
"""The header field of every answer that names the modes in force."""


def mode_field(guard: Guard) -> Pair:
    """The header field that names the modes of a guard."""
    return MODE, guard.settings.summary().encode()


async def send_answer(send: Send, given: Answer, *more: Pair) -> None:
    """Answer a request at once, with some more header fields."""
    kind = [(b"content-type", given.kind)] if given.body and given.kind else []
    # RFC 9110 section 8.6: an answer 204 has no length.
    sized = [] if given.status == 204 else [(b"content-length", b"%d" % len(given.body))]
    headers = [*more, *given.headers, *kind, *sized]
    await send({"type": "http.response.start", "status": given.status, "headers": headers})
    await send({"type": "http.response.body", "body": given.body})
