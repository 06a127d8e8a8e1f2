"""The shape of OpenAI's moderation: `POST /v1/moderations`, with the rule families as categories.

`model` says what the texts are: "mcpscan-definition" for descriptions of tools, anything else for what a tool gave back.
A text that could not be scanned is flagged, in the category "not-scanned".
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mcpscan.finding import Action
from mcpscan_service.guard import Conversation, Decision, Guard, Sender, Unscannable

if TYPE_CHECKING:
    from fastapi import APIRouter

PATH = "/v1/moderations"
RESULT, DEFINITION = "mcpscan-result", "mcpscan-definition"
NOT_SCANNED = "not-scanned"


class Input(BaseModel):
    """One part of a multi-modal input: only texts can be read."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: str
    text: str | None = None


class Asking(BaseModel):
    """What a client sends. Strings are judged one by one, parts with a type together."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    input: (
        str | Annotated[tuple[str, ...], Field(max_length=2_048)] | Annotated[tuple[Input, ...], Field(max_length=64)]
    )
    model: str = RESULT


class Judged(BaseModel):
    """What is said of one text."""

    model_config = ConfigDict(frozen=True)

    flagged: bool
    categories: dict[str, bool]
    category_scores: dict[str, float]
    category_applied_input_types: dict[str, tuple[str, ...]]


class Answer(BaseModel):
    """What a client gets. `id` is the reference of the first record."""

    model_config = ConfigDict(frozen=True)

    id: str
    model: str
    results: tuple[Judged, ...]


def router(guard: Guard) -> APIRouter:
    """The route. It belongs behind the service's authentication."""
    from fastapi import APIRouter, Request

    routes = APIRouter(tags=["adapters"])

    async def moderate(asking: Asking, request: Request) -> Answer:
        """Say of each text which rule families speak against it."""
        identity = request.scope.get("state", {}).get("identity", "")
        return await moderated(guard, asking, str(identity))

    moderate.__annotations__.update(request=Request)
    routes.add_api_route(PATH, moderate, methods=["POST"], response_model=Answer)
    return routes


async def moderated(guard: Guard, asking: Asking, identity: str = "") -> Answer:
    """The answer to one request. Raises what `Guard.rule` raises."""
    messages = [_message(number, part, asking.model) for number, part in enumerate(_parts(asking.input))]
    talk = Conversation(server="moderation", identity=identity, transport="adapter:moderation", nameless=True)
    model = f"mcpscan-{guard.judge.scanner.versions['mcpscan']}"
    if not messages:
        return Answer(id="", model=model, results=())
    ruling = await guard.rule(json.dumps(messages).encode(), Sender.SERVER, talk)
    made = ruling.decisions if len(ruling.decisions) == len(messages) else ruling.decisions * len(messages)
    judged = tuple(_judged(guard, each) for each in made)
    return Answer(id=f"modr-{ruling.decisions[0].event}", model=model, results=judged)


def families(guard: Guard) -> tuple[str, ...]:
    """The categories: the first word of every rule's id."""
    return tuple(sorted({rule.id.partition("-")[0] for rule in guard.judge.scanner.rules}))


def _parts(given: str | Sequence[str] | Sequence[Input]) -> list[list[Input]]:
    """What is judged together, entry by entry."""
    if isinstance(given, str):
        return [[Input(type="text", text=given)]]
    texts = [[Input(type="text", text=each)] for each in given if isinstance(each, str)]
    return texts or ([[each for each in given if isinstance(each, Input)]] if given else [])


def _message(number: int, parts: Sequence[Input], model: str) -> dict[str, Any]:
    """The texts as a server would have sent them."""
    texts = [part.text for part in parts if part.text is not None]
    if model == DEFINITION:
        tools = [{"name": f"input-{place}", "description": text} for place, text in enumerate(texts)]
        return {"jsonrpc": "2.0", "id": number, "result": {"tools": tools}}
    blocks: list[Mapping[str, str]] = [{"type": "text", "text": text} for text in texts]
    if len(texts) < len(parts):
        blocks.append({"type": "image", "data": "", "mimeType": "image/*"})
    return {"jsonrpc": "2.0", "id": number, "result": {"content": blocks}}


def _judged(guard: Guard, decision: Decision) -> Judged:
    stopped = bool(decision.rules) or decision.action is not Action.ALLOW
    missed = bool(decision.error) or (bool(decision.unscanned) and guard.settings.unscannable is Unscannable.BLOCK)
    found = {rule.partition("-")[0] for rule in decision.rules}
    unread = bool(decision.error or decision.unscanned)
    named = {family: family in found for family in families(guard)} | {NOT_SCANNED: unread}
    score = decision.risk if math.isfinite(decision.risk) else 1.0
    return Judged(
        flagged=stopped or missed,
        categories=named,
        category_scores={name: (1.0 if name == NOT_SCANNED else score) if on else 0.0 for name, on in named.items()},
        category_applied_input_types=dict.fromkeys(named, ("text",)),
    )
