"""Hooks of Claude Code: a hook's input in, its reply out. The command `mcpscan hook` and a route of the service use it.

What a hook can do was measured with Claude Code 2.1.197 and 2.1.330: `decision: "block"` and exit status 2 leave a
tool's output before the model and only add a remark; `updatedToolOutput` alone takes it away. A block is therefore both.
The text of a failed call (PostToolUseFailure) cannot be taken away by any reply: a warning is put beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from mcpscan_service.adapters.claude_reply import (
    NotUnderstoodError,
    Reply,
    refused,
    replaced,
    specific,
    stopping,
    understood,
    withheld,
)
from mcpscan_service.adapters.claude_response import FOLDER, LIST, MCP, READ, Called, Response
from mcpscan_service.adapters.exchange import Exchange, Passed, StoppedError, note
from mcpscan_service.guard import Guard
from mcpscan_service.guard.settings import Failing

if TYPE_CHECKING:
    from fastapi import APIRouter

NAME = "claude-code"
PATH = "/adapters/claude-code"
TOOLS = (f"{MCP}*", READ, LIST, FOLDER)
"""Patterns of the tools whose results are scanned: those that hold words of an MCP server."""


class ClaudeCode:
    """Answers hooks with what a guard decides.

    `tools` are patterns of the tools whose results are scanned. `identify` gives the identity in the lock of a server
    that is configured for a folder, `audit` a reply to an event that asks for a look at the configuration.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        tools: tuple[str, ...] = TOOLS,
        identify: Callable[[str, str], str] | None = None,
        audit: Callable[[str, str], Mapping[str, Any]] | None = None,
    ) -> None:
        self.guard = guard
        self.tools = tools
        self._identify = identify
        self._audit = audit

    async def reply(self, data: bytes) -> Reply:
        """The reply to a hook's input. Never raises: what cannot be understood or scanned is withheld or refused."""
        try:
            given = understood(data)
            return Reply(await self._answered(str(given["hook_event_name"]), given))
        except NotUnderstoodError as problem:
            return self._failed(data, str(problem))
        except Exception as problem:  # noqa: BLE001 - whatever fails here, the host must be told to stop
            return self._failed(data, f"failed ({type(problem).__name__})")

    def unread(self, data: bytes, why: str) -> dict[str, Any]:
        """The reply as JSON to a hook's input of which only the beginning was read."""
        return _plain(data, self._failed(data, why))

    async def _answered(self, event: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
        if event == "PreToolUse":
            return await self._before(given)
        if event == "PostToolUse":
            return await self._after(given)
        if event == "PostToolUseFailure":
            return await self._after_failure(given)
        if event == "Elicitation":
            return await self._elicited(given)
        if event in {"SessionStart", "ConfigChange"} and self._audit is not None:
            return await asyncio.to_thread(self._audit, event, str(given.get("cwd", "")))
        return {}

    async def _before(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        if not str(given.get("tool_name", "")).startswith(MCP) and given.get("tool_name") != READ:
            return {}
        try:
            await (await self._exchange(given)).ask()
        except StoppedError as stopped:
            return specific("PreToolUse", permissionDecision="deny", permissionDecisionReason=stopped.said)
        return {}

    async def _after(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        name = str(given.get("tool_name", ""))
        if not self._is_scanned(name):
            return {}
        response = Response.of(name, given.get("tool_response"))
        try:
            passed = await (await self._exchange(given)).answer(response.result)
        except StoppedError as stopped:
            places = stopped.decision.places if stopped.decision else ()
            return withheld(response.withheld(stopped.said, [each.pointer for each in places]), stopped.said)
        return _allowed(response, passed)

    async def _after_failure(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        if not self._is_scanned(str(given.get("tool_name", ""))):
            return {}
        try:
            passed = await (await self._exchange(given)).fail(str(given.get("error", "")))
        except StoppedError as stopped:
            said = f"The error text of this call is not to be trusted. {stopped.said}"
            return specific("PostToolUseFailure", additionalContext=said)
        said = note(passed.decision)
        return specific("PostToolUseFailure", additionalContext=said) if said else {}

    async def _elicited(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        server = str(given.get("mcp_server_name", ""))
        asked = Exchange(self.guard, NAME, server, "", pin=await self._pin(server, given), session=_session(given))
        names = {"message": "message", "mode": "mode", "url": "url", "requested_schema": "requestedSchema"}
        params = {mcp: given[own] for own, mcp in names.items() if given.get(own) is not None}
        try:
            await asked.told("elicitation/create", params)
        except StoppedError as stopped:
            return {**specific("Elicitation", action="decline"), "systemMessage": f"mcpscan: {stopped.said}"}
        return {}

    async def _exchange(self, given: Mapping[str, Any]) -> Exchange:
        called = Called.of(given)
        method, params = "tools/call", {"name": called.tool, "arguments": given.get("tool_input")}
        asked = given.get("tool_input")
        if called.tool == READ:
            method, params = "resources/read", {"uri": asked.get("uri") if isinstance(asked, Mapping) else None}
        elif called.tool == LIST:
            method, params = "resources/list", {}
        pin = await self._pin(called.server, given)
        return Exchange(self.guard, NAME, called.server, method, params, pin=pin, session=_session(given))

    async def _pin(self, server: str, given: Mapping[str, Any]) -> str:
        if self._identify is None or self.guard.judge.pins is None:
            return ""
        return await asyncio.to_thread(self._identify, server, str(given.get("cwd", "")))

    def _is_scanned(self, tool: str) -> bool:
        return any(fnmatchcase(tool, pattern) for pattern in self.tools)

    def _failed(self, data: bytes, why: str) -> Reply:
        """The reply where nothing can be said about the input: it is withheld, unless the settings let it pass."""
        if self.guard.settings.on_failure is Failing.OPEN:
            return Reply({"systemMessage": f"mcpscan: the hook's input {why}; it passed, as set by --fail-open"})
        return refused(data, why)


def router(hook: ClaudeCode, path: str = PATH) -> APIRouter:
    """The route for hooks of `"type": "http"`. Claude Code heeds the body of a 2xx answer only, so it is always 200."""
    from fastapi import APIRouter, Request
    from fastapi.responses import JSONResponse

    made = APIRouter(tags=["adapters"])

    async def answer(request: Request) -> JSONResponse:
        data = await request.body()
        return JSONResponse(_plain(data, await hook.reply(data)))

    # Names of this function are unknown to those who read annotations from outside.
    answer.__annotations__ |= {"request": Request, "return": JSONResponse}
    made.add_api_route(
        path, answer, methods=["POST"], summary="Answer a hook of Claude Code",
        description="The input of a hook of Claude Code as JSON; the answer is the hook's reply.",
        responses={200: {"description": "The hook's reply"}},
    )  # fmt: skip
    return made


def _plain(data: bytes, reply: Reply) -> dict[str, Any]:
    return dict(reply.body) if not reply.problem else stopping(data, reply.problem)


def _allowed(response: Response, passed: Passed) -> dict[str, Any]:
    members: dict[str, Any] = {}
    said = note(passed.decision)
    if said:
        members["additionalContext"] = said
    if not passed.same and passed.decision.outcome in {"redacted", "trimmed"}:
        members |= replaced(response.rewritten(passed.value))
    return specific("PostToolUse", **members) if members else {}


def _session(given: Mapping[str, Any]) -> str:
    return str(given.get("session_id", ""))[:100]
