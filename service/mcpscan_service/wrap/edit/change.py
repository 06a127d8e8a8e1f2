"""Changes entries of a file, and checks that nothing else changed."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from mcpscan.inventory import entry
from mcpscan.inventory.document import Spot
from mcpscan.inventory.roots import Entry
from mcpscan_service.wrap.edit.back import unwrapping
from mcpscan_service.wrap.edit.command import Place, split
from mcpscan_service.wrap.edit.forward import wrapping
from mcpscan_service.wrap.edit.text import Source
from mcpscan_service.wrap.edit.tree import Node, RefusedError, applied, locate

Key = tuple[str, ...]


def wrapped(source: Source, prefixes: Mapping[Key, Sequence[str]]) -> Source:
    """A file with wrappers before the commands of entries. Raises `RefusedError` where that is not all that would change."""
    tree = source.tree()
    edits = [edit for key, prefix in prefixes.items() for edit in wrapping(source, locate(tree, key), prefix)]
    made = source.with_text(applied(source.text, edits))
    expected = {key: [*prefix, *_words(tree, key)] for key, prefix in prefixes.items()}
    _check(source, made, expected)
    return made


def unwrapped(source: Source, keys: Sequence[Key], before: Source | None = None) -> Source:
    """A file without the wrappers before the commands of entries. `before` is the file before it was edited, if known.

    Raises `RefusedError` where that is not all that would change.
    """
    tree, old = source.tree(), before.tree() if before else None
    edits = [
        edit
        for key in keys
        for edit in unwrapping(source, locate(tree, key), _known(before, old, key) if before and old else None)
    ]
    made = source.with_text(applied(source.text, edits))
    _check(source, made, {key: prefix_of(tree, key)[1] for key in keys})
    return made


def argv_of(source: Source, key: Key) -> tuple[str, ...]:
    """The command line of an entry as the inventory reads it."""
    return _argv(source.value(), key)


def prefix_of(tree: Node, key: Key) -> tuple[list[str], list[str]]:
    """The words of a wrapped entry that start the wrapper, and its command. Raises `RefusedError`."""
    words = _words(tree, key)
    length = split(words)
    if length is None:
        raise RefusedError("it is not wrapped")
    return words[:length], words[length:]


def _words(tree: Node, key: Key) -> list[str]:
    return Place.of(locate(tree, key)).words()


def _known(before: Source, tree: Node, key: Key) -> tuple[Source, Node] | None:
    try:
        return before, locate(tree, key)
    except RefusedError:
        return None


def _check(source: Source, made: Source, expected: Mapping[Key, Sequence[str]]) -> None:
    """Read both files with the libraries, and compare everything but the command lines meant, and these with theirs."""
    before, after = source.value(), made.value()
    for key, words in expected.items():
        if _argv(after, key) != tuple(words):
            raise RefusedError("the edited entry does not say what it should; nothing was changed")
        before, after = _blanked(before, key), _blanked(after, key)
    if before != after:
        raise RefusedError("more than the entry would change; nothing was changed")


def _argv(value: Any, key: Key) -> tuple[str, ...]:
    for step in key:
        value = value[int(step) if isinstance(value, list) else step]
    return tuple(entry.read(Entry("", key, value, Spot(1)))["argv"])


def _blanked(value: Any, key: Key) -> Any:
    """A value without the command line of the entry at a key."""
    value = copy.copy(value)
    if key:
        step: Any = int(key[0]) if isinstance(value, list) else key[0]
        value[step] = _blanked(value[step], key[1:])
        return value
    for name in ("transport", "command"):
        if isinstance(value.get(name), dict):
            value[name] = {each: item for each, item in value[name].items() if each not in _COMMAND}
    return {each: item for each, item in value.items() if each not in _COMMAND or isinstance(item, dict)}


_COMMAND = frozenset({"command", "cmd", "path", "args"})
