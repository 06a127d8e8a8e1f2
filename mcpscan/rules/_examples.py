"""Documents that the examples of rules are written in."""

from __future__ import annotations


def result(text: str) -> dict[str, object]:
    """A tool result that holds a text: for the examples of rules."""
    return {"content": [{"type": "text", "text": text}]}


def tool(**members: object) -> dict[str, object]:
    """A listing of one tool: for the examples of rules."""
    return {"tools": [{"name": "look_up", **members}]}
