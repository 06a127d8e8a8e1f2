"""An entry of a configuration file, whatever its dialect: at which key a word, a variable or an address stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mcpscan.identity import wrapper
from mcpscan.inventory.server import Server
from mcpscan.surface.walk import escape

_COMMANDS = ("command", "cmd")
_ARGUMENTS = ("args", "arguments")
_VARIABLES = ("env", "envs", "environment")
_HEADERS = ("headers", "http_headers", "httpHeaders", "requestInit")
_ADDRESSES = ("url", "serverUrl", "httpUrl", "uri", "endpoint")

LONGEST = 4_000
"""Characters of one value that rules read; no honest command line, variable or address comes near it."""

MOST = 1_000
"""Words, variables and headers of one entry that rules read."""

Key = tuple[str, ...]


def clipped(server: Server) -> Server:
    """The server with what rules do not read cut off; the same one where nothing is."""
    values = (
        *server.argv,
        *server.env,
        *server.env.values(),
        *server.headers,
        *server.headers.values(),
        server.url,
        server.name,
    )
    few = all(len(part) <= MOST for part in (server.argv, server.env, server.headers, server.unasked))
    if few and all(len(value) <= LONGEST for value in (*values, *server.unasked)):
        return server
    return replace(
        server,
        name=server.name[:LONGEST],
        argv=tuple(word[:LONGEST] for word in server.argv[:MOST]),
        url=server.url[:LONGEST],
        env=_short(server.env),
        headers=_short(server.headers),
        unasked=tuple(tool[:LONGEST] for tool in server.unasked[:MOST]),
    )


def bare(server: Server) -> Server:
    """The server without mcpscan's own wrapper before its command; the same one where it is not wrapped."""
    length = wrapper(server.argv)
    return replace(server, argv=server.argv[length:]) if length else server


def _short(values: Mapping[str, str]) -> dict[str, str]:
    return {name[:LONGEST]: value[:LONGEST] for name, value in list(values.items())[:MOST]}


def words(server: Server) -> Iterator[tuple[Key, str]]:
    """Every word of the command line with its key below the entry, which is empty where the entry does not tell."""
    places = dict(_words(server.raw))
    left = list(places.items())
    before = len(left) - len(server.argv)
    if before > 0 and tuple(text for _, text in left[before:]) == server.argv:
        # What stands before the command of `bare` may hold the same words.
        del left[:before]
    for word in server.argv:
        at = next((at for at, (_, text) in enumerate(left) if text == word), None)
        if at is None:
            yield next((key for key, text in places.items() if word and word in text), ()), word
        else:
            yield left[at]
            del left[: at + 1]


def pairs(server: Server) -> Iterator[tuple[Key, str, str]]:
    """Every word of the command line with its key and the word after it (empty for the last)."""
    found = list(words(server))
    for at, (key, word) in enumerate(found):
        yield key, word, found[at + 1][1] if at + 1 < len(found) else ""


def _words(raw: object) -> Iterator[tuple[Key, str]]:
    if not isinstance(raw, Mapping):
        return
    for name in _COMMANDS:
        value = raw.get(name)
        if isinstance(value, str):
            yield (name,), value
        elif isinstance(value, Mapping):
            path = value.get("path")
            if isinstance(path, str):
                yield (name, "path"), path
            yield from _list((name, "args"), value.get("args"))
        else:
            yield from _list((name,), value)
    for name in _ARGUMENTS:
        yield from _list((name,), raw.get(name))


def _list(key: Key, value: object) -> Iterator[tuple[Key, str]]:
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for at, word in enumerate(value):
            yield (*key, str(at)), str(word)


def variables(server: Server) -> Iterator[tuple[Key, str, str]]:
    """Every environment variable: key below the entry, name, value."""
    for name, value in server.env.items():
        yield _member(server.raw, _VARIABLES, name), str(name), str(value)


def headers(server: Server) -> Iterator[tuple[Key, str, str]]:
    """Every header: key below the entry, name, value."""
    for name, value in server.headers.items():
        yield _member(server.raw, _HEADERS, name), str(name), str(value)


def _member(raw: object, groups: tuple[str, ...], name: str) -> Key:
    for base, value in (((), raw), (("command",), raw.get("command") if isinstance(raw, Mapping) else None)):
        if not isinstance(value, Mapping):
            continue
        for group in groups:
            members = value.get(group)
            if isinstance(members, Mapping) and name in members:
                return (*base, group, str(name))
            if isinstance(members, Mapping) and isinstance(members.get("headers"), Mapping):
                return (*base, group, "headers", str(name))
    return ()


def address(server: Server) -> Key:
    """The key of the address below the entry."""
    raw = server.raw
    if isinstance(raw, Mapping):
        return next(((name,) for name in _ADDRESSES if raw.get(name) == server.url), ())
    return ()


def pointer(server: Server, key: Key) -> str:
    """The RFC 6901 JSON Pointer of a key below the entry, from the top of the file."""
    return "".join(f"/{escape(step)}" for step in (*server.key, *key))


def line(server: Server, at: str) -> int:
    """The line, from 1, on which a pointer's member stands; that of the nearest member above it whose line is known."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in at.split("/")[1:]]
    below = steps[len(server.key) :]
    while below:
        found = server.places.get("/".join(below))
        if found:
            return found
        below.pop()
    return server.line


def texts_of(value: object, most: int = 100_000) -> Iterator[tuple[Key, str]]:
    """Every string in an entry with its key, names of members included where they hold more than one word."""
    stack: list[tuple[Key, object]] = [((), value)]
    seen = 0
    while stack and seen < most:
        key, node = stack.pop()
        seen += 1
        if isinstance(node, str):
            yield key, node
        elif isinstance(node, Mapping) and len(key) < 50:
            for name, child in reversed(list(node.items())):
                if " " in str(name) or not str(name).isascii():
                    yield (*key, str(name)), str(name)
                stack.append(((*key, str(name)), child))
        elif isinstance(node, Sequence) and not isinstance(node, bytes) and len(key) < 50:
            stack += [((*key, str(at)), child) for at, child in reversed(list(enumerate(node)))]
