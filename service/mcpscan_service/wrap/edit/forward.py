"""Puts a wrapper before the command of an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from mcpscan_service.wrap.edit.command import Place, split
from mcpscan_service.wrap.edit.text import Source
from mcpscan_service.wrap.edit.tree import Edit, Node, RefusedError

_SEVERAL = "its command is a whole command line in one text; part it into command and args first"


def wrapping(source: Source, entry: Node, prefix: Sequence[str]) -> list[Edit]:
    """The edits that put `prefix` (which ends with `--`) before an entry's command. Raises `RefusedError`.

    The program's characters are replaced; of the arguments only new ones come, before those that are there.
    """
    place = Place.of(entry)
    words = place.words()
    if split(words) is not None:
        raise RefusedError("it is wrapped already")
    if not words or not words[0]:
        raise RefusedError("it has no command")
    if place.command.node.kind == "list":
        return [_before(source, place.command.node, prefix)]
    if re.search(r"\s", words[0]) and len(words) == 1 and not Path(words[0]).exists():
        raise RefusedError(_SEVERAL)
    node = place.command.node
    edits = [Edit(node.start, node.end, source.literal(prefix[0]))]
    given = [*prefix[1:], words[0]]
    if place.args is None:
        return [*edits, _new_args(source, place, given)]
    return [*edits, _before(source, place.args.node, given)]


def _before(source: Source, node: Node, words: Sequence[str]) -> Edit:
    """The edit that puts words before those of a list."""
    written = [source.literal(word) for word in words]
    if node.kind == "scalar":
        space = " " if source.text[node.start - 1 : node.start] == ":" else ""
        return Edit(node.start, node.end, f"{space}[{', '.join(written)}]")
    if not node.items:
        if source.text[node.start : node.start + 1] != "[":
            raise RefusedError("its empty list of arguments could not be told from the text around it")
        return Edit(node.start + 1, node.start + 1, ", ".join(written))
    start = node.items[0].start
    between = ", "
    if node.block:
        between = f"{source.newline}{' ' * column(source.text, node.start)}- "
    return Edit(start, start, "".join(word + between for word in written))


def _new_args(source: Source, place: Place, words: Sequence[str]) -> Edit:
    """The edit that gives an entry arguments, before its command, so that what follows that stays where it is."""
    member = place.command
    written = f"[{', '.join(source.literal(word) for word in words)}]"
    key = {"json": f'"args": {written},', "toml": f"{member.prefix}args = {written}"}.get(
        source.kind, f"args: {written}"
    )
    head = source.text[line_start(source.text, member.start) : member.start]
    if place.holder.block:
        blanks = head if not head.strip() else " " * len(head)
        return Edit(member.start, member.start, f"{key}{source.newline}{blanks}")
    comma = "" if key.endswith(",") else ","
    alone = source.kind == "json" and not head.strip()
    return Edit(member.start, member.start, f"{key}{comma}{source.newline + head if alone else ' '}")


def column(text: str, at: int) -> int:
    """How many characters stand before a place in its line."""
    return at - line_start(text, at)


def line_start(text: str, at: int) -> int:
    """Where the line of a place begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
