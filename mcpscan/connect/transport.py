"""Transports that remember: the MCP SDK's own, with every byte from the server kept on the side."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
from mcp.client.sse import sse_client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from mcpscan.connect import relay
from mcpscan.connect.target import Command, Url

MOST_STDERR = 8_000
"""Bytes of a server's standard error that are kept, the last ones."""


class Record:
    """The raw bodies a server sent, in order, as bytes of JSON, and the lines around them."""

    def __init__(self) -> None:
        self.bodies: list[bytearray] = []
        self.log: Path | None = None
        self.errors: Path | None = None
        self.stderr = ""
        self.asides: list[str] = []
        self._lines: list[bytes] = []

    def lines(self) -> list[bytes]:
        """Every message as it came: a line of standard output, a JSON body, or the data of an SSE event."""
        return [*self._lines, *(line for body in self.bodies for line in self._events(bytes(body)))]

    def settle(self) -> None:
        """Take over what a started server printed, before the files it stands in go."""
        if self.log is not None and self.log.exists():
            self._lines = [line for line in self.log.read_bytes().split(b"\n") if line.strip()]
        if self.errors is not None and self.errors.exists():
            self.stderr = self.errors.read_bytes()[-MOST_STDERR:].decode(errors="replace").strip()

    def _events(self, body: bytes) -> list[bytes]:
        if body.lstrip()[:1] in {b"{", b"["} or not body.strip():
            return [body] if body.strip() else []
        events: list[bytes] = []
        for event in body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n\n"):
            data = [line[5:].removeprefix(b" ") for line in event.split(b"\n") if line.startswith(b"data:")]
            self.asides += [line.decode(errors="replace") for line in event.split(b"\n") if line.startswith(b":")]
            if any(data):
                events.append(b"\n".join(data))
        return events


@asynccontextmanager
async def stdio(command: Command, record: Record) -> AsyncIterator[Any]:
    """Start a server and talk to it over its standard streams."""
    with tempfile.TemporaryDirectory(prefix="mcpscan-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        home = folder / "home"
        home.mkdir()
        record.log, record.errors = folder / "stdout", folder / "stderr"
        environment = command.environment(str(home)) | {"MCPSCAN": "1"}
        # The SDK adds HOME and its like to what it is given; naming them all here is what keeps them out.
        parameters = StdioServerParameters(
            command=sys.executable,
            args=["-I", str(relay.__file__), str(record.log), *command.argv],
            env={"LOGNAME": "user", "USER": "user", "SHELL": "/bin/sh"} | environment,
            encoding_error_handler="replace",
            cwd=command.directory or None,
        )
        try:
            with record.errors.open("w", encoding="utf-8") as errors:
                async with stdio_client(parameters, errlog=errors) as streams:
                    yield streams
        finally:
            record.settle()


class _Tee(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, body: bytearray) -> None:
        self._stream = stream
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._body += chunk
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Listening(httpx2.AsyncHTTPTransport):
    """An HTTP transport that keeps a copy of every response body."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self._record = record

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["accept-encoding"] = "identity"
        response = await super().handle_async_request(request)
        body = bytearray()
        self._record.bodies.append(body)
        challenge = response.headers.get("www-authenticate")
        if challenge:
            self._record.asides.append(challenge)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Tee(response.stream, body)
        return response


@asynccontextmanager
async def streamable(url: Url, record: Record) -> AsyncIterator[Any]:
    """Talk to a server over Streamable HTTP."""
    timeout = httpx2.Timeout(30, read=300)
    http = httpx2.AsyncClient(transport=_Listening(record), headers=dict(url.headers), timeout=timeout)
    async with http as client, streamable_http_client(url.url, http_client=client) as streams:
        yield streams


@asynccontextmanager
async def sse(url: Url, record: Record) -> AsyncIterator[Any]:
    """Talk to a server over HTTP with SSE, the transport of revision 2024-11-05."""

    def client(headers: Any = None, timeout: Any = None, auth: Any = None) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=_Listening(record), headers=headers, timeout=timeout, auth=auth)

    async with sse_client(url.url, headers=dict(url.headers), httpx_client_factory=client) as streams:
        yield streams
