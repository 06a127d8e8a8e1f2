"""Two versions of what a server says: which parts came, went, moved or changed, field by field.

Key order, list order and the envelope of either protocol era are no change; one character of a definition is. A part
that came back under another name is found by its content, so a rename cannot launder a change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from mcpscan.surface import Kind, Repeated, Surface
from mcpscan.surface.walk import escape

LIKE = 0.62
"""How alike two parts of different names must be to be one part that was renamed."""

MOST_PAIRS = 40_000
"""Pairs of a removed and an added part that are compared; beyond it only equal content counts as renamed."""

_SERVER_KINDS = frozenset({Kind.INSTRUCTIONS, Kind.SERVER_DESCRIPTION, Kind.PROMPT_MESSAGE})
_ENVELOPE = frozenset({"protocolVersion", "supportedVersions", "capabilities", "nextCursor", "resultType", "_meta"})
_UNSTABLE = frozenset({"tools/call", "calls", "resources/read", "_server_sent"})


class TooDeepError(ValueError):
    """A definition nested so deeply that it cannot be compared or pinned; no honest one is."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a server offers: a tool, a prompt, a resource, a template, or a text about the server itself."""

    family: str
    name: str
    pointer: str
    value: object
    known: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical form of the whole definition; `known` where someone worked it out before."""
        return self.known or digest(self.value)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between an old and a new document.

    `kind` is "added", "removed", "renamed" or "changed"; `pointer` is an RFC 6901 JSON Pointer into the new document
    (into the old one for what was removed), `path` the part of it inside the tool, prompt or resource. `before` and
    `after` are JSON values; None on the side where there was nothing. `was` is the old name of a renamed part.
    """

    kind: str
    family: str
    name: str
    pointer: str
    path: str = ""
    before: object = None
    after: object = None
    was: str = ""


def canonical(value: object) -> bytes:
    """A JSON value in one spelling (RFC 8785, JSON Canonicalization Scheme), its lists in one order.

    Values that RFC 8785 leaves out (numbers beyond 2^53, lone surrogates) are spelled by Python's `json`, marked. Raises
    `TooDeepError`.

    >>> canonical({"b": [2, 1], "a": 1.0}) == canonical({"a": 1, "b": [1, 2]})
    True
    """
    import rfc8785

    try:
        ordered = _ordered(value)
    except RecursionError as problem:
        raise TooDeepError("a definition is nested too deeply to be compared") from problem
    try:
        return rfc8785.dumps(ordered)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError):
        return b"!" + _spelled(ordered).encode()


def _spelled(value: object) -> str:
    try:
        return json.dumps(value, sort_keys=True)
    except RecursionError as problem:
        raise TooDeepError("a definition is nested too deeply to be compared") from problem


def _ordered(value: object) -> Any:
    if isinstance(value, Mapping):
        members = {str(name): _ordered(entry) for name, entry in value.items()}
        if isinstance(value, Repeated):
            members["\ufffe"] = sorted((json.dumps([name, _ordered(entry)]) for name, entry in value.hidden))
        return members
    if isinstance(value, list | tuple):
        return sorted((_ordered(entry) for entry in value), key=lambda entry: json.dumps(entry, sort_keys=True))
    return value


