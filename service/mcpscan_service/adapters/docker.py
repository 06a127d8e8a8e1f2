"""Docker MCP Gateway interceptors: `--interceptor before|after:exec|docker|http:ARGUMENT`, for `tools/call` only.

The gateway writes JSON to a command's standard input or to a URL, and reads what comes back: nothing means "go on", and
anything else is taken for a CallToolResult, whatever it is and whatever the HTTP status says. `before` gets
`{"method": "tools/call", "params": …}`, `after` the CallToolResult, or `null` where the call failed with an error.
(docker/mcp-gateway, pkg/interceptors/interceptors.go.)
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mcpscan.surface import parse
from mcpscan_service.guard import Conversation, Guard, Outcome, Ruling, Sender, answer
from mcpscan_service.guard.decision import event_id
from mcpscan_service.settings import Settings

if TYPE_CHECKING:
    from fastapi import APIRouter

PATH = "/adapters/docker"
WHEN = ("before", "after")

ID = 1
"""The id of the one request in a conversation; the gateway shows none."""

NOTHING = b"null"
"""What the gateway writes for a call that failed: its error goes to the client, and no interceptor sees it."""


async def intercepted(guard: Guard, when: str, data: bytes, talk: Conversation) -> bytes:
    """What the gateway is to take for the tool's result, b"" to go on. Never raises: what fails is refused.

    `when` is "before" (asks the quarantine and the lock; arguments are looked at as the settings say) or "after". The
    exec form runs this with `asyncio.run` on standard input.
    """
    try:
        if when == "before":
            request = as_request(data)
            if request is not None:
                return stopped(await guard.rule(request, Sender.CLIENT, talk))
        elif when == "after":
            if data.strip() == NOTHING:
                return b""
            message = as_answer(data)
            if message is not None:
                return passed(await guard.rule(message, Sender.SERVER, talk))
    except Exception as problem:  # noqa: BLE001 - whatever went wrong, an empty answer would let it pass
        return refused(type(problem).__name__)
    return refused(f"not what an interceptor {when} a call is given" if when in WHEN else "unknown interceptor")


def as_request(data: bytes) -> bytes | None:
    """The JSON-RPC request that the gateway's JSON stands for, or None where it is none."""
    value = _read(data)
    params = value.get("params", value.get("Params")) if value else None  # Older gateways write Go's own names.
    if not isinstance(params, dict):
        return None
    return answer.encode({"jsonrpc": "2.0", "id": ID, "method": "tools/call", "params": params})


def as_answer(data: bytes) -> bytes | None:
    """The JSON-RPC answer that a CallToolResult stands for, or None where the bytes hold none."""
    value = _read(data)
    return None if value is None else answer.encode({"jsonrpc": "2.0", "id": ID, "result": value})


def stopped(ruling: Ruling) -> bytes:
    """The answer to a request that does not pass; b"" for one that does.

    A request cannot be rewritten: one of which something was cut is stopped.
    """
    passes = all(each.outcome in {Outcome.PASSED, Outcome.ANNOTATED} for each in ruling.decisions)
    return b"" if passes else _result(ruling.reply, ruling)


def passed(ruling: Ruling) -> bytes:
    """What takes the place of a result; b"" where it passes as it came."""
    same = all(each.outcome is Outcome.PASSED for each in ruling.decisions)
    return b"" if same else _result(ruling.forward, ruling)


def refused(why: str, reference: str = "") -> bytes:
    """The CallToolResult for what cannot be read."""
    said = answer.text([why], reference or event_id(), "Could not be scanned")
    return answer.encode({"content": [{"type": "text", "text": said}], "isError": True})


def router(guard: Guard, settings: Callable[[], Settings]) -> APIRouter:
    """The HTTP form: `POST /adapters/docker/before` and `/after`, with `?server=NAME` where one server is behind it.

    It belongs behind the service's authentication, whose refusals must have a body: the gateway takes an empty answer
    for "go on".
    """
    from fastapi import APIRouter, Request, Response

    routes = APIRouter(tags=["adapters"])

    async def intercept(when: str, request: Request, server: str = "") -> Response:
        """Decide about one call, or one result, of a Docker MCP Gateway."""
        identity = str(request.scope.get("state", {}).get("identity", ""))
        talk = conversation(settings(), server, identity)
        made = await intercepted(guard, when, await request.body(), talk)
        return Response(made, media_type="application/json")

    intercept.__annotations__.update(request=Request, **{"return": Response})
    routes.add_api_route(f"{PATH}/{{when}}", intercept, methods=["POST"], response_class=Response)
    return routes


def conversation(settings: Settings, server: str = "", identity: str = "") -> Conversation:
    """One call through the gateway. Without the name of a server nobody knows whose the tool is: no lock is asked."""
    known = settings.upstreams.get(server)
    return Conversation(
        server=server[:200] or "docker-gateway",
        pin=known.pin if known else "",
        identity=identity,
        transport="adapter:docker",
        nameless=not server,
    )


def _read(data: bytes) -> dict[str, Any] | None:
    parsed = parse(data)
    whole = parsed.raw is None and not parsed.unread and not parsed.anomalies
    return parsed.value if whole and isinstance(parsed.value, dict) else None


def _result(message: bytes | None, ruling: Ruling) -> bytes:
    value: Any = json.loads(message) if message else {}
    result = value.get("result")
    if isinstance(result, dict):
        return answer.encode(result)
    decision = ruling.decisions[0]
    return refused(", ".join(decision.rules) or decision.error or "not permitted", decision.event)
