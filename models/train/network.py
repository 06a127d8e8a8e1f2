"""The network: some layers of a BERT encoder with frozen int8 word vectors, and three heads."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn

from models.train.base import Base

HEADS = 12
WIDE = 384
INNER = 1536
POSITIONS = 512


class Layer(nn.Module):
    """One encoder layer: attention and a feed-forward part, each added and normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDE, WIDE) for _ in range(4))
        self.fi, self.fo = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)
        self.aln, self.oln = nn.LayerNorm(WIDE, eps=1e-12), nn.LayerNorm(WIDE, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Hidden states to hidden states; `mask` is added to the attention's logits."""
        batch, length = x.shape[0], x.shape[1]
        q, k, v = (
            part(x).view(batch, length, HEADS, WIDE // HEADS).transpose(1, 2) for part in (self.q, self.k, self.v)
        )
        weights = (q @ k.transpose(2, 3)) / math.sqrt(WIDE // HEADS) + mask
        mixed = (weights.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, WIDE)
        x = self.aln(x + self.ao(mixed))
        return self.oln(x + self.fo(nn.functional.gelu(self.fi(x))))


class Network(nn.Module):
    """Token ids to three logits: steers, is about steering, and where."""

    def __init__(self, pieces: int, layers: int) -> None:
        super().__init__()
        self.register_buffer("words", torch.zeros(pieces, WIDE, dtype=torch.int8))
        self.register_buffer("scales", torch.zeros(pieces, 1))
        self.places = nn.Parameter(torch.zeros(POSITIONS, WIDE))
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(0.1)
        self.where = nn.Linear(WIDE, 1)
        self.look = nn.Linear(WIDE, 1)
        self.mix = nn.Linear(3 * WIDE, 256)
        self.verdict = nn.Linear(256, 2)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits: `steer` and `about` for each text, `tokens` for each of its tokens."""
        shown = attention_mask.to(torch.float32)
        x = self.words[input_ids].to(torch.float32) * self.scales[input_ids]
        x = self.norm(x + self.places[: input_ids.shape[1]])
        mask = (1.0 - shown)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        x = x.to(torch.float32)
        look = (self.look(x).squeeze(-1) + mask[:, 0, 0]).softmax(-1)
        mean = (x * shown[:, :, None]).sum(1) / shown.sum(1, keepdim=True)
        seen = torch.cat([x[:, 0], mean, (x * look[:, :, None]).sum(1)], -1)
        out = self.verdict(self.drop(nn.functional.gelu(self.mix(self.drop(seen))))).to(torch.float32)
        return out[:, 0], out[:, 1], self.where(x).squeeze(-1).to(torch.float32)


def fresh(base: Base, kept: list[int], layers: tuple[int, ...]) -> Network:
    """A network with some of the base's layers and pieces, and new heads."""
    network = Network(len(kept), len(layers))
    words = base.tensors["emb.word"].reshape(-1, WIDE)[kept]
    scales = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-6) / 127
    network.words.copy_(torch.from_numpy(np.round(words / scales).astype(np.int8)))
    network.scales.copy_(torch.from_numpy(scales))
    with torch.no_grad():
        places = base.tensors["emb.pos"].reshape(POSITIONS, WIDE) + base.tensors["emb.type"][:WIDE]
        network.places.copy_(torch.from_numpy(places))
        _fill(network.norm, base, "emb.ln")
        for layer, number in zip(network.layers, layers, strict=True):
            for name, part in layer.named_children():
                _fill(part, base, f"l{number}.{name}")
    return network


def _fill(part: nn.Module, base: Base, name: str) -> None:
    for ending, parameter in (("w", part.weight), ("b", part.bias)):
        values = base.tensors[f"{name}.{ending}"].copy()
        parameter.copy_(torch.from_numpy(values).view(parameter.shape))
