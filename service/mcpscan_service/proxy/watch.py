"""Notices that a client went away, and ends what was done for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mcpscan_service.wire.body import Receive

GRACE = 0.05
"""Seconds before anybody looks: most exchanges are over by then, and cost nothing."""


class Watch:
    """Cancels the task that made it when the client is gone; `gone` says that it was this that cancelled."""

    def __init__(self, receive: Receive, done: Callable[[], bool]) -> None:
        self.gone = False
        self._receive = receive
        self._done = done
        self._owner = asyncio.current_task()
        self._task: asyncio.Task[None] | None = None
        self._handle = asyncio.get_running_loop().call_later(GRACE, self._begin)

    def stop(self) -> None:
        """Look no more."""
        self._handle.cancel()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        # The server says the same after the last byte of an answer.
        if self._owner is not None and not self._done():
            self.gone = True
            self._owner.cancel()
