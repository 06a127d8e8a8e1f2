"""A configuration file as values with the characters that each one takes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["map", "list", "scalar"]


class RefusedError(ValueError):
    """An entry that cannot be edited exactly; the message says why and quotes nothing secret."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a map: its name, where its key starts, what stands before the last part of a dotted key, its value."""

    name: str
    start: int
    node: Node
    prefix: str = ""


@dataclass(slots=True)
class Node:
    """A value: `start` and `end` are characters of the text. `block` is set where members stand on lines of their own.

    `fixed` says why its characters cannot be replaced, "" where they can.
    """

    kind: Kind
    start: int
    end: int = 0
    value: object = None
    block: bool = False
    fixed: str = ""
    members: list[Member] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    def member(self, name: str) -> Member | None:
        """The member of a name. Raises `RefusedError` where there are several."""
        found = [member for member in self.members if member.name == name]
        if len(found) > 1:
            raise RefusedError(f"{name!r} stands more than once in it")
        return found[0] if found else None

    def words(self) -> list[str] | None:
        """The texts of a list of texts, None for anything else."""
        values = [item.value for item in self.items if isinstance(item.value, str)]
        return values if self.kind == "list" and len(values) == len(self.items) else None


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters that are replaced by others."""

    start: int
    end: int
    text: str


def locate(tree: Node, key: Sequence[str]) -> Node:
    """The map at a way into a file. Raises `RefusedError` where it does not stand there by itself, or more than once."""
    node = tree
    for step in key:
        if node.kind == "list" and step.isdecimal() and int(step) < len(node.items):
            node = node.items[int(step)]
        elif node.kind == "map" and (member := node.member(step)) is not None:
            node = member.node
        else:
            raise RefusedError("its place in the file was not found")
        if node.fixed:
            raise RefusedError(node.fixed)
    if node.kind != "map":
        raise RefusedError("it is no object")
    return node


def applied(text: str, edits: Sequence[Edit]) -> str:
    """A text with edits made, which must not overlap."""
    last = len(text)
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        if edit.end > last:
            raise RefusedError("its parts overlap in the file")
        text, last = text[: edit.start] + edit.text + text[edit.end :], edit.start
    return text
