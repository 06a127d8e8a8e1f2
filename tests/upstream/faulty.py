"""An HTTP server without any library that answers with exactly the bytes a test wants, and knows when it was left."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Asked:
    """One request as it came, and where to write the answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    writer: asyncio.StreamWriter
    left: asyncio.Event

    @property
    def id(self) -> Any:
        """The id of the JSON-RPC request."""
        return json.loads(self.body)["id"]

    async def write(self, *data: bytes) -> None:
        """Send bytes, each as a piece of its own. Raises `ConnectionError` once the other side is gone."""
        for each in data:
            self.writer.write(each)
            await self.writer.drain()
            # What was sent is to arrive as one piece.
            await asyncio.sleep(0)

    async def head(self, kind: str = "text/event-stream", status: str = "200 OK", *more: str) -> None:
        """Send the head of an answer whose body ends with the connection."""
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close", *more]
        await self.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    async def answer(self, body: bytes, kind: str = "application/json", status: str = "200 OK", *more: str) -> None:
        """Send a whole answer."""
        await self.head(kind, status, f"Content-Length: {len(body)}", *more)
        await self.write(body)


Script = Callable[[Asked], Awaitable[None]]


@dataclass(slots=True)
class Faulty:
    """A server that runs a script for every request."""

    script: Script
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    """Set when a client closed a connection before the script had ended."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests; an answer closes the connection."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = lines[0].split(" ", 2)
            pairs = (line.partition(":") for line in lines[1:] if line)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            body = await _body(reader, headers)
            asked = Asked(method, path, headers, body, writer, asyncio.Event())
            self.asked.append(asked)
            watching = asyncio.create_task(self._watch(reader, asked))
            try:
                await self.script(asked)
            except (ConnectionError, BrokenPipeError):
                self.left.set()
            finally:
                watching.cancel()
        writer.close()

    async def _watch(self, reader: asyncio.StreamReader, asked: Asked) -> None:
        with suppress(ConnectionError):
            while await reader.read(65536):
                pass
        asked.left.set()
        self.left.set()


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    body = b""
    while headers.get("transfer-encoding") == "chunked":
        size = int(await reader.readuntil(b"\r\n"), 16)
        body += (await reader.readexactly(size + 2))[:-2]
        if not size:
            break
    return body


@contextmanager
def faulty(script: Script) -> Iterator[Faulty]:
    """A server in a thread of its own that runs a script for every request, until the end of the block."""
    server, ready, stop = Faulty(script), threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def main() -> None:
        loops.append(asyncio.get_running_loop())
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=1 << 20)
        server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        ready.set()
        await stop.wait()
        listening.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for asked in server.asked:
            asked.writer.transport.abort()

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield server
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(20)
        assert not thread.is_alive()


def event(message: Any, name: str = "message") -> bytes:
    """One event of a stream."""
    data = message if isinstance(message, str) else json.dumps(message)
    return f"event: {name}\ndata: {data}\n\n".encode()


def result(asked: Asked, *texts: str) -> dict[str, Any]:
    """The answer to a call of a tool."""
    content = [{"type": "text", "text": text} for text in texts]
    return {"jsonrpc": "2.0", "id": asked.id, "result": {"content": content, "isError": False}}


def progress(step: int, message: str) -> dict[str, Any]:
    """A notification of progress."""
    params = {"progressToken": 1, "progress": step, "message": message}
    return {"jsonrpc": "2.0", "method": "notifications/progress", "params": params}
