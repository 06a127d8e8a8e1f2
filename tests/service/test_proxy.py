"""The proxy between real sockets: routes, header fields, sessions, faults, shutdown."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

import aiohttp
import pytest
from loopback import POISON, Upstream, event, request, respond, result, served

from mcpscan_service.guard import Guard, GuardSettings, Judge
from mcpscan_service.proxy import Proxy
from mcpscan_service.proxy.hub import BESIDE, Hub
from mcpscan_service.settings import Settings

CALL = request("tools/call", name="echo", arguments={"text": "x"})
PROGRESS = b'{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}'


@pytest.fixture
def guard(scanner):
    made = Guard(Judge(scanner))
    yield made
    made.close()


@asynccontextmanager
async def proxied(guard, upstream, path="/mcp", auth="off", limits=None, **members):
    """A client, the address of a proxy, and the proxy, in front of a server that answers as a test says."""
    app = upstream if isinstance(upstream, Upstream) else Upstream(upstream)
    async with served(app) as there:
        settings = Settings(
            upstreams={"a": {"url": there + path, **members}},
            auth={"mode": auth},
            limits={"shutdown_seconds": 1, **(limits or {})},
        )
        proxy = Proxy(settings, guard)
        await proxy.startup()
        async with served(proxy) as here, aiohttp.ClientSession() as client:
            yield client, here, proxy
        await proxy.shutdown()


def run(work):
    return asyncio.run(asyncio.wait_for(work, 30))


async def echo(scope, body, send):
    await respond(send, result("fine"))


async def ask(client, here, path="/a/mcp", asked=CALL, method="POST", **more):
    async with client.request(method, here + path, json=asked, **more) as answer:
        return answer.status, answer.headers, await answer.read()


def test_a_call_passes_and_a_poisoned_answer_does_not(guard):
    async def work():
        texts = iter(["fine", POISON])

        async def answer(scope, body, send):
            await respond(send, result(next(texts)))

        async with proxied(guard, answer) as (client, here, _):
            status, headers, body = await ask(client, here)
            assert (status, body) == (200, result("fine"))
            assert headers["Mcpscan-Mode"] == guard.settings.summary()
            status, _, body = await ask(client, here)
            assert json.loads(body)["result"]["isError"]
            assert b"Ignore" not in body

    run(work())


def test_progress_arrives_before_the_answer_is_made(guard):
    async def work():
        arrived = asyncio.Event()

        async def answer(scope, body, send):
            await send(
                {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}
            )
            await send({"type": "http.response.body", "body": event(PROGRESS), "more_body": True})
            await arrived.wait()
            await send({"type": "http.response.body", "body": event(result("fine"))})

        async with proxied(guard, answer) as (client, here, _), client.post(here + "/a/mcp", json=CALL) as got:
            assert await got.content.readexactly(len(event(PROGRESS))) == event(PROGRESS)
            arrived.set()
            assert await got.content.read() == event(result("fine"))

    run(work())


def test_header_fields_reach_the_server_as_far_as_they_should(guard):
    async def work():
        upstream = Upstream(echo)
        own = {"headers": {"X-Secret": "s3cret"}}
        async with proxied(guard, upstream, **own) as (client, here, _):
            given = {"Authorization": "Bearer mine", "X-Api-Key": "filter", "X-Secret": "forged", "X-Own": "1",
                     "Mcp-Session-Id": "abc", "Connection": "keep-alive, X-Hop", "X-Hop": "1", "Accept-Encoding": "br",
                     "Mcp-Method": "tools/call", "Mcp-Name": "echo"}  # fmt: skip
            assert (await ask(client, here, headers=given))[0] == 200
        seen = dict(upstream.asked[0][0]["headers"])
        assert len(seen) == len(upstream.asked[0][0]["headers"])
        assert seen[b"x-secret"] == b"s3cret"
        assert seen[b"authorization"] == b"Bearer mine"
        assert (seen[b"x-own"], seen[b"mcp-session-id"]) == (b"1", b"abc")
        assert seen[b"accept-encoding"] == b"identity"
        assert here.encode().endswith(seen[b"host"]) is False
        assert not {b"x-api-key", b"x-hop", b"user-agent-x"} & seen.keys()
        assert json.loads(upstream.asked[0][1]) == CALL

    run(work())


@pytest.mark.parametrize(("more", "passes"), [({}, False), ({"pass_headers": ("authorization",)}, True)])
def test_credentials_for_the_filter_go_on_only_where_somebody_said_so(guard, more, passes):
    async def work():
        upstream = Upstream(echo)
        async with proxied(guard, upstream, auth="keys", **more) as (client, here, _):
            await ask(client, here, headers={"Authorization": "Bearer filter", "Cookie": "a=b", "X-Api-Key": "k"})
        seen = dict(upstream.asked[0][0]["headers"])
        assert (b"authorization" in seen) is passes
        assert not {b"cookie", b"x-api-key"} & seen.keys()

    run(work())


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/b/mcp", 404),
        ("POST", "/a/mcp/", 404),
        ("POST", "/a/mcp/more", 404),
        ("POST", "/a//mcp", 404),
        ("POST", "//a/mcp", 404),
        ("POST", "/a/%6dcp", 404),
        ("POST", "/%61/mcp", 404),
        ("POST", "/a/..%2fmcp", 404),
        ("POST", "/a/other", 404),
        ("POST", "/", 404),
        ("POST", "/a/mcp?url=http://evil.example", 400),
        ("PUT", "/a/mcp", 405),
        ("POST", "/a/sse", 405),
        ("GET", "/a/message?session_id=x", 405),
        ("POST", "/a/message?session_id=x", 404),
        ("POST", "/a/message", 404),
    ],
)
def test_only_the_routes_there_are_reach_a_server(guard, method, path, status):
    async def work():
        upstream = Upstream(echo)
        async with proxied(guard, upstream) as (_, here, _):
            host, port = here.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(
                f"{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode()
            )
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            writer.close()
            await writer.wait_closed()
        assert head.startswith(f"HTTP/1.1 {status} ".encode())
        assert b"application/problem+json" in head
        assert b"mcpscan-mode: block" in head
        assert json.loads(body)["status"] == status
        assert b"evil" not in body
        assert upstream.asked == []

    run(work())


def test_an_absolute_target_reaches_the_upstream_of_the_settings_only(guard):
    async def work():
        upstream, other = Upstream(echo), Upstream(echo)
        async with served(other) as elsewhere, proxied(guard, upstream) as (_, here, _):
            host, port = here.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            body = json.dumps(CALL).encode()
            head = (
                f"POST {elsewhere}/a/mcp HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n"
            )
            writer.write(head.encode() + b"content-length: %d\r\n\r\n" % len(body) + body)
            await reader.read()
            writer.close()
            await writer.wait_closed()
        assert other.asked == []
        assert all(scope["path"] == "/mcp" for scope, _ in upstream.asked)

    run(work())


def test_a_redirection_is_not_followed(guard):
    async def work():
        other = Upstream(echo)
        async with served(other) as elsewhere:

            async def answer(scope, body, send):
                await respond(send, status=307, headers=[(b"location", elsewhere.encode())])

            async with proxied(guard, answer) as (client, here, _):
                status, headers, body = await ask(client, here, allow_redirects=False)
        assert status == 200
        assert "location" not in headers
        assert json.loads(body)["result"]["isError"]
        assert other.asked == []

    run(work())


def test_header_fields_that_disagree_with_the_body_do_not_reach_the_server(guard):
    async def work():
        upstream = Upstream(echo)
        async with proxied(guard, upstream) as (client, here, _):
            status, _, body = await ask(client, here, headers={"Mcp-Name": "other"})
            assert (status, json.loads(body)["error"]["code"]) == (400, -32020)
            twice = [("Mcp-Name", "echo"), ("Mcp-Name", "other")]
            assert (await ask(client, here, headers=twice))[0] == 400
        assert upstream.asked == []

    run(work())


def test_parameters_in_header_fields_are_held_against_the_arguments_once_the_list_was_seen(guard):
    async def work():
        schema = {"type": "object", "properties": {"text": {"type": "string", "x-mcp-header": "Text"}}}
        tools = {"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "echo", "inputSchema": schema}]}}

        async def answer(scope, body, send):
            listing = json.loads(body)["method"] == "tools/list"
            await respond(send, json.dumps(tools).encode() if listing else result("fine"))

        async with proxied(guard, answer) as (client, here, _):
            await ask(client, here, asked=request("tools/list"))
            assert (await ask(client, here, headers={"Mcp-Param-Text": "x"}))[0] == 200
            assert (await ask(client, here, headers={"Mcp-Param-Text": "y"}))[0] == 400

    run(work())


async def short(scope, body, send):
    """A server that breaks off in the middle of its JSON."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"500")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": result("fine")[:20], "more_body": True})
    raise OSError


