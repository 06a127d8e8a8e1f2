"""Envoy's external processor over gRPC, driven message by message as Envoy does."""

from __future__ import annotations

import contextlib
import json

import pytest

from mcpscan_service.adapters import envoy
from mcpscan_service.guard import GuardSettings, Mode
from mcpscan_service.settings import Limits, Settings, Upstream

grpc = pytest.importorskip("grpc")
pytest.importorskip("grpc.aio")
pb = pytest.importorskip("envoy_data_plane.envoy.service.ext_proc.v3")

from betterproto2 import which_one_of  # noqa: E402
from envoy_data_plane.envoy.config.core.v3 import HeaderMap, HeaderValue  # noqa: E402
from envoy_data_plane.envoy.extensions.filters.http.ext_proc.v3 import ProcessingModeBodySendMode as SendMode  # noqa: E402

pytestmark = pytest.mark.anyio

NONE, STREAMED, BUFFERED, PARTIAL, DUPLEX = (SendMode(number) for number in range(5))
JSON, EVENTS = "application/json", "text/event-stream"
CALL = json.dumps(
    {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "page", "arguments": {}}}
).encode()


def answer(text: str) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 7, "result": {"content": [{"type": "text", "text": text}]}}).encode()


def headers(*, end: bool = False, **values: str):
    pairs = [HeaderValue(key=key.replace("_", "-"), raw_value=value.encode()) for key, value in values.items()]
    return pb.HttpHeaders(headers=HeaderMap(headers=pairs), end_of_stream=end)


def head(request: int, response: int, **values: str):
    config = pb.ProtocolConfiguration(request_body_mode=request, response_body_mode=response)
    return pb.ProcessingRequest(request_headers=headers(**values), protocol_config=config)


def asks(body: bytes, *, end: bool = True):
    return pb.ProcessingRequest(request_body=pb.HttpBody(body=body, end_of_stream=end))


def answers(kind: str, *pieces: bytes, **values: str):
    made = [pb.ProcessingRequest(response_headers=headers(content_type=kind, **values))]
    for place, piece in enumerate(pieces):
        end = place == len(pieces) - 1
        made.append(pb.ProcessingRequest(response_body=pb.HttpBody(body=piece, end_of_stream=end)))
    return made


@pytest.fixture
def talk(guarded):
    """Sends the messages of one exchange, and gives what the processor answered."""

    async def exchange(
        messages, settings: Settings | None = None, rules: GuardSettings | None = None, check=None, **sent
    ):
        processor = await envoy.start(guarded(rules), settings or Settings(), check=check)
        try:
            async with grpc.aio.insecure_channel(f"127.0.0.1:{processor.port}") as channel:
                method = channel.stream_stream(
                    f"/{envoy.SERVICE}/Process",
                    request_serializer=bytes,
                    response_deserializer=pb.ProcessingResponse.parse,
                )
                call = method(metadata=[(key.replace("_", "-"), value) for key, value in sent.items()])
                made = []
                with contextlib.suppress(grpc.aio.UsageError):
                    for message in messages:
                        await call.write(message)
                    await call.done_writing()
                made = [each async for each in call]
        finally:
            await processor.stop()
        return made

    return exchange


def kind_of(message) -> str:
    return which_one_of(message, "response")[0]


def body_of(messages, side: str = "response_body") -> bytes:
    """The body as Envoy would put it together."""
    made = b""
    for each in messages:
        if kind_of(each) == side:
            mutation = getattr(each, side).response.body_mutation
            streamed = mutation.streamed_response
            made += streamed.body if streamed is not None else mutation.body or b""
    return made


@pytest.mark.parametrize("mode", [STREAMED, DUPLEX])
@pytest.mark.parametrize("kind", [JSON, EVENTS])
async def test_a_harmless_answer_arrives_in_whole_whatever_its_pieces_are(talk, mode, kind):
    body = answer("Sunny.") if kind == JSON else b"id: 1\ndata: " + answer("Sunny.") + b"\n\n: bye\n\n"
    for place in range(1, len(body), 11):
        made = await talk([head(BUFFERED, mode), asks(CALL), *answers(kind, body[:place], body[place:])])
        assert body_of(made) == body


async def test_a_buffered_message_that_passes_is_not_touched(talk):
    made = await talk([head(BUFFERED, BUFFERED), asks(CALL), *answers(JSON, answer("Sunny."), content_length="90")])
    assert [kind_of(each) for each in made] == [
        "request_headers",
        "request_body",
        "response_headers",
        "response_body",
    ]
    assert made[1].request_body.response.body_mutation is None
    assert made[3].response_body.response.body_mutation is None
    assert made[2].response_headers.response.header_mutation.remove_headers == []


