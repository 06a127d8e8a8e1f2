"""The whole ContextForge gateway with the plug-in, between an MCP client and a real server on loopback.

Run in an environment of the gateway's: `pytest -m live tests/service/adapters/test_contextforge_live.py`.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [pytest.mark.live, pytest.mark.filterwarnings("default")]
pytest.importorskip("mcpgateway")
HERE = Path(__file__).parent
PLUGINS = """\
plugins:
  - name: mcpscan
    kind: mcpscan_service.adapters.cpex.McpscanPlugin
    hooks: [tool_pre_invoke, tool_post_invoke, prompt_pre_fetch, prompt_post_fetch, resource_pre_fetch, resource_post_fetch]
    mode: sequential
    on_error: fail
    priority: 10
    config: {{mode: {mode}, classifier: false}}
plugin_dirs: []
plugin_settings: {{plugin_timeout: 30, fail_on_plugin_error: true}}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def asked(url, token, body=None):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as problem:
        with problem:
            return json.load(problem)


def wait_for(url, process):
    for _ in range(240):
        assert process.poll() is None, "the gateway ended"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as problem:
            problem.close()
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the gateway does not answer")


def ended(process):
    """Wait for the end of a process; the gateway takes its time, so not for long."""
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def gateway(tmp_path, mode):
    """A gateway with the plug-in and one server behind it: its address and a token."""
    (tmp_path / "plugins.yaml").write_text(PLUGINS.format(mode=mode), encoding="utf-8")
    port, behind, secret = free_port(), free_port(), secrets.token_urlsafe(48)
    env = {
        **os.environ, "JWT_SECRET_KEY": secret, "AUTH_ENCRYPTION_SECRET": secrets.token_urlsafe(48),
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite", "PLUGINS_ENABLED": "true", "CACHE_TYPE": "memory",
        "PLUGINS_CONFIG_FILE": str(tmp_path / "plugins.yaml"), "SSRF_ALLOW_LOCALHOST": "true",
        "SSRF_ALLOW_PRIVATE_NETWORKS": "true", "MCPGATEWAY_UI_ENABLED": "false", "PLATFORM_ADMIN_EMAIL": "admin@example.com",
        "PLATFORM_ADMIN_PASSWORD": f"{secrets.token_urlsafe(20)}!Aa1", "BASIC_AUTH_PASSWORD": secrets.token_urlsafe(20),
        "ENVIRONMENT": "development",
    }  # fmt: skip
    upstream = [sys.executable, str(HERE / "notes_server_1.py"), str(behind)]
    serve = [str(Path(sys.executable).with_name("mcpgateway")), "--host", "127.0.0.1", "--port", str(port)]
    make = [sys.executable, "-m", "mcpgateway.utils.create_jwt_token", "--username", "admin@example.com", "--exp", "60"]
    make += ["--secret", secret, "--admin"]
    with (tmp_path / "log").open("wb") as log:
        started = [
            subprocess.Popen(words, env=env, cwd=tmp_path, stdout=log, stderr=log) for words in (upstream, serve)
        ]
        try:
            wait_for(f"http://127.0.0.1:{behind}/mcp", started[0])
            wait_for(f"http://127.0.0.1:{port}/health", started[1])
            printed = subprocess.run(make, env=env, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
            token = printed.strip().splitlines()[-1]
            body = {"name": "notes", "url": f"http://127.0.0.1:{behind}/mcp", "transport": "STREAMABLEHTTP"}
            made = asked(f"http://127.0.0.1:{port}/gateways", token, body)
            assert made.get("reachable"), made
            yield f"http://127.0.0.1:{port}", token
        finally:
            for process in started:
                process.terminate()
            for process in started:
                ended(process)


async def called(url, token, name):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    headers = {"Authorization": f"Bearer {token}"}
    async with streamablehttp_client(f"{url}/mcp/", headers) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        return await session.call_tool("notes-read-note", {"name": name})


@pytest.mark.parametrize("mode", ["block", "redact"])
def test_a_client_of_the_gateway_never_reads_the_poison(tmp_path, mode):
    with gateway(tmp_path, mode) as (url, token):
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
        good, bad = (
            asked(f"{url}/rpc", token, {**body, "params": {"name": "notes-read-note", "arguments": {"name": name}}})
            for name in ("good", "bad")
        )
        assert good["result"]["content"][0]["text"] == "Milk and eggs."
        assert "evil.example" not in json.dumps(bad)
        spoken = asyncio.run(called(url, token, "bad"))
        assert "evil.example" not in spoken.model_dump_json()
        if mode == "block":
            assert bad["error"]["code"] == -32060
            assert bad["error"]["data"]["plugin_error_code"] == "MCPSCAN_BLOCKED"
            assert spoken.isError
            assert "directive-override" in spoken.content[0].text
        else:
            assert bad["result"]["content"][0]["text"].startswith("Sum: 4. [removed by mcpscan:")
            assert bad["result"]["structuredContent"]["result"] == bad["result"]["content"][0]["text"]
            assert spoken.content[0].text == bad["result"]["content"][0]["text"]
