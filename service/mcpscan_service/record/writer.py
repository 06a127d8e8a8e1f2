"""The thread that writes: whatever waits goes out together, so that many callers share one write and one sync."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

GATHER = 0.001
"""Seconds that callers who wait are waited for, as many as were there the last time: a sync costs more than that."""

RETRY = 1.0
"""Seconds after which records that could not be written are tried again, if nobody asks before."""

_LOG = logging.getLogger(__name__)

Done = Callable[[OSError | None], None]
"""Is told, in the writer's thread, that records are written, or why not."""


class File(Protocol):
    """What is written to."""

    def append(self, bodies: Sequence[bytes]) -> None:
        """Write all of them or none. Raises `OSError`."""

    def close(self) -> None:
        """Let go of it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    bodies: tuple[bytes, ...]
    done: Done | None


class Writer:
    """Writes records in the order in which they came, in one thread. Safe to use from several threads.

    Records without a `done` are written within `interval` seconds; where that fails they are kept and tried again, and
    `failing` says why until it succeeds. `capacity` is the number of records that wait at most.
    """

    def __init__(self, file: File, *, capacity: int, interval: float) -> None:
        self.failing = ""
        self.written = 0
        self._file = file
        self._capacity = capacity
        self._interval = interval
        self._changed = threading.Condition()
        self._queue: deque[_Entry] = deque()
        self._room: list[Callable[[], None]] = []
        self._count = 0
        self._waited_for = False
        self._together = 0
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="mcpscan-audit", daemon=True)

    @property
    def waiting(self) -> int:
        """Records that are not written yet."""
        return self._count

    def fails(self) -> bool:
        """Whether the last try to write failed."""
        return bool(self.failing)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def offer(self, bodies: Sequence[bytes], done: Done | None, room: Callable[[], None]) -> bool:
        """Take records, or tell `room` when there is some and return False. Raises `OSError` after `close`.

        More records at once than the capacity are taken where nothing else waits.
        """
        with self._changed:
            if self._closing:
                raise OSError("the audit log is closed")
            if self._count and self._count + len(bodies) > self._capacity:
                self._room.append(room)
                self._changed.notify()
                return False
            idle = not self._queue
            self._queue.append(_Entry(tuple(bodies), done))
            self._count += len(bodies)
            self._waited_for = self._waited_for or done is not None
            if idle or done is not None or self._count * 2 > self._capacity:
                self._changed.notify()
            return True

    def close(self) -> int:
        """Write what waits, once more where it failed before, and end. Returns the number of records that were lost."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()
        return self._count

    def _run(self) -> None:
        while True:
            with self._changed:
                self._wait()
                closing, batch = self._closing, list(self._queue)
                self._queue.clear()
                self._together = self._count
                self._waited_for = False
            if batch or self.failing:
                self._write(batch)
            if closing:
                self._file.close()
                return

    def _wait(self) -> None:
        """Until there is something to write and it is time to."""
        if not self.failing:
            self._changed.wait_for(lambda: self._queue or self._closing)
        if self._queue or self.failing:
            delay = RETRY if self.failing else self._interval
            self._changed.wait_for(self._is_urgent, timeout=delay)
        if self._waited_for and not self.failing:
            self._changed.wait_for(lambda: self._count >= self._together or self._closing, timeout=GATHER)

    def _is_urgent(self) -> bool:
        if self._waited_for or self._closing or self._room:
            return True
        return not self.failing and self._count * 2 > self._capacity

    def _write(self, batch: list[_Entry]) -> None:
        problem = self._appended([body for entry in batch for body in entry.bodies])
        gone = batch if problem is None else [entry for entry in batch if entry.done is not None]
        with self._changed:
            if problem is not None:
                self._queue.extendleft(reversed([entry for entry in batch if entry.done is None]))
            self._count -= sum(len(entry.bodies) for entry in gone)
            room, self._room = self._room, []
        for entry in gone:
            if entry.done is not None:
                entry.done(problem)
        for tell in room:
            tell()

    def _appended(self, bodies: Sequence[bytes]) -> OSError | None:
        try:
            self._file.append(bodies)
        except OSError as problem:
            return self._failed(problem)
        except Exception as problem:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            return self._failed(OSError(f"{type(problem).__name__}: {problem}"))
        if self.failing:
            _LOG.warning("the audit log is written again")
        self.failing = ""
        self.written += len(bodies)
        return None

    def _failed(self, problem: OSError) -> OSError:
        if not self.failing:
            _LOG.error("the audit log cannot be written: %s", problem)
        self.failing = str(problem) or type(problem).__name__
        return problem
