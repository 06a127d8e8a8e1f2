"""From a configured server to what can be started or dialled: its variables filled in, as its client would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mcpscan.connect import Command, Url
from mcpscan.inventory import Server

VARIABLE = re.compile(
    r"\$\{\{\s*(?:secrets|inputs)\.(?P<secret>\w+)\s*\}\}"
    r"|\$\{(?:env:)?(?P<braced>[A-Za-z_]\w*)(?::-(?P<default>[^}]*))?\}"
    r"|\$\{(?P<asked>[^}]+)\}"
)
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
            raise UnfilledError(f"it needs {found[0]}, which is not set here")

        return VARIABLE.sub(fill, text)


def target(server: Server, filling: Filling) -> Command | Url:
    """What to start or dial for a server. Its own variables are given to it and to nobody else.

    Raises `UnfilledError` where a variable is missing, `ValueError` for an entry with neither a command nor an address.
    """
    if server.argv:
        argv = tuple(filling.text(word, server.project) for word in server.argv)
        env = {name: filling.text(value, server.project) for name, value in server.env.items()}
        return Command(argv, env, directory=filling.text(server.directory, server.project) or server.project)
    if server.url:
        headers = {name: filling.text(value, server.project) for name, value in server.headers.items()}
        return Url(filling.text(server.url, server.project), headers)
    raise ValueError("its entry has neither a command nor an address")


def same(one: Command | Url) -> tuple[object, ...]:
    """What two entries share that lead to the same server started in the same way: it is looked at once."""
    if isinstance(one, Command):
        return ("command", one.argv, tuple(sorted(one.env.items())), one.directory)
    return ("url", one.url, tuple(sorted(one.headers.items())))
