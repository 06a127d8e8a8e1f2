"""Several processes that serve one port: uvicorn's, and what is ours about them."""

from __future__ import annotations

import os
import signal

from uvicorn.supervisors.multiprocess import Multiprocess

from mcpscan_service.telemetry.prometheus import gone


class Workers(Multiprocess):
    """Workers that reload by themselves when asked to: none is replaced, so no connection and no quarantine is lost.

    `failed` says whether they ended because one could not start.
    """

    failed = False

    def handle_hup(self) -> None:
        """Pass the signal on to every worker that serves; one that is still starting reads the new settings anyway."""
        for process in self.processes:
            if process.pid is not None and process.is_ready(timeout=1):
                os.kill(process.pid, signal.SIGHUP)

    def keep_subprocess_alive(self) -> None:
        """Replace workers that ended, and forget what they were doing: it would be counted for ever."""
        before = {process.pid for process in self.processes}
        stopping = self.should_exit.is_set()
        super().keep_subprocess_alive()
        self.failed = self.failed or (not stopping and self.should_exit.is_set())
        for pid in before - {process.pid for process in self.processes}:
            if pid is not None:
                gone(pid)
