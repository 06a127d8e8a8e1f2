"""Scans as a service: bounded in number, in threads where a scan is long, each written down."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from mcpscan import Action, Kind, Report, Scanner
from mcpscan_service.api import jobs
from mcpscan_service.api.jobs import Scanned
from mcpscan_service.guard import (
    Channel,
    Decision,
    Evidence,
    GuardSettings,
    Mode,
    Outcome,
    Place,
    Recorder,
    Sender,
    Watcher,
)
from mcpscan_service.guard.decision import event_id
from mcpscan_service.problem import ProblemError, place_of

RETRY = ((b"retry-after", b"1"),)
"""What a caller that is sent away is told: come back in a second."""

UNKNOWN = 1 << 40
"""The size of what nobody measured: it is scanned in a thread."""

Job = Callable[[Scanner], Scanned]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, for the record: as whom they were authenticated, from where, the id of their request and of their trace."""

    identity: str = ""
    address: str = ""
    request: str = ""
    trace: str = ""


NOBODY = Caller()


class Scans:
    """Scans for callers over HTTP and for adapters. One for a process; belongs to one event loop.

    Short scans by rules alone are made at once; others wait in a bounded queue for one of `scans_at_once` threads.
    Every method raises `ProblemError`: "busy" when the queue is full, "scan-too-slow", "not-recorded" when the decision
    could not be written down, "internal". `patient` callers wait for room in the queue; a batch bounds itself.
    """

    def __init__(
        self,
        scanner: Scanner,
        settings: GuardSettings | None = None,
        *,
        recorder: Recorder | None = None,
        watchers: Sequence[Watcher] = (),
    ) -> None:
        self.scanner = scanner
        self.settings = settings or GuardSettings()
        self._recorder = recorder
        self._watchers = tuple(watchers)
        self._pool = ThreadPoolExecutor(self.settings.scans_at_once, thread_name_prefix="mcpscan-api")
        self._gate = asyncio.Semaphore(self.settings.scans_at_once)
        self._waiting = 0

    def close(self) -> None:
        """Stop the threads; scans under way are finished."""
        self._pool.shutdown(wait=True)

    def use(self, scanner: Scanner, settings: GuardSettings) -> None:
        """Scan with another scanner and other limits from now on; the number of threads stays what it is."""
        self.scanner, self.settings = scanner, settings

    @property
    def waiting(self) -> int:
        """Scans that run in a thread or wait for one."""
        return self._waiting

    async def manifest(self, value: object, name: str = "", *, size: int = UNKNOWN, caller: Caller = NOBODY) -> Report:
        """Scan any document a server sent or ships."""
        return await self.run(partial(jobs.manifest, value=value, name=name), size, caller)

    async def result(
        self, value: object, tool: object = None, *, size: int = UNKNOWN, caller: Caller = NOBODY
    ) -> Report:
        """Scan what came back from a call of a tool (its name or definition)."""
        return await self.run(partial(jobs.result, value=value, tool=tool), size, caller)

    async def text(self, value: str, kind: Kind = Kind.TOOL_DESCRIPTION, *, caller: Caller = NOBODY) -> Report:
        """Scan one text as a kind."""
        return await self.run(partial(jobs.text, value=value, kind=kind), len(value), caller)

    async def message(self, value: Mapping[str, object], *, size: int = UNKNOWN, caller: Caller = NOBODY) -> Report:
        """Scan one JSON-RPC message."""
        return await self.run(partial(jobs.message, value=value), size, caller)

    async def change(
        self, old: object, new: object, name: str = "", *, size: int = UNKNOWN, caller: Caller = NOBODY
    ) -> Report:
        """Scan a newer version of a document against an older one."""
        return await self.run(partial(jobs.change, old=old, new=new, name=name), size, caller)

    async def run(self, job: Job, size: int, caller: Caller = NOBODY, *, patient: bool = False) -> Report:
        """Make a scan of something of a size in bytes, and return its report when it is recorded.

        `job` may read and check a body first: the `ProblemError` that it raises is the caller's, and is no decision.
        """
        started = time.perf_counter()
        try:
            scanned = await self._scanned(job, size, patient=patient)
        except TimeoutError:
            await self._told(caller, size, started, error="the scan took too long")
            raise ProblemError("scan-too-slow", headers=RETRY) from None
        except ProblemError:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever a scan raises, it is said and recorded
            _log.error("a scan failed: %s", place_of(problem))
            await self._told(caller, size, started, error=f"scanner: {type(problem).__name__}")
            raise ProblemError("internal") from None
        await self._told(caller, size, started, scanned)
        return scanned.report

    async def _scanned(self, job: Job, size: int, *, patient: bool) -> Scanned:
        scanner, settings = self.scanner, self.settings
        if size <= settings.inline_bytes and not scanner.classifies:
            return job(scanner)
        if not patient and self._waiting >= settings.scans_at_once + settings.scans_waiting:
            raise ProblemError("busy", f"{self._waiting} scans wait", headers=RETRY)
        self._waiting += 1
        try:
            await self._gate.acquire()
        except BaseException:
            self._waiting -= 1
            raise
        work = asyncio.get_running_loop().run_in_executor(self._pool, job, scanner)
        # Also a scan that nobody waits for any more takes a thread until it ends.
        work.add_done_callback(self._done)
        return await asyncio.wait_for(asyncio.shield(work), settings.scan_seconds)

    def _done(self, work: asyncio.Future[Scanned]) -> None:
        self._waiting -= 1
        self._gate.release()
        if not work.cancelled():
            work.exception()

    async def _told(
        self, caller: Caller, size: int, started: float, scanned: Scanned | None = None, *, error: str = ""
    ) -> None:
        if self._recorder is None and not self._watchers:
            return
        decision = _decision(caller, size, time.perf_counter() - started, scanned, error)
        if self._recorder is not None:
            try:
                await self._recorder.record((decision,))
            except OSError as problem:
                _log.error("a decision could not be recorded: %s", type(problem).__name__)
                raise ProblemError("not-recorded", headers=RETRY) from None
        evidence = Evidence(scanned.report, scanned.report.changes) if scanned else Evidence()
        for watcher in self._watchers:
            watcher(decision, evidence)


def _decision(caller: Caller, size: int, seconds: float, scanned: Scanned | None, error: str) -> Decision:
    """The record of a scan: it says what was found and stops nothing."""
    report = scanned.report if scanned else None
    found = report.findings if report else ()
    return Decision(
        event=event_id(),
        time=time.time(),
        server=scanned.server if scanned else "",
        sender=Sender.SERVER,
        channel=scanned.channel if scanned else Channel.RESULT,
        method=f"scan/{scanned.method}" if scanned else "scan",
        name=scanned.name if scanned else "",
        identity=caller.identity,
        transport="api",
        session=caller.request,
        address=caller.address,
        trace=caller.trace,
        action=report.verdict.action if report else Action.REVIEW,
        outcome=Outcome.PASSED,
        mode=Mode.MONITOR,
        rules=tuple(dict.fromkeys(each.rule for each in found)),
        risk=report.risk if report else 0.0,
        places=tuple(Place(each.rule, each.pointer, *each.span) for each in found),
        unscanned=tuple(dict.fromkeys(each.code for each in report.not_scanned)) if report else (),
        error=error or ", ".join(dict.fromkeys(each.where for each in report.errors) if report else ()),
        size=0 if size == UNKNOWN else size,
        seconds=seconds,
    )
