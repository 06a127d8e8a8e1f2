"""Files in the cache: read only where nobody else can have written them, written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def _is_mine(path: Path) -> bool:
    """Whether only this user (or root) can have put something at a path. Always true where there are no POSIX owners."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        for place in (path, *path.parents):
            status = place.lstat()
            foreign = status.st_uid not in {os.geteuid(), 0}
            shared = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not status.st_mode & stat.S_ISVTX
            if stat.S_ISLNK(status.st_mode) or foreign or shared:
                return False
    except OSError:
        return False
    return path.lstat().st_uid == os.geteuid()


def read(path: Path) -> bytes | None:
    """The content of a file that is this user's alone; None for any other."""
    return path.read_bytes() if path.is_file() and _is_mine(path) else None


def write(path: Path, body: bytes) -> None:
    """Keep a file for the next start; a cache that cannot be written costs time and nothing else."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_mine(path.parent):
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(name).replace(path)
    except OSError:
        return
