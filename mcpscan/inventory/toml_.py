"""TOML to a document. `tomllib` gives the values; the lines of keys are read from a text that it has found to be right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from mcpscan.inventory.document import BrokenError, Document, Spot, keep

SIZE = 512 * 1024
"""Characters of TOML that are read at most."""

PARTS = 32
"""How many parts a dotted key may have: `tomllib` takes memory by the square of their number."""

_TOKEN = re.compile(
    r'''\#[^\n]*
    |(?P<string>"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<mark>\[\[|\]\]|[\[\]{}=,.\n])
    |(?P<word>[^\s\[\]{}=,.\#"']+)''',
    re.DOTALL | re.VERBOSE,
)


def read(text: str) -> Document:
    """The document of a text. Raises `BrokenError`."""
    if len(text) > SIZE:
        raise BrokenError(f"more than {SIZE} characters of TOML")
    text = text.replace("\r\n", "\n")
    _refuse_long_keys(text)
    try:
        value = _json(tomllib.loads(text))
    except RecursionError:
        raise BrokenError("nested too deeply") from None
    except ValueError as problem:
        found = re.search(r"\(at line (\d+), column (\d+)\)$", str(problem))
        where = f": something unexpected at column {found[2]}" if found else ""
        raise BrokenError(f"not TOML{where}", int(found[1]) if found else 0) from None
    return Document(value, _Lines(text).read())


def _refuse_long_keys(text: str) -> None:
    dots = 0
    for kind, word, line in _tokens(text):
        dots += word == "." and kind == "mark"
        if kind == "mark" and word != ".":
            dots = 0
        elif dots >= PARTS:
            raise BrokenError(f"a key of more than {PARTS} parts", line)


def _json(value: Any) -> Any:
    """The value with dates and times as text."""
    if isinstance(value, dict):
        return keep((name, _json(item)) for name, item in value.items())
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


class _Lines:
    """Reads tokens line by line: headers move the table, keys before `=` are members of it, values may hold more."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.top = Spot(1)
        self.table = self.top

    def read(self) -> Spot:
        """Where every key of the text stands."""
        words: list[str] = []
        for kind, word, line in self.tokens:
            if kind != "mark":
                words.append(word)
            elif word in {"[", "[["} and not words:
                self._header(line)
            elif word == "=":
                self._value(_deepen(self.table, words, line))
                words = []
            elif word == "\n":
                words = []
        return self.top

    def _header(self, line: int) -> None:
        words: list[str] = []
        closed = "]"
        for kind, word, _ in self.tokens:
            if kind != "mark":
                words.append(word)
            elif word in {"]", "]]"}:
                closed = word
                break
        self.table = _deepen(self.top, words, line)
        if closed == "]]":
            self.table = self.table.add(str(len(self.table.members)), line)

    def _value(self, spot: Spot) -> None:
        """What follows a `=` up to the end of its line, inline tables and lists included."""
        stack: list[tuple[Spot, bool]] = []
        words: list[str] = []
        current = spot
        for kind, word, line in self.tokens:
            if kind != "mark":
                words.append(word)
                if stack and stack[-1][1] and len(words) == 1:
                    stack[-1][0].add(str(len(stack[-1][0].members)), line)
            elif word in {"{", "[", "[["}:
                for _ in word if word != "{" else "{":
                    current = _inner(stack, current, line)
                    stack.append((current, word != "{"))
                words = []
            elif word == "=" and stack:
                current = _deepen(stack[-1][0], words, line)
                words = []
            elif word in {"}", "]", "]]"}:
                del stack[-len(word) :]
                words = []
            elif word == ",":
                words = []
            if word == "\n" and not stack:
                return


def _inner(stack: list[tuple[Spot, bool]], current: Spot, line: int) -> Spot:
    if stack and stack[-1][1]:
        return stack[-1][0].add(str(len(stack[-1][0].members)), line)
    return current


def _deepen(spot: Spot, words: list[str], line: int) -> Spot:
    """The spot of a dotted key: the last item of a list of tables on the way."""
    for place, word in enumerate(words):
        known = spot.members.get(word)
        spot = known[-1] if known else spot.add(word, line)
        if place < len(words) - 1 and spot.members and all(name.isdigit() for name in spot.members):
            spot = list(spot.members.values())[-1][-1]
    return spot


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line, seen = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        kind = found.lastgroup
        if kind == "string":
            yield "word", _unquoted(found[0]), line
        elif kind:
            yield kind, found[0], line


def _unquoted(word: str) -> str:
    try:
        return str(tomllib.loads(f"x = {word}")["x"])
    except ValueError:
        return word
