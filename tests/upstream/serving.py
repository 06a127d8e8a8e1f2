"""Servers for tests: any ASGI application on a free port of loopback, with all that it answers kept."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]


@dataclass(slots=True)
class Exchange:
    """One HTTP request and what was answered, as far as it went."""

    method: str
    path: str
    sent_headers: dict[str, str]
    sent: bytes = b""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = False


class Tape:
    """An application in front of another that keeps every exchange."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.exchanges: list[Exchange] = []

    @property
    def answered(self) -> bytes:
        """Everything that was answered so far: headers, then body, of each exchange."""
        return b"\n".join(repr(each.headers).encode() + each.body for each in list(self.exchanges))

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Pass a request on and keep what is said."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = Exchange(scope["method"], scope["path"], _text(scope["headers"]))
        self.exchanges.append(exchange)

        async def received() -> Any:
            message = await receive()
            exchange.sent += message.get("body", b"")
            return message

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                exchange.status, exchange.headers = message["status"], _text(message.get("headers", ()))
            elif message["type"] == "http.response.body":
                exchange.body += message.get("body", b"")
                exchange.whole = not message.get("more_body", False)
            await send(message)

        await self.app(scope, received, sent)


def _text(headers: Any) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of a server that runs an application in a thread of its own until the end of the block."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    ready = threading.Event()
    startup = server.startup

    async def started(sockets: Any = None) -> None:
        await startup(sockets)
        ready.set()

    server.startup = started  # type: ignore[method-assign]
    thread = threading.Thread(target=_run, args=(server, ready), daemon=True)
    thread.start()
    ready.wait(30)
    assert server.started, "the server did not start"
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not stop"


def _run(server: uvicorn.Server, ready: threading.Event) -> None:
    try:
        server.run()
    finally:
        ready.set()
