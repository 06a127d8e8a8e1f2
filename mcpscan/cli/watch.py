"""Auditing again whenever what is configured or approved changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from mcpscan.audit.auditing import Where
from mcpscan.inventory import Inventory

PATIENCE = 60.0
"""Seconds after which the configurations are read again though nothing was told: a folder may be new, or on a network."""


@dataclass(frozen=True, slots=True)
class Configured:
    """What an audit rests on, without the lines it stands on: files that are rewritten with the same servers are equal.

    `entries` holds secrets, so that a changed one counts; it stays in this process.
    """

    entries: tuple[Any, ...]
    folders: frozenset[Path]
    files: int

    @classmethod
    def of(cls, found: Inventory) -> Configured:
        """What is configured now."""
        servers = tuple(replace(server, line=0, places={}) for server in found.servers)
        texts = tuple((path, key, text) for path, _, key, text in found.texts)
        files = {*found.files, *(Path(gap.file) for gap in found.unread)}
        folders = frozenset(folder for file in files for folder in _folders(file))
        return cls((servers, texts, found.unread), folders, len(files))

    def same(self, other: Configured) -> bool:
        """Whether another audit would see the same; not so for entries nested too deeply to be compared."""
        try:
            return self.entries == other.entries
        except RecursionError:
            return False


def watching(where: Where, lock_file: Path, again: Callable[[], object]) -> None:
    """Wait for changes, for ever, and call `again` after each.

    Any change in a folder with a configuration, readable or not, makes all configurations be read again; only where
    their servers, texts or gaps, or the lock, are not what they were is there another audit. What changes during an
    audit counts, but for the lock, which the audit itself may write. Raises `click.UsageError` without watchfiles, and
    where the folders cannot be watched.
    """
    configured, lock = Configured.of(where.inventory()), _bytes(lock_file)
    watched, changes, said = frozenset[Path](), _changes(frozenset()), False
    while True:
        now = Configured.of(where.inventory())
        if not now.same(configured) or _bytes(lock_file) != lock:
            again()
            configured, lock, said = now, _bytes(lock_file), False
            continue
        if (folders := now.folders.union(_folders(lock_file))) != watched:
            watched, changes = folders, _changes(folders)
        if not said:
            click.echo(f"watching {now.files} files and the lock; Ctrl-C ends it", err=True)
            said = True
        try:
            next(changes)
        except OSError as problem:
            raise click.UsageError(f"--watch: the folders cannot be watched: {problem}") from problem


def _changes(folders: frozenset[Path]) -> Iterator[object]:
    """Something for every change in one of the folders, and after each `PATIENCE` without one."""
    try:
        from watchfiles import watch
    except ImportError as problem:
        raise click.UsageError("--watch needs watchfiles: pip install 'mcpscan[audit]'") from problem
    return watch(
        *sorted(folders),
        watch_filter=None,
        recursive=False,
        raise_interrupt=True,
        rust_timeout=int(PATIENCE * 1000),
        yield_on_timeout=True,
    )


def _folders(file: Path) -> Iterator[Path]:
    """Where a change of a file shows: its folder, and that of what it is a link to."""
    for path in (file, Path(os.path.realpath(file))):
        if path.parent.is_dir() and os.access(path.parent, os.R_OK | os.X_OK):
            yield path.parent.absolute()


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
