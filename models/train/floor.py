"""The floor: a linear model over hashed runs of characters and words, which the network must beat everywhere."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

import numpy as np

from models.train.rows import Row

SIZE = 1 << 20
WORD = re.compile(r"\w+")


def features(text: str) -> np.ndarray:
    """The buckets of a text's words, pairs of words, and runs of three to five characters."""
    plain = " ".join(text.lower().split())[:900]
    words = WORD.findall(plain)
    parts = words + [f"{one} {two}" for one, two in pairwise(words)]
    parts += [plain[at : at + size] for size in (3, 4, 5) for at in range(len(plain) - size + 1)]
    return np.unique(np.array([zlib.crc32(part.encode()) % SIZE for part in parts] or [0], dtype=np.int64))


def scored(train: list[Row], held: list[Row], seed: int = 0, epochs: int = 3) -> np.ndarray:
    """Logits of held-out rows after training with AdaGrad on the others, one text at a time."""
    weights, seen = np.zeros(SIZE), np.full(SIZE, 1e-8)
    found = [(features(row.text), row.steer) for row in train]
    order = np.random.default_rng(seed)
    for _ in range(epochs):
        for at in order.permutation(len(found)):
            buckets, label = found[at]
            norm = 1 / np.sqrt(len(buckets))
            score = weights[buckets].sum() * norm
            slope = (1 / (1 + np.exp(-score)) - (label * 0.94 + 0.03)) * norm
            seen[buckets] += slope * slope
            weights[buckets] -= 0.1 * slope / np.sqrt(seen[buckets])
    return np.array(
        [weights[buckets].sum() / np.sqrt(len(buckets)) for buckets in (features(row.text) for row in held)]
    )
