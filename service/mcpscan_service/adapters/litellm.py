"""LiteLLM's generic guardrail: `POST /beta/litellm_basic_guardrail_api` (litellm 1.106, `generic_guardrail_api`).

What is read, and as what: `tools` as a list of definitions; messages of the role tool, and every text that no message of
another role accounts for, as results; texts of an MCP call (one tool, no messages) and `tool_calls` as arguments. Texts
of users, systems and assistants in a request are no server's and are left alone. Pictures are said as not scanned.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mcpscan_service.adapters import payloads
from mcpscan_service.guard import Conversation, Decision, Guard, Mode, Outcome, Ruling, Sender, answer

if TYPE_CHECKING:
    from fastapi import APIRouter

PATH = "/beta/litellm_basic_guardrail_api"

OWN = frozenset({"user", "system", "developer", "assistant"})
"""Roles of those whose words no server brought."""

MOST_PICTURES = 64
"""Pictures that are named one by one; more of them are still said, once."""


class Asking(BaseModel):
    """What LiteLLM sends. Unknown members are new ones of LiteLLM's, and are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    input_type: Literal["request", "response"]
    texts: tuple[str, ...] | None = None
    images: tuple[str, ...] | None = None
    tools: tuple[dict[str, Any], ...] | None = None
    tool_calls: tuple[dict[str, Any], ...] | None = None
    structured_messages: tuple[dict[str, Any], ...] | None = None
    request_data: dict[str, Any] = Field(default_factory=dict)
    additional_provider_specific_params: dict[str, Any] | None = None
    litellm_call_id: str | None = None
    litellm_trace_id: str | None = None
    litellm_version: str | None = None
    model: str | None = None


class Answer(BaseModel):
    """What LiteLLM is told. `references` and `unscanned` are for people who read its logs; LiteLLM ignores them."""

    model_config = ConfigDict(frozen=True)

    action: Literal["NONE", "BLOCKED", "GUARDRAIL_INTERVENED"]
    blocked_reason: str | None = None
    texts: tuple[str, ...] | None = None
    references: tuple[str, ...] = ()
    unscanned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """The texts of a request by what they are: numbers of those that are results, and of those that are arguments."""

    results: tuple[int, ...] = ()
    arguments: tuple[int, ...] = ()


def router(guard: Guard) -> APIRouter:
    """The route. It belongs behind the service's authentication."""
    from fastapi import APIRouter, Request

    routes = APIRouter(tags=["adapters"])

    async def decide(asking: Asking, request: Request) -> Answer:
        """Decide about what a chat or an MCP call through LiteLLM carries."""
        identity = request.scope.get("state", {}).get("identity", "")
        return await decided(guard, asking, str(identity))

    # The annotations are strings here, and `Request` is known to this function only.
    decide.__annotations__.update(asking=Asking, request=Request)
    routes.add_api_route(PATH, decide, methods=["POST"], response_model=Answer, response_model_exclude_none=True)
    return routes


async def decided(guard: Guard, asking: Asking, identity: str = "") -> Answer:
    """The answer to one request of LiteLLM's. Raises what `Guard.rule` raises: nothing may pass then."""
    talk, texts, places = _conversation(asking, identity), asking.texts or (), sort(asking)
    requests, answers = _messages(asking, places)
    rulings = [
        await guard.rule(json.dumps(part).encode(), sender, talk)
        for part, sender in ((requests, Sender.CLIENT), (answers, Sender.SERVER))
        if part
    ]
    decisions = tuple(decision for ruling in rulings for decision in ruling.decisions)
    told = Answer(
        action="NONE",
        references=tuple(each.event for each in decisions if each.outcome is not Outcome.PASSED or each.rules),
        unscanned=tuple(dict.fromkeys(code for each in decisions for code in each.unscanned)),
    )
    changed = {each.outcome for each in decisions} - {Outcome.PASSED, Outcome.ANNOTATED}
    if not changed:
        return told
    replaced = _replaced(texts, places, rulings) if changed == {Outcome.REDACTED} else None
    if replaced is None:
        return told.model_copy(update={"action": "BLOCKED", "blocked_reason": _reason(decisions)})
    return told.model_copy(update={"action": "GUARDRAIL_INTERVENED", "texts": replaced})


