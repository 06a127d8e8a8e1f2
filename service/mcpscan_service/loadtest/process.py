"""Server processes that are measured: their processor time and memory (Linux only)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01


@dataclass(frozen=True, slots=True)
class Process:
    """A server on a port of loopback."""

    pid: int
    port: int

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time that it took so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * TICK

    def memory(self) -> float:
        """Megabytes that it holds."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


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
