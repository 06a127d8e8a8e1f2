"""A stdio server that offers the tools of a JSON file: `scripted.py TOOLS.json`; the file may change between calls."""

from __future__ import annotations

import json
import sys
from pathlib import Path

hello = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "s", "version": "1"}}
for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        tools = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        result = {"initialize": hello, "tools/list": {"tools": tools}}.get(message["method"])
        answer = {"result": result} if result else {"error": {"code": -32601, "message": "Method not found"}}
        sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], **answer}) + "\n")
        sys.stdout.flush()
