"""Docker MCP Gateway interceptors: what its exec and HTTP forms send, and what they take back."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from mcpscan.lock import Lock
from mcpscan_service.adapters import docker
from mcpscan_service.guard import BusyError, Channel, Conversation, Guard, GuardSettings, Mode, Pins, Sender
from mcpscan_service.settings import Settings, Upstream

pytestmark = pytest.mark.anyio

DOCS = Path(__file__).parents[3] / "docs" / "adapters" / "docker.md"

CALL = {"method": "tools/call", "params": {"name": "search", "arguments": {"query": "weather"}}}
FINE = {"content": [{"type": "text", "text": "Sunny, 20 degrees."}]}


def result(text: str) -> dict:
    return {"content": [{"type": "text", "text": "First."}, {"type": "text", "text": text}]}


async def post(guard: Guard, when: str, body: bytes, server: str = "", settings: Settings | None = None) -> bytes:
    app = FastAPI()
    app.include_router(docker.router(guard, lambda: settings or Settings()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://filter") as client:
        params = {"server": server} if server else {}
        return (await client.post(f"/adapters/docker/{when}", content=body, params=params)).content


@pytest.mark.parametrize(("when", "body"), [("before", CALL), ("after", FINE)])
async def test_what_is_harmless_passes_with_an_empty_answer(guarded, told, when, body):
    assert await post(guarded(), when, json.dumps(body).encode()) == b""
    assert [decision.transport for decision in told] == ["adapter:docker"]


async def test_a_poisoned_result_is_replaced_by_a_failed_one(guarded, poison):
    answer = json.loads(await post(guarded(), "after", json.dumps(result(poison)).encode()))
    assert answer["isError"] is True
    assert "directive-override" in answer["content"][0]["text"]
    assert "Ignore" not in str(answer)


async def test_a_poisoned_result_is_cut_in_redact_mode(guarded, poison):
    guard = guarded(GuardSettings(mode=Mode.REDACT))
    sent = {**result(f"Sunny. {poison}"), "_meta": {"x": 1}}
    answer = json.loads(await post(guard, "after", json.dumps(sent).encode()))
    assert answer["content"][0]["text"] == "First."
    assert answer["content"][1]["text"].startswith("Sunny. [removed by mcpscan")
    assert answer["_meta"] == {"x": 1}
    assert "evil.example" not in str(answer)


async def test_a_call_that_failed_is_left_to_the_gateway(guarded):
    assert await post(guarded(), "after", b"null") == b""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("body", [b"", b"not json", b"\xff\xfe", b"[1]", b'"x"', b"{} {}", b"[" * 5_000, b"17"])
async def test_what_cannot_be_read_is_refused_and_never_passed_on(guarded, when, body):
    assert json.loads(await post(guarded(), when, body))["isError"] is True


async def test_an_unknown_interceptor_is_refused(guarded):
    assert json.loads(await post(guarded(), "during", json.dumps(FINE).encode()))["isError"] is True


@pytest.mark.parametrize("problem", [BusyError("full"), OSError("disk full"), RecursionError()])
async def test_a_filter_that_fails_refuses(guarded, monkeypatch, problem):
    async def fail(*_: object) -> None:
        raise problem

    guard = guarded()
    monkeypatch.setattr(guard, "rule", fail)
    answer = json.loads(await post(guard, "after", json.dumps(FINE).encode()))
    assert answer["isError"] is True
    assert "disk full" not in str(answer)


async def test_a_tool_in_quarantine_is_not_called(guarded, poison):
    guard = guarded()
    listing = {"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "search", "description": poison}]}}
    await guard.rule(json.dumps(listing).encode(), Sender.SERVER, Conversation(server="files"))
    settings = Settings(upstreams={"files": Upstream(url="http://127.0.0.1:1/mcp")})
    answer = json.loads(await post(guard, "before", json.dumps(CALL).encode(), "files", settings))
    assert "quarantined" in answer["content"][0]["text"]
    assert await post(guard, "before", json.dumps(CALL).encode(), "other", settings) == b""


async def test_with_a_lock_and_a_servers_name_only_approved_tools_are_called(guarded, scanner):
    guard = guarded(pins=Pins(Lock(), scanner))
    answer = json.loads(await post(guard, "before", json.dumps(CALL).encode(), "files"))
    assert "lock-unknown" in answer["content"][0]["text"]
    assert await post(guard, "before", json.dumps(CALL).encode()) == b""


async def test_poisoned_arguments_are_watched_unless_they_are_to_be_stopped(guarded, told, poison):
    call = json.dumps({"method": "tools/call", "params": {"name": "a", "arguments": {"q": poison}}}).encode()
    assert await post(guarded(), "before", call) == b""
    assert told[-1].rules
    for mode in (Mode.BLOCK, Mode.REDACT):
        guard = guarded(GuardSettings(modes={Channel.ARGUMENT: mode}))
        assert json.loads(await post(guard, "before", call))["isError"] is True


async def test_the_names_that_older_gateways_use_are_understood(guarded, told):
    old = {"Session": {}, "Params": {"name": "search", "arguments": {}}, "Extra": None}
    assert await post(guarded(), "before", json.dumps(old).encode()) == b""
    assert told[-1].name == "search"


async def test_a_result_that_repeats_a_member_is_read_as_the_gateway_reads_it(guarded, poison):
    body = (
        b'{"content":[{"type":"text","text":"fine"}],"content":' + json.dumps(result(poison)["content"]).encode() + b"}"
    )
    assert json.loads(await post(guarded(), "after", body))["isError"] is True


def test_the_exec_form_needs_no_server(scanner, poison):
    from mcpscan_service.guard import Judge

    guard = Guard(Judge(scanner))
    try:
        talk = docker.conversation(Settings())
        body = json.dumps(result(poison)).encode()
        assert b'"isError":true' in asyncio.run(docker.intercepted(guard, "after", body, talk))
    finally:
        guard.close()


@pytest.fixture
def address(guarded):
    """The address of a filter that listens."""
    app = FastAPI()
    app.include_router(docker.router(guarded(), Settings))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        serving = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", lifespan="off"))
        thread = threading.Thread(target=serving.run, args=([taken],))
        thread.start()
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        serving.should_exit = True
        thread.join()


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_the_commands_of_the_documentation_do_what_an_interceptor_must(address, poison):
    commands = dict(re.findall(r"--interceptor '(before|after):exec:(.*)'", DOCS.read_text(encoding="utf-8")))
    assert commands.keys() == {"before", "after"}

    def run(when: str, given: object, where: str = address) -> subprocess.CompletedProcess[bytes]:
        # As the gateway does: a shell, the JSON on standard input, the answer on standard output.
        command = commands[when].replace("http://127.0.0.1:8765", where)
        return subprocess.run(
            ["/bin/sh", "-c", command], input=json.dumps(given).encode(), capture_output=True, check=False
        )

    assert (run("before", CALL).returncode, run("before", CALL).stdout) == (0, b"")
    assert (run("after", FINE).returncode, run("after", FINE).stdout) == (0, b"")
    assert json.loads(run("after", result(poison)).stdout)["isError"] is True
    assert run("after", FINE, f"{address}/nowhere").returncode != 0
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert run("after", FINE, f"http://127.0.0.1:{closed.getsockname()[1]}").returncode != 0
