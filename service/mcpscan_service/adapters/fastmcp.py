"""Middleware for FastMCP 4: rules on what a server of one's own, or one it stands before, lists and answers.

It works on the library's objects, put into the form that they have on the wire. What FastMCP dropped when it read a
server behind it (members it does not know, repeated names) is not there to be seen, and what the server sends without
being asked (notifications, elicitation and sampling of the older era) does not pass through its middleware: the ASGI
middleware sees both.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from mcpscan_service.adapters.exchange import Exchange, Passed, StoppedError, default_guard, survivors
from mcpscan_service.guard import Guard
from mcpscan_service.guard.answer import BLOCKED

try:
    from fastmcp.server.middleware import Middleware
except ImportError:  # The file can be read without the package; its one class cannot be made.
    Middleware = object

NAME = "fastmcp"
_TEXTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "tools/list": (("description", "description"), ("title", "title"), ("parameters", "inputSchema"),
                   ("output_schema", "outputSchema")),
    "prompts/list": (("description", "description"), ("title", "title")),
    "resources/list": (("description", "description"), ("title", "title")),
    "resources/templates/list": (("description", "description"), ("title", "title")),
}  # fmt: skip
_WIRE = {
    "tools/list": ("tools", "to_mcp_tool"),
    "prompts/list": ("prompts", "to_mcp_prompt"),
    "resources/list": ("resources", "to_mcp_resource"),
    "resources/templates/list": ("resourceTemplates", "to_mcp_template"),
}
Next = Callable[[Any], Awaitable[Any]]


class McpscanMiddleware(Middleware):
    """`server.add_middleware(McpscanMiddleware())`: add it first, so that it is the outermost.

    `guard` decides; without one, rules and classifier block. `server` is the name in records, by default the server's
    own. Raises `ImportError` where FastMCP is not installed.
    """

    def __init__(self, guard: Guard | None = None, *, server: str = "", pin: str = "") -> None:
        if Middleware is object:
            raise ImportError("this middleware needs FastMCP: pip install 'fastmcp>=4'")
        self._guard = guard
        self.server = server
        self.pin = pin

    @property
    def guard(self) -> Guard:
        """What decides; made when it is first needed."""
        self._guard = self._guard or default_guard()
        return self._guard

    async def on_initialize(self, context: Any, call_next: Next) -> Any:
        """The server's name and instructions; without instructions where they are to be blocked."""
        return await self._introduced(context, call_next, "initialize")

    async def on_discover(self, context: Any, call_next: Next) -> Any:
        """The same in the era without a handshake."""
        return await self._introduced(context, call_next, "server/discover")

    async def on_call_tool(self, context: Any, call_next: Next) -> Any:
        """A tool's result, or the text of its error."""
        from fastmcp.exceptions import ToolError

        params = {"name": context.message.name, "arguments": context.message.arguments}
        exchange = self._exchange(context, "tools/call", params)
        try:
            await exchange.ask()
            result = await call_next(context)
            passed = await exchange.answer(_of_tool(result))
        except StoppedError as stopped:
            raise ToolError(stopped.said) from None
        except Exception as problem:  # noqa: BLE001 - any error's text reaches the client
            raise await _retold(exchange, problem, ToolError) from None
        return result if passed.same else _tool_result(passed.value)

    async def on_read_resource(self, context: Any, call_next: Next) -> Any:
        """What a resource holds."""
        from fastmcp.exceptions import ResourceError

        uri = str(context.message.uri)
        exchange = self._exchange(context, "resources/read", {"uri": uri})
        try:
            await exchange.ask()
            result = await super().on_read_resource(context, call_next)
            passed = await exchange.answer(_wire(_asking(result) or result.to_mcp_result(uri)))
        except StoppedError as stopped:
            raise _protocol_error(stopped) from None
        except Exception as problem:  # noqa: BLE001 - any error's text reaches the client
            raise await _retold(exchange, problem, ResourceError) from None
        return result if passed.same else _resource_result(passed.value)

    async def on_get_prompt(self, context: Any, call_next: Next) -> Any:
        """A prompt's messages."""
        from fastmcp.exceptions import PromptError

        params = {"name": context.message.name, "arguments": context.message.arguments or {}}
        exchange = self._exchange(context, "prompts/get", params)
        try:
            await exchange.ask()
            result = await call_next(context)
            passed = await exchange.answer(_wire(_asking(result) or result.to_mcp_prompt_result()))
        except StoppedError as stopped:
            raise _protocol_error(stopped) from None
        except Exception as problem:  # noqa: BLE001 - any error's text reaches the client
            raise await _retold(exchange, problem, PromptError) from None
        return result if passed.same else _prompt_result(passed.value)

    async def on_list_tools(self, context: Any, call_next: Next) -> Any:
        """The tools that may be shown."""
        return await self._listed(context, call_next, "tools/list")

    async def on_list_prompts(self, context: Any, call_next: Next) -> Any:
        """The prompts that may be shown."""
        return await self._listed(context, call_next, "prompts/list")

    async def on_list_resources(self, context: Any, call_next: Next) -> Any:
        """The resources that may be shown."""
        return await self._listed(context, call_next, "resources/list")

    async def on_list_resource_templates(self, context: Any, call_next: Next) -> Any:
        """The resource templates that may be shown."""
        return await self._listed(context, call_next, "resources/templates/list")

    def _exchange(self, context: Any, method: str, params: Mapping[str, Any]) -> Exchange:
        return Exchange(self.guard, NAME, self._name(context), method, params, self.pin)

    def _name(self, context: Any) -> str:
        running = getattr(context.fastmcp_context, "fastmcp", None)
        return self.server or str(getattr(running, "name", "") or NAME)

    async def _introduced(self, context: Any, call_next: Next, method: str) -> Any:
        result = await call_next(context)
        if result is None:
            return None
        value = _wire(result)
        try:
            passed = await self._exchange(context, method, {}).answer(value)
        except StoppedError:
            # FastMCP answers an MCPError of `on_initialize` with the result itself, so none is raised here.
            passed = await self._without_instructions(context, method, value)
        if passed.same:
            return result
        return dict(passed.value) if isinstance(result, Mapping) else type(result).model_validate(dict(passed.value))

    async def _without_instructions(self, context: Any, method: str, value: Mapping[str, Any]) -> Passed:
        less = {key: each for key, each in value.items() if key != "instructions"}
        try:
            passed = await self._exchange(context, method, {}).answer(less)
        except StoppedError as stopped:
            raise RuntimeError(stopped.said) from None
        return Passed(passed.value, passed.decision, same=False)

    async def _listed(self, context: Any, call_next: Next, method: str) -> Any:
        parts = list(await call_next(context))
        member, form = _WIRE[method]
        before = [_wire(getattr(part, form)()) for part in parts]
        try:
            passed = await self._exchange(context, method, {}).answer({member: before})
        except StoppedError as stopped:
            raise _protocol_error(stopped) from None
        after = list(passed.value[member])
        if passed.same:
            return parts
        places = survivors(before, after)
        kept = [_copied(parts[place], before[place], now, method) for place, now in zip(places, after, strict=False)]
        return [part for part in kept if part is not None]


