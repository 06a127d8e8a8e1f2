"""The answer of a server on its way to the client: held until it was decided about, then sent as ASGI has it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Iterable

from mcpscan_service.guard import BusyError, Sender, answer
from mcpscan_service.wire.asgi import Send, mode_field, send_answer
from mcpscan_service.wire.exchange import Answer, Exchange, UnreadError, UnrecordedError, joined
from mcpscan_service.wire.fields import Pair, content_type, is_worded, to_client
from mcpscan_service.wire.inflate import EncodingError, Inflate
from mcpscan_service.wire.sse import message
from mcpscan_service.wire.stream import BrokenError, Stream
from mcpscan_service.wire.whole import missing, whole

EVENTS = b"text/event-stream"
_LOG = logging.getLogger(__name__)
_LONGEST_SESSION = 1_024
_SINGLE = frozenset({b"content-encoding", b"content-type", b"mcp-session-id"})


class Reply:
    """Takes an answer piece by piece (`start`, `feed`, `end`, or `broke`) and sends what may pass.

    Never raises for what a server does. `done` says that the answer to the client is complete: the rest of the server's
    is of no interest then. `streaming` says that an event stream was begun.
    """

    def __init__(self, exchange: Exchange, send: Send, mode: Pair | None = None) -> None:
        self.done = False
        self.streaming = False
        self._exchange = exchange
        self._send = send
        self._mode = mode or mode_field(exchange.guard)
        self._status = 200
        self._kind = b""
        self._headers: list[Pair] = []
        self._inflate = Inflate("")
        self._held: list[bytes] = []
        self._size = 0
        self._through = False
        self._stream: Stream | None = None

    async def start(self, status: int, headers: Iterable[Pair]) -> None:
        """The status and the header fields of the server's answer."""
        if self.done:
            return
        await self._safely(self._started(status, [(name.lower(), value) for name, value in headers]))

    async def feed(self, chunk: bytes) -> bool:
        """Some bytes of the body; says whether a message was among them, as far as that can be seen."""
        return not self.done and await self._safely(self._fed(chunk))

    async def end(self) -> None:
        """The body is over."""
        if not self.done:
            await self._safely(self._ended())

    async def broke(self, why: str) -> None:
        """The server's answer does not come, or not whole: whoever waits is told."""
        if self.done:
            return
        try:
            ruling = await self._exchange.refuse(b"", Sender.SERVER, why, always=True)
            event = ruling.decisions[0].event
        except UnrecordedError:
            await self._unavailable("the record cannot be written")
            return
        await self._refused(answer.text([why], event, "No answer from the server"))

    async def answer(self, given: Answer) -> None:
        """An answer of the filter's own."""
        self.done = True
        await send_answer(self._send, given, self._mode)

    async def busy(self) -> None:
        """More waits for a scan than may: the client is asked to come back."""
        await self._unavailable("too many messages wait for a scan")

    async def unrecorded(self) -> None:
        """A decision cannot be recorded: nothing passes."""
        await self._unavailable("the record cannot be written")

    async def leave(self) -> None:
        """End a stream in good order, with nothing more to say."""
        if self.streaming and not self.done:
            self.done = True
            await self._close([])

    async def inject(self, data: bytes) -> None:
        """Put a message of the filter's own into the stream."""
        if self.streaming and not self.done:
            await self._write(message(data))

    async def _safely(self, work: Awaitable[bool]) -> bool:
        try:
            return await work
        except BusyError:
            await self.busy()
        except UnrecordedError:
            await self.unrecorded()
        except UnreadError as problem:
            self._exchange.lose(problem.data)
            await self._refused(answer.text([problem.why], problem.event, "Could not be scanned"))
        except (BrokenError, EncodingError) as problem:
            await self.broke(str(problem))
        except Exception as problem:  # noqa: BLE001 - whatever fails here, what was not decided about does not pass
            # Its words may be the server's.
            _LOG.error("an answer was refused because the filter failed: %s", type(problem).__name__)
            await self.broke("the filter failed")
        return True

    async def _started(self, status: int, headers: list[Pair]) -> bool:
        given = dict(headers)
        if sum(name in _SINGLE for name, _ in headers) != len(_SINGLE & given.keys()):
            raise BrokenError("the server's header fields contradict each other")
        if not 200 <= status < 300 and status < 400:
            raise BrokenError("the server answered with a redirection")
        self._status = status
        self._kind = content_type(given.get(b"content-type", b""))
        self._inflate = Inflate(given.get(b"content-encoding", b"").decode("latin-1"))
        self._learn_session(given.get(b"mcp-session-id"))
        self._headers = await self._passing(to_client(headers))
        if self._kind == EVENTS and status < 300:
            await self._begin_stream()
        return True

    async def _begin_stream(self) -> None:
        self._stream = Stream(self._exchange, self._write)
        self.streaming = True
        headers = [*self._headers, (b"content-type", b"text/event-stream"), self._mode]
        await self._send({"type": "http.response.start", "status": self._status, "headers": headers})
        if self._exchange.reply is not None:
            await self._write(message(self._exchange.reply))

    async def _fed(self, chunk: bytes) -> bool:
        said = False
        for piece in (chunk,) if self._inflate.plain else self._inflate.pieces(chunk):
            if self._through:
                await self._write(piece)
            elif self._stream is not None:
                said = await self._stream.feed(piece) or said
                if self._stream.overflowed:
                    await self._overflow("an event of the server's is too long", self._stream.rest())
            else:
                self._size += len(piece)
                self._held.append(piece)
                if self._size > self._exchange.limits.message_bytes:
                    await self._overflow("the server's answer is too long", b"".join(self._held))
        return said

    async def _overflow(self, why: str, held: bytes) -> None:
        """More than is held: the end, or where the settings are open, all of the rest as it comes."""
        ruling = await self._exchange.refuse(held, Sender.SERVER, why)
        if ruling.forward is None:
            raise UnreadError(why, ruling.decisions[0].event, b"")
        self._through = self._exchange.opened = True
        self._held.clear()
        if self._stream is None:
            headers = [*self._headers, (b"content-type", self._kind), self._mode]
            await self._send({"type": "http.response.start", "status": self._status, "headers": headers})
        await self._write(held)

    async def _ended(self) -> bool:
        if not self._inflate.ended:
            raise BrokenError("the server's answer is cut off")
        if self._through:
            self.done = True
            await self._close([])
            return True
        if self._stream is not None:
            if left := self._stream.end():
                await self._write(left)
            # A stream whose events have ids may go on elsewhere: the client comes back with the last one.
            rest = [] if self._stream.resumable else await missing(self._exchange)
            self.done = True
            await self._close(rest)
            return True
        data = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        given = await whole(self._exchange, self._status, self._kind, data)
        self.done = True
        await send_answer(self._send, given, *self._headers, self._mode)
        return True

    async def _refused(self, said: str, status: int = 502) -> None:
        """End with refusals in place of all that waits for an answer."""
        self.done = True
        made = self._exchange.refusals(said)
        if self._exchange.elsewhere is not None:
            for each in made:
                await self._exchange.elsewhere(each)
            await self.answer(Answer(202 if made else status))
            return
        if self._exchange.reply is not None and not self.streaming:
            made.insert(0, self._exchange.reply)
        if self.streaming or self._through:
            await self._close(made if self.streaming else [])
            return
        # Whoever asked can read the refusal; an HTTP error would hide it from the model.
        batch = len(self._exchange.messages) > 1
        body = joined(made, batch=batch) if made else answer.encode(answer.error(None, said))
        headers = ((b"retry-after", b"1"),) if status == 503 else ()
        await self.answer(Answer(200 if made and status != 503 else status, body, headers=headers))

    async def _unavailable(self, why: str) -> None:
        if not self.done:
            await self._refused(f"mcpscan cannot decide now: {why}.", 503)

    async def _write(self, data: bytes) -> None:
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def _close(self, made: list[bytes]) -> None:
        await self._send({"type": "http.response.body", "body": b"".join(map(message, made))})

    async def _passing(self, headers: list[Pair]) -> list[Pair]:
        """The header fields without those whose words may not pass."""
        passed: list[Pair] = []
        for name, value in headers:
            if not is_worded((name, value)) or await self._exchange.text(value) is None:
                passed.append((name, value))
            elif name == b"www-authenticate":
                # A client has to learn that it must log in; the scheme alone says that.
                passed.append((name, b"Bearer"))
        return passed

    def _learn_session(self, given: bytes | None) -> None:
        talk = self._exchange.talk
        if given is None or talk.session:
            return
        if len(given) > _LONGEST_SESSION or not given.isascii() or not given.decode().isprintable():
            raise BrokenError("the server's session id is not one")
        talk.session = given.decode()
        self._exchange.sessions.keep(talk)
