"""The one decision point: every message between a client and a server passes through `Guard.rule`."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TypeVar

from mcpscan.text import visible
from mcpscan_service.guard import answer
from mcpscan_service.guard.case import Case, in_force
from mcpscan_service.guard.channel import LABELS, LISTS, Channel, Mode
from mcpscan_service.guard.conversation import Asked, Conversation
from mcpscan_service.guard.decision import Evidence, Recorder, Ruling, Watcher, event_id
from mcpscan_service.guard.judge import Judge, Judgement
from mcpscan_service.guard.message import MalformedError, Message, Sender, read
from mcpscan_service.guard.objection import Objection
from mcpscan_service.guard.quarantine import Held, Quarantine
from mcpscan_service.guard.ruled import Ruled, ruled, ruling
from mcpscan_service.guard.settings import Failing, GuardSettings
from mcpscan_service.guard.settle import BLOCKED, DENIED, PASSED, Settled, settle

T = TypeVar("T")

_Found = Sequence[Message] | MalformedError
_SERVERS = tuple(each for each in Channel if each is not Channel.ARGUMENT)
_log = logging.getLogger("mcpscan")


class BusyError(RuntimeError):
    """More messages wait for a scan than the settings allow: the caller has to be sent away, not kept waiting."""


class Guard:
    """Decides about messages: scans them, holds lists against a lock, writes each decision down, tells the watchers.

    One for all servers and connections of a process. `rule` belongs to one event loop; `rule_now` to any thread.
    """

    def __init__(
        self,
        judge: Judge,
        settings: GuardSettings | None = None,
        *,
        recorder: Recorder | None = None,
        watchers: Sequence[Watcher] = (),
        quarantine: Quarantine | None = None,
    ) -> None:
        self.settings = settings or GuardSettings()
        self.judge = judge
        self.quarantine = quarantine or Quarantine()
        self._recorder = recorder
        self._watchers = tuple(watchers)
        self._pool = ThreadPoolExecutor(self.settings.scans_at_once, thread_name_prefix="mcpscan-scan")
        self._gate: asyncio.Semaphore | None = None
        self._waiting = 0
        self._behind: set[asyncio.Task[None]] = set()

    def use(self, judge: Judge, settings: GuardSettings) -> None:
        """Decide by another judge and other settings from the next message on; the number of threads stays what it is."""
        self.judge, self.settings = judge, settings

    def close(self) -> None:
        """Stop the threads that scan; messages under way are finished."""
        self._pool.shutdown(wait=True)

    async def rule(self, data: bytes, sender: Sender, talk: Conversation) -> Ruling:
        """Decide about the message or batch in some bytes, and return when the decision is recorded.

        Raises `BusyError` when too many wait, `OSError` when a decision cannot be recorded: nothing may pass then.
        """
        return await self._told(data, await self._scanned(data, sender, talk))

    async def rule_ahead(self, data: bytes, talk: Conversation, messages: Sequence[Message] = ()) -> Ruling:
        """Decide about what a client says; where that is only watched, let it go on at once and scan it meanwhile.

        `messages` are those in `data`, where somebody read them already. The scan, its record and the watchers follow while
        the server works; `finish` waits for them. The ruling then names no decision. A durable record is written before anything goes on. Raises as `rule` does.
        """
        watched = self.settings.mode_of(Channel.ARGUMENT) is Mode.MONITOR and talk.floor is Mode.MONITOR
        durable = self._recorder is not None and self._recorder.durable
        if durable or not watched or len(data) > self.settings.inline_bytes:
            return await self.rule(data, Sender.CLIENT, talk)
        read = self._cases(messages or _found(data, Sender.CLIENT), data, Sender.CLIENT, talk)
        if isinstance(read, Ruled):
            return await self._told(data, (read,))
        if any(self._denied(case) is not None for case in read):
            return await self._told(data, await self._in_time(read))
        task = asyncio.get_running_loop().create_task(self._catch_up(read))
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)
        return Ruling(data, None, ())

    async def _catch_up(self, cases: Sequence[Case]) -> None:
        """Scan messages that went on already."""
        if len(self._behind) > self.settings.scans_waiting:
            missed = Judgement(failure="not scanned: too many wait")
            several: Sequence[Ruled] = [self._settled(case, missed, PASSED) for case in cases]
        elif self.judge.scanner.classifies:
            several = await self._in_time(cases, gone_on=True)
        else:
            several = self._all(cases, gone_on=True)
        try:
            await self._told(b"", several)
        except Exception as problem:  # noqa: BLE001 - nobody waits for this; what goes wrong has to be said here
            _log.error("what a client said could not be recorded: %s", type(problem).__name__)

    async def finish(self) -> None:
        """Wait for the scans of what went on already."""
        await asyncio.gather(*self._behind, return_exceptions=True)

    async def refuse(
        self, data: bytes, sender: Sender, talk: Conversation, why: str, *, always: bool = False
    ) -> Ruling:
        """Decide about bytes that cannot be scanned, for a reason the caller knows: too long, cut off, not decoded.

        They pass only where `on_failure` is open or every channel is only monitored, and with `always` not even then; the
        decision is recorded either way.
        """
        return await self._told(data, (self._unread(data, sender, talk, why, always=always),))

    def rule_now(self, data: bytes, sender: Sender, talk: Conversation) -> tuple[Ruling, tuple[Evidence, ...]]:
        """Decide at once, in this thread, without recording: for programs without an event loop."""
        several = self._ruled(data, sender, talk)
        return ruling(data, several), tuple(each.evidence for each in several)

    async def _told(self, data: bytes, several: Sequence[Ruled]) -> Ruling:
        made = ruling(data, several)
        if self._recorder is not None:
            await self._recorder.record(made.decisions)
        for each in several:
            for watcher in self._watchers:
                watcher(each.decision, each.evidence)
        return made

    async def _scanned(self, data: bytes, sender: Sender, talk: Conversation) -> Sequence[Ruled]:
        """The rulings, made here where that is quicker than a thread, and within the time allowed."""
        settings = self.settings
        small = len(data) <= settings.inline_bytes
        if small and not self.judge.scanner.classifies:
            return self._ruled(data, sender, talk)
        if self._waiting >= settings.scans_at_once + settings.scans_waiting:
            raise BusyError(f"{self._waiting} messages wait for a scan")
        # A conversation belongs to the event loop: only what reads the bytes is left to a thread.
        found = _found(data, sender) if small else await self._in_thread(partial(_found, data, sender))
        read = self._cases(found, data, sender, talk)
        return (read,) if isinstance(read, Ruled) else await self._in_time(read)

    async def _in_time(self, cases: Sequence[Case], *, gone_on: bool = False) -> Sequence[Ruled]:
        """The rulings of a thread, or refusals where it takes too long; nothing stops the thread."""
        try:
            async with asyncio.timeout(self.settings.scan_seconds):
                return await self._in_thread(partial(self._all, cases, gone_on=gone_on))
        except TimeoutError:
            return [self._late(case, gone_on=gone_on) for case in cases]

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Do something in a thread as soon as one is free. It keeps its place until it ends, whoever waits for it."""
        self._gate = self._gate or asyncio.Semaphore(self.settings.scans_at_once)
        self._waiting += 1
        try:
            await self._gate.acquire()
        except BaseException:
            self._waiting -= 1
            raise
        done = asyncio.get_running_loop().run_in_executor(self._pool, work)
        done.add_done_callback(self._left)
        return await asyncio.shield(done)

    def _left(self, done: asyncio.Future[T]) -> None:
        self._waiting -= 1
        if self._gate is not None:
            self._gate.release()
        if not done.cancelled():
            done.exception()  # Nobody may be left to be told.

    def _ruled(self, data: bytes, sender: Sender, talk: Conversation) -> Sequence[Ruled]:
        read = self._cases(_found(data, sender), data, sender, talk)
        return (read,) if isinstance(read, Ruled) else self._all(read)

    def _cases(self, found: _Found, data: bytes, sender: Sender, talk: Conversation) -> Sequence[Case] | Ruled:
        """The messages in some bytes, noted in their conversation, or the ruling on bytes that hold none."""
        if isinstance(found, MalformedError):
            return self._unread(data, sender, talk, f"malformed: {found}")
        size = len(data) // len(found)
        return [Case.of(each, talk, self.settings, event_id(), size) for each in found]

    def _all(self, cases: Sequence[Case], *, gone_on: bool = False) -> Sequence[Ruled]:
        return [self._one(case, gone_on=gone_on) for case in cases]

    def _one(self, case: Case, *, gone_on: bool = False) -> Ruled:
        started = time.perf_counter()
        # What went on already cannot be denied any more, and is not recorded as if it had been.
        denied = None if gone_on else self._denied(case)
        if denied is not None:
            return self._settled(case, Judgement((denied,)), DENIED)
        judged = self.judge.judge(case.message, case.asked, case.pin)
        settled = settle(self.judge, self.settings, case, judged)
        if case.is_list and case.pin is not None:
            self._quarantine(case, judged, settled)
        return self._settled(case, judged, settled, time.perf_counter() - started)

    def _late(self, case: Case, *, gone_on: bool = False) -> Ruled:
        """The ruling on a case that was not scanned in time; what is held back stays so."""
        denied = None if gone_on else self._denied(case)
        if denied is not None:
            return self._settled(case, Judgement((denied,)), DENIED)
        late = Judgement(failure="the scan took too long")
        return self._settled(case, late, settle(self.judge, self.settings, case, late))

    def _settled(self, case: Case, judged: Judgement, settled: Settled, seconds: float = 0.0) -> Ruled:
        """The ruling on a case whose outcome is known."""
        pinned = self.judge.pins.find(case.pin) if self.judge.pins and case.pin else None
        return ruled(case, judged, settled, pinned, seconds)

    def _denied(self, case: Case) -> Objection | None:
        """The objection to using a part that was left out of a list, or that nobody approved."""
        passive = in_force(self.settings, case.talk, Channel.DEFINITION) in {Mode.MONITOR, Mode.ANNOTATE}
        if not case.names_part or passive or case.pin is None:
            return None
        asked, pins = case.asked, self.judge.pins
        pointer = f"/params/{'uri' if asked.family == 'resource' else 'name'}"
        if self.quarantine.find(case.talk.server, asked.family, asked.name):
            return Objection("quarantined", pointer)
        if pins is not None and not pins.knows(case.pin, asked.family, asked.name):
            return Objection("lock-unknown", pointer)
        return None

    def _quarantine(self, case: Case, judged: Judgement, settled: Settled) -> None:
        """Hold back what was left out of a list, and let go what the same list shows unharmed."""
        family, label = LABELS[case.asked.method]
        result = case.message.value.get("result")
        listed = result.get(LISTS[case.asked.method]) if isinstance(result, dict) else None
        for part in listed if isinstance(listed, list) and settled.value is not None else ():
            name = part.get(label) if isinstance(part, dict) else None
            if isinstance(name, str) and name not in settled.held:
                self.quarantine.release(case.talk.server, family, name)
        now = time.time()
        for name, objections in settled.held.items():
            rules = tuple(dict.fromkeys(each.rule for each in objections))
            found = judged.report.findings if judged.report else ()
            findings = tuple(each for each in found if each.owner == visible(name))
            changes = tuple(change for each in judged.drifted if each.part.name == name for change in each.changes)
            self.quarantine.hold(Held(case.talk.server, family, name, rules, now, now, case.event, findings, changes))

    def _unread(self, data: bytes, sender: Sender, talk: Conversation, error: str, *, always: bool = False) -> Ruled:
        """The ruling on bytes that could not be scanned."""
        channel = Channel.ARGUMENT if sender is Sender.CLIENT else Channel.RESULT
        mode = self.settings.mode_of(channel)
        # Nobody knows what it says, so it comes under the strictest mode of all that it may be.
        watched = in_force(self.settings, talk, *_SERVERS) is Mode.MONITOR
        opened = not always and (watched or self.settings.on_failure is Failing.OPEN)
        case = Case(Message({}, sender, ""), Asked(""), talk, channel, mode, event_id(), len(data))
        made = self._settled(case, Judgement(failure=error), PASSED if opened else BLOCKED)
        if opened:
            return made
        said = answer.text([error], case.event, "Could not be scanned")
        return replace(made, forward=None, reply=answer.error(None, said, -32700) if sender is Sender.CLIENT else None)


def _found(data: bytes, sender: Sender) -> _Found:
    """The messages in some bytes, or why there are none."""
    try:
        return read(data, sender)[0]
    except MalformedError as problem:
        return problem
