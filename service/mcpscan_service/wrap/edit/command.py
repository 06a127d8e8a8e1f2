"""Where an entry's command line stands, in whichever dialect: what `mcpscan.inventory.entry` reads, as places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcpscan.identity import wrapper
from mcpscan_service.wrap.edit.tree import Member, Node, RefusedError


@dataclass(frozen=True, slots=True)
class Place:
    """The member that names the program, the map that it stands in, and the member with the arguments, if there is one."""

    holder: Node
    command: Member
    args: Member | None

    @classmethod
    def of(cls, entry: Node) -> Place:
        """The place of an entry's command line. Raises `RefusedError`."""
        layers = [entry]
        transport = entry.member("transport")
        if transport is not None and transport.node.kind == "map":
            layers.insert(0, transport.node)
        name = "command"
        found = _first(layers, name)
        if found is not None and found[1].node.kind == "map":
            layers.insert(0, found[1].node)
            name = "path" if found[1].node.member("path") else "command"
            found = _first(layers[:1], name)
        if found is None or not (found[1].node.kind == "list" or isinstance(found[1].node.value, str)):
            if found is not None and found[1].node.fixed:
                raise RefusedError(found[1].node.fixed)
            found = _first(layers, "cmd")
        if found is None:
            raise RefusedError("its command does not stand in the entry itself")
        args = _first(layers, "args")
        for member in (found[1], args[1] if args else None):
            if member is not None and member.node.fixed:
                raise RefusedError(member.node.fixed)
        return cls(found[0], found[1], args[1] if args else None)

    def words(self) -> list[str]:
        """The command line. Raises `RefusedError` where a part of it is no text."""
        parts: list[str] = []
        for member in (self.command, self.args):
            node = member.node if member else None
            if node is None or (node.kind == "scalar" and node.value is None):
                continue
            words = [node.value] if isinstance(node.value, str) else node.words()
            if words is None or (node.kind == "scalar" and member is self.args):
                raise RefusedError("its arguments are no list of texts")
            if any(item.fixed for item in node.items):
                raise RefusedError(next(item.fixed for item in node.items if item.fixed))
            parts += words
        return parts


def _first(layers: Sequence[Node], name: str) -> tuple[Node, Member] | None:
    for layer in layers:
        member = layer.member(name)
        if member is not None:
            return layer, member
    return None


def split(words: Sequence[str]) -> int | None:
    """How many words of a command line start the wrapper, `--` included; None for one that is not wrapped."""
    return wrapper(words) or None
