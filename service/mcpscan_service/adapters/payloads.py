"""What MCP servers brought into a chat payload: tool definitions, calls and results, as the MCP messages they once were.

Shapes: OpenAI chat completions (`tools`, `functions`, `messages` with `tool_calls` and the roles tool and function),
OpenAI responses (`input` items function_call and function_call_output), Anthropic messages (`tools` with
`input_schema`, content blocks tool_use and every kind of tool_result).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Steps = tuple[str | int, ...]
"""The way from the top of a payload to a value in it: names of members and numbers of entries."""

TOOLS = "tools"
"""The id of the message that holds the definitions."""

_RESULT_ROLES = frozenset({"tool", "function"})
_SCHEMAS = ("parameters", "input_schema", "inputSchema")
_OPAQUE = frozenset({"type", "source", "image_url", "input_audio", "file", "file_data", "file_id", "data", "detail"})
_CALLS = frozenset({"tool_use", "server_tool_use", "mcp_tool_use"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in a payload that a server brought: where it stands, and the JSON-RPC message that carries it."""

    steps: Steps
    message: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Extract:
    """What was found in a payload: `definitions` (one message, None where there are no tools), calls, results.

    A result has the id of its call, where the payload names it, and a number of its own else. Two messages never share
    an id.
    """

    definitions: dict[str, Any] | None = None
    calls: tuple[Piece, ...] = ()
    results: tuple[Piece, ...] = ()


@dataclass(slots=True)
class _Gathered:
    calls: list[Piece] = field(default_factory=list)
    results: list[Piece] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def call(self, steps: Steps, given: object, name: object, arguments: object) -> None:
        params = {"name": name if isinstance(name, str) else "", "arguments": _arguments(arguments)}
        self.calls.append(
            Piece(steps, {"jsonrpc": "2.0", "id": self._id("call", given), "method": "tools/call", "params": params})
        )

    def result(self, steps: Steps, given: object, content: object) -> None:
        self.results.append(Piece(steps, answer(self._id("result", given), as_result(content))))

    def _id(self, side: str, given: object) -> str:
        """The id that the payload gives, or one that no other message of this side has."""
        made = given if isinstance(given, str) and given else f"{side}-{len(self.seen)}"
        while (side, made) in self.seen or made == TOOLS:
            made = f"{made}+"
        self.seen.add((side, made))
        return made


def extract(payload: Mapping[str, Any]) -> Extract:
    """What a request to a model, or its answer, holds of servers' text. Unknown members and shapes are left alone."""
    gathered = _Gathered()
    for member in ("messages", "input", "output"):
        entries = payload.get(member)
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                _entry(gathered, (member, number), entry)
    choices = payload.get("choices")
    for number, choice in enumerate(choices if isinstance(choices, list) else ()):
        said = choice.get("message") if isinstance(choice, dict) else None
        if isinstance(said, dict):
            _entry(gathered, ("choices", number, "message"), said)
    if payload.get("type") == "message":
        _blocks(gathered, (), payload)
    listed = definitions(tools_of(payload))
    return Extract(listed, tuple(gathered.calls), tuple(gathered.results))


def tools_of(payload: Mapping[str, Any]) -> list[Any]:
    """The tools of a payload, in the order of `tools` and the older `functions`."""
    found = [payload.get(member) for member in ("tools", "functions")]
    return [tool for listed in found if isinstance(listed, list) for tool in listed]


def definitions(tools: Sequence[Any]) -> dict[str, Any] | None:
    """The tools as a server's answer to `tools/list`, or None where there are none."""
    return answer(TOOLS, {"tools": [as_tool(tool) for tool in tools]}) if tools else None


def as_tool(tool: object) -> dict[str, Any]:
    """One definition as MCP has it; what MCP has no member for stays as it is, so that its texts are read too."""
    if not isinstance(tool, dict):
        return {"name": "", "description": tool if isinstance(tool, str) else json.dumps(tool)}
    body = tool["function"] if isinstance(tool.get("function"), dict) else tool
    rest = {key: value for key, value in tool.items() if key not in {"function", "type"}} if body is not tool else {}
    made = {**rest, **{key: value for key, value in body.items() if key not in {"type", *_SCHEMAS}}}
    name = body.get("name") or tool.get("type")
    schemas = [body[key] for key in _SCHEMAS if isinstance(body.get(key), dict)]
    made["name"] = name if isinstance(name, str) else ""
    made["inputSchema"] = schemas[0] if schemas else {"type": "object"}
    if len(schemas) > 1:
        made["otherSchemas"] = schemas[1:]
    return made


