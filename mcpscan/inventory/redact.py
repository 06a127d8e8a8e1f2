"""A configured server without its secrets: what may leave this process."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mcpscan.fleet import HIDDEN, Installed
from mcpscan.identity import of_command, of_url
from mcpscan.inventory.literal import hide, hide_address, hide_plain, hide_secrets, is_literal, is_random, names_secret
from mcpscan.inventory.package import package
from mcpscan.inventory.server import Server

_OPTION = re.compile(r"(--?[A-Za-z][\w.-]*|/[A-Za-z][\w-]+:)(?:([=:]|(?<=:))(.*))?", re.DOTALL)
_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*)\s*[:=]\s*(.*)", re.DOTALL)
_HEADERS = frozenset({"--header", "-H", "--headers"})
_VARIABLES = frozenset({"-e", "--env", "--set-env"})
_SCRIPTED = frozenset({"", "-c", "-lc", "-ic", "/c", "/k", "-command"})
_BLANK = re.compile(r"\s")
_EMPTY = frozenset({"", "true", "false", "yes", "no", "on", "off", "null", "none"})
_PUBLIC = frozenset({"accept", "content-type", "user-agent", "accept-language", "cache-control", "origin", "host"})
_INSIDE = re.compile(r"(--?[\w-]{1,64}|\b[A-Za-z_]\w*)(=|\s+)(\"[^\"]*\"|'[^']*'|[^\s\"';|&]+)")


def installed(server: Server) -> Installed:
    """The server as a report has it: names of variables and headers only, no literal value that could be a secret."""
    command = hide_words(server.argv)
    url = hide_address(server.url) if server.url else ""
    return Installed(
        client=server.client,
        scope=server.scope,
        name=server.name,
        file=str(server.file),
        line=server.line,
        key=server.key,
        user=server.user,
        project=server.project,
        transport=server.transport,
        command=command,
        url=url,
        directory=hide_secrets(server.directory),
        variables=tuple(map(hide_plain, server.env)),
        headers=tuple(map(hide_plain, server.headers)),
        secrets=tuple(dict.fromkeys(_secrets(server, command, url))),
        enabled=server.enabled,
        unasked=server.unasked,
        package=package(command),
        identity=_identity(command, url),
        places=dict(server.places),
    )


def hide_words(words: Sequence[str]) -> tuple[str, ...]:
    """A command line with its secrets hidden.

    >>> hide_words(["serve", "--token=abc", "--api-key", "xyz", "-e", "HOME_ID=7", "--port", "80"])
    ('serve', '--token=•••', '--api-key', '•••', '-e', 'HOME_ID=•••', '--port', '80')
    """
    shown: list[str] = []
    before = ""
    for word in words:
        shown.append(_word(word, before))
        before = word
    return tuple(shown)


def _word(word: str, before: str) -> str:
    if _is_script(word, before):
        return _script(word)
    if before in _VARIABLES and (pair := _VARIABLE.fullmatch(word)):
        return f"{pair[1]}={hide(pair[2])}"
    if before in _HEADERS and (pair := _HEADER.fullmatch(word)):
        return f"{pair[1]}: {hide(pair[2])}"
    if before.startswith("-") and "=" not in before and names_secret(before) and not word.startswith("-"):
        return hide(word)
    option = _OPTION.fullmatch(word)
    if option and option[3] is not None:
        return f"{option[1]}{option[2] or ''}{_option(option[1], option[3])}"
    variable = _VARIABLE.fullmatch(word)
    if variable and (names_secret(variable[1]) or variable[1].isupper()):
        return f"{variable[1]}={hide(variable[2])}"
    return _script(word) if _BLANK.search(word) else hide_secrets(word)


def _is_script(word: str, before: str) -> bool:
    """Whether a word is a command line of its own: a shell's, or all that stands in `command`."""
    return bool(_BLANK.search(word)) and before.lower() in _SCRIPTED


