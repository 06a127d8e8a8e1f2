"""A stdio server that does what its first argument says: `flood`, `forks`, `sleeps`, `stays` (ignores every end)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

way, marks = sys.argv[1], Path(sys.argv[2])
marks.mkdir(parents=True, exist_ok=True)


def note() -> None:
    """Leave the number of this process, so that a test can look whether it still runs."""
    (marks / str(os.getpid())).touch()


note()
if way == "sleeps":
    time.sleep(600)
if way == "flood":
    while True:
        os.write(1, b'{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"' + b"x" * 60_000 + b'"}}\n')
if way == "stays":
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
if way == "forks":
    for _ in range(4):
        child = subprocess.Popen(["sleep", "600"], start_new_session=True)
        (marks / str(child.pid)).touch()
hello = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": way, "version": "1"}}
tools = {"tools": [{"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}}]}
for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        result = {"initialize": hello, "tools/list": tools}.get(message["method"])
        answer = {"result": result} if result else {"error": {"code": -32601, "message": "Method not found"}}
        sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], **answer}) + "\n")
        sys.stdout.flush()
if way == "stays":
    while True:
        time.sleep(1)