def as_result(content: object) -> dict[str, Any]:
    """What a tool message or a result block holds, as the result of `tools/call`."""
    if isinstance(content, str):
        return {"content": [{"type": "text", "text": content}]}
    if not isinstance(content, list):
        return {"content": [], "structuredContent": content if isinstance(content, dict) else {"value": content}}
    blocks: list[dict[str, Any]] = []
    others: list[Any] = []
    for part in content:
        block, other = _block(part)
        blocks += [block] if block else []
        others += [other] if other else []
    return {"content": blocks, **({"structuredContent": {"parts": others}} if others else {})}


def answer(given: str, result: dict[str, Any]) -> dict[str, Any]:
    """A JSON-RPC answer."""
    return {"jsonrpc": "2.0", "id": given, "result": result}


def texts_of(content: object) -> Iterator[str]:
    """The texts of a message's content, in their order."""
    if isinstance(content, str):
        yield content
    for part in content if isinstance(content, list) else ():
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            yield part["text"]


def _entry(gathered: _Gathered, steps: Steps, entry: dict[str, Any]) -> None:
    kind, role = entry.get("type"), entry.get("role")
    calls = entry.get("tool_calls")
    for number, call in enumerate(calls if isinstance(calls, list) else ()):
        if isinstance(call, dict):
            asked = call.get("function") or call.get("custom")
            asked = asked if isinstance(asked, dict) else call
            arguments = asked.get("arguments", asked.get("input"))
            gathered.call((*steps, "tool_calls", number), call.get("id"), asked.get("name"), arguments)
    if isinstance(old := entry.get("function_call"), dict):
        gathered.call((*steps, "function_call"), None, old.get("name"), old.get("arguments"))
    if isinstance(kind, str) and kind.endswith("_call") and not role:
        gathered.call(steps, entry.get("call_id"), entry.get("name", kind), entry.get("arguments", entry.get("input")))
        if "output" in entry:  # An `mcp_call` of the responses API carries its result with it.
            gathered.result((*steps, "output"), entry.get("id"), entry["output"])
    elif isinstance(kind, str) and kind.endswith("_call_output"):
        gathered.result((*steps, "output"), entry.get("call_id"), entry.get("output"))
    elif kind == "mcp_list_tools":
        gathered.results.append(Piece((*steps, "tools"), _listed(gathered, entry)))
    elif role in _RESULT_ROLES:
        gathered.result((*steps, "content"), entry.get("tool_call_id"), entry.get("content"))
    else:
        _blocks(gathered, steps, entry)


def _listed(gathered: _Gathered, entry: Mapping[str, Any]) -> dict[str, Any]:
    tools = entry.get("tools")
    made = [as_tool(tool) for tool in tools] if isinstance(tools, list) else []
    return answer(f"listed-{len(gathered.results)}", {"tools": made})


def _blocks(gathered: _Gathered, steps: Steps, entry: Mapping[str, Any]) -> None:
    """The blocks of an Anthropic message that are calls and results."""
    content = entry.get("content")
    for number, block in enumerate(content if isinstance(content, list) else ()):
        kind = block.get("type") if isinstance(block, dict) else None
        if kind in _CALLS:
            gathered.call((*steps, "content", number), block.get("id"), block.get("name"), block.get("input"))
        elif isinstance(kind, str) and kind.endswith("tool_result"):
            gathered.result((*steps, "content", number, "content"), block.get("tool_use_id"), block.get("content"))


def _block(part: object) -> tuple[dict[str, Any] | None, Any]:
    """One part of a result's content: as an MCP block, and what of it is to be read as JSON.

    Text is text; what a picture, a sound or a file holds cannot be read, and a block without data says so.
    """
    if isinstance(part, str):
        return {"type": "text", "text": part}, None
    if not isinstance(part, dict):
        return None, part
    if isinstance(part.get("text"), str):
        rest = {key: value for key, value in part.items() if key not in {"type", "text", "cache_control"}}
        return {"type": "text", "text": part["text"]}, rest
    kind, source = str(part.get("type", "")), part.get("source")
    encoded = isinstance(source, dict) and source.get("type") in {"base64", "file", "url"}
    if not encoded and not kind.endswith(("image", "image_url", "audio", "file")):
        return None, part
    rest = {key: value for key, value in part.items() if key not in _OPAQUE}
    return {"type": "image", "data": "", "mimeType": "image/*" if "image" in kind else "application/*"}, rest


def _arguments(given: object) -> dict[str, Any]:
    """The arguments of a call: OpenAI writes them as JSON in a string."""
    if isinstance(given, str):
        try:
            value = json.loads(given)
        except (ValueError, RecursionError):
            value = None
        return value if isinstance(value, dict) else {"arguments": given}
    return given if isinstance(given, dict) else {} if given is None else {"arguments": given}
