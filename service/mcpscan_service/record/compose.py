"""From a decision to the line that is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from mcpscan.text import visible
from mcpscan_service.guard.decision import Decision
from mcpscan_service.guard.message import Sender
from mcpscan_service.record import safe
from mcpscan_service.record.chain import canonical
from mcpscan_service.record.record import MOST, SCHEMA_VERSION, Direction

_DIRECTIONS = {Sender.CLIENT: Direction.TO_SERVER.value, Sender.SERVER: Direction.TO_CLIENT.value}


def composed(decision: Decision) -> dict[str, Any]:
    """The record of a decision as plain values, every text of others made safe; without a place in a chain."""
    trace_id, span_id, _ = safe.trace(decision.trace)
    return {
        "schema_version": SCHEMA_VERSION,
        "time": stamp(decision.time),
        "event": visible(decision.event[:64])[:64],
        "trace_id": trace_id,
        "span_id": span_id,
        "direction": _DIRECTIONS[decision.sender],
        "surface": decision.channel.value,
        "method": safe.name(decision.method),
        "transport": safe.trusted(decision.transport),
        **_what(decision),
        **_who(decision),
        **_outcome(decision),
    }


def encoded(decision: Decision) -> bytes:
    """The record of a decision in the form of RFC 8785, without a line end."""
    return canonical(composed(decision))


def stamp(seconds: float) -> str:
    """A time as RFC 3339 has it, in UTC with milliseconds.

    >>> stamp(1_763_800_000.1239)
    '2025-11-22T08:26:40.123Z'
    """
    millis = int(seconds * 1000)
    return f"{_second(millis // 1000)}.{millis % 1000:03d}Z"


@lru_cache(maxsize=64)
def _second(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


def number(value: float) -> float | int:
    """A number with at most three digits after the point, an integer where it is one.

    >>> number(0.0), number(0.12345), number(2.0)
    (0, 0.123, 2)
    """
    short = round(value, 3)
    return int(short) if short == int(short) else short


def _naming(decision: Decision) -> Callable[[str], str]:
    """How parts are named in a record: resources are known by their address."""
    return safe.address if decision.family == "resource" or decision.method.startswith("resources/") else safe.name


def _what(decision: Decision) -> dict[str, Any]:
    return {
        "server": safe.trusted(decision.server),
        "family": safe.trusted(decision.family),
        "name": _naming(decision)(decision.name),
        "pin": safe.trusted(decision.pin),
        "pin_digest": safe.trusted(decision.pin_digest),
        "tier": safe.trusted(decision.tier),
    }


def _who(decision: Decision) -> dict[str, Any]:
    return {
        "identity": safe.trusted(decision.identity),
        "address": safe.trusted(decision.address),
        "client": safe.name(decision.client),
        "client_version": safe.name(decision.client_version),
        "protocol": safe.name(decision.protocol),
        "session": safe.session(decision.session),
    }


def _outcome(decision: Decision) -> dict[str, Any]:
    omitted = max(0, len(decision.places) - MOST) + max(0, len(decision.removed) - MOST)
    return {
        "verdict": decision.action.value,
        "outcome": decision.outcome.value,
        "mode": decision.mode.value,
        "rules": [safe.trusted(rule) for rule in decision.rules],
        "risk": number(min(1.0, max(0.0, decision.risk))),
        "spans": [
            {"rule": safe.trusted(at.rule), "pointer": safe.pointer(at.pointer), "start": at.start, "end": at.end}
            for at in decision.places[:MOST]
        ],
        "removed": [*map(_naming(decision), decision.removed[:MOST])],
        "omitted": omitted,
        "redactions": decision.redactions,
        "unscanned": [safe.trusted(code) for code in decision.unscanned],
        "error": safe.error(decision.error),
        "bytes_in": decision.size,
        "bytes_out": decision.sent,
        "latency_ms": number(min(1e12, max(0.0, decision.seconds) * 1000)),
    }
