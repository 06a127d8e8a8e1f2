"""Takes a wrapper away from before an entry's command, with as much of the original's spelling as is known."""

from __future__ import annotations

import re

from mcpscan_service.wrap.edit.command import Place, split
from mcpscan_service.wrap.edit.forward import line_start
from mcpscan_service.wrap.edit.text import Source
from mcpscan_service.wrap.edit.tree import Edit, Member, Node, RefusedError


def unwrapping(source: Source, entry: Node, before: tuple[Source, Node] | None = None) -> list[Edit]:
    """The edits that make a wrapped entry's command what stands behind `--`. Raises `RefusedError`.

    `before` is the entry as it was, in the file as it was, where that is known: its spelling is taken over.
    """
    place = Place.of(entry)
    words = place.words()
    length = split(words)
    if length is None:
        raise RefusedError("it is not wrapped")
    own = place.command.node
    if own.kind == "list":
        if len(own.items) <= length:
            raise RefusedError("its command was rearranged since it was wrapped")
        return [Edit(own.items[0].start, own.items[length].start, "")]
    if place.args is None or len(place.args.node.items) < length:
        raise RefusedError("its command was rearranged since it was wrapped")
    was = _was(before, words[length:])
    old = was[1].command.node if was else None
    program = was[0].text[old.start : old.end] if was and old else source.literal(words[length])
    return [Edit(own.start, own.end, program), *_arguments(source, place, length, was)]


def _was(before: tuple[Source, Node] | None, words: list[str]) -> tuple[Source, Place] | None:
    """The place of the command line as it was, if it was this one."""
    if before is None:
        return None
    try:
        place = Place.of(before[1])
        return (before[0], place) if place.words()[:1] == words[:1] and place.command.node.kind == "scalar" else None
    except RefusedError:
        return None


def _arguments(source: Source, place: Place, length: int, was: tuple[Source, Place] | None) -> list[Edit]:
    assert place.args is not None
    node = place.args.node
    if len(node.items) > length:
        return [Edit(node.items[0].start, node.items[length].start, "")]
    if was is not None and was[1].args is None:
        gone = _without(source, place.holder, place.args, place.command)
        if gone is not None:
            return [gone]
    if was is not None and was[1].args is not None and was[1].args.node.kind == "scalar":
        old = was[1].args.node
        # Where nothing stood after the colon, the blank that was put there goes too.
        blank = old.start == old.end and source.text[node.start - 1] == " " and was[0].text[old.start - 1] == ":"
        return [Edit(node.start - blank, node.end, was[0].text[old.start : old.end])]
    if node.block:
        return [Edit(node.start, node.items[-1].end, "[]")]
    return [Edit(node.items[0].start, node.items[-1].end, "")]


def _without(source: Source, holder: Node, args: Member, command: Member) -> Edit | None:
    """The edit that takes the arguments' member away; None where something else may stand beside it."""
    text, end = source.text, args.node.end
    if all(member is not args for member in holder.members):
        return None
    between = text[end : command.start]
    if end <= command.start and re.fullmatch(r"\s*,?\s*", between):
        return Edit(args.start, command.start, "")
    if not holder.block:
        comma = re.compile(r"\s*,[ \t]*").match(text, end)
        if comma:
            return Edit(args.start, comma.end(), "")
        before = re.search(r",\s*\Z", text[: args.start])
        return Edit(before.start(), end, "") if before else None
    start = line_start(text, args.start)
    rest = re.compile(r"[ \t]*(?:\r?\n|\Z)").match(text, end)
    return Edit(start, rest.end(), "") if rest and not text[start : args.start].strip() else None
