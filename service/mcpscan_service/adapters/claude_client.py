"""Passes a hook's input to a running service: nothing of the scanner is loaded."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

from mcpscan_service.adapters.claude_reply import Reply

PATH = "/adapters/claude-code"
MOST = 64 * 1024 * 1024
"""Bytes of an answer that are read at most."""


class UnreachableError(RuntimeError):
    """A service that gave no answer that can be used; the message says why."""


def asked(url: str, data: bytes, key: str, seconds: float) -> Reply:
    """The service's reply to a hook's input. Raises `UnreachableError`."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnreachableError("the address of the service is none of http or https")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    try:
        line = kind(parts.hostname, parts.port, timeout=seconds)
        try:
            line.request("POST", parts.path.rstrip("/") + PATH, data, headers)
            answer = line.getresponse()
            body, status = answer.read(MOST), answer.status
        finally:
            line.close()
        value = json.loads(body) if status == 200 else None
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise UnreachableError(f"the service did not answer ({type(problem).__name__})") from problem
    if not isinstance(value, dict):
        raise UnreachableError(f"the service answered with status {status}")
    return Reply(value)
