"""Runs a stdio server for a scan: keeps every byte it prints, and leaves none of its processes behind.

Started as a script of its own between the MCP SDK and the server, because the SDK hands on parsed messages only and
kills a process group only. Uses nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
MOST = 256 << 20
"""Bytes of a server's output that are kept."""


def main(log: str, command: list[str]) -> int:
    """Run `command`, copy its standard output to ours and into `log`, and end what it started. Returns its status."""
    _adopt()
    try:
        server = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - running it is what was asked for
    except OSError as problem:
        sys.stderr.write(f"cannot start {command[0]}: {problem.strerror or problem}\n")
        return 127

    def stop(_signal: int, _frame: FrameType | None) -> None:
        _end(server)
        os._exit(143)

    signal.signal(signal.SIGTERM, stop)
    copier = threading.Thread(target=_copy, args=(server, Path(log)), daemon=True)
    copier.start()
    status = server.wait()
    copier.join(0.5)
    _end(server)
    copier.join(0.5)
    return status if status >= 0 else 128 - status


def _adopt() -> None:
    """On Linux, become the parent of the server's orphans, and end with our own parent."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None, use_errno=True)
            libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _copy(server: subprocess.Popen[bytes], log: Path) -> None:
    assert server.stdout is not None
    kept = 0
    with log.open("wb") as file:
        while chunk := os.read(server.stdout.fileno(), 1 << 16):
            if kept < MOST:
                file.write(chunk[: MOST - kept])
                file.flush()
                kept += len(chunk)
            with contextlib.suppress(OSError):
                os.write(1, chunk) if len(chunk) <= 512 else _write(chunk)


def _write(chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(1, view) :]


def _end(server: subprocess.Popen[bytes]) -> None:
    if sys.platform != "linux":
        server.kill()
        return
    deadline = time.monotonic() + 2
    while (alive := _descendants()) and time.monotonic() < deadline:
        for process in alive:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.01)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _descendants() -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    parents[int(entry.name)] = int(parent)
    below = {os.getpid()}
    while grown := {child for child, parent in parents.items() if parent in below} - below:
        below |= grown
    return sorted(below - {os.getpid()})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