def digest(value: object) -> str:
    """SHA-256 of the canonical form, as `sha256:` and hex digits."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def parts(surface: Surface) -> dict[tuple[str, str], Part]:
    """All parts of a document by family and name; parts of one name are told apart by a number."""
    found: dict[tuple[str, str], Part] = {}
    for item in surface.items:
        _add(found, Part(item.family, item.name, item.pointer, item.raw))
    for passage in surface.passages:
        steps = passage.pointer.split("/")
        if passage.base or passage.kind not in _SERVER_KINDS or _UNSTABLE.intersection(_plain(steps)):
            continue
        name = "/".join(step for step in _plain(steps) if not step.isdigit() and step not in _ENVELOPE)
        if not name.endswith(("serverInfo/version", "wire")):
            family = "instructions" if passage.kind is Kind.INSTRUCTIONS else "server"
            name = "" if family == "instructions" else name.rpartition("serverInfo/")[2]
            _add(found, Part(family, name, passage.pointer, passage.text))
    return found


def _plain(steps: Iterable[str]) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in steps if step]


def _add(found: dict[tuple[str, str], Part], part: Part) -> None:
    key, number = (part.family, part.name), 2
    while key in found:
        # The same instructions come in the answers of both eras; that is one text, not two.
        if canonical(found[key].value) == canonical(part.value):
            return
        key, number = (part.family, f"{part.name} ({number})"), number + 1
    found[key] = Part(*key, part.pointer, part.value)


def changes(old: Surface, new: Surface) -> tuple[Change, ...]:
    """Every difference between two documents, in the order of the new one, then what was removed."""
    return compare(parts(old), parts(new))


def compare(before: Mapping[tuple[str, str], Part], after: Mapping[tuple[str, str], Part]) -> tuple[Change, ...]:
    """Every difference between two sets of parts."""
    gone = {key: part for key, part in before.items() if key not in after}
    come = {key: part for key, part in after.items() if key not in before}
    renamed = _renamed(gone, come)
    found: list[Change] = []
    for key, part in after.items():
        earlier = before.get(key) or renamed.get(key)
        if earlier is None:
            found.append(Change("added", part.family, part.name, part.pointer, after=part.value))
            continue
        if earlier.name != part.name:
            found.append(
                Change("renamed", part.family, part.name, part.pointer, "", earlier.name, part.name, earlier.name)
            )
        if earlier.digest != part.digest:
            label = "uri" if part.family == "resource" else "uriTemplate" if part.family == "template" else "name"
            for path, one, two in differences(earlier.value, part.value):
                if not (earlier.name != part.name and path == f"/{label}"):
                    found.append(
                        Change("changed", part.family, part.name, part.pointer + path, path, one, two, earlier.name)
                    )
    taken = {id(part) for part in renamed.values()}
    found += [
        Change("removed", part.family, part.name, part.pointer, before=part.value)
        for part in gone.values()
        if id(part) not in taken
    ]
    return tuple(found)


def _renamed(gone: Mapping[tuple[str, str], Part], come: Mapping[tuple[str, str], Part]) -> dict[tuple[str, str], Part]:
    """Which parts that came are parts that went: equal but for the name first, then the most alike."""
    found: dict[tuple[str, str], Part] = {}
    bodies = {key: _body(part) for key, part in (*gone.items(), *come.items())}
    many = len(gone) * len(come) > MOST_PAIRS
    pairs = [
        (_alike(bodies[one], bodies[two], quick=many), one, two) for one in gone for two in come if one[0] == two[0]
    ]
    used: set[tuple[str, str]] = set()
    for likeness, one, two in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= LIKE and one not in used and two not in found:
            used.add(one)
            found[two] = gone[one]
    return found


def _body(part: Part) -> str:
    """What a part says, without its name: descriptions and names of parameters in one text."""
    if not isinstance(part.value, Mapping):
        return str(part.value)
    value = {name: entry for name, entry in part.value.items() if name not in {"name", "title", "uri", "uriTemplate"}}
    return " ".join(_leaves(value))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, entry in value.items():
            yield str(name)
            yield from _leaves(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _leaves(entry)
    elif isinstance(value, str):
        yield value


def _alike(one: str, two: str, *, quick: bool) -> float:
    if one == two:
        return 1.0 if one else 0.0
    if quick or len(one) < 12 or len(two) < 12:
        return 0.0
    matcher = SequenceMatcher(None, one.split(), two.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE else 0.0


def differences(before: object, after: object, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Where two JSON values differ: a JSON Pointer, the old value, the new one; None for what is not there."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*after, *before)):
            here = f"{path}/{escape(str(name))}"
            if name not in after or name not in before or canonical(before[name]) != canonical(after[name]):
                yield from differences(before.get(name), after.get(name), here)
        if isinstance(before, Repeated) or isinstance(after, Repeated):
            one, two = getattr(before, "hidden", ()), getattr(after, "hidden", ())
            if one != two:
                yield path, [list(pair) for pair in one], [list(pair) for pair in two]
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_differences(before, after, path)
    elif canonical(before) != canonical(after) or (before is None) != (after is None):
        yield path, before, after


def _list_differences(before: list[object], after: list[object], path: str) -> Iterator[tuple[str, object, object]]:
    left = {_label(entry, place): (place, entry) for place, entry in enumerate(before)}
    known = [canonical(entry) for entry in before]
    unmatched: list[tuple[int, object]] = []
    for place, entry in enumerate(after):
        spelled = canonical(entry)
        if spelled in known:
            known.remove(spelled)
        else:
            unmatched.append((place, entry))
    rest: list[object] = []
    for entry in before:
        if canonical(entry) in known:
            known.remove(canonical(entry))
            rest.append(entry)
    for place, entry in unmatched:
        label = _label(entry, place)
        earlier = left.get(label, (0, None))[1]
        if earlier is not None and earlier in rest:
            rest.remove(earlier)
        elif rest and type(rest[0]) is type(entry) and not isinstance(entry, str):
            earlier = rest.pop(0)
        else:
            earlier = None
        yield from differences(earlier, entry, f"{path}/{place}")
    for entry in rest:
        yield f"{path}/{next(place for place, one in enumerate(before) if one is entry)}", entry, None


def _label(entry: object, place: int) -> str:
    """What an element of a list is known by from one version to the next."""
    if isinstance(entry, Mapping):
        for name in ("name", "uri", "id", "$id", "const", "src", "type", "role"):
            if isinstance(entry.get(name), str):
                return f"{name}={entry[name]}"
    return str(place)
