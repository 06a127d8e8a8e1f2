"""What the exchanges of a proxy share: the client that speaks to servers, sessions, streams that are open."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from yarl import URL

from mcpscan_service.guard import Conversation, Guard
from mcpscan_service.proxy.upstream import Target
from mcpscan_service.settings import Settings
from mcpscan_service.wire.asgi import mode_field
from mcpscan_service.wire.exchange import Exchange
from mcpscan_service.wire.params import Parameters
from mcpscan_service.wire.reply import Reply
from mcpscan_service.wire.sessions import Sessions

BESIDE = 256
"""Answers to requests of servers that are on their way at once: a server may ask more than it listens to."""


class Generation:
    """One state of the settings, with the guard that belongs to it and the calls that were begun under it."""

    def __init__(self, settings: Settings, guard: Guard) -> None:
        self.settings = settings
        self.guard = guard
        self.mode = mode_field(guard)
        self.targets = {name: Target(name, each, settings.auth.mode) for name, each in settings.upstreams.items()}
        self.calls = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def begin(self) -> None:
        """A call begins."""
        self.calls += 1
        self._idle.clear()

    def end(self) -> None:
        """A call ended."""
        self.calls -= 1
        if not self.calls:
            self._idle.set()

    async def idle(self) -> None:
        """Wait until no call is under way."""
        await self._idle.wait()


@dataclass(eq=False, slots=True)
class Listening:
    """An open stream for what a server says unasked. `leaving` says that the filter ends it, in good order."""

    target: Target
    exchange: Exchange
    reply: Reply
    response: aiohttp.ClientResponse
    leaving: bool = False

    def leave(self) -> None:
        """End it; the client may open it again."""
        self.leaving = True
        self.response.close()


@dataclass(frozen=True, slots=True)
class Legacy:
    """A session of the legacy transport: where its messages go, and the stream that answers come on."""

    target: Target
    talk: Conversation
    url: URL
    reply: Reply


@dataclass(slots=True)
class Hub:
    """Shared by all exchanges, whatever the settings are now. `draining` says that no stream stays open any more."""

    client: aiohttp.ClientSession
    sessions: Sessions = field(default_factory=Sessions)
    params: Parameters = field(default_factory=Parameters)
    streams: set[Listening] = field(default_factory=set)
    legacy: dict[str, Legacy] = field(default_factory=dict)
    draining: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def keep_legacy(self, token: str, session: Legacy) -> str:
        """Remember a legacy session under its token, or under a new one that nobody can guess."""
        token = token or secrets.token_urlsafe(24)
        self.legacy[token] = session
        return token

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside the exchange, unless too much is done there; it is ended with the hub at the latest."""
        if len(self._tasks) >= BESIDE:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def use(self, now: Generation) -> None:
        """Open streams go on under a new guard; those of servers that are gone end."""
        for stream in tuple(self.streams):
            if stream.target.name in now.targets:
                stream.exchange.guard = now.guard
            else:
                stream.leave()

    def drain(self) -> None:
        """End the streams that only listen, those too that are just being opened."""
        self.draining = True
        for stream in tuple(self.streams):
            stream.leave()

    async def close(self) -> None:
        """End what is still under way, and every connection."""
        self.drain()
        tasks = tuple(self._running())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.client.close()

    def _running(self) -> Iterator[asyncio.Task[None]]:
        return (task for task in self._tasks if not task.done())


def new_client(settings: Settings) -> aiohttp.ClientSession:
    """The client that speaks to servers: no cookies kept, nothing taken from the environment, nothing undone or followed."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=30),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=settings.limits.connect_seconds),
        auto_decompress=False,
        trust_env=False,
        skip_auto_headers=("accept", "content-type", "user-agent"),
    )
