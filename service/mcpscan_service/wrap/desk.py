"""Where the threads that move lines get their rulings: from a guard that lives in an event loop."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from mcpscan_service.guard import Decision, MalformedError, Outcome, Ruling, Sender, answer
from mcpscan_service.guard.message import read
from mcpscan_service.wrap.configured import Ready
from mcpscan_service.wrap.notice import say
from mcpscan_service.wrap.streams import Sink

GONE = -32000
"""JSON-RPC error code of a request that nobody will answer: "Connection closed", as the SDKs have it."""

_ID = rb'(-?\d{1,18}|"(?:[^"\\]|\\.){0,200}")'
_HEAD = re.compile(rb'\s*\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*' + _ID + rb"\s*,")
_TAIL = re.compile(rb'(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*' + _ID
                   + rb'|,\s*"id"\s*:\s*' + _ID + rb'(?:\s*,\s*"jsonrpc"\s*:\s*"2\.0")?)\s*\}\s*$')  # fmt: skip


@dataclass(slots=True)
class Desk:
    """Rulings for one server, asked for by any thread, and short notices to the people who read standard error."""

    ready: Ready
    loop: asyncio.AbstractEventLoop
    notices: Sink
    counts: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def rule(self, data: bytes, sender: Sender, *, quiet: bool = False) -> Ruling:
        """What becomes of a message. What the guard cannot decide or record does not pass."""
        guard, talk = self.ready.guard, self.ready.talk
        try:
            client = sender is Sender.CLIENT
            ruling = self._wait(guard.rule_ahead(data, talk) if client else guard.rule(data, sender, talk))
        except Exception as problem:  # noqa: BLE001 - whatever went wrong, the message must not pass
            return self.failed(data, sender, f"not decided: {type(problem).__name__}")
        if not quiet:
            self._tell(ruling.decisions)
        return ruling

    def refuse(self, head: bytes, sender: Sender, why: str) -> Ruling:
        """What becomes of a message that cannot be scanned; `head` is how it begins."""
        try:
            ruling = self._wait(self.ready.guard.refuse(head, sender, self.ready.talk, why))
        except Exception as problem:  # noqa: BLE001 - whatever went wrong, the message must not pass
            return self.failed(head, sender, f"not decided: {type(problem).__name__}")
        self._tell(ruling.decisions)
        return ruling

    def failed(self, data: bytes, sender: Sender, why: str) -> Ruling:
        """The answers in place of messages that nobody could decide about."""
        self.say(f"a message was held back: {why}")
        try:
            messages, _ = read(data, sender)
        except MalformedError:
            return Ruling(None, None, ())
        said = f"Blocked by policy: {why}."
        replies = [answer.error(each.id, said) for each in messages if each.is_request]
        forwards = [answer.error(each.id, said) for each in messages if each.is_answer]
        return Ruling(_one_or_all(forwards), _one_or_all(replies), ())

    def count(self, what: str) -> None:
        """Count something that happens again and again, and say so ever more seldom."""
        with self._lock:
            number = self.counts[what] = self.counts.get(what, 0) + 1
        if str(number).strip("0") == "1":
            self.say(what if number == 1 else f"{what} ({number} times so far)")

    def sum_up(self) -> None:
        """Say how often each thing happened that was counted more than once."""
        for what, number in self.counts.items():
            if number > 1:
                self.say(f"{what} ({number} times in all)")

    def say(self, what: str) -> None:
        """Write a line of our own to standard error."""
        say(self.notices, f"{self.ready.talk.server}: {what}")

    def _wait(self, work: Coroutine[Any, Any, Ruling]) -> Ruling:
        asked: Future[Ruling] = asyncio.run_coroutine_threadsafe(work, self.loop)
        return asked.result()

    def _tell(self, decisions: tuple[Decision, ...]) -> None:
        for each in decisions:
            if each.outcome in {Outcome.PASSED, Outcome.ANNOTATED}:
                continue
            # No name of a tool: it is the server's text, and may itself speak to a reader of the log.
            why = ", ".join([*each.rules[:5], *([each.error] if each.error else [])])
            self.say(f"{each.outcome.value} ({each.channel.value}): {why or 'not scanned'}. Reference {each.event}")


def id_of(head: bytes, tail: bytes) -> object:
    """The id of a message of which only the two ends were kept, None where they do not show it."""
    start, end = _HEAD.match(head), _TAIL.search(tail)
    found = start[1] if start else (end[1] or end[2]) if end else b"null"
    try:
        return json.loads(found)
    except ValueError:
        return None


def _one_or_all(values: list[dict[str, Any]]) -> bytes | None:
    if not values:
        return None
    return answer.encode(values[0] if len(values) == 1 else values)
