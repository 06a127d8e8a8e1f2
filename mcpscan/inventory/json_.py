"""JSON, JSON with comments and JSON5 to a document. Values come from libraries; the lines of members are found here.

No kept library tells where in a JSON5 text its members stand, so `spots` reads the tokens of a text that a library has
found to be right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mcpscan.inventory.document import BrokenError, Document, Spot, keep

LOOSE_SIZE = 256 * 1024
"""Characters of JSON5 that are read at most: its parser is written in Python and takes seconds for more."""

_DEEP = "nested too deeply"
_TOKEN = re.compile(
    r"""//[^\n\r\u2028\u2029]*|/\*.*?\*/
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<mark>[{}\[\]:,])
    |(?P<word>[^\s{}\[\]:,"'/]+)""",
    re.DOTALL | re.VERBOSE,
)


def read(text: str) -> Document:
    """The document of a text. Raises `BrokenError`."""
    value = _value(text)
    return Document(value, partial(spots, text))


def _value(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=keep)
    except RecursionError:
        raise BrokenError(_DEEP) from None
    except json.JSONDecodeError as problem:
        line, reason = problem.lineno, problem.msg
    except ValueError as problem:
        raise BrokenError(str(problem)) from None
    if len(text) > LOOSE_SIZE:
        raise BrokenError(f"not JSON ({reason}), and too large to be read as JSON with comments", line)
    return _loose(text)


def _loose(text: str) -> Any:
    import json5

    try:
        return _joined(json5.loads(text, object_pairs_hook=_keep_joined))
    except RecursionError:
        raise BrokenError(_DEEP) from None
    except ValueError as problem:
        found = re.match(r"[^:]*:(\d+) Unexpected .* at column (\d+)$", str(problem), re.DOTALL)
        if found is None:
            raise BrokenError("not JSON, also with comments and trailing commas allowed") from None
        raise BrokenError(f"not JSON: something unexpected at column {found[2]}", int(found[1])) from None


def _keep_joined(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return keep((_joined(name), _joined(value)) for name, value in pairs)


def _joined(value: Any) -> Any:
    """A value whose strings have whole characters: json5 leaves an escaped pair of surrogates as two."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return [_joined(item) for item in value] if isinstance(value, list) else value


@dataclass(slots=True)
class _Open:
    """An object or list that has begun: its spot, and the name or place of the member that comes next."""

    spot: Spot
    is_list: bool
    place: int = 0
    name: str | None = None
    current: Spot | None = field(default=None)


def spots(text: str) -> Spot:
    """Where each member of a text stands that is known to be JSON5."""
    top = Spot(1)
    stack: list[_Open] = []
    for kind, word, line in _tokens(text):
        here = stack[-1] if stack else None
        if kind != "mark":
            _scalar(here, word, line)
        elif word in "{[":
            stack.append(_Open(_value_spot(here, top, line), word == "["))
        elif word in "}]" and stack:
            stack.pop()
        elif word == "," and here is not None:
            here.place += 1
            here.name = None
    return top


def _scalar(here: _Open | None, word: str, line: int) -> None:
    if here is None:
        return
    if here.is_list:
        here.spot.add(str(here.place), line)
    elif here.name is None:
        here.name = _name(word)
        here.current = here.spot.add(here.name, line)


def _value_spot(here: _Open | None, top: Spot, line: int) -> Spot:
    if here is None:
        return top
    if here.is_list:
        return here.spot.add(str(here.place), line)
    return here.current or Spot(line)


def _name(word: str) -> str:
    """The name that a token means: read by the library where it is more than plain characters."""
    if word[0] == '"' and "\\" not in word:
        return word[1:-1]
    if "\\" in word or word[0] in "\"'":
        return str(_value(word if word[0] in "\"'" else f'"{word}"'))
    return word


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and line of every token that is no comment."""
    line, seen = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        if found.lastgroup:
            yield found.lastgroup, found[0], line
