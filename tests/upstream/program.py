"""The filter as a program of its own, for tests that measure or kill it: `python program.py SETTINGS [RECORDS]`.

SETTINGS is JSON; RECORDS a file that every decision is written to before its answer leaves. Prints its address.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import uvicorn

from mcpscan.engine import Scanner
from mcpscan_service.guard import Guard, Judge, Recorder
from mcpscan_service.proxy import Proxy
from mcpscan_service.settings import AuditSettings, Settings


def main() -> None:
    """Serve until killed."""
    settings = Settings.model_validate({"classifier": False, **json.loads(sys.argv[1])})
    guard = Guard(Judge(Scanner(classifier=False)), settings.guard, recorder=_recorder())
    config = uvicorn.Config(Proxy(settings, guard), host="127.0.0.1", port=0, log_level="critical")
    server = uvicorn.Server(config)
    startup = server.startup

    async def started(sockets: object = None) -> None:
        await startup(sockets)
        print(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", flush=True)

    server.startup = started
    server.run()


def _recorder() -> Recorder | None:
    if len(sys.argv) < 3:
        return None
    from mcpscan_service.record import JsonlRecorder

    return JsonlRecorder(AuditSettings(path=Path(sys.argv[2]), chain=True, durable=True))


if __name__ == "__main__":
    main()
