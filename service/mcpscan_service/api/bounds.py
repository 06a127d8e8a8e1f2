"""The limits of the service for routes of a framework, which reads bodies of any size and depth by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mcpscan_service.api.call import GoneError, body_of
from mcpscan_service.api.endpoint import Api
from mcpscan_service.api.reading import is_deeper
from mcpscan_service.problem import (
    App,
    Message,
    ProblemError,
    Receive,
    Scope,
    Send,
    answer,
    place_of,
    refuse,
    request_id,
)

BEGINNING = 4_096
"""Bytes of a body over the limits that a refusal may be chosen by."""

Refusal = Callable[[bytes, str], bytes]
"""JSON for a caller that heeds only answers with status 200: from the beginning of a body, and what is wrong with it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bounded:
    """An application whose requests with a body are read here first, within the limits of the service.

    What is too long, too deep, too slow or one too many gets a problem; at the paths of `refusals`, where a problem
    would be taken for "go on", what they make of it. A failure of the application is answered, and logged without
    its words, which may be the caller's.
    """

    app: App
    api: Api
    refusals: Mapping[str, Refusal] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sending = _Sending(send)
        reading = _Reading(receive)
        try:
            await self._served(scope, reading, sending)
        except ProblemError as problem:
            await self._refuse(scope, sending, reading, problem)
        except GoneError:
            pass
        except Exception as problem:  # noqa: BLE001 - every request is answered
            _log.error("request %s failed: %s", request_id(scope), place_of(problem))
            if not sending.begun:
                await self._refuse(scope, sending, reading, ProblemError("internal"))
            elif not sending.ended:
                raise RuntimeError("an answer broke off") from None  # The server closes the connection.

    async def _served(self, scope: Scope, reading: _Reading, send: Send) -> None:
        if scope["method"] in {"GET", "HEAD"}:
            await self.app(scope, reading, send)
            return
        try:
            with self.api.slots.one():
                body = await self._body(scope, reading)
                await self.app(scope, _Again(body, reading), send)
        except ProblemError:
            if scope["path"] in self.refusals and not reading.beginning:
                await reading()
            raise

    async def _body(self, scope: Scope, reading: _Reading) -> bytes:
        limits = self.api.limits
        body = await body_of(scope, reading, limits)
        if is_deeper(body, limits.depth):
            raise ProblemError("too-deep", f"at most {limits.depth} levels are read")
        return body

    async def _refuse(self, scope: Scope, send: Send, reading: _Reading, problem: ProblemError) -> None:
        refusal = self.refusals.get(scope["path"])
        if refusal is None or scope["method"] != "POST":
            await refuse(scope, send, problem)
            return
        said = problem.plain("")
        body = refusal(reading.beginning, ", ".join(filter(None, (said["title"], said.get("detail", "")))))
        await answer(send, 200, body, b"application/json", request_id(scope), problem.headers)


@dataclass(slots=True)
class _Reading:
    """What a request brings, with its beginning kept."""

    receive: Receive
    beginning: bytes = b""

    async def __call__(self) -> Message:
        message = await self.receive()
        if len(self.beginning) < BEGINNING:
            self.beginning = (self.beginning + message.get("body", b""))[:BEGINNING]
        return message


@dataclass(slots=True)
class _Again:
    """A body that was read already, and then what comes after it."""

    body: bytes | None
    receive: Receive

    async def __call__(self) -> Message:
        if self.body is None:
            return await self.receive()
        body, self.body = self.body, None
        return {"type": "http.request", "body": body, "more_body": False}


@dataclass(slots=True)
class _Sending:
    """What is answered, and how far that got."""

    send: Send
    begun: bool = False
    ended: bool = False

    async def __call__(self, message: Any) -> None:
        self.begun = True
        self.ended = message["type"] == "http.response.body" and not message.get("more_body", False)
        await self.send(message)
