"""An event stream on its way from a server to a client: every event is decided about by itself, and passed on at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from mcpscan_service.guard import Sender
from mcpscan_service.wire.exchange import Exchange, UnreadError
from mcpscan_service.wire.sse import Event, Parser, encode

_USUAL = frozenset({b"", b"message"})
_ALIVE = frozenset({b"ping", b"pong", b"keep-alive", b"keepalive", b"heartbeat", b"-", b"ok", b"{}"})
_DIGITS = frozenset(b"0123456789:+-.TZ")
_LONGEST = 80
_LONGEST_ID = 256


class BrokenError(RuntimeError):
    """A stream that cannot be read on; the message says why, without quoting it."""


class Stream:
    """Decides about the events of one stream and sends on what may pass.

    `resumable` says that events carried an id, so that a client may come back for the rest.
    """

    def __init__(self, exchange: Exchange, send: Callable[[bytes], Awaitable[None]]) -> None:
        self.resumable = False
        self._exchange = exchange
        self._send = send
        self._parser = Parser(exchange.limits.message_bytes)

    async def feed(self, chunk: bytes) -> bool:
        """Take some more bytes of the stream; says whether a message was among them.

        Raises `BrokenError`, `UnreadError`, `BusyError`, `UnrecordedError`.
        """
        said = False
        for event in self._parser.feed(chunk):
            said = said or bool(event.data)
            made = await self._made(event)
            if made:
                await self._send(made)
        return said

    @property
    def overflowed(self) -> bool:
        """Whether an event is longer than may be held; nothing is read any more."""
        return self._parser.overflowed

    def rest(self) -> bytes:
        """The bytes of the event that has no end yet."""
        return self._parser.rest()

    def end(self) -> None:
        """The stream is over. Raises `BrokenError` where it stopped in the middle of an event."""
        if self._parser.pending:
            raise BrokenError("the server's stream ended in the middle of an event")

    async def _made(self, event: Event) -> bytes:
        """What becomes of an event, as bytes."""
        if event.id is not None:
            self.resumable = True
        if not event.data:
            return await self._quiet(event)
        if event.name not in _USUAL:
            return await self._named(event, event.data)
        try:
            forward = await self._exchange.from_server(event.data)
        except UnreadError:
            if not self._exchange.listening:
                raise
            return b""
        if forward is None:
            return b""
        if forward is event.data and event.plain and _is_short_id(event.id):
            return event.raw
        return encode(await self._checked(event), forward)

    async def _quiet(self, event: Event) -> bytes:
        """An event without a message: a comment, an id to come back with, a time to reconnect after."""
        if event.plain and event.name in _USUAL and _is_short_id(event.id):
            return event.raw
        lines = [b": " + text if _is_alive(text) else b":" for text in event.comments]
        rest = encode(await self._checked(replace(event, name=b"")), event.data)
        return b"\n".join((*lines, rest)) if lines else rest

    async def _named(self, event: Event, data: bytes) -> bytes:
        """An event under a name of its own: an address of the legacy transport, a sign of life, or nothing known."""
        exchange = self._exchange
        if event.name == b"endpoint" and exchange.endpoint is not None:
            address = exchange.endpoint(data)
            if address is None:
                raise BrokenError("the server's endpoint is not where the server is")
            return encode(Event(b"", name=b"endpoint"), address)
        if event.name in _ALIVE and _is_alive(data):
            return encode(await self._checked(event), data)
        ruling = await exchange.refuse(data, Sender.SERVER, "an event of an unknown kind")
        return b"" if ruling.forward is None else event.raw

    async def _checked(self, event: Event) -> Event:
        """The event with an id that says nothing in words."""
        if _is_short_id(event.id):
            return event
        assert event.id is not None
        blocked = await self._exchange.text(event.id)
        return event if blocked is None else replace(event, id=None)


def _is_short_id(given: bytes | None) -> bool:
    if not given:
        return True
    return len(given) <= _LONGEST_ID and given.isascii() and b" " not in given and given.decode().isprintable()


def _is_alive(text: bytes) -> bool:
    """Whether a text is one of those that keep a connection open: a word for that, a time, nothing."""
    return len(text) <= _LONGEST and all(w.lower() in _ALIVE or _DIGITS.issuperset(w) for w in text.split())
