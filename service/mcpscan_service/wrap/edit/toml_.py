"""TOML to a tree. The text is one that `tomllib` has read already."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from mcpscan_service.wrap.edit.tree import Member, Node

_TOKEN = re.compile(
    r'''\#[^\n]*
    |(?P<string>"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<mark>[\[\]{}=,.\n])
    |(?P<word>[^\s\[\]{}=,.\#"']+)''',
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def tree(text: str) -> Node:
    """The tree of a text."""
    return _Reader(text).read()


class _Reader:
    """Reads tokens: headers move the table, keys before `=` are members of it, values may hold more."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            _Token(found.lastgroup, found[0], found.start(), found.end())
            for found in _TOKEN.finditer(text)
            if found.lastgroup
        ]
        self.at = 0
        self.top = Node("map", 0, len(text), block=True)

    def read(self) -> Node:
        """The whole text."""
        table = self.top
        while (token := self._next()) is not None:
            if token.text == "[" and token.kind == "mark":
                table = self._header(token.start)
            elif token.kind != "mark":
                self.at -= 1
                self._pair(table)
        return self.top

    def _next(self) -> _Token | None:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        self.at += 1
        return token

    def _is(self, mark: str) -> bool:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token is not None and token.kind == "mark" and token.text == mark

    def _header(self, start: int) -> Node:
        several = self._is("[")
        self.at += several
        words = list(self._until("]"))
        self.at += several
        node = _deepen(self.top, words[:-1], start)
        last = words[-1]
        name = _unquoted(last)
        if several:
            member = node.member(name)
            rows = member.node if member else Node("list", start, start, block=True)
            if member is None:
                node.members.append(Member(name, start, rows))
            rows.items.append(Node("map", start, start, block=True))
            return rows.items[-1]
        return _deepen(node, [last], start)

    def _until(self, mark: str) -> Iterator[_Token]:
        """The words before a mark, which is read too."""
        while (token := self._next()) is not None:
            if token.kind == "mark" and token.text == mark:
                return
            if token.kind != "mark":
                yield token

    def _pair(self, table: Node) -> None:
        """A key and its value."""
        words = list(self._until("="))
        if not words:
            return
        holder = _deepen(table, words[:-1], words[0].start)
        prefix = self.text[words[0].start : words[-1].start]
        value = self._value()
        holder.members.append(Member(_unquoted(words[-1]), words[0].start, value, prefix))

    def _value(self) -> Node:
        token = self._next()
        if token is None:
            return Node("scalar", len(self.text), len(self.text))
        if token.kind == "mark" and token.text == "[":
            return self._inside(Node("list", token.start), "]")
        if token.kind == "mark" and token.text == "{":
            return self._inside(Node("map", token.start), "}")
        end = token.end
        # A date or a number can be several words; it ends where a value can end.
        while self.at < len(self.tokens) and not any(map(self._is, (",", "]", "}", "\n"))):
            end = self.tokens[self.at].end
            self.at += 1
        return Node("scalar", token.start, end, _unquoted(token) if token.kind == "string" else ...)

    def _inside(self, node: Node, closing: str) -> Node:
        while self.at < len(self.tokens):
            if self._is(closing):
                node.end = self.tokens[self.at].end
                self.at += 1
                return node
            if self._is(",") or self._is("\n"):
                self.at += 1
            elif node.kind == "list":
                node.items.append(self._value())
            else:
                self._pair(node)
        node.end = len(self.text)
        return node


def _deepen(node: Node, words: list[_Token], start: int) -> Node:
    """The table at a dotted key: the last row of a list of tables on the way."""
    for word in words:
        name = _unquoted(word)
        found = node.member(name)
        if found is None:
            found = Member(name, start, Node("map", start, start, block=True))
            node.members.append(found)
        node = found.node.items[-1] if found.node.kind == "list" and found.node.items else found.node
    return node


def _unquoted(token: _Token) -> str:
    if token.kind != "string":
        return token.text
    return str(tomllib.loads(f"x = {token.text.replace(chr(13) + chr(10), chr(10))}")["x"])
