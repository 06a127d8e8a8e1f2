"""What the verbs about approved definitions share: the lock, and drift from it as findings of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from mcpscan.cli.gather import Job
from mcpscan.engine import Scanner
from mcpscan.finding import Action, Difference, NotScanned, Report, Verdict
from mcpscan.lock import NAME, Lock, LockError, Pinned
from mcpscan.policy import Policy, decide, missed, risk

LOCK_FILE = click.option(
    "--lock",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=NAME,
    show_default=True,
    help="The lock file.",
)
PINNED_AS = click.option("--name", default="", help="The name it was pinned under, where that is not its own.")
WHY = click.option("--why", default="", help="A reason, kept in the lock.")
WHO = click.option("--who", default="", help="Who approves.  [default: you]")
"""Options that several verbs about approved definitions have."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a server is asked as: a client's name, an era, a header."""

    label: str
    client: str = ""
    legacy: bool = False
    header: str = ""

    @classmethod
    def of(cls, text: str) -> Identity:
        """An identity as it is written: `NAME[/VERSION]`, `legacy`, or a header `Name: value`.

        >>> Identity.of("Authorization: Bearer x").label
        'Authorization'
        """
        if ":" in text:
            return cls(text.partition(":")[0], header=text)
        return cls(text, "" if text == "legacy" else text, legacy=text == "legacy")


def lock_at(path: Path | None) -> Lock:
    """The lock of a file, by default the one here. Raises `click.UsageError` where there is none to use."""
    try:
        return Lock.load(path or Path(NAME))
    except (LockError, OSError) as problem:
        raise click.UsageError(str(problem)) from problem


def with_drift(report: Report, scanner: Scanner, job: Job, path: Path | None = None) -> Report:
    """A report of a scan with the drift from the lock: any difference that nobody approved is at least a review."""
    lock = lock_at(path)
    differences: list[Difference] = []
    gaps = list(report.not_scanned)
    findings = list(report.findings)
    unseen = unlisted(job, scanner.policy)
    for label, surface in job.surfaces.items():
        pinned = pinned_as(lock, job.identities.get(label, ""), label)
        if pinned is None:
            reason = f"{job.identities.get(label, label)} is not in the lock; `mcpscan lock` pins it"
            gaps.append(NotScanned(code="not-locked", target=label, reason=reason))
        elif label not in unseen:
            drift = scanner.compare(pinned.surface(), surface, label)
            differences += drift.changes
            known = {finding.fingerprint for finding in findings}
            findings += [finding for finding in drift.findings if finding.fingerprint not in known]
    return _judged(replace(report, findings=tuple(findings), not_scanned=tuple(gaps)), scanner, differences)


def unlisted(job: Job, policy: Policy) -> set[str]:
    """The targets that were not listed whole, so that they cannot be compared; what the policy tolerates is no such gap."""
    return {entry.target for entry in missed(policy, job.missed)}


def pinned_as(lock: Lock, identity: str, label: str) -> Pinned | None:
    """The approved server for a target: by identity, else by the name it was given."""
    return lock.servers.get(identity) or lock.servers.get(label)


def split_views(
    report: Report, scanner: Scanner, job: Job, ask: Callable[[Identity], Job], others: Sequence[Identity]
) -> Report:
    """A report with what servers show to other identities than the first one; any difference is at least a review."""
    differences: list[Difference] = []
    gaps = list(report.not_scanned)
    findings = list(report.findings)
    for other in others:
        seen = ask(other)
        gaps += [replace(entry, target=f"{entry.target} as {other.label}") for entry in seen.missed]
        for label, surface in seen.surfaces.items():
            if label in job.surfaces and label not in unlisted(seen, scanner.policy):
                split = scanner.compare(job.surfaces[label], surface, f"{label} as {other.label}")
                differences += [replace(each, name=f"{each.name} (as {other.label})") for each in split.changes]
                findings += split.findings
    judged = replace(report, findings=tuple(findings), not_scanned=tuple(gaps))
    return _judged(judged, scanner, (*report.changes, *differences), "between identities")


def _judged(
    report: Report, scanner: Scanner, differences: Sequence[Difference], since: str = "since it was approved"
) -> Report:
    verdict = decide(scanner.policy, report.findings, report.not_scanned, len(report.errors))
    if differences:
        reason = f"{summary(differences)} {since}"
        action = Action.REVIEW if verdict.action is Action.ALLOW else verdict.action
        verdict = Verdict(action=action, reasons=(*verdict.reasons, reason))
    return replace(report, verdict=verdict, risk=risk(scanner.policy, report.findings), changes=tuple(differences))


def summary(differences: Sequence[Difference]) -> str:
    """One line that says what changed and how grave it is.

    >>> summary(())
    'nothing changed'
    """
    if not differences:
        return "nothing changed"
    parts = {(each.family, each.name) for each in differences}
    grave = {
        action: len({(each.family, each.name) for each in differences if each.grade is action})
        for action in (Action.BLOCK, Action.REVIEW)
    }
    counts = [f"{count} to {action.value}" for action, count in grave.items() if count]
    noun = "part" if len(parts) == 1 else "parts"
    return f"{len(parts)} {noun} changed" + (f" ({', '.join(counts)})" if counts else ", none of them gravely")
