"""Scanning for people who serve MCP from an ASGI application of their own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from mcpscan_service.brain import Brain
from mcpscan_service.guard import Guard
from mcpscan_service.settings import Settings
from mcpscan_service.wire.asgi import Receive, Scope, Send, mode_field, send_answer
from mcpscan_service.wire.exchange import Exchange
from mcpscan_service.wire.fields import Pair
from mcpscan_service.wire.headers import Fields, RepeatedFieldError, fields
from mcpscan_service.wire.opening import asked, conversation
from mcpscan_service.wire.params import Parameters
from mcpscan_service.wire.problem import problem
from mcpscan_service.wire.reply import Reply
from mcpscan_service.wire.sessions import Sessions

App = Callable[[Scope, Receive, Send], Awaitable[None]]

_METHODS = frozenset({"GET", "POST", "DELETE"})
_OF_ONE_BODY = (b"content-length", b"content-type", b"last-event-id", b"mcp-method", b"mcp-name")


class ScanMiddleware:
    """Lets everything that an ASGI application says as an MCP server pass through the guard first.

    `server` is the name for records and quarantine, `paths` where the application speaks MCP (and what lies below), with
    or without the path that it is mounted at; everything else, lifespan included, is left alone. The legacy transport is
    covered where both of its paths are named: `paths=("/sse", "/messages")`. Without a `guard` one is made of `settings`
    when the first request comes; it keeps no records, so settings with an audit log are then a `ValueError`.

    >>> from starlette.applications import Starlette
    >>> app = ScanMiddleware(Starlette(), server="mine")
    """

    def __init__(
        self,
        app: App,
        guard: Guard | None = None,
        *,
        server: str = "app",
        paths: Sequence[str] = ("/mcp",),
        settings: Settings | None = None,
    ) -> None:
        if guard is None and settings is not None and settings.audit.path is not None:
            raise ValueError("records need somebody who closes them: give the middleware a guard with a recorder")
        self.app = app
        self.server = server
        self.settings = settings or Settings()
        self.sessions = Sessions()
        self.params = Parameters()
        self.legacy: dict[bytes, tuple[Exchange, Reply]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self._paths = tuple(path.rstrip("/") for path in paths)
        self._guard = guard
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on untouched."""
        if scope["type"] != "http" or scope["method"] not in _METHODS or not self._covers(scope):
            await self.app(scope, receive, send)
            return
        guard = await self.guard()
        try:
            given = fields(scope["headers"])
        except RepeatedFieldError as repeated:
            await send_answer(send, problem(400, f"{repeated}."), mode_field(guard))
            return
        await _Call(self, guard, scope, given, send).run(receive)

    async def guard(self) -> Guard:
        """The guard that decides; made in a thread at first, because it takes a moment."""
        async with self._making:
            if self._guard is None:
                self._guard = await asyncio.to_thread(_made, self.settings)
            return self._guard

    def _covers(self, scope: Scope) -> bool:
        # In a mounted application, the path begins with where it is mounted.
        seen = (scope["path"], scope["path"].removeprefix(scope.get("root_path", "")))
        return any(path == each or path.startswith(f"{each}/") for path in seen for each in self._paths)


