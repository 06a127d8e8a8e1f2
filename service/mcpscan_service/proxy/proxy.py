"""The proxy as an ASGI application: which request becomes which call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from mcpscan_service.guard import Guard
from mcpscan_service.proxy.call import Call
from mcpscan_service.proxy.hub import Generation, Hub, new_client
from mcpscan_service.proxy.route import Leaf, Route, route
from mcpscan_service.settings import Settings
from mcpscan_service.wire.asgi import Receive, Scope, Send, send_answer
from mcpscan_service.wire.exchange import Answer
from mcpscan_service.wire.headers import RepeatedFieldError, fields
from mcpscan_service.wire.problem import problem

_Handler = Callable[[Call, Receive], Awaitable[None]]

_HANDLERS: dict[tuple[Leaf, str], _Handler] = {
    (Leaf.MCP, "POST"): Call.post,
    (Leaf.MCP, "GET"): Call.listen,
    (Leaf.MCP, "DELETE"): Call.end_session,
    (Leaf.SSE, "GET"): Call.listen,
    (Leaf.MESSAGE, "POST"): Call.message,
}
_BUSY = problem(503, "Too many requests at once.", (b"retry-after", b"1"))


class Proxy:
    """Stands in front of the upstreams of the settings: `/{server}/mcp`, `/{server}/sse` and `/{server}/message`.

    An ASGI application for `http` scopes; who is calling is taken from `scope["state"]["identity"]`. `startup` and
    `shutdown` belong to the event loop that serves. A call under way is finished under the settings it began with.
    """

    def __init__(self, settings: Settings, guard: Guard) -> None:
        self._now = Generation(settings, guard)
        self._hub: Hub | None = None
        self._stopping = False

    @property
    def calls(self) -> int:
        """How many calls are under way, without open streams that only listen."""
        return self._now.calls

    @property
    def streams(self) -> int:
        """How many streams are open on which clients only listen."""
        return len(self._hub.streams) if self._hub is not None else 0

    async def startup(self) -> None:
        """Make ready to speak to servers; nothing is connected before it is needed."""
        if self._hub is None:
            self._hub = Hub(new_client(self._now.settings))
        self._stopping = False

    def drain(self) -> None:
        """End the streams that only listen, so that the server can end; calls go on, also those that still come in."""
        if self._hub is not None:
            self._hub.drain()

    async def shutdown(self) -> None:
        """`drain`, wait for calls under way as long as the settings say, then end what is left."""
        self._stopping = True
        self.drain()
        hub, self._hub = self._hub, None
        try:
            async with asyncio.timeout(self._now.settings.limits.shutdown_seconds):
                await self._now.idle()
        except TimeoutError:
            pass  # Closing the connections below ends the calls that are left, each with an answer.
        if hub is not None:
            await hub.close()

    async def replace(self, settings: Settings, guard: Guard) -> None:
        """Use other settings and another guard from now on; returns when the last call under the old ones has ended."""
        before, self._now = self._now, Generation(settings, guard)
        if self._hub is not None:
            self._hub.use(self._now)
        await before.idle()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        now = self._now
        found = route(scope)
        outcome = self._handler(now, found, scope["method"])
        if isinstance(outcome, Answer):
            await send_answer(send, outcome, now.mode)
            return
        assert found is not None
        try:
            given = fields(scope["headers"])
        except RepeatedFieldError as repeated:
            await send_answer(send, problem(400, f"{repeated}."), now.mode)
            return
        if self._hub is None:
            await self.startup()
        assert self._hub is not None
        call = Call(self._hub, now, found, scope=scope, given=given, send=send)
        if scope["method"] == "GET":
            await outcome(call, receive)
            return
        now.begin()
        try:
            await outcome(call, receive)
        finally:
            now.end()

    def _handler(self, now: Generation, found: Route | None, method: str) -> _Handler | Answer:
        if found is None or found.server not in now.targets:
            return problem(404, "There is no such server.")
        if found.query and found.leaf is not Leaf.MESSAGE:
            return problem(400, "An address of the proxy takes no query.")
        handler = _HANDLERS.get((found.leaf, method))
        if handler is None:
            allowed = ", ".join(verb for leaf, verb in _HANDLERS if leaf is found.leaf)
            return problem(405, "This address does not take this method.", (b"allow", allowed.encode()))
        full = method != "GET" and now.calls >= now.settings.limits.requests_at_once
        return _BUSY if full or self._stopping else handler
