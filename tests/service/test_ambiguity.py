"""Messages that one reader takes for this and the next for that, and what may not slip through between two settings."""

import asyncio
import json
import threading

import pytest
from loopback import POISON, request

from mcpscan.lock import Lock, pin
from mcpscan.surface import read
from mcpscan_service.guard import Conversation, Guard, GuardSettings, Held, Judge, Mode, Outcome, Pins, Sender
from mcpscan_service.guard.answer import encode

TOOL = {"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}}
BAD = {**TOOL, "name": "bad", "description": POISON}
NEW = {**TOOL, "name": "new"}
LIST = request("tools/list")


class Line:
    """One connection through a guard."""

    def __init__(self, scanner, pins=None, **settings):
        self.guard = Guard(Judge(scanner, pins=pins), GuardSettings(**settings))
        self.talk = Conversation("up")

    def say(self, message, sender=Sender.SERVER):
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        made, _ = self.guard.rule_now(data, sender, self.talk)
        self.decision = made.decisions[0]
        return made.forward


@pytest.fixture
def pins(scanner):
    return Pins(Lock({"up": pin("up", read({"tools": [TOOL]}))}), scanner)


@pytest.mark.parametrize("message", [
    {"jsonrpc": "2.0", "id": 1, "method": "x", "result": {"tools": [NEW]}},
    {"jsonrpc": "2.0", "id": 1, "result": {"tools": [NEW]}, "error": {"code": 1, "message": "x"}},
    {"jsonrpc": "2.0", "id": 1, "result": {"tools": [TOOL]}, "Result": {"tools": [NEW]}},
    b'{"jsonrpc":"2.0","id":1,"result":{"tools":[]},"result":{"tools":[]}}',
    b'{"jsonrpc":"2.0","id":NaN,"result":{"tools":[]}}',
])  # fmt: skip
def test_a_message_that_is_two_things_at_once_is_none(scanner, pins, message):
    line = Line(scanner, pins)
    line.say(LIST, Sender.CLIENT)
    assert line.say(message) is None
    assert line.decision.error.startswith("malformed: ")


@pytest.mark.parametrize("body", [
    b'{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"new","name":"add"}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","Params":{"name":"new"},"params":{"name":"add"}}',
])  # fmt: skip
def test_a_request_that_servers_may_read_in_two_ways_does_not_reach_them(scanner, pins, body):
    line = Line(scanner, pins)
    assert line.say(body, Sender.CLIENT) is None
    assert line.decision.outcome is Outcome.BLOCKED


def test_an_error_of_null_is_no_error(scanner):
    line = Line(scanner, modes={"error": "monitor"})
    line.say(LIST, Sender.CLIENT)
    passed = line.say({"jsonrpc": "2.0", "id": 1, "result": {"tools": [TOOL, BAD]}, "error": None})
    assert json.loads(passed)["result"]["tools"] == [TOOL]
    assert line.say({"jsonrpc": "2.0", "id": 2, "result": None, "error": {"code": 1, "message": "No."}})


@pytest.mark.parametrize("setting", ["elicitation", "sampling", "definition"])
def test_a_result_that_asks_for_input_comes_under_the_strictest_of_its_modes(scanner, setting):
    line = Line(scanner, mode="monitor", modes={setting: "block"})
    line.say(LIST, Sender.CLIENT)
    passed = line.say({"jsonrpc": "2.0", "id": 1, "result": {"tools": [BAD], "inputRequests": {}}})
    assert b"Ignore" not in (passed or b"")
    assert line.decision.mode is Mode.BLOCK


def test_what_cannot_be_read_passes_only_where_nothing_is_stopped(scanner):
    torn = json.dumps({"jsonrpc": "2.0", "id": 1, "result": {"tools": [BAD]}}).encode() + b" x"
    assert Line(scanner, mode="monitor", modes={"definition": "block"}).say(torn) is None
    assert Line(scanner, mode="block", modes={"result": "monitor"}).say(torn) is None
    assert Line(scanner, mode="monitor").say(torn) == torn


@pytest.mark.parametrize("name", ["Tools", "TOOLS", "resourcetemplates"])
def test_against_a_lock_a_list_in_another_spelling_does_not_pass(scanner, pins, name):
    line = Line(scanner, pins)
    line.say(LIST, Sender.CLIENT)
    assert b"new" not in line.say({"jsonrpc": "2.0", "id": 1, "result": {"tools": [TOOL], name: [NEW]}})
    assert line.decision.outcome is Outcome.BLOCKED


def test_a_conversations_own_floor_holds_for_calls_too(scanner):
    line = Line(scanner, mode="monitor")
    line.talk.floor = Mode.BLOCK
    line.say(LIST, Sender.CLIENT)
    line.say({"jsonrpc": "2.0", "id": 1, "result": {"tools": [BAD]}})
    assert line.say(request("tools/call", name="bad"), Sender.CLIENT) is None
    assert line.decision.outcome is Outcome.DENIED


def test_what_is_held_back_stays_so_when_its_scan_takes_too_long(scanner):
    release = threading.Event()

    class Slow(Judge):
        def judge(self, message, asked, pin):
            release.wait(60)
            return super().judge(message, asked, pin)

    async def run():
        guard = Guard(Slow(scanner), GuardSettings(inline_bytes=0, scan_seconds=0.01, scans_at_once=1))
        guard.quarantine.hold(Held("up", "tool", "bad", ("x",), 0, 0))
        other = asyncio.create_task(guard.rule(json.dumps(request("ping")).encode(), Sender.CLIENT, Conversation("up")))
        call = json.dumps(request("tools/call", name="bad")).encode()
        made = await guard.rule(call, Sender.CLIENT, Conversation("up"))
        release.set()
        await other
        guard.close()
        return made

    made = asyncio.run(run())
    assert made.forward is None
    assert made.decisions[0].outcome is Outcome.DENIED


def test_numbers_that_json_does_not_have_do_not_keep_a_message_from_being_noted(scanner):
    picture = b'{"type":"image","data":"aGk=","mimeType":"image/png"}'
    passed = Line(scanner).say(b'{"jsonrpc":"2.0","id":1,"result":{"content":[%s],"x":NaN}}' % picture)
    assert b'"x":NaN' in passed
    assert b"not-scanned" in passed


def test_no_rewritten_message_holds_what_some_readers_take_for_a_line_end():
    value = {"a": "b\u2028c\u2029d\u0085e\x1cf\r\ng", "ü": "ß"}
    written = encode(value)
    assert len(written.decode().splitlines()) == 1
    assert "ü" in written.decode()
    assert json.loads(written) == value


@pytest.mark.parametrize("given", [1, "one", [1], None])
def test_nobody_waits_for_the_answer_to_what_was_cancelled(scanner, given):
    line = Line(scanner)
    line.say(request("tools/call", name="add"), Sender.CLIENT)
    cancelled = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": given}}
    assert line.say(cancelled, Sender.CLIENT)
    assert len(line.talk.waiting()) == (given != 1)
    # An answer that comes all the same is read like any other.
    assert b"Ignore" not in line.say(
        {"jsonrpc": "2.0", "id": 1, "result": {"content": [{"type": "text", "text": POISON}]}}
    )


@pytest.mark.parametrize("kind", ["image", "audio"])
def test_words_in_place_of_a_picture_are_read(scanner, kind):
    block = {"type": kind, "mimeType": f"{kind}/png", "data": POISON}
    assert b"Ignore" not in Line(scanner).say({"jsonrpc": "2.0", "id": 1, "result": {"content": [block]}})
    assert b"aGk=" in Line(scanner).say({"jsonrpc": "2.0", "id": 1, "result": {"content": [{**block, "data": "aGk="}]}})
