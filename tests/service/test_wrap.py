"""The stdio wrapper: what passes and what does not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest
from wrapping import HELLO, POISON, limited, request, result, said, wrapping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests send signals")


@pytest.fixture
def wrapped(tmp_path) -> Iterator:
    with wrapping(tmp_path) as start:
        yield start


def test_harmless_lines_arrive_byte_for_byte_in_both_directions(wrapped):
    answers = [
        b'{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Gr\xc3\xbc\xc3\x9fe \\u00e9 \\/"}],"x": 1.50e2}}\n',
        b' { "id" : "a" , "result" : {"_meta":{"k":[1,2]},"content":[]} , "jsonrpc" : "2.0" } \r\n',
        b'{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":7,"progress":0.5}}\n',
    ]
    asked = [
        b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"z":1,"a":"\\u00e9"}}}\n',
        b'{ "method":"tools/call","id":"a","jsonrpc":"2.0","params":{"name":"b"} }\r\n',
    ]
    it = wrapped(["take", 2], *(["bytes", line.hex()] for line in answers), ["exit", 0])
    it.send(*asked)
    assert [it.line() for _ in answers] == answers
    assert it.end() == (0, b"")
    assert it.received.read_bytes() == b"".join(asked)


def test_a_poisoned_tool_is_left_out_of_a_list_and_cannot_be_called(wrapped):
    tools = [
        {"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}},
        {"name": "evil", "description": POISON, "inputSchema": {"type": "object"}},
    ]
    it = wrapped(["take", 2], said(result(0, **HELLO)), said(result(1, tools=tools)), ["echo"])
    it.send(request(0, "initialize"), request(1, "tools/list"))
    assert it.read() == result(0, **HELLO)
    listed = it.read()
    assert [tool["name"] for tool in listed["result"]["tools"]] == ["add"]
    assert listed["result"]["tools"][0] == tools[0]
    refused = it.ask(2, "tools/call", name="evil", arguments={})
    assert refused["id"] == 2
    assert refused["result"]["isError"] is True
    assert it.ask(3, "tools/call", name="add", arguments={})["result"]["content"][0]["text"].startswith(
        '{"name": "add"'
    )
    assert it.end()[0] == 0
    assert "evil" not in it.said.replace("evil.example", "")


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(result(5, content=[{"type": "text", "text": POISON}]), id="result"),
        pytest.param(result(5, content=[], structuredContent={"a": [POISON]}), id="structured"),
        pytest.param({"jsonrpc": "2.0", "id": 5, "error": {"code": -32603, "message": POISON}}, id="error"),
        pytest.param({"jsonrpc": "2.0", "id": 5, "error": {"code": 1, "message": "x", "data": {"why": POISON}}}, id="data"),
    ],
)  # fmt: skip
def test_a_poisoned_answer_is_replaced_under_its_id(wrapped, message):
    it = wrapped(["take", 1], said(message), ["echo"])
    answer = it.ask(5, "tools/call", name="x", arguments={})
    assert answer["id"] == 5
    assert "Ignore all" not in json.dumps(answer)
    assert "Blocked by policy" in json.dumps(answer)
    assert it.end()[0] == 0


def test_a_poisoned_notification_is_dropped_and_what_follows_passes(wrapped):
    bad = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": POISON}}
    good = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "ready"}}
    it = wrapped(said(bad), said(good), ["exit", 0])
    assert it.read() == good
    assert it.end() == (0, b"")
    assert "blocked (notification)" in it.said


def test_a_poisoned_elicitation_is_refused_to_the_server_and_never_shown(wrapped):
    asked = request("e1", "elicitation/create", message=POISON, requestedSchema={"type": "object", "properties": {}})
    it = wrapped(said(asked), ["take", 1], said(result(9)), ["exit", 0])
    assert it.read() == result(9)
    it.end()
    refusal = json.loads(it.received.read_bytes())
    assert refusal["id"] == "e1"
    assert "error" in refusal
    assert "Ignore all" not in json.dumps(refusal)


def test_a_flagged_span_is_cut_out_in_redact_mode(wrapped):
    text = f"The sum is 4. {POISON} Have a nice day."
    it = wrapped(["take", 1], said(result(1, content=[{"type": "text", "text": text}])), options=("--mode", "redact"))
    shown = it.ask(1, "tools/call", name="x")["result"]["content"][0]["text"]
    assert shown.startswith("The sum is 4. ")
    assert "removed by mcpscan" in shown
    assert "Ignore" not in shown
    it.end()


def test_monitor_mode_passes_everything_as_it_came(wrapped):
    line = json.dumps(result(1, content=[{"type": "text", "text": POISON}])) + "\n"
    it = wrapped(["take", 1], ["say", line], options=("--mode", "monitor"))
    it.send(request(1, "tools/call", name="x"))
    assert it.line().decode() == line
    it.end()


def test_a_batch_is_answered_as_a_batch_without_its_poison(wrapped):
    batch = [
        result(1, content=[{"type": "text", "text": "fine"}]),
        result(2, content=[{"type": "text", "text": POISON}]),
    ]
    it = wrapped(["take", 1], said(batch), ["exit", 0])
    it.send(json.dumps([request(1, "tools/call", name="a"), request(2, "tools/call", name="b")]).encode() + b"\n")
    answers = it.read()
    assert answers[0] == batch[0]
    assert answers[1]["id"] == 2
    assert "Ignore all" not in json.dumps(answers)
    it.end()


def test_lines_that_are_no_messages_are_counted_and_never_passed_on(wrapped):
    good = result(1, ok=True)
    it = wrapped(
        ["say", "Loading…\n\nnpm notice\n"],
        ["bytes", "fffe0a"],
        ["say", '{"half": \n"text"\n'],
        ["take", 1],
        said(good),
    )
    assert it.ask(1, "ping") == good
    assert it.end() == (0, b"")
    assert "Loading" not in it.said
    assert "npm" not in it.said
    assert "no message was not passed on (4 times in all)" in it.said


def test_garbage_is_not_passed_on_in_monitor_mode_either(wrapped):
    it = wrapped(["say", f"{POISON}\n"], said(result(1)), options=("--mode", "monitor", "--fail-open"))
    assert it.end() == (0, json.dumps(result(1)).encode() + b"\n")


@pytest.mark.parametrize("before", ["\ufeff", "\x00", "log: "])
def test_an_answer_in_a_line_that_is_no_message_is_none(wrapped, before):
    it = wrapped(["take", 1], ["say", before + json.dumps(result(5)) + "\n"], ["exit", 3])
    answer = it.ask(5, "tools/list")
    assert (answer["id"], answer["error"]["code"]) == (5, -32000)
    assert it.end() == (3, b"")


def test_an_answer_that_is_not_utf8_ends_the_wait_of_its_request(wrapped):
    raw = b'{"jsonrpc":"2.0","id":4,"result":{"content":[{"type":"text","text":"\xff\xfe"}]}}\n'
    it = wrapped(["take", 1], ["bytes", raw.hex()], ["echo"])
    answer = it.ask(4, "tools/call", name="x")
    assert answer["id"] == 4
    assert "could not be scanned" in answer["error"]["message"]
    it.end()


def test_a_carriage_return_hides_no_second_message(wrapped):
    hidden = b'{"jsonrpc":"2.0","method":"notifications/x","params":{"a":\r{"jsonrpc":"2.0","id":1,"result":{}}\r}}\n'
    it = wrapped(["bytes", hidden.hex()], ["exit", 0])
    line = it.line()
    assert b"\r" not in line
    assert json.loads(line) == json.loads(hidden)
    it.end()


def test_what_the_client_sends_that_is_no_message_is_answered_and_not_passed_on(wrapped):
    it = wrapped(["take", 1], ["exit", 0])
    it.send(b"{not json\n")
    assert it.read()["error"]["code"] == -32700
    it.send(request(1, "ping"))
    it.end()
    assert json.loads(it.received.read_bytes()) == request(1, "ping")


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ('{"jsonrpc":"2.0","id":6,"result":{"content":[{"type":"text","text":"', '"}]}}'),
        ('{"result":{"content":[{"type":"text","text":"', '"}]},"jsonrpc":"2.0","id":6}'),
    ],
)
def test_a_giant_answer_is_held_back_and_its_request_answered(wrapped, tmp_path, head, tail):
    it = wrapped(["take", 1], ["giant", head, 3_000_000, tail], ["echo"], options=("--config", limited(tmp_path)))
    answer = it.ask(6, "tools/call", name="x")
    assert answer["id"] == 6
    assert "longer than 100000 bytes" in answer["error"]["message"]
    assert it.ask(7, "ping")["id"] == 7
    it.end()


def test_a_giant_line_passes_whole_where_failing_open_is_set(wrapped, tmp_path):
    head, tail = '{"jsonrpc":"2.0","id":6,"result":{"text":"', '"}}'
    options = ("--config", limited(tmp_path), "--fail-open")
    it = wrapped(["take", 1], ["giant", head, 3_000_000, tail], ["echo"], options=options)
    it.send(request(6, "x"))
    assert it.line() == (head + "x" * 3_000_000 + tail + "\n").encode()
    assert it.ask(7, "ping")["id"] == 7
    it.end()


def test_a_giant_request_is_refused_under_its_id(wrapped, tmp_path):
    it = wrapped(["echo"], options=("--config", limited(tmp_path)))
    it.send(request(8, "tools/call", name="x" * 500_000))
    answer = it.read()
    assert answer["id"] == 8
    assert "error" in answer
    assert it.ask(9, "ping")["id"] == 9
    it.end()
