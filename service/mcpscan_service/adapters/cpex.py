"""Plug-in for CPEX 0.1, the plug-in framework of ContextForge: rules on tools, prompts and resources before and after.

Give it `mode: sequential` (it stops and rewrites; `concurrent` cannot rewrite, `transform` and `audit` stop nothing) and
`on_error: fail`. No hook of the gateway's sees the list of tools: scan what is registered with `mcpscan scan`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mcpscan_service.adapters.exchange import Exchange, Passed, StoppedError, note
from mcpscan_service.guard import Decision, Guard, GuardSettings, Judge, Pins
from mcpscan_service.guard.answer import BLOCKED

try:
    from cpex.framework import Plugin
except ImportError:  # The file can be read without the package; its one class cannot be made.
    Plugin = object

NAME = "cpex"
CODE = "MCPSCAN_BLOCKED"
"""The code of every violation; the rules stand in its details."""


class CpexSettings(GuardSettings):
    """The `config` of the plug-in: the settings of the decision point, and what it works with.

    `server` is the name in records where the gateway names none. `http_status` is the status of a violation's answer,
    0 for the gateway's own, with which MCP clients can read the error.
    """

    server: str = "gateway"
    classifier: bool = True
    policy: Path | None = None
    lock: Path | None = None
    http_status: int = 0


class McpscanPlugin(Plugin):
    """The plug-in: `kind: mcpscan_service.adapters.cpex.McpscanPlugin`.

    `guard` is for tests and programs that have one; otherwise one is made of the configuration, and a wrong key in it
    is an error when the gateway starts. Raises `ImportError` where CPEX is not installed.
    """

    def __init__(self, config: Any, guard: Guard | None = None) -> None:
        if Plugin is object:
            raise ImportError("this plug-in needs CPEX: pip install 'cpex>=0.1.3'")
        super().__init__(config)
        self.settings = CpexSettings.model_validate(config.config or {})
        self.guard = guard or _guard(self.settings)

    async def shutdown(self) -> None:
        """Stop the threads that scan."""
        self.guard.close()

    async def tool_pre_invoke(self, payload: Any, context: Any) -> Any:
        """A call before it is made."""
        return await self._ask(context, "tools/call", {"name": payload.name, "arguments": payload.args})

    async def prompt_pre_fetch(self, payload: Any, context: Any) -> Any:
        """A prompt before it is fetched."""
        return await self._ask(context, "prompts/get", {"name": payload.prompt_id, "arguments": payload.args})

    async def resource_pre_fetch(self, payload: Any, context: Any) -> Any:
        """A resource before it is read."""
        return await self._ask(context, "resources/read", {"uri": payload.uri})

    async def tool_post_invoke(self, payload: Any, context: Any) -> Any:
        """A tool's result."""
        exchange = self._exchange(context, "tools/call", {"name": payload.name})
        return await self._answer(exchange, payload, "result", _of_tool(payload.result))

    async def prompt_post_fetch(self, payload: Any, context: Any) -> Any:
        """A prompt's messages."""
        exchange = self._exchange(context, "prompts/get", {"name": payload.prompt_id})
        return await self._answer(exchange, payload, "result", _plain(payload.result))

    async def resource_post_fetch(self, payload: Any, context: Any) -> Any:
        """What a resource holds."""
        exchange = self._exchange(context, "resources/read", {"uri": payload.uri})
        return await self._answer(exchange, payload, "content", _of_resource(payload.uri, payload.content))

    def _exchange(self, context: Any, method: str, params: Mapping[str, Any]) -> Exchange:
        known = getattr(context, "global_context", None)
        user, server = getattr(known, "user", None), getattr(known, "server_id", None)
        name = user.get("email", "") if isinstance(user, Mapping) else user or ""
        session = str(getattr(known, "request_id", ""))[:100]
        return Exchange(
            self.guard,
            NAME,
            str(server or self.settings.server),
            method,
            params,
            session=session,
            identity=str(name)[:200],
        )

    async def _ask(self, context: Any, method: str, params: Mapping[str, Any]) -> Any:
        from cpex.framework import PluginResult

        try:
            await self._exchange(context, method, params).ask()
        except StoppedError as stopped:
            return self._violation(stopped)
        return PluginResult()

    async def _answer(self, exchange: Exchange, payload: Any, member: str, value: Mapping[str, Any]) -> Any:
        from cpex.framework import PluginResult

        try:
            passed = await exchange.answer(_named(value, "mime_type", "mimeType"))
        except StoppedError as stopped:
            return self._violation(stopped)
        if passed.same:
            return PluginResult()
        given = getattr(payload, member)
        if isinstance(given, bytes | bytearray):
            return PluginResult(metadata=_metadata(passed.decision))
        made = _returned(given, passed, snake=_has(value, "mime_type"))
        fresh = type(payload)(**{**{name: getattr(payload, name) for name in type(payload).model_fields}, member: made})
        return PluginResult(modified_payload=fresh, metadata=_metadata(passed.decision))

    def _violation(self, stopped: StoppedError) -> Any:
        from cpex.framework import PluginResult, PluginViolation

        decision = stopped.decision
        violation = PluginViolation(
            reason="Blocked by policy",
            description=stopped.said,
            code=CODE,
            details=_metadata(decision) if decision else {},
            mcp_error_code=BLOCKED,
            http_status_code=self.settings.http_status or None,
        )
        return PluginResult(continue_processing=False, violation=violation)