def sort(asking: Asking) -> Sorted:
    """Which texts are results and which are arguments.

    A text is left alone only where a message of a user, a system or an assistant holds it and no tool's message does.
    """
    numbers = tuple(range(len(asking.texts or ())))
    if asking.input_type == "response":
        return Sorted(results=numbers)
    if not asking.structured_messages:
        is_call = len(asking.tools or ()) == 1
        return Sorted(arguments=numbers) if is_call else Sorted(results=numbers)
    said = [each for each in asking.structured_messages if each.get("role") in OWN]
    known = {text for each in said for text in payloads.texts_of(each.get("content"))}
    brought = {
        block["text"]
        for piece in payloads.extract({"messages": list(asking.structured_messages)}).results
        for block in piece.message["result"].get("content", ())
        if "text" in block
    }
    texts = asking.texts or ()
    return Sorted(results=tuple(number for number in numbers if texts[number] in brought or texts[number] not in known))


def _messages(asking: Asking, texts: Sorted) -> tuple[list[Any], list[Any]]:
    """What a client would have sent, and what a server would have answered."""
    given = asking.texts or ()
    found = payloads.extract({"messages": list(asking.structured_messages or ()), "tools": list(asking.tools or ())})
    called = payloads.extract({"messages": [{"tool_calls": list(asking.tool_calls or ())}]})
    name = payloads.as_tool(asking.tools[0])["name"] if texts.arguments and asking.tools else ""
    requests = [piece.message for piece in (*found.calls, *called.calls)]
    if texts.arguments:
        # First, as the texts of results are: `_replaced` knows them by their places.
        params = {"name": name, "arguments": {str(number): given[number] for number in texts.arguments}}
        requests.insert(0, {"jsonrpc": "2.0", "id": "texts", "method": "tools/call", "params": params})
    answers = [payloads.answer(f"text-{n}", payloads.as_result(given[n])) for n in texts.results]
    flat = {given[number] for number in texts.results}
    for piece in found.results:
        blocks = piece.message["result"].get("content", ())
        if "structuredContent" in piece.message["result"] or any(block.get("text") not in flat for block in blocks):
            answers.append(piece.message)
    if asking.images:
        picture = {"type": "image", "data": "", "mimeType": "image/*"}
        answers.append(payloads.answer("images", {"content": [picture] * min(len(asking.images), MOST_PICTURES)}))
    return requests, [*answers, *([found.definitions] if found.definitions else [])]


def _replaced(texts: Sequence[str], places: Sorted, rulings: Sequence[Ruling]) -> tuple[str, ...] | None:
    """The texts with what was cut out of them, or None where something was cut that LiteLLM does not take back."""
    made = list(texts)
    for ruling in rulings:
        passed = json.loads(ruling.forward or b"[]")
        for place, decision in enumerate(ruling.decisions):
            if decision.outcome is not Outcome.REDACTED:
                continue
            if decision.sender is Sender.SERVER and place < len(places.results):
                made[places.results[place]] = passed[place]["result"]["content"][0]["text"]
            elif decision.sender is Sender.CLIENT and place == 0 and places.arguments:
                cut = passed[0]["params"]["arguments"]
                made = [cut.get(str(number), text) for number, text in enumerate(made)]
            else:
                return None
    return tuple(made)


def _reason(decisions: Sequence[Decision]) -> str:
    stopped = [each for each in decisions if each.outcome not in {Outcome.PASSED, Outcome.ANNOTATED}]
    said = [word for each in stopped for word in (*each.rules, each.error, *each.unscanned) if word]
    return answer.text(said, stopped[0].event)


def _conversation(asking: Asking, identity: str) -> Conversation:
    params, user = asking.additional_provider_specific_params or {}, asking.request_data
    who = user.get("user_api_key_alias") or user.get("user_api_key_user_id") or user.get("user_api_key_hash") or ""
    mode = params.get("mode")
    return Conversation(
        server="litellm",
        identity=identity,
        transport="adapter:litellm",
        session=(asking.litellm_trace_id or asking.litellm_call_id or "")[:200],
        client=str(who)[:200],
        nameless=True,
        # A caller of LiteLLM's may send these parameters too: they make it stricter, and never milder.
        floor=Mode(mode) if mode in tuple(Mode) else Mode.MONITOR,
    )