class _Call:
    """One request to the application, and its answer."""

    def __init__(self, owner: ScanMiddleware, guard: Guard, scope: Scope, given: Fields, send: Send) -> None:
        self._owner = owner
        self._scope = scope
        self._given = given
        self._key, self._path = b"", ""
        self._cut = False
        talk = conversation(owner.sessions, given, scope, owner.server, transport="asgi")
        self._exchange = Exchange(guard, owner.settings.limits, talk, owner.params, owner.sessions)
        self._exchange.back = self._back
        self._reply = Reply(self._exchange, send)

    async def run(self, receive: Receive) -> None:
        """Ask the application, and see its answer through."""
        exchange, headers = self._exchange, list(self._scope["headers"])
        if self._scope["method"] != "POST":
            exchange.listening, exchange.endpoint = True, self._moved
            try:
                await self._answer(_scope(self._scope, headers), receive)
            finally:
                self._owner.legacy.pop(self._key, None)
            if self._scope["method"] == "DELETE":
                self._owner.sessions.end(exchange.talk)
            return
        session = self._owner.legacy.get(self._scope.get("query_string", b""))
        if session is not None and session[0].talk.identity == exchange.talk.identity:
            exchange.talk, exchange.elsewhere = session[0].talk, session[1].inject
        sent = await asked(exchange, self._reply, self._given, headers, receive)
        if sent is not None:
            await self._answer(_scope(self._scope, sent[1], sent[0]), _again(sent[0], receive))

    async def _answer(self, scope: Scope, receive: Receive) -> None:
        reply = self._reply

        async def heard() -> MutableMapping[str, Any]:
            # Once the client has its answer, the application may as well stop.
            return {"type": "http.disconnect"} if reply.done else await receive()

        try:
            await self._owner.app(scope, heard, self._said)
        except Exception:
            if self._cut:
                return
            await reply.broke("the application failed")
            raise
        await reply.broke("the application did not finish its answer")

    async def _said(self, message: MutableMapping[str, Any]) -> None:
        """What the application sends."""
        reply = self._reply
        if message["type"] == "http.response.start":
            await reply.start(message["status"], message.get("headers", ()))
        elif message["type"] == "http.response.body":
            if reply.done:
                self._cut = True
                raise OSError("the answer was ended")
            await reply.feed(message.get("body", b""))
            if not message.get("more_body"):
                if self._key:
                    self._exchange.adopt()
                await reply.end()

    def _moved(self, said: bytes) -> bytes | None:
        """Note where the messages of a legacy session come; the address itself is the application's own."""
        parts = urlsplit(said.decode("latin-1"))
        if parts.scheme or parts.netloc or not parts.query or " " in parts.path:
            return None
        self._key, self._path = parts.query.encode("latin-1"), parts.path
        self._owner.legacy[self._key] = (self._exchange, self._reply)
        return said

    async def _back(self, data: bytes) -> None:
        """Take an answer of the filter's to the application, beside the stream that it asked on."""
        place: dict[str, Any] = {"method": "POST"}
        if self._key:
            place |= {"path": self._path, "raw_path": self._path.encode("latin-1"), "query_string": self._key}
        elif not self._exchange.talk.session:
            return
        headers = [pair for pair in self._scope["headers"] if pair[0] not in _OF_ONE_BODY]
        if self._exchange.talk.session and b"mcp-session-id" not in self._given:
            headers.append((b"mcp-session-id", self._exchange.talk.session.encode("latin-1")))
        scope = _scope({**self._scope, **place}, [*headers, (b"content-type", b"application/json")], data)
        task = asyncio.get_running_loop().create_task(self._told(scope, data))
        self._owner.tasks.add(task)
        task.add_done_callback(self._owner.tasks.discard)

    async def _told(self, scope: Scope, data: bytes) -> None:
        with contextlib.suppress(Exception):  # What the application makes of an answer is its own affair.
            await self._owner.app(scope, _again(data, _gone), _unheard)


def _scope(scope: Scope, headers: list[Pair], body: bytes | None = None) -> Scope:
    """The request as the application sees it: nothing compressed comes back, nothing bypasses `send`."""
    kept = [pair for pair in headers if pair[0] != b"accept-encoding"]
    if body is not None:
        kept = [*(pair for pair in kept if pair[0] != b"content-length"), (b"content-length", b"%d" % len(body))]
    return {**scope, "headers": kept, "extensions": {}}


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body that was read already, and then what comes after it."""
    left = [body]

    async def received() -> MutableMapping[str, Any]:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return received


async def _gone() -> MutableMapping[str, Any]:
    return {"type": "http.disconnect"}


async def _unheard(_message: MutableMapping[str, Any]) -> None:
    return


def _made(settings: Settings) -> Guard:
    return Guard(Brain.of(settings).judge, settings.guard)
