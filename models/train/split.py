"""Which rows training must not see: whole fields, families, servers and sources, and nothing nearly the same."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable

import numpy as np

from models.train.rows import Row

LEFT_OUT = frozenset({"rating-or-summary", "unsafe-default"})
"""Families of attacks that a training to be measured never sees."""

SHARE, OWN_SHARE = 12, 40
"""How many of a hundred keys are held out; more of the project's own cases, as they are measured as whole documents."""

SHINGLE = 6
BANDS, DEEP = 6, 5


def held_out(key: str, share: int = SHARE) -> bool:
    """Whether a key belongs to validation: decided by its digest, so it never changes."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 100 < share


def assigned(rows: Iterable[Row], left_out: frozenset[str] = LEFT_OUT) -> list[Row]:
    """Rows with their split: train, val, or family for attacks of the families left out.

    The phrases say the same in many languages, so they tell nothing about unseen sentences: all are trained on.
    """
    found = []
    for row in rows:
        split = "val" if held_out(row.key, OWN_SHARE if row.source == "own" else SHARE) else "train"
        if row.source == "phrases":
            split = "train"
        if row.steer and row.kind == "written" and row.family in left_out:
            split = "family"
        found.append(row.but(split=split))
    return found


def bands(text: str) -> list[tuple[int, int]]:
    """What two nearly equal texts have in common: the bands of a MinHash over runs of characters."""
    plain = " ".join(text.lower().split())[:700]
    marks = {zlib.crc32(plain[at : at + SHINGLE].encode()) for at in range(max(1, len(plain) - SHINGLE + 1))}
    values = np.array(sorted(marks), dtype=np.uint64)
    seeds = np.random.default_rng(7).integers(1 << 62, 1 << 63, size=BANDS * DEEP, dtype=np.uint64) | np.uint64(1)
    mixed = values[:, None] * seeds
    least = (mixed ^ (mixed >> np.uint64(29))).min(axis=0).reshape(BANDS, DEEP)
    return [(at, hash(tuple(int(value) for value in band))) for at, band in enumerate(least)]


def apart(rows: list[Row]) -> list[Row]:
    """Rows without held-out ones that nearly repeat a training row, and without exact repetitions."""
    seen = {band for row in rows if row.split == "train" for band in bands(row.text)}
    texts: set[str] = set()
    kept = []
    for row in rows:
        if row.text in texts or (row.split != "train" and any(band in seen for band in bands(row.text))):
            continue
        texts.add(row.text)
        kept.append(row)
    return kept
