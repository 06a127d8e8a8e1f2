"""JSON-RPC messages as they came over the wire."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mcpscan.surface import parse
from mcpscan.surface.parse import Repeated

_ENVELOPE = frozenset({"jsonrpc", "id", "method", "params", "result", "error"})
"""The members of a message. Some readers take them in any case, so another spelling is another message to them."""


class Sender(StrEnum):
    """Who wrote a message."""

    CLIENT = "client"
    SERVER = "server"


class MalformedError(ValueError):
    """Bytes that hold no JSON-RPC message; the message says why, without quoting them."""


@dataclass(frozen=True, slots=True)
class Message:
    """One JSON-RPC 2.0 message. `method` is "" for an answer, `id` None for a notification."""

    value: dict[str, Any]
    sender: Sender
    method: str
    id: object = None

    @property
    def is_answer(self) -> bool:
        """Whether it answers a request."""
        return not self.method

    @property
    def is_request(self) -> bool:
        """Whether it asks for an answer."""
        return bool(self.method) and "id" in self.value

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of a request or a notification; empty where there are none."""
        found = self.value.get("params")
        return found if isinstance(found, dict) else {}


def read(data: bytes, sender: Sender) -> tuple[tuple[Message, ...], bool]:
    """The messages in some bytes, and whether they came as a batch. Raises `MalformedError`.

    One JSON value in UTF-8: an object, or an array of them (a batch, of revision 2025-03-26).
    """
    parsed = parse(data)
    if parsed.raw is not None or parsed.unread:
        raise MalformedError(parsed.unread[0].reason.split("(")[0].strip(" ;") if parsed.unread else "not JSON")
    batch = isinstance(parsed.value, list)
    # Several values in a row come back as a list too.
    if batch and not data.lstrip(b" \t\r\n").startswith(b"["):
        raise MalformedError("more than one JSON value where one message was expected")
    if parsed.anomalies:
        raise MalformedError("not one whole JSON value")
    values = parsed.value if isinstance(parsed.value, list) else [parsed.value]
    if not values:
        raise MalformedError("an empty batch")
    return tuple(_message(value, sender) for value in values), batch


def _message(value: object, sender: Sender) -> Message:
    if not isinstance(value, dict) or value.get("jsonrpc") != "2.0":
        raise MalformedError("not a JSON-RPC 2.0 message")
    method = value.get("method", "")
    if not isinstance(method, str) or ("method" in value and not method):
        raise MalformedError("a method that is no name")
    if not method and not value.keys() & {"result", "error"}:
        raise MalformedError("neither a request nor an answer")
    _must_be_one_thing(value, method, sender)
    given = value.get("id")
    if isinstance(given, dict | list | bool) or (isinstance(given, float) and not math.isfinite(given)):
        raise MalformedError("an id that is neither a number nor a string")
    return Message(value, sender, method, given)


def _must_be_one_thing(value: dict[str, Any], method: str, sender: Sender) -> None:
    """Raise `MalformedError` for a message that one reader may take for this and the next for that."""
    if isinstance(value, Repeated) or (sender is Sender.CLIENT and isinstance(value.get("params"), Repeated)):
        raise MalformedError("a member that comes twice")
    if not value.keys() <= _ENVELOPE and any(name.lower() in _ENVELOPE for name in value.keys() - _ENVELOPE):
        raise MalformedError("a member in another spelling")
    result, error = value.get("result") is not None, value.get("error") is not None
    if method and (result or error):
        raise MalformedError("a request and an answer at once")
    if result and error:
        raise MalformedError("a result and an error at once")
