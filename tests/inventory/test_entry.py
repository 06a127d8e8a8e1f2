"""An entry of any dialect says the same: how the server is reached, what it gets, whether it is on, what runs unasked."""

from __future__ import annotations

import pytest

from mcpscan.inventory.document import Spot
from mcpscan.inventory.entry import read
from mcpscan.inventory.roots import Entry


def told(value, untyped="http"):
    return read(Entry("x", ("mcpServers", "x"), value, Spot(3)), untyped)


@pytest.mark.parametrize(
    ("value", "argv"),
    [
        ({"command": "npx", "args": ["-y", "a"]}, ("npx", "-y", "a")),
        ({"command": ["npx", "-y", "a"]}, ("npx", "-y", "a")),
        ({"cmd": "uvx", "args": ["a"]}, ("uvx", "a")),
        ({"command": {"path": "/bin/a", "args": ["b"], "env": {}}}, ("/bin/a", "b")),
        ({"command": {"command": "a"}}, ("a",)),
        ({"transport": {"type": "stdio", "command": "a", "args": ["b"]}}, ("a", "b")),
        ({"command": "a", "args": "b"}, ("a", "b")),
        ({"command": "a", "args": ["b", 5, True, None, {"c": "d"}]}, ("a", "b", "5", "true", "null", '{"c": "d"}')),
        ({"command": "${BIN:-x}", "args": ["${A}"]}, ("${BIN:-x}", "${A}")),
        ({"url": "https://x.example"}, ()),
        ({"command": None, "args": None}, ()),
    ],
)
def test_the_command_line(value, argv):
    assert told(value)["argv"] == argv


@pytest.mark.parametrize("name", ["url", "serverUrl", "httpUrl", "uri"])
def test_the_address(name):
    assert told({name: "https://x.example/mcp"})["url"] == "https://x.example/mcp"


@pytest.mark.parametrize(
    ("value", "transport"),
    [
        *(
            ({"type": name, "url": "x"}, "http")
            for name in ("http", "streamable-http", "streamableHttp", "streamable_http")
        ),
        ({"type": "remote", "url": "x"}, "http"),
        ({"type": "sse", "url": "x"}, "sse"),
        ({"type": "SSE", "url": "x"}, "sse"),
        ({"type": "ws", "url": "x"}, "ws"),
        ({"type": "local", "command": "x"}, "stdio"),
        ({"type": "builtin", "name": "developer"}, "builtin"),
        ({"transport": "sse", "url": "x"}, "sse"),
        ({"command": "x"}, "stdio"),
        ({"command": "x", "type": "nobody knows"}, "stdio"),
        ({"url": "wss://x.example"}, "ws"),
        ({"url": "https://x.example"}, "http"),
        ({"uses": "owner/block"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_the_transport(value, transport):
    assert told(value)["transport"] == transport


def test_an_address_without_a_type_means_what_the_client_means():
    assert told({"url": "https://x.example"}, "sse")["transport"] == "sse"
    assert told({"httpUrl": "https://x.example"}, "sse")["transport"] == "http"


@pytest.mark.parametrize(
    ("value", "env"),
    [
        ({"env": {"A": "b"}}, {"A": "b"}),
        ({"envs": {"A": 5}}, {"A": "5"}),
        ({"environment": {"A": True}}, {"A": "true"}),
        ({"command": {"path": "x", "env": {"A": "b"}}}, {"A": "b"}),
        ({"env": ["A=b", "C"]}, {"A": "b", "C": "${C}"}),
        ({"env": [{"name": "A", "value": "b"}, {"name": "C"}]}, {"A": "b", "C": "${C}"}),
        ({"env_vars": ["C"]}, {"C": "${C}"}),
        ({"env_keys": ["C"], "envs": {"A": "b"}}, {"A": "b", "C": "${C}"}),
        ({"env": "nonsense"}, {}),
    ],
)
def test_the_environment(value, env):
    assert told(value)["env"] == env


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        ({"headers": {"A": "b"}}, {"A": "b"}),
        ({"http_headers": {"A": "b"}}, {"A": "b"}),
        ({"requestOptions": {"headers": {"A": "b"}}}, {"A": "b"}),
        ({"env_http_headers": {"A": "VAR"}}, {"A": "${VAR}"}),
        ({"bearer_token_env_var": "VAR"}, {"Authorization": "Bearer ${VAR}"}),
        ({"headers": None}, {}),
    ],
)
def test_the_headers(value, headers):
    assert told(value)["headers"] == headers


@pytest.mark.parametrize(
    ("value", "enabled"),
    [
        ({}, True),
        ({"disabled": True}, False),
        ({"disabled": False}, True),
        ({"enabled": False}, False),
        ({"enabled": True}, True),
        ({"enabled": "false"}, False),
        ({"isActive": False}, False),
        ({"enabled": None}, True),
    ],
)
def test_whether_it_is_on(value, enabled):
    assert told(value)["enabled"] is enabled


@pytest.mark.parametrize(
    ("value", "unasked"),
    [
        ({"autoApprove": ["a", "b", "a"]}, ("a", "b")),
        ({"autoApprove": []}, ()),
        ({"autoApprove": True}, ("*",)),
        ({"alwaysAllow": ["a"]}, ("a",)),
        ({"alwaysAllow": "a"}, ("a",)),
        ({"autoApprove": {"a": True, "b": False}}, ("a",)),
        ({"trust": True}, ("*",)),
        ({"trust": False}, ()),
        ({"default_tools_approval_mode": "approve"}, ("*",)),
        ({"approval_mode": "prompt"}, ()),
        ({"tools": {"a": {"approval_mode": "approve"}, "b": {"approval_mode": "prompt"}}}, ("a",)),
        ({"tools": ["*"]}, ()),
        ({"require_approval": "never"}, ("*",)),
        ({"require_approval": {"never": {"tool_names": ["a"]}}}, ("a",)),
    ],
)
def test_what_runs_unasked(value, unasked):
    assert told(value)["unasked"] == unasked


def test_the_rest_is_kept_as_it_stands():
    value = {"command": "x", "cwd": "/srv", "envFile": ".env", "description": "Does x", "sandbox": {"a": ["b"]}}
    read_value = told(value)
    assert (read_value["directory"], read_value["env_file"], read_value["description"]) == ("/srv", ".env", "Does x")
    assert read_value["raw"] is value
    assert (read_value["line"], read_value["key"]) == (3, ("mcpServers", "x"))
