"""The tools of a server as an audit shows them: what a model is told, what that costs, what each may do."""

from __future__ import annotations

from mcpscan.audit.abilities import abilities
from mcpscan.audit.cost import tokens
from mcpscan.fleet import Tool
from mcpscan.surface import Surface
from mcpscan.text import visible


def tools(surface: Surface) -> tuple[Tool, ...]:
    """Every tool that a server listed, in its order; descriptions as they were sent, as spans count in them."""
    made = []
    for item in surface.tools():
        description = item.raw.get("description")
        made.append(
            Tool(
                name=visible(item.name),
                description=description if isinstance(description, str) else "",
                pointer=visible(item.pointer),
                tokens=tokens(item.raw),
                abilities=abilities(item.raw, visible(item.pointer)),
            )
        )
    return tuple(made)
