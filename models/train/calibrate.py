"""Logits to probabilities, and the probabilities at which to speak up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.train.measure import threshold
from models.train.rows import CONTENT, DEFINITION, Row

Scored = Sequence[tuple[Row, float]]
"""Rows with their logits."""

REVIEW = {DEFINITION: 0.004, CONTENT: 0.008}
"""The share of real honest documents that may be sent to review."""

BLOCK = 0.001
"""The share of them that may be blocked."""

HARD, HARD_BLOCK = 0.08, 0.004
"""The same of honest texts written to tempt, most of which differ from an attack in one clause."""

CHANGED = 0.02
"""The share of honest changes of a definition that may be sent to review."""


def sigmoid(values: np.ndarray) -> np.ndarray:
    """The logistic function."""
    return 1 / (1 + np.exp(-values))


def platt(logits: np.ndarray, labels: np.ndarray, rounds: int = 50) -> tuple[float, float]:
    """Scale and bias that make `sigmoid(scale * logit + bias)` a probability, both labels of equal weight."""
    weight = np.where(labels > 0, 0.5 / max(1, labels.sum()), 0.5 / max(1, (1 - labels).sum()))
    design = np.stack([logits, np.ones_like(logits)], axis=1).astype(np.float64)
    found = np.array([1.0, 0.0])
    for _ in range(rounds):
        guess = sigmoid(design @ found)
        slope = design.T @ (weight * (guess - labels))
        bend = (design * (weight * guess * (1 - guess))[:, None]).T @ design + 1e-6 * np.eye(2)
        found -= np.linalg.solve(bend, slope)
    return float(found[0]), float(found[1])


def thresholds(real: Scored, hard: Scored, scale: float, bias: float) -> dict[str, dict[str, float]]:
    """Per group, the probabilities for review and block.

    `real` are honest documents with the logit of their worst window, `hard` honest texts that tempt: neither may exceed
    its share.
    """
    found = {}
    for group in (DEFINITION, CONTENT):
        mine, theirs = (np.array([logit for row, logit in some if row.group == group]) for some in (real, hard))
        review = max(threshold(mine, REVIEW[group]), threshold(theirs, HARD))
        block = max(threshold(mine, BLOCK), threshold(theirs, HARD_BLOCK), review)
        found[group] = {"review": _chance(review, scale, bias), "block": _chance(block, scale, bias)}
    return found


def changed(logits: np.ndarray, scale: float, bias: float) -> dict[str, float]:
    """The probability from which on what came with a change is reviewed, from honest changes; a model alone blocks none."""
    return {"review": _chance(threshold(logits, CHANGED), scale, bias), "block": 1.0}


def _chance(logit: float, scale: float, bias: float) -> float:
    return round(float(sigmoid(np.array(scale * logit + bias))), 5)
