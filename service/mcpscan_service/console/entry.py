"""What is remembered of one decision: its record, and what it rests on, both cut to a size that hostile input cannot choose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mcpscan.finding import Difference, Failure, Finding, NotScanned
from mcpscan_service.guard import Decision, Evidence

MOST = 40
"""Findings, changes, places and names that are kept of one decision."""

LONGEST = 2_000
"""Characters of one text that are kept."""

_TEXTS = ("name", "method", "identity", "session", "address", "client", "client_version", "protocol", "trace", "error")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a decision rests on. `more` counts findings, changes and gaps that are not kept."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[Difference, ...] = ()
    gaps: tuple[NotScanned, ...] = ()
    errors: tuple[Failure, ...] = ()
    reasons: tuple[str, ...] = ()
    more: int = 0

    @classmethod
    def of(cls, evidence: Evidence) -> Proof | None:
        """What is worth keeping, the gravest first; None where there is nothing to show."""
        report = evidence.report
        groups: tuple[Sequence[Any], ...] = (
            report.findings if report else (), evidence.changes, report.not_scanned if report else (),
            report.errors if report else (),
        )  # fmt: skip
        if not any(groups):
            return None
        findings, changes, gaps, errors = groups
        worst = sorted(findings, key=lambda each: (-each.severity.rank, -each.confidence.rank))
        return cls(
            tuple(worst[:MOST]),
            tuple(map(short, changes[:MOST])),
            tuple(gaps[:MOST]),
            tuple(errors[:MOST]),
            report.verdict.reasons[:MOST] if report else (),
            sum(max(0, len(group) - MOST) for group in groups),
        )

    @property
    def size(self) -> int:
        """About how many characters it holds."""
        texts = sum(len(each.quote) + len(each.decoded) + len(each.pointer) + 400 for each in self.findings)
        return 500 + texts + sum(len(str(each.before)) + len(str(each.after)) + 300 for each in self.changes)


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision that is remembered; `number` counts all decisions from 1."""

    number: int
    decision: Decision
    found: int
    proven: bool

    def says(self, words: Sequence[str]) -> bool:
        """Whether every one of some words in lower case is in its record."""
        if not words:
            return True
        one = self.decision
        text = " ".join((
            one.event, one.server, one.method, one.name, one.identity, one.session, one.address, one.client, one.error,
            one.channel, one.outcome, one.trace, *one.rules, *one.removed, *one.unscanned,
        )).lower()  # fmt: skip
        return all(word in text for word in words)


def trimmed(decision: Decision) -> Decision:
    """The decision with no text and no list longer than what is kept; the very same where that is so already."""
    changed: dict[str, Any] = {}
    for name in _TEXTS:
        text = getattr(decision, name)
        if len(text) > LONGEST:
            changed[name] = text[:LONGEST] + "…"
    for name in ("rules", "places", "removed", "unscanned"):
        if len(getattr(decision, name)) > MOST:
            changed[name] = getattr(decision, name)[:MOST]
    if any(len(name) > LONGEST for name in decision.removed[:MOST]):
        changed["removed"] = tuple(name[:LONGEST] for name in decision.removed[:MOST])
    return replace(decision, **changed) if changed else decision


def short(change: Difference) -> Difference:
    """A difference with the part of both values where they begin to differ, if they are long."""
    texts = [_text(each) for each in (change.before, change.after)]
    if all(len(text) <= LONGEST for text in texts):
        return change
    start = max(0, _common(*texts) - LONGEST // 10)
    values = [
        value if value is None else ("…" if start else "") + text[start : start + LONGEST]
        for value, text in zip((change.before, change.after), texts, strict=True)
    ]
    return replace(change, before=values[0], after=values[1])


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _common(one: str, two: str) -> int:
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == two[:middle] else (low, middle - 1)
    return low
