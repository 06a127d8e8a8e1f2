"""Auditing again whenever a configuration file or the lock changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from mcpscan.audit.auditing import Where


def watching(where: Where, lock_file: Path, again: Callable[[], object]) -> None:
    """Wait for changes, for ever, and call `again` after each. Raises `click.UsageError` without watchfiles."""
    try:
        from watchfiles import watch
    except ImportError as problem:
        raise click.UsageError("--watch needs watchfiles: pip install 'mcpscan[audit]'") from problem
    while True:
        files = {file.resolve() for file in (*where.inventory().files, lock_file)}
        folders = sorted({file.parent for file in files if file.parent.is_dir()})
        click.echo(f"watching {len(files)} files; Ctrl-C ends it", err=True)
        for changes in watch(*folders, recursive=False, raise_interrupt=True):
            if files & {Path(path).resolve() for _, path in changes}:
                break
        again()
