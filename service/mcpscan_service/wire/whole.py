"""Answers of a server's that come as one body: JSON, the text of an HTTP error, or nothing."""

from __future__ import annotations

from mcpscan_service.guard import MalformedError, Sender, answer
from mcpscan_service.guard.message import read
from mcpscan_service.wire.exchange import Answer, Exchange, UnreadError, joined

JSON = b"application/json"

_ERROR_TEXT = 64 * 1024
_READABLE = frozenset({JSON, b"text/plain"})
_UNANSWERED = "a request without an answer"


async def whole(exchange: Exchange, status: int, kind: bytes, data: bytes) -> Answer:
    """What the client gets in place of a whole body.

    Raises `UnreadError` for one that cannot be scanned and may not pass, `BusyError`, `UnrecordedError`.
    """
    if not data.strip():
        return await _empty(exchange, status)
    if status >= 400:
        return await _failed(exchange, status, kind, data)
    if exchange.elsewhere is not None:
        # Only said to be accepted: the answer comes on another stream.
        return Answer(status)
    if kind != JSON:
        return Answer(status, await _unread(exchange, data, "neither JSON nor an event stream"), kind)
    return await _answered(exchange, status, data)


async def missing(exchange: Exchange) -> list[bytes]:
    """Refusals of all that the server left unanswered. Raises `UnrecordedError`."""
    if exchange.opened or exchange.elsewhere is not None or not exchange.unanswered():
        return []
    ruling = await exchange.refuse(b"", Sender.SERVER, _UNANSWERED, always=True)
    return exchange.refusals(answer.text([_UNANSWERED], ruling.decisions[0].event, "No answer from the server"))


async def _answered(exchange: Exchange, status: int, data: bytes) -> Answer:
    forward = await exchange.from_server(data)
    batch, left = len(exchange.messages) > 1, await missing(exchange)
    if left and not batch:
        return Answer(200, left[0])
    parts = [part for part in (forward, exchange.reply) if part is not None] + left
    if len(parts) == 1:
        return Answer(status, parts[0])
    return Answer(status, joined(parts, batch=batch)) if parts else Answer(202)


async def _empty(exchange: Exchange, status: int) -> Answer:
    parts = [] if status >= 400 else await missing(exchange)
    if exchange.reply is not None:
        parts.append(exchange.reply)
    return Answer(200, joined(parts, batch=len(exchange.messages) > 1)) if parts else Answer(status)


async def _failed(exchange: Exchange, status: int, kind: bytes, data: bytes) -> Answer:
    """The body of an HTTP error: a JSON-RPC error, or text that passes only where it is harmless."""
    if kind == JSON and _is_message(data):
        return Answer(status, await exchange.from_server(data) or b"")
    if kind in _READABLE and len(data) <= _ERROR_TEXT and _is_text(data):
        blocked = await exchange.text(data)
        return Answer(status, data, kind) if blocked is None else Answer(status, blocked)
    ruling = await exchange.refuse(data, Sender.SERVER, "the text of an HTTP error")
    if ruling.forward is not None:
        return Answer(status, data, kind)
    said = answer.text([f"HTTP status {status}"], ruling.decisions[0].event, "The server failed")
    given = next((each[0] for each in exchange.unanswered()), None)
    return Answer(status, answer.encode(answer.error(given, said)))


async def _unread(exchange: Exchange, data: bytes, why: str) -> bytes:
    """Bytes that are not scanned, where the settings let them pass."""
    ruling = await exchange.refuse(data, Sender.SERVER, why)
    if ruling.forward is None:
        raise UnreadError(why, ruling.decisions[0].event, b"")
    exchange.opened = True
    return ruling.forward


def _is_text(data: bytes) -> bool:
    """Whether every reader takes the bytes for the same characters; with a NUL among them some guess at UTF-16."""
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _is_message(data: bytes) -> bool:
    try:
        read(data, Sender.SERVER)
    except MalformedError:
        return False
    return True
