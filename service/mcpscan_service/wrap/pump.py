"""Moves messages in one direction, every line through the guard."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator

from mcpscan_service.guard import Ruling, Sender, answer
from mcpscan_service.guard.message import read
from mcpscan_service.wrap.desk import GONE, Desk, id_of
from mcpscan_service.wrap.streams import Lines, Piece, Sink

ENDS = 4_096
"""Bytes of either end of a line that is too long that are looked at for its id."""


class Pump(threading.Thread):
    """Reads the lines of one side, asks for a ruling on each, and writes to the other side what may pass.

    One line after the other, so that order is kept; a reader that is slow holds up this direction only, and nothing
    piles up. `ended` is called when there is nothing more to move, with whether that is because nobody reads.
    """

    def __init__(
        self, desk: Desk, lines: Lines, sender: Sender, *, onward: Sink, back: Sink, ended: Callable[[bool], None]
    ) -> None:
        super().__init__(name=f"mcpscan-{sender.value}", daemon=True)
        self._desk, self._sender, self._ended = desk, sender, ended
        self.lines, self._onward, self._back = lines, onward, back
        self.deaf = False

    def run(self) -> None:
        """Move lines until the stream ends or nobody reads what is passed on."""
        try:
            pieces = iter(self.lines)
            for piece in pieces:
                self._line(piece.data) if piece.last else self._long(piece.data, pieces)
                if self.deaf and self._sender is Sender.SERVER:
                    break
        except OSError as problem:
            self._desk.say(f"reading from the {self._sender.value} failed: {problem.strerror or problem}")
        finally:
            self.lines.idle.set()
            self._ended(self.deaf)

    def _line(self, line: bytes) -> None:
        data = line[:-1].rstrip(b"\r")
        if not data.strip():
            return
        if b"\r" in data:
            # Blank in JSON, but a line end to some readers, who would see another message than was scanned.
            data = data.replace(b"\r", b" ")
            line = data + b"\n"
        if self._sender is Sender.SERVER and data.lstrip()[:1] not in {b"{", b"["}:
            # What could be read from it (behind a byte order mark, say) answers nothing: the client never sees it.
            self._desk.refuse(data[:ENDS], self._sender, "no message", quiet=True)
            self._desk.count("a line on standard output that is no message was not passed on")
            return
        self._pass(self._desk.rule(data, self._sender), data, line)

    def _pass(self, ruling: Ruling, data: bytes, line: bytes) -> None:
        """Write what a ruling lets through: the very bytes of the line where nothing was changed."""
        if ruling.forward is not None:
            self._write(self._onward, line if ruling.forward is data else ruling.forward + b"\n")
            if self.deaf and self._sender is Sender.CLIENT:
                self._unheard(ruling.forward)
        elif self._sender is Sender.SERVER and any(each.error for each in ruling.decisions):
            self._answer_for(_given(data), "an answer that could not be scanned")
        if ruling.reply is not None and any(each.error for each in ruling.decisions):
            self._reply_to(ruling, _given(data))
        elif ruling.reply is not None:
            self._write(self._back, ruling.reply + b"\n")

    def _write(self, sink: Sink, data: bytes | Iterator[bytes]) -> None:
        try:
            sink.write(data)
        except OSError:
            self.deaf = self.deaf or sink is self._onward
            for _ in () if isinstance(data, bytes) else data:
                pass

    def _long(self, head: bytes, rest: Iterator[Piece]) -> None:
        """A line that is longer than what is scanned: through it goes only where the settings say so."""
        ruling = self._desk.refuse(head, self._sender, f"longer than {self.lines.most} bytes")
        shown = head.lstrip()[:1] in {b"{", b"["}
        if ruling.forward is not None and shown:
            self._write(self._onward, _all(head, rest))
            return
        tail = b""
        for piece in rest:
            tail = (tail + piece.data)[-ENDS:]
            if piece.last:
                break
        given = id_of(head[:ENDS], tail)
        if self._sender is Sender.CLIENT:
            if ruling.reply is not None:
                self._reply_to(ruling, given)
        else:
            self._answer_for(given, f"an answer longer than {self.lines.most} bytes")

    def _unheard(self, data: bytes) -> None:
        """Answer the requests in what a server that no longer reads was sent."""
        for each in read(data, Sender.CLIENT)[0]:
            if each.is_request:
                self._desk.ready.talk.forget(Sender.CLIENT, each.id)
                refusal = answer.error(each.id, "The server no longer reads what it is sent.", GONE)
                self._write(self._back, answer.encode(refusal) + b"\n")

    def _reply_to(self, ruling: Ruling, given: object) -> None:
        """Write a refusal, with the id of what is refused where the guard could not read it."""
        reply = json.loads(ruling.reply or b"null")
        if isinstance(reply, dict) and reply.get("id") is None:
            reply["id"] = given
        self._write(self._back, answer.encode(reply) + b"\n")

    def _answer_for(self, given: object, what: str) -> None:
        """End the client's wait for an answer that was not let through."""
        talk = self._desk.ready.talk
        for waiting, _ in talk.waiting(Sender.CLIENT):
            if waiting == given and type(waiting) is type(given):
                talk.forget(Sender.CLIENT, waiting)
                refusal = answer.error(waiting, f"Blocked by policy: {what} was held back.")
                self._write(self._onward, answer.encode(refusal) + b"\n")
                return


def _given(data: bytes) -> object:
    """The id in a message that could not be read or scanned, as far as it shows."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return id_of(data[:ENDS], data[-ENDS:])
    given = value.get("id") if isinstance(value, dict) else None
    return given if isinstance(given, str | int | float) else None


def _all(head: bytes, rest: Iterator[Piece]) -> Iterator[bytes]:
    yield head
    for piece in rest:
        yield piece.data
        if piece.last:
            return


def answer_waiting(desk: Desk, client: Sink, why: str) -> None:
    """Answer every request that nobody will answer any more."""
    for given, _ in desk.ready.talk.waiting(Sender.CLIENT):
        desk.ready.talk.forget(Sender.CLIENT, given)
        try:
            client.write(answer.encode(answer.error(given, why, GONE)) + b"\n")
        except OSError:
            return
