"""One exchange between a client and a server: what passes, and what everybody gets who waits."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib

import pytest
from loopback import POISON, event, request, result

from mcpscan_service.guard import BusyError, Conversation, Guard, GuardSettings, Judge
from mcpscan_service.guard.judge import Judgement
from mcpscan_service.settings import Limits
from mcpscan_service.wire.exchange import Answer, Exchange
from mcpscan_service.wire.headers import fields
from mcpscan_service.wire.params import Parameters
from mcpscan_service.wire.reply import Reply
from mcpscan_service.wire.sessions import Sessions
from mcpscan_service.wire.sse import Parser

JSON = ((b"content-type", b"application/json"),)
EVENTS = ((b"Content-Type", b"text/event-stream; charset=utf-8"),)
PROGRESS = b'{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}'
CALL = request("tools/call", name="echo", arguments={})


class Client:
    """Keeps what an exchange sends, as a client would see it."""

    def __init__(self):
        self.sent = []

    async def __call__(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent[1:])

    @property
    def ended(self):
        return not self.sent[-1].get("more_body", False)

    @property
    def events(self):
        found = [json.loads(each.data) for each in Parser(10**6).feed(self.body) if each.data]
        return [each for one in found for each in (one if isinstance(one, list) else [one])]


@pytest.fixture
def guard(scanner):
    made = []

    def make(recorder=None, **settings):
        made.append(Guard(Judge(scanner), GuardSettings(**settings), recorder=recorder))
        return made[-1]

    yield make
    for each in made:
        each.close()


def exchange(guard, **limits):
    return Exchange(guard, Limits(**limits), Conversation("s"), Parameters(), Sessions())


def through(guard, chunks, headers=JSON, status=200, asked=CALL, broke="", **limits):
    """What a client gets when a server answers a request with some chunks."""

    async def run():
        client = Client()
        x = exchange(guard, **limits)
        reply = Reply(x, client)
        if asked is not None:
            await x.ask(fields(JSON), json.dumps(asked).encode())
        await reply.start(status, headers)
        for chunk in chunks:
            await reply.feed(chunk)
        await (reply.broke(broke) if broke else reply.end())
        assert client.ended
        assert reply.done
        return client

    return asyncio.run(run())


def asks(guard, body, headers=JSON, **limits):
    """What becomes of a request."""
    return asyncio.run(exchange(guard, **limits).ask(fields(headers), body))


def is_refused(message):
    """Whether a message is a failed tool result of the filter's own, without a word of the server's."""
    text = json.dumps(message)
    assert "Ignore" not in text
    assert "evil" not in text
    return message["id"] == 1 and message["result"]["isError"] and "Reference" in text


def test_a_harmless_answer_passes_byte_for_byte(guard):
    body = b' {"id" : 1,"jsonrpc":"2.0", "result":{"content":[],"unknown":{"b":1,"a":1.0}, "_meta":{"x":"\\u00e9"}} }\n'
    client = through(guard(), [body[:9], body[9:]], [*JSON, (b"X-Request-Id", b"7")])
    assert client.body == body
    assert client.headers[b"x-request-id"] == b"7"
    assert client.headers[b"mcpscan-mode"] == b"block; argument=monitor; on-failure=closed"


def test_a_poisoned_answer_becomes_a_failed_result(guard):
    client = through(guard(), [result(POISON)])
    assert client.status == 200
    assert is_refused(json.loads(client.body))


STREAM = b": ping\r\n\r\n" + event(PROGRESS) + event(result(POISON))


@pytest.mark.parametrize("stream", [STREAM, STREAM.replace(b"\r\n", b"\n"), STREAM.replace(b"\r\n", b"\r")])
def test_a_poisoned_event_is_stopped_wherever_the_stream_is_cut(guard, stream):
    judge = guard()
    first = stream.index(b"event", stream.index(PROGRESS))
    for cut in range(len(stream) + 1):
        client = through(judge, [stream[:cut], stream[cut:]], EVENTS)
        # What came before the poison came as it was.
        assert client.body.startswith(stream[: first - 1])
        assert len(client.events) == 2
        assert is_refused(client.events[1])


def test_a_poisoned_event_is_stopped_when_it_comes_byte_by_byte(guard):
    client = through(guard(), [STREAM[n : n + 1] for n in range(len(STREAM))], EVENTS)
    assert client.events[0] == json.loads(PROGRESS)
    assert is_refused(client.events[1])


def test_a_harmless_stream_passes_byte_for_byte_wherever_it_is_cut(guard):
    stream = b"id: 1\r\ndata: \r\n\r\n: ping\r\n\r\n" + event(PROGRESS) + b"id: 2\r\n" + event(result("fine"))
    judge = guard()
    for cut in range(len(stream) + 1):
        assert through(judge, [stream[:cut], stream[cut:]], EVENTS).body == stream


def test_progress_passes_before_the_answer_is_there(guard):
    async def run():
        client = Client()
        reply = Reply(exchange(guard()), client)
        await reply.start(200, EVENTS)
        assert client.status == 200
        assert await reply.feed(event(PROGRESS))
        assert client.body == event(PROGRESS)
        assert not await reply.feed(b": ping\n\n")

    asyncio.run(run())


def test_words_outside_of_messages_do_not_pass(guard):
    hidden = POISON.encode()
    stream = (
        b": " + hidden + b"\n\n"
        b"event: message\nid: " + hidden + b"\ndata: " + PROGRESS + b"\n\n"
        b"event: news\ndata: " + hidden + b"\n\n"
        b"event: " + hidden + b"\ndata: x\n\n"
        b"note: " + hidden + b"\ndata: " + PROGRESS + b"\n\n"
        b"retry: " + hidden + b"\ndata: " + PROGRESS + b"\n\n"
        b"event: " + hidden + b"\n\n"
        b"event: endpoint\ndata: http://elsewhere.example/\n\n" + event(result("fine"))
    )
    client = through(guard(), [stream], EVENTS)
    assert b"Ignore" not in client.body
    assert b"elsewhere" not in client.body
    assert [message.get("method", "answer") for message in client.events] == ["notifications/progress"] * 3 + ["answer"]


def test_a_blocked_notification_is_dropped_and_the_answer_arrives(guard):
    bad = json.dumps({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": POISON}})
    client = through(guard(), [event(bad.encode()) + event(result("fine"))], EVENTS)
    assert client.events == [json.loads(result("fine"))]


def test_a_blocked_request_of_the_server_is_answered_in_the_clients_place(guard):
    bad = request("elicitation/create", 9, message=POISON, requestedSchema={"type": "object", "properties": {}})
    told = []

    async def back(data):
        told.append(json.loads(data))

    async def run():
        client = Client()
        x = exchange(guard())
        x.back = back
        reply = Reply(x, client)
        await x.ask(fields(JSON), json.dumps(CALL).encode())
        await reply.start(200, EVENTS)
        await reply.feed(event(json.dumps(bad).encode()) + event(result("fine")))
        await reply.end()
        return client

    assert asyncio.run(run()).events == [json.loads(result("fine"))]
    assert [(each["id"], "error" in each) for each in told] == [(9, True)]


BROKEN = {
    "no JSON": b"<html>" + POISON.encode(),
    "two values": result("a") + result("b"),
    "cut off": result("fine")[:-3],
    "invalid UTF-8": result("fine").replace(b"fine", b"\xff\xfe"),
    "UTF-16": json.dumps(json.loads(result("fine"))).encode("utf-16"),
    "deep": b'{"jsonrpc":"2.0","id":1,"result":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "not JSON-RPC": b'{"id":1,"result":{}}',
    "another id": result("fine", 2),
    "nothing": b"",
    "blanks": b"  \n",
    "a number": b"7",
    "an empty batch": b"[]",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_cannot_be_read_becomes_a_failed_result(guard, body):
    client = through(guard(), [body])
    assert client.status == 200
    assert is_refused(json.loads(client.body))


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_an_event_that_cannot_be_read_ends_the_stream_with_a_failed_result(guard, body):
    client = through(guard(), [event(body)], EVENTS)
    assert is_refused(client.events[-1])


@pytest.mark.parametrize("kind", [b"text/html", b"application/json; charset=utf-16", b"application/xml", b"image/png"])
def test_an_answer_of_another_content_type_becomes_a_failed_result(guard, kind):
    assert is_refused(json.loads(through(guard(), [result("fine")], [(b"content-type", kind)]).body))


def test_an_answer_that_is_too_long_becomes_a_failed_result(guard):
    piece = b"x" * 1000
    assert is_refused(json.loads(through(guard(), [piece] * 20, message_bytes=5000).body))
    client = through(guard(), [event(PROGRESS), b"data: ", *[piece] * 20], EVENTS, message_bytes=5000)
    assert is_refused(client.events[-1])


@pytest.mark.parametrize(("coding", "packed"), [(b"gzip", gzip.compress), (b"deflate", zlib.compress)])
def test_a_compressed_answer_is_read_and_a_bomb_is_not(guard, coding, packed):
    headers = [*JSON, (b"content-encoding", coding)]
    data = packed(result("fine"))
    assert through(guard(), [data[:7], data[7:]], headers).body == result("fine")
    assert is_refused(json.loads(through(guard(), [packed(result(POISON))], headers).body))
    bomb = packed(b'{"a":"' + b"x" * 50_000_000)
    assert is_refused(json.loads(through(guard(), [bomb], headers, message_bytes=100_000).body))
    assert is_refused(json.loads(through(guard(), [data[:-9]], headers).body))
    assert is_refused(json.loads(through(guard(), [b"no such thing"], headers).body))
    assert is_refused(json.loads(through(guard(), [data + data], headers).body))


def test_a_compressed_stream_is_read_as_it_comes(guard):
    packer = zlib.compressobj(wbits=31)
    chunks = [
        packer.compress(each) + packer.flush(zlib.Z_SYNC_FLUSH) for each in (event(PROGRESS), event(result("ok")))
    ]
    client = through(guard(), [*chunks, packer.flush()], [*EVENTS, (b"content-encoding", b"gzip")])
    assert client.body == event(PROGRESS) + event(result("ok"))
    assert b"content-encoding" not in client.headers


def test_a_coding_that_nobody_reads_here_is_refused(guard):
    assert is_refused(json.loads(through(guard(), [b"x"], [*JSON, (b"content-encoding", b"br")]).body))


@pytest.mark.parametrize("headers", [JSON, EVENTS])
def test_a_server_that_breaks_off_leaves_a_failed_result(guard, headers):
    client = through(guard(), [b'data: {"jsonrpc"'], headers, broke="the server's answer broke off")
    assert is_refused(client.events[-1] if headers is EVENTS else json.loads(client.body))


def test_a_stream_that_ends_without_an_answer_leaves_a_failed_result(guard):
    for stream in (event(PROGRESS), event(PROGRESS) + event(result("x"))[:-2], b""):
        assert is_refused(through(guard(), [stream], EVENTS).events[-1])


def test_a_stream_that_may_go_on_elsewhere_is_not_answered_for(guard):
    assert through(guard(), [b"id: 1\ndata: \n\n"], EVENTS).events == []


@pytest.mark.parametrize("status", [301, 302, 307, 308, 304, 101])
def test_a_redirection_is_not_followed_and_leaves_a_failed_result(guard, status):
    headers = [(b"location", b"http://elsewhere.example/")]
    client = through(guard(), [], headers, status)
    assert is_refused(json.loads(client.body))
    assert b"location" not in client.headers


def test_an_accepted_notification_stays_one(guard):
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    client = through(guard(), [b""], [(b"content-length", b"0")], 202, asked=note)
    assert (client.status, client.body) == (202, b"")


def test_a_request_that_is_merely_accepted_gets_a_failed_result(guard):
    assert is_refused(json.loads(through(guard(), [], [], 202).body))


@pytest.mark.parametrize("characters", ["utf-16-le", "utf-16-be", "utf-16", "latin-1"])
def test_texts_of_http_errors_whose_characters_some_readers_guess_do_not_pass(guard, characters):
    said = json.dumps({"error": f"\u00e9 {POISON}"}, ensure_ascii=False).encode(characters)
    for headers in (JSON, [(b"content-type", b"text/plain")]):
        client = through(guard(), [said], headers, 401)
        assert client.status == 401
        assert said not in client.body
        assert json.loads(client.body)["id"] == 1


def test_a_refused_answer_to_nobody_does_not_stand_for_the_answer(guard, monkeypatch):
    made = guard()
    monkeypatch.setattr(made.judge, "judge", lambda *_: Judgement(failure="scanner: broken"))
    client = through(made, [b'{"jsonrpc":"2.0","id":9,"result":{}}'])
    assert is_refused(json.loads(client.body))


def test_texts_of_http_errors_pass_only_where_they_are_harmless(guard):
    text = [(b"content-type", b"text/plain")]
    client = through(guard(), [b"Session not found"], text, 404)
    assert (client.status, client.body) == (404, b"Session not found")
    error = b'{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"No session"}}'
    assert through(guard(), [error], JSON, 400).body == error
    oauth = b'{"error":"invalid_token"}'
    assert through(guard(), [oauth], JSON, 401).body == oauth
    for headers in (text, JSON, [(b"content-type", b"text/html")], []):
        for body in (POISON.encode(), error.replace(b"No session", POISON.encode())):
            client = through(guard(), [body], headers, 500)
            assert client.status == 500
            assert b"Ignore" not in client.body
            assert "error" in json.loads(client.body)


def test_header_fields_of_a_server_pass_without_hostile_words(guard):
    login = b'Bearer resource_metadata="https://a.example/.well-known/oauth-protected-resource"'
    headers = [(b"www-authenticate", login), (b"x-note", POISON.encode()), (b"mcpscan-mode", b"off")]
    client = through(guard(), [], headers, 401)
    assert client.headers[b"www-authenticate"] == login
    assert b"x-note" not in client.headers
    assert client.headers[b"mcpscan-mode"].startswith(b"block")
    said = b'Bearer error_description="' + POISON.encode() + b'"'
    assert through(guard(), [], [(b"www-authenticate", said)], 401).headers[b"www-authenticate"] == b"Bearer"


def test_header_fields_that_contradict_each_other_are_refused(guard):
    assert is_refused(json.loads(through(guard(), [result("fine")], [*JSON, (b"content-type", b"text/html")]).body))


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'{"jsonrpc":"2.0"}', b"\xff\xfe{\x00}\x00", b"[" * 3000 + b"]" * 3000]
)
def test_a_request_that_cannot_be_read_does_not_reach_the_server(guard, body):
    answered = asks(guard(), body)
    assert isinstance(answered, Answer)
    assert answered.status == 400
    assert json.loads(answered.body)["error"]["code"] == -32700


def test_a_request_of_another_kind_coding_or_length_does_not_reach_the_server(guard):
    body = json.dumps(CALL).encode()
    assert asks(guard(), body, [(b"content-type", b"text/plain")]).status == 415
    assert asks(guard(), body, [*JSON, (b"content-encoding", b"gzip")]).status == 415
    assert asks(guard(), body, body_bytes=20).status == 413
    # However open the settings are.
    assert asks(guard(mode="monitor", on_failure="open"), body, body_bytes=20).status == 413


def test_a_request_whose_header_fields_disagree_is_refused_with_its_own_code(guard):
    for headers in ([(b"mcp-method", b"tools/list")], [(b"mcp-name", b"other")], [(b"mcp-param-a", b"1")]):
        body = json.dumps(request("resources/list") if headers[0][0] == b"mcp-param-a" else CALL).encode()
        answered = asks(guard(mode="monitor", on_failure="open"), body, [*JSON, *headers])
        assert answered.status == 400
        error = json.loads(answered.body)
        assert (error["id"], error["error"]["code"]) == (1, -32020)


def test_a_denied_request_is_answered_at_once(guard):
    judge = guard(modes={"argument": "block"})
    answered = asks(judge, json.dumps(request("tools/call", name="echo", arguments={"text": POISON})).encode())
    assert answered.status == 200
    assert is_refused(json.loads(answered.body))


def test_a_batch_of_which_a_part_is_denied_gets_all_of_its_answers(guard):
    bad = request("tools/call", 1, name="echo", arguments={"text": POISON})
    good = request("tools/call", 2, name="echo", arguments={})
    judge = guard(modes={"argument": "block"})
    for chunks, headers in (([b"[" + result("ok", 2) + b"]"], JSON), ([result("ok", 2)], JSON)):
        client = through(judge, chunks, headers, asked=[bad, good])
        assert sorted(each["id"] for each in json.loads(client.body)) == [1, 2]
    client = through(judge, [event(result("ok", 2))], EVENTS, asked=[bad, good])
    assert sorted(each["id"] for each in client.events) == [1, 2]
    client = through(judge, [], JSON, asked=[bad, good], broke="x")
    assert sorted(each["id"] for each in json.loads(client.body)) == [1, 2]


def test_two_answers_with_one_id_are_both_read(guard):
    client = through(guard(), [event(result("fine")) + event(result(POISON))], EVENTS)
    assert client.events[0] == json.loads(result("fine"))
    assert is_refused(client.events[1])


def test_open_settings_let_pass_what_cannot_be_read(guard):
    judge = guard(on_failure="open")
    assert through(judge, [b"no JSON"]).body == b"no JSON"
    assert through(judge, [event(b"no JSON")], EVENTS).body == event(b"no JSON")
    assert through(judge, [b"<b>"], [(b"content-type", b"text/html")]).body == b"<b>"
    assert through(judge, [b"x" * 900] * 9, message_bytes=1000).body == b"x" * 8100
    long = b"data: " + b"x" * 9000
    assert through(judge, [long[:50], long[50:]], EVENTS, message_bytes=1000).body == long


def test_nothing_passes_that_cannot_be_recorded(guard):
    class Full:
        durable = True

        async def record(self, decisions):
            raise OSError(28, "No space left on device")

    async def run(headers, chunk):
        client = Client()
        x = exchange(guard())
        await x.ask(fields(JSON), json.dumps(CALL).encode())
        x.guard = guard(Full())
        reply = Reply(x, client)
        await reply.start(200, headers)
        await reply.feed(chunk)
        await reply.end()
        return client

    client = asyncio.run(run(JSON, result("secret")))
    assert client.status == 503
    assert client.headers[b"retry-after"]
    assert b"secret" not in client.body
    client = asyncio.run(run(EVENTS, event(result("secret"))))
    assert b"secret" not in client.body
    assert client.events[-1]["result"]["isError"]


def test_a_filter_that_is_too_busy_says_so(guard, monkeypatch):
    async def run():
        client = Client()
        x = exchange(guard())
        await x.ask(fields(JSON), json.dumps(CALL).encode())
        reply = Reply(x, client)
        await reply.start(200, JSON)
        await reply.feed(result("fine"))
        monkeypatch.setattr(Guard, "rule", busy)
        await reply.end()
        return client

    async def busy(*_):
        raise BusyError

    client = asyncio.run(run())
    assert client.status == 503
    assert b"fine" not in client.body


@pytest.mark.parametrize("headers", [JSON, EVENTS])
def test_a_failure_of_the_filters_own_lets_nothing_pass(guard, monkeypatch, headers):
    async def fails(*_):
        raise RuntimeError("secret")

    async def run():
        client = Client()
        x = exchange(guard())
        await x.ask(fields(JSON), json.dumps(CALL).encode())
        monkeypatch.setattr(Guard, "rule", fails)
        reply = Reply(x, client)
        await reply.start(200, headers)
        await reply.feed(event(result("secret")) if headers is EVENTS else result("secret"))
        await reply.end()
        return client

    client = asyncio.run(run())
    assert b"secret" not in client.body
    assert is_refused(client.events[-1] if headers is EVENTS else json.loads(client.body))


def test_a_session_is_known_again_when_its_answer_named_it(guard):
    async def run():
        x = exchange(guard())
        reply = Reply(x, Client())
        await reply.start(200, [*EVENTS, (b"mcp-session-id", b"abc")])
        return x

    x = asyncio.run(run())
    assert x.sessions.find("s", "", "abc") is x.talk
    assert x.sessions.find("s", "somebody else", "abc") is None
