"""What the filter does when a server misbehaves: no poison passes, the client is told, nothing waits for ever."""

from __future__ import annotations

import gzip
import json
import threading
import zlib

import httpx
import pytest
from upstream.asking import HEADERS, ID, ask, failed, is_clean, messages, request, said, was_stopped
from upstream.faulty import event, faulty, progress, result
from upstream.filtering import filtered
from upstream.world import MARK, POISON

from mcpscan_service.guard import GuardSettings
from mcpscan_service.settings import Limits

MB = 1024 * 1024
SMALL = Limits(message_bytes=MB, answer_seconds=1.0, stream_seconds=1.0, connect_seconds=1.0)


@pytest.fixture
def through(scanner):
    """The answer of a scripted server to one call, through the filter; the server is told when it was left."""

    def run(script, message=None, headers=None, limits=SMALL):
        with faulty(script) as server, filtered({"odd": f"{server.url}/mcp"}, scanner, limits=limits) as between:
            response = ask(between.at("odd"), message, headers)
            return response, server, between

    return run


def test_a_harmless_answer_passes(through):
    async def script(asked):
        await asked.answer(json.dumps(result(asked, "fine")).encode())

    response, _, between = through(script)
    assert said(response)[0]["result"]["content"][0]["text"] == "fine"
    assert not between.stopped()


def test_a_server_that_never_answers_is_given_up(through):
    async def script(asked):
        await asked.left.wait()

    response, server, _ = through(script)
    assert was_stopped(response)
    assert server.left.is_set()


def test_a_stream_that_stops_is_given_up_and_what_came_before_is_kept(through):
    async def script(asked):
        await asked.head()
        await asked.write(event(progress(1, "half")))
        await asked.left.wait()

    response, server, _ = through(script)
    first, last = said(response)
    assert first["params"]["message"] == "half"
    assert failed(last)
    assert server.left.is_set()


@pytest.mark.parametrize("how", ["abort", "close"])
def test_an_event_that_was_cut_off_does_not_pass(through, how):
    async def script(asked):
        await asked.head()
        await asked.write(event(progress(1, "half")), event(result(asked, POISON))[:-9])
        if how == "abort":
            asked.writer.transport.abort()

    response, _, _ = through(script)
    assert said(response)[0]["params"]["message"] == "half"
    assert was_stopped(response)


def test_an_event_whose_end_is_the_end_of_the_stream_does_not_pass_unscanned(through):
    async def script(asked):
        await asked.head()
        await asked.write(event(result(asked, POISON)).rstrip(b"\n"))

    response, _, _ = through(script)
    assert was_stopped(response)


def test_a_body_shorter_than_it_was_said_to_be_does_not_pass(through):
    async def script(asked):
        await asked.head("application/json", "200 OK", "Content-Length: 100000")
        await asked.write(json.dumps(result(asked, POISON)).encode())

    response, _, _ = through(script)
    assert was_stopped(response)


def test_a_stream_that_ends_without_the_answer_is_told_as_a_failure(through):
    async def script(asked):
        await asked.head()
        await asked.write(event(progress(1, "half")))

    response, _, _ = through(script)
    assert said(response)[0]["params"]["message"] == "half"
    assert was_stopped(response)


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_over_the_limit_is_refused_before_it_was_read(through, declared):
    sent = []

    async def script(asked):
        head = ("Content-Length: 104857600",) if declared else ()
        await asked.head("application/json", "200 OK", *head)
        for _ in range(1600):
            await asked.write(b" " * 65536)
            sent.append(65536)

    response, server, between = through(script)
    assert was_stopped(response)
    assert server.left.is_set()
    assert sum(sent) < 50 * MB
    assert between.stopped()


@pytest.mark.parametrize("ended", [True, False])
def test_an_event_over_the_limit_is_refused_before_it_was_read(through, ended):
    async def script(asked):
        await asked.head()
        await asked.write(b"data: ")
        for _ in range(1600 if ended else 10**6):
            await asked.write(b"x" * 65536)
        await asked.write(b"\n\n")

    response, server, _ = through(script)
    assert was_stopped(response)
    assert server.left.is_set()


