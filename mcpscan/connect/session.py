"""One conversation with a server: open it in whichever era it speaks, list all it offers, keep what it sent."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import anyio
import mcp_types as types
from mcp import MCPError
from mcp.client import Client
from pydantic import TypeAdapter, ValidationError

from mcpscan.connect.target import Capture, Command, Problem, Url
from mcpscan.connect.transport import Record, sse, stdio, streamable
from mcpscan.surface import parse

RAW: Any = TypeAdapter(dict[str, Any])
"""Any, because the SDK's signature asks for a model although its own guide shows this adapter."""
MOST_PAGES = 200
LISTS: tuple[tuple[str, str, type[Any]], ...] = (
    ("tools/list", "tools", types.ListToolsRequest),
    ("prompts/list", "prompts", types.ListPromptsRequest),
    ("resources/list", "resources", types.ListResourcesRequest),
    ("resources/templates/list", "resources", types.ListResourceTemplatesRequest),
)
"""What is listed, and the capability that announces it (tools are asked for even where none is announced)."""

Step = Callable[[str], None]


def capture(
    target: Command | Url, timeout: float = 60.0, step: Step = lambda _: None, client: str = "", *, legacy: bool = False
) -> Capture:
    """Connect to a server, list everything it offers, and return what it sent, byte for byte.

    Never raises for what a server does: one that does not start, hangs for `timeout` seconds, prints what is no
    message, or is refused by the SDK comes back with `problems`. `step` is told what is being done. No child process
    is left running. `client` is the name that the scanner gives itself, `NAME` or `NAME/VERSION`; with `legacy` the
    conversation is held in the older protocol era. Raises `KeyboardInterrupt` when interrupted, after cleaning up.
    """
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    logging.getLogger("mcp_types").setLevel(logging.CRITICAL)
    return anyio.run(_capture, target, lambda: _Talk(timeout, step, client, legacy=legacy))


async def capture_with(target: Command | Url, seconds: float, step: Step = lambda _: None) -> Capture:
    """What `capture` does, for a caller that has an event loop running."""
    return await _capture(target, lambda: _Talk(seconds, step))


async def _capture(target: Command | Url, make: Callable[[], _Talk]) -> Capture:
    if isinstance(target, Command):
        if shutil.which(target.argv[0]) is None:
            reason = f"no program called {target.argv[0]!r} was found; install it, or give its full path"
            return Capture({}, (Problem("no-program", reason),))
        talk = make()
        await talk.through(stdio(target, talk.record))
        return talk.capture()
    talk = make()
    await talk.through(streamable(target, talk.record))
    if not talk.opened:
        talk.step("trying the older HTTP with SSE")
        older = make()
        await older.through(sse(target, older.record))
        if older.opened:
            return older.capture()
    return talk.capture()


