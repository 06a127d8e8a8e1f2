"""What a server writes to standard error: hosts log it and some show it, so it is scanned like all else."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable

from mcpscan_service.guard import Decision, Outcome, Ruling, Sender
from mcpscan_service.wrap.desk import Desk
from mcpscan_service.wrap.options import Aside
from mcpscan_service.wrap.streams import Sink, read

MOST = 1 << 16
"""Bytes of a line; longer ones are not passed on."""

ROUNDS = 4
_LINE = re.compile(r"/params/data/(\d+)\Z")


class AsidePump(threading.Thread):
    """Passes a server's standard error on, all lines that came at once in one scan, flagged lines left out."""

    def __init__(self, desk: Desk, handle: int, errors: Sink, way: Aside) -> None:
        super().__init__(name="mcpscan-stderr", daemon=True)
        self._desk, self._handle, self._errors, self._way = desk, handle, errors, way

    def run(self) -> None:
        """Pass lines on until the stream ends."""
        kept, dropping = b"", False
        while chunk := self._read():
            head, end, kept = (kept + chunk).rpartition(b"\n")
            whole = head + end
            if dropping and end:
                whole, dropping = whole.partition(b"\n")[2], False
            self._lines(whole.splitlines(keepends=True))
            if len(kept) > MOST and not dropping:
                self._desk.count(f"a line of more than {MOST} bytes on standard error was dropped")
                dropping = True
            kept = b"" if dropping else kept
        if kept:
            self._lines([kept + b"\n"])

    def _read(self) -> bytes:
        try:
            return read(self._handle)
        except OSError:
            return b""

    def _lines(self, lines: list[bytes]) -> None:
        if self._way is not Aside.DROP and lines:
            passed = lines if self._way is Aside.PASS else self._scanned(lines)
            try:
                self._errors.write(b"".join(passed))
            except OSError:
                return  # Nobody reads what is said aside; the conversation goes on.

    def _scanned(self, lines: list[bytes]) -> list[bytes]:
        """The lines with a notice in place of each that is flagged."""
        texts = [line.decode(errors="replace") for line in lines]
        ruling = self._desk.rule(_message(texts), Sender.SERVER)
        made, left = list(lines), list(range(len(lines)))
        for _ in range(ROUNDS):
            if _passes(ruling):
                return made
            flagged = _flagged(ruling.decisions, left)
            if not flagged:
                break
            for place in flagged:
                made[place] = _NOTICE
            left = [place for place in left if place not in flagged]
            # One finding may stand for several lines that say the same: what is left is looked at again.
            guard, talk = self._desk.ready.guard, self._desk.ready.talk
            ruling, _ = guard.rule_now(_message([texts[place] for place in left]), Sender.SERVER, talk)
        for place in left:
            made[place] = _NOTICE
        return made


_NOTICE = b"mcpscan: [a line of the server's standard error was held back]\n"


def _message(texts: list[str]) -> bytes:
    params = {"level": "info", "logger": "stderr", "data": texts}
    return json.dumps({"jsonrpc": "2.0", "method": "notifications/message", "params": params}).encode()


def _passes(ruling: Ruling) -> bool:
    return all(each.outcome in {Outcome.PASSED, Outcome.ANNOTATED} for each in ruling.decisions) and bool(
        ruling.decisions
    )


def _flagged(decisions: Iterable[Decision], left: list[int]) -> set[int]:
    """The lines that are objected to; none where an objection stands elsewhere."""
    found: set[int] = set()
    for each in decisions:
        for place in each.places:
            match = _LINE.match(place.pointer)
            if match is None:
                return set()
            found.add(left[int(match[1])])
    return found
