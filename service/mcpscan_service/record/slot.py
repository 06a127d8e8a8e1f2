"""Which file of a log belongs to this process: NAME, or NAME.2, NAME.3, … where others hold those before it.

Workers of one service, and several services with one setting, each write a file (and a chain) of their own. The files
stay few: whoever starts takes the first that nobody holds, and carries it on. A lock ends with its process, however that
ends.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A file that no other process writes until `free`."""

    path: Path
    lock: FileLock

    def free(self) -> None:
        """Let another process have it."""
        self.lock.release()


def take(path: Path) -> Slot:
    """The first file of a log that nobody holds. Raises `OSError`."""
    if not path.parent.is_dir():  # A lock would make it.
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(path.parent))
    for number in range(1, MOST + 1):
        mine = path if number == 1 else path.with_name(f"{path.stem}.{number}{path.suffix}")
        lock = FileLock(f"{mine}.lock", timeout=0, mode=0o600, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            continue
        except NotImplementedError as problem:
            raise OSError(f"{path.parent}: this file system has no locks") from problem
        return Slot(mine, lock)
    raise OSError(f"{path}: {MOST} processes write this log already")
