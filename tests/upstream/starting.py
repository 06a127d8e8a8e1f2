"""Programs that listen on a port of loopback, started and ended by tests."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    argv: Sequence[object], port: int, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Iterator[str]:
    """The address of a program that listens on a port, until the end of the block."""
    quiet = subprocess.DEVNULL
    words = [str(word) for word in argv]
    with subprocess.Popen(words, stdout=quiet, stderr=quiet, env={**os.environ, **(env or {})}, cwd=cwd) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not listen")
