"""More work than there is room for: sent away, and nobody forgotten."""

from __future__ import annotations

import asyncio
import threading

from scan_api import POISON, client, settings, until

from mcpscan import Scanner
from mcpscan_service.api.scans import Scans
from mcpscan_service.guard import GuardSettings
from mcpscan_service.problem import ProblemError
from mcpscan_service.settings import Limits

TOOLS = {"tools": [{"name": "t", "description": POISON}]}
RESULT = {"content": [{"type": "text", "text": POISON}]}


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["request_id"] == answer.headers["x-request-id"]
    return said["type"].removeprefix("urn:mcpscan:problem:")


class Held(Scanner):
    """A scanner whose long scans wait until they are let go."""

    def __init__(self) -> None:
        super().__init__(classifier=False)
        self.begun = threading.Semaphore(0)
        self.free = threading.Event()

    def scan_text(self, text, kind="tool_description"):
        self.begun.release()
        self.free.wait()
        return super().scan_text(text, kind)


def test_a_full_queue_sends_callers_away_and_loses_nobody():
    held = Held()
    guard = GuardSettings(inline_bytes=0, scans_at_once=1, scans_waiting=2)

    async def ask():
        async with client(held, settings(guard=guard)) as made:
            first = [asyncio.create_task(made.post("/v1/scan/text", json={"text": "Adds."})) for _ in range(3)]
            await asyncio.to_thread(held.begun.acquire)
            refused = await made.post("/v1/scan/text", json={"text": "Adds."})
            alive = await made.get("/healthz")
            held.free.set()
            return refused, alive, await asyncio.gather(*first)

    refused, alive, served = asyncio.run(ask())
    assert (refused.status_code, problem(refused), refused.headers["retry-after"]) == (503, "busy", "1")
    assert alive.status_code == 200
    assert [answer.status_code for answer in served] == [200, 200, 200]


def test_more_requests_than_the_limit_are_sent_away():
    held = Held()
    chosen = settings(guard=GuardSettings(inline_bytes=0), limits=Limits(requests_at_once=1))

    async def ask():
        async with client(held, chosen) as made:
            first = asyncio.create_task(made.post("/v1/scan/text", json={"text": "Adds."}))
            await asyncio.to_thread(held.begun.acquire)
            refused = await made.post("/v1/scan/text", json={"text": "Adds."})
            held.free.set()
            again = (await first, await made.post("/v1/scan/text", json={"text": "Adds."}))
            return refused, again

    refused, again = asyncio.run(ask())
    assert problem(refused) == "busy"
    assert [answer.status_code for answer in again] == [200, 200]


def test_a_scan_that_takes_too_long_keeps_its_thread_until_it_ends():
    held = Held()
    guard = GuardSettings(inline_bytes=0, scans_at_once=1, scans_waiting=0, scan_seconds=0.02)

    async def ask():
        scans = Scans(held, guard)
        codes = []
        for _ in range(2):
            try:
                await scans.text("Adds.")
            except ProblemError as wrong:
                codes.append(wrong.code)
        held.free.set()
        await until(lambda: not scans.waiting)
        codes.append((await Scans(held, GuardSettings()).text("Adds.")).verdict.action)
        scans.close()
        return codes

    assert asyncio.run(ask()) == ["scan-too-slow", "busy", "allow"]


def test_another_scanner_takes_over(scanner):
    async def ask():
        scans = Scans(Scanner(classifier=False, rules=()))
        before = await scans.result(RESULT, size=10)
        scans.use(scanner, GuardSettings())
        after = await scans.result(RESULT, size=10)
        scans.close()
        return before.verdict.action, after.verdict.action

    assert asyncio.run(ask()) == ("allow", "review")
