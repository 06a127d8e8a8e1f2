"""Finds the files of one search: named places only, never a whole home, and nothing by a link that leads out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from mcpscan.inventory.places import Search

DEPTH = 8
"""How many folders deep a part `**` looks."""

_NEVER = frozenset({"node_modules", ".git", ".venv", "site-packages", "__pycache__"})
"""Folders of other people's packages: what lies in them is no configuration of the client."""

ENTRIES = 20_000
"""How many folder entries one search looks at."""


@dataclass(slots=True)
class Hunt:
    """One search under way: what was found, what could not be looked at, how much may still be looked at."""

    search: Search
    left: int = field(default_factory=lambda: ENTRIES)
    found: list[Path] = field(default_factory=list)
    unread: list[tuple[Path, str]] = field(default_factory=list)
    cut: bool = False

    def run(self) -> Hunt:
        """Look, and return itself."""
        self._step(self.search.base, self.search.pattern)
        if self.cut:
            reason = (
                f"more than {ENTRIES} entries: looking for {'/'.join(self.search.pattern)} ended before all were seen"
            )
            self.unread.append((self.search.base, reason))
        return self

    def _step(self, folder: Path, pattern: tuple[str, ...]) -> None:
        if not pattern:
            self._take(folder)
        elif pattern[0] == "**":
            for inner in self._folders(folder):
                self._step(inner, pattern[1:])
        elif any(mark in pattern[0] for mark in "*?["):
            for entry in self._entries(folder):
                if fnmatchcase(entry.name, pattern[0]) and (len(pattern) == 1 or _is_folder(entry)):
                    self._step(Path(entry.path), pattern[1:])
        else:
            self._step(folder / pattern[0], pattern[1:])

    def _take(self, path: Path) -> None:
        if not os.path.lexists(path):
            self._note_if_closed(path)
            return
        if not self._is_within(path):
            self.unread.append((path, "a link in its path leads out of the folder looked in; it was not followed"))
        else:
            self.found.append(path)

    def _note_if_closed(self, path: Path) -> None:
        """A file that is not there is nothing to tell; one behind a closed door is."""
        try:
            path.lstat()
        except PermissionError:
            self.unread.append((path, "the folder may not be read"))
        except (OSError, ValueError):
            return

    def _folders(self, start: Path) -> Iterator[Path]:
        """A folder and those below it, the nearer first. Links are not followed: they may lead in circles."""
        level = [start]
        for depth in range(DEPTH + 1):
            yield from level
            level = [
                Path(entry.path)
                for folder in level
                for entry in self._entries(folder)
                if _is_folder(entry, links=False)
            ]
            if level and depth == DEPTH:
                self.unread.append((start, f"folders more than {DEPTH} deep were not looked in"))

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        entries: list[os.DirEntry[str]] = []
        try:
            with os.scandir(folder) as listing:
                for entry in listing:
                    if self.left <= 0:
                        self.cut = True
                        break
                    self.left -= 1
                    if entry.name not in _NEVER:
                        entries.append(entry)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (OSError, ValueError) as problem:
            self.unread.append((folder, f"the folder may not be listed: {getattr(problem, 'strerror', problem)}"))
        return sorted(entries, key=lambda entry: entry.name)

    def _is_within(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self.search.base.resolve())
        except (OSError, RuntimeError, ValueError):
            return False


def _is_folder(entry: os.DirEntry[str], *, links: bool = True) -> bool:
    try:
        return entry.is_dir(follow_symlinks=links)
    except OSError:
        return False
