"""A stdio MCP server without any library, for tests: says what the JSON file in its first argument tells it to.

The file maps a method to the result to give, {"error": …} for an error; "noise" is printed before every answer,
"modern" makes it answer server/discover, "pages" is a list of tools/list pages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

script = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
sys.stderr.write(script.get("stderr", ""))
sys.stderr.flush()
if script.get("report"):
    Path(script["report"]).write_text(json.dumps({"env": dict(os.environ), "cwd": str(Path.cwd())}), encoding="utf-8")
for argv in script.get("spawn", []):
    child = subprocess.Popen(argv, start_new_session=True)
    Path(script["pids"]).write_text(str(child.pid), encoding="utf-8")
for line in sys.stdin:
    message = json.loads(line)
    if script.get("noise"):
        print(script["noise"], flush=True)
    if "id" not in message:
        continue
    method = message["method"]
    if method in script.get("hang", []):
        time.sleep(600)
    if method in script.get("exit", []):
        sys.exit(3)
    envelope = {"jsonrpc": "2.0", "id": message["id"], **script.get("envelope", {})}
    if method == "tools/list" and "pages" in script:
        cursor = int((message.get("params") or {}).get("cursor", 0))
        page = {"tools": script["pages"][cursor]}
        if cursor + 1 < len(script["pages"]) or script.get("endless"):
            page["nextCursor"] = str(min(cursor + 1, len(script["pages"]) - 1))
        print(json.dumps(envelope | {"result": page}), flush=True)
    elif method in script.get("raw", {}):
        print(script["raw"][method].replace("$ID", json.dumps(message["id"])), flush=True)
    elif method in script.get("results", {}):
        print(json.dumps(envelope | {"result": script["results"][method]}), flush=True)
    else:
        error = {"code": -32601, "message": script.get("refusal", "Method not found")}
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "error": error}), flush=True)
