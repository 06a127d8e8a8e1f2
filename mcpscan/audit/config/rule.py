"""The contract of rules about configuration entries: what a rule declares, what it may ask, what it yields.

The docstring of a rule is its documentation: what a finding means, then why it matters, then what to do.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from mcpscan.finding import Confidence, Severity
from mcpscan.inventory.server import Server

Example = Mapping[str, object]
"""A server as data: `entry` as a client's file has it, and what is not the default of `name`, `scope`, `modes`."""


@dataclass(frozen=True, slots=True)
class Mode:
    """Who may write to a path, as POSIX tells it: the permission bits and whether it is a folder."""

    bits: int
    folder: bool = False

    @property
    def anyone_writes(self) -> bool:
        """Whether every user may replace it; in a folder with the sticky bit they may not."""
        return bool(self.bits & 0o002) and not (self.folder and self.bits & 0o1000)


@dataclass(frozen=True, slots=True)
class Machine:
    """What a rule may ask of the machine: paths of homes, permissions, where a program lies. Tests bring their own.

    `mode` gives None for a path that is not there or where the platform has no such permissions.
    """

    home: str = ""
    mode: Callable[[Path], Mode | None] = lambda _path: None
    which: Callable[[str], str | None] = lambda _program: None

    @classmethod
    def here(cls) -> Machine:
        """This machine."""
        import shutil

        return cls(str(Path.home()), _mode, shutil.which)


def _mode(path: Path) -> Mode | None:
    if os.name != "posix":
        return None
    import stat

    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    return Mode(stat.S_IMODE(state.st_mode), stat.S_ISDIR(state.st_mode))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in an entry and what is wrong there.

    `key` is the way below the entry. `quote` is shown once its secrets are taken out; `sign` is what tells this finding
    from others at the same key in its fingerprint (the quote, if empty). None leaves the rule's own level.
    """

    key: tuple[str, ...]
    message: str
    quote: str = ""
    sign: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None


class Described:
    """What every rule about configurations declares."""

    id: ClassVar[str]
    severity: ClassVar[Severity]
    confidence: ClassVar[Confidence]
    refs: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def title(cls) -> str:
        """What a finding of this rule means, in one sentence."""
        return str(cls.__doc__ or "").strip().split("\n", 1)[0]


class ConfigRule(Described, ABC):
    """A rule about one entry."""

    flags: ClassVar[tuple[Example, ...]] = ()
    passes: ClassVar[tuple[Example, ...]] = ()

    @abstractmethod
    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """The places in an entry that are wrong."""


class FleetRule(Described, ABC):
    """A rule about several entries together; its examples are lists of servers."""

    flags: ClassVar[tuple[tuple[Example, ...], ...]] = ()
    passes: ClassVar[tuple[tuple[Example, ...], ...]] = ()

    @abstractmethod
    def hits(self, servers: Sequence[Server]) -> Iterator[tuple[Server, Spot]]:
        """The entries that are wrong next to the others, and where."""