def test_many_lines_of_one_event_are_limited_together(through):
    async def script(asked):
        await asked.head()
        for _ in range(10**6):
            await asked.write(b"data: x\ndata: y\n" * 4096)

    response, _, _ = through(script)
    assert was_stopped(response)


def test_comments_without_end_do_not_fill_the_memory(through):
    async def script(asked):
        await asked.head()
        for _ in range(64):
            await asked.write(b": " + b"z" * 65536)
        await asked.write(b"\n\n" + event(result(asked, "fine")))

    response, _, _ = through(script)
    assert is_clean(response)
    assert said(response)[-1]["id"] == ID


@pytest.mark.parametrize("body", [b'"\xff\xfe"', b'"\xc0\xaf"', b'"\xed\xa0\x80"'], ids=["ff", "overlong", "surrogate"])
@pytest.mark.parametrize("stream", [False, True])
def test_what_is_not_utf_8_does_not_pass_unscanned(through, body, stream):
    async def script(asked):
        whole = json.dumps(result(asked, POISON, "@@")).encode().replace(b'"@@"', body)
        if stream:
            await asked.head()
            await asked.write(b"data: " + whole + b"\n\n")
        else:
            await asked.answer(whole)

    response, _, _ = through(script)
    assert was_stopped(response)


def _brotli(data):
    return pytest.importorskip("brotli").compress(data)


CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": _brotli}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_coded_body_that_grows_over_the_limit_is_refused(through, coding):
    bomb = CODINGS[coding](b'{"jsonrpc":"2.0","id":7,"result":{"content":[],"x":"' + b"a" * (64 * MB) + b'"}}')

    async def script(asked):
        await asked.answer(bomb, "application/json", "200 OK", f"Content-Encoding: {coding}")

    response, _, _ = through(script)
    assert was_stopped(response)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "x-unknown", "identity"])
def test_poison_in_a_coded_body_does_not_pass(through, coding):
    async def script(asked):
        data = json.dumps(result(asked, POISON)).encode()
        for each in coding.split(", "):
            data = CODINGS[each](data) if each in CODINGS else data
        await asked.answer(data, "application/json", "200 OK", f"Content-Encoding: {coding}")

    response, _, _ = through(script)
    assert was_stopped(response)


def test_a_server_is_not_asked_for_codings_that_the_filter_cannot_read(through):
    async def script(asked):
        await asked.answer(json.dumps(result(asked, "fine")).encode())

    _, server, _ = through(script, headers={"accept-encoding": "zstd, x-odd"})
    assert "zstd" not in server.asked[0].headers.get("accept-encoding", "")
    assert "x-odd" not in server.asked[0].headers.get("accept-encoding", "")


def test_a_stream_without_end_goes_on_until_the_client_leaves(scanner):
    async def script(asked):
        await asked.head()
        for step in range(10**9):
            await asked.write(event(progress(step, POISON if step % 3 == 2 else f"step {step}")))

    limits = Limits(stream_seconds=600)
    with faulty(script) as server, filtered({"odd": server.url}, scanner, limits=limits) as between:
        text = _first_bytes(between.at("odd"), 20_000)
        assert server.left.wait(20)
    steps = [each["params"]["progress"] for each in messages("text/event-stream", text.rpartition("\n\n")[0])]
    assert steps == [step for step in range(len(steps) * 2) if step % 3 != 2][: len(steps)]
    assert MARK not in text


def _first_bytes(url, number):
    text = ""
    with (
        httpx.Client(timeout=20, trust_env=False) as client,
        client.stream("POST", url, json=request(), headers=HEADERS) as response,
    ):
        for piece in response.iter_text():
            text += piece
            if len(text) > number:
                return text
    return text


def test_a_server_whose_client_leaves_while_it_is_silent_is_left_too(scanner):
    async def script(asked):
        await asked.head()
        await asked.write(event(progress(1, "half")))
        await asked.left.wait()

    limits = Limits(stream_seconds=600, answer_seconds=600)
    with faulty(script) as server, filtered({"odd": server.url}, scanner, limits=limits) as between:
        assert "half" in _first_bytes(between.at("odd"), 10)
        assert server.left.wait(20)


