"""One log file: whole lines at its end or nothing, the chain carried on, a torn end set aside."""

from __future__ import annotations

import logging
import os
import stat
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import orjson

from mcpscan_service.record.chain import Head, linked

LONGEST = 1024 * 1024
"""Bytes of one line at most; a file that ends in a longer one is no log of ours."""

_LOG = logging.getLogger(__name__)
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)

Sync = Callable[[int], None]
SYNC: Sync = getattr(os, "fdatasync", os.fsync)


class LogFile:
    """A file that one thread of one process appends to.

    A file that was moved away (by logrotate, say) is noticed before the next write, and a new one begun; the chain goes
    on from one to the next. `rotate_bytes` moves the file away itself before it grows beyond that; 0 for never.
    """

    def __init__(
        self, path: Path, *, chain: bool = False, durable: bool = False, rotate_bytes: int = 0, sync: Sync = SYNC
    ) -> None:
        self.path = path
        self.head: Head | None = Head.new() if chain else None
        self._durable = durable
        self._rotate = rotate_bytes
        self._sync = sync
        self._fd = -1

    def open(self) -> None:
        """Open or make the file, readable to its owner only. Raises `OSError`."""
        self.close()
        for _ in range(2):
            fd = os.open(self.path, _FLAGS, 0o600)
            try:
                if not stat.S_ISREG(os.fstat(fd).st_mode):
                    raise OSError(f"{self.path}: not a regular file")
                if self._continued(fd):
                    self._fd, fd = fd, -1
                    break
            finally:
                if fd >= 0:
                    os.close(fd)
            self._move("old")
        if self._durable:
            _sync_folder(self.path.parent)

    def close(self) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)

    def append(self, bodies: Sequence[bytes]) -> None:
        """Write records, on the disk before this returns where asked for. Raises `OSError`; none of them is there then."""
        try:
            size = self._ready(sum(map(len, bodies)))
            lines, head = (list(bodies), None) if self.head is None else linked(bodies, self.head)
            self._write(b"\n".join((*lines, b"")), size)
        except OSError:
            self.close()
            raise
        self.head = head

    def _write(self, data: bytes, size: int) -> None:
        try:
            _write(self._fd, data)
            if self._durable:
                self._sync(self._fd)
        except OSError:
            # What was not acknowledged must not be there; where even this fails, the next start finds a torn line.
            with suppress(OSError):
                if os.fstat(self._fd).st_size > size:
                    os.ftruncate(self._fd, size)
            raise

    def _ready(self, coming: int) -> int:
        """The size of the file that is written to now, after it was opened or changed where it has to be."""
        if self._fd < 0 or not self._in_place():
            self.open()
        size = os.fstat(self._fd).st_size
        if self._rotate and size and size + coming > self._rotate:
            self.close()
            self._move(f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}")
            self.open()
            size = os.fstat(self._fd).st_size
        return size

    def _in_place(self) -> bool:
        try:
            return os.path.samestat(self.path.lstat(), os.fstat(self._fd))
        except FileNotFoundError:
            return False

    def _continued(self, fd: int) -> bool:
        """Whether records can be put behind what the file holds; a torn end is set aside first."""
        size = os.fstat(fd).st_size
        if not size:
            return True
        tail = _read(fd, max(0, size - LONGEST), size)
        whole = tail.rfind(b"\n") + 1
        if not whole and size > LONGEST:
            return False
        if whole < len(tail):
            self._set_aside(fd, tail[whole:], size)
        if not whole:
            return True
        last = _parsed(tail[tail.rfind(b"\n", 0, whole - 1) + 1 : whole])
        head = Head.of(last)
        if self.head is not None and head is not None:
            self.head = head
        return last is not None and (self.head is None) == (head is None)

    def _set_aside(self, fd: int, torn: bytes, size: int) -> None:
        """Move the half-written end of a file to FILE.torn."""
        beside = self.path.with_name(f"{self.path.name}.torn")
        aside = os.open(beside, _FLAGS, 0o600)
        try:
            _write(aside, torn + b"\n")
            self._sync(aside)
        finally:
            os.close(aside)
        os.ftruncate(fd, size - len(torn))
        _LOG.warning("%s ended in a half-written record of %d bytes, which is now in %s", self.path, len(torn), beside)

    def _move(self, why: str) -> None:
        """Give the file another name, and make room for a new one."""
        for count in range(1, 10_000):
            more = f"-{count}" if count > 1 else ""
            target = self.path.with_name(f"{self.path.stem}-{why}{more}{self.path.suffix}")
            if not os.path.lexists(target):
                self.path.rename(target)
                _LOG.info("%s is now %s", self.path, target)
                return
        raise OSError(f"{self.path}: no free name to move it to")


def _write(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _read(fd: int, start: int, end: int) -> bytes:
    os.lseek(fd, start, os.SEEK_SET)
    parts: list[bytes] = []
    while start < end and (part := os.read(fd, end - start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _parsed(line: bytes) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file as safe as its content, where the platform can."""
    with suppress(PermissionError, NotADirectoryError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
