"""The body of a request, as ASGI gives it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class GoneError(RuntimeError):
    """The client went away before its request was whole."""


class TooLongError(RuntimeError):
    """The request is longer than the limit; `body` is what was read of it."""

    def __init__(self, body: bytes) -> None:
        super().__init__("too long")
        self.body = body


async def read_body(receive: Receive, most: int) -> bytes:
    """The whole body. Raises `TooLongError` beyond `most` bytes, `GoneError`."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        body: bytes = message.get("body", b"")
        if len(body) <= most:
            return body
        raise TooLongError(body[:most])
    parts: list[bytes] = []
    size = 0
    while message["type"] == "http.request":
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > most:
            raise TooLongError(b"".join(parts)[:most])
        if not message.get("more_body"):
            return b"".join(parts)
        message = await receive()
    raise GoneError