def _option(name: str, value: str) -> str:
    if name in _HEADERS or name in _VARIABLES:
        return _word(value, name)
    return hide(value) if names_secret(name) else hide_secrets(value)


def _script(text: str) -> str:
    """A word that is a command line of its own, for a shell: the values of telling options and variables hidden."""
    text = _INSIDE.sub(
        lambda found: f"{found[1]}{found[2]}{hide(found[3])}" if _gives(found[1], found[2], found[3]) else found[0],
        text,
    )
    return hide_secrets(text)


def _gives(name: str, mark: str, value: str) -> bool:
    if mark == "=":
        return names_secret(name) or name.isupper()
    return name.startswith("-") and names_secret(name) and not value.startswith("-")


def _secrets(server: Server, command: Sequence[str], url: str) -> Iterator[str]:
    """The names of what holds a literal secret: variables, headers, options, `url`, and other members by their key."""
    for name, value in server.env.items():
        if _is_secret(name, value):
            yield hide_plain(name)
    for name, value in server.headers.items():
        if name.lower() not in _PUBLIC and is_literal(value) and not _is_harmless(name, value):
            yield hide_plain(name)
    before = ""
    for place, (word, shown) in enumerate(zip(server.argv, command, strict=True)):
        if word != shown:
            yield _name(word, before, place)
        before = shown if shown == word else ""
    if url != server.url:
        yield "url"
    yield from _elsewhere(server)


def _is_harmless(name: str, value: str) -> bool:
    """Whether a header says a mode or a kind: a short word in small letters under a name that is not telling."""
    return not names_secret(name) and bool(re.fullmatch(r"[a-z][a-z0-9 ./;=,-]{0,24}", value)) and not is_random(value)


def _is_secret(name: str, value: str) -> bool:
    if not is_literal(value) or value.strip().lower() in _EMPTY or value.strip().isdigit():
        return False
    return (names_secret(name) and not value.startswith(("/", "~", "./"))) or hide_secrets(value) != value


def _name(word: str, before: str, place: int) -> str:
    """What to call an argument: its option or variable, else its place in the command line, from 1."""
    own = _OPTION.fullmatch(word)
    if own and own[3] is not None and hide_plain(own[1]) == own[1]:
        return own[1]
    pair = _VARIABLE.fullmatch(word) or (_HEADER.fullmatch(word) if before in _HEADERS else None)
    if pair and hide_plain(pair[1]) == pair[1]:
        return pair[1]
    return before if before.startswith("-") and "=" not in before else f"argument {place}"


def _elsewhere(server: Server) -> Iterator[str]:
    """Members that no dialect knows, such as Cursor's `auth`: those with a telling name and a literal text."""
    known = {"env", "envs", "environment", "headers", "http_headers", "args", "command", "cmd"}
    value = server.raw if isinstance(server.raw, dict) else {}
    todo: list[tuple[tuple[str, ...], Any]] = [((name,), item) for name, item in value.items() if name not in known]
    for _ in range(10_000):
        if not todo:
            return
        key, item = todo.pop()
        if isinstance(item, dict):
            todo.extend(((*key, str(name)), inner) for name, inner in item.items())
        elif isinstance(item, str) and _is_plain_secret(key, item):
            yield hide_plain("/".join(key))


def _is_plain_secret(key: tuple[str, ...], value: str) -> bool:
    if key[-1].endswith("_env_var"):
        return hide_plain(value) != value
    named = bool(re.search(r"secret|passw|token$|api_?key$", key[-1], re.IGNORECASE))
    return named and _is_secret(key[-1], value) and len(value) < 4096


def _identity(command: Sequence[str], url: str) -> str:
    """What a lock knows the server by, made of the words without secrets; a secret in an address is no part of it."""
    try:
        return of_command(command) if command else of_url(url) if url else ""
    except ValueError:
        return f"command:{HIDDEN}" if command else f"url:{url}"
