"""The wrapped server as processes: started as the client would have started it, and none of them left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

PATIENCE = 2.0
"""Seconds that processes get to vanish after they were killed."""

_OURS = "PYDANTIC_DISABLE_PLUGINS"


class NotStartedError(OSError):
    """A program that could not be started. `status` is what a shell would exit with: 127 not found, 126 not runnable."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


class Child:
    """A running server with its three streams as file descriptors."""

    def __init__(self, argv: Sequence[str]) -> None:
        """Start a server with the environment, folder and arguments that were given. Raises `NotStartedError`."""
        self._groups = sys.platform not in {"linux", "win32"}
        ready = _on_linux()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - running it is what was asked for
                [_program(argv[0]), *argv[1:]],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=environment(),
                process_group=0 if self._groups else None,
                preexec_fn=ready,  # noqa: PLW1509 - no thread runs yet
            )
        except (OSError, ValueError) as problem:
            raise _not_started(argv[0], problem) from problem
        self.input, self.output, self.errors = map(
            _handle, (self._process.stdin, self._process.stdout, self._process.stderr)
        )

    @property
    def number(self) -> int:
        """The number of the process that was started."""
        return self._process.pid

    def wait(self) -> int:
        """Wait for the server to end. Its exit status, or 128 and the number of the signal that ended it."""
        status = self._process.wait()
        return status if status >= 0 else 128 - status

    def send(self, number: int) -> None:
        """Send the server a signal, if it still runs."""
        with contextlib.suppress(OSError, ValueError):
            self._process.send_signal(number)

    def alive(self) -> bool:
        """Whether anything that the server started, or the server itself, still runs (where that can be told)."""
        return bool(_descendants()) if sys.platform == "linux" else self._process.poll() is None

    def reap(self) -> None:
        """Take note of orphans that ended, so that none stays a zombie. The server itself is left to `wait`."""
        if sys.platform != "linux":
            return
        with contextlib.suppress(ChildProcessError):
            for number in _children():
                if number != self._process.pid:
                    os.waitpid(number, os.WNOHANG)

    def end(self) -> None:
        """End the server and all that it started, by force."""
        if sys.platform == "linux":
            _kill_tree(_descendants)
        elif sys.platform == "win32":
            killer = shutil.which("taskkill")
            if killer:
                subprocess.run(  # noqa: S603 - a program of the system, with a number
                    [killer, "/T", "/F", "/PID", str(self._process.pid)], capture_output=True, check=False
                )
        else:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._process.kill()


def _handle(stream: IO[bytes] | None) -> int:
    """A descriptor of our own for a stream, which nothing else closes."""
    assert stream is not None
    with stream:
        return os.dup(stream.fileno())


def environment() -> dict[bytes, bytes] | dict[str, str]:
    """The variables that this program was given, without what Python or mcpscan set in their own process since."""
    with contextlib.suppress(OSError):
        given = Path("/proc/self/environ").read_bytes()
        return dict(pair.split(b"=", 1) for pair in given.split(b"\0") if b"=" in pair)
    own = dict(os.environ)
    if own.get(_OURS) == "__all__":
        del own[_OURS]
    return own


def _on_linux() -> Callable[[], None] | None:
    """Become the parent of the server's orphans; what is returned makes the server end when this process is killed."""
    if sys.platform != "linux":
        return None
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        prctl = libc.prctl
    except (OSError, AttributeError):
        return None
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    parent = os.getpid()

    def ready() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ready


def _program(name: str) -> str:
    """The program to start. Windows finds `npx.cmd` for `npx` only where somebody looks for it."""
    return (shutil.which(name) or name) if sys.platform == "win32" else name


def _not_started(name: str, problem: Exception) -> NotStartedError:
    from mcpscan.text import visible

    shown = visible(name)
    if isinstance(problem, FileNotFoundError) and not Path(name).exists():
        hint = "install it, give its full path, or see to it that the client passes on PATH"
        return NotStartedError(f"no program called {shown!r} was found; {hint}", 127)
    if isinstance(problem, FileNotFoundError):
        return NotStartedError(f"{shown!r} cannot be run: the interpreter that its first line names is missing", 127)
    reason = problem.strerror if isinstance(problem, OSError) else str(problem)
    return NotStartedError(f"{shown!r} cannot be run: {reason}", 126)


def _kill_tree(descendants: Callable[[], list[int]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while (alive := descendants()) and time.monotonic() < deadline:
        for process in alive:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.005)


def _children() -> list[int]:
    """The numbers of this process's own children, ended ones included."""
    own = os.getpid()
    return [number for number, (parent, _) in _processes().items() if parent == own]


def _descendants() -> list[int]:
    """Everything below this process that still runs."""
    processes = _processes()
    below = {os.getpid()}
    while grown := {number for number, (parent, _) in processes.items() if parent in below} - below:
        below |= grown
    return sorted(number for number in below - {os.getpid()} if processes[number][1] != "Z")


def _processes() -> dict[int, tuple[int, str]]:
    """All processes: the parent and the state of each."""
    found: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                state, parent = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
                found[int(entry.name)] = (int(parent), state)
    return found
