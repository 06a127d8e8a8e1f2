"""Candidates on equal rows for an equal time, and trainings that leave a group of sources out.

    python -m models.train.compare --rows OUT/rows.jsonl --kept OUT/kept.json --base e5-small-q4.bin --out DIR \
        --candidate e5-6 --leave-out bipia asb_opi --seconds 600

A source is left out by the start of its name; all of its rows are then measured and none is trained on.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from models.train import base, floor, minilm
from models.train.fit import Plan, examples, fit, scores
from models.train.measure import table
from models.train.network import Network, fresh
from models.train.rows import Row, load

LAYERS = {
    "e5-6": (0, 1, 2, 3, 4, 5),
    "e5-6-spread": (0, 2, 4, 6, 8, 11),
    "e5-12": tuple(range(12)),
    "static": (),
    "minilm": (0, 1, 2, 3, 4, 5),
}
MEASURED = 8_000


def apart(rows: list[Row], left_out: list[str]) -> tuple[list[Row], list[Row]]:
    """The rows to train on, and the rows to measure: held-out ones and all of the sources left out."""
    train, held = [], []
    for row in rows:
        out = any(row.source.startswith(name) for name in left_out)
        if row.split == "train" and not out:
            train.append(row)
        elif row.split != "whole":
            held.append(row.but(split="val") if out else row)
    return train, random.Random(0).sample(held, min(MEASURED, len(held)))  # noqa: S311 - a sample, not a secret


def network(given: argparse.Namespace) -> tuple[Network, Tokenizer]:
    """A candidate before training, and its tokenizer."""
    layers = LAYERS[given.candidate]
    if given.candidate == "minilm":
        return fresh(minilm.read(given.base), list(range(minilm.PIECES)), layers), minilm.tokenizer(given.tokenizer)
    encoder = base.read(given.base)
    kept = json.loads(given.kept.read_text())
    return fresh(encoder, kept, layers), base.tokenizer([encoder.pieces[at] for at in kept])


def main() -> None:
    """Train one candidate and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="e5-small-q4.bin, or model.safetensors of MiniLM")
    parser.add_argument("--kept", type=Path, help="kept.json of a run: the pieces of the e5 vocabulary in use")
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json of MiniLM")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--candidate", choices=[*LAYERS, "linear"], default="e5-6")
    parser.add_argument("--leave-out", nargs="*", default=[], help="sources by the start of their name")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    train, held = apart(load(given.rows), given.leave_out)
    print(f"{given.candidate} without {given.leave_out or 'nothing'}, seed {given.seed}: {len(train)} rows", flush=True)
    if given.candidate == "linear":
        print("\n".join(table(held, floor.scored(train, held, given.seed))))
        return
    made, tokenizer = network(given)
    fit(made, train + [row for row in held if row.form == "alone"][:2000], tokenizer, plan(given), given.out)
    whole = [row.but(span=(0, len(row.text)) if row.steer else None) for row in held]
    print("\n".join(table(held, scores(made, examples(whole, tokenizer)))))


def plan(given: argparse.Namespace) -> Plan:
    """How a candidate is trained: until the time is over."""
    return Plan(seconds=given.seconds, epochs=6, seed=given.seed, real=0.5)


if __name__ == "__main__":
    main()
