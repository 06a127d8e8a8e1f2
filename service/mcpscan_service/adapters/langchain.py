"""LangChain MCP adapters: an interceptor of tool calls, and a filter for the list of tools.

    client = MultiServerMCPClient(connections, tool_interceptors=[McpscanInterceptor(guard)])
    tools = await allowed(await client.get_tools(), guard)

The library's interceptors see tool calls alone: descriptions are looked at by `allowed`, prompts and resources by
`allowed_result` where a program asks for them itself. A server's name is known per connection only with
`get_tools(server_name=…)`; pass it to `allowed` then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from mcpscan_service.adapters.exchange import Exchange, StoppedError, default_guard, survivors
from mcpscan_service.guard import Guard

NAME = "langchain"


class McpscanInterceptor:
    """An interceptor for `tool_interceptors`. Put it last: it then stands next to the server and sees what came.

    `guard` decides; without one, rules and classifier block. `pins` gives the identities in the lock by server name.
    """

    def __init__(self, guard: Guard | None = None, *, pins: Mapping[str, str] | None = None) -> None:
        self._guard = guard
        self._pins = dict(pins or {})

    @property
    def guard(self) -> Guard:
        """What decides; made when it is first needed."""
        self._guard = self._guard or default_guard()
        return self._guard

    async def __call__(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
        """Rule on one call and its result; a result that is stopped becomes a failed one that a model can read."""
        params = {"name": request.name, "arguments": request.args}
        pin = self._pins.get(request.server_name, "")
        exchange = Exchange(self.guard, NAME, request.server_name, "tools/call", params, pin)
        try:
            await exchange.ask()
            try:
                result = await handler(request)
            except Exception as problem:
                await _retell(exchange, problem)
                raise
            value = _wire(result)
            passed = await exchange.answer(value)
        except StoppedError as stopped:
            return _failed(stopped.said)
        return result if passed.same else _rewritten(result, passed.value)


async def allowed(tools: Iterable[Any], guard: Guard | None = None, *, server: str = "", pin: str = "") -> list[Any]:
    """The tools of one server that may be shown to a model, each as it came or with its description redacted.

    Raises `StoppedError` where none can be.
    """
    given = list(tools)
    before = [_listed(tool) for tool in given]
    passed = await Exchange(guard or default_guard(), NAME, server or NAME, "tools/list", {}, pin).answer(
        {"tools": before}
    )
    if passed.same:
        return given
    after = list(passed.value["tools"])
    made = []
    for place, now in zip(survivors(before, after), after, strict=False):
        copied = _copied(given[place], before[place], now)
        if copied is not None:
            made.append(copied)
    return made


async def allowed_result(
    result: Any, method: str, name: str, guard: Guard | None = None, *, server: str = "", pin: str = ""
) -> Any:
    """What a session read itself, of `method` "prompts/get" or "resources/read". Raises `StoppedError`.

    `result` is an object of the SDK; it comes back as it came, or rewritten.
    """
    params = {"uri" if method == "resources/read" else "name": name}
    exchange = Exchange(guard or default_guard(), NAME, server or NAME, method, params, pin)
    passed = await exchange.answer(_dumped(result))
    return result if passed.same else type(result).model_validate(dict(passed.value))


def _wire(result: Any) -> dict[str, Any]:
    """A result as MCP has it; of a message or a command that an interceptor made, everything in it."""
    if hasattr(result, "isError") or hasattr(result, "structuredContent"):
        return _dumped(result)
    if hasattr(result, "content"):
        return {
            "content": _blocks(result.content),
            "structuredContent": {"artifact": _plain(getattr(result, "artifact", None))},
        }
    return {"content": [], "structuredContent": {"value": _plain(result)}}


def _rewritten(result: Any, value: Mapping[str, Any]) -> Any:
    if hasattr(result, "isError"):
        return type(result).model_validate(dict(value))
    from mcp.types import CallToolResult

    return CallToolResult.model_validate({"content": value.get("content", []), "isError": bool(value.get("isError"))})


def _failed(said: str) -> Any:
    from mcp.types import CallToolResult

    return CallToolResult.model_validate({"content": [{"type": "text", "text": said}], "isError": True})


async def _retell(exchange: Exchange, problem: Exception) -> None:
    """Raises `StoppedError` for an error whose text may not be read, or not as it is."""
    passed = await exchange.fail(str(problem))
    if not passed.same and passed.decision.outcome != "annotated":
        raise StoppedError(str(passed.value.get("message", "")), passed.decision)


def _listed(tool: Any) -> dict[str, Any]:
    schema = tool.args_schema
    shown = schema if isinstance(schema, Mapping) else schema.model_json_schema() if schema is not None else {}
    made = {"name": tool.name, "description": tool.description, "inputSchema": shown}
    return {**made, "annotations": _plain(tool.metadata)} if tool.metadata else made


def _copied(tool: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Any:
    """A tool with its texts redacted; None where what was redacted has no place in LangChain's object."""
    if before == after:
        return tool
    update: dict[str, Any] = {"description": after["description"]}
    if isinstance(tool.args_schema, Mapping):
        update["args_schema"] = after["inputSchema"]
    made = tool.model_copy(update=update)
    return made if _listed(made) == after else None


def _blocks(content: Any) -> list[Any]:
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [_plain(block) if isinstance(block, Mapping) else {"type": "text", "text": str(block)} for block in content]


def _dumped(value: Any) -> dict[str, Any]:
    made: dict[str, Any] = value.model_dump(by_alias=True, mode="json", exclude_none=True)
    return made


def _plain(value: Any) -> Any:
    """A value as JSON has it; what JSON has no form for by its text."""
    import json

    return json.loads(json.dumps(value, default=_shown))


def _shown(value: Any) -> Any:
    return _dumped(value) if hasattr(value, "model_dump") else vars(value) if hasattr(value, "__dict__") else str(value)
