"""Measures a scanner on labelled rows: per source and kind, with intervals, at review and at block.

A row is a JSON object `{id, kind, label, text | manifest | result | message | old + new}`; any label other than
"benign" counts as an attack, and jailbreaks (attacks on a chat, not on an agent that reads tools) are kept apart.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mcpscan.engine import Scanner
from mcpscan.finding import Action, Report
from mcpscan.surface import Kind

KINDS = {
    "user_prompt": Kind.TOOL_RESULT,
    "system_prompt": Kind.TOOL_RESULT,
    "payload": Kind.TOOL_RESULT,
    "sentence": Kind.TOOL_DESCRIPTION,
}
"""Kinds of rows that no server sends, and what they are read as."""


class RowError(ValueError):
    """A row that cannot be scanned; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the scanner said of one row."""

    id: str
    source: str
    kind: str
    label: str
    action: Action
    risk: float
    rules: tuple[str, ...]
    millis: float

    def line(self) -> dict[str, Any]:
        """The row of a scores file."""
        return {
            "id": self.id,
            "action": self.action.value,
            "risk": self.risk,
            "rules": list(self.rules),
            "millis": round(self.millis, 3),
        }


def scan_row(scanner: Scanner, row: dict[str, Any]) -> Report:
    """Scan one row the way its kind says. Raises `RowError` for a row without anything to scan."""
    if "manifest" in row:
        return scanner.scan_manifest(row["manifest"])
    if "result" in row:
        return scanner.scan_result(row["result"])
    if "message" in row:
        return scanner.scan_message(row["message"])
    if "old" in row and "new" in row:
        return scanner.scan_change(row["old"], row["new"])
    text = row.get("text")
    if not isinstance(text, str):
        raise RowError(f"row {row.get('id', '?')!r} has none of text, manifest, result, message, old and new")
    kind = str(row.get("kind", ""))
    if kind == "tool_schema":
        return scanner.scan_manifest(text.encode("utf-8", "replace"))
    try:
        return scanner.scan_text(text, KINDS.get(kind, kind))
    except ValueError as problem:
        raise RowError(f"row {row.get('id', '?')!r}: unknown kind {kind!r}") from problem


def outcomes(scanner: Scanner, rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Outcome]:
    """Scan rows, given with the name of the file each came from."""
    for file, row in rows:
        start = time.perf_counter()
        report = scan_row(scanner, row)
        millis = (time.perf_counter() - start) * 1000
        yield Outcome(
            id=str(row.get("id", "")),
            source=str(row.get("source", file)),
            kind=str(row.get("kind", "")),
            label=str(row.get("label", "")),
            action=report.verdict.action,
            risk=report.risk,
            rules=tuple(sorted({finding.rule for finding in report.findings})),
            millis=millis,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of a total, with the Wilson score interval (Wilson 1927) at 95 %."""

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 for an empty total."""
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds between which the true share lies in 95 % of samples."""
        if not self.total:
            return 0.0, 1.0
        z = 1.959964
        middle = self.value + z * z / (2 * self.total)
        spread = z * math.sqrt(self.value * (1 - self.value) / self.total + z * z / (4 * self.total**2))
        scale = 1 + z * z / self.total
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    def json(self) -> dict[str, Any]:
        """The share as plain values."""
        low, high = self.interval
        return {"count": self.count, "total": self.total, "share": self.value, "low": low, "high": high}


def share(rows: Sequence[Outcome], action: Action) -> Share:
    """How many of some rows led at least to an action."""
    return Share(sum(row.action.rank >= action.rank for row in rows), len(rows))


def auc(benign: Sequence[float], attack: Sequence[float]) -> float | None:
    """The area under the ROC curve: how often an attack's risk exceeds a benign text's, ties counted half."""
    if not benign or not attack:
        return None
    ranked = sorted([(risk, 0) for risk in benign] + [(risk, 1) for risk in attack])
    total = 0.0
    start = 0
    while start < len(ranked):
        stop = start
        while stop < len(ranked) and ranked[stop][0] == ranked[start][0]:
            stop += 1
        total += sum(label for _, label in ranked[start:stop]) * (start + stop + 1) / 2
        start = stop
    return (total - len(attack) * (len(attack) + 1) / 2) / (len(benign) * len(attack))


def recall_at(benign: Sequence[float], attack: Sequence[float], rate: float) -> float | None:
    """The share of attacks above the lowest threshold that at most `rate` of the benign texts exceed."""
    if not benign or not attack:
        return None
    allowed = int(rate * len(benign))
    threshold = sorted(benign, reverse=True)[allowed] if allowed < len(benign) else -1.0
    return sum(risk > threshold for risk in attack) / len(attack)


@dataclass(frozen=True, slots=True)
class Group:
    """The outcomes of one source and kind, or of all rows of a kind."""

    source: str
    kind: str
    benign: tuple[Outcome, ...]
    attack: tuple[Outcome, ...]

    def json(self) -> dict[str, Any]:
        """The figures of the group as plain values."""
        calm, bad = [row.risk for row in self.benign], [row.risk for row in self.attack]
        return {
            "source": self.source,
            "kind": self.kind,
            "benign": len(self.benign),
            "attacks": len(self.attack),
            "false_positives": {a.value: share(self.benign, a).json() for a in (Action.REVIEW, Action.BLOCK)},
            "recall": {a.value: share(self.attack, a).json() for a in (Action.REVIEW, Action.BLOCK)},
            "auc": auc(calm, bad),
            "tpr_at_fpr_1pct": recall_at(calm, bad, 0.01),
            "tpr_at_fpr_0.1pct": recall_at(calm, bad, 0.001),
        }


def groups(rows: Sequence[Outcome]) -> list[Group]:
    """The rows by source and kind, then by kind over all sources, then all together. Jailbreaks are left out."""
    rows = [row for row in rows if row.label != "jailbreak"]
    keys = sorted({(row.source, row.kind) for row in rows})
    made = [_group(source, kind, rows) for source, kind in keys]
    if len(keys) > 1:
        made += [_group("*", kind, rows) for kind in sorted({row.kind for row in rows})]
        made.append(_group("*", "*", rows))
    return made


def _group(source: str, kind: str, rows: Sequence[Outcome]) -> Group:
    mine = [row for row in rows if source in {"*", row.source} and kind in {"*", row.kind}]
    return Group(
        source, kind,
        tuple(row for row in mine if row.label == "benign"),
        tuple(row for row in mine if row.label != "benign"),
    )  # fmt: skip


def read_rows(text: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a JSON Lines text. Raises `RowError` for a line that is no JSON object."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as problem:
            raise RowError(f"{name}:{number}: not JSON: {problem}") from problem
        if not isinstance(row, dict):
            raise RowError(f"{name}:{number}: a row is a JSON object")
        yield name, row
