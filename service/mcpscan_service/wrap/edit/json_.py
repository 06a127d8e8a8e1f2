"""JSON, JSON with comments and JSON5 to a tree. The text is one that a library has read already."""

from __future__ import annotations

import re

from mcpscan.inventory import json_
from mcpscan_service.wrap.edit.tree import Member, Node

_TOKEN = re.compile(
    r"""//[^\n\r\u2028\u2029]*|/\*.*?\*/
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<mark>[{}\[\]:,])
    |(?P<word>[^\s{}\[\]:,"'/]+)""",
    re.DOTALL | re.VERBOSE,
)


def tree(text: str) -> Node:
    """The tree of a text."""
    builder = _Builder()
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "mark":
            builder.mark(found[0], found.start())
        elif found.lastgroup:
            builder.scalar(found[0], found.start(), found.end())
    return builder.top


class _Builder:
    """Nests what the tokens of a text open and close."""

    def __init__(self) -> None:
        self.top = Node("scalar", 0)
        self.open: list[Node] = []
        self.key: tuple[str, int] | None = None

    def mark(self, word: str, at: int) -> None:
        """A bracket opens or closes; a comma and a colon only part."""
        if word in "{[":
            node = Node("map" if word == "{" else "list", at)
            self._add(node)
            self.open.append(node)
        elif word in "}]" and self.open:
            self.open.pop().end = at + 1
            self.key = None

    def scalar(self, word: str, start: int, end: int) -> None:
        """A name before its value, or a value."""
        if self.open and self.open[-1].kind == "map" and self.key is None:
            self.key = (_name(word), start)
        else:
            self._add(Node("scalar", start, end, _value(word)))

    def _add(self, node: Node) -> None:
        if not self.open:
            self.top = node
        elif self.open[-1].kind == "list":
            self.open[-1].items.append(node)
        elif self.key is not None:
            self.open[-1].members.append(Member(*self.key, node))
            self.key = None


def _name(word: str) -> str:
    return str(_value(word if word[0] in "\"'" else f'"{word}"'))


def _value(word: str) -> object:
    """The text that a string means; of other values only that they are none."""
    if word[0] not in "\"'":
        return None if word == "null" else ...
    value: object = json_.read(word).value
    return value
