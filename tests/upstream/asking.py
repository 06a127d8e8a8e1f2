"""A bare client for tests: sends one JSON-RPC message over HTTP and reads what comes back, whatever it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
from upstream.world import BLOB, MARK

HEADERS = {
    "content-type": "application/json",
    "accept": "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
}
ID = 7


def request(method: str = "tools/call", given: Any = ID, **params: Any) -> dict[str, Any]:
    """A request; by default a call of the tool `read`."""
    asked = params or ({"name": "read", "arguments": {}} if method == "tools/call" else {})
    return {"jsonrpc": "2.0", "id": given, "method": method, "params": asked}


def ask(url: str, message: Any = None, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """The whole answer to one message."""
    body = message if isinstance(message, bytes) else json.dumps(message or request()).encode()
    with httpx.Client(timeout=60, trust_env=False) as client:
        return client.post(url, content=body, headers={**HEADERS, **(headers or {})})


def messages(kind: str, body: str) -> list[Any]:
    """The messages in a body."""
    if kind.partition(";")[0].strip() != "text/event-stream":
        return [json.loads(body)] if body.strip() else []
    return [json.loads(data) for data in _data(body) if data]


def _data(body: str) -> Iterator[str]:
    for event in re.split(r"(?:\r\n|\r(?!\n)|\n){2}", body):
        lines = [line[5:].removeprefix(" ") for line in re.split(r"\r\n|\r|\n", event) if line.startswith("data:")]
        yield "\n".join(lines)


def said(response: httpx.Response) -> list[Any]:
    """The messages of an answer."""
    return messages(response.headers.get("content-type", ""), response.text)


def shown(response: httpx.Response) -> str:
    """All that a client gets to see of an answer, in one text."""
    heads = [f"{name}: {value}" for name, value in response.headers.multi_items()]
    phrase = response.extensions.get("reason_phrase", b"").decode("latin-1")
    return "\n".join([phrase, *heads, response.text])


def is_clean(response: httpx.Response) -> bool:
    """Whether nothing of the poison is in an answer."""
    text = shown(response)
    return MARK not in text and BLOB[:40] not in text and "Ignore all previous" not in text


def failed(message: Any, given: Any = ID) -> bool:
    """Whether a message tells the client that its request failed."""
    result = message.get("result")
    return message.get("id") == given and ("error" in message or (isinstance(result, dict) and result["isError"]))


def was_stopped(response: httpx.Response, given: Any = ID) -> bool:
    """Whether an answer says, as MCP has it and without any poison, that the request failed."""
    found = said(response)
    return bool(found) and failed(found[-1], given) and is_clean(response)
