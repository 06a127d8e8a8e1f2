"""Small manifests for the examples of rules about changes."""

from __future__ import annotations

from typing import Any


def tool(name: str = "find_box", description: str = "", annotations: Any = None, **parameters: Any) -> dict[str, Any]:
    """A tool with some parameters."""
    made: dict[str, Any] = {
        "name": name,
        "description": description or "Works on boxes.",
        "inputSchema": {"type": "object", "properties": parameters},
    }
    return made | ({"annotations": annotations} if annotations is not None else {})


def pair(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """One tool before and after."""
    return {"old": {"tools": [old]}, "new": {"tools": [new]}}


def lists(old: str, new: str) -> dict[str, Any]:
    """One tool whose description changed."""
    return pair(tool(description=old), tool(description=new))
