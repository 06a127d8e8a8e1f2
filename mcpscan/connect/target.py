"""What can be connected to, and what came back."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

PASSED = ("PATH", "LANG", "LC_ALL", "TZ", "TERM", "SYSTEMROOT", "PATHEXT", "COMSPEC")
"""Variables every started server gets: without them programs do not start, and they hold no secrets."""

PRIVATE_HOME = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
"""Variables that lead to the user's own files; a started server is given an empty folder instead."""


@dataclass(frozen=True, slots=True)
class Command:
    """A stdio server: a program, its arguments, and what of the user's environment it may see.

    `share` names variables that are passed on as they are (`HOME` for the real home folder); `env` sets others.
    `directory` is where it is started, by default here.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    share: tuple[str, ...] = ()
    directory: str = ""

    def __str__(self) -> str:
        """The command as one would type it."""
        return shlex.join(self.argv)

    def environment(self, home: str) -> dict[str, str]:
        """The whole environment the server is started with; `home` is an empty folder."""
        made = {name: os.environ[name] for name in (*PASSED, *self.share) if name in os.environ}
        made |= {name: home for name in PRIVATE_HOME[:4] if name not in self.share}
        return made | dict(self.env)


@dataclass(frozen=True, slots=True)
class Url:
    """A server over HTTP: Streamable HTTP, or the older HTTP with SSE where that is all it speaks."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The address without user name and password."""
        from urllib.parse import urlsplit, urlunsplit

        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something could not be looked at, or not wholly."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Capture:
    """What a server sent: a dump that `surface.read` takes, what went wrong, and what it wrote to standard error."""

    document: dict[str, object]
    problems: tuple[Problem, ...] = ()
    stderr: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was listed: the server was not seen at all."""
        wire = self.document.get("wire")
        return not (isinstance(wire, dict) and any(name.endswith("/list") for name in wire))
