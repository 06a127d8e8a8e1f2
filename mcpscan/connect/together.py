"""Many servers at once: one slow or broken server neither holds up nor spoils the others."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import anyio

from mcpscan.connect.session import capture_with
from mcpscan.connect.target import Capture, Command, Problem, Url

AT_ONCE = 16
"""Servers that are started or dialled at the same time."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What one server sent, and how many seconds that took."""

    capture: Capture
    seconds: float


def capture_all(
    targets: Mapping[str, Command | Url],
    timeout: float = 60.0,
    step: Callable[[str, str], None] = lambda _name, _what: None,
    at_once: int = AT_ONCE,
    then: Callable[[str, Timed], None] = lambda _name, _timed: None,
) -> dict[str, Timed]:
    """List what every server offers, `at_once` of them at a time; the result has every name that was given.

    `step` is told the name of a server and what is being done, and "done" at its end. `then` is given what a server sent
    as soon as it is there, in a thread of its own while others still talk. Never raises for what a server does. Raises `KeyboardInterrupt` when interrupted, after every process that was started has ended.
    """
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    logging.getLogger("mcp_types").setLevel(logging.CRITICAL)
    return anyio.run(_all, targets, timeout, step, at_once, then)


async def _all(
    targets: Mapping[str, Command | Url],
    seconds: float,
    step: Callable[[str, str], None],
    at_once: int,
    then: Callable[[str, Timed], None],
) -> dict[str, Timed]:
    found: dict[str, Timed] = {}
    room, workers = anyio.CapacityLimiter(at_once), anyio.CapacityLimiter(os.cpu_count() or 2)

    async def one(name: str, target: Command | Url) -> None:
        async with room:
            start = time.monotonic()
            try:
                got = await capture_with(target, seconds, lambda what: step(name, what))
            except Exception as problem:  # noqa: BLE001 - one server's trouble is its own
                got = Capture({}, (Problem("no-connection", f"{type(problem).__name__}: {problem}"[:500]),))
            found[name] = Timed(got, time.monotonic() - start)
        step(name, "scanning")
        await anyio.to_thread.run_sync(then, name, found[name], limiter=workers)
        step(name, "done")

    async with anyio.create_task_group() as group:
        for name, target in targets.items():
            group.start_soon(one, name, target)
    return {name: found[name] for name in targets}
