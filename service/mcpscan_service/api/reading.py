"""Bytes of a request to a JSON value, within limits, without losing what a careless parser loses."""

from __future__ import annotations

import re
from itertools import accumulate

from mcpscan.surface import parse
from mcpscan_service.problem import ProblemError

_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def value_of(data: bytes, depth: int, *, several: bool = False) -> object:
    """The one JSON value in some bytes; with `several` also JSON Lines, as a list. Raises `ProblemError`.

    Members of one name are kept (`mcpscan.surface.Repeated`), so that both are scanned.
    """
    if is_deeper(data, depth):
        raise ProblemError("too-deep", f"at most {depth} levels are read")
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        raise ProblemError("bad-json", f"not UTF-8 at byte {problem.start}") from None
    parsed = parse(text)
    if parsed.unread or parsed.anomalies:
        too_deep = any(each.code == "too-deep" for each in parsed.unread)
        raise ProblemError("too-deep") if too_deep else ProblemError("bad-json", _where(text, several=several))
    # Several values in a row come back as a list too.
    if isinstance(parsed.value, list) and not several and not text.lstrip("\ufeff \t\r\n").startswith("["):
        raise ProblemError("bad-json", "more than one JSON value")
    return parsed.value


def is_deeper(data: bytes, depth: int) -> bool:
    """Whether the brackets of a JSON text are nested deeper than a number of levels. Reads bytes only.

    >>> is_deeper(b'[[["]"]]]', 2), is_deeper(b'[["[[[["]]', 2)
    (True, False)
    """
    if data.count(b"[") + data.count(b"{") <= depth:
        return False
    brackets = _STRINGS.sub(b"", data).translate(None, _OTHERS)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > depth


def _where(text: str, *, several: bool) -> str:
    import json

    if several:
        return "neither one JSON value nor JSON Lines"
    try:
        json.loads(text)
    except json.JSONDecodeError as problem:
        return f"{problem.msg} at line {problem.lineno}, column {problem.colno}"
    except (ValueError, RecursionError):
        pass
    return "a value that cannot be read"
