"""One HTTP exchange as a proxy hands it over: whole answers, event streams, and what cannot be read."""

from __future__ import annotations

import json

import pytest

from mcpscan_service.adapters.http_exchange import HttpExchange
from mcpscan_service.guard import Conversation, Failing, GuardSettings, Mode, Outcome

pytestmark = pytest.mark.anyio

JSON = {"content-type": "application/json"}
EVENTS = {"content-type": "text/event-stream; charset=utf-8"}
CALL = json.dumps(
    {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "page", "arguments": {}}}
).encode()


def answer(text: str, given: object = 7) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": given, "result": {"content": [{"type": "text", "text": text}]}}).encode()


@pytest.fixture
def exchange(guarded):
    def make(settings: GuardSettings | None = None, most: int = 100_000) -> HttpExchange:
        return HttpExchange(guarded(settings), Conversation(server="s", transport="adapter:envoy"), most)

    return make


async def asked(exchange: HttpExchange, head: dict) -> HttpExchange:
    body = CALL
    assert (await exchange.request(body, {})).forward is body
    await exchange.respond(head)
    return exchange


async def in_pieces(exchange: HttpExchange, pieces: list[bytes]) -> bytes:
    made = [await exchange.feed(piece, end=False) for piece in pieces]
    return b"".join([*made, await exchange.feed(b"", end=True)])


async def test_a_harmless_answer_passes_byte_for_byte_when_it_is_whole(exchange):
    here = await asked(exchange(), JSON)
    body = answer("Sunny.")
    assert await here.feed(body[:20], end=False) == b""
    assert await here.feed(body[20:], end=True) == body


async def test_a_poisoned_answer_becomes_a_failed_result(exchange, poison):
    here = await asked(exchange(), JSON)
    made = json.loads(await here.feed(answer(poison), end=True))
    assert made["id"] == 7
    assert made["result"]["isError"] is True
    assert "Ignore" not in str(made)


async def test_poison_in_a_stream_is_stopped_wherever_the_stream_is_cut(exchange, poison):
    progress = (
        b'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}\n\n'
    )
    stream = b": hello\n\n" + progress + b"id: 9\ndata: " + answer(poison) + b"\n\n" + progress
    whole = await in_pieces(await asked(exchange(), EVENTS), [stream])
    head, tail = b": hello\n\n" + progress, progress
    assert whole.startswith(head + b"id: 9\ndata: {")
    assert whole.endswith(tail)
    assert b"Ignore" not in whole
    for place in range(1, len(stream), 7):
        made = await in_pieces(await asked(exchange(), EVENTS), [stream[:place], stream[place:]])
        assert made.startswith(head + b"id: 9\ndata: {")
        assert made.endswith(tail)
        assert b"Ignore" not in made


async def test_progress_passes_before_the_answer_is_there(exchange):
    here = await asked(exchange(), EVENTS)
    event = b'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}\n\n'
    assert await here.feed(event + b"data: {", end=False) == event


async def test_an_event_that_is_cut_off_is_read_all_the_same(exchange, poison):
    here = await asked(exchange(), EVENTS)
    assert b"Ignore" not in await here.feed(b"data: " + answer(poison), end=True)


async def test_a_poisoned_notification_is_dropped_and_its_id_kept(exchange, poison):
    here = await asked(exchange(), EVENTS)
    said = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": poison}}
    event = b"id: 3\ndata: " + json.dumps(said).encode() + b"\n\n"
    assert await here.feed(event, end=False) == b"id: 3\n\n"
    fine = b"data: " + answer("Sunny.") + b"\n\n"
    assert await here.feed(fine, end=True) == fine


@pytest.mark.parametrize("data", [b"not json", b"\xff\xfe", b'{"a":1}', b"{} {}"])
async def test_an_event_that_cannot_be_read_ends_what_passes_with_a_refusal(exchange, data):
    here = await asked(exchange(), EVENTS)
    made = await here.feed(b"data: " + data + b"\n\n", end=False)
    assert json.loads(made.partition(b"data: ")[2])["result"]["isError"] is True
    assert await here.feed(b"data: " + answer("late") + b"\n\n", end=True) == b""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (JSON, b"not json"),
        (JSON, b'{"jsonrpc":"2.0","id":7,"result":{}} {"jsonrpc":"2.0","id":7,"result":{}}'),
        ({"content-type": "text/html"}, b"\xff\xfe"),
    ],
)
async def test_an_answer_that_cannot_be_read_is_refused(exchange, told, head, body):
    here = await asked(exchange(), head)
    made = json.loads(await here.feed(body, end=True))
    assert made["id"] == 7
    assert made["result"]["isError"] is True
    assert told[-1].outcome is Outcome.BLOCKED