def _guard(settings: CpexSettings) -> Guard:
    from mcpscan.engine import Scanner
    from mcpscan.lock import Lock
    from mcpscan.policy import Policy

    own = {name: getattr(settings, name) for name in GuardSettings.model_fields}
    scanner = Scanner(Policy.load(settings.policy) if settings.policy else None, classifier=settings.classifier)
    pins = Pins(Lock.load(settings.lock), scanner, settings.drift) if settings.lock else None
    return Guard(Judge(scanner, settings.act_on, pins), GuardSettings.model_validate(own))


def _metadata(decision: Decision) -> dict[str, Any]:
    """What a record of the gateway's may hold of a decision: names, no content."""
    said = {"outcome": decision.outcome.value, "rules": list(decision.rules), "reference": decision.event}
    noted = note(decision)
    return {"mcpscan": {**said, "note": noted} if noted else said}


def _plain(value: Any) -> dict[str, Any]:
    """A result as MCP has it, of a model of the gateway's or of anything else."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(by_alias=True, mode="json", exclude_none=True)
    return dict(value) if isinstance(value, Mapping) else {"value": value}


def _of_tool(result: Any) -> dict[str, Any]:
    if isinstance(result, str):
        return {"content": [{"type": "text", "text": result}]}
    if isinstance(result, list):
        return {"content": [], "structuredContent": {"value": result}}
    made = _plain(result)
    return made if isinstance(made.get("content"), list) else {"content": [], "structuredContent": made}


def _of_resource(uri: str, content: Any) -> dict[str, Any]:
    if isinstance(content, str):
        return {"contents": [{"uri": uri, "text": content}]}
    if isinstance(content, bytes | bytearray):
        return {"contents": [{"uri": uri, "blob": content.hex()}]}
    made = _plain(content)
    return made if isinstance(made.get("contents"), list) else {"contents": [{"uri": uri, **made}]}


def _returned(given: Any, passed: Passed, *, snake: bool) -> Any:
    """A rewritten value in the shape in which the gateway gave it."""
    value = _named(passed.value, "mimeType", "mime_type") if snake else dict(passed.value)
    if isinstance(value.get("contents"), list) and not _holds(given, "contents"):
        value = value["contents"][0]
        if isinstance(given, str):
            return value["text"]
    elif isinstance(given, str):
        return "\n".join(str(block.get("text", "")) for block in value["content"])
    elif "structuredContent" in value and not _holds(given, "content"):
        value = value["structuredContent"]
        if not isinstance(given, Mapping) and not hasattr(given, "model_dump"):
            return value["value"]
    # CPEX makes objects of plain dictionaries itself, of a kind without fields, and makes them anew of these.
    if isinstance(given, Mapping) or not getattr(type(given), "model_fields", None):
        return value
    known = _names(type(given).model_fields)
    return type(given).model_validate({name: each for name, each in value.items() if name in known})


def _names(fields: Mapping[str, Any]) -> set[str]:
    return {*fields, *(str(field.alias) for field in fields.values() if field.alias), "_meta"}


def _holds(given: Any, member: str) -> bool:
    found = given.get(member) if isinstance(given, Mapping) else getattr(given, member, None)
    return isinstance(found, list)


def _has(value: Any, name: str) -> bool:
    todo = [value]
    while todo:
        here = todo.pop()
        if isinstance(here, Mapping):
            if name in here:
                return True
            todo += here.values()
        elif isinstance(here, list):
            todo += here
    return False


def _named(value: Any, old: str, new: str) -> Any:
    """A value with one member renamed wherever it stands: gateways write Python's names where MCP has others."""
    if isinstance(value, Mapping):
        return {new if key == old else key: _named(each, old, new) for key, each in value.items()}
    return [_named(each, old, new) for each in value] if isinstance(value, list) else value
