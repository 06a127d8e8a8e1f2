"""Writes decisions to an audit log: the `Recorder` of a guard."""

from __future__ import annotations

import asyncio
import copy
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from mcpscan_service.guard.decision import Decision
from mcpscan_service.record.compose import encoded
from mcpscan_service.record.file import SYNC, LogFile, Sync
from mcpscan_service.record.slot import Slot, take
from mcpscan_service.record.writer import Writer
from mcpscan_service.settings import AuditSettings

CAPACITY = 8_192
"""Records that wait to be written at most; more have to wait to wait."""

INTERVAL = 0.1
"""Seconds that a record waits at most for others to be written with, where nobody waits for it."""


class JsonlRecorder:
    """Appends one line of JSON for each decision to the log of the settings, in a file that only this process writes.

    With `durable` a record is on the disk when `record` returns; without, it is within a fraction of a second, and lost
    with a process that is killed before. One for a process; `record` may be called from several event loops.
    """

    def __init__(self, settings: AuditSettings, *, capacity: int = CAPACITY, sync: Sync = SYNC) -> None:
        if settings.path is None:
            raise ValueError("an audit log needs a path")
        self.settings = settings
        self._wanted: Path = settings.path
        self._capacity = capacity
        self._sync = sync
        self._slot: Slot | None = None
        self._writer: Writer | None = None
        self._starting = threading.Lock()

    @property
    def durable(self) -> bool:
        """Whether records are on the disk when `record` returns."""
        return self.settings.durable

    @property
    def path(self) -> Path:
        """The file that this process writes."""
        return self._slot.path if self._slot else self._wanted

    @property
    def waiting(self) -> int:
        """Records that are not written yet."""
        return self._writer.waiting if self._writer else 0

    @property
    def written(self) -> int:
        """Records that were written."""
        return self._writer.written if self._writer else 0

    @property
    def failing(self) -> str:
        """Why records cannot be written at the moment, "" while they can."""
        return self._writer.failing if self._writer else ""

    def start(self) -> None:
        """Open the log. Raises `OSError` where that is not possible; `record` does it where nobody did."""
        self._started()

    async def record(self, decisions: Sequence[Decision]) -> None:
        """Write decisions down. Waits while too many wait; raises `OSError` when they cannot be written.

        After a failure every call waits for its own write, until one succeeds: nothing is taken that may never be
        written.
        """
        if not decisions:
            return
        writer = self._writer or self._started()
        bodies = [encoded(decision) for decision in decisions]
        while True:
            done = _Signal() if self.settings.durable or writer.fails() else None
            room = _Signal()
            if writer.offer(bodies, done.tell if done else None, room.tell):
                break
            await room.wait()
            if done and writer.fails():
                raise OSError(writer.failing)
        if done:
            await done.wait()

    def record_now(self, decisions: Sequence[Decision]) -> None:
        """Write decisions down and return when they are written: for programs without an event loop.

        Raises `OSError` when they cannot be.
        """
        bodies = [encoded(decision) for decision in decisions]
        if not bodies:
            return
        writer = self._writer or self._started()
        changed, problems = threading.Event(), list[OSError | None]()

        def done(problem: OSError | None) -> None:
            problems.append(problem)
            changed.set()

        while not writer.offer(bodies, done, changed.set):
            changed.wait()
            changed.clear()
            if writer.fails():
                raise OSError(writer.failing)
        while not problems:
            changed.wait()
        if problems[0] is not None:
            raise problems[0]

    def close(self) -> None:
        """Write what waits and let go of the log. Raises `OSError` for records that could not be written."""
        with self._starting:
            writer, slot = self._writer, self._slot
            lost = writer.close() if writer else 0
            if slot:
                slot.free()
            self._slot = None
        if writer and lost:
            raise OSError(f"{lost} audit records were lost: {writer.failing}")

    def _started(self) -> Writer:
        with self._starting:
            if self._writer is None:
                self._slot = take(self._wanted)
                try:
                    file = self._opened(self._slot.path)
                except OSError:
                    self._slot.free()
                    self._slot = None
                    raise
                self._writer = Writer(file, capacity=self._capacity, interval=INTERVAL)
                self._writer.start()
            return self._writer

    def _opened(self, path: Path) -> LogFile:
        given = self.settings
        file = LogFile(path, chain=given.chain, durable=given.durable, rotate_bytes=given.rotate_bytes, sync=self._sync)
        file.open()
        return file


class _Signal:
    """Brings news from a thread to whoever waits in an event loop."""

    __slots__ = ("_future", "_loop")

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[None] = self._loop.create_future()

    def tell(self, problem: OSError | None = None) -> None:
        """In any thread: it is done, or why not."""
        with suppress(RuntimeError):  # The loop ended; nobody waits.
            self._loop.call_soon_threadsafe(partial(self._arrived, problem))

    def _arrived(self, problem: OSError | None) -> None:
        if self._future.done():
            return
        if problem is None:
            self._future.set_result(None)
        else:
            self._future.set_exception(copy.copy(problem))  # One for each who waits.

    async def wait(self) -> None:
        """Until it is told. Raises the `OSError` that it is told of."""
        await self._future
