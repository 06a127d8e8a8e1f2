"""From findings to a verdict: thresholds, suppressions and weights, as pure functions over one settings model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from mcpscan.finding import STRICT, Action, Confidence, Finding, NotScanned, Severity, Suppression, Verdict


class PolicyError(ValueError):
    """A policy file that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The least a finding must be, on both axes, to count."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    severity: Severity
    confidence: Confidence

    def met_by(self, finding: Finding) -> bool:
        """Whether a finding is at least this severe and this sure."""
        return finding.severity.rank >= self.severity.rank and finding.confidence.rank >= self.confidence.rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One `[[suppress]]` entry: a finding that someone looked at, and why it may stay.

    Raises `ValueError` for an entry without a fingerprint or without a reason.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    fingerprint: str
    reason: str
    rule: str = ""
    expires: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse what would hide a finding without saying which or why."""
        if len(self.fingerprint) < 8:
            raise ValueError("a suppression needs the fingerprint that the report shows")
        if not self.reason.strip():
            raise ValueError("a suppression needs a reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What leads to review and to block, what is accepted, and what each level of finding weighs.

    `tolerate` lists codes of `not_scanned` entries that do not by themselves forbid an allow. Weights are the
    probability that a finding of a severity and a confidence is an attack; `risk` is that at least one is.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    review: Threshold = Threshold(severity=Severity.MEDIUM, confidence=Confidence.MEDIUM)
    block: Threshold = Threshold(severity=Severity.HIGH, confidence=Confidence.HIGH)
    tolerate: tuple[str, ...] = ("media", "binary", "not-fetched")
    suppress: tuple[Accepted, ...] = ()
    severity_weight: Mapping[Severity, float] = field(
        default_factory=lambda: dict(zip(Severity, (0.0, 0.15, 0.55, 0.85, 0.97), strict=True))
    )
    confidence_weight: Mapping[Confidence, float] = field(
        default_factory=lambda: dict(zip(Confidence, (0.25, 0.75, 1.0), strict=True))
    )

    @classmethod
    def load(cls, path: Path) -> Policy:
        """The policy of an mcpscan.toml: its `[policy]` table and its `[[suppress]]` entries.

        Raises `PolicyError` when the file cannot be read or says something that is no policy.
        """
        import tomllib

        from pydantic import TypeAdapter, ValidationError

        try:
            settings: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            raise PolicyError(f"{path}: {problem}") from problem
        if unknown := settings.keys() - {"policy", "suppress"}:
            raise PolicyError(f"{path}: unknown table {min(unknown)!r}; known are [policy] and [[suppress]]")
        table = settings.get("policy", {})
        entries = settings.get("suppress", [])
        try:
            return TypeAdapter(cls).validate_python(
                {**table, "suppress": entries} if isinstance(table, dict) else table
            )
        except ValidationError as problem:
            first = problem.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            raise PolicyError(f"{path}: {where}: {first['msg']}") from problem


def severest(policy: Policy, findings: Iterable[Finding]) -> Action:
    """What the findings alone lead to."""
    action = Action.ALLOW
    for finding in findings:
        if policy.block.met_by(finding):
            return Action.BLOCK
        if policy.review.met_by(finding):
            action = Action.REVIEW
    return action


def missed(policy: Policy, not_scanned: Iterable[NotScanned]) -> tuple[NotScanned, ...]:
    """What was not looked at and is not tolerated."""
    return tuple(entry for entry in not_scanned if entry.code not in policy.tolerate)


def decide(policy: Policy, findings: Iterable[Finding], not_scanned: Iterable[NotScanned], failures: int) -> Verdict:
    """The verdict on what was found and on what was not looked at."""
    findings = tuple(findings)
    blocking = [finding for finding in findings if policy.block.met_by(finding)]
    doubtful = [finding for finding in findings if policy.review.met_by(finding) and finding not in blocking]
    unseen = missed(policy, not_scanned)
    reasons = [*_named("blocked by", blocking), *_named("to review:", doubtful)]
    if unseen:
        reasons.append(f"could not look at {len(unseen)} part{'s' * (len(unseen) > 1)}: {unseen[0].reason}")
    if failures:
        reasons.append(f"{failures} check{'s' * (failures > 1)} of mcpscan failed")
    action = severest(policy, findings)
    if action is Action.ALLOW and (unseen or failures):
        action = Action.REVIEW
    return Verdict(action=action, reasons=tuple(reasons))


def _named(label: str, findings: list[Finding]) -> list[str]:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return [f"{label} {rule}" + (f" ×{count}" if count > 1 else "") for rule, count in counts.items()]


MODEL_WEIGHT = 0.9
"""How much of the classifier's highest probability counts as risk where no finding rests on it."""


def risk(policy: Policy, findings: Iterable[Finding], highest: float = 0.0) -> float:
    """The probability that at least one finding is an attack, were they independent (a noisy or).

    `highest` is the classifier's highest probability: below its thresholds it makes no finding, and still orders texts.
    """
    clean = 1.0 - MODEL_WEIGHT * highest
    for finding in findings:
        clean *= 1 - policy.severity_weight[finding.severity] * policy.confidence_weight[finding.confidence]
    return round(1 - clean, 4)


def suppress(
    policy: Policy, findings: Iterable[Finding], today: dt.date
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Suppression, ...]]:
    """Findings that stand, findings that were accepted, and the state of every acceptance.

    An expired acceptance no longer hides its finding; one that names a rule hides that rule's finding only.
    """
    live = {entry.fingerprint: entry for entry in policy.suppress if entry.expires is None or entry.expires >= today}
    standing: list[Finding] = []
    hidden: list[Finding] = []
    used: set[str] = set()
    for finding in findings:
        entry = live.get(finding.fingerprint)
        if entry is None or (entry.rule and entry.rule != finding.rule):
            standing.append(finding)
        else:
            used.add(entry.fingerprint)
            hidden.append(finding)
    states = tuple(
        Suppression(
            fingerprint=entry.fingerprint,
            reason=entry.reason,
            rule=entry.rule,
            expires=entry.expires.isoformat() if entry.expires else "",
            state="used" if entry.fingerprint in used else "unused" if entry.fingerprint in live else "expired",
        )
        for entry in policy.suppress
    )
    return tuple(standing), tuple(hidden), states
