"""Which arguments of which tools clients repeat in `Mcp-Param-*` header fields, as the servers' lists say it.

Source: MCP 2026-07-28, transports, custom headers (`x-mcp-header`).
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

MARK = b"x-mcp-header"
MOST = 5_000
"""Tools that are remembered."""

Paths = Mapping[str, tuple[str, ...]]


class Parameters:
    """For each tool with such arguments: the header's name in small letters, and the path of the argument."""

    def __init__(self) -> None:
        self._tools: OrderedDict[tuple[str, str], Paths] = OrderedDict()

    def find(self, server: str, tool: str) -> Paths:
        """The header fields of a tool; empty where none was seen."""
        return self._tools.get((server, tool), {})

    def learn(self, server: str, listed: bytes) -> None:
        """Take note of a list of tools that was let through."""
        if MARK not in listed and not any(key[0] == server for key in self._tools):
            return
        value = json.loads(listed)
        for answer in value if isinstance(value, list) else [value]:
            result = answer.get("result") if isinstance(answer, dict) else None
            tools = result.get("tools") if isinstance(result, dict) else None
            for tool in tools if isinstance(tools, list) else ():
                self._note(server, tool)

    def _note(self, server: str, tool: object) -> None:
        if not isinstance(tool, dict) or not isinstance(tool.get("name"), str):
            return
        paths = {f"mcp-param-{mark.lower()}": path for path, mark in _marked(tool.get("inputSchema"))}
        self._tools.pop((server, tool["name"]), None)
        if paths:
            self._tools[server, tool["name"]] = paths
        while len(self._tools) > MOST:
            self._tools.popitem(last=False)


def _marked(schema: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """The paths of properties that carry the mark; only along `properties`, which is where the protocol has it."""
    todo: list[tuple[tuple[str, ...], Any]] = [((), schema)]
    while todo:
        path, here = todo.pop()
        properties = here.get("properties") if isinstance(here, dict) else None
        for name, each in properties.items() if isinstance(properties, dict) else ():
            mark = each.get(MARK.decode()) if isinstance(each, dict) else None
            if isinstance(mark, str):
                yield (*path, name), mark
            todo.append(((*path, name), each))
