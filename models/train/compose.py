"""From texts and carriers to the rows a model is trained and measured on.

Every carrier stands clean, with an attack, and with a tempting honest text at a place of the same kind, so that neither
length nor container tells the label. Splits were made before: only texts of one split meet.
"""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from models.train import carrier, own
from models.train.augment import augmented
from models.train.carrier import Placed
from models.train.rows import CONTENT, DEFINITION, ORDERS, SHORT_SLOTS, Row, phrases, public, written
from models.train.split import LEFT_OUT, apart, assigned

MOST, LONG = 560, 640
"""Characters of a carrier, and of a text of our own: with what is put in, about 190 tokens."""

TAKEN = {
    "tool_description": 6500,
    "parameter": 4500,
    "tool_schema": 1800,
    "server_description": 1200,
    "tool_result": 5000,
    "document": 6500,
    "user_prompt": 2500,
    "system_prompt": 700,
}
"""Honest windows of each kind taken for training; a tenth of it for validation."""

WHOLE = {"tool_description": 900, "server_description": 300, "tool_result": 500, "document": 600}
"""Whole honest documents of each kind for the thresholds."""

ATTACKS = {"bipia": 450, "asb_opi": 300, "injecagent": 300, "cyberseceval_pi": 250, "deepset_prompt_injections": 120}
"""Public attacks taken for training: their wording is narrow."""


def compose(data: Path, corpora: Path, seed: int = 0, left_out: frozenset[str] = LEFT_OUT) -> list[Row]:
    """All rows, in an order of no meaning; attacks of the families `left_out` are for measuring only."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    ours = apart(
        assigned([*written(corpora / "written"), *phrases(corpora / "phrases"), *own.cases(corpora)], left_out)
    )
    theirs = apart(assigned(public(data)))
    ours = [part for row in ours for part in _short(row, rng)]
    inner, words = carrier.schema_texts(theirs)
    honest = _honest([row for row in theirs if not row.steer] + apart(inner), rng)
    attacks = [row for row in theirs if row.steer]
    rows = [*ours, *_seeds(attacks), *honest, *_public(attacks, rng), *_inserted(ours, honest, words, rng)]
    rows += _augmented(rows, rng)
    rng.shuffle(rows)
    rows += _whole(theirs, random.Random(seed))  # noqa: S311 - a sample, not a secret
    return rows


def _short(row: Row, rng: random.Random) -> list[Row]:
    """A long text of our own in parts that fit a window: the attack's, or all of an honest one."""
    if len(row.text) <= LONG:
        return [row]
    if row.span is None:
        return [row.but(text=part, pair="") for part in carrier.windows(row.text, LONG)][:4]
    placed = carrier.around(row.text, row.span, LONG, rng)
    return [row.but(text=placed.text, span=placed.span, pair="")] if placed else []


def _seeds(rows: list[Row]) -> list[Row]:
    return [row.but(kind="written", difficulty="disguised") for row in rows if row.source == "seed_written"]


def _honest(rows: list[Row], rng: random.Random) -> list[Row]:
    """Windows of honest text, each kind and source with its share."""
    kinds: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    found = []
    for row in rows:
        if row.source == "seed_written":
            found.append(row.but(kind="written", difficulty="hard"))
            continue
        parts = list(carrier.windows(row.text, rng.choice([150, 280, 620])))
        for part in rng.sample(parts, min(4, len(parts))):
            label = "orders" if row.source in ORDERS else row.split
            kinds[label, row.kind][row.source].append(row.but(text=part, split=label))
    for (split, kind), sources in kinds.items():
        amount = TAKEN[kind] if split == "train" else TAKEN[kind] // 3
        found += _shared(sources, amount, rng)
    return found


def _whole(rows: list[Row], rng: random.Random) -> list[Row]:
    """Held-out honest documents as they came, for thresholds: a long one has many windows to be wrong in."""
    kinds: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.split == "val" and not row.steer and row.kind in WHOLE and row.source not in ORDERS:
            kinds[row.kind][row.source].append(row.but(text=row.text[:4000], split="whole"))
    return [row for kind, sources in kinds.items() for row in _shared(sources, WHOLE[kind], rng)]


def _shared(sources: dict[str, list[Row]], amount: int, rng: random.Random) -> list[Row]:
    """`amount` rows, as evenly over the sources as they allow."""
    found: list[Row] = []
    for left, source in zip(
        range(len(sources), 0, -1), sorted(sources, key=lambda name: len(sources[name])), strict=True
    ):
        rows = sources[source]
        found += rng.sample(rows, min(len(rows), (amount - len(found)) // left))
    return found


def _public(rows: list[Row], rng: random.Random) -> list[Row]:
    found = []
    for source, amount in ATTACKS.items():
        for split, share in (("train", amount), ("val", amount // 3)):
            some = [row for row in rows if row.source == source and row.split == split]
            for row in rng.sample(some, min(share, len(some))):
                placed = carrier.around(row.text, row.span or (0, len(row.text)), 650, rng)
                if placed:
                    found.append(row.but(text=placed.text, span=placed.span, difficulty="public"))
    return found


def _inserted(ours: list[Row], honest: list[Row], words: dict[str, list[str]], rng: random.Random) -> list[Row]:
    """Written texts in real carriers and small containers; the two of a pair at the same place of the same one."""
    carriers: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in honest:
        if row.kind in {
            "tool_description",
            "server_description",
            "parameter",
            "tool_schema",
            "tool_result",
            "document",
        }:
            carriers[row.split, row.group].append(row)
    found = []
    for row in ours:
        split = "train" if row.split == "train" else "val"
        for turn in range(2):
            own = random.Random(f"{row.pair}/{turn}") if row.pair else rng  # noqa: S311 - a place, not a secret
            placed, clean = _placed(row, turn, carriers[split, row.group], words[split], own)
            form = "inserted" if clean else "wrapped"
            span = (placed.span[0] + row.span[0], placed.span[0] + row.span[1]) if row.span else None
            if span and placed.text[slice(*span)] != row.text[slice(*row.span or (0, 0))]:
                span = placed.span
            about = row.about or (clean.about if clean else 0)
            pair = row.pair and f"{row.pair}/{turn}"
            found.append(row.but(text=placed.text, span=span, form=form, about=about, pair=pair))
    return found


def _placed(
    row: Row, turn: int, carriers: list[Row], words: list[str], rng: random.Random
) -> tuple[Placed, Row | None]:
    if row.slot in SHORT_SLOTS and turn < 1:
        return carrier.listed(words, row.text, rng), None
    if row.group == CONTENT and turn == 0 and rng.random() < 0.75:
        return carrier.wrap(row.text, rng), None
    clean = rng.choice(carriers)
    most = max(60, min(rng.choice([100, 160, 240, MOST]), 760 - (len(row.text) // 60 + 1) * 60))
    return carrier.insert(next(carrier.windows(clean.text, most)), row.text, rng), clean


def _augmented(rows: list[Row], rng: random.Random) -> list[Row]:
    """A small share of the rows once more, written differently."""
    found = []
    for row in rows:
        if rng.random() < (0.06 if row.kind == "written" else 0.03):
            text, span = augmented(row.text, row.span, rng)
            found.append(row.but(text=text, span=span, form=f"{row.form}+changed", pair=""))
    return found


__all__ = ["CONTENT", "DEFINITION", "compose"]
