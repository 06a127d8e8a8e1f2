"""Load by wrk (https://github.com/wg/wrk): one call of a tool again and again, over some connections."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "load", "version": "1"},
}
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "read", "arguments": {"page": 1}, "_meta": META},
}
HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": "2026-07-28",
    "Mcp-Method": "tools/call",
    "Mcp-Name": "read",
}
_DONE = """
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\\n{"requests":%d,"seconds":%f,"p50":%f,"p90":%f,"p99":%f,"max":%f,"bad":%d,"broken":%d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(90),
    latency:percentile(99), latency.max, e.status, e.connect + e.read + e.write + e.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw: milliseconds, requests a second, answers that were no success or none at all."""

    requests: int
    rate: float
    p50: float
    p90: float
    p99: float
    most: float
    errors: int


COUNT = "@COUNT@"
"""Where a body holds this word, every request has a number of its own in its place."""

_COUNTED = f"""
local count = 0
request = function()
  count = count + 1
  return wrk.format(nil, nil, nil, (string.gsub(wrk.body, "{COUNT}", tostring(count))))
end
"""


def available() -> bool:
    """Whether wrk is installed."""
    return shutil.which("wrk") is not None


def load(url: str, connections: int, seconds: int, body: object = CALL) -> Load:
    """Load on an address from one thread. Raises `RuntimeError` where wrk says nothing."""
    heads = "\n".join(f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in HEADERS.items())
    script = f'wrk.method = "POST"\nwrk.body = {_quoted(json.dumps(body))}\n{heads}\n{_DONE}'
    if COUNT in json.dumps(body):
        script += _COUNTED
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.lua"
        path.write_text(script, encoding="utf-8")
        argv = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(path), url]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)  # noqa: S603 - words of our own
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"requests"')]
    if not lines:
        raise RuntimeError(f"wrk: {done.stderr.strip() or done.stdout.strip()}")
    got = json.loads(lines[0])
    p50, p90, p99, most = (got[key] / 1000 for key in ("p50", "p90", "p99", "max"))
    errors = int(got["bad"] + got["broken"])
    return Load(got["requests"], got["requests"] / got["seconds"], p50, p90, p99, most, errors)


def _quoted(text: str) -> str:
    return f"[==[{text}]==]"
