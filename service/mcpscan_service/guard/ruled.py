"""Rulings on messages, one by one and as the bytes that travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mcpscan_service.guard import answer
from mcpscan_service.guard.case import Case
from mcpscan_service.guard.decision import Decision, Evidence, Ruling
from mcpscan_service.guard.settle import Settled


@dataclass(frozen=True, slots=True)
class Ruled:
    """One message with what becomes of it: `same` where it passes as it came."""

    decision: Decision
    evidence: Evidence
    forward: dict[str, Any] | None = None
    reply: dict[str, Any] | None = None
    same: bool = False


def ruled(case: Case, settled: Settled, decision: Decision, why: Evidence) -> Ruled:
    """What goes to the other side, and what goes back."""
    message, asked = case.message, case.asked
    if settled.same:
        return Ruled(replace(decision, sent=decision.size), why, message.value, same=True)
    if settled.value is not None:
        value = settled.finished(decision)
        return Ruled(replace(decision, sent=len(answer.encode(value))), why, value)
    said = answer.text([*decision.rules, decision.error, *decision.unscanned][:8], decision.event)
    if message.is_answer:
        made = answer.instead(message, asked, said)
        return Ruled(replace(decision, sent=len(answer.encode(made))), why, forward=made)
    if message.is_request:
        case.talk.forget(message.sender, message.id)
        return Ruled(decision, why, reply=answer.refusal(message.id, asked, said))
    return Ruled(decision, why)


def ruling(data: bytes, several: Sequence[Ruled]) -> Ruling:
    """The ruling on the bytes that the messages came in."""
    decisions = tuple(each.decision for each in several)
    if all(each.same for each in several):
        return Ruling(data, None, decisions)
    batch = data.lstrip(b" \t\r\n").startswith(b"[")
    forward, reply = (_joined([getattr(each, side) for each in several], batch=batch) for side in ("forward", "reply"))
    return Ruling(forward, reply, decisions)


def _joined(values: Sequence[dict[str, Any] | None], *, batch: bool) -> bytes | None:
    left = [value for value in values if value is not None]
    if not left:
        return None
    return answer.encode(left if batch else left[0])
