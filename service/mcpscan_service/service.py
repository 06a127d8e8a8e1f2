"""Everything that one process of the filter holds; a reload swaps what judges and where servers are."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcpscan.classifier import Classifier
from mcpscan_service.api.scans import Scans
from mcpscan_service.brain import Brain, BrainError
from mcpscan_service.console import InForce, Memory
from mcpscan_service.guard import Guard, Quarantine, Watcher
from mcpscan_service.load import Origin, SettingsError
from mcpscan_service.memory import settle
from mcpscan_service.proxy import Proxy
from mcpscan_service.record import JsonlRecorder
from mcpscan_service.settings import Settings

if TYPE_CHECKING:
    from mcpscan_service.adapters import envoy

LOOKS = 2.0
"""Seconds between two looks at the files that settings come from."""

FIXED = (
    "host", "port", "workers", "classifier", "envoy", "audit", "telemetry", "console", "auth.mode", "guard.scans_at_once",
)  # fmt: skip
"""Settings that a restart changes, and a reload does not."""

_log = logging.getLogger("mcpscan")


class Service:
    """The guard of a process with all that hangs on it. `start`, `reload` and `stop` belong to the loop that serves.

    `watchers` are told of decisions besides the console. Raises `BrainError` for a policy or a lock that cannot be used.
    """

    def __init__(self, settings: Settings, origin: Origin | None = None, watchers: tuple[Watcher, ...] = ()) -> None:
        self.settings = settings
        self.origin = origin
        self.started = time.time()
        self.memory = Memory(settings.console.remembered)
        self.problem = ""
        self.pending = ""
        self.recorder = JsonlRecorder(settings.audit) if settings.audit.path else None
        self._classifier = Classifier() if settings.classifier else None
        brain = Brain.of(settings, self._classifier)
        watching: tuple[Watcher, ...] = (self.memory, *watchers)
        self.guard = Guard(
            brain.judge, settings.guard, recorder=self.recorder, watchers=watching, quarantine=Quarantine()
        )
        self.scans = Scans(brain.scanner, settings.guard, recorder=self.recorder, watchers=watching)
        self.proxy = Proxy(settings, self.guard)
        self.on_reload: list[Callable[[Settings], None]] = []
        self.caller: Callable[[str], str | None] | None = None
        self._envoy: envoy.Started | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._reloading = asyncio.Lock()

    def in_force(self) -> InForce:
        """What the process runs with now."""
        return InForce(
            self.guard, self.settings, self.started, problems=tuple(filter(None, (self.problem, self.pending)))
        )

    async def start(self) -> None:
        """Make ready: open the audit log, warm what the first message would wait for, watch the files of the settings.

        Raises `OSError` for a log, `ValueError`, `RuntimeError` or `ImportError` for an address that cannot be used.
        """
        if self.recorder is not None:
            await asyncio.to_thread(self.recorder.start)
        await self.proxy.startup()
        if self.settings.envoy:
            from mcpscan_service.adapters import envoy

            self._envoy = await envoy.start(self.guard, self.settings, self.settings.envoy, self.caller)
        await asyncio.to_thread(self.guard.judge.scanner.warm)
        settle()
        if self.origin is not None:
            self.spawn(self._watch())

    def drain(self) -> None:
        """End the streams on which clients only listen; calls go on until the server takes no more."""
        self.proxy.drain()

    async def stop(self) -> None:
        """Finish what is under way, then let everything go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.proxy.shutdown()
        if self._envoy is not None:
            await self._envoy.stop()
        await self.guard.finish()
        await asyncio.to_thread(self.guard.close)
        await asyncio.to_thread(self.scans.close)
        if self.recorder is not None:
            try:
                await asyncio.to_thread(self.recorder.close)
            except OSError as problem:
                _log.error("%s", problem)

    async def reload(self) -> bool:
        """Read settings, policy and lock again, and go by them from the next message on; says whether that went well.

        What cannot be used changes nothing, and is said in the log and on the console.
        """
        async with self._reloading:
            try:
                settings = self.origin.load() if self.origin is not None else self.settings
                settings, pending = _kept(settings, self.settings)
                brain = await asyncio.to_thread(Brain.of, settings, self._classifier)
                await asyncio.to_thread(brain.scanner.warm)
                for told in self.on_reload:
                    told(settings)
            except (SettingsError, BrainError, ValueError) as problem:
                self.problem = f"not reloaded: {problem}"
                _log.error("%s; the settings before stay in force", self.problem)
                return False
            self.settings, self.problem = settings, ""
            self.pending = f"changed only by a restart: {', '.join(pending)}" if pending else ""
            self.guard.use(brain.judge, settings.guard)
            self.scans.use(brain.scanner, settings.guard)
            self.spawn(self.proxy.replace(settings, self.guard))
            _log.info("reloaded: %s", settings.guard.summary())
            if pending:
                _log.warning("%s", self.pending)
            return True

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something beside the serving; it ends with the service."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        """Reload when a file that settings come from has changed."""
        before = self._marks()
        while True:
            await asyncio.sleep(LOOKS)
            now = self._marks()
            if now != before:
                before = now
                await self.reload()

    def _marks(self) -> tuple[object, ...]:
        origin = self.origin.file if self.origin else None
        return tuple(_mark(path) for path in (origin, self.settings.policy, self.settings.lock) if path is not None)


def _kept(new: Settings, now: Settings) -> tuple[Settings, tuple[str, ...]]:
    """New settings with what only a restart changes as it is now, and the names of those that were to change."""
    pending: list[str] = []
    update: dict[str, Any] = {}
    for name in FIXED:
        table, _, member = name.partition(".")
        wanted, kept = getattr(new, table), getattr(now, table)
        if member and getattr(wanted, member) != getattr(kept, member):
            kept = wanted.model_copy(update={member: getattr(kept, member)})
        elif member:
            kept = wanted
        if wanted != kept:
            pending.append(name)
            update[table] = kept
    return new.model_copy(update=update), tuple(pending)


def _mark(path: Path) -> object:
    with contextlib.suppress(OSError):
        status = path.stat()
        return path, status.st_mtime_ns, status.st_size, status.st_ino
    return path
