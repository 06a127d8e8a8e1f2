"""Server processes that are measured: their processor time and memory (Linux only)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01


@dataclass(frozen=True, slots=True)
class Process:
    """A server on a port of loopback, with the processes that it started."""

    pid: int
    port: int

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time that it took so far."""
        found = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for pid in self._pids()
        )
        return sum(int(fields[11]) + int(fields[12]) for fields in found) * TICK

    def memory(self) -> float:
        """Megabytes that it holds."""
        found = (Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines() for pid in self._pids())
        return sum(int(line.split()[1]) for lines in found for line in lines if line.startswith("VmRSS")) / 1024

    def _pids(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [self.pid, *map(int, children.split())]


@contextmanager
def process(*words: str) -> Iterator[Process]:
    """A server of `variant.py`, until the end of the block. Raises `RuntimeError` if it does not start."""
    argv = [sys.executable, "-m", "mcpscan_service.loadtest.variant", *words]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own module
        try:
            assert running.stdout is not None
            port = running.stdout.readline().strip()
            if not port:
                raise RuntimeError(f"the server {words[0]} did not start")
            yield Process(running.pid, int(port))
        finally:
            running.kill()


@contextmanager
def program(*words: str) -> Iterator[Process]:
    """`mcpscan serve` without authentication, until the end of the block. Raises `RuntimeError` if it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    argv = [
        sys.executable,
        "-m",
        "mcpscan",
        "serve",
        "--auth",
        "off",
        "--port",
        str(port),
        "--log-level",
        "error",
        *words,
    ]
    with subprocess.Popen(argv, stderr=subprocess.DEVNULL) as running:  # noqa: S603 - our own program
        try:
            _listens(running, port)
            yield Process(running.pid, port)
        finally:
            running.terminate()


def _listens(running: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("mcpscan serve did not start")
