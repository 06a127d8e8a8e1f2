"""The project's own cases in raw MCP JSON, as texts: what an attack has and its honest twin has not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from mcpscan.drift import changes
from mcpscan.engine.change import new_texts
from mcpscan.rule import Drift
from mcpscan.surface import CONTENT as CONTENT_KINDS
from mcpscan.surface import Passage, read
from models.train.carrier import BREAK
from models.train.rows import CONTENT, DEFINITION, Row, lines

FOLDERS = ("poisoned", "benign", "results", "misses")
UNSEEN = frozenset({"hidden-unicode", "encoded"})
"""Families whose attack is not in the letters: they are decoded before a model reads them."""


def cases(corpora: Path) -> list[Row]:
    """One row for the text of each attack, and rows for the texts of honest cases."""
    raws = [raw for folder in FOLDERS for path in sorted((corpora / folder).glob("*.jsonl")) for raw in lines(path)]
    named = {raw["id"]: raw for raw in raws}
    found: list[Row] = []
    for raw in raws:
        if raw["label"] == "injection" and raw["family"] in UNSEEN:
            continue
        key = key_of(raw)
        found += _attack(raw, named, key) if raw["label"] == "injection" else _honest(raw, key)
    return found


def key_of(raw: dict[str, Any]) -> str:
    """What a case and its twin share."""
    return min(raw["id"].split("-", 1)[-1], str(raw.get("twin", "~")).split("-", 1)[-1])


def _passages(raw: dict[str, Any] | None) -> list[Passage]:
    document = next((raw[name] for name in ("manifest", "result", "message", "new") if name in raw), {}) if raw else {}
    return [passage for passage in read(document).passages if len(passage.text) > 2 and not passage.in_key]


def _attack(raw: dict[str, Any], named: dict[str, dict[str, Any]], key: str) -> list[Row]:
    twin = named.get(raw.get("twin", ""))
    other = {passage.text for passage in _passages(twin)}
    fresh = [passage for passage in _passages(raw) if passage.text not in other]
    fresh = [passage for passage in fresh if passage.slot not in {"version", "type"}]
    if len(fresh) > 1:
        fresh = [passage for passage in fresh if passage.slot not in {"name", "title"}] or fresh
    if len(fresh) != 1 or (not twin and len(fresh[0].text) > 400):
        return []
    text = fresh[0].text
    return [_row(raw, fresh[0], key).but(steer=1, span=_span(text, "\n".join(other)))]


def _span(text: str, other: str) -> tuple[int, int]:
    """From the first to the last sentence that the twin has not."""
    cuts = [0, *(match.end() for match in BREAK.finditer(text)), len(text)]
    parts = [
        (low, high) for low, high in pairwise(cuts) if text[low:high].strip() and text[low:high].strip() not in other
    ]
    return (parts[0][0], parts[-1][1]) if parts else (0, len(text))


def _honest(raw: dict[str, Any], key: str) -> list[Row]:
    return [_row(raw, passage, key) for passage in _passages(raw) if len(passage.text) > 25]


def _row(raw: dict[str, Any], passage: Passage, key: str) -> Row:
    return Row(
        text=passage.text,
        steer=0,
        key=f"own/{key}",
        source="own",
        group=CONTENT if passage.kind in CONTENT_KINDS else DEFINITION,
        slot=passage.slot or passage.kind.value,
        family=raw["family"],
        difficulty=raw["difficulty"] if raw["label"] == "injection" else "hard",
        lang=raw["lang"],
        kind="written",
    )


def honest_changes(path: Path) -> list[list[str]]:
    """For each honest pair of an old and a new definition, the texts that came with a change."""
    found = []
    for raw in lines(path):
        old, new = read(raw["old"]), read(raw["new"])
        found.append([text for _, text in new_texts(Drift(old, new, changes(old, new)))])
    return found
