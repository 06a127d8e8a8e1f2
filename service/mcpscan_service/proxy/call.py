"""One request of a client's to the proxy, from its first byte to the last of its answer."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

import aiohttp
from yarl import URL

from mcpscan_service.proxy.carry import Carrier, Sent
from mcpscan_service.proxy.hub import Generation, Hub, Legacy
from mcpscan_service.proxy.route import Leaf, Route
from mcpscan_service.proxy.watch import Watch
from mcpscan_service.wire.asgi import Receive, Scope, Send
from mcpscan_service.wire.exchange import Exchange
from mcpscan_service.wire.fields import Pair
from mcpscan_service.wire.headers import Fields
from mcpscan_service.wire.opening import asked, conversation
from mcpscan_service.wire.problem import problem
from mcpscan_service.wire.reply import Reply

_OF_ONE_BODY = (b"content-type", b"accept", b"last-event-id", b"mcp-method", b"mcp-name")
_JSON: tuple[Pair, ...] = (
    (b"content-type", b"application/json"),
    (b"accept", b"application/json, text/event-stream"),
)


class Call:
    """A request with all that belongs to it."""

    def __init__(self, hub: Hub, now: Generation, found: Route, *, scope: Scope, given: Fields, send: Send) -> None:
        self._hub = hub
        self._now = now
        self._target = target = now.targets[found.server]
        self._route = found
        self._given = given
        self._headers: list[Pair] = list(scope["headers"])
        talk = conversation(hub.sessions, given, scope, target.name, pin=target.pin)
        self._exchange = Exchange(now.guard, now.settings.limits, talk, hub.params, hub.sessions)
        self._exchange.back = self._back
        self._reply = Reply(self._exchange, send, now.mode)

    async def post(self, receive: Receive) -> None:
        """A message or batch of the client's to the server."""
        addresses = self._target.addresses(Leaf.MCP)
        if b"mcp-session-id" in self._given:
            addresses = addresses[:1]
        await self._posted(receive, addresses)

    async def message(self, receive: Receive) -> None:
        """A message of the client's in a session of the legacy transport."""
        token = parse_qs(self._route.query.decode("ascii", "replace")).get("session_id", [""])[0]
        session = self._hub.legacy.get(token)
        known = session is not None and session.target.name == self._target.name
        if session is None or not known or session.talk.identity != self._exchange.talk.identity:
            await self._reply.answer(problem(404, "There is no such session."))
            return
        self._exchange.talk = session.talk
        self._exchange.elsewhere = session.reply.inject
        await self._posted(receive, (session.url,))

    async def listen(self, receive: Receive) -> None:
        """A stream for what the server says unasked; in the legacy transport, for all it says."""
        self._exchange.listening = True
        token = ""

        def moved(said: bytes) -> bytes | None:
            nonlocal token
            url = self._target.endpoint(addresses[0], said)
            if url is None:
                return None
            token = self._hub.keep_legacy(token, Legacy(self._target, self._exchange.talk, url, self._reply))
            return b"message?session_id=" + token.encode()

        addresses = self._target.addresses(self._route.leaf)
        if self._route.leaf is Leaf.SSE:
            self._exchange.talk.transport = "sse"
            self._exchange.endpoint = moved
        try:
            await self._carry(receive, "GET", addresses, self._headers)
        finally:
            self._hub.legacy.pop(token, None)

    async def end_session(self, receive: Receive) -> None:
        """The client ends its session."""
        self._exchange.listening = True
        await self._carry(receive, "DELETE", self._target.addresses(Leaf.MCP)[:1], self._headers)
        self._hub.sessions.end(self._exchange.talk)

    async def _posted(self, receive: Receive, addresses: tuple[URL, ...]) -> None:
        sent = await asked(self._exchange, self._reply, self._given, self._headers, receive)
        if sent is not None:
            await self._carry(receive, "POST", addresses, sent[1], sent[0])

    async def _carry(
        self, receive: Receive, method: str, addresses: tuple[URL, ...], headers: list[Pair], body: bytes = b""
    ) -> None:
        reply = self._reply
        if not addresses:
            await reply.answer(problem(405, "The server does not speak this transport."))
            return
        try:
            sent = Sent(method, addresses, self._route.leaf, self._target.headers(headers), body)
        except ValueError:
            await reply.answer(problem(400, "A header field is not text."))
            return
        watch = Watch(receive, lambda: reply.done)
        try:
            await Carrier(self._hub, self._target, self._exchange, reply).carry(sent)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not watch.gone or task is None or task.uncancel():
                raise
        finally:
            watch.stop()

    async def _back(self, data: bytes) -> None:
        """Take an answer of the filter's to the server, beside the stream that it asked on."""
        exchange = self._exchange
        legacy = next((each.url for each in self._hub.legacy.values() if each.talk is exchange.talk), None)
        addresses = (legacy,) if legacy is not None else self._target.addresses(Leaf.MCP)
        if not addresses or not (legacy is not None or exchange.talk.session):
            return
        kept = [pair for pair in self._headers if pair[0] not in _OF_ONE_BODY and not pair[0].startswith(b"mcp-param-")]
        if exchange.talk.session and b"mcp-session-id" not in self._given:
            kept.append((b"mcp-session-id", exchange.talk.session.encode("latin-1")))
        self._hub.spawn(self._told(addresses[0], self._target.headers([*kept, *_JSON]), data))

    async def _told(self, url: URL, headers: list[tuple[str, str]], data: bytes) -> None:
        try:
            async with asyncio.timeout(self._exchange.limits.connect_seconds):
                response = await self._hub.client.post(url, data=data, headers=headers, allow_redirects=False)
                response.close()
        except (aiohttp.ClientError, OSError, ValueError):
            return  # The server asked and does not listen to the answer.
