"""Training: a time limit, checkpoints to go on from, and figures on held-out texts along the way."""

from __future__ import annotations

import json
import random
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from models.train.measure import table
from models.train.network import Network
from models.train.rows import Row

LONGEST = 192


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    seconds: float
    epochs: float = 3.0
    batch: int = 32
    rate: float = 1.5e-4
    seed: int = 0
    real: float = 0.6
    """How many of the real honest rows each epoch sees."""
    frozen: int = 2
    """How many of the lowest layers stay as they came."""


@dataclass(frozen=True, slots=True)
class Example:
    """A row as numbers."""

    ids: np.ndarray
    where: np.ndarray
    steer: int
    about: int
    written: bool
    pair: int
    """What an attack and its honest twin share, 0 for a row of no pair."""


def examples(rows: list[Row], tokenizer: Tokenizer) -> list[Example]:
    """Rows as numbers; a row whose attack lies behind the cut is left out."""
    found = []
    for start in range(0, len(rows), 2000):
        part = rows[start : start + 2000]
        for row, encoding in zip(part, tokenizer.encode_batch([row.text for row in part]), strict=True):
            low, high = row.span or (0, 0)
            where = [int(begin < high and end > low and end > begin) for begin, end in encoding.offsets][:LONGEST]
            if row.steer and not any(where):
                continue
            ids = np.array(encoding.ids[:LONGEST], dtype=np.int64)
            marks = np.array(where, dtype=np.float32)
            pair = zlib.crc32(row.pair.encode()) if row.pair else 0
            found.append(Example(ids, marks, row.steer, row.about, row.kind == "written", pair))
    return found


def batches(data: list[Example], plan: Plan, epoch: int) -> Iterator[list[Example]]:
    """Batches of about one length each, in random order."""
    rng = random.Random(plan.seed * 1000 + epoch)  # noqa: S311 - an order, not a secret
    chosen = [one for one in data if one.written or one.steer or rng.random() < plan.real]
    units = _units(chosen)
    rng.shuffle(units)
    found, most = [], plan.batch * 50
    flat = [one for unit in units for one in unit]
    for start in range(0, len(flat), most):
        part = _units(flat[start : start + most])
        part.sort(key=lambda unit: len(unit[0].ids))
        row = [one for unit in part for one in unit]
        found += [row[at : at + plan.batch] for at in range(0, len(row), plan.batch)]
    rng.shuffle(found)
    yield from found


def _units(data: Iterable[Example]) -> list[list[Example]]:
    """The rows of a pair together, the others alone."""
    pairs: dict[int, list[Example]] = {}
    found = []
    for one in data:
        known = pairs.get(one.pair) if one.pair else None
        if known is not None:
            known.append(one)
            continue
        unit = [one]
        found.append(unit)
        if one.pair:
            pairs[one.pair] = unit
    return found


