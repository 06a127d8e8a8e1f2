"""The answer of a server on its way to the client: held until it was decided about, then sent as ASGI has it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from mcpscan_service.guard import BusyError, MalformedError, Sender, answer
from mcpscan_service.guard.message import read
from mcpscan_service.wire.exchange import Answer, Exchange, UnreadError, UnrecordedError, joined
from mcpscan_service.wire.fields import Pair, content_type, is_worded, to_client
from mcpscan_service.wire.inflate import EncodingError, Inflate
from mcpscan_service.wire.sse import message
from mcpscan_service.wire.stream import BrokenError, Stream

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
"""What ASGI gives an application to answer with."""

JSON = b"application/json"
EVENTS = b"text/event-stream"
MODE = b"mcpscan-mode"
"""The header field of every answer that names the modes in force."""

_ERROR_TEXT = 64 * 1024
_LONGEST_SESSION = 1_024
_SINGLE = frozenset({b"content-encoding", b"content-type", b"mcp-session-id"})
_READABLE = frozenset({JSON, b"text/plain"})


async def send_answer(send: Send, given: Answer, mode: Pair) -> None:
    """Answer a request at once."""
    kind = [(b"content-type", given.kind)] if given.body else []
    headers = [*given.headers, *kind, (b"content-length", b"%d" % len(given.body)), mode]
    await send({"type": "http.response.start", "status": given.status, "headers": headers})
    await send({"type": "http.response.body", "body": given.body})


class Reply:
    """Takes an answer piece by piece (`start`, `feed`, `end`, or `broke`) and sends what may pass.

    Never raises for what a server does. `done` says that the answer to the client is complete: the rest of the server's
    is of no interest then. `streaming` says that an event stream was begun.
    """

    def __init__(self, exchange: Exchange, send: Send) -> None:
        self.done = False
        self.streaming = False
        self._exchange = exchange
        self._send = send
        self._mode = (MODE, exchange.guard.settings.summary().encode())
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
            return await self._unavailable("the record cannot be written")
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
            self._stream.end()
            # A stream whose events have ids may go on elsewhere: the client comes back with the last one.
            rest = [] if self._stream.resumable else await self._missing()
            self.done = True
            await self._close(rest)
            return True
        data = self._held[0] if len(self._held) == 1 else b"".join(self._held)
        if not data.strip():
            await self._empty()
        elif self._status >= 400:
            await self._failed(data)
        else:
            await self._whole(data)
        return True

    async def _whole(self, data: bytes) -> None:
        """A JSON body that answers."""
        exchange = self._exchange
        if exchange.elsewhere is not None:
            return await self._finish(self._status, b"")
        if self._kind != JSON:
            ruling = await exchange.refuse(data, Sender.SERVER, "an answer that is neither JSON nor an event stream")
            if ruling.forward is None:
                said = answer.text(["wrong content type"], ruling.decisions[0].event, "Could not be scanned")
                return await self._refused(said)
            return await self._finish(self._status, data, self._kind)
        forward = await exchange.from_server(data)
        batch = len(exchange.messages) > 1
        missing = await self._missing()
        if missing and not batch:
            return await self._finish(200, joined(missing, batch=False))
        parts = [part for part in (forward, exchange.reply) if part is not None] + missing
        if not parts:
            return await self._finish(202, b"")
        await self._finish(self._status, joined(parts, batch=batch) if len(parts) > 1 else parts[0])

    async def _failed(self, data: bytes) -> None:
        """The body of an HTTP error: a JSON-RPC error, or text that passes only where it is harmless."""
        exchange = self._exchange
        if self._kind == JSON:
            try:
                read(data, Sender.SERVER)
            except MalformedError:
                pass
            else:
                forward = await exchange.from_server(data)
                return await self._finish(self._status, forward or b"")
        if self._kind in _READABLE and len(data) <= _ERROR_TEXT:
            blocked = await exchange.text(data)
            return await self._finish(self._status, blocked or data, JSON if blocked else self._kind)
        ruling = await exchange.refuse(data, Sender.SERVER, "the text of an HTTP error")
        if ruling.forward is not None:
            return await self._finish(self._status, data, self._kind)
        said = answer.text([f"HTTP status {self._status}"], ruling.decisions[0].event, "The server failed")
        await self._finish(self._status, (exchange.refusals(said) or [answer.encode(answer.error(None, said))])[0])

    async def _empty(self) -> None:
        exchange = self._exchange
        missing = [] if self._status >= 400 else await self._missing()
        parts = missing if exchange.reply is None else [exchange.reply, *missing]
        if parts:
            return await self._finish(200, joined(parts, batch=len(exchange.messages) > 1))
        await self._finish(self._status, b"")

    async def _missing(self) -> list[bytes]:
        """Refusals of all that the server left unanswered."""
        exchange = self._exchange
        if exchange.opened or exchange.elsewhere is not None or not exchange.unanswered():
            return []
        ruling = await self._exchange.refuse(b"", Sender.SERVER, "a request without an answer", always=True)
        said = answer.text(["a request without an answer"], ruling.decisions[0].event, "No answer from the server")
        return self._exchange.refusals(said)

    async def _refused(self, said: str, status: int = 502) -> None:
        """End with refusals in place of all that waits for an answer."""
        self.done = True
        made = self._exchange.refusals(said)
        if self._exchange.elsewhere is not None:
            for each in made:
                await self._exchange.elsewhere(each)
            return await self.answer(Answer(202 if made else status))
        if self._exchange.reply is not None and not self.streaming:
            made.insert(0, self._exchange.reply)
        if self.streaming:
            return await self._close(made)
        # Whoever asked can read the refusal; an HTTP error would hide it from the model.
        batch = len(self._exchange.messages) > 1
        body = joined(made, batch=batch) if made else answer.encode(answer.error(None, said))
        headers = ((b"retry-after", b"1"),) if status == 503 else ()
        await self.answer(Answer(200 if made and status != 503 else status, body, headers=headers))

    async def _unavailable(self, why: str) -> None:
        if not self.done:
            await self._refused(f"mcpscan cannot decide now: {why}.", 503)

    async def _finish(self, status: int, body: bytes, kind: bytes = JSON) -> None:
        self.done = True
        named = [(b"content-type", kind)] if body and kind else []
        sized = [] if status == 204 else [(b"content-length", b"%d" % len(body))]
        headers = [*self._headers, *named, *sized, self._mode]
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

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