async def half(scope, body, send):
    """A server that breaks off in the middle of an event."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    await send({"type": "http.response.body", "body": event(PROGRESS) + b"data: {", "more_body": True})
    raise OSError


async def silent(scope, body, send):
    """A server that begins a stream and says nothing more."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    await send({"type": "http.response.body", "body": b": ping\n\n", "more_body": True})
    await asyncio.Event().wait()


async def endless(scope, body, send):
    """A server that never stops to say how far it is."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    while True:
        await send({"type": "http.response.body", "body": event(PROGRESS), "more_body": True})
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("answer", [short, half, silent, endless])
def test_a_server_that_fails_leaves_the_client_with_a_failed_result(guard, answer):
    async def work():
        limits = {"answer_seconds": 0.3, "stream_seconds": 0.6}
        async with proxied(guard, answer, limits=limits) as (client, here, _):
            status, _, body = await ask(client, here)
        assert status == 200
        last = body.strip().rpartition(b"data: ")[2]
        assert json.loads(last)["result"]["isError"]

    run(work())


def test_a_server_that_is_not_there_leaves_the_client_with_a_failed_result(guard):
    async def work():
        proxy = Proxy(Settings(upstreams={"a": {"url": "http://127.0.0.1:1/mcp"}}, auth={"mode": "off"}), guard)
        async with served(proxy) as here, aiohttp.ClientSession() as client:
            status, _, body = await ask(client, here)
            assert (status, json.loads(body)["result"]["isError"]) == (200, True)
            assert (await ask(client, here, method="GET", asked=None))[0] == 502
        await proxy.shutdown()

    run(work())


def test_a_client_that_goes_away_ends_the_request_to_the_server(guard):
    async def work():
        asked, gone = asyncio.Event(), asyncio.Event()

        async def app(scope, receive, send):
            await receive()
            asked.set()
            while (await receive())["type"] != "http.disconnect":
                pass
            gone.set()

        async with served(app) as there:
            proxy = Proxy(Settings(upstreams={"a": {"url": there + "/mcp"}}, auth={"mode": "off"}), guard)
            async with served(proxy) as here, aiohttp.ClientSession() as client:
                task = asyncio.create_task(ask(client, here))
                await asked.wait()
                task.cancel()
                await gone.wait()
            await proxy.shutdown()
            assert proxy.calls == 0

    run(work())


def test_answers_on_another_stream_of_the_session_are_known(guard):
    async def work():
        async def answer(scope, body, send):
            if scope["method"] == "GET":
                tools = [{"name": "good", "description": "Adds."}, {"name": "bad", "description": POISON}]
                await respond(
                    send,
                    event(json.dumps({"jsonrpc": "2.0", "id": 5, "result": {"tools": tools}}).encode()),
                    "text/event-stream",
                )
            else:
                await respond(send, b"id: 1\ndata: \n\n", "text/event-stream", headers=[(b"mcp-session-id", b"s1")])

        upstream = Upstream(answer)
        async with proxied(guard, upstream) as (client, here, proxy):
            _, headers, _ = await ask(client, here, asked=request("initialize", 0, protocolVersion="2025-11-25"))
            named = {"Mcp-Session-Id": headers["mcp-session-id"]}
            await ask(client, here, asked=request("tools/list", 5), headers=named)
            _, _, body = await ask(client, here, method="GET", asked=None, headers={**named, "Last-Event-ID": "1"})
            assert [tool["name"] for tool in json.loads(body.partition(b"data: ")[2])["result"]["tools"]] == ["good"]
            assert dict(upstream.asked[-1][0]["headers"])[b"last-event-id"] == b"1"
            _, _, body = await ask(
                client, here, asked=request("tools/call", 6, name="bad", arguments={}), headers=named
            )
            assert b"quarantined" in body
            await ask(client, here, method="DELETE", asked=None, headers=named)
            assert proxy._hub.sessions.find("a", "", "s1") is None

    run(work())


def test_a_message_of_a_legacy_session_goes_only_where_the_server_is(guard):
    async def work():
        addresses = iter(
            [b"http://elsewhere.example/m?session_id=1", b"//elsewhere.example/m?s=1", b"ftp://x/", b"/m?s=1"]
        )
        done = asyncio.Event()

        async def answer(scope, body, send):
            if scope["method"] == "POST":
                await respond(send, b"Accepted", "text/plain", 202)
                return
            await send(
                {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}
            )
            await send({"type": "http.response.body", "body": event(next(addresses), "endpoint"), "more_body": True})
            await done.wait()
            await send({"type": "http.response.body", "body": event(result("fine"))})

        upstream = Upstream(answer)
        async with proxied(guard, upstream, "/sse") as (client, here, proxy):
            for _ in range(3):
                assert b"elsewhere" not in (await ask(client, here, "/a/sse", None, "GET"))[2]
            async with client.get(here + "/a/sse") as stream:
                line = [await stream.content.readline() for _ in range(3)][1]
                address = line.removeprefix(b"data: ").strip().decode()
                status, _, body = await ask(client, here, "/a/" + address)
                assert (status, body) == (202, b"")
                done.set()
                assert await stream.content.read() == event(result("fine"))
            assert (upstream.asked[-1][0]["path"], upstream.asked[-1][0]["query_string"]) == ("/m", b"s=1")
            assert (await ask(client, here, "/a/" + address))[0] == 404
            assert proxy._hub.legacy == {}

    run(work())


def test_a_legacy_request_that_is_denied_is_answered_on_its_stream(scanner):
    async def work(guard):
        done = asyncio.Event()

        async def answer(scope, body, send):
            await send(
                {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}
            )
            await send({"type": "http.response.body", "body": event(b"/m?s=1", "endpoint"), "more_body": True})
            await done.wait()
            await send({"type": "http.response.body", "body": b""})

        upstream = Upstream(answer)
        bad = request("tools/call", 3, name="echo", arguments={"text": POISON})
        async with proxied(guard, upstream, "/sse") as (client, here, _), client.get(here + "/a/sse") as stream:
            line = [await stream.content.readline() for _ in range(3)][1]
            status, _, _ = await ask(client, here, "/a/" + line.removeprefix(b"data: ").strip().decode(), bad)
            assert status == 202
            line = [await stream.content.readline() for _ in range(3)][1]
            assert json.loads(line.removeprefix(b"data: "))["id"] == 3
            done.set()
        assert len(upstream.asked) == 1

    guard = Guard(Judge(scanner), GuardSettings(modes={"argument": "block"}))
    run(work(guard))
    guard.close()


@pytest.mark.parametrize(
    ("path", "speaks", "asked"),
    [("", "/mcp", ["/", "/mcp", "/mcp"]), ("/x", "/x", ["/x", "/x"]), ("/x", "/x/mcp", ["/x", "/x/mcp", "/x/mcp"])],
)
def test_the_address_of_a_server_is_found_and_kept(guard, path, speaks, asked):
    async def work():
        async def answer(scope, body, send):
            found = scope["path"] == speaks
            await respond(
                send,
                result("fine") if found else b"no",
                "application/json" if found else "text/plain",
                200 if found else 404,
            )

        upstream = Upstream(answer)
        async with proxied(guard, upstream, path) as (client, here, _):
            assert [(await ask(client, here))[0] for _ in range(2)] == [200, 200]
        assert [scope["path"] for scope, _ in upstream.asked] == asked

    run(work())


def test_more_calls_at_once_than_allowed_are_sent_away(guard):
    async def work():
        asked, go = asyncio.Event(), asyncio.Event()

        async def answer(scope, body, send):
            asked.set()
            await go.wait()
            await respond(send, result("fine"))

        async with proxied(guard, answer, limits={"requests_at_once": 1}) as (client, here, _):
            first = asyncio.create_task(ask(client, here))
            await asked.wait()
            status, headers, _ = await ask(client, here)
            assert (status, headers["Retry-After"]) == (503, "1")
            go.set()
            assert (await first)[0] == 200

    run(work())


def test_other_settings_are_used_at_once_and_calls_under_way_are_finished(guard, scanner):
    async def work():
        asked, go = asyncio.Event(), asyncio.Event()

        async def answer(scope, body, send):
            asked.set()
            await go.wait()
            await respond(send, result(POISON))

        async with proxied(guard, answer) as (client, here, proxy):
            first = asyncio.create_task(ask(client, here))
            await asked.wait()
            watching = Guard(Judge(scanner), GuardSettings(mode="monitor"))
            replaced = asyncio.create_task(proxy.replace(proxy._now.settings, watching))
            await asyncio.sleep(0)
            assert not replaced.done()
            second = asyncio.create_task(ask(client, here))
            go.set()
            assert b"Ignore" not in (await first)[2]
            await replaced
            assert (await second)[2] == result(POISON)
            watching.close()

    run(work())


def test_an_orderly_end_lets_calls_finish_and_closes_streams(guard):
    async def work():
        asked, go = asyncio.Event(), asyncio.Event()

        async def answer(scope, body, send):
            if scope["method"] == "GET":
                await silent(scope, body, send)
            asked.set()
            await go.wait()
            await respond(send, result("fine"))

        async with proxied(guard, answer) as (client, here, proxy):
            async with client.get(here + "/a/mcp") as stream:
                assert await stream.content.readexactly(8) == b": ping\n\n"
                call = asyncio.create_task(ask(client, here))
                await asked.wait()
                end = asyncio.create_task(proxy.shutdown())
                assert await stream.content.read() == b""
            assert (await ask(client, here))[0] == 503
            go.set()
            assert (await call)[0] == 200
            await end

    run(work())


def test_who_is_calling_is_written_down(scanner):
    async def work():
        told = []
        guard = Guard(Judge(scanner), watchers=[lambda decision, _: told.append(decision)])

        async def known(scope, receive, send):
            await proxy({**scope, "state": {"identity": "ann"}}, receive, send)

        async with served(Upstream(echo)) as there:
            proxy = Proxy(Settings(upstreams={"a": {"url": there + "/mcp", "pin": "p"}}, auth={"mode": "off"}), guard)
            async with served(known) as here, aiohttp.ClientSession() as client:
                await ask(client, here)
            await proxy.shutdown()
        guard.close()
        assert [(d.identity, d.server, d.transport, d.address) for d in told] == [("ann", "a", "http", "127.0.0.1")] * 2

    run(work())


def test_a_server_that_asks_more_than_it_listens_to_is_not_answered_without_end():
    async def work():
        hub, never, begun = Hub(None), asyncio.Event(), []

        async def told(number):
            begun.append(number)
            await never.wait()

        for number in range(BESIDE + 50):
            hub.spawn(told(number))
        await asyncio.sleep(0)
        never.set()
        return begun

    assert asyncio.run(work()) == list(range(BESIDE))
