"""Figures at few false alarms: recall at a share of false alarms, apart by slices."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from models.train.rows import Row

POINTS = (0.001, 0.01, 0.02, 0.05)


def threshold(negatives: np.ndarray, share: float) -> float:
    """The lowest score that at most a share of the negatives exceed."""
    if not len(negatives):
        return -math.inf
    ranked = np.sort(negatives)[::-1]
    return float(ranked[min(len(ranked) - 1, math.floor(share * len(ranked)))])


def recall(positives: np.ndarray, bound: float) -> float:
    """The share of positives above a bound."""
    return float((positives > bound).mean()) if len(positives) else math.nan


def wilson(hits: int, of: int) -> tuple[float, float]:
    """A 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    share, z = hits / of, 1.96
    mid = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, mid - half), min(1.0, mid + half)


def auc(positives: np.ndarray, negatives: np.ndarray) -> float:
    """How often a positive scores above a negative."""
    if not len(positives) or not len(negatives):
        return math.nan
    ranked = np.sort(negatives)
    below = np.searchsorted(ranked, positives, "left") + np.searchsorted(ranked, positives, "right")
    return float(below.mean() / (2 * len(ranked)))


def picked(scores: np.ndarray, places: list[int]) -> np.ndarray:
    """The scores at some places, of which there may be none."""
    return scores[np.array(places, dtype=np.int64)]


def slices(rows: Sequence[Row]) -> dict[str, Callable[[Row], bool]]:
    """What tables are split by."""
    levels = ("plain", "disguised", "subtle")
    found: dict[str, Callable[[Row], bool]] = {"all": lambda _: True}
    for group in ("definition", "content"):
        found[group] = lambda row, group=group: row.group == group  # type: ignore[misc]
        for level in levels:
            found[f"{group} {level}"] = lambda row, group=group, level=level: (  # type: ignore[misc]
                row.group == group and (not row.steer or row.difficulty == level)
            )
    found["English"] = lambda row: row.lang == "en"
    found["other languages"] = lambda row: row.lang != "en"
    for form in sorted({row.form.split("+")[0] for row in rows}):
        found[form] = lambda row, form=form: row.form.split("+")[0] == form  # type: ignore[misc]
    found["changed spelling"] = lambda row: "+" in row.form
    return found


def table(rows: Sequence[Row], scores: np.ndarray) -> list[str]:
    """Recall on held-out written attacks, against held-out hard negatives and against real honest text."""
    written = [at for at, row in enumerate(rows) if row.kind == "written" and row.split == "val"]
    honest = [at for at, row in enumerate(rows) if row.kind != "written" and not row.steer and row.split == "val"]
    real = np.array(honest, dtype=np.int64)
    lines = ["slice                 n+    n-   AUC | on hard negatives .1% 1% 2% 5% | on real text .1% 1% 2% 5%"]
    for name, inside in slices([rows[at] for at in written]).items():
        chosen = [at for at in written if inside(rows[at])]
        positives = picked(scores, [at for at in chosen if rows[at].steer])
        negatives = picked(scores, [at for at in chosen if not rows[at].steer])
        lines.append(f"{name:20s} {_figures(positives, negatives, scores[real])}")
    lines.append(f"{'families left out':20s} {_left_out(rows, scores, written, real)}")
    return lines + _sources(rows, scores, real)


def _figures(positives: np.ndarray, negatives: np.ndarray, real: np.ndarray) -> str:
    hard = " ".join(f"{recall(positives, threshold(negatives, point)):.2f}" for point in POINTS)
    wide = " ".join(f"{recall(positives, threshold(real, point)):.2f}" for point in POINTS)
    return f"{len(positives):5d} {len(negatives):5d}  {auc(positives, negatives):.3f} | {hard} | {wide}"


def _left_out(rows: Sequence[Row], scores: np.ndarray, written: Iterable[int], real: np.ndarray) -> str:
    positives = picked(scores, [at for at, row in enumerate(rows) if row.split == "family"])
    return _figures(positives, picked(scores, [at for at in written if not rows[at].steer]), scores[real])


def _sources(rows: Sequence[Row], scores: np.ndarray, real: np.ndarray) -> list[str]:
    """Public attacks by source, and false alarms of real text by kind, at the 1 % point of real text."""
    bound = threshold(scores[real], 0.01)
    found = [f"at 1 % of real text ({bound:.2f}):"]
    groups: dict[str, list[float]] = {}
    for row, score in zip(rows, scores, strict=True):
        if row.kind != "written" and (row.split in {"val", "orders"}):
            groups.setdefault(
                f"{'attack' if row.steer else row.split} {row.source if row.steer else row.kind}", []
            ).append(score)
    return found + [
        f"  {name:32s} {recall(np.array(some), bound):.3f} of {len(some)}" for name, some in sorted(groups.items())
    ]
