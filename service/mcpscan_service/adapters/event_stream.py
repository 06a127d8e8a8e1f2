"""Server-sent events as bytes: cut into whole events, read, and written anew with other data.

HTML, 9.2.5 "Parsing an event stream": lines end with CRLF, LF or CR, an empty line ends an event, and of several `data`
fields the values are joined by line feeds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(rb"(?>\r\n|\r|\n){2}")
_LINE = re.compile(rb"\r\n|\r|\n")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it came: `data` is None where it has none, so that no client is told of it."""

    raw: bytes
    name: str = ""
    data: bytes | None = None
    others: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, raw: bytes) -> Event:
        """The event in some bytes, its line ends included."""
        values: list[bytes] = []
        others: list[bytes] = []
        name = ""
        for line in _LINE.split(raw.removeprefix(_MARK)):
            field, _, value = line.partition(b":")
            value = value.removeprefix(b" ")
            if field == b"data":
                values.append(value)
            elif field and line:
                others.append(line)
                name = value.decode("utf-8", "replace") if field == b"event" else name
        return cls(raw, name, b"\n".join(values) if values else None, tuple(others))

    def with_data(self, data: bytes | None) -> bytes:
        """The event with other data, or without any: its id still counts for a client that resumes."""
        if data is None:
            kept = [line for line in self.others if line.startswith((b"id:", b"retry:"))]
            return b"".join(line + b"\n" for line in kept) + b"\n" if kept else b""
        lines = [*self.others, *(b"data: " + line for line in data.split(b"\n"))]
        return b"".join(line + b"\n" for line in lines) + b"\n"


class Cutter:
    """Bytes as they come -> whole events. Keeps what is not whole yet."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._looked = 0

    @property
    def held(self) -> int:
        """How many bytes wait for the end of their event."""
        return len(self._held)

    def feed(self, data: bytes) -> list[Event]:
        """The events that are whole now."""
        self._held += data
        found: list[Event] = []
        start = 0
        # An end may have begun in the last three bytes that were there before.
        for end in _END.finditer(self._held, max(0, self._looked - 3)):
            found.append(Event.of(bytes(self._held[start : end.end()])))
            start = end.end()
        del self._held[:start]
        self._looked = len(self._held)
        return found

    def rest(self) -> Event | None:
        """What the stream ended in the middle of; clients are to discard it, and some do not."""
        left, self._held = bytes(self._held), bytearray()
        return Event.of(left) if left else None