@pytest.mark.parametrize("head", [JSON, EVENTS, {}])
async def test_an_answer_that_is_too_long_is_refused_once(exchange, head):
    here = await asked(exchange(most=1_000), head)
    made = [await here.feed(b"x" * 600, end=False) for _ in range(5)]
    assert sum(map(bool, made)) == 1
    assert b"too long" in b"".join(made)
    assert await here.feed(b"x", end=True) == b""


@pytest.mark.parametrize("head", [JSON, EVENTS, {}, {**JSON, "content-encoding": "gzip"}])
async def test_failing_open_passes_every_byte(exchange, told, head):
    here = await asked(exchange(GuardSettings(on_failure=Failing.OPEN), most=1_000), head)
    pieces = [b"x" * 600, b"y" * 600, b"z" * 10]
    assert await in_pieces(here, pieces) == b"".join(pieces)
    assert told[-1].error


async def test_a_page_that_says_what_went_wrong_is_scanned_as_text(exchange, poison):
    here = await asked(exchange(), {"content-type": "text/plain"})
    assert await here.feed(b"No such session", end=True) == b"No such session"
    here = await asked(exchange(), {"content-type": "text/plain"})
    assert b"evil" not in await here.feed(poison.encode(), end=True)


@pytest.mark.parametrize("head", [JSON, {"content-type": "text/plain"}, {}])
async def test_json_that_is_no_message_is_scanned_whole(exchange, poison, head):
    fine = b'{"issuer": "https://id.example"}'
    assert await (await asked(exchange(), head)).feed(fine, end=True) == fine
    hidden = json.dumps({"error": {"deep": [poison]}}).replace("I", "\\u0049").encode()
    assert b"evil" not in await (await asked(exchange(), head)).feed(hidden, end=True)


async def test_a_message_under_a_wrong_type_is_ruled_on_as_a_message(exchange, told, poison):
    here = await asked(exchange(), {"content-type": "text/plain"})
    assert json.loads(await here.feed(answer(poison), end=True))["result"]["isError"] is True


async def test_the_address_of_the_oldest_transport_passes_and_poison_in_its_place_does_not(exchange, poison):
    event = b"event: endpoint\ndata: /messages?session=1\n\n"
    assert await (await asked(exchange(), EVENTS)).feed(event, end=False) == event
    event = b"event: endpoint\ndata: " + poison.encode() + b"\n\n"
    assert await (await asked(exchange(), EVENTS)).feed(event, end=False) == b""


async def test_a_request_that_cannot_be_read_is_answered_and_not_sent_on(exchange):
    for body, head in ((b"not json", {}), (CALL, {"content-encoding": "gzip"}), (CALL * 2_000, {})):
        made = await exchange().request(body, head)
        assert made.forward is None
        assert json.loads(made.reply)["error"]["code"] == -32700


async def test_a_batch_of_which_a_part_is_stopped_is_stopped_whole(exchange, poison):
    settings = GuardSettings(modes={"argument": Mode.BLOCK})
    bad = {"jsonrpc": "2.0", "id": 8, "method": "tools/call", "params": {"name": "a", "arguments": {"q": poison}}}
    made = await exchange(settings).request(json.dumps([json.loads(CALL), bad]).encode(), {})
    assert made.forward is None
    assert sorted(each["id"] for each in json.loads(made.reply)) == [7, 8]


async def test_a_request_without_a_body_passes(exchange):
    assert (await exchange().request(b"", {})).forward == b""


@pytest.mark.parametrize("kind", [JSON, EVENTS, {}])
async def test_an_encoded_answer_is_replaced_at_its_head(exchange, told, kind):
    here = exchange()
    await here.request(CALL, {})
    made = await here.respond({**kind, "content-encoding": "gzip"})
    assert json.loads(made)["result"]["isError"] is True
    assert await here.feed(b"\x1f\x8b", end=True) == b""
    assert told[-1].error == "encoded"