def test_a_client_that_leaves_before_any_answer_takes_its_request_back(scanner):
    came = threading.Event()

    async def script(asked):
        came.set()
        await asked.left.wait()

    limits = Limits(stream_seconds=600, answer_seconds=600)
    with faulty(script) as server, filtered({"odd": server.url}, scanner, limits=limits) as between:
        with pytest.raises(httpx.ReadTimeout), httpx.Client(timeout=0.5, trust_env=False) as client:
            client.post(between.at("odd"), json=request(), headers=HEADERS)
        assert came.is_set()
        assert server.left.wait(20)


def test_both_of_two_answers_with_one_id_are_scanned(through):
    async def script(asked):
        await asked.head()
        await asked.write(event(result(asked, "fine")), event(result(asked, POISON)))

    response, _, between = through(script)
    assert said(response)[0]["result"]["content"][0]["text"] == "fine"
    assert is_clean(response)
    assert between.stopped()


@pytest.mark.parametrize("order", ["{poison},{fine}", "{fine},{poison}"])
@pytest.mark.parametrize("member", ["result", "id", "jsonrpc"])
def test_members_given_twice_hide_nothing(through, order, member):
    async def script(asked):
        values = {"poison": json.dumps(result(asked, POISON))[1:-1], "fine": '"result":{"content":[]}'}
        if member != "result":
            values["fine"] = f'"{member}":' + {"id": "8", "jsonrpc": '"1.0"'}[member]
        await asked.answer(("{" + order.format(**values) + "}").encode())

    response, _, _ = through(script)
    assert is_clean(response)


KINDS = ["text/html", "text/plain", "", "application/octet-stream", "application/xml", "image/png"]


@pytest.mark.parametrize(
    "kind", [*KINDS, "application/json; charset=utf-16", "application/JSON;x=y", "text/event-stream"]
)
def test_poison_under_any_content_type_does_not_pass(through, kind):
    async def script(asked):
        await asked.answer(json.dumps(result(asked, POISON)).encode(), kind)

    response, _, _ = through(script)
    assert was_stopped(response)


def test_a_stream_that_calls_itself_json_does_not_pass_unscanned(through):
    async def script(asked):
        await asked.answer(event(result(asked, POISON)), "application/json")

    response, _, _ = through(script)
    assert was_stopped(response)


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1", "utf-8-sig"])
def test_poison_in_another_character_set_does_not_pass(through, charset):
    async def script(asked):
        body = json.dumps(result(asked, POISON)).encode(charset)
        await asked.answer(body, f"application/json; charset={charset}")

    response, _, _ = through(script)
    assert was_stopped(response)
    assert POISON.encode(charset) not in response.content


@pytest.mark.parametrize("between_values", ["", "\n", " ", ","])
def test_a_second_json_value_does_not_pass(through, between_values):
    async def script(asked):
        fine, poison = (json.dumps(result(asked, text)) for text in ("fine", POISON))
        await asked.answer((fine + between_values + poison).encode())

    response, _, _ = through(script)
    assert was_stopped(response)


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_an_answer_and_no_crash(through, opened, closed):
    async def script(asked):
        deep = opened * 60_000 + json.dumps(POISON) + closed * 60_000
        await asked.answer(('{"jsonrpc":"2.0","id":7,"result":{"content":[],"x":' + deep + "}}").encode())

    response, _, _ = through(script)
    assert was_stopped(response)


@pytest.mark.parametrize(
    "status", ["400 Bad", "401 No", "403 No", "404 None", "405 No", "429 Slow", "500 Oh", "503 Oh"]
)
@pytest.mark.parametrize("form", ["rpc", "text", "html", "event"])
def test_an_http_error_keeps_its_status_and_loses_its_poison(through, status, form):
    async def script(asked):
        error = {"jsonrpc": "2.0", "id": asked.id, "error": {"code": -32000, "message": POISON}}
        bodies = {
            "rpc": (json.dumps(error).encode(), "application/json"),
            "text": (POISON.encode(), "text/plain"),
            "html": (f"<h1>{POISON}</h1>".encode(), "text/html"),
            "event": (event(error), "text/event-stream"),
        }
        await asked.answer(*bodies[form], status, f"WWW-Authenticate: Bearer error_description={json.dumps(POISON)}")

    response, _, _ = through(script)
    assert response.status_code == int(status[:3])
    assert is_clean(response)


