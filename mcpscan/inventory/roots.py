"""Where the servers in a document stand: the roots that a place declares, any root there is, or the document itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mcpscan.inventory.client import Key, Root
from mcpscan.inventory.document import Document, Spot, members

_TELLING = ("command", "url", "serverUrl", "httpUrl", "uri", "cmd")
"""What an entry has that says how to reach its server."""

_SETTINGS = frozenset({"enabled", "allowed", "excluded", "serverCommand", "inputs", "$schema"})
"""Members beside the entries that some clients have in a map `mcp`, known by their value being no object."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry under a root, not yet read: its name, the way to it, its value and where that stands."""

    name: str
    key: Key
    value: Any
    spot: Spot
    project: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A root that is there and holds no entries, and why."""

    line: int
    reason: str
    refers: str = ""
    """The file that the root names instead of holding entries."""


def entries(document: Document, roots: Sequence[Root]) -> Iterator[Entry | Wrong]:
    """What stands under the roots of a document, and the roots that could not be read."""
    taken: set[Key] = set()
    for root in roots:
        found = [(key, value, spot) for key, value, spot in _below(document, root.key) if _is_meant(value, key, taken)]
        taken.update(key for key, _, _ in found)
        for key, value, spot in found:
            yield from _single(document, key, value, spot) if root.single else _listed(root, key, value, spot)


def bare(document: Document) -> Iterator[Entry | Wrong]:
    """The entries of a document that is the map or the list of them itself, or one entry alone."""
    value, spot = document.value, document.spot
    if isinstance(value, dict) and any(isinstance(value.get(name), str | list) for name in _TELLING):
        yield Entry(str(value.get("name", "")), (), value, spot)
    elif isinstance(value, dict | list):
        for name, item, place in members(value, spot):
            if isinstance(item, dict) and any(telling in item for telling in _TELLING):
                yield Entry(_name(name, item, value), (name,), item, place)


def walk(document: Document, key: Key) -> Iterator[tuple[Key, Any, Spot]]:
    """What stands at a key of a document, "*" meaning any member."""
    return _below(document, key)


def _below(document: Document, key: Key) -> Iterator[tuple[Key, Any, Spot]]:
    first = document.value if isinstance(document.value, dict) else {}
    if key and key[0] != "*" and key[0] not in first:
        return
    level: list[tuple[Key, Any, Spot]] = [((), document.value, document.spot)]
    for part in key:
        level = [
            ((*way, name), item, place)
            for way, value, spot in level
            for name, item, place in members(value, spot)
            if part in {"*", name}
        ]
    yield from level


def _is_meant(value: Any, key: Key, taken: set[Key]) -> bool:
    """Whether a root is one: `mcp` is a map of entries in one dialect, and holds `servers` in another."""
    if any(known[: len(key)] == key[: len(known)] for known in taken):
        return False
    if key[-1:] == ("extensions",) and not isinstance(value, dict):
        return False
    return not (key == ("mcp",) and isinstance(value, dict) and isinstance(value.get("servers"), dict | list))


def _single(document: Document, key: Key, value: Any, spot: Spot) -> Iterator[Entry | Wrong]:
    name = document.value.get("name") if isinstance(document.value, dict) else None
    yield Entry(name if isinstance(name, str) else "", key, value, spot)


def _listed(root: Root, key: Key, value: Any, spot: Spot) -> Iterator[Entry | Wrong]:
    project = key[1] if root.key[:2] == ("projects", "*") else ""
    if value is None:
        return
    if not isinstance(value, dict | list):
        way = ".".join(root.key)
        refers = value if isinstance(value, str) else ""
        yield Wrong(spot.line, f"{way} is no map of servers but {_kind(value)}", refers)
        return
    for name, item, place in members(value, spot):
        if not isinstance(item, dict) and _is_aside(root, name, item, value):
            continue
        inner = _wrapped(item) if isinstance(value, list) else ""
        if inner:
            yield Entry(inner, (*key, name, inner), item[inner], place.at(inner), project)
        else:
            yield Entry(_name(name, item, value), (*key, name), item, place, project)


def _is_aside(root: Root, name: str, item: Any, among: Any) -> bool:
    """Whether what is no object is no entry by right: a setting in the same map, or the name of a server elsewhere."""
    if root.key[-1] == "mcp":
        return name in _SETTINGS
    return root.references and isinstance(among, list) and isinstance(item, str)


def _wrapped(item: Any) -> str:
    """The name in a list's item that is an object of one name and one entry."""
    if not isinstance(item, dict) or len(item) != 1:
        return ""
    ((name, value),) = item.items()
    return name if isinstance(value, dict) and name not in {"transport", *_TELLING} else ""


def _name(name: str, item: Any, among: Any) -> str:
    """An entry's name: its key, or in a list what it calls itself."""
    if isinstance(among, list) and isinstance(item, dict):
        for member in ("name", "label", "id"):
            if isinstance(item.get(member), str):
                return str(item[member])
    return name


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "a text"
    return "true or false" if isinstance(value, bool) else "a number"