def _copied(part: Any, before: Mapping[str, Any], after: Mapping[str, Any], method: str) -> Any:
    """A part as it is, or with its rewritten texts; None where these have no place in the library's object."""
    if before == after:
        return part
    made = part.model_copy(update={own: after.get(wire) for own, wire in _TEXTS[method] if wire in before})
    return made if _wire(getattr(made, _WIRE[method][1])()) == after else None


def _wire(value: Any) -> dict[str, Any]:
    """An object of the SDK as it is on the wire."""
    if isinstance(value, Mapping):
        return dict(value)
    made: dict[str, Any] = value.model_dump(by_alias=True, mode="json", exclude_none=True)
    return made


def _asking(result: Any) -> Any:
    """What a server asks of the client before it answers, if it does."""
    return getattr(result, "input_required", None)


def _of_tool(result: Any) -> dict[str, Any]:
    asking = _asking(result)
    if asking is not None:
        return _wire(asking)
    raw = result.to_mcp_result()
    if isinstance(raw, list | tuple):
        content, structured = raw if isinstance(raw, tuple) else (raw, None)
        made: dict[str, Any] = {"content": [_wire(block) for block in content]}
        return made if structured is None else {**made, "structuredContent": structured}
    return _wire(raw)


def _tool_result(value: Mapping[str, Any]) -> Any:
    from fastmcp.tools.base import ToolResult
    from mcp_types import CallToolResult

    return ToolResult.from_mcp_result(CallToolResult.model_validate(dict(value)))


def _resource_result(value: Mapping[str, Any]) -> Any:
    from fastmcp.resources.base import ResourceContent, ResourceResult

    contents = [
        ResourceContent(
            base64.b64decode(each["blob"]) if "blob" in each else each.get("text", ""),
            each.get("mimeType"),
            each.get("_meta"),
        )
        for each in value.get("contents", [])
    ]
    return ResourceResult(contents, value.get("_meta"))


def _prompt_result(value: Mapping[str, Any]) -> Any:
    from fastmcp.prompts.base import Message, PromptResult
    from mcp_types import GetPromptResult

    read = GetPromptResult.model_validate(dict(value))
    messages: Sequence[Any] = [Message(each.content, each.role) for each in read.messages]
    return PromptResult(list(messages), read.description, value.get("_meta"))


def _protocol_error(stopped: StoppedError) -> Exception:
    from fastmcp.exceptions import McpError

    made: Exception = McpError(BLOCKED, stopped.said)
    return made


async def _retold(exchange: Exchange, problem: Exception, kind: type[Exception]) -> Exception:
    """An error as it came, or in its place one whose text may be read."""
    data = getattr(getattr(problem, "error", None), "data", None)
    text = f"{problem}\n{data}" if data else str(problem)
    try:
        passed = await exchange.fail(text)
    except StoppedError as stopped:
        return kind(stopped.said)
    return problem if passed.same else kind(str(passed.value.get("message", "")))
