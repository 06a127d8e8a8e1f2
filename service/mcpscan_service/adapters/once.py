"""The audit log of a program that decides about one message and ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mcpscan_service.guard import Decision
from mcpscan_service.record import JsonlRecorder
from mcpscan_service.settings import AuditSettings


class Once:
    """Writes decisions before the answer leaves: nothing of the program is left to write them later."""

    def __init__(self, path: Path) -> None:
        """Open the log. Raises `OSError`."""
        self._log = JsonlRecorder(AuditSettings(path=path))
        self._log.start()

    @property
    def durable(self) -> bool:
        """Records go to the system before the answer does, and are not forced to the disk."""
        return False

    async def record(self, decisions: Sequence[Decision]) -> None:
        """Write decisions down. Raises `OSError`."""
        self._log.record_now(decisions)

    def close(self) -> None:
        """Let go of the log. Raises nothing: what was to be written was written, or its answer refused."""
        try:
            self._log.close()
        except OSError:
            return
