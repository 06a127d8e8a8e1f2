"""What Claude Code says a tool gave back, read as the MCP answer that it was, and written again in the same shape.

Seen of Claude Code 2.1.197 and 2.1.330: the result of an MCP tool is a list of content blocks, or the JSON text of its
`structuredContent`; a tool of Claude Code's own has an object whose members the program relies on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MCP = "mcp__"
READ = "ReadMcpResourceTool"
LIST = "ListMcpResourcesTool"
FOLDER = "ReadMcpResourceDirTool"
OWN = "claude-code"
"""The name under which tools of Claude Code's own are recorded, as if they were one server's."""

_WORD = re.compile(r"[A-Za-z0-9_-]{0,24}")
_BASE64 = "base64"
_KEPT = frozenset({_BASE64, "filePath", "path", "uri", "url"})
"""Members of a withheld answer of Claude Code's own tools that stay, because the program needs them."""


@dataclass(frozen=True, slots=True)
class Called:
    """Which tool of which server was called."""

    server: str
    tool: str

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Called:
        """The call that a hook's input is about. A server's name may hold "__"; newer versions name the server apart."""
        name = str(given.get("tool_name", ""))
        if not name.startswith(MCP):
            asked = given.get("tool_input")
            server = asked.get("server") if name in {READ, LIST, FOLDER} and isinstance(asked, Mapping) else None
            return cls(server if isinstance(server, str) and server else OWN, name)
        provenance = given.get("mcp_server")
        known = provenance.get("name") if isinstance(provenance, Mapping) else None
        if isinstance(known, str) and known:
            prefix = f"{MCP}{_normal(known)}__"
            if name.startswith(prefix):
                return cls(known, name.removeprefix(prefix))
        server, _, tool = name.removeprefix(MCP).partition("__")
        return cls(server, tool)


@dataclass(frozen=True, slots=True)
class Response:
    """A tool's answer as an MCP result. `given` is the answer as Claude Code has it."""

    name: str
    given: Any
    result: dict[str, Any]

    @classmethod
    def of(cls, name: str, given: Any) -> Response:
        """The MCP result that a tool's answer stands for."""
        return cls(name, given, _result(name, given))

    def withheld(self, said: str, pointers: Iterable[str] = ()) -> Any:
        """The answer with what a model would read replaced; a tool of Claude Code's own keeps its shape.

        `pointers` say where in the message flagged texts stand.
        """
        if self.name.startswith(MCP):
            return said
        flagged = {_at(self.result, pointer.split("/")[2:]) for pointer in pointers}
        return _emptied(self.given, said, {each for each in flagged if each is not None})

    def rewritten(self, result: Mapping[str, Any]) -> Any:
        """The answer that a rewritten result stands for, in the shape of the first."""
        if self.name == LIST and isinstance(self.given, list):
            return result.get("resources", [])
        if self.name == READ:
            return result
        if "structuredContent" in self.result and not _is_result(self.given):
            made = result.get("structuredContent")
            return json.dumps(made, ensure_ascii=False) if isinstance(self.given, str) else _unboxed(self.given, made)
        if _is_result(self.given):
            return result
        blocks = result.get("content", [])
        if isinstance(self.given, str):
            return "\n".join(str(block.get("text", "")) for block in blocks)
        pairs = zip(self.given, self.result["content"], blocks, strict=False)
        return [given if was == now else now for given, was, now in pairs]


def _result(name: str, given: Any) -> dict[str, Any]:
    if name == LIST and isinstance(given, list):
        return {"resources": given}
    if name == READ and isinstance(given, Mapping):
        return dict(given)
    if not name.startswith(MCP):
        return {"content": [], "structuredContent": given if isinstance(given, Mapping) else {"value": given}}
    if isinstance(given, str):
        found = _object(given)
        if found is None:
            return {"content": [{"type": "text", "text": given}]}
        return {"content": [], "structuredContent": found}
    if isinstance(given, list):
        return {"content": [_block(block) for block in given]}
    if _is_result(given):
        return dict(given)
    return {"content": [], "structuredContent": given if isinstance(given, Mapping) else {"value": given}}


def _is_result(given: Any) -> bool:
    return isinstance(given, Mapping) and isinstance(given.get("content"), list)


def _unboxed(given: Any, made: Any) -> Any:
    return made if isinstance(given, Mapping) or not isinstance(made, Mapping) else made.get("value")


def _object(text: str) -> dict[str, Any] | None:
    """The JSON object that a text is, unless reading it would lose something: a repeated name, a depth."""
    repeated = False

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        made = dict(found)
        repeated = repeated or len(made) != len(found)
        return made

    try:
        value = json.loads(text, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and not repeated else None


def _block(block: Any) -> Any:
    """A content block as MCP has it: Claude Code's pictures are in the form of the model's API."""
    source = block.get("source") if isinstance(block, Mapping) else None
    if isinstance(source, Mapping) and source.get("type") == _BASE64 and isinstance(source.get("data"), str):
        rest = {key: value for key, value in block.items() if key != "source"}
        return {**rest, "type": "image", "data": source["data"], "mimeType": str(source.get("media_type", ""))}
    return block if isinstance(block, Mapping) else {"type": "text", "text": str(block)}


def _normal(name: str) -> str:
    """A server's name as it stands in the names of its tools."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "_-") else "_" for char in name)


def _at(value: Any, steps: Iterable[str]) -> str | None:
    """The string at the end of a JSON Pointer's steps, if there is one."""
    for step in steps:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, Mapping) and name in value:
            value = value[name]
        else:
            return None
    return value if isinstance(value, str) else None


def _emptied(value: Any, said: str, flagged: Collection[str]) -> Any:
    """A value with its texts replaced; numbers, single words, places and pictures stay, unless they are flagged."""
    if isinstance(value, str):
        return said
    made = json.loads(json.dumps(value))
    todo = [made] if isinstance(made, dict | list) else []
    while todo:
        here = todo.pop()
        for key, child in list(here.items() if isinstance(here, dict) else enumerate(here)):
            if isinstance(child, dict | list):
                todo.append(child)
            elif isinstance(child, str) and (child in flagged or not (_WORD.fullmatch(child) or key in _KEPT)):
                here[key] = said
    return made
