"""The one decision point: every message between a client and a server passes through `Guard.rule`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace

from mcpscan.finding import Action
from mcpscan_service.guard import answer
from mcpscan_service.guard.case import Case
from mcpscan_service.guard.channel import LABELS, LISTS, Channel, Mode
from mcpscan_service.guard.conversation import Asked, Conversation
from mcpscan_service.guard.decision import Decision, Evidence, Outcome, Recorder, Ruling, Watcher, event_id
from mcpscan_service.guard.judge import Judge, Judgement
from mcpscan_service.guard.message import MalformedError, Message, Sender, read
from mcpscan_service.guard.objection import Objection
from mcpscan_service.guard.quarantine import Held, Quarantine
from mcpscan_service.guard.ruled import Ruled, ruled, ruling
from mcpscan_service.guard.settings import Failing, GuardSettings
from mcpscan_service.guard.settle import DENIED, Settled, settle


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

    def renewed(self, judge: Judge, settings: GuardSettings) -> Guard:
        """A guard with another judge and other settings, and this one's threads, quarantine, recorder and watchers.

        This one goes on for what is under way. The number of threads stays what it is.
        """
        made = copy(self)
        made.judge, made.settings = judge, settings
        return made

    def close(self) -> None:
        """Stop the threads that scan; messages under way are finished."""
        self._pool.shutdown(wait=True)

    async def rule(self, data: bytes, sender: Sender, talk: Conversation) -> Ruling:
        """Decide about the message or batch in some bytes, and return when the decision is recorded.

        Raises `BusyError` when too many wait, `OSError` when a decision cannot be recorded: nothing may pass then.
        """
        return await self._told(data, await self._scanned(data, sender, talk))

    async def refuse(
        self, data: bytes, sender: Sender, talk: Conversation, why: str, *, always: bool = False
    ) -> Ruling:
        """Decide about bytes that cannot be scanned, for a reason the caller knows: too long, cut off, not decoded.

        They pass only where `on_failure` is open or the channel is only monitored, and with `always` not even then; the
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
        self._gate = self._gate or asyncio.Semaphore(settings.scans_at_once)
        run = asyncio.get_running_loop().run_in_executor
        self._waiting += 1
        try:
            async with self._gate:
                read = (
                    self._cases(data, sender, talk) if small else await run(self._pool, self._cases, data, sender, talk)
                )
                if isinstance(read, Ruled):
                    return (read,)
                return await self._in_time(read)
        finally:
            self._waiting -= 1

    async def _in_time(self, cases: Sequence[Case]) -> Sequence[Ruled]:
        """The rulings of a thread, or refusals where it takes too long; nothing stops the thread."""
        work = asyncio.get_running_loop().run_in_executor(self._pool, self._all, cases)
        try:
            return await asyncio.wait_for(asyncio.shield(work), self.settings.scan_seconds)
        except TimeoutError:
            late = Judgement(failure="the scan took too long")
            return [self._settled(case, late, settle(self.judge, self.settings, case, late)) for case in cases]

    def _ruled(self, data: bytes, sender: Sender, talk: Conversation) -> Sequence[Ruled]:
        read = self._cases(data, sender, talk)
        return (read,) if isinstance(read, Ruled) else self._all(read)

    def _cases(self, data: bytes, sender: Sender, talk: Conversation) -> Sequence[Case] | Ruled:
        """The messages in some bytes, noted in their conversation, or the ruling on bytes that hold none."""
        try:
            messages, _ = read(data, sender)
        except MalformedError as problem:
            return self._unread(data, sender, talk, f"malformed: {problem}")
        size = len(data) // len(messages)
        return [Case.of(each, talk, self.settings, event_id(), size) for each in messages]

    def _all(self, cases: Sequence[Case]) -> Sequence[Ruled]:
        return [self._one(case) for case in cases]

    def _one(self, case: Case) -> Ruled:
        started = time.perf_counter()
        denied = self._denied(case)
        if denied is not None:
            return self._settled(case, Judgement((denied,)), DENIED)
        judged = self.judge.judge(case.message, case.asked, case.pin)
        settled = settle(self.judge, self.settings, case, judged)
        if case.is_list:
            self._quarantine(case, judged, settled)
        return self._settled(case, judged, settled, time.perf_counter() - started)

    def _settled(self, case: Case, judged: Judgement, settled: Settled, seconds: float = 0.0) -> Ruled:
        """The ruling on a case whose outcome is known."""
        decision = replace(
            self._decision(case),
            action=Action.BLOCK if settled is DENIED else judged.action,
            outcome=settled.outcome,
            rules=tuple(dict.fromkeys(each.rule for each in judged.objections)),
            risk=judged.report.risk if judged.report else 0.0,
            places=tuple(each.place() for each in judged.objections),
            removed=settled.removed,
            redactions=settled.redactions,
            unscanned=tuple(dict.fromkeys(each.code for each in judged.unscanned)),
            error=judged.failure,
            seconds=seconds,
        )
        return ruled(case, settled, decision, Evidence(judged.report, judged.changes))

    def _denied(self, case: Case) -> Objection | None:
        """The objection to using a part that was left out of a list, or that nobody approved."""
        passive = self.settings.mode_of(Channel.DEFINITION) in {Mode.MONITOR, Mode.ANNOTATE}
        if not case.names_part or passive:
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
            findings = tuple(f for f in (judged.report.findings if judged.report else ()) if f.owner == name)
            changes = tuple(change for each in judged.drifted if each.part.name == name for change in each.changes)
            self.quarantine.hold(Held(case.talk.server, family, name, rules, now, now, case.event, findings, changes))

    def _unread(
        self, data: bytes, sender: Sender, talk: Conversation, error: str, *, always: bool = False
    ) -> Ruled:
        """The ruling on bytes that could not be scanned."""
        channel = Channel.ARGUMENT if sender is Sender.CLIENT else Channel.RESULT
        mode = self.settings.mode_of(channel)
        watched = self.settings.mode_of(Channel.RESULT) is Mode.MONITOR
        opened = not always and (watched or self.settings.on_failure is Failing.OPEN)
        case = Case(Message({}, sender, ""), Asked(""), talk, channel, mode, event_id(), len(data))
        decision = replace(
            self._decision(case),
            action=Action.REVIEW,
            outcome=Outcome.PASSED if opened else Outcome.BLOCKED,
            error=error,
            sent=len(data) if opened else 0,
        )
        if opened:
            return Ruled(decision, Evidence(), {}, same=True)
        said = answer.text([error], decision.event, "Could not be scanned")
        return Ruled(decision, Evidence(), reply=answer.error(None, said, -32700) if sender is Sender.CLIENT else None)

    def _decision(self, case: Case) -> Decision:
        """What is written down of any case, before its outcome is known."""
        talk, asked = case.talk, case.asked
        meta = case.message.params.get("_meta")
        trace = meta.get("traceparent") if isinstance(meta, dict) else None
        pinned = self.judge.pins.find(case.pin) if self.judge.pins else None
        return Decision(
            event=case.event,
            time=time.time(),
            server=talk.server,
            sender=case.message.sender,
            channel=case.channel,
            method=asked.method,
            family=asked.family,
            name=asked.name,
            identity=talk.identity,
            transport=talk.transport,
            session=talk.session,
            address=talk.address,
            client=talk.client,
            client_version=talk.client_version,
            protocol=asked.protocol or talk.protocol,
            trace=trace if isinstance(trace, str) else talk.trace,
            pin=pinned.identity if pinned else "",
            pin_digest=pinned.digest if pinned else "",
            action=Action.ALLOW,
            outcome=Outcome.PASSED,
            mode=case.mode,
            size=case.size,
        )
