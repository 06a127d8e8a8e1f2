"""What speaks against a message: the scanner's findings, the lock's, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mcpscan.engine import Scanner
from mcpscan.finding import Action, Difference, NotScanned, Report
from mcpscan.policy import Threshold
from mcpscan_service.guard.channel import LISTS
from mcpscan_service.guard.conversation import Asked
from mcpscan_service.guard.message import Message, Sender
from mcpscan_service.guard.objection import Objection
from mcpscan_service.guard.pins import Drifted, Pins

SOFT = frozenset({"media", "binary", "classifier-budget"})
"""Codes of what is there and cannot be read, or not by all means: a setting says what is done about it."""

IRRELEVANT = frozenset({"no-text", "not-fetched"})
"""Codes that say nothing about one message: most of them hold no text, and none a whole listing."""

_LISTED = frozenset({*LISTS, "initialize", "server/discover"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of one message.

    `failure` says why the message could not be scanned whole, "" where it was; `unscanned` is what a setting decides
    about; `drifted` what the lock objects to.
    """

    objections: tuple[Objection, ...] = ()
    report: Report | None = None
    unscanned: tuple[NotScanned, ...] = ()
    drifted: tuple[Drifted, ...] = ()
    failure: str = ""

    @property
    def changes(self) -> tuple[Difference, ...]:
        """How parts of the message differ from what was approved."""
        return tuple(change for each in self.drifted for change in each.changes)

    @property
    def action(self) -> Action:
        """What the message alone leads to."""
        found = self.report.verdict.action if self.report else Action.REVIEW
        return Action.BLOCK if self.drifted else found


class Judge:
    """Scans messages and holds lists against a lock. Safe to use from several threads."""

    def __init__(self, scanner: Scanner, act_on: Action = Action.REVIEW, pins: Pins | None = None) -> None:
        self.scanner = scanner
        self.pins = pins
        self._threshold: Threshold = scanner.policy.block if act_on is Action.BLOCK else scanner.policy.review

    def judge(self, message: Message, asked: Asked, pin: str | None) -> Judgement:
        """What speaks against a message. Never raises: a scan that fails is a failure of the judgement."""
        try:
            report = self.scanner.scan_result(message.value, asked.name or None)
            drifted = self._drifted(message, asked, pin)
        except Exception as problem:  # noqa: BLE001 - whatever the scanner does, the message was not scanned
            return Judgement(failure=f"scanner: {type(problem).__name__}")
        missing = [each for each in report.not_scanned if each.code not in IRRELEVANT]
        hard = [each.code for each in missing if each.code not in SOFT]
        failed = [each.where for each in report.errors]
        return Judgement(
            (*self._objections(report), *(each.objection for each in drifted)),
            report if len(missing) == len(report.not_scanned) else replace(report, not_scanned=tuple(missing)),
            tuple(each for each in missing if each.code in SOFT),
            tuple(drifted),
            ", ".join(dict.fromkeys((*failed, *hard))),
        )

    def again(self, value: object, asked: Asked) -> tuple[Objection, ...]:
        """What still speaks against a message that was rewritten: one finding may have stood for several places."""
        return self._objections(self.scanner.scan_result(value, asked.name or None))

    def _objections(self, report: Report) -> tuple[Objection, ...]:
        return tuple(Objection.of(finding) for finding in report.findings if self._threshold.met_by(finding))

    def _drifted(self, message: Message, asked: Asked, pin: str | None) -> Sequence[Drifted]:
        listed = message.sender is Sender.SERVER and message.is_answer and asked.method in _LISTED
        if self.pins is None or pin is None or not listed or "result" not in message.value:
            return ()
        return tuple(self.pins.drifted(pin, message.value))
