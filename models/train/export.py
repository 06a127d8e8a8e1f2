"""From a trained network to the files that ship: one ONNX graph in int8, a tokenizer, a configuration."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from models.train.lean import Lean

OUTPUTS = ("steer", "about", "tokens")
LENGTH = 0.6
"""How much a logit is lowered for each doubling of the number of windows: at equal false alarms on real documents that
finds a third more of the attacks in short texts than one threshold for all lengths."""

SMALLEST = 100_000
"""Weights with fewer values stay in float: they are the heads."""


def export(network: Lean, path: Path) -> None:
    """Write the network as a float graph."""
    network.eval()
    ids = torch.tensor([[0, 5, 6, 7, 2]])
    axes = {name: {0: "batch", 1: "length"} for name in ("input_ids", "tokens")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (ids,),
            str(path),
            input_names=["input_ids"],
            output_names=list(OUTPUTS),
            dynamic_axes={**axes, "steer": {0: "batch"}, "about": {0: "batch"}},
            opset_version=17,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )


def quantize(source: Path, target: Path, *, narrow: bool) -> None:
    """Write the graph with int8 weights per channel; `narrow` leaves a bit free for processors without VNNI."""
    graph = onnx.load(str(source)).graph
    sizes = {value.name: int(np.prod(value.dims)) for value in graph.initializer}
    small = [
        node.name for node in graph.node if node.op_type == "MatMul" and sizes.get(node.input[1], SMALLEST) < SMALLEST
    ]
    quantize_dynamic(
        str(source),
        str(target),
        per_channel=True,
        reduce_range=narrow,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=small,
    )


def optimize(source: Path, target: Path) -> None:
    """Do once what onnxruntime would do at every load. The fused skip and norm is left out: it is slower."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(
        str(source), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def session(path: Path) -> onnxruntime.InferenceSession:
    """The graph on one thread and as it stands, the way it runs where it is used."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def scored(run: onnxruntime.InferenceSession, ids: list[int]) -> tuple[float, float, np.ndarray]:
    """The three outputs for one window, without padding."""
    steer, about, tokens = run.run(list(OUTPUTS), {"input_ids": np.array([ids], dtype=np.int64)})
    return float(steer[0]), float(about[0]), tokens[0]


def windows(tokenizer: Tokenizer, text: str, window: int = 192, overlap: int = 64) -> list[list[int]]:
    """The ids of a text in windows that overlap, each with its first and last token."""
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    inner = window - 2
    starts = range(0, max(1, len(ids) - overlap), inner - overlap)
    return [[0, *ids[start : start + inner], 2] for start in starts]


def document(run: onnxruntime.InferenceSession, parts: list[list[int]]) -> float:
    """The logit of a document: its highest window's, lowered with the number of windows it could have come from."""
    return max(scored(run, ids)[0] for ids in parts) - LENGTH * math.log2(len(parts))


def ship(out: Path, folder: Path, config: dict[str, object]) -> None:
    """Copy graph and tokenizer into the package's folder and write the configuration with their digests."""
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copyfile(out / name, folder / name)
        digests[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    text = json.dumps({**config, "sha256": digests}, indent=2)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")
