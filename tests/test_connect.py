"""Connecting: the raw wire of a server that behaves, and a reason for every server that does not."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from mcpscan.connect import Capture, Command, Url, capture

SERVERS = Path(__file__).parent / "servers"
TOOL = {"name": "add", "description": "Adds.", "inputSchema": {"type": "object"}}
HELLO = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "s", "version": "1"}}


@pytest.fixture
def serve(tmp_path):
    """Run the scripted server and capture what it sends."""

    def run(script: dict[str, Any], timeout: float = 30.0, **command: Any) -> Capture:
        path = tmp_path / "script.json"
        script.setdefault("results", {}).setdefault("initialize", HELLO)
        path.write_text(json.dumps(script), encoding="utf-8")
        argv = (sys.executable, str(SERVERS / "speaks.py"), str(path))
        return capture(Command(argv, **command), timeout)

    return run


def codes(got: Capture) -> set[str]:
    return {problem.code for problem in got.problems}


def wire(got: Capture) -> dict[str, list[Any]]:
    found = got.document["wire"]
    assert isinstance(found, dict)
    return found


def test_what_a_server_lists_is_kept_as_it_came(serve):
    tool = TOOL | {"unknown": {"kept": True}}
    got = serve({"results": {"tools/list": {"tools": [tool], "later": 1}}})
    assert wire(got)["tools/list"] == [{"tools": [tool], "later": 1}]
    assert wire(got)["initialize"] == [HELLO]
    assert got.problems == ()


def test_a_stateless_server_is_asked_to_discover(serve):
    hello = {
        "resultType": "complete",
        "supportedVersions": ["2026-07-28"],
        "capabilities": {"tools": {}},
        "instructions": "Hi.",
        "ttlMs": 0,
        "cacheScope": "private",
    }
    listing = {"resultType": "complete", "tools": [TOOL], "ttlMs": 0, "cacheScope": "private"}
    got = serve({"results": {"server/discover": hello, "tools/list": listing}})
    assert wire(got)["server/discover"] == [hello]
    assert wire(got)["tools/list"] == [listing]
    assert "initialize" not in wire(got)


def test_every_page_of_a_list_is_read(serve):
    pages = [[TOOL | {"name": f"t{number}"}] for number in range(3)]
    got = serve({"pages": pages})
    assert [page["tools"][0]["name"] for page in wire(got)["tools/list"]] == ["t0", "t1", "t2"]


def test_a_list_that_never_ends_is_left(serve):
    got = serve({"pages": [[TOOL], [TOOL]], "endless": True})
    assert "endless-list" in codes(got)


def test_duplicate_keys_and_members_of_the_envelope_survive(serve):
    raw = '{"jsonrpc":"2.0","id":$ID,"result":{"tools":[{"name":"a","description":"one","description":"two"}]},"extra":"x"}'
    got = serve({"raw": {"tools/list": raw}})
    from mcpscan.surface import read

    surface = read(got.document)
    assert {"one", "two", "x"} <= {passage.text for passage in surface.passages}
    assert "duplicate-key" in {anomaly.code for anomaly in surface.anomalies}


def test_a_listing_the_sdk_refuses_is_kept_and_said(serve):
    got = serve({"results": {"tools/list": {"tools": [{"name": "x", "inputSchema": {}}]}}})
    assert "rejected" in codes(got)
    assert wire(got)["tools/list"][0]["tools"][0]["name"] == "x"


def test_noise_on_standard_output_is_kept(serve):
    got = serve({"noise": "loading the model", "results": {"tools/list": {"tools": [TOOL]}}})
    assert "loading the model" in got.document["stdout"]
    assert wire(got)["tools/list"]


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ({"exit": ["initialize"]}, "no-connection"),
        ({"exit": ["tools/list"]}, "rejected"),
        ({"results": {"initialize": {"protocolVersion": 7}}}, "no-connection"),
        ({"raw": {"initialize": "garbage"}}, "timeout"),
        ({"hang": ["server/discover"]}, "timeout"),
        ({"hang": ["tools/list"]}, "timeout"),
    ],
)
def test_a_server_that_fails_is_a_reason_with_its_standard_error(serve, script, code):
    got = serve(script | {"stderr": "out of cheese\n"}, timeout=2.0)
    assert code in codes(got) or "list-failed" in codes(got)
    assert "out of cheese" in got.stderr
    assert any("out of cheese" in problem.reason for problem in got.problems)


def test_a_program_that_is_not_there_is_a_reason():
    got = capture(Command(("no-such-program-at-all",)), 5)
    assert codes(got) == {"no-program"}
    assert got.empty


def test_a_started_server_sees_neither_home_nor_secrets(serve, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "secret")
    monkeypatch.setenv("SHARED", "given")
    report = tmp_path / "seen.json"
    serve({"report": str(report)}, env={"EXTRA": "1"}, share=("SHARED",))
    seen = json.loads(report.read_text(encoding="utf-8"))["env"]
    assert "MY_TOKEN" not in seen
    assert seen["SHARED"] == "given"
    assert seen["EXTRA"] == "1"
    assert seen["HOME"] != os.environ.get("HOME")
    assert not Path(seen["HOME"]).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")
def test_no_process_outlives_the_scan(serve, tmp_path):
    pids = tmp_path / "pid"
    serve({"spawn": [["sleep", "600"]], "pids": str(pids)})
    assert not Path(f"/proc/{pids.read_text(encoding='utf-8')}").exists()


@pytest.fixture
def over_http():
    """Start the HTTP server on a free port and wait until it listens."""
    running: list[subprocess.Popen[bytes]] = []

    def start(kind: str) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        running.append(subprocess.Popen([sys.executable, str(SERVERS / "over_http.py"), str(port), kind]))
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return int(port)
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize(("kind", "path"), [("streamable", "/mcp"), ("sse", "/sse")])
def test_a_server_over_http_is_read(over_http, kind, path):
    got = capture(Url(f"http://127.0.0.1:{over_http(kind)}{path}"), 30)
    tools = [tool["name"] for page in wire(got)["tools/list"] for tool in page["tools"]]
    assert tools == ["add"]
    assert got.problems == ()


def test_an_address_where_nothing_listens_is_a_reason():
    got = capture(Url("http://127.0.0.1:9/mcp"), 10)
    assert codes(got) == {"no-connection"}
    assert got.empty


def test_passwords_in_an_address_are_not_shown():
    assert str(Url("https://user:secret@host.example/mcp")) == "https://host.example/mcp"
