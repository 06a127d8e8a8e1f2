"""A configuration file on the disk: read, replaced whole, and kept a copy of beside it."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mcpscan_service.wrap.edit.tree import RefusedError

SUFFIX = ".mcpscan-backup"
"""What the name of a copy ends with: no client reads a file of such a name."""

SIZE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was found: where it really lies, its bytes, its mode and owner."""

    path: Path
    data: bytes
    status: os.stat_result

    @classmethod
    def at(cls, path: Path) -> Stored:
        """The file that a path leads to. Raises `RefusedError` for one that cannot be replaced without loss."""
        try:
            real = path.resolve(strict=True)
            _follow(path, real)
            status = real.stat()
            if not stat.S_ISREG(status.st_mode):
                raise RefusedError("it is no regular file")
            if not status.st_mode & 0o222:
                raise RefusedError("the file is read-only; make it writable first if it is yours to edit")
            if status.st_nlink > 1:
                raise RefusedError("the file has several names (hard links); replacing it would part them")
            if status.st_size > SIZE:
                raise RefusedError(f"the file is larger than {SIZE // 2**20} MiB")
            return cls(real, real.read_bytes(), status)
        except (OSError, RuntimeError) as problem:
            raise RefusedError(f"the file cannot be read: {getattr(problem, 'strerror', problem)}") from None

    @property
    def backup(self) -> Path:
        """Where the copy of the file as it was lies."""
        return self.path.with_name(self.path.name + SUFFIX)

    def replace(self, data: bytes) -> None:
        """Put other bytes in its place, in one step. Raises `RefusedError` when it changed since, or cannot be written."""
        try:
            if self.path.read_bytes() != self.data:
                raise RefusedError("another program changed the file meanwhile; try again")
            _write(self.path, data, self.status)
        except OSError as problem:
            raise RefusedError(f"the file cannot be written: {problem.strerror or problem}") from None

    def keep(self, data: bytes) -> Path | None:
        """Keep bytes as the copy beside it; one that is there and differs gets a number, and is returned."""
        moved = None
        try:
            if self.backup.exists():
                if self.backup.read_bytes() == data:
                    return None
                moved = _free(self.backup)
                self.backup.rename(moved)
            _write(self.backup, data, self.status)
        except OSError as problem:
            raise RefusedError(f"no copy of the file can be kept beside it: {problem.strerror or problem}") from None
        return moved

    def kept(self) -> bytes | None:
        """The copy beside it, if there is one."""
        try:
            if self.backup.is_symlink() or self.backup.stat().st_size > SIZE:
                return None
            return self.backup.read_bytes()
        except OSError:
            return None

    def forget(self) -> None:
        """Take the copy away."""
        with contextlib.suppress(OSError):
            self.backup.unlink()


def _follow(path: Path, real: Path) -> None:
    """A link may lead elsewhere in the home or the folder that it stands in, but nowhere else."""
    if real.parent == path.parent.resolve():
        return
    roots = [Path.home().resolve(), Path.cwd().resolve(), path.parent.resolve()]
    if not any(real.is_relative_to(root) for root in roots):
        raise RefusedError("a link leads out of the home folder; name the file itself with --file")


def _write(path: Path, data: bytes, like: os.stat_result) -> None:
    """Write a file in one step, with the mode and the owner of another."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".mcpscan-new")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
            if hasattr(os, "fchown") and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(out.fileno(), like.st_uid, like.st_gid)
        Path(temporary).chmod(stat.S_IMODE(like.st_mode))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _free(path: Path) -> Path:
    number = 1
    while (found := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return found
