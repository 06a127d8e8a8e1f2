"""The server that is measured against: answers every call of a tool with 2 KB of honest text, as fast as it can."""

from __future__ import annotations

import itertools
import json
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

from mcpscan.bench import benign
from mcpscan.engine import Scanner
from mcpscan.finding import Action

SIZE = 2_048
"""Characters of a result."""

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def texts(number: int) -> Iterator[str]:
    """Different honest texts of `SIZE` characters that no rule objects to; fewer where the machine has no more."""
    scanner, whole = Scanner(classifier=False), benign(1_400_000).text
    pieces = (whole[start : start + SIZE] for start in range(0, len(whole) - SIZE, SIZE))
    quiet = (piece for piece in pieces if scanner.scan_text(piece).verdict.action is Action.ALLOW)
    return itertools.islice(quiet, number)


def _body(text: str, *, stream: bool) -> bytes:
    result = {"content": [{"type": "text", "text": text}], "isError": False, "resultType": "complete"}
    data = json.dumps({"jsonrpc": "2.0", "id": 1, "result": result}).encode()
    return b"event: message\ndata: " + data + b"\n\n" if stream else data


class Origin:
    """An ASGI application that answers with one body after another, round and round.

    `fresh` puts a number into every text, so that none is like another; `stream` answers with an event stream.
    """

    def __init__(self, number: int, *, fresh: bool, stream: bool) -> None:
        self._bodies = [_body(text, stream=stream) for text in texts(number)]
        self._kind = b"text/event-stream" if stream else b"application/json"
        self._fresh = fresh
        self._count = 0

    async def __call__(
        self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Any]], send: Send
    ) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        self._count += 1
        body = self._bodies[self._count % len(self._bodies)]
        if self._fresh:
            body = body.replace(b'"text": "', b'"text": "No %08d. ' % self._count)
        head = [(b"content-type", self._kind), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body})
