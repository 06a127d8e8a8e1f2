"""A configured server without its secrets: what may leave this process."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mcpscan.fleet import HIDDEN, Installed
from mcpscan.identity import of_command, of_url, wrapper
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
_USER = frozenset({"-u", "--user", "-U", "--proxy-user"})
_LOGIN = re.compile(r"(?!\d{1,6}:\d{1,6}$|[A-Za-z]:\\)([^:\s]{1,99}):(?!//|\1$)(.+)", re.DOTALL)
"""A user with a password; a container's user and group, an address and a path of Windows are none."""
_NEXT_OPTION = re.compile(r"(?:-[A-Za-z]|--[A-Za-z]+(?:-[A-Za-z]+)*)(?=[\s=;|&\"']|$)")
_INSIDE = re.compile(r"(?<![\w-])(--?[\w-]{1,64})(=|\s+)|\b([A-Za-z_]\w*)(=)")
_VALUE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"';|&\\])+|["'].*""", re.DOTALL)
"""A word of a shell; one whose quote is never closed goes on to the end."""
_PAIRED = re.compile(r"""["']?[^\s"'=:]{1,99}\s{0,9}[:=]""")


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
        key=tuple(map(hide_plain, server.key)),
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
        package=package(command[wrapper(command) :]),
        identity=_identity(command, url),
        places={"/".join(map(hide_plain, key.split("/"))): line for key, line in server.places.items()},
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
        return hide_script(word)
    if before in _VARIABLES and (pair := _VARIABLE.fullmatch(word)):
        return f"{pair[1]}={hide(pair[2])}"
    if before in _HEADERS and (pair := _HEADER.fullmatch(word)):
        return f"{pair[1]}: {hide(pair[2])}"
    if before in _USER and (login := _LOGIN.fullmatch(word)):
        return _pair(login)
    if before.startswith("-") and "=" not in before and names_secret(before) and not _NEXT_OPTION.match(word):
        return hide(word)
    option = _OPTION.fullmatch(word)
    if option and option[3] is not None:
        return f"{option[1]}{option[2] or ''}{_option(option[1], option[3])}"
    variable = _VARIABLE.fullmatch(word)
    if variable and (names_secret(variable[1]) or variable[1].isupper()):
        return f"{variable[1]}={hide(variable[2])}"
    return hide_script(word) if _BLANK.search(word) else hide_secrets(word)


def _is_script(word: str, before: str) -> bool:
    """Whether a word is a command line of its own: a shell's, or all that stands in `command`."""
    return bool(_BLANK.search(word)) and before.lower() in _SCRIPTED


def _option(name: str, value: str) -> str:
    if name in _HEADERS or name in _VARIABLES or name in _USER:
        return _word(value, name)
    return hide(value) if names_secret(name) else hide_secrets(value)


def hide_script(text: str) -> str:
    """A word that is a command line of its own, for a shell: the values of telling options and variables hidden.

    >>> hide_script("export TOKEN=abc; npx -y srv --api-key xyz --root /x")
    'export TOKEN=•••; npx -y srv --api-key ••• --root /x'
    """
    shown: list[str] = []
    at = 0
    while found := _INSIDE.search(text, at):
        value = _value(found[1] or found[3], found[2] or found[4], text, found.end())
        shown.append(text[at : found.end()])
        at = found.end()
        # A word that is not hidden is looked at again, for it may name the next secret: "-y --key x", "env KEY=x".
        if value:
            shown.append(_given(found[1] or found[3], value[0]))
            at = value.end()
    return hide_secrets("".join(shown) + text[at:])


def _value(name: str, mark: str, text: str, at: int) -> re.Match[str] | None:
    """The word at a place of a script, where what stands before it says that it holds a secret."""
    if name in _HEADERS or name in _VARIABLES or name in _USER:
        return _VALUE.match(text, at) if _PAIRED.match(text, at) else None
    if not names_secret(name) and not (mark == "=" and name.isupper()):
        return None
    return None if mark != "=" and _NEXT_OPTION.match(text, at) else _VALUE.match(text, at)


def _given(name: str, value: str) -> str:
    """The word after a telling name in a script, hidden within its quotes."""
    quote = value[0] if value[0] in "\"'" and value[-1] == value[0] and len(value) > 1 else ""
    inner = value[1:-1] if quote else value
    kind = _HEADER if name in _HEADERS else _VARIABLE if name in _VARIABLES else _LOGIN if name in _USER else None
    if kind is None:
        return f"{quote}{hide(inner)}{quote}"
    pair = kind.fullmatch(inner)
    return f"{quote}{_pair(pair)}{quote}" if pair else value


def _pair(pair: re.Match[str]) -> str:
    """A name and its value, the value hidden; what stands between them stays as it is."""
    return f"{pair[0][: pair.start(2) - pair.start()]}{hide(pair[2])}"


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
