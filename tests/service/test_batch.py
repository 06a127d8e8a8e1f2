"""Many scans in one request: in order, within bounds, one bad line is one bad answer."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest
from scan_api import NDJSON, POISON, Written, application, posted, settings, until

from mcpscan import Scanner
from mcpscan.finding import plain
from mcpscan_service.api.lines import OVERHEAD, Lines
from mcpscan_service.guard import GuardSettings
from mcpscan_service.settings import Limits

RESULT = {"content": [{"type": "text", "text": POISON}]}


def batch(scanner, content, **more):
    answer = posted(scanner, "/v1/scan/batch", content=content, headers=NDJSON, **more)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def code(row):
    return row["problem"]["type"].removeprefix("urn:mcpscan:problem:")


def test_every_kind_of_row_is_answered_with_the_librarys_report(scanner):
    tools = {"tools": [{"name": "t", "description": POISON}]}
    message = {"jsonrpc": "2.0", "id": 1, "result": RESULT}
    rows = [
        {"id": "a", "manifest": tools, "name": "shop"},
        {"id": 2, "result": RESULT, "tool": "fetch"},
        {"text": POISON, "kind": "document"},
        {"method": "message", "message": message},
        {"old": [], "new": tools, "name": "shop"},
    ]
    expected = [
        scanner.scan_manifest(tools, "shop"),
        scanner.scan_result(RESULT, "fetch"),
        scanner.scan_text(POISON, "document"),
        scanner.scan_message(message),
        scanner.scan_change([], tools, "shop"),
    ]
    said = batch(scanner, "\n".join(json.dumps(row) for row in rows).encode())
    assert [row["report"] for row in said] == [json.loads(json.dumps(plain(report))) for report in expected]
    assert [row["line"] for row in said] == [1, 2, 3, 4, 5]
    assert [row.get("id") for row in said] == ["a", 2, None, None, None]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{", "bad-json"),
        (b"\xff", "bad-json"),
        (b"[" * 1_000, "too-deep"),
        (b"3", "invalid"),
        (b"{}", "invalid"),
        (b'{"text": "a", "message": {}}', "invalid"),
        (b'{"text": "a", "method": "result"}', "invalid"),
        (b'{"old": []}', "invalid"),
        (b'{"text": "a", "tool": "b"}', "invalid"),
        (b'{"text": null}', "invalid"),
        (b'{"txt": "a"}', "invalid"),
        (b'{"id": true, "text": "a"}', "invalid"),
        (b'{"text": "a", "text": "b"}', "invalid"),
        (b'{"text": "a"} {"text": "b"}', "bad-json"),
        (b'{"text": "' + b"a" * 2_000 + b'"}', "body-too-large"),
    ],
)
def test_one_bad_line_is_one_bad_answer(scanner, line, expected):
    good = b'{"id": 1, "text": "Adds."}'
    said = batch(scanner, b"\n".join((good, line, good)), chosen=settings(limits=Limits(body_bytes=1_500)))
    assert ["report" in row for row in said] == [True, False, True]
    assert code(said[1]) == expected


def test_blank_lines_are_counted_and_not_answered(scanner):
    said = batch(scanner, b'\n \r\n{"text": "a"}\r\n\n{"text": "b"}\n\n')
    assert [row["line"] for row in said] == [3, 5]
    assert batch(scanner, b"\n\n") == []


def test_a_batch_is_json_lines_only(scanner):
    answer = posted(scanner, "/v1/scan/batch", [])
    assert answer.status_code == 415


def test_rows_that_are_scanned_in_threads_stay_in_order(scanner):
    rows = b"\n".join(b'{"id": %d, "text": "%s"}' % (n, b"a" * (40 * (n % 3))) for n in range(60))
    chosen = settings(guard=GuardSettings(inline_bytes=50, scans_at_once=3, scans_waiting=0))
    written = Written()
    said = batch(scanner, rows, chosen=chosen, written=written)
    assert [row["id"] for row in said] == list(range(60))
    assert all("report" in row for row in said)
    assert len(written.decisions) == 60


def test_a_row_that_cannot_be_recorded_is_not_answered_with_a_report(scanner):
    said = batch(scanner, b'{"text": "a"}\n{"text": "b"}', written=Written(fails=True))
    assert [code(row) for row in said] == ["not-recorded", "not-recorded"]


class Wire:
    """A connection whose pieces are sent by hand."""

    def __init__(self) -> None:
        self.pieces: asyncio.Queue[dict] = asyncio.Queue()
        self.lines: asyncio.Queue[dict] = asyncio.Queue()
        self.ended = asyncio.Event()
        self.rest = b""

    async def receive(self):
        return await self.pieces.get()

    async def send(self, message):
        *whole, self.rest = (self.rest + message.get("body", b"")).split(b"\n")
        for line in whole:
            self.lines.put_nowait(json.loads(line))
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.ended.set()

    def push(self, body, *, more=True):
        self.pieces.put_nowait({"type": "http.request", "body": body, "more_body": more})

    def hang_up(self):
        self.pieces.put_nowait({"type": "http.disconnect"})


SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/v1/scan/batch",
    "query_string": b"",
    "headers": [(b"host", b"localhost"), (b"content-type", b"application/x-ndjson")],
}


def test_answers_come_while_the_request_still_arrives(scanner):
    async def talk():
        app, scans = application(scanner)
        wire = Wire()
        task = asyncio.create_task(app(dict(SCOPE), wire.receive, wire.send))
        wire.push(b'{"id": 1, "te')
        wire.push(b'xt": "a"}\n{"id"')
        first = await wire.lines.get()
        early = wire.ended.is_set()
        wire.push(b': 2, "text": "b"}', more=False)
        second = await wire.lines.get()
        await task
        scans.close()
        return first["id"], early, second["id"], wire.ended.is_set()

    assert asyncio.run(asyncio.wait_for(talk(), 30)) == (1, False, 2, True)


def test_a_client_that_goes_away_stops_the_batch():
    class Counting(Scanner):
        scanned = 0
        free = threading.Event()

        def scan_text(self, text, kind="tool_description"):
            Counting.scanned += 1
            self.free.wait()
            return super().scan_text(text, kind)

    async def talk():
        chosen = settings(guard=GuardSettings(inline_bytes=0, scans_at_once=1))
        app, scans = application(Counting(classifier=False), chosen)
        wire = Wire()
        wire.push(b'{"text": "a"}\n' * 500)
        task = asyncio.create_task(app(dict(SCOPE), wire.receive, wire.send))
        await until(lambda: scans.waiting)
        wire.hang_up()
        await until(wire.pieces.empty)
        Counting.free.set()
        await task
        await until(lambda: not scans.waiting)
        scans.close()
        return wire.ended.is_set()

    assert asyncio.run(asyncio.wait_for(talk(), 30)) is False
    assert Counting.scanned < 10


def test_no_more_is_read_than_is_answered_and_a_bounded_rest():
    async def talk():
        limits = Limits(body_bytes=10_000)
        given = 0

        async def receive():
            nonlocal given
            given += 1
            return {"type": "http.request", "body": b'{"text": "a"}\n' * 100, "more_body": True}

        lines = Lines(receive, limits)
        filling = asyncio.create_task(lines.fill())
        counts = []
        for _ in range(3):
            for _ in range(100):
                await lines.next()
            for _ in range(100):
                await asyncio.sleep(0)
            counts.append(given)
        filling.cancel()
        await asyncio.wait([filling])
        return counts

    ahead = 10_000 // OVERHEAD // 100 + 2
    assert all(count <= taken + ahead for taken, count in zip((1, 2, 3), asyncio.run(talk()), strict=True))


def test_a_batch_that_stops_arriving_ends_with_a_problem(scanner):
    async def talk():
        app, scans = application(scanner, settings(limits=Limits(body_seconds=0.01)))
        wire = Wire()
        wire.push(b'{"text": "a"}\n{"text"')
        await app(dict(SCOPE), wire.receive, wire.send)
        scans.close()
        return [await wire.lines.get() for _ in range(2)], wire.ended.is_set()

    (first, last), ended = asyncio.run(asyncio.wait_for(talk(), 30))
    assert ended
    assert "report" in first
    assert code(last) == "body-too-slow"


def test_a_batch_has_an_end_in_time(scanner):
    async def talk():
        app, scans = application(scanner, settings(limits=Limits(stream_seconds=0.01)))
        wire = Wire()
        wire.push(b'{"text": "a"}\n')
        await app(dict(SCOPE), wire.receive, wire.send)
        scans.close()
        return wire

    wire = asyncio.run(asyncio.wait_for(talk(), 30))
    assert wire.ended.is_set()
    said = [wire.lines.get_nowait() for _ in range(wire.lines.qsize())]
    assert code(said[-1]) == "body-too-slow"
