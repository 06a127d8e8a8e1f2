"""Which channel a message speaks on: what a mode is set for, and what a record and a metric name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Channel(StrEnum):
    """What a message is to the one who reads it."""

    DEFINITION = "definition"
    INSTRUCTIONS = "instructions"
    RESULT = "result"
    PROMPT = "prompt"
    RESOURCE = "resource"
    COMPLETION = "completion"
    ERROR = "error"
    NOTIFICATION = "notification"
    ELICITATION = "elicitation"
    SAMPLING = "sampling"
    ARGUMENT = "argument"


class Mode(StrEnum):
    """What is done about an objection on a channel, from the mildest."""

    MONITOR = "monitor"
    ANNOTATE = "annotate"
    REDACT = "redact"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """Its place in the order, the mildest 0."""
        return tuple(Mode).index(self)


LISTS: Mapping[str, str] = {
    "tools/list": "tools",
    "prompts/list": "prompts",
    "resources/list": "resources",
    "resources/templates/list": "resourceTemplates",
}
"""Methods whose results are lists of parts, and the member that holds the list."""

LABELS: Mapping[str, tuple[str, str]] = {
    "tools/list": ("tool", "name"),
    "prompts/list": ("prompt", "name"),
    "resources/list": ("resource", "uri"),
    "resources/templates/list": ("template", "uriTemplate"),
}
"""Methods whose results are lists: the family of the parts, and the member that a part is known by."""

NAMED: Mapping[str, tuple[str, str]] = {
    "tools/call": ("tool", "name"),
    "prompts/get": ("prompt", "name"),
    "resources/read": ("resource", "uri"),
}
"""Methods that name one part: its family, and the member of `params` that names it."""

_ANSWERS: Mapping[str, Channel] = {
    **dict.fromkeys(LISTS, Channel.DEFINITION),
    "initialize": Channel.INSTRUCTIONS,
    "server/discover": Channel.INSTRUCTIONS,
    "prompts/get": Channel.PROMPT,
    "resources/read": Channel.RESOURCE,
    "completion/complete": Channel.COMPLETION,
}
_ASKS: Mapping[str, Channel] = {
    "elicitation/create": Channel.ELICITATION,
    "sampling/createMessage": Channel.SAMPLING,
}
_SHAPES: Mapping[str, str] = {
    **{member: method for method, member in LISTS.items()},
    "contents": "resources/read",
    "messages": "prompts/get",
    "completion": "completion/complete",
    "serverInfo": "initialize",
    "supportedVersions": "server/discover",
    "content": "tools/call",
}


def of_answer(method: str, answer: Mapping[str, object]) -> Channel:
    """The channel of a server's answer to a request of `method`."""
    if answer.get("error") is not None:
        return Channel.ERROR
    return Channel.ELICITATION if _asks(answer) else _ANSWERS.get(method, Channel.RESULT)


def all_of_answer(method: str, answer: Mapping[str, object]) -> tuple[Channel, ...]:
    """Every channel that a server's answer speaks on: one that asks for input may say all else beside it."""
    if answer.get("error") is None and _asks(answer):
        return Channel.ELICITATION, Channel.SAMPLING, _ANSWERS.get(method, Channel.RESULT)
    return (of_answer(method, answer),)


def of_request(method: str) -> Channel:
    """The channel of a request or a notification of a server's."""
    return _ASKS.get(method, Channel.NOTIFICATION)


def _asks(answer: Mapping[str, object]) -> bool:
    result = answer.get("result")
    return isinstance(result, Mapping) and "inputRequests" in result


def guessed(answer: Mapping[str, object]) -> str:
    """The method that an answer looks like an answer to, where nobody saw the request."""
    result = answer.get("result")
    members = result if isinstance(result, Mapping) else {}
    return next((method for member, method in _SHAPES.items() if member in members), "")