async def test_a_buffered_answer_that_is_replaced_has_a_length_that_is_true(talk, poison):
    made = await talk([head(BUFFERED, BUFFERED), asks(CALL), *answers(JSON, answer(poison), content_length="90")])
    response = made[3].response_body.response
    assert json.loads(response.body_mutation.body)["result"]["isError"] is True
    (length,) = response.header_mutation.set_headers
    assert (length.header.key, int(length.header.raw_value)) == ("content-length", len(response.body_mutation.body))


@pytest.mark.parametrize("mode", [STREAMED, DUPLEX])
@pytest.mark.parametrize("kind", [JSON, EVENTS])
async def test_poison_does_not_pass_in_any_pieces(talk, poison, mode, kind):
    body = answer(poison) if kind == JSON else b"id: 1\ndata: " + answer(poison) + b"\n\n"
    for place in range(1, len(body), 17):
        made = await talk([head(BUFFERED, mode), asks(CALL), *answers(kind, body[:place], body[place:])])
        assert b"evil" not in body_of(made)
        assert json.loads(body_of(made).partition(b"data: ")[2] or body_of(made))["result"]["isError"] is True


async def test_events_pass_while_the_stream_goes_on(talk):
    event = b'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}\n\n'
    made = await talk([head(BUFFERED, STREAMED), asks(CALL), *answers(EVENTS, event, b"data: {", b"}\n\n")])
    bodies = [each.response_body.response.body_mutation for each in made if each.response_body]
    assert bodies[0].body == event
    assert bodies[1].clear_body


@pytest.mark.parametrize("mode", [STREAMED, DUPLEX])
async def test_a_request_in_pieces_is_sent_on_whole(talk, mode):
    made = await talk([head(mode, STREAMED), asks(CALL[:9], end=False), asks(CALL[9:20], end=False), asks(CALL[20:])])
    assert body_of(made, "request_body") == CALL


async def test_headers_that_would_hide_or_belie_a_body_are_taken_out(talk):
    made = await talk([head(BUFFERED, STREAMED), asks(CALL), *answers(JSON, answer("fine"))])
    assert list(made[0].request_headers.response.header_mutation.remove_headers) == ["accept-encoding"]
    assert list(made[2].response_headers.response.header_mutation.remove_headers) == ["content-length"]


async def test_a_request_that_is_stopped_is_answered_in_the_servers_place(talk, poison):
    call = json.dumps(
        {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "a", "arguments": {"q": poison}}}
    ).encode()
    made = await talk([head(BUFFERED, STREAMED), asks(call)], rules=GuardSettings(modes={"argument": Mode.BLOCK}))
    immediate = made[-1].immediate_response
    assert immediate.status.code == 200
    assert json.loads(immediate.body)["result"]["isError"] is True


@pytest.mark.parametrize("modes", [(BUFFERED, NONE), (BUFFERED, PARTIAL), (NONE, STREAMED), (PARTIAL, STREAMED)])
async def test_a_configuration_that_hides_bodies_is_refused(talk, modes):
    assert (await talk([head(*modes)]))[-1].immediate_response.status.code == 500


async def test_an_answer_that_is_too_long_is_refused(talk):
    settings = Settings(limits=Limits(message_bytes=1_000))
    pieces = [b"x" * 900] * 5
    made = await talk([head(BUFFERED, STREAMED), asks(CALL), *answers(JSON, *pieces)], settings)
    assert b"too long" in body_of(made)
    assert b"xxx" not in body_of(made)


async def test_a_compressed_answer_is_refused(talk):
    made = await talk([head(BUFFERED, STREAMED), asks(CALL), *answers(JSON, b"\x1f\x8b", content_encoding="gzip")])
    assert b"encoded" in made[-1].immediate_response.body


async def test_who_talks_is_written_down(talk, told):
    settings = Settings(upstreams={"files": Upstream(url="http://127.0.0.1:1/mcp", pin="pin-of-files")})
    opening = head(BUFFERED, STREAMED, mcp_session_id="s1", mcp_protocol_version="2025-11-25")
    await talk(
        [opening, asks(CALL)], settings, check={"secret": "gateway"}.get, x_mcpscan_server="files", x_api_key="secret"
    )
    assert (told[0].server, told[0].session, told[0].protocol) == ("files", "s1", "2025-11-25")
    assert (told[0].identity, told[0].transport) == ("gateway", "adapter:envoy")


@pytest.mark.parametrize("sent", [{}, {"x_api_key": "wrong"}, {"x_api_key": ""}])
async def test_without_a_key_nothing_is_answered(talk, sent):
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await talk([head(BUFFERED, STREAMED)], check={"secret": "gateway"}.get, **sent)
    assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED


@pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0", "example.com:80", ":0", ""])
async def test_an_address_that_others_reach_needs_keys(guarded, address):
    with pytest.raises(ValueError, match="keys"):
        await envoy.start(guarded(), Settings(), address)
