"""How an exchange begins: who talks, and what is asked."""

from __future__ import annotations

import asyncio

from mcpscan_service.guard import BusyError, Conversation
from mcpscan_service.wire.asgi import Receive, Scope
from mcpscan_service.wire.body import GoneError, TooLongError, read_body
from mcpscan_service.wire.exchange import Answer, Exchange, UnrecordedError
from mcpscan_service.wire.fields import Pair
from mcpscan_service.wire.headers import Fields, renewed
from mcpscan_service.wire.reply import Reply
from mcpscan_service.wire.sessions import Sessions


def conversation(
    sessions: Sessions, given: Fields, scope: Scope, server: str, *, pin: str = "", transport: str = "http"
) -> Conversation:
    """The conversation that a request belongs to: the one of its session, or a new one for this exchange alone."""
    state, client = scope.get("state") or {}, scope.get("client")
    identity, session = str(state.get("identity", "")), _text(given, b"mcp-session-id", 1_024)
    known = sessions.find(server, identity, session) if session else None
    if known is not None:
        return known
    address, trace = str(client[0]) if client else "", _text(given, b"traceparent", 80)
    protocol = _text(given, b"mcp-protocol-version", 40)
    talk = Conversation(server, pin, identity, transport, session, address, trace, protocol)
    if session:
        sessions.keep(talk)
    return talk


async def asked(
    exchange: Exchange, reply: Reply, given: Fields, headers: list[Pair], receive: Receive
) -> tuple[bytes, list[Pair]] | None:
    """The body and the header fields that go to the server, or None where the client has its answer already."""
    try:
        body, data = await _decided(exchange, given, receive)
    except GoneError:
        return None
    except BusyError:
        await reply.busy()
        return None
    except UnrecordedError:
        await reply.unrecorded()
        return None
    if isinstance(data, Answer):
        await _answered(exchange, reply, data)
        return None
    if exchange.reply is not None and exchange.elsewhere is not None:
        await exchange.elsewhere(exchange.reply)
        exchange.reply = None
    if data is body:
        return data, headers
    return data, renewed(headers, exchange.rewritten(data), exchange.params.find(exchange.talk.server, exchange.tool()))


async def _decided(exchange: Exchange, given: Fields, receive: Receive) -> tuple[bytes, bytes | Answer]:
    """The body, and what was decided about it. Raises `GoneError`, `BusyError`, `UnrecordedError`."""
    try:
        async with asyncio.timeout(exchange.limits.body_seconds):
            body = await read_body(receive, exchange.limits.body_bytes)
    except TimeoutError:
        return b"", await exchange.too_slow()
    except TooLongError as long:
        return b"", await exchange.too_long(long.body)
    return body, await exchange.ask(given, body)


async def _answered(exchange: Exchange, reply: Reply, given: Answer) -> None:
    if exchange.elsewhere is not None and given.status == 200:
        await exchange.elsewhere(given.body)
        given = Answer(202)
    await reply.answer(given)


def _text(given: Fields, name: bytes, most: int) -> str:
    return given.get(name, b"").decode("latin-1")[:most]
