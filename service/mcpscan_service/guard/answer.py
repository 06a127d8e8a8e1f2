"""The answers that the filter gives in place of a server or a client: shaped as MCP has it, without what was blocked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from mcpscan_service.guard.conversation import Asked
from mcpscan_service.guard.message import Message, Sender

BLOCKED = -32060
"""JSON-RPC error code of a message that the filter did not let pass (of the range left to implementations)."""

MOST_RULES = 5

_BREAKS = re.compile("[\u0085\u2028\u2029]")
"""Line ends to some readers of event streams and of lines: they would cut a message in two."""


def text(rules: Iterable[str], event: str, why: str = "Blocked by policy") -> str:
    """What a model reads instead: the rules, and the reference of the record. Nothing of the content."""
    named = [rule for rule in dict.fromkeys(rules) if rule]
    more = f" and {len(named) - MOST_RULES} more" if len(named) > MOST_RULES else ""
    return f"{why}: {', '.join(named[:MOST_RULES])}{more}. Reference {event}."


def refusal(given: object, asked: Asked, said: str, code: int = BLOCKED) -> dict[str, Any]:
    """The answer to a request in place of the real one: a failed tool result, or a JSON-RPC error."""
    if asked.method != "tools/call":
        return error(given, said, code)
    result: dict[str, Any] = {"content": [{"type": "text", "text": said}], "isError": True}
    if asked.stateless:
        result["resultType"] = "complete"
    return {"jsonrpc": "2.0", "id": given, "result": result}


def instead(message: Message, asked: Asked, said: str) -> dict[str, Any]:
    """What goes on in place of an answer that was blocked: an error stays one and keeps its code."""
    failed = message.value.get("error")
    if failed is None and asked.method and message.sender is Sender.SERVER:
        return refusal(message.id, asked, said)
    code = failed.get("code") if isinstance(failed, dict) else None
    return error(message.id, said, code if isinstance(code, int) else BLOCKED)


def error(given: object, said: str, code: int = BLOCKED) -> dict[str, Any]:
    """A JSON-RPC error answer."""
    return {"jsonrpc": "2.0", "id": given, "error": {"code": code, "message": said}}


def encode(value: object) -> bytes:
    """A message as bytes on the wire. A number that JSON does not have is written the way it came: `NaN`."""
    try:
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", written).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()
