"""Header fields of a request that repeat what its body says, and whether they agree with it.

What stands between a client and a server may act on the fields alone, so a pair that disagrees is refused.
Source: MCP 2026-07-28, transports, standard and custom headers; error -32020 (header mismatch).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mcpscan_service.guard import Message
from mcpscan_service.guard.channel import NAMED
from mcpscan_service.wire.params import Paths

MISMATCH = -32020
"""JSON-RPC error code: the header fields and the body of a request disagree."""

VERSION = "io.modelcontextprotocol/protocolVersion"
"""The member of `_meta` that names the protocol revision of a request."""

Fields = Mapping[bytes, bytes]

_METHOD, _NAME, _PROTOCOL, _PARAM = b"mcp-method", b"mcp-name", b"mcp-protocol-version", b"mcp-param-"
_SINGLE = frozenset(
    {b"authorization", b"content-encoding", b"content-length", b"content-type", b"host", b"last-event-id",
     b"mcp-session-id", b"x-api-key", _METHOD, _NAME, _PROTOCOL}
)  # fmt: skip
_OPEN, _CLOSE = "=?base64?", "?="


class RepeatedFieldError(ValueError):
    """A header field that may come once came twice: readers of the first and of the last would disagree."""


def fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Header fields by name in small letters. Raises `RepeatedFieldError` where a second one would change the meaning."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        key = name.lower()
        if key in found and (key in _SINGLE or key.startswith(_PARAM)):
            raise RepeatedFieldError(f"the header field {key.decode('latin-1')[:40]} came more than once")
        found[key] = value
    return found


def disagreement(given: Fields, messages: Iterable[Message], paths: Callable[[str], Paths]) -> str:
    """Why header fields and body say different things, or "" where they agree. Never quotes either.

    `paths` gives the `Mcp-Param-*` fields of a tool, as far as they are known.
    """
    method, name, protocol = given.get(_METHOD), given.get(_NAME), given.get(_PROTOCOL)
    params = {key.decode("latin-1"): value for key, value in given.items() if key.startswith(_PARAM)}
    for message in messages:
        if method is not None and _text(method) != message.method:
            return "Mcp-Method differs from the method of the body"
        if name is not None and not _says(name, _named(message)):
            return "Mcp-Name differs from the name in the body"
        version = _version(message)
        if protocol is not None and version is not None and version != _text(protocol):
            return "MCP-Protocol-Version differs from the version in the body"
        if params and (problem := _of_parameters(params, message, paths)):
            return problem
    return ""


def renewed(headers: Iterable[tuple[bytes, bytes]], message: Message, paths: Paths) -> list[tuple[bytes, bytes]]:
    """Header fields that fit a body whose arguments were rewritten: `Mcp-Param-*` anew, or gone where nobody knows of what."""
    made: list[tuple[bytes, bytes]] = []
    for name, value in headers:
        key = name.lower()
        if not key.startswith(_PARAM):
            made.append((name, value))
            continue
        path = paths.get(key.decode("latin-1"))
        said = None if path is None else _rendered(_at(message.params.get("arguments"), path))
        if said is not None:
            made.append((name, encoded(said)))
    return made


def encoded(text: str) -> bytes:
    """A text as the value of a header field: as it is where that is safe, else in the base64 form.

    >>> encoded("eu-west"), encoded(" ä")
    (b'eu-west', b'=?base64?IMOk?=')
    """
    plain = text.isascii() and text.isprintable() and text == text.strip()
    if plain and not (text.startswith(_OPEN) and text.endswith(_CLOSE)):
        return text.encode()
    return _wrapped(text.encode(errors="replace")).encode()


def _of_parameters(params: Mapping[str, bytes], message: Message, paths: Callable[[str], Paths]) -> str:
    tool = message.params.get("name")
    if message.method != "tools/call" or not isinstance(tool, str):
        return "Mcp-Param-* on a request that calls no tool"
    known = paths(tool)
    for name, value in params.items() if known else ():
        path = known.get(name)
        if path is None:
            return "an Mcp-Param-* field that the tool does not have"
        if not _says(value, _rendered(_at(message.params.get("arguments"), path))):
            return "an Mcp-Param-* field differs from the argument in the body"
    return ""


def _named(message: Message) -> object:
    _, member = NAMED.get(message.method, ("", ""))
    members = (member,) if member else ("name", "uri", "taskId")
    return next((message.params[each] for each in members if each in message.params), "")


def _version(message: Message) -> object:
    meta = message.params.get("_meta")
    return meta.get(VERSION) if isinstance(meta, dict) else None


def _says(value: bytes, meant: object) -> bool:
    said = _decoded(value)
    return said is not None and said == meant


def _text(value: bytes) -> str | None:
    try:
        return value.decode("ascii")
    except UnicodeDecodeError:
        return None


def _decoded(value: bytes) -> str | None:
    """The text of a field, or None for one that is no text: it then agrees with nothing."""
    text = _text(value)
    if text is None or not (text.startswith(_OPEN) and text.endswith(_CLOSE)):
        return text
    try:
        data = base64.b64decode(text[len(_OPEN) : -len(_CLOSE)], validate=True)
        # Another spelling of the same bytes is one that other readers may read differently.
        return data.decode() if _wrapped(data) == text else None
    except (binascii.Error, UnicodeDecodeError):
        return None


def _wrapped(data: bytes) -> str:
    return f"{_OPEN}{base64.b64encode(data).decode()}{_CLOSE}"


def _rendered(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    # Longer numbers are refused by Python, and by no server without need.
    return str(value) if isinstance(value, float) or (isinstance(value, int) and value.bit_length() < 4_096) else None


def _at(value: Any, path: tuple[str, ...]) -> object:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
