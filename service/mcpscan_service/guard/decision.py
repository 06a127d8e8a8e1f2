"""What was decided about a message, and what becomes of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mcpscan.finding import Action, Difference, Report
from mcpscan_service.guard.channel import Channel, Mode
from mcpscan_service.guard.message import Sender


class Outcome(StrEnum):
    """What became of a message."""

    PASSED = "passed"
    ANNOTATED = "annotated"
    REDACTED = "redacted"
    TRIMMED = "trimmed"
    BLOCKED = "blocked"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an objection stands: the rule, the JSON Pointer into the message, and the characters. Never the text."""

    rule: str
    pointer: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about one message. Holds names, numbers and places, and no content.

    `action` is what the scan alone leads to, `outcome` what became of the message: TRIMMED means that some parts of a
    list were left out, DENIED that a request was answered without asking the server. `unscanned` are codes of what
    could not be looked at, `error` names a failure of the filter's own or a message that could not be read. `seconds`
    is the time the decision took, `size` and `sent` bytes of the message as it came and as it went on.
    """

    event: str
    time: float
    server: str
    sender: Sender
    channel: Channel
    method: str
    family: str = ""
    name: str = ""
    identity: str = ""
    transport: str = ""
    session: str = ""
    address: str = ""
    client: str = ""
    client_version: str = ""
    protocol: str = ""
    trace: str = ""
    pin: str = ""
    pin_digest: str = ""
    tier: str = ""
    action: Action
    outcome: Outcome
    mode: Mode
    rules: tuple[str, ...] = ()
    risk: float = 0.0
    places: tuple[Place, ...] = ()
    removed: tuple[str, ...] = ()
    redactions: int = 0
    unscanned: tuple[str, ...] = ()
    error: str = ""
    size: int = 0
    sent: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a decision rests on, for people who may see it: the report, and how quarantined parts differ from their pins."""

    report: Report | None = None
    changes: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What to do with some bytes that came in.

    `forward` goes to the other side, `reply` back to the sender; None for nothing. `forward` is the very object that
    came in where nothing was changed.
    """

    forward: bytes | None
    reply: bytes | None
    decisions: tuple[Decision, ...]


class Recorder(Protocol):
    """Where decisions are written down. `durable` promises that they are on the disk when `record` returns."""

    @property
    def durable(self) -> bool:
        """Whether what `record` returned for survives whatever happens next."""

    async def record(self, decisions: Sequence[Decision]) -> None:
        """Return when the records are as safe as was asked for. Raises `OSError` when they cannot be."""


Watcher = Callable[[Decision, Evidence], None]
"""Is told of every decision after it was recorded: metrics, spans, the console. Must be quick; called on the event loop."""


def event_id() -> str:
    """A new reference for a decision: 24 hexadecimal digits that sort by time and cannot be guessed."""
    return f"{time.time_ns() // 1_000_000:012x}{os.urandom(6).hex()}"
