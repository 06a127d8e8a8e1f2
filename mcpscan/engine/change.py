"""From changes to graded differences: what each one is called, how grave it is, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from mcpscan.drift import Change
from mcpscan.engine.reader import Mark, mark_of
from mcpscan.finding import Action, Difference, Finding
from mcpscan.policy import Policy, severest
from mcpscan.rule import ChangeRule, Drift, Hit
from mcpscan.rules._drift_text import came
from mcpscan.surface import Kind, Passage, Reach, Surface
from mcpscan.text import visible

TYPO = 5
"""Letters gone and come, together, in a text that differs by a typo."""

_KEYWORDS = {
    "$schema": "schema-dialect", "$id": "schema-dialect", "required": "required", "enum": "values", "const": "values",
    "default": "default", "type": "type", "annotations": "annotations", "icons": "icons", "_meta": "meta",
    "outputSchema": "output-schema", "execution": "meta", "title": "title", "examples": "examples",
    "additionalProperties": "members", "patternProperties": "members", "unevaluatedProperties": "members",
}  # fmt: skip
_BOUNDS = frozenset(
    {"maximum", "minimum", "maxLength", "minLength", "maxItems", "minItems", "pattern", "format", "exclusiveMaximum",
     "exclusiveMinimum", "multipleOf", "uniqueItems", "minProperties", "maxProperties"}
)  # fmt: skip
_KINDS = {"tool": Kind.TOOL_DESCRIPTION, "prompt": Kind.PROMPT, "instructions": Kind.INSTRUCTIONS}


def fresh(drift: Drift, before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in a new document whose words the same part did not have before, under whatever name."""
    renamed = {visible(change.name): visible(change.was) for change in drift.changes if change.kind == "renamed"}
    before = tuple(before)
    known = {finding.fingerprint for finding in before} | {(f.rule, f.quote, f.owner) for f in before}
    return tuple(
        finding
        for finding in after
        if finding.fingerprint not in known
        and (finding.rule, finding.quote, renamed.get(finding.owner, finding.owner)) not in known
    )


def changed_mark(rule: ChangeRule, new: Surface, change: Change, hit: Hit) -> Mark:
    """The mark of a rule that objects to a change, on the text that stands there now."""
    text = change.after if isinstance(change.after, str) else ""
    kind, base = _KINDS.get(change.family, Kind.RESOURCE), change.pointer.removesuffix(change.path)
    for passage in new.passages:
        if passage.pointer == change.pointer and not passage.in_key:
            return mark_of(rule, replace(passage, text=text or passage.text), hit)
    return mark_of(rule, Passage(change.pointer, kind, Reach.MODEL, text, change.name, base), hit)


def grade(policy: Policy, drift: Drift, findings: Iterable[Finding]) -> tuple[Difference, ...]:
    """Every change with its class, and the worst that a finding on it leads to."""
    findings = tuple(findings)
    return tuple(_graded(policy, change, findings) for change in drift.changes)


def _graded(policy: Policy, change: Change, findings: tuple[Finding, ...]) -> Difference:
    pointer = visible(change.pointer)
    mine = [f for f in findings if change.kind != "removed" and _is_at(f.pointer, pointer)]
    action = severest(policy, mine)
    worst = max(mine, key=lambda finding: (finding.severity.rank, finding.confidence.rank), default=None)
    reason = f"{worst.rule}: {worst.message}" if worst is not None and action is not Action.ALLOW else ""
    return Difference(
        kind=change.kind,
        family=change.family,
        name=visible(change.name),
        was=visible(change.was) if change.was != change.name else "",
        pointer=pointer,
        path=visible(change.path),
        before=shown(change.before),
        after=shown(change.after),
        label=label(change),
        grade=action,
        reason=reason,
    )


def new_texts(drift: Drift) -> Iterator[tuple[Change, str]]:
    """The sentences that came with each change, as one text."""
    for change in drift.changes:
        came_in = came(change) if change.kind != "removed" else ()
        parts = [part for _, part in came_in if " " in part or not part.isascii()]
        text = " ".join(parts)
        if len(text) >= _SENTENCE:
            yield change, text


_SENTENCE = 24


def _is_at(pointer: str, place: str) -> bool:
    return pointer == place or pointer.startswith(place + "/")


def shown(value: object) -> object:
    """A JSON value whose strings have everything unseen written as an escape."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {visible(str(name)): shown(entry) for name, entry in value.items()}
    return [shown(entry) for entry in value] if isinstance(value, list) else value


def label(change: Change) -> str:
    """The class of a change, in a word or two.

    >>> label(Change("changed", "tool", "t", "/tools/0/description", "/description", "Finds boxs.", "Finds boxes."))
    'typo'
    """
    if change.kind != "changed":
        return f"{change.kind}-{change.family}"
    steps = [step for step in change.path.split("/") if step and not step.isdigit()]
    if "properties" in steps[:-1] and steps[-2] == "properties" and (change.before is None or change.after is None):
        return "added-parameter" if change.before is None else "removed-parameter"
    for step in (*steps[:1], *steps[-2:]):
        if step in _KEYWORDS and not (step == "title" and len(steps) > 1 and steps[-2] == "properties"):
            return _KEYWORDS[step]
    if steps and steps[-1] in _BOUNDS:
        return "bounds"
    if isinstance(change.before, str) and isinstance(change.after, str):
        return _rewritten(change.before, change.after)
    return "added-text" if change.before is None else "removed-text" if change.after is None else "structure"


def _rewritten(before: str, after: str) -> str:
    one, two = (re.sub(r"[\W_]+", "", text).lower() for text in (before, after))
    if one == two:
        return "formatting"
    if len(before) + len(after) < 4_000:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        kept = sum(block.size for block in matcher.get_matching_blocks())
        if len(before) + len(after) - 2 * kept <= TYPO:
            return "typo"
    return "extended" if one in two else "shortened" if two in one else "rewording"
