"""Which upstream a path means. Nothing of a path goes on to a server, so nothing but these forms is known."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Scope = MutableMapping[str, Any]


class Leaf(StrEnum):
    """What a path ends in."""

    MCP = "mcp"
    SSE = "sse"
    MESSAGE = "message"


_LEAVES = {leaf.value: leaf for leaf in Leaf}


@dataclass(frozen=True, slots=True)
class Route:
    """An upstream by name, and which of its addresses; `query` is what stood after the question mark."""

    server: str
    leaf: Leaf
    query: bytes = b""


def route(scope: Scope) -> Route | None:
    """The route of a request, or None: for other paths, and for any that needs decoding to be read."""
    raw = scope.get("raw_path") or scope["path"].encode()
    path = raw.removeprefix(scope.get("root_path", "").encode())
    steps = path.split(b"/")
    if len(steps) != 3 or steps[0] or not path.isascii() or b"%" in path or b"\\" in path:
        return None
    leaf = _LEAVES.get(steps[2].decode())
    return None if leaf is None else Route(steps[1].decode(), leaf, scope.get("query_string", b""))
