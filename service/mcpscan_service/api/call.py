"""One request to the scan API: its checks, its body, who sent it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

from mcpscan_service.api.scans import RETRY, Caller
from mcpscan_service.problem import ProblemError, Receive, Scope, header, request_id
from mcpscan_service.settings import Limits

JSON = (b"application/json",)
LINES = (b"application/x-ndjson", b"application/ndjson", b"application/jsonl")


class GoneError(Exception):
    """The client went away before it had sent its request."""


class Slots:
    """How many requests are served at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken = 0

    @property
    def taken(self) -> int:
        """Requests that are being served."""
        return self._taken

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place for one request. Raises `ProblemError` when all are taken."""
        if self._taken >= self.most:
            raise ProblemError("busy", f"{self._taken} requests are being served", headers=RETRY)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1


@dataclass(frozen=True, slots=True)
class Call:
    """What a request asks for, its body read: `lines` where the body is JSON Lines."""

    body: bytes
    query: bytes
    lines: bool
    limits: Limits

    def parameter(self, name: str, longest: int) -> str:
        """The only query parameter that this path has, "" where it is not given. Raises `ProblemError`."""
        if not self.query:
            return ""
        wrong = f"the one query parameter here is {name!r}, once, in UTF-8, up to {longest} characters"
        try:
            given = parse_qsl(self.query.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
        except ValueError:
            raise ProblemError("invalid", wrong) from None
        if len(given) != 1 or given[0][0] != name or len(given[0][1]) > longest:
            raise ProblemError("invalid", wrong)
        return given[0][1]


def kind_of(scope: Scope, kinds: tuple[bytes, ...]) -> bytes:
    """The media type of a body, one of those named. Raises `ProblemError`.

    A type is asked for because a page in a browser can send bodies without one, or of a few others, to any host.
    """
    if header(scope, b"content-encoding") not in {None, b"identity"}:
        raise ProblemError("unsupported-media-type", "compressed bodies are not read")
    given, _, parameters = (header(scope, b"content-type") or b"").partition(b";")
    found = given.strip().lower()
    charset = parameters.strip().lower().replace(b'"', b"")
    if found not in kinds or charset not in {b"", b"charset=utf-8", b"charset=utf8"}:
        wanted = b" or ".join(kinds).decode()
        raise ProblemError("unsupported-media-type", f"send Content-Type: {wanted}, in UTF-8")
    return found


async def body_of(scope: Scope, receive: Receive, limits: Limits) -> bytes:
    """The body of a request. Raises `ProblemError` for one too large or too slow, `GoneError`."""
    said = header(scope, b"content-length")
    if said is not None and said.isdigit() and int(said[:20]) > limits.body_bytes:
        raise _too_large(limits)
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body", False):
        body: bytes = message.get("body", b"")
        if len(body) > limits.body_bytes:
            raise _too_large(limits)
        return body
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _rest(message, receive, limits)
    except TimeoutError:
        raise ProblemError("body-too-slow", f"it has {limits.body_seconds:g} seconds") from None


async def _rest(message: object, receive: Receive, limits: Limits) -> bytes:
    parts = bytearray()
    while True:
        assert isinstance(message, dict)
        if message["type"] != "http.request":
            raise GoneError
        parts += message.get("body", b"")
        if len(parts) > limits.body_bytes:
            raise _too_large(limits)
        if not message.get("more_body", False):
            return bytes(parts)
        message = await receive()


def _too_large(limits: Limits) -> ProblemError:
    return ProblemError(
        "body-too-large", f"at most {limits.body_bytes} bytes are read", headers=((b"connection", b"close"),)
    )


def caller_of(scope: Scope) -> Caller:
    """Who sent a request, as the authentication in front of this found."""
    state = scope.setdefault("state", {})
    client = scope.get("client")
    trace = header(scope, b"traceparent")
    return Caller(
        str(state.get("identity", "")),
        str(client[0]) if client else "",
        request_id(scope),
        trace.decode("latin-1")[:80] if trace and trace.isascii() else "",
    )
