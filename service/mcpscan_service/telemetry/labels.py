"""Labels of metrics: few and known, because every value of a label is a series, and names are an attacker's."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mcpscan.rules import RULES
from mcpscan_service.guard.decision import Decision, Evidence

OTHER = "other"

RULES_KNOWN = frozenset({*(rule.id for rule in RULES), "lock-new", "lock-changed", "lock-unknown", "quarantined"})
"""Rules of the scanner, and what the lock and the quarantine object."""

CODES = frozenset(
    {
        "binary",
        "classifier-budget",
        "media",
        "no-classifier",
        "not-json",
        "not-locked",
        "too-deep",
        "too-many-values",
        "unread",
    }
)
"""Codes of what was not looked at; the rest is one."""

STAGES = frozenset({"malformed", "scanner", "timeout", "partial", "unread", "record", "busy", "upstream", "watcher"})
"""Where something goes wrong: a message that holds none, the scanner, its time, a part of a message, bytes that were
refused before they were scanned, the audit log, too many at once, a server, a watcher."""

METHODS = frozenset(
    """completion/complete elicitation/create initialize logging/setLevel notifications/cancelled
    notifications/elicitation/complete notifications/initialized notifications/message notifications/progress
    notifications/prompts/list_changed notifications/resources/list_changed notifications/resources/updated
    notifications/roots/list_changed notifications/tasks/status notifications/tools/list_changed ping prompts/get
    prompts/list resources/list resources/read resources/subscribe resources/templates/list resources/unsubscribe
    roots/list sampling/createMessage server/discover subscriptions/listen tasks/cancel tasks/get tasks/list
    tasks/result tasks/update tools/call tools/list""".split()  # noqa: SIM905 - a list to read
)
"""Methods of the protocol, in both eras."""

_LATE = "the scan took too long"


def one_of(value: str, known: Collection[str]) -> str:
    """A value that is known, or "other".

    >>> one_of("a", {"a"}), one_of("b", {"a"})
    ('a', 'other')
    """
    return value if value in known else OTHER


def stage(decision: Decision, evidence: Evidence) -> str:
    """Where it went wrong, "" where it did not."""
    error = decision.error
    if not error:
        return ""
    if error.startswith(("malformed:", "scanner:")):
        return error.partition(":")[0]
    if error == _LATE:
        return "timeout"
    return "partial" if evidence.report is not None else "unread"


def found(decision: Decision, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Rule and severity of every finding; "none" for the severity of an objection that is no finding's."""
    named = set()
    for finding in evidence.report.findings if evidence.report is not None else ():
        named.add(finding.rule)
        yield one_of(finding.rule, RULES_KNOWN), finding.severity.value
    for rule in decision.rules:
        if rule not in named:
            yield one_of(rule, RULES_KNOWN), "none"
