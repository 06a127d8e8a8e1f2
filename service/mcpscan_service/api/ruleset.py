"""The rules in force, as the API lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from mcpscan.render import documented
from mcpscan.rule import Rule
from mcpscan_service.api.scans import Scans
from mcpscan_service.guard.settings import Model
from mcpscan_service.problem import Receive, Scope, Send, answer, request_id


class RuleShown(Model):
    """One rule: its id stays the same for ever; `docs` are the paragraphs of its documentation."""

    id: str
    severity: str
    confidence: str
    title: str
    refs: tuple[str, ...]
    docs: tuple[str, ...]


class Ruleset(Model):
    """All rules of a process, and the digest that every report names under `versions`."""

    digest: str
    rules: tuple[RuleShown, ...]


def shown(rules: Iterable[Rule], digest: str) -> Ruleset:
    """Rules as the API lists them."""
    made = (
        RuleShown(
            id=rule.id,
            severity=rule.severity,
            confidence=rule.confidence,
            title=rule.title(),
            refs=rule.refs,
            docs=documented(type(rule)),
        )
        for rule in rules
    )
    return Ruleset(digest=digest, rules=tuple(made))


@dataclass(slots=True)
class RulesHandler:
    """Answers with the rules in force."""

    scans: Scans
    _made: tuple[str, bytes] = ("", b"")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - no body is read
        """Serve one request."""
        scanner = self.scans.scanner
        digest = scanner.versions["rules"]
        if self._made[0] != digest:
            self._made = (digest, orjson.dumps(shown(scanner.rules, digest).model_dump()))
        await answer(send, 200, self._made[1], b"application/json", request_id(scope))
