"""From a judgement to what becomes of a message: passed, noted, cut, trimmed or blocked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mcpscan.finding import Action
from mcpscan_service.guard import answer, rewrite
from mcpscan_service.guard.case import Case
from mcpscan_service.guard.channel import Mode
from mcpscan_service.guard.decision import Outcome
from mcpscan_service.guard.judge import Judge, Judgement
from mcpscan_service.guard.objection import Objection
from mcpscan_service.guard.settings import Failing, GuardSettings, Redacting, Unscannable

ROUNDS = 6
"""How often a rewritten message is scanned again before it is blocked whole."""

Objections = tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of a message: `value` is what passes, None if nothing does; `same` where it is what came in.

    `held` are parts of a list that were left out, by name, with the objections to each.
    """

    value: dict[str, Any] | None
    outcome: Outcome
    same: bool = False
    redactions: int = 0
    held: Mapping[str, Objections] = field(default_factory=dict)
    noted: bool = False

    @property
    def removed(self) -> tuple[str, ...]:
        """The names of the parts that were left out."""
        return tuple(self.held)

    def finished(self, action: Action, rules: Sequence[str], event: str) -> dict[str, Any]:
        """The message that passes, with the note that names its decision where one was asked for."""
        assert self.value is not None
        if not self.noted:
            return self.value
        note = {"action": action.value, "rules": list(rules), "reference": event}
        return rewrite.annotated(self.value, note, answer.text(rules, event, "Flagged by mcpscan in the content above"))


PASSED = Settled({}, Outcome.PASSED, same=True)
BLOCKED = Settled(None, Outcome.BLOCKED)
DENIED = Settled(None, Outcome.DENIED)


def settle(judge: Judge, settings: GuardSettings, case: Case, judged: Judgement) -> Settled:
    """What becomes of a message."""
    settled = Settled(case.message.value, Outcome.PASSED, same=True)
    if case.mode is Mode.MONITOR:
        return settled
    if judged.failure and settings.on_failure is Failing.CLOSED:
        return BLOCKED
    if judged.objections:
        settled = _stopped(judge, settings, case, judged.objections)
    if settled.value is not None and judged.unscanned:
        settled = _said(settings.unscannable, settled, judged)
    return settled


def _stopped(judge: Judge, settings: GuardSettings, case: Case, objections: Objections) -> Settled:
    if case.mode is Mode.ANNOTATE:
        return Settled(case.message.value, Outcome.ANNOTATED, noted=True)
    if case.mode is Mode.REDACT and (cut := _redacted(judge, settings, case, objections)) is not None:
        return cut
    return _trimmed(judge, case, objections) or BLOCKED


def _redacted(judge: Judge, settings: GuardSettings, case: Case, objections: Objections) -> Settled | None:
    widen = rewrite.span if settings.redact is Redacting.SPAN else rewrite.sentence
    value, total = case.message.value, 0
    for _ in range(ROUNDS):
        made = rewrite.redacted(value, objections, widen)
        if made is None:
            return None
        value, total = made[0], total + made[1]
        objections = judge.again(value, case.asked)
        if not objections:
            return Settled(value, Outcome.REDACTED, redactions=total)
    return None


def _trimmed(judge: Judge, case: Case, objections: Objections) -> Settled | None:
    """A list without the parts that are objected to, or None where that does not help."""
    if not case.is_list:
        return None
    value, held, method = case.message.value, dict[str, Objections](), case.asked.method
    for _ in range(ROUNDS):
        made = rewrite.without_parts(value, method, objections)
        if made is None:
            return None
        for name, each in rewrite.part_names(value, method, objections).items():
            held[name] = (*held.get(name, ()), *each)
        value, objections = made, judge.again(made, case.asked)
        if not objections:
            return Settled(value, Outcome.TRIMMED, held=held)
    return None


def _said(setting: Unscannable, settled: Settled, judged: Judgement) -> Settled:
    """What was not looked at is said, or taken out."""
    assert settled.value is not None
    if setting is Unscannable.PASS:
        return settled
    if setting is Unscannable.ANNOTATE:
        outcome = Outcome.ANNOTATED if settled.outcome is Outcome.PASSED else settled.outcome
        value = rewrite.with_unscanned(settled.value, judged.unscanned)
        return replace(settled, value=value, outcome=outcome, same=False)
    kept = rewrite.without_blocks(settled.value, judged.unscanned)
    return BLOCKED if kept is None else replace(settled, value=kept, outcome=Outcome.REDACTED, same=False)
