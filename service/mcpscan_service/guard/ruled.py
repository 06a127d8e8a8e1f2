"""Rulings on messages, one by one and as the bytes that travel."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mcpscan.finding import Action
from mcpscan.lock import Pinned
from mcpscan_service.guard import answer
from mcpscan_service.guard.case import Case
from mcpscan_service.guard.decision import Decision, Evidence, Ruling
from mcpscan_service.guard.judge import Judgement
from mcpscan_service.guard.settle import DENIED, Settled

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ruled:
    """One message with what becomes of it: `same` where it passes as it came."""

    decision: Decision
    evidence: Evidence
    forward: JSON | None = None
    reply: JSON | None = None
    same: bool = False


def ruled(case: Case, judged: Judgement, settled: Settled, pinned: Pinned | None, seconds: float) -> Ruled:
    """The ruling on a case whose outcome is known; `seconds` is what it took."""
    action = Action.BLOCK if settled is DENIED else judged.action
    rules = tuple(dict.fromkeys(each.rule for each in judged.objections))
    unscanned = tuple(dict.fromkeys(each.code for each in judged.unscanned))
    forward, reply = _passed(case, settled, action, (*rules, judged.failure, *unscanned))
    talk, asked = case.talk, case.asked
    decision = Decision(
        event=case.event,
        time=time.time(),
        server=talk.server,
        sender=case.message.sender,
        channel=case.channel,
        method=asked.method,
        family=asked.family,
        name=asked.name,
        identity=talk.identity,
        transport=talk.transport,
        session=talk.session,
        address=talk.address,
        client=talk.client,
        client_version=talk.client_version,
        protocol=asked.protocol or talk.protocol,
        trace=case.trace,
        pin=pinned.identity if pinned else "",
        pin_digest=pinned.digest if pinned else "",
        action=action,
        outcome=settled.outcome,
        mode=case.mode,
        rules=rules,
        risk=judged.report.risk if judged.report else 0.0,
        places=tuple(each.place() for each in judged.objections),
        removed=settled.removed,
        redactions=settled.redactions,
        unscanned=unscanned,
        error=judged.failure,
        size=case.size,
        sent=case.size if settled.same else 0 if forward is None else len(answer.encode(forward)),
        seconds=seconds,
    )
    return Ruled(decision, Evidence(judged.report, judged.changes), forward, reply, settled.same)


def _passed(case: Case, settled: Settled, action: Action, why: Sequence[str]) -> tuple[JSON | None, JSON | None]:
    """What goes to the other side, and what goes back."""
    message, asked = case.message, case.asked
    if settled.same:
        return message.value, None
    if settled.value is not None:
        return settled.finished(action, [reason for reason in why if reason], case.event), None
    said = answer.text(why, case.event)
    if message.is_answer:
        return answer.instead(message, asked, said), None
    if message.is_request:
        case.talk.forget(message.sender, message.id)
        return None, answer.refusal(message.id, asked, said)
    return None, None


def ruling(data: bytes, several: Sequence[Ruled]) -> Ruling:
    """The ruling on the bytes that the messages came in."""
    decisions = tuple(each.decision for each in several)
    if all(each.same for each in several):
        return Ruling(data, None, decisions)
    batch = data.lstrip(b" \t\r\n").startswith(b"[")
    forward, reply = (_joined([getattr(each, side) for each in several], batch=batch) for side in ("forward", "reply"))
    return Ruling(forward, reply, decisions)


def _joined(values: Sequence[JSON | None], *, batch: bool) -> bytes | None:
    left = [value for value in values if value is not None]
    if not left:
        return None
    return answer.encode(left if batch else left[0])
