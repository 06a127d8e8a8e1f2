"""Clients of every SDK and servers of every SDK with the filter between them. Run with: pytest -m live"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from upstream.filtering import filtered
from upstream.installing import OLD_SDK, npm, python
from upstream.serving import served
from upstream.starting import free_port, started
from upstream.world import MARK, POISON, Server

from mcpscan_service.guard import GuardSettings
from mcpscan_service.settings import Upstream

pytestmark = [
    pytest.mark.live,
    pytest.mark.filterwarnings("ignore::mcp.shared.exceptions.MCPDeprecationWarning"),
]

PEERS = Path(__file__).parents[2] / "upstream" / "peers"
PASSING = GuardSettings.model_validate({"unscannable": "pass", "act_on": "block"})
"""What cannot be read passes without a note; one tool of the reference server is worth a review and no more."""


def call(name, **arguments):
    return [f"call {name}", "tools/call", {"name": name, "arguments": arguments}]


LISTS = [
    [method, method, {}] for method in ("tools/list", "prompts/list", "resources/list", "resources/templates/list")
]
WORLD = [
    *LISTS,
    call("add", a=2, b=3),
    *(call(name) for name in ("work", "read_page", "look_up", "attach", "fail", "refuse", "order", "think")),
    ["greet", "prompts/get", {"name": "greet", "arguments": {"name": "Ada"}}],
    ["today", "resources/read", {"uri": "notes://today"}],
    ["nowhere", "resources/read", {"uri": "notes://nowhere"}],
    ["complete", "completion/complete", {"name": "greet", "argument": {"name": "name", "value": "m"}}],
]
EVERYTHING = [
    *LISTS,
    call("echo", message="hello ☕"),
    call("get-sum", a=2, b=3),
    call("get-annotated-message", messageType="error", includeImage=True),
    call("get-tiny-image"),
    call("get-resource-links", count=3),
    call("get-resource-reference", resourceType="Text", resourceId=1),
    call("get-structured-content", location="Chicago"),
    call("trigger-long-running-operation", duration=1, steps=5),
    call("trigger-sampling-request", prompt="Name a colour.", maxTokens=9),
    call("trigger-elicitation-request"),
    ["simple-prompt", "prompts/get", {"name": "simple-prompt"}],
    ["args-prompt", "prompts/get", {"name": "args-prompt", "arguments": {"city": "Ulm"}}],
    ["text", "resources/read", {"uri": "demo://resource/dynamic/text/1"}],
    ["blob", "resources/read", {"uri": "demo://resource/dynamic/blob/1"}],
]
OLD = [
    *LISTS,
    call("add", a=2, b=3),
    *(call(name) for name in ("work", "read_page", "order")),
    ["greet", "prompts/get", {"name": "greet", "arguments": {"name": "Ada"}}],
    ["today", "resources/read", {"uri": "notes://today"}],
]


def old_sdk(url, mode, plan):
    return _told([python(OLD_SDK), PEERS / "client_1x.py", url, mode, json.dumps(plan)])


def npm_sdk(url, mode, plan):
    return _told(["node", PEERS / "client.mjs", "sdk", url, mode, json.dumps(plan)])


def npm_client(url, mode, plan):
    return _told(["node", PEERS / "client.mjs", "client", url, mode, json.dumps(plan)])


def _told(argv):
    done = subprocess.run(
        [str(word) for word in argv], cwd=npm(), capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return _timeless(told)


def _timeless(told):
    """What was told without the time of day, which one server names, also in base64."""
    text = re.sub(
        r'(?<="blob": ")[A-Za-z0-9+/=]{40,}(?=")', lambda found: base64.b64decode(found[0]).decode(), json.dumps(told)
    )
    return json.loads(re.sub(r"\d{1,2}:\d{2}:\d{2}( [AP]M)?|\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", text))


def fastmcp_client(url, mode, plan):
    return _timeless(asyncio.run(_fastmcp(url, mode, plan)))


async def _fastmcp(url, mode, plan):
    fastmcp = pytest.importorskip("fastmcp")
    told, here = {}, []

    async def progressed(*said):
        here.append(["progress", *said])

    async def asked(*said):
        here.append(["asked", str(said[0])])
        return {"dish": "stew"}

    async def sampled(messages, *_):
        here.append(["asked", messages[0].content.text])
        return "blue"

    async def heard(message):
        here.append(["heard", message.level, message.data])

    handlers = {"progress_handler": progressed, "elicitation_handler": asked, "sampling_handler": sampled}
    async with fastmcp.Client(url, mode=mode, log_handler=heard, cache=False, **handlers) as client:
        verbs = {
            "tools/list": lambda _: client.list_tools_mcp(),
            "prompts/list": lambda _: client.list_prompts_mcp(),
            "resources/list": lambda _: client.list_resources_mcp(),
            "resources/templates/list": lambda _: client.list_resource_templates_mcp(),
            "tools/call": lambda params: client.call_tool_mcp(params["name"], params.get("arguments", {})),
            "prompts/get": lambda params: client.get_prompt_mcp(params["name"], params.get("arguments")),
            "resources/read": lambda params: client.read_resource_mcp(params["uri"]),
        }
        for step, method, params in plan:
            if method not in verbs:
                continue
            here = told[step] = []
            try:
                here.append((await verbs[method](params)).model_dump(mode="json", by_alias=True))
            except Exception as problem:  # noqa: BLE001 - whatever it is, it is to be the same with the filter
                here.append([type(problem).__name__, str(problem)])
    return told


CLIENTS = [
    (old_sdk, "http"),
    (npm_sdk, "legacy"),
    (npm_client, "legacy"),
    (npm_client, "auto"),
    (npm_client, "2026-07-28"),
    (fastmcp_client, "legacy"),
    (fastmcp_client, "auto"),
    (fastmcp_client, "2026-07-28"),
]
IDS = [f"{client.__name__}-{mode}" for client, mode in CLIENTS]


@contextmanager
def world(plants=()):
    with served(Server(plants).app()) as url:
        yield f"{url}/mcp", WORLD


@contextmanager
def everything():
    port = free_port()
    program = npm() / "node_modules" / "@modelcontextprotocol" / "server-everything" / "dist" / "index.js"
    with started(["node", program, "streamableHttp"], port, {"PORT": str(port)}) as url:
        yield f"{url}/mcp", EVERYTHING


@contextmanager
def old_server():
    port = free_port()
    with started([python(OLD_SDK), PEERS / "server_1x.py", port, "streamable-http"], port) as url:
        yield f"{url}/mcp", OLD


@pytest.mark.parametrize("server", [world, everything, old_server], ids=lambda each: each.__name__)
@pytest.mark.parametrize(("client", "mode"), CLIENTS, ids=IDS)
def test_a_client_is_told_the_same_with_the_filter(scanner, client, mode, server):
    if mode == "2026-07-28" and server is not world:
        pytest.skip("the server speaks the handshake era only")
    with server() as (url, plan), filtered({"it": url}, scanner, guard=PASSING) as between:
        direct = client(url, mode, plan)
        through = client(between.at("it"), mode, plan)
    assert not between.stopped()
    assert len(direct) > len(plan) - 2
    assert through == direct


@pytest.mark.parametrize(("client", "mode"), CLIENTS, ids=IDS)
@pytest.mark.parametrize(
    "plant", ["result", "error-rpc", "tool-description", "elicitation", "sampling", "progress", "prompt"]
)
def test_a_client_is_not_told_what_is_poisoned(scanner, client, mode, plant):
    with world([plant]) as (url, plan), filtered({"it": url}, scanner) as between:
        direct = client(url, mode, plan)
        through = client(between.at("it"), mode, plan)
    hurt = {step for step, told in direct.items() if MARK in json.dumps(told)}
    assert hurt
    assert MARK not in json.dumps(through)
    assert MARK.encode() not in between.tape.answered
    assert {step for step in direct if through[step] != direct[step]} == hurt


@pytest.mark.parametrize("poison", [None, POISON], ids=["harmless", "poisoned"])
def test_the_older_transport_with_its_two_addresses(scanner, poison):
    port = free_port()
    with started([python(OLD_SDK), PEERS / "server_1x.py", port, "sse", *([poison] if poison else [])], port) as url:
        behind = Upstream.model_validate({"url": f"{url}/sse", "wire": "sse"})
        with filtered({"it": behind}, scanner) as between:
            direct = old_sdk(f"{url}/sse", "sse", OLD)
            through = old_sdk(between.at("it").removesuffix("/mcp") + "/sse", "sse", OLD)
    assert (MARK in json.dumps(direct)) is bool(poison)
    assert MARK not in json.dumps(through)
    assert {step for step in direct if through[step] != direct[step]} == ({"call read_page"} if poison else set())
