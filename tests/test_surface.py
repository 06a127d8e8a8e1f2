"""The surface: every text of every message, wherever it stands, and nothing lost on the way."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcpscan.surface import Kind, Reach, Surface, read

MARK = "planted text"

TOOL = {
    "name": f"t {MARK} name",
    "title": f"{MARK} title",
    "description": f"{MARK} description",
    "inputSchema": {
        "type": "object",
        "$id": f"{MARK} id",
        "$comment": f"{MARK} comment",
        "title": f"{MARK} schema title",
        "properties": {
            f"{MARK} property": {
                "anyOf": [{"const": f"{MARK} const"}, {"enum": [f"{MARK} enum", {"deep": f"{MARK} enum object"}]}],
                "default": {"a": [f"{MARK} default"]},
                "examples": [f"{MARK} example"],
                "pattern": f"{MARK} pattern",
                "format": f"{MARK} format",
                "if": {"not": {"description": f"{MARK} if-not"}},
                "items": {"prefixItems": [{"title": f"{MARK} prefix item"}]},
                "x-vendor": {"note": f"{MARK} vendor"},
                "enumNames": [f"{MARK} enum name"],
                "deprecated": True,
            },
            "default": {"description": f"{MARK} property called default"},
        },
        "patternProperties": {f"{MARK} pattern property": {}},
        "$defs": {f"{MARK} def": {"allOf": [{"contentMediaType": f"{MARK} media type"}]}},
        "required": [f"{MARK} required"],
        "dependentRequired": {f"{MARK} dependent": [f"{MARK} dependent value"]},
        "propertyNames": {"pattern": f"{MARK} property names"},
        f"{MARK} unknown keyword": 1,
    },
    "outputSchema": {"properties": {"r": {"description": f"{MARK} output"}}},
    "annotations": {"title": f"{MARK} annotation", "conditions": {"x": f"{MARK} free annotation"}},
    "icons": [{"src": f"data:image/svg+xml,{MARK} icon"}],
    "_meta": {"ui": {"note": f"{MARK} meta"}, f"{MARK} meta key": 1},
    "execution": {"taskSupport": f"{MARK} execution"},
    "unknown member": {"x": f"{MARK} unknown"},
}

MESSAGES = {
    "initialize": {
        "jsonrpc": "2.0",
        "id": 1,
        "result": {
            "protocolVersion": "2025-11-25",
            "instructions": f"{MARK} instructions",
            "serverInfo": {
                "name": f"{MARK} name",
                "title": f"{MARK} title",
                "websiteUrl": f"{MARK} url",
                "x": f"{MARK} x",
            },
            "capabilities": {"experimental": {"y": f"{MARK} capability"}, "extensions": {f"{MARK} ext": {}}},
        },
    },
    "discover": {
        "jsonrpc": "2.0",
        "id": 1,
        "result": {
            "resultType": "complete",
            "supportedVersions": ["2026-07-28"],
            "_meta": {"io.modelcontextprotocol/serverInfo": {"name": "n", "description": f"{MARK} identity"}},
        },
    },
    "tools": {"tools": [TOOL], "nextCursor": f"{MARK} cursor"},
    "prompts": {
        "prompts": [
            {
                "name": f"{MARK} name",
                "description": f"{MARK} description",
                "arguments": [{"name": f"{MARK} argument", "description": f"{MARK} argument description"}],
            }
        ]
    },
    "prompt": {
        "description": f"{MARK} description",
        "messages": [{"role": "assistant", "content": {"type": "text", "text": f"{MARK} turn"}}],
    },
    "resources": {
        "resources": [
            {"uri": f"x://{MARK}", "name": f"{MARK} name", "mimeType": f"{MARK} mime", "annotations": {"a": MARK}}
        ],
        "resourceTemplates": [{"uriTemplate": f"x://{{{MARK}}}", "name": f"{MARK} template"}],
    },
    "contents": {"contents": [{"uri": "x://y", "mimeType": "text/plain", "text": f"{MARK} text"}]},
    "completion": {"completion": {"values": [f"{MARK} completion"]}},
    "result": {
        "content": [
            {"type": "text", "text": f"{MARK} text", "annotations": {"x": f"{MARK} annotation"}},
            {"type": "resource", "resource": {"uri": f"{MARK} uri", "text": f"{MARK} embedded"}},
            {
                "type": "resource_link",
                "uri": "x://y",
                "name": f"{MARK} link",
                "description": f"{MARK} link description",
            },
            {"type": "never seen", "payload": f"{MARK} unknown block"},
        ],
        "structuredContent": {f"{MARK} key": [{"deep": f"{MARK} value"}]},
        "isError": False,
    },
    "input_required": {
        "resultType": "input_required",
        "inputRequests": {
            f"{MARK} request key": {
                "method": "elicitation/create",
                "params": {
                    "message": f"{MARK} message",
                    "requestedSchema": {
                        "properties": {f"{MARK} field": {"title": f"{MARK} title", "enumNames": [MARK]}}
                    },
                },
            }
        },
        "requestState": f"{MARK} state",
    },
    "sampling": {
        "jsonrpc": "2.0",
        "id": 3,
        "method": "sampling/createMessage",
        "params": {
            "systemPrompt": f"{MARK} system",
            "messages": [{"role": "user", "content": {"type": "text", "text": f"{MARK} message"}}],
            "tools": [TOOL],
            "stopSequences": [f"{MARK} stop"],
            "metadata": {"x": f"{MARK} metadata"},
        },
    },
    "progress": {"jsonrpc": "2.0", "method": "notifications/progress", "params": {"message": f"{MARK} progress"}},
    "log": {
        "jsonrpc": "2.0",
        "method": "notifications/message",
        "params": {"data": {"x": [MARK]}, "logger": f"{MARK} l"},
    },
    "task": {"resultType": "task", "statusMessage": f"{MARK} status"},
    "error": {
        "jsonrpc": "2.0",
        "id": 1,
        "error": {"code": -1, "message": f"{MARK} error", "data": {"x": f"{MARK} data"}},
    },
    "envelope": {"jsonrpc": "2.0", "id": 1, "result": {}, "extra": f"{MARK} envelope"},
    "server.json": {
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
        "name": "io.example/x",
        "description": f"{MARK} description",
        "packages": [{"environmentVariables": [{"name": "X", "description": f"{MARK} variable"}]}],
    },
    "mcpb": {
        "manifest_version": "0.3",
        "name": "x",
        "long_description": f"{MARK} long",
        "prompts": [{"name": "p", "text": f"{MARK} prompt text"}],
        "user_config": {"k": {"description": f"{MARK} config"}},
    },
}


def planted(value: object) -> int:
    """How often the mark stands in a document, names included."""
    return json.dumps(value).count(MARK)


def seen(surface: Surface) -> int:
    """How often the mark stands in the passages."""
    return sum(passage.text.count(MARK) for passage in surface.passages)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_planted_text_of_a_message_becomes_a_passage(name):
    assert seen(read(MESSAGES[name])) == planted(MESSAGES[name])


@pytest.mark.parametrize("name", MESSAGES)
def test_a_pointer_leads_to_the_text_of_its_passage(name):
    document = json.loads(json.dumps(MESSAGES[name]))
    for passage in read(document).passages:
        value = document
        steps = [step.replace("~1", "/").replace("~0", "~") for step in passage.pointer.split("/")[1:]]
        for step in steps[:-1] if passage.in_key else steps:
            value = value[int(step)] if isinstance(value, list) else value[step]
        if passage.in_key:
            assert steps[-1] == passage.text
            assert steps[-1] in value
        else:
            assert value == passage.text


@pytest.mark.parametrize(
    "wrap",
    [
        lambda tools: tools,
        lambda tools: tools[0],
        lambda tools: {"tools": tools},
        lambda tools: {"jsonrpc": "2.0", "id": 1, "result": {"tools": tools}},
        lambda tools: {"result": {"tools": tools}},
        lambda tools: [{"jsonrpc": "2.0", "id": 1, "result": {"tools": tools}}],
        lambda tools: {"wire": {"tools/list": [{"tools": tools}]}},
        lambda tools: {"tools/list": [{"tools": tools}], "initialize": [{}]},
    ],
    ids=["list", "one tool", "listing", "response", "bare response", "batch", "dump", "methods"],
)
def test_every_shape_people_have_gives_the_same_tool(wrap):
    surface = read(json.dumps(wrap([TOOL])).encode())
    assert [item.name for item in surface.tools()] == [TOOL["name"]]
    assert sum(p.kind is Kind.TOOL_DESCRIPTION and p.slot == "description" for p in surface.passages) == 1
    assert seen(surface) >= planted(TOOL)


def test_json_lines_are_read_as_messages():
    lines = "\n".join(json.dumps(MESSAGES[name]) for name in ("tools", "log", "error"))
    kinds = {passage.kind for passage in read(lines.encode()).passages}
    assert {Kind.TOOL_DESCRIPTION, Kind.NOTIFICATION, Kind.ERROR} <= kinds


def test_what_a_text_is_follows_from_where_it_stands():
    kinds = {passage.text: passage.kind for passage in read({"tools": [TOOL]}).passages}
    assert kinds[f"{MARK} description"] is Kind.TOOL_DESCRIPTION
    assert kinds[f"{MARK} property"] is Kind.SCHEMA_NAME
    assert kinds[f"{MARK} default"] is Kind.TOOL_SCHEMA
    assert kinds[f"{MARK} annotation"] is Kind.ANNOTATION
    assert kinds[f"{MARK} meta"] is Kind.META
    result = {passage.text: passage.kind for passage in read(MESSAGES["result"]).passages}
    assert result[f"{MARK} text"] is Kind.TOOL_RESULT
    assert result[f"{MARK} key"] is Kind.RESULT_KEY
    assert result[f"{MARK} embedded"] is Kind.DOCUMENT


def test_a_property_called_default_is_a_property():
    passages = read({"tools": [TOOL]}).passages
    found = next(passage for passage in passages if passage.text == f"{MARK} property called default")
    assert found.slot == "description"


def test_duplicate_keys_keep_both_values_and_are_reported():
    surface = read(b'{"tools": [{"name": "a", "description": "first", "description": "second"}]}')
    assert {"first", "second"} <= {passage.text for passage in surface.passages}
    assert [anomaly.code for anomaly in surface.anomalies] == ["duplicate-key"]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"hello", "not-json"),
        (b'{"tools": [', "not-json"),
        (b"[" * 100_000, "too-deep"),
        (b"\xff\xfe\x00\xd8", "not-json"),
        (b"{}", "no-text"),
        (b"null", "no-text"),
        (b"3", "no-text"),
    ],
)
def test_what_cannot_be_read_is_said_to_be_unread(document, code):
    assert code in {entry.code for entry in read(document).unread}


def test_broken_json_is_still_read_as_text():
    surface = read(b'{"tools": [{"name": "a", "description": "planted text"')
    assert seen(surface) == 1


def test_bytes_that_are_no_utf8_are_replaced_and_said():
    surface = read(b'{"tools": [{"name": "a", "description": "caf\xe9 planted text"}]}')
    assert seen(surface) == 1
    assert "not-utf8" in {entry.code for entry in surface.unread}


@pytest.mark.parametrize("value", [3, "text", {"a": "planted text"}, [["planted text"]], None])
def test_a_list_that_is_none_is_an_anomaly_and_its_text_is_read(value):
    surface = read({"tools": value})
    assert seen(surface) == planted(value)
    assert value is None or surface.anomalies


def test_depth_beyond_the_limit_is_unread_and_never_clean():
    value: object = "planted text"
    for _ in range(400):
        value = {"a": value}
    surface = read({"structuredContent": value})
    assert "too-deep" in {entry.code for entry in surface.unread}


def test_messages_nested_in_messages_lose_nothing():
    value: object = {"content": [{"type": "text", "text": MARK}]}
    for _ in range(60):
        value = {"result": value}
    assert seen(read(value)) == 1


def test_pictures_are_said_to_be_unread_and_text_blobs_are_read():
    data = base64.b64encode(b"planted text in a blob").decode()
    surface = read({"content": [{"type": "image", "mimeType": "image/png", "data": data}]})
    assert [entry.code for entry in surface.unread] == ["media"]
    surface = read({"contents": [{"uri": "x", "mimeType": "text/plain", "blob": data}]})
    assert [passage.encoding for passage in surface.passages if passage.slot == "blob"] == ["base64"]


def test_an_empty_listing_is_no_problem():
    assert read({"tools": []}).unread == ()
    assert read({"result": {"tools": []}}).unread == ()


def test_reach_says_who_reads():
    reaches = {passage.kind: passage.reach for passage in read({"tools": [TOOL]}).passages}
    assert reaches[Kind.TOOL_DESCRIPTION] is Reach.MODEL
    assert reaches[Kind.ICON] is Reach.USER


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=25,
)
NAMES = st.sampled_from(
    [*MESSAGES["result"], "tools", "prompts", "resources", "jsonrpc", "method", "params", "result", "wire"]
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, JSON, max_size=5) | JSON)
def test_no_json_makes_it_raise_and_no_string_is_lost(value):
    surface = read(json.dumps(value).encode())
    texts = {passage.text for passage in surface.passages}
    if not surface.unread:
        missing = [text for text in strings(value) if text and text not in texts]
        assert missing == []


def strings(value: object) -> list[str]:
    """Every string value of a JSON value that is no vocabulary of JSON Schema."""
    from mcpscan.surface.schema import VOCABULARY

    if isinstance(value, str):
        return [] if value in VOCABULARY else [value]
    if isinstance(value, dict):
        return [text for child in value.values() for text in strings(child)]
    return [text for child in value for text in strings(child)] if isinstance(value, list) else []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data):
    surface = read(data)
    assert surface.passages or surface.unread or surface.anomalies or data.strip() == b"[]"
