"""Takes a request to a server, and its answer to whoever decides about it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
from yarl import URL

from mcpscan_service.proxy.hub import Hub, Listening
from mcpscan_service.proxy.route import Leaf
from mcpscan_service.proxy.upstream import TRY_NEXT, Target
from mcpscan_service.settings import Limits
from mcpscan_service.wire.exchange import Exchange
from mcpscan_service.wire.reply import Reply

_AT_ONCE = 512 * 1024
UNREACHABLE = "the server cannot be reached"
LATE = "the server did not answer in time"
BROKEN = "the server's answer broke off"


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it goes to a server; the addresses are tried one after another."""

    method: str
    addresses: tuple[URL, ...]
    leaf: Leaf
    headers: Sequence[tuple[str, str]]
    body: bytes = b""


class Carrier:
    """Carries one request and its answer. Never raises for what a server does."""

    def __init__(self, hub: Hub, target: Target, exchange: Exchange, reply: Reply) -> None:
        self._hub = hub
        self._target = target
        self._exchange = exchange
        self._reply = reply
        self._limits: Limits = exchange.limits

    async def carry(self, sent: Sent) -> None:
        """Send the request, and see its answer through."""
        try:
            response = await self._opened(sent)
        except TimeoutError:
            await self._reply.broke(LATE)
            return
        except (aiohttp.ClientError, OSError, ValueError):
            await self._reply.broke(UNREACHABLE)
            return
        listening = Listening(self._target, self._exchange, self._reply, response)
        try:
            await self._reply.start(response.status, response.raw_headers)
            if self._exchange.listening:
                self._hub.streams.add(listening)
                if self._hub.draining:
                    listening.leave()
            await self._pumped(response, listening)
        finally:
            self._hub.streams.discard(listening)
            response.close()

    async def _pumped(self, response: aiohttp.ClientResponse, stream: Listening) -> None:
        reply = self._reply
        try:
            await self._pump(response)
        except TimeoutError:
            if self._exchange.listening:
                await reply.leave()
                return
            await reply.broke(LATE)
        except (aiohttp.ClientError, OSError, ValueError):
            if stream.leaving:
                await reply.leave()
                return
            self._adopt()
            await reply.broke(BROKEN)

    async def _pump(self, response: aiohttp.ClientResponse) -> None:
        reply, content, limits = self._reply, response.content, self._limits
        time = asyncio.get_running_loop().time
        overall = time() + limits.stream_seconds
        idle = time() + limits.answer_seconds
        endless = self._exchange.listening and reply.streaming
        while not reply.done:
            async with asyncio.timeout_at(overall if endless else min(overall, idle)):
                chunk = await content.readany()
            if chunk and await reply.feed(chunk):
                idle = time() + limits.answer_seconds
            if content.at_eof():
                self._adopt()
                await reply.end()
                return

    def _adopt(self) -> None:
        # Answers of a legacy session come on its one stream: with it, all that wait have lost theirs.
        if self._exchange.endpoint is not None:
            self._exchange.adopt()

    async def _opened(self, sent: Sent) -> aiohttp.ClientResponse:
        """The answer of the first address that is one. Raises what the client raises."""
        last = sent.addresses[-1]
        for url in sent.addresses:
            async with asyncio.timeout(self._limits.answer_seconds):
                response = await self._hub.client.request(
                    sent.method, url, data=_payload(sent.body), headers=sent.headers, allow_redirects=False
                )
            if len(sent.addresses) == 1:
                return response
            speaks = response.status not in TRY_NEXT or response.content_type == "application/json"
            if speaks:
                self._target.settle(sent.leaf, url)
            if speaks or url == last:
                return response
            response.close()
        raise ValueError("no address")


def _payload(body: bytes) -> bytes | io.BytesIO | None:
    if len(body) > _AT_ONCE:
        return io.BytesIO(body)
    return body or None
