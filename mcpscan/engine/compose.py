"""From marks to findings: quotes made safe, fingerprints, duplicates joined."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from mcpscan.engine.reader import Mark
from mcpscan.finding import Finding
from mcpscan.text import fold, visible

CONTEXT = 80
QUOTE = 400


def findings(marks: Iterable[Mark], target: str) -> tuple[Finding, ...]:
    """One finding for each fingerprint, the worst first, then in the order of the document."""
    composed: dict[str, Finding] = {}
    for mark in marks:
        print_ = fingerprint(mark)
        known = composed.get(print_)
        composed[print_] = replace(known, count=known.count + 1) if known else _finding(mark, print_, target)
    return tuple(sorted(composed.values(), key=lambda finding: (-finding.severity.rank, -finding.confidence.rank)))


def fingerprint(mark: Mark) -> str:
    """The identity of a finding: the rule, the item and the field it is in, and the words, but not their places.

    The same in another order of tools, under another server name, after a change elsewhere in the text.
    """
    passage = mark.passage
    path = passage.pointer[len(passage.base) :] if passage.base else passage.pointer
    steps = [step for step in path.split("/") if step and not step.isdigit()]
    words = fold(passage.text[mark.start : mark.end]).text.lower().split()
    parts = (mark.rule.id, passage.kind, passage.owner, "/".join(steps), str(passage.in_key), " ".join(words))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _finding(mark: Mark, print_: str, target: str) -> Finding:
    passage = mark.passage
    text = passage.text
    return Finding(
        rule=mark.rule.id,
        severity=mark.severity,
        confidence=mark.confidence,
        target=visible(target),
        pointer=visible(passage.pointer),
        kind=passage.kind,
        reach=passage.reach,
        span=(mark.start, mark.end),
        in_key=passage.in_key,
        owner=visible(passage.owner),
        quote=_shorten(visible(text[mark.start : min(mark.end, mark.start + 4 * QUOTE)])),
        before=visible(text[max(0, mark.start - CONTEXT) : mark.start]),
        after=visible(text[mark.end : mark.end + CONTEXT]),
        via=mark.via,
        decoded=_shorten(visible(mark.decoded)),
        message=mark.message,
        fingerprint=print_,
        refs=mark.rule.refs,
    )


def _shorten(text: str) -> str:
    return text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"
