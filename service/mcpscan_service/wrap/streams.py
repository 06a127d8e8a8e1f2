"""Streams of bytes: read line by line in bounded memory, written whole line after whole line."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a part of one that is longer than what is read at once: `last` where the line ends with it."""

    data: bytes
    last: bool


@dataclass(slots=True)
class Lines:
    """The lines of a stream. One that is longer than `most` bytes comes in pieces, so that memory stays bounded.

    `idle` is set while nothing more is known of the stream than was given out.
    """

    handle: int
    most: int
    idle: threading.Event = field(default_factory=threading.Event)

    def __iter__(self) -> Iterator[Piece]:
        """Every line with its end; the last gets one where it has none. Raises `OSError` when reading fails."""
        kept, seen, most = bytearray(), 0, self.most
        while True:
            at = kept.find(b"\n", seen)
            if at >= 0:
                yield Piece(bytes(kept[: at + 1]), last=True)
                del kept[: at + 1]
                seen, most = 0, self.most
                continue
            if len(kept) > most:
                yield Piece(bytes(kept), last=False)
                kept.clear()
                # The rest of a long line is only passed through or dropped: small pieces do.
                most = CHUNK
            seen = len(kept)
            chunk = self._read()
            if not chunk:
                break
            kept += chunk
        if kept or most != self.most:
            yield Piece(bytes(kept) + b"\n", last=True)
        self.idle.set()

    def _read(self) -> bytes:
        self.idle.set()
        chunk = read(self.handle)
        self.idle.clear()
        return chunk


def read(handle: int) -> bytes:
    """Some bytes of a stream as soon as there are any, b"" at its end. Raises `OSError`."""
    while True:
        try:
            return os.read(handle, CHUNK)
        except BlockingIOError:
            # The client made its end of the pipe non-blocking, and the flag is shared.
            select.select([handle], [], [])


class Sink:
    """The end of a stream that several threads write whole lines to."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._lock = threading.Lock()
        self._closed = False

    def write(self, pieces: bytes | Iterable[bytes]) -> None:
        """Write bytes, or pieces of one line, with nothing of another thread's between. Waits for a slow reader.

        Raises `BrokenPipeError` or another `OSError` when nobody reads.
        """
        with self._lock:
            for piece in (pieces,) if isinstance(pieces, bytes) else pieces:
                self._all(piece)

    def close(self) -> None:
        """Say to the reader that nothing more comes."""
        with self._lock:
            if not self._closed:
                self._closed = True
                os.close(self._handle)

    def _all(self, data: bytes) -> None:
        if self._closed:
            raise BrokenPipeError("the stream was closed")
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._handle, view[:CHUNK]) :]
            except BlockingIOError:
                select.select([], [self._handle], [])
