"""Server-Sent Events as bytes: read one by one with what they were written as, and written again.

Source: WHATWG HTML section 9.2 (parsing and interpreting an event stream).
"""

from __future__ import annotations

from dataclasses import dataclass, field

_MARK = b"\xef\xbb\xbf"
_LF = 10
_CR = 13


@dataclass(frozen=True, slots=True)
class Event:
    """What stood between two empty lines of a stream.

    `raw` are its bytes, the empty line at its end included. `data` is None where it has no such field; `name` is "" for
    the usual "message". `comments` are the texts after colons. `plain` says that nothing stands in `raw` that is not in
    `data`, `name`, `id` and `retry`: no comment, no unknown or repeated field.
    """

    raw: bytes
    data: bytes | None = None
    name: bytes = b""
    id: bytes | None = None
    retry: bytes = b""
    comments: tuple[bytes, ...] = ()
    plain: bool = True


@dataclass(slots=True)
class Parser:
    """Reads a stream that comes in pieces, cut anywhere.

    `most` is the size in bytes beyond which an event is not held any more: `overflowed` is then True, and nothing that
    comes later is read. `pending` says whether bytes of an event without an end are held.
    """

    most: int
    overflowed: bool = False
    _part: list[bytes] = field(default_factory=list)
    _lines: list[bytes] = field(default_factory=list)
    _size: int = 0
    _after_cr: bool = False
    _begun: bool = False

    def feed(self, chunk: bytes) -> list[Event]:
        """The events that end in some more bytes of the stream."""
        if not chunk or self.overflowed:
            return []
        self._size += len(chunk)
        chunk = self._rest_of_line_end(chunk)
        if b"\n" not in chunk and b"\r" not in chunk:
            self._part.append(chunk)
            self.overflowed = self._size > self.most
            return []
        if self._part:
            chunk = b"".join((*self._part, chunk))
            self._part.clear()
        return self._events(chunk.splitlines(keepends=True))

    @property
    def pending(self) -> bool:
        """Whether the stream stopped in the middle of an event."""
        return any(self._part) or any(line.strip(b"\r\n") for line in self._lines)

    def rest(self) -> bytes:
        """The bytes that belong to no event yet."""
        return b"".join((*self._lines, *self._part))

    def _rest_of_line_end(self, chunk: bytes) -> bytes:
        if self._after_cr and chunk[0] == _LF:
            self._lines.append(b"\n")
            chunk = chunk[1:]
        self._after_cr = False
        return chunk

    def _events(self, lines: list[bytes]) -> list[Event]:
        found: list[Event] = []
        if lines[-1][-1] not in {_CR, _LF}:
            self._part.append(lines.pop())
        elif lines[-1][-1] == _CR:
            # A line feed that comes next is part of this line end; the event is not kept waiting for it.
            self._after_cr = True
        for line in lines:
            self._lines.append(line)
            if len(line) <= 2 and not line.strip(b"\r\n"):
                event = self._finished()
                if len(event.raw) > self.most:
                    self.overflowed = True
                    return found
                found.append(event)
        self.overflowed = self._size > self.most
        return found

    def _finished(self) -> Event:
        raw = b"".join(self._lines)
        lines = [line.rstrip(b"\r\n") for line in self._lines]
        self._lines.clear()
        self._size -= len(raw)
        if not self._begun:
            self._begun = True
            lines[0] = lines[0].removeprefix(_MARK)
        return _event(raw, lines)


def encode(event: Event, data: bytes | None) -> bytes:
    """An event with other data, under the same name, id and time to reconnect; without its comments."""
    lines = [b"event: " + event.name] if event.name else []
    if event.id is not None:
        lines.append(b"id: " + event.id)
    if event.retry:
        lines.append(b"retry: " + event.retry)
    if data is not None:
        lines += [b"data: " + line for line in data.split(b"\n")]
    return b"\n".join((*lines, b"", b""))


def message(data: bytes) -> bytes:
    """An event of our own that holds one message."""
    return b"event: message\ndata: " + data + b"\n\n"


def _event(raw: bytes, lines: list[bytes]) -> Event:
    data: list[bytes] = []
    known: dict[bytes, bytes] = {}
    comments: list[bytes] = []
    plain = True
    for line in lines:
        if not line:
            continue
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            data.append(value)
        elif not name:
            comments.append(value)
        elif name in {b"event", b"id", b"retry"} and _is_allowed(name, value):
            plain = plain and name not in known
            known[name] = value
        else:
            plain = False
    return Event(
        raw,
        b"\n".join(data) if data else None,
        known.get(b"event", b""),
        known.get(b"id"),
        known.get(b"retry", b""),
        tuple(comments),
        plain and not comments,
    )


def _is_allowed(name: bytes, value: bytes) -> bool:
    """Whether readers of the stream take a field: an id with a NUL and a time that is no number are passed over."""
    if name == b"id":
        return b"\0" not in value
    return name != b"retry" or (value.isdigit() and value.isascii())
