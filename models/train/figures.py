"""Pictures of how good the shipped files are: ROC on a logarithmic axis, calibration, false alarms by length.

    python -m models.train.figures --model models/mcpscan_models/injection --rows OUT/rows.jsonl --out docs/benchmarks

Needs matplotlib. Held-out rows only.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from typing import Any

import numpy as np

from models.train.evaluate import Model, opened
from models.train.measure import wilson
from models.train.rows import CONTENT, DEFINITION, Row, load

LENGTHS = (0, 40, 80, 160, 320, 640, 1280, 4001)


def roc(axes: Any, rows: list[Row], chance: np.ndarray) -> None:
    """Recall of held-out written attacks against false alarms, on real text and on honest texts written to tempt."""
    steer = np.array([row.steer for row in rows])
    written = np.array([row.kind == "written" for row in rows])
    group = np.array([row.group for row in rows])
    for name, line in ((DEFINITION, "-"), (CONTENT, "--")):
        attacks = np.sort(chance[(steer == 1) & written & (group == name)])
        for label, kind, color in (("real text", ~written, "C0"), ("hard negatives", written, "C3")):
            honest = np.sort(chance[(steer == 0) & kind & (group == name)])[::-1]
            shares = np.arange(1, len(honest) + 1) / len(honest)
            recall = 1 - np.searchsorted(attacks, honest, "right") / len(attacks)
            axes.plot(shares, recall, line, color=color, label=f"{name}, {label} ({len(honest)})")
    axes.set(xscale="log", xlim=(1e-3, 1), ylim=(0, 1), xlabel="false alarms", ylabel="attacks found", title="ROC")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=7)


def calibration(axes: Any, rows: list[Row], chance: np.ndarray) -> None:
    """How often a text that scores so high is an attack, in ten bins."""
    steer = np.array([row.steer for row in rows if row.kind == "written"])
    mine = chance[[row.kind == "written" for row in rows]]
    bins = np.clip((mine * 10).astype(int), 0, 9)
    middles = [mine[bins == at].mean() if (bins == at).any() else np.nan for at in range(10)]
    shares = [steer[bins == at].mean() if (bins == at).any() else np.nan for at in range(10)]
    axes.plot([0, 1], [0, 1], color="grey", lw=1)
    axes.plot(middles, shares, "o-")
    axes.set(xlabel="calibrated probability", ylabel="share of attacks", title="Calibration (held-out written texts)")
    axes.grid(alpha=0.3)


def by_length(axes: Any, rows: list[Row], review: np.ndarray) -> None:
    """False alarms on real honest text by its length, with 95 % intervals."""
    found = []
    for low, high in itertools.pairwise(LENGTHS):
        some = [
            bool(hit)
            for row, hit in zip(rows, review, strict=True)
            if row.kind != "written" and not row.steer and low <= len(row.text) < high
        ]
        found.append((f"{low}-{high - 1}\n{len(some)}", sum(some), len(some)))
    shares = [hits / max(1, of) for _, hits, of in found]
    bounds = [wilson(hits, of) for _, hits, of in found]
    errors = [
        [s - b[0] for s, b in zip(shares, bounds, strict=True)],
        [b[1] - s for s, b in zip(shares, bounds, strict=True)],
    ]
    axes.bar([name for name, _, _ in found], shares, yerr=np.clip(errors, 0, 1), color="C1")
    axes.set(
        xlabel="characters, and number of texts", ylabel="sent to review", title="False alarms on real text by length"
    )
    axes.tick_params(axis="x", labelsize=7)


def draw(model: Model, rows: list[Row], out: Path) -> None:
    """Write `classifier.png`."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    chance = np.array([model.probability(model.logit(row.text)) for row in rows])
    review = np.array([model.config["thresholds"][row.group]["review"] for row in rows]) <= chance
    picture, (one, two, three) = plt.subplots(1, 3, figsize=(17, 5))
    held = [at for at, row in enumerate(rows) if row.split == "val"]
    roc(one, [rows[at] for at in held], chance[held])
    calibration(two, [rows[at] for at in held], chance[held])
    by_length(three, rows, review)
    picture.tight_layout()
    out.mkdir(parents=True, exist_ok=True)
    picture.savefig(out / "classifier.png", dpi=110)


def main() -> None:
    """Draw it."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "rows", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    rows = [row for row in load(given.rows) if row.split in {"val", "whole"} and "+" not in row.form]
    draw(opened(given.model), rows, given.out)


if __name__ == "__main__":
    main()
