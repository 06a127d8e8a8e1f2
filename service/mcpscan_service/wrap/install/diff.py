"""What would change in a file, for people: without its secrets, and without anything that acts on a terminal."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from mcpscan.fleet import HIDDEN
from mcpscan.inventory.literal import hide, hide_secrets, names_secret
from mcpscan.inventory.redact import hide_words
from mcpscan.text import visible
from mcpscan_service.wrap.edit.text import Source
from mcpscan_service.wrap.edit.tree import Edit, Node, applied

_VALUES = frozenset(
    {"env", "envs", "environment", "headers", "http_headers", "requestInit", "requestOptions", "secrets", "auth"}
)
"""Members whose values are variables and headers: nothing of them is shown."""

_WORDS = frozenset({"args", "command", "cmd"})


def diff(path: Path, before: Source, after: Source) -> str:
    """The lines that change, as a unified diff; "" where none does."""
    name = str(path)
    lines = difflib.unified_diff(_lines(before), _lines(after), name, f"{name} (wrapped)", n=1, lineterm="")
    return "\n".join(map(visible, lines))


def _lines(source: Source) -> list[str]:
    hidden = applied(source.text, list(_edits(source, source.tree(), "", hidden=False)))
    # Comments hold secrets too.
    return [hide_secrets(line) for line in hidden.splitlines()]


def _edits(source: Source, node: Node, name: str, *, hidden: bool) -> Iterator[Edit]:
    """The edits that hide the secrets of a value."""
    if node.fixed and node.start == node.end:
        return
    if node.kind == "scalar":
        shown = _shown(node.value, name, hidden=hidden)
        if shown is not None and shown != node.value:
            yield Edit(node.start, node.end, source.literal(shown))
    elif node.kind == "list":
        words = node.words()
        if words is not None and name in _WORDS and not hidden:
            for item, shown in zip(node.items, hide_words(words), strict=True):
                if shown != item.value:
                    yield Edit(item.start, item.end, source.literal(shown))
        else:
            for item in node.items:
                yield from _edits(source, item, name, hidden=hidden)
    else:
        for member in node.members:
            yield from _edits(source, member.node, member.name, hidden=hidden or member.name in _VALUES)


def _shown(value: object, name: str, *, hidden: bool) -> str | None:
    if hidden:
        return hide(value) if isinstance(value, str) else HIDDEN if value is not None else None
    if not isinstance(value, str):
        return None
    if name in _WORDS:
        return hide_words([value])[0]
    return hide(value) if names_secret(name) else hide_secrets(value)
