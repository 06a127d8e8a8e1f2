"""Logits to probabilities, and the probabilities at which to speak up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.train.measure import threshold
from models.train.rows import CONTENT, DEFINITION, Row

REVIEW = {DEFINITION: 0.004, CONTENT: 0.01}
"""The share of honest documents that may be sent to review."""

BLOCK = 0.001


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


def thresholds(rows: Sequence[Row], logits: np.ndarray, scale: float, bias: float) -> dict[str, dict[str, float]]:
    """Per group, the probabilities for review and block, from honest documents scored by their worst window."""
    found = {}
    for group in (DEFINITION, CONTENT):
        honest = logits[[at for at, row in enumerate(rows) if row.group == group and not row.steer]]
        review, block = threshold(honest, REVIEW[group]), threshold(honest, BLOCK)
        found[group] = {
            "review": round(float(sigmoid(np.array(scale * review + bias))), 5),
            "block": round(float(sigmoid(np.array(scale * max(block, review) + bias))), 5),
        }
    return found