def test_a_harmless_http_error_keeps_its_body_and_its_challenge(through):
    async def script(asked):
        error = {"jsonrpc": "2.0", "id": asked.id, "error": {"code": -32001, "message": "no such session"}}
        challenge = 'WWW-Authenticate: Bearer resource_metadata="https://example.com/.well-known/x"'
        await asked.answer(json.dumps(error).encode(), "application/json", "401 Unauthorized", challenge)

    response, _, _ = through(script)
    assert response.status_code == 401
    assert said(response)[0]["error"]["message"] == "no such session"
    assert "resource_metadata" in response.headers["www-authenticate"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_not_passed_on(scanner, status):
    async def elsewhere(asked):
        await asked.answer(b"{}")

    with faulty(elsewhere) as other:

        async def script(asked):
            await asked.answer(b"", "text/plain", f"{status} Moved", f"Location: {other.url}/mcp")

        with faulty(script) as server, filtered({"odd": server.url}, scanner, limits=SMALL) as between:
            response = ask(between.at("odd"))
        assert not other.asked
    assert "location" not in response.headers
    assert was_stopped(response)


PLACES = [
    "X-Note: {}",
    "Server: {}",
    "Set-Cookie: a={}",
    "Link: <http://evil.example>; title={}",
    "{}: x",
    "Mcp-Session-Id: {}",
]


@pytest.mark.parametrize("place", PLACES)
def test_poison_in_a_header_does_not_pass(through, place):
    async def script(asked):
        text = POISON.replace(" ", "_").replace(":", "").replace("/", "_") if place.startswith("{") else POISON
        await asked.answer(json.dumps(result(asked, "fine")).encode(), "application/json", "200 OK", place.format(text))

    response, _, _ = through(script)
    assert is_clean(response)
    assert "Ignore_all_previous" not in str(response.headers)


def test_poison_in_the_reason_phrase_does_not_pass(through):
    async def script(asked):
        await asked.answer(json.dumps(result(asked, "fine")).encode(), "application/json", f"200 {POISON}")

    response, _, _ = through(script)
    assert is_clean(response)


@pytest.mark.parametrize("line", [": {}", "event: {}", "id: {}", "retry: {}", "{}: x", "{}"])
def test_poison_beside_the_data_of_an_event_does_not_pass(through, line):
    async def script(asked):
        await asked.head()
        fine = event(result(asked, "fine"))
        await asked.write(line.format(POISON).encode() + b"\n" + fine)
        await asked.write(line.format(POISON).encode() + b"\n\n")

    response, _, _ = through(script)
    assert is_clean(response)


@pytest.mark.parametrize(
    "raw", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 200\r\n", b"HTTP/1.1 99999 x\r\n\r\n", b"\x00" * 999]
)
def test_what_is_not_http_is_told_as_a_failure(through, raw):
    async def script(asked):
        await asked.write(raw + POISON.encode() if raw else b"")

    response, _, _ = through(script)
    assert was_stopped(response)


def test_endless_headers_are_given_up(through):
    async def script(asked):
        await asked.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(10**6):
            await asked.write(f"X-{number}: {'y' * 900}\r\n".encode())

    response, server, _ = through(script)
    assert was_stopped(response)
    assert server.left.is_set()


def test_a_server_that_is_not_there_is_told_as_a_failure(scanner):
    with filtered({"odd": "http://127.0.0.1:1/mcp"}, scanner, limits=SMALL) as between:
        response = ask(between.at("odd"))
    assert was_stopped(response)


def test_failing_open_lets_only_what_could_not_be_scanned_pass(scanner):
    async def script(asked):
        text = POISON if "poison" in asked.body.decode() else "fine"
        second = b" {}" if "twice" in asked.body.decode() else b""
        await asked.answer(json.dumps(result(asked, text)).encode() + second)

    settings = GuardSettings.model_validate({"on_failure": "open"})
    with (
        faulty(script) as server,
        filtered({"odd": server.url}, scanner, guard=settings, limits=SMALL) as between,
    ):
        blocked = ask(between.at("odd"), request(name="poison"))
        passed = ask(between.at("odd"), request(name="twice"))
    assert was_stopped(blocked)
    assert b"fine" in passed.content
