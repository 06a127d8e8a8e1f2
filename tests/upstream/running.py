"""The filter in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parent / "program.py"


@dataclass(slots=True)
class Running:
    """A filter that runs in a process of its own."""

    base: str
    process: subprocess.Popen[str]

    def at(self, server: str) -> str:
        """The address of a server behind the filter."""
        return f"{self.base}/{server}/mcp"

    def memory(self, *, peak: bool = False) -> int:
        """The memory that the process holds, or the most that it ever held, in bytes (Linux only)."""
        key = "VmHWM" if peak else "VmRSS"
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        (line,) = (each for each in status.splitlines() if each.startswith(key))
        return int(line.split()[1]) * 1024


@contextmanager
def running(settings: Mapping[str, Any], *records: Path) -> Iterator[Running]:
    """A filter with these settings, killed at the end of the block if it still runs."""
    argv = [sys.executable, str(PROGRAM), json.dumps(settings), *map(str, records)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            base = process.stdout.readline().strip()
            assert base, "the filter did not start"
            yield Running(base, process)
        finally:
            process.kill()
