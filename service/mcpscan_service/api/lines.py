"""The lines of a body that is still arriving, a bounded number of bytes ahead of the one who reads them."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from mcpscan_service.problem import Code, Receive
from mcpscan_service.settings import Limits

OVERHEAD = 256
"""Bytes that a waiting line costs beside its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its number from 1, or why it cannot be read."""

    number: int
    data: bytes
    wrong: Code | None = None


class Lines:
    """Reads lines that hold something; one too long is replaced by a line that says so, and is not kept.

    It reads up to `Limits.body_bytes` ahead, so that a client may send that much before it reads an answer.
    """

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive = receive
        self._limits = limits
        self._kept: deque[Line] = deque()
        self._size = 0
        self._changed = asyncio.Condition()
        self._partial = bytearray()
        self._skipping = False
        self._number = 1
        self.ended = False
        self.gone = False

    @property
    def is_waiting(self) -> bool:
        """Whether the next line is not here yet."""
        return not self._kept

    async def next(self) -> Line | None:
        """The next line; None after the last one, and when the client went away."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._kept or self.ended or self.gone)
            if self.gone or not self._kept:
                return None
            line = self._kept.popleft()
            self._size -= len(line.data) + OVERHEAD
            self._changed.notify_all()
            return line

    async def fill(self) -> None:
        """Read the body to its end, then wait until the client goes away. Run as a task, and cancelled at the end."""
        try:
            more = True
            while more:
                async with asyncio.timeout(self._limits.body_seconds):
                    message = await self._receive()
                if message["type"] != "http.request":
                    break
                more = bool(message.get("more_body", False))
                await self._take(message.get("body", b""), last=not more)
            else:
                await self._close()
                await self._receive()
        except TimeoutError:
            await self._keep(Line(self._number, b"", "body-too-slow"))
            await self._close()
            return
        async with self._changed:
            self.gone = True
            self._changed.notify_all()

    async def _take(self, chunk: bytes, *, last: bool) -> None:
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            await self._end(part)
        self._add(rest)
        if last and (self._partial or self._skipping):
            await self._end(b"")

    def _add(self, part: bytes) -> None:
        if not self._skipping:
            self._partial += part
            if len(self._partial) > self._limits.body_bytes:
                self._skipping = True
                self._partial.clear()

    async def _end(self, part: bytes) -> None:
        self._add(part)
        data = bytes(self._partial).strip(b" \t\r")
        if self._skipping or data:
            await self._keep(Line(self._number, data, "body-too-large" if self._skipping else None))
        self._number += 1
        self._skipping = False
        self._partial.clear()

    async def _keep(self, line: Line) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._size <= self._limits.body_bytes)
            self._kept.append(line)
            self._size += len(line.data) + OVERHEAD
            self._changed.notify_all()

    async def _close(self) -> None:
        async with self._changed:
            self.ended = True
            self._changed.notify_all()
