"""The network as it runs: one text at a time without padding, so no mask; one matrix for query, key and value.

Means the same as `network.Network`; the test compares the two.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn

from models.train.network import HEADS, WIDE, Layer, Network


class Attention(torch.autograd.Function):
    """Attention over heads, exported as the one operator that onnxruntime has for it."""

    @staticmethod
    def forward(_: Any, q: Tensor, k: Tensor, v: Tensor) -> Tensor:  # type: ignore[override]
        """Query, key and value, [batch, length, width] each, to what they mix to."""
        parts = [part.view(*part.shape[:2], HEADS, WIDE // HEADS).transpose(1, 2) for part in (q, k, v)]
        weights = (parts[0] @ parts[1].transpose(2, 3)) / math.sqrt(WIDE // HEADS)
        return (weights.softmax(-1) @ parts[2]).transpose(1, 2).reshape(q.shape)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any) -> Any:
        """The operator in the graph."""
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS).setType(q.type())


class LeanLayer(nn.Module):
    """An encoder layer with its query, key and value in one matrix."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDE, 3 * WIDE)
        self.qkv.weight.data = torch.cat([part.weight.data for part in (layer.q, layer.k, layer.v)])
        self.qkv.bias.data = torch.cat([part.bias.data for part in (layer.q, layer.k, layer.v)])
        self.ao, self.fi, self.fo, self.aln, self.oln = layer.ao, layer.fi, layer.fo, layer.aln, layer.oln

    def forward(self, x: Tensor) -> Tensor:
        """Hidden states to hidden states."""
        q, k, v = self.qkv(x).split(WIDE, -1)
        x = self.aln(x + self.ao(Attention.apply(q, k, v)))
        return self.oln(x + self.fo(nn.functional.gelu(self.fi(x))))  # type: ignore[no-any-return]


class Lean(nn.Module):
    """The whole network in that form."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.whole = network
        self.layers = nn.ModuleList(LeanLayer(layer) for layer in network.layers)  # type: ignore[arg-type]

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What the network says of texts of one length."""
        net = self.whole
        x = net.words[input_ids].to(torch.float32) * net.scales[input_ids]  # type: ignore[index]
        x = net.norm(x + net.places[: input_ids.shape[1]])
        for layer in self.layers:
            x = layer(x)
        look = net.look(x).squeeze(-1).softmax(-1)
        seen = torch.cat([x[:, 0], x.mean(1), (x * look[:, :, None]).sum(1)], -1)
        out = net.verdict(nn.functional.gelu(net.mix(seen)))
        return out[:, 0], out[:, 1], net.where(x).squeeze(-1)