class _Talk:
    """The state of one conversation."""

    def __init__(self, timeout: float, step: Step, client: str = "", *, legacy: bool = False) -> None:
        self.record = Record()
        name, _, version = client.partition("/")
        self.client = types.Implementation(name=name, version=version or "1.0") if client else None
        self.mode: Any = "legacy" if legacy else "auto"
        self.timeout = timeout
        self.step = step
        self.opened = False
        self.problems: list[Problem] = []
        self.methods: dict[Any, str] = {}
        self.offered: set[str] = set()

    async def through(self, transport: AbstractAsyncContextManager[Any]) -> None:
        """Hold the conversation; everything that goes wrong becomes a problem."""
        try:
            with anyio.fail_after(self.timeout):
                async with self._client(transport) as client:
                    self.opened = True
                    await self._list_all(client)
        except TimeoutError:
            where = "while it listed what it offers" if self.opened else "before it answered"
            self._failed("timeout", f"gave up after {self.timeout:g} s {where}")
        except Exception as problem:  # noqa: BLE001 - whatever goes wrong with a server is a result
            self._failed("rejected" if self.opened else "no-connection", _innermost(problem))

    def _client(self, transport: AbstractAsyncContextManager[Any]) -> Client:
        return Client(_tapped(transport, self.methods), mode=self.mode, cache=None, client_info=self.client)

    async def _list_all(self, client: Client) -> None:
        capabilities = client.server_capabilities
        for method, capability, request in LISTS:
            if capability != "tools" and getattr(capabilities, capability, None) is None:
                continue
            self.step(f"{method}")
            try:
                await self._pages(client, method, request)
            except MCPError as problem:
                if capabilities is not None and getattr(capabilities, capability, None) is not None:
                    self._failed("list-failed", f"{method} failed: {problem}")
            except ValidationError as problem:
                reason = (
                    f"{method}: the answer breaks the protocol ({problem.error_count()} errors); hosts may refuse it"
                )
                self._failed("rejected", reason)

    async def _pages(self, client: Client, method: str, request: type[Any]) -> None:
        cursor: str | None = None
        seen: set[str] = set()
        for _ in range(MOST_PAGES):
            params = types.PaginatedRequestParams(cursor=cursor) if cursor else None
            page = await client.session.send_request(request(params=params), RAW)
            self.offered.add(method)
            cursor = page.get("nextCursor")
            if not cursor:
                return
            if cursor in seen:
                self._failed("endless-list", f"{method} repeats a page; the rest was not read")
                return
            seen.add(cursor)
        self._failed("endless-list", f"{method} has more than {MOST_PAGES} pages; the rest was not read")

    def _failed(self, code: str, reason: str) -> None:
        self.problems.append(Problem(code, reason))

    def capture(self) -> Capture:
        """What was sent, by method, with what is no answer kept apart."""
        wire: dict[str, list[object]] = {}
        sent: list[object] = []
        noise: list[object] = []
        for line in self.record.lines():
            parsed = parse(line)
            for message in parsed.value if isinstance(parsed.value, list) else [parsed.value]:
                if not isinstance(message, dict):
                    noise.append(parsed.raw if parsed.raw is not None else message)
                elif "result" in message or "error" in message:
                    method = self.methods.get(message.get("id"), "unasked")
                    wire.setdefault(method, []).append(_answer(message))
                else:
                    sent.append(message)
        document: dict[str, object] = {"wire": wire}
        if sent:
            document["_server_sent"] = sent
        if noise:
            document["stdout"] = noise
        if self.record.asides:
            document["http"] = list(self.record.asides)
        stderr = self.record.stderr
        problems = [Problem(entry.code, _with_stderr(entry.reason, stderr)) for entry in self.problems]
        if noise and problems:
            problems.append(Problem("not-a-message", f"{len(noise)} lines of its output are no MCP messages"))
        if (listed := {"prompts/list", "resources/list"} & self.offered) and any(_has_entries(wire[m]) for m in listed):
            problems.append(
                Problem("not-fetched", "prompts and resources were listed; their contents were not fetched")
            )
        return Capture(document, tuple(problems), stderr)


@asynccontextmanager
async def _tapped(transport: AbstractAsyncContextManager[Any], methods: dict[Any, str]) -> AsyncIterator[Any]:
    """A transport that notes which request has which id."""

    async def copy(receive: Any, write: Any) -> None:
        async for item in receive:
            message = item.message
            if getattr(message, "id", None) is not None and getattr(message, "method", None):
                methods[message.id] = message.method
            await write.send(item)

    async with transport as (read, write):
        send, receive = anyio.create_memory_object_stream[Any](0)
        async with send, receive, anyio.create_task_group() as group:
            group.start_soon(copy, receive, write)
            yield read, send
            group.cancel_scope.cancel()


def _answer(message: dict[str, Any]) -> object:
    """The result alone where the envelope holds nothing else, so that pointers stay short."""
    if set(message) <= {"jsonrpc", "id", "result"} and type(message) is dict and isinstance(message["result"], dict):
        return message["result"]
    return message


def _has_entries(pages: list[object]) -> bool:
    return any(isinstance(page, dict) and (page.get("prompts") or page.get("resources")) for page in pages)


def _with_stderr(reason: str, stderr: str) -> str:
    last = [line for line in stderr.splitlines() if line.strip()][-6:]
    return f"{reason}; its standard error ends: " + " | ".join(last)[-600:] if last else reason


def _innermost(problem: BaseException) -> str:
    while isinstance(problem, BaseExceptionGroup) and problem.exceptions:
        problem = problem.exceptions[0]
    text = str(problem) or type(problem).__name__
    return f"{type(problem).__name__}: {text}"[:500]
