"""One HTTP exchange between a client and a server: what its request asks, and what still waits for an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from mcpscan_service.guard import Conversation, Guard, MalformedError, Message, Outcome, Ruling, Sender, answer
from mcpscan_service.guard.conversation import Asked
from mcpscan_service.guard.message import read
from mcpscan_service.settings import Limits
from mcpscan_service.wire.depth import too_deep
from mcpscan_service.wire.fields import content_type
from mcpscan_service.wire.headers import MISMATCH, VERSION, Fields, disagreement
from mcpscan_service.wire.params import Parameters
from mcpscan_service.wire.sessions import Sessions

PARSE_ERROR = -32700
INVALID = -32600
_NOT_UTF8 = (b"\xff", b"\xfe")

Forwarder = Callable[[bytes], Awaitable[None]]
"""Takes a message somewhere."""

Endpoint = Callable[[bytes], bytes | None]
"""What the address of a legacy `endpoint` event becomes for the client; None where it leads elsewhere."""


class UnrecordedError(RuntimeError):
    """A decision could not be recorded: nothing may pass."""


class UnreadError(RuntimeError):
    """Bytes of a server's that could not be scanned and may not pass; `event` is the reference of the record."""

    def __init__(self, why: str, event: str, data: bytes) -> None:
        super().__init__(why)
        self.why, self.event, self.data = why, event, data


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer of the filter's own."""

    status: int
    body: bytes = b""
    kind: bytes = b"application/json"
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(slots=True)
class Exchange:
    """A request and its answer, between one client and one server.

    `elsewhere` puts a message into the stream that answers come on, where that is another one (legacy SSE); `listening`
    says that this is a stream for what the server says unasked. `back` takes a JSON-RPC message to the server;
    `endpoint` rewrites legacy addresses. `reply` is what the filter answered to a part of a batch, `messages` what the
    request held. `opened` says that bytes passed unread, as the settings have it.
    """

    guard: Guard
    limits: Limits
    talk: Conversation
    params: Parameters
    sessions: Sessions
    elsewhere: Forwarder | None = None
    listening: bool = False
    back: Forwarder | None = None
    endpoint: Endpoint | None = None
    reply: bytes | None = None
    messages: tuple[Message, ...] = ()
    opened: bool = False
    _own: list[tuple[object, Asked]] = field(default_factory=list)
    _lost: list[tuple[object, Asked]] = field(default_factory=list)

    async def ask(self, given: Fields, body: bytes) -> bytes | Answer:
        """Decide about a request: the bytes that go to the server, or the answer that the client gets at once.

        Raises `BusyError`, `UnrecordedError`.
        """
        if content_type(given.get(b"content-type", b"")) != b"application/json":
            return await self._unfit(body, 415, "a request that is not application/json in UTF-8")
        if given.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            return await self._unfit(body, 415, "a request with a content coding")
        if len(body) > self.limits.body_bytes:
            return await self.too_long(body)
        if self._unreadable(body):
            return self._answered(await self.refuse(body, Sender.CLIENT, self._unreadable(body)), body)
        try:
            self.messages, _ = read(body, Sender.CLIENT)
        except MalformedError:
            self.messages = ()  # The guard finds the same, and says what becomes of it.
        why = disagreement(given, self.messages, lambda tool: self.params.find(self.talk.server, tool))
        if why:
            return await self._unfit(body, 400, why, MISMATCH)
        try:
            ruling = await self.guard.rule_ahead(body, self.talk, self.messages)
        except OSError as problem:
            raise UnrecordedError from problem
        self._own = list(self._requests())
        return self._answered(ruling, body)

    async def too_long(self, body: bytes) -> Answer:
        """The answer to a request of which no more than the limit was read."""
        return await self._unfit(body, 413, "a request that is too long")

    async def too_slow(self) -> Answer:
        """The answer to a request whose body did not come in time."""
        given = await self._unfit(b"", 408, "a request whose body did not come in time")
        return replace(given, headers=((b"connection", b"close"),))

    async def from_server(self, data: bytes) -> bytes | None:
        """Decide about a message or batch of the server's: what goes to the client, or None for nothing.

        Raises `UnreadError` for what cannot be scanned, `BusyError`, `UnrecordedError`.
        """
        why = self._unreadable(data)
        try:
            ruling = await (self.refuse(data, Sender.SERVER, why) if why else self.rule(data, Sender.SERVER))
        except UnrecordedError:
            self.lose(data)
            raise
        first = ruling.decisions[0]
        if ruling.forward is None:
            if first.error and not first.method:
                raise UnreadError(first.error, first.event, data)
        elif first.error and not first.method and first.outcome is Outcome.PASSED:
            self.opened = True
        elif first.method == "tools/list":
            self.params.learn(self.talk.server, ruling.forward)
        if ruling.reply is not None and self.back is not None:
            await self.back(ruling.reply)
        return ruling.forward

    async def text(self, said: bytes) -> bytes | None:
        """Decide about words outside of any message: None where they may pass, else the JSON-RPC error in their place.

        Raises as `from_server` does.
        """
        wrapped = answer.encode(answer.error(None, said.decode("utf-8", "replace"), INVALID))
        ruled = await self.from_server(wrapped)
        return None if ruled is wrapped else ruled or answer.encode(answer.error(None, "Blocked by policy."))

    async def rule(self, data: bytes, sender: Sender) -> Ruling:
        """What `Guard.rule` says. Raises `BusyError`, `UnrecordedError`."""
        try:
            return await self.guard.rule(data, sender, self.talk)
        except OSError as problem:
            raise UnrecordedError from problem

    async def refuse(self, data: bytes, sender: Sender, why: str, *, always: bool = False) -> Ruling:
        """What `Guard.refuse` says. Raises `UnrecordedError`."""
        try:
            return await self.guard.refuse(data, sender, self.talk, why, always=always)
        except OSError as problem:
            raise UnrecordedError from problem

    def tool(self) -> str:
        """The tool that the request calls, or ""."""
        name = self.messages[0].params.get("name") if len(self.messages) == 1 else None
        return name if isinstance(name, str) else ""

    def rewritten(self, data: bytes) -> Message:
        """The request as it goes on after it was rewritten."""
        messages, _ = read(data, Sender.CLIENT)
        return messages[0]

    def lose(self, data: bytes) -> None:
        """Take note that what a server said does not arrive: requests it answers go on waiting for an answer."""
        try:
            messages, _ = read(data, Sender.SERVER)
        except MalformedError:
            return
        lost = [each.id for each in messages if each.is_answer]
        self._lost += [each for each in self._own if each[0] in lost and each not in self._lost]

    def unanswered(self) -> list[tuple[object, Asked]]:
        """The requests of this exchange that no answer went to the client for, in their order."""
        return [e for e in self._own if e in self._lost or self.talk.asked(Sender.CLIENT, e[0]) is not None]

    def adopt(self) -> None:
        """Take over all requests of the conversation that wait: the stream their answers come on is at its end."""
        self._own = list(self.talk.waiting(Sender.CLIENT))

    def refusals(self, said: str) -> list[bytes]:
        """Answers of our own to all that is unanswered; it counts as answered then."""
        made = [answer.encode(answer.refusal(given, asked, said)) for given, asked in self.unanswered()]
        for given, _ in self._own:
            self.talk.forget(Sender.CLIENT, given)
        self._lost.clear()
        self._own.clear()
        return made

    def _requests(self) -> Iterable[tuple[object, Asked]]:
        for each in self.messages:
            asked = self.talk.asked(Sender.CLIENT, each.id) if each.is_request else None
            if asked is not None:
                yield each.id, asked

    def _answered(self, ruling: Ruling, body: bytes) -> bytes | Answer:
        if ruling.forward is not None:
            self.reply = ruling.reply
            return ruling.forward
        first = ruling.decisions[0]
        if first.error and not first.method:
            return self._not_read(answer.text([first.error], first.event, "Could not be scanned"), body)
        return Answer(202) if ruling.reply is None else Answer(200, ruling.reply)

    def _not_read(self, said: str, body: bytes) -> Answer:
        if not self.messages:
            return Answer(400, answer.encode(answer.error(None, said, PARSE_ERROR)))
        # Nobody waits for an answer without an id, and here the ids are known.
        made = [answer.encode(answer.refusal(e.id, self._asked(e), said)) for e in self.messages if e.is_request]
        return Answer(200, joined(made, batch=body.lstrip().startswith(b"["))) if made else Answer(202)

    async def _unfit(self, body: bytes, status: int, why: str, code: int = INVALID) -> Answer:
        ruling = await self.refuse(body, Sender.CLIENT, why, always=True)
        said = answer.text([why], ruling.decisions[0].event, "Refused")
        given = self.messages[0].id if len(self.messages) == 1 and self.messages[0].is_request else None
        return Answer(status, answer.encode(answer.error(given, said, code)))

    def _unreadable(self, data: bytes) -> str:
        """Why some bytes are not shown to the scanner: "" where they are."""
        if data.startswith(_NOT_UTF8):
            return "not UTF-8"
        return "nested too deeply" if too_deep(data, self.limits.depth) else ""

    def _asked(self, message: Message) -> Asked:
        meta = message.params.get("_meta")
        version = meta.get(VERSION) if isinstance(meta, dict) else None
        return Asked(message.method, protocol=version if isinstance(version, str) else self.talk.protocol)


def joined(parts: list[bytes], *, batch: bool) -> bytes:
    """Messages and batches as one body: a batch where there are several, or `batch` asks for it."""
    if len(parts) == 1 and (not batch or parts[0].lstrip().startswith(b"[")):
        return parts[0]
    inner = [part.strip()[1:-1] if part.lstrip().startswith(b"[") else part for part in parts]
    return b"[" + b",".join(inner) + b"]"
