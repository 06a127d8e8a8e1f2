"""Evens out what goes into a matrix, so that eight bits hold it: loud channels are turned down and their weights up."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from models.train.lean import Lean


class Smoothed(nn.Module):
    """A linear layer that scales its input's channels first and means the same."""

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("turn", 1 / scale)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = linear.weight.data * scale
        self.linear.bias.data = linear.bias.data

    def forward(self, x: Tensor) -> Tensor:
        """What the layer gave before."""
        return self.linear(x * self.turn)


@torch.no_grad()
def smoothed(network: Lean, texts: Iterable[Tensor], strength: float = 0.9) -> None:
    """Replace the linear layers of the encoder, by how loud their inputs get on some texts' ids."""
    network.eval()
    loud: dict[nn.Module, Tensor] = {}

    def note(module: nn.Module, given: tuple[Tensor, ...]) -> None:
        most = given[0].abs().reshape(-1, given[0].shape[-1]).amax(0)
        loud[module] = torch.maximum(loud[module], most) if module in loud else most

    found = [(layer, name, part) for layer in network.layers for name, part in layer.named_children()]
    linear = [(layer, name, part) for layer, name, part in found if isinstance(part, nn.Linear)]
    hooks = [part.register_forward_pre_hook(note) for _, _, part in linear]
    for ids in texts:
        network(ids)
    for hook in hooks:
        hook.remove()
    for layer, name, part in linear:
        weight = part.weight.abs().amax(0).clamp(min=1e-4)
        scale = (loud[part].clamp(min=1e-4) ** strength / weight ** (1 - strength)).clamp(min=1e-3)
        setattr(layer, name, Smoothed(part, scale))
