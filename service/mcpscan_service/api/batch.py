"""Many scans in one request: JSON Lines in, JSON Lines out, in order, while they still come in."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass

from mcpscan import Report, Scanner
from mcpscan_service.api import bodies
from mcpscan_service.api.asks import Row, checked
from mcpscan_service.api.call import LINES, caller_of, kind_of
from mcpscan_service.api.encoding import encode
from mcpscan_service.api.endpoint import Api
from mcpscan_service.api.jobs import Scanned
from mcpscan_service.api.lines import Line, Lines
from mcpscan_service.api.reading import value_of
from mcpscan_service.api.scans import Caller
from mcpscan_service.problem import ProblemError, Receive, Scope, Send, request_id

FLUSH_BYTES = 32 * 1024
FLUSH_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class BatchHandler:
    """Answers every line of a body with one line: a report, or the problem with that line."""

    api: Api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. Raises `ProblemError` before the answer has begun."""
        with self.api.slots.one():
            kind_of(scope, LINES)
            if scope.get("query_string"):
                raise ProblemError("invalid", "this path has no query parameters")
            lines = Lines(receive, self.api.limits)
            batch = _Batch(self.api, lines, _Out(send, request_id(scope)), caller_of(scope))
            filling = asyncio.create_task(lines.fill())
            try:
                await batch.run()
            finally:
                filling.cancel()
                await asyncio.wait([filling])


class _Out:
    """The answer, sent in pieces of some size, or sooner when nobody could wait for more."""

    def __init__(self, send: Send, request: str) -> None:
        self._send = send
        self._request = request
        self._begun = False
        self._kept = bytearray()
        self._last = time.monotonic()

    async def line(self, value: object, *, waiting: bool) -> None:
        """Send one line, now if `waiting` or if there is enough of it."""
        self._kept += encode(value) + b"\n"
        if waiting or len(self._kept) >= FLUSH_BYTES or time.monotonic() - self._last >= FLUSH_SECONDS:
            await self.flush()

    async def flush(self, *, last: bool = False) -> None:
        """Send what there is."""
        if not self._begun:
            self._begun = True
            headers = [
                (b"content-type", LINES[0]),
                (b"x-request-id", self._request.encode()),
                (b"cache-control", b"no-store"),
                (b"x-content-type-options", b"nosniff"),
            ]
            await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        body, self._kept, self._last = bytes(self._kept), bytearray(), time.monotonic()
        await self._send({"type": "http.response.body", "body": body, "more_body": not last})


@dataclass(frozen=True, slots=True)
class _Batch:
    api: Api
    lines: Lines
    out: _Out
    caller: Caller

    async def run(self) -> None:
        """Answer all lines; what is under way when the client goes away, or the time is up, is given up."""
        pending: deque[asyncio.Task[dict[str, object]]] = deque()
        limits = self.api.limits
        try:
            async with asyncio.timeout(limits.stream_seconds):
                await self._answer(pending)
        except TimeoutError:
            problem = ProblemError(
                "body-too-slow", f"a batch has {limits.stream_seconds:g} seconds; the rest was not scanned"
            )
            await self.out.line({"problem": problem.plain(self.caller.request)}, waiting=False)
            await self.out.flush(last=True)
        except OSError:
            return  # The client went away.
        finally:
            for task in pending:
                task.cancel()
            if pending:
                await asyncio.wait(pending)

    async def _answer(self, pending: deque[asyncio.Task[dict[str, object]]]) -> None:
        at_once = 2 * self.api.scans.settings.scans_at_once
        while (line := await self._next(pending)) is not None:
            pending.append(asyncio.create_task(self._row(line)))
            if len(pending) >= at_once:
                await self._send_first(pending)
        while pending and not self.lines.gone:
            await self._send_first(pending)
        if not self.lines.gone:
            await self.out.flush(last=True)

    async def _next(self, pending: deque[asyncio.Task[dict[str, object]]]) -> Line | None:
        """The next line; answers that are due are sent before it is waited for."""
        while pending and self.lines.is_waiting and not self.lines.gone:
            await self._send_first(pending)
        return await self.lines.next()

    async def _send_first(self, pending: deque[asyncio.Task[dict[str, object]]]) -> None:
        answer = await pending[0]
        pending.popleft()
        await self.out.line(answer, waiting=not pending and self.lines.is_waiting)

    async def _row(self, line: Line) -> dict[str, object]:
        answer: dict[str, object] = {"line": line.number}
        limits = self.api.limits
        try:
            if line.wrong is not None:
                return answer | {"problem": ProblemError(line.wrong).plain(self.caller.request)}
            if len(line.data) <= self.api.scans.settings.inline_bytes:
                ask = checked(Row, value_of(line.data, limits.depth))
                answer |= {"id": ask.id} if ask.id is not None else {}
                answer["report"] = await self._scan(line, ask)
            else:
                answer["report"] = await self._scan_large(line, answer)
        except ProblemError as problem:
            answer["problem"] = problem.plain(self.caller.request)
        return answer

    async def _scan(self, line: Line, ask: Row) -> Report:
        def job(scanner: Scanner) -> Scanned:
            return bodies.row(scanner, ask)

        return await self.api.scans.run(job, len(line.data), self.caller, patient=True)

    async def _scan_large(self, line: Line, answer: dict[str, object]) -> Report:
        """A row that is also read in the thread that scans it."""

        def job(scanner: Scanner) -> Scanned:
            ask = checked(Row, value_of(line.data, self.api.limits.depth))
            answer.update({"id": ask.id} if ask.id is not None else {})
            return bodies.row(scanner, ask)

        return await self.api.scans.run(job, len(line.data), self.caller, patient=True)
