"""One wrapped server from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from mcpscan_service.wrap.notice import say
from mcpscan_service.wrap.options import Options
from mcpscan_service.wrap.process import Child, NotStartedError
from mcpscan_service.wrap.streams import Lines, Sink

if TYPE_CHECKING:
    from mcpscan_service.wrap.configured import Ready

GRACE = 5.0
"""Seconds that a server gets to end by itself once its client has gone."""

AFTER_SIGNAL = 1.5
"""Seconds that a server gets to end once it was told to by a signal: clients kill their child after two."""

LEFT = 0.5
"""Seconds for which what a server left running may still write, once the server has ended."""

_FATAL = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


def wrap(options: Options) -> int:
    """Run a server between this program's standard streams and the guard. Returns its exit status.

    128 and its number for a signal, 127 or 126 for a program that cannot be started, 2 for settings that cannot be used.
    """
    notices = Sink(2)
    try:
        # First of all: the server starts while the rules are loaded.
        child = Child(options.argv)
    except NotStartedError as problem:
        say(notices, str(problem))
        return problem.status
    return asyncio.run(Wrapped(options, child, notices).run())


class Wrapped:
    """A server that was started, and all that has to happen until it is gone."""

    def __init__(self, options: Options, child: Child, notices: Sink) -> None:
        self._options, self._child, self._notices = options, child, notices
        self._client, self._server = Sink(1), Sink(child.input)
        self._status = 0

    async def run(self) -> int:
        """See `wrap`."""
        self._loop = asyncio.get_running_loop()
        self._exited, self._leaving, self._hurry = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._drained = asyncio.Event()
        self._listen()
        _thread(self._wait)
        ready = await self._loaded()
        if ready is None:
            self._child.end()
            return 2
        leaving = asyncio.create_task(self._leave())
        try:
            return await self._serve(ready)
        finally:
            leaving.cancel()
            self._child.end()
            await ready.guard.finish()
            self._close(ready)

    def _close(self, ready: Ready) -> None:
        try:
            ready.close()
        except OSError as problem:
            say(self._notices, f"the audit log is not whole: {problem.strerror or problem}")

    async def _loaded(self) -> Ready | None:
        """What decides about messages; None where it cannot be had, which was said."""
        loading: asyncio.Future[Ready] = self._loop.create_future()

        def load() -> None:
            try:
                from mcpscan_service.wrap.configured import ready

                made = ready(self._options)
            except BaseException as problem:  # noqa: BLE001 - it is handed on, whatever it is
                self._later(loading.set_exception, problem)
            else:
                self._later(loading.set_result, made)
                made.warm()

        _thread(load)
        await _either(loading, self._hurry.wait())
        if not loading.done():
            await _within(AFTER_SIGNAL, self._exited.wait())
            self._child.end()
            await _within(AFTER_SIGNAL, self._exited.wait())
            # Nothing was begun that would have to be ended, and the thread that loads would keep the program alive.
            os._exit(self._status)
        try:
            return loading.result()
        except Exception as problem:  # noqa: BLE001 - without rules nothing may pass, whatever the reason
            known = isinstance(problem, ValueError)
            say(self._notices, str(problem) if known else f"cannot start: {type(problem).__name__}: {problem}")
            return None

    async def _serve(self, ready: Ready) -> int:
        """Move messages until the server is gone; then nothing is left unanswered."""
        from mcpscan_service.guard import Sender
        from mcpscan_service.wrap.aside import AsidePump
        from mcpscan_service.wrap.desk import Desk
        from mcpscan_service.wrap.pump import Pump, answer_waiting

        desk, most = Desk(ready, self._loop, self._notices), ready.settings.limits.message_bytes
        here = Pump(
            desk, Lines(0, most), Sender.CLIENT, onward=self._server, back=self._client, ended=self._client_ended
        )
        there = Pump(
            desk,
            Lines(self._child.output, most),
            Sender.SERVER,
            onward=self._client,
            back=self._server,
            ended=self._server_ended,
        )
        aside = AsidePump(desk, self._child.errors, self._notices, self._options.aside)
        for pump in (here, there, aside):
            pump.start()
        await self._exited.wait()
        await self._drain()
        if not self._hurry.is_set():
            await self._aside(partial(here.lines.idle.wait, LEFT), LEFT)
            why = f"The server ended before it answered (exit status {self._status})."
            await self._aside(partial(answer_waiting, desk, self._client, why), GRACE)
        await self._aside(partial(aside.join, LEFT), LEFT)
        desk.sum_up()
        return self._status

    async def _drain(self) -> None:
        """Wait until the last of what the server wrote was passed on; nothing that it left behind lives on."""
        if self._child.alive():
            await _within(LEFT, _either(self._drained.wait(), self._hurry.wait()))
            await self._aside(self._child.end, GRACE)
        gone = _within(GRACE, asyncio.Event().wait()) if self._leaving.is_set() else asyncio.Event().wait()
        await _either(self._drained.wait(), self._hurry.wait(), gone)

    async def _leave(self) -> None:
        """End the server once its client has gone: first by the end of its input, then politely, then by force."""
        await self._leaving.wait()
        for seconds, way in ((GRACE, partial(self._child.send, signal.SIGTERM)), (AFTER_SIGNAL, self._child.end)):
            await _within(seconds, self._exited.wait())
            if self._exited.is_set():
                return
            await self._aside(way, GRACE)

    def _client_ended(self, _deaf: bool) -> None:  # noqa: FBT001 - called with what a pump knows
        with contextlib.suppress(OSError):
            self._server.close()
        self._later(self._leaving.set)

    def _server_ended(self, deaf: bool) -> None:  # noqa: FBT001 - called with what a pump knows
        if deaf:
            self._later(self._leaving.set)
            with contextlib.suppress(OSError):
                self._server.close()
        self._later(self._drained.set)

    def _wait(self) -> None:
        self._status = self._child.wait()
        self._later(self._exited.set)

    def _listen(self) -> None:
        """Hand signals on to the server. One that this program was told to ignore stays ignored, for the server too."""
        for number in (signal.SIGINT, *_FATAL):
            if signal.getsignal(number) is signal.SIG_IGN:
                continue
            try:
                self._loop.add_signal_handler(number, self._signal, number)
            except NotImplementedError:
                signal.signal(number, lambda given, _: self._later(self._signal, given))
        if hasattr(signal, "SIGCHLD"):
            self._loop.add_signal_handler(signal.SIGCHLD, self._child.reap)

    def _signal(self, number: int) -> None:
        if not self._exited.is_set():
            self._child.send(number)
        if number in _FATAL:
            self._hurry.set()
            self._loop.call_later(AFTER_SIGNAL, _thread, self._child.end)

    def _later(self, call: Callable[..., object], *given: Any) -> None:
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, *given)

    async def _aside(self, work: Callable[[], object], seconds: float) -> None:
        """Do what may block in a thread that nobody waits for longer than some seconds."""
        done = asyncio.Event()

        def run() -> None:
            work()
            self._later(done.set)

        _thread(run)
        await _within(seconds, done.wait())


def _thread(work: Callable[[], object]) -> None:
    threading.Thread(target=work, daemon=True).start()


async def _within(seconds: float, work: Any) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(work, seconds)


async def _either(*works: Any) -> None:
    """Wait for the first of several."""
    tasks = [asyncio.ensure_future(work) for work in works]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        if not task.done() and isinstance(task, asyncio.Task):
            task.cancel()
