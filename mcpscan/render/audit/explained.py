"""What each rule means, why and what to do, for every rule that an audit's findings can name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from mcpscan.finding import Severity
from mcpscan.render import documented
from mcpscan.rules import RULES


class Documented(Protocol):
    """What a rule must have to be explained; its docstring is the text."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def severity(self) -> Severity:
        """How bad its findings are."""

    @property
    def refs(self) -> tuple[str, ...]:
        """What it refers to: entries of OWASP, CVEs."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule in words: what a finding means, then why it matters, then what to do."""

    id: str
    paragraphs: tuple[str, ...]
    severity: Severity | None = None
    refs: tuple[str, ...] = ()


FLOW = Explained(
    "audit-flow",
    (
        "Content that anybody can write can make the agent move private data out, or act, through tools of one client.",
        "Each server may be honest; together they lead text from outside to private data and to a way out.",
        "Take one step out of this client: disable a tool, have it ask before it runs, or move a server to another client.",
    ),
    Severity.HIGH,
    ("OWASP-LLM01:2025", "OWASP-LLM06:2025"),
)
CHANGE = Explained(
    "audit-change",
    (
        "What a server offers is not what was approved in the lock.",
        "A server that was honest when it was approved can be another one today.",
        "Read the difference. If it is wanted, approve it with a reason; if not, remove or pin the server.",
    ),
    Severity.MEDIUM,
    ("OWASP-LLM03:2025",),
)


def explained(more: Iterable[Documented] = ()) -> Mapping[str, Explained]:
    """Every rule by its id: the shipped ones, `more`, and what only an audit says."""
    every: list[Documented] = [*RULES, *more]
    rules = {rule.id: Explained(rule.id, documented(rule), rule.severity, tuple(rule.refs)) for rule in every}
    return rules | {FLOW.id: FLOW, CHANGE.id: CHANGE}
