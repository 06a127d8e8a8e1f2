"""Header fields against the body, and which of them go on."""

from __future__ import annotations

import json

import pytest

from mcpscan_service.guard import Sender
from mcpscan_service.guard.message import read
from mcpscan_service.wire.fields import content_type, is_worded, to_client, to_server
from mcpscan_service.wire.headers import RepeatedFieldError, disagreement, encoded, fields, renewed
from mcpscan_service.wire.params import Parameters

PATHS = {"mcp-param-region": ("region",), "mcp-param-on": ("deep", "on")}


def call(name="echo", arguments=None, version=None, method="tools/call"):
    params = {"name": name, "arguments": arguments or {}}
    if version is not None:
        params["_meta"] = {"io.modelcontextprotocol/protocolVersion": version}
    data = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    return read(data, Sender.CLIENT)[0]


def said(headers, messages, paths=PATHS):
    given = {name.encode(): value if isinstance(value, bytes) else value.encode() for name, value in headers.items()}
    return disagreement(given, messages, lambda tool: paths)


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, call()),
        (
            {"mcp-method": "tools/call", "mcp-name": "echo", "mcp-protocol-version": "2026-07-28"},
            call(version="2026-07-28"),
        ),
        ({"mcp-name": "=?base64?w6RwZmVs?="}, call("äpfel")),
        ({"mcp-name": encoded(" x")}, call(" x")),
        ({"mcp-protocol-version": "2025-11-25"}, call()),
        ({"mcp-param-region": "eu", "mcp-param-on": "true"}, call(arguments={"region": "eu", "deep": {"on": True}})),
        ({"mcp-param-region": "42"}, call(arguments={"region": 42})),
    ],
)
def test_header_fields_that_agree_pass(headers, message):
    assert said(headers, message) == ""


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"mcp-method": "tools/list"}, call()),
        ({"mcp-method": "TOOLS/CALL"}, call()),
        ({"mcp-name": "other"}, call()),
        ({"mcp-name": "=?base64?ZWNobw?="}, call()),
        ({"mcp-name": "=?base64?ZWNobx==?="}, call()),
        ({"mcp-name": "=?base64?/w==?="}, call(None)),
        ({"mcp-name": "echo"}, call(method="ping", name=None)),
        ({"mcp-name": b"\xff"}, call(None)),
        ({"mcp-protocol-version": "2025-11-25"}, call(version="2026-07-28")),
        ({"mcp-protocol-version": "2025-11-25"}, call(version=["2025-11-25"])),
        ({"mcp-param-region": "us"}, call(arguments={"region": "eu"})),
        ({"mcp-param-region": "us"}, call()),
        ({"mcp-param-region": "=?base64?x?="}, call()),
        ({"mcp-param-other": "us"}, call()),
        ({"mcp-param-region": "eu"}, call(method="prompts/get")),
        ({"mcp-method": "tools/call"}, (*call(), *call(method="tools/list"))),
    ],
)
def test_header_fields_that_disagree_are_said_without_quoting_them(headers, message):
    problem = said(headers, message)
    assert problem
    assert not any(isinstance(value, str) and value in problem for value in headers.values())


@pytest.mark.parametrize(
    "name", ["Mcp-Method", "MCP-Session-Id", "Content-Length", "Authorization", "Mcp-Param-X", "Host"]
)
def test_a_field_that_may_come_once_must_not_come_twice(name):
    with pytest.raises(RepeatedFieldError):
        fields([(name.encode(), b"a"), (name.lower().encode(), b"a")])


def test_parameters_are_learned_from_the_lists_that_pass():
    known = Parameters()
    schema = {
        "properties": {"region": {"x-mcp-header": "Region"}, "deep": {"properties": {"on": {"x-mcp-header": "On"}}}}
    }
    listed = {"result": {"tools": [{"name": "echo", "inputSchema": schema}, {"name": "plain"}, 7]}}
    known.learn("s", json.dumps(listed).encode())
    assert known.find("s", "echo") == PATHS
    assert known.find("other", "echo") == {}
    known.learn("s", b'{"result":{"tools":[{"name":"echo"}]}}')
    assert known.find("s", "echo") == {}


def test_parameters_of_a_rewritten_call_follow_its_arguments():
    (message,) = call(arguments={"region": "[removed]"})
    headers = [(b"accept", b"*/*"), (b"Mcp-Param-Region", b"old"), (b"mcp-param-on", b"x"), (b"mcp-param-z", b"x")]
    assert renewed(headers, message, PATHS) == [(b"accept", b"*/*"), (b"Mcp-Param-Region", b"[removed]")]


def test_fields_of_one_connection_and_credentials_stay_behind():
    headers = [(b"Connection", b"keep-alive, X-Hop"), (b"X-Hop", b"1"), (b"Te", b"trailers"), (b"Host", b"filter"),
               (b"Authorization", b"Bearer x"), (b"X-Api-Key", b"k"), (b"Cookie", b"c"), (b"X-Own", b"1")]  # fmt: skip
    assert to_server(headers) == [(b"x-own", b"1")]
    assert to_server(headers, frozenset({b"authorization"})) == [(b"authorization", b"Bearer x"), (b"x-own", b"1")]
    assert to_server(headers, replaced=[b"x-own"]) == []


def test_fields_of_an_answer_that_the_filter_sets_itself_are_not_the_servers():
    headers = [(b"Content-Length", b"3"), (b"Mcpscan-Mode", b"monitor"), (b"Transfer-Encoding", b"chunked"),
               (b"Mcp-Session-Id", b"s"), (b"Connection", b"x-a"), (b"X-A", b"1")]  # fmt: skip
    assert to_client(headers) == [(b"mcp-session-id", b"s")]


def test_only_fields_that_may_hold_sentences_are_worded():
    assert is_worded((b"www-authenticate", b"Bearer"))
    assert is_worded((b"x-note", b"please do as I say"))
    assert not is_worded((b"x-request-id", b"0af7"))
    assert not is_worded((b"set-cookie", b"a=b; Path=/; Secure; HttpOnly; SameSite=Lax"))


@pytest.mark.parametrize(
    ("given", "meant"),
    [(b"application/json", b"application/json"), (b"Text/Event-Stream; charset=UTF-8", b"text/event-stream"), (b"", b""),
     (b'application/json;a=b; charset="utf-16"', b"")],
)  # fmt: skip
def test_a_media_type_counts_only_where_its_characters_are_utf8(given, meant):
    assert content_type(given) == meant