def padded(part: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and token labels of a batch."""
    longest = max(len(one.ids) for one in part)
    ids = torch.ones(len(part), longest, dtype=torch.int64)
    mask = torch.zeros(len(part), longest, dtype=torch.int64)
    where = torch.zeros(len(part), longest)
    for at, one in enumerate(part):
        ids[at, : len(one.ids)] = torch.from_numpy(one.ids)
        mask[at, : len(one.ids)] = 1
        where[at, : len(one.ids)] = torch.from_numpy(one.where)
    return ids, mask, where


def loss(network: Network, part: list[Example]) -> Tensor:
    """Smoothed cross-entropy of the heads, a pull on confident honest texts, and order between the two."""
    ids, mask, where = padded(part)
    steer = torch.tensor([float(one.steer) for one in part])
    about = torch.tensor([float(one.about) for one in part])
    with torch.autocast("cpu", torch.bfloat16):
        main, other, tokens = network(ids, mask)
    entropy = functional.binary_cross_entropy_with_logits
    total = entropy(main, steer * 0.94 + 0.03) + 0.3 * entropy(other, about * 0.94 + 0.03)
    total = total + 0.3 * entropy(tokens, where, weight=mask.float(), reduction="sum") / mask.sum()
    good, bad = main[steer == 0], main[steer == 1]
    if len(good) and len(bad):
        total = total + 0.05 * functional.relu(good + 1.5).square().mean()
        highest = good.topk(min(4, len(good))).values
        total = total + 0.15 * functional.softplus(highest[None, :] - bad[:, None] + 1.0).mean()
        total = total + 0.3 * _twins(main, steer, torch.tensor([one.pair for one in part]))
    return total


def _twins(main: Tensor, steer: Tensor, pair: Tensor) -> Tensor:
    """How far an attack is from standing above its own honest twin by a margin."""
    good, bad = steer == 0, steer == 1
    same = (pair[good][None, :] == pair[bad][:, None]) & (pair[bad][:, None] != 0)
    if not same.any():
        return main.sum() * 0
    return functional.softplus(main[good][None, :] - main[bad][:, None] + 2.0)[same].mean()


@torch.inference_mode()
def scores(network: Network, data: list[Example], head: int = 0) -> np.ndarray:
    """The logit of each example."""
    network.eval()
    order = sorted(range(len(data)), key=lambda at: len(data[at].ids))
    found = np.zeros(len(data), dtype=np.float32)
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        ids, mask, _ = padded([data[at] for at in part])
        with torch.autocast("cpu", torch.bfloat16):
            found[part] = network(ids, mask)[head].numpy()
    network.train()
    return found


def fit(network: Network, rows: list[Row], tokenizer: Tokenizer, plan: Plan, out: Path) -> Network:
    """Train until the epochs or the seconds are over; goes on from a checkpoint in `out`."""
    torch.manual_seed(plan.seed)
    data = examples([row for row in rows if row.split == "train"], tokenizer)
    held = [row for row in rows if row.split != "train"]
    per = sum(1 for _ in batches(data, plan, 0))
    steps = int(per * plan.epochs)
    heads = [
        parameter for name, parameter in network.named_parameters() if not name.startswith(("layers", "places", "norm"))
    ]
    body = [parameter for name, parameter in network.named_parameters() if name.startswith(("layers", "norm"))]
    for part in (network.norm, *network.layers[: plan.frozen]):
        part.requires_grad_(requires_grad=False)
    network.places.requires_grad_(requires_grad=False)
    groups = [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.rate * 5}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    bases = [group["lr"] for group in optimizer.param_groups]
    step, spent = _resume(network, optimizer, out)
    print(f"{len(data)} rows, {steps} steps", flush=True)
    start, total = time.monotonic() - spent, 0.0
    while step < steps and time.monotonic() - start < plan.seconds:
        for at, part in enumerate(batches(data, plan, step // per)):
            done = max(step / steps, (time.monotonic() - start) / plan.seconds)
            if at < step % per:
                continue
            if done >= 1:
                break
            for group, rate in zip(optimizer.param_groups, bases, strict=True):
                group["lr"] = rate * min(1.0, (step + 1) / 150) * max(0.0, 1 - done)
            value = loss(network, part)
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total, step = total + value.item(), step + 1
            if step % 100 == 0:
                print(
                    json.dumps(
                        {"step": step, "loss": round(total / 100, 4), "seconds": round(time.monotonic() - start)}
                    ),
                    flush=True,
                )
                total = 0.0
            if step % 500 == 0:
                _checkpoint(network, optimizer, step, time.monotonic() - start, out)
                _report(held, network, tokenizer)
    torch.save(network.state_dict(), out / "final.pt")
    return network


def _checkpoint(network: Network, optimizer: torch.optim.Optimizer, step: int, spent: float, out: Path) -> None:
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent}
    torch.save(state, out / "going.pt.new")
    (out / "going.pt.new").replace(out / "going.pt")


def _resume(network: Network, optimizer: torch.optim.Optimizer, out: Path) -> tuple[int, float]:
    if not (out / "going.pt").exists():
        return 0, 0.0
    state = torch.load(out / "going.pt", weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return state["step"], state["spent"]


def _report(rows: list[Row], network: Network, tokenizer: Tokenizer) -> None:
    kept = [row for at, row in enumerate(rows) if row.form == "alone" and (row.kind == "written" or at % 4 == 0)]
    data = examples([row.but(span=(0, len(row.text)) if row.steer else None) for row in kept], tokenizer)
    print("\n".join(table(kept, scores(network, data))[:12]), flush=True)
