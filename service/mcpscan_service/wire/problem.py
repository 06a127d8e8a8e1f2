"""Answers about HTTP itself, where no JSON-RPC message is at hand. Source: RFC 9457 (problem details)."""

from __future__ import annotations

import json

from mcpscan_service.wire.exchange import Answer

_TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


def problem(status: int, detail: str, *headers: tuple[bytes, bytes]) -> Answer:
    """A short answer about what is wrong; `detail` is our own text, never the caller's."""
    value = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    return Answer(status, json.dumps(value).encode(), b"application/problem+json", tuple(headers))
