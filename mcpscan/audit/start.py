"""From a configured server to what can be started or dialled: its variables filled in, as its client would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mcpscan.audit.config.entry import bare
from mcpscan.connect import Command, Url
from mcpscan.fleet import HIDDEN
from mcpscan.inventory import Server
from mcpscan.inventory.literal import hide_secrets
from mcpscan.text import visible

VARIABLE = re.compile(
    r"\$\{\{\s*(?:secrets|inputs)\.(?P<secret>\w+)\s*\}\}"
    r"|\$\{(?:env:)?(?P<braced>[A-Za-z_]\w*)(?::-(?P<default>[^}]*))?\}"
    r"|\$\{(?P<asked>[^}]+)\}"
)
SHORTEST = 4
"""Characters of a value that is looked for in what a server says; shorter ones stand in any text."""

FOLDERS = frozenset({"workspaceFolder", "workspaceRoot", "userHome"})


class UnfilledError(ValueError):
    """A variable that only the client can fill in; the message names it."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What variables of a configuration are filled with: the environment, the project and the home folder."""

    environ: Mapping[str, str]
    home: str = ""

    def text(self, text: str, project: str = "") -> str:
        """A text with its variables filled in. Raises `UnfilledError` for one that nobody here knows."""

        def fill(found: re.Match[str]) -> str:
            name = found["braced"]
            if name in FOLDERS:
                folder = self.home if name == "userHome" else project
                if folder:
                    return folder
            if name and (known := self.environ.get(name) or found["default"]) is not None:
                return known
            wanted = name or found["secret"] or found["asked"].partition(":-")[0]
            raise UnfilledError(visible(f"it needs the variable {wanted[:80]}, which is not set here"))

        return VARIABLE.sub(fill, text)


def target(server: Server, filling: Filling) -> Command | Url:
    """What to start or dial for a server, as its transport says. Its own variables are given to it and to nobody else.

    A server behind mcpscan's own wrapper is started without it: what the filter takes out is what an audit looks for.

    Raises `UnfilledError` where a variable is missing, `ValueError` for an entry with neither a command nor an address.
    """
    if server.argv and not (server.url and server.transport in {"http", "sse"}):
        argv = tuple(filling.text(word, server.project) for word in bare(server).argv)
        env = {name: filling.text(value, server.project) for name, value in server.env.items()}
        return Command(argv, env, directory=filling.text(server.directory, server.project) or server.project)
    if server.url:
        headers = {name: filling.text(value, server.project) for name, value in server.headers.items()}
        return Url(filling.text(server.url, server.project), headers)
    raise ValueError("its entry has neither a command nor an address")


def sent(server: Server, filling: Filling) -> tuple[str, ...]:
    """The variables of the environment that dialling a server would send to it, by name."""
    texts = (server.url, *server.headers.values())
    names = [found["braced"] for text in texts for found in VARIABLE.finditer(text) if found["braced"]]
    return tuple(dict.fromkeys(name for name in names if name in filling.environ and name not in FOLDERS))


def hushed(text: str, server: Server, made: Command | Url | None = None) -> str:
    """A text that a server caused, without the values that its entry gave it and without what looks like a secret."""
    values = [*server.env.values(), *server.headers.values()]
    if made is not None:
        values += [*made.env.values()] if isinstance(made, Command) else [*made.headers.values()]
    parts = {part for value in values for part in (value, *value.split()) if len(part) >= SHORTEST}
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, HIDDEN)
    return hide_secrets(text)


def same(one: Command | Url) -> tuple[object, ...]:
    """What two entries share that lead to the same server started in the same way: it is looked at once."""
    if isinstance(one, Command):
        return ("command", one.argv, tuple(sorted(one.env.items())), one.directory)
    return ("url", one.url, tuple(sorted(one.headers.items())))
