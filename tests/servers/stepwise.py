"""A stdio server that does what a JSON file says, step by step: `stepwise.py STEPS.json RECEIVED`.

Steps are lists of a word and what it needs: `take` reads lines (and keeps them in RECEIVED), `say` and `err` write a
text as it is, `giant` writes one message of so many characters, `many` writes numbered notifications, `echo` answers
every request with its parameters, `spawn` starts a program that outlives it, `ignore` ignores polite signals, `told`
says which signal came, `exit`, `die` (by a signal), `stay` (for ever), `deaf` (closes its input).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

steps, received = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
inbox = sys.stdin.buffer


def put(text: str | bytes, handle: int = 1) -> None:
    data = memoryview(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    while data:
        data = data[os.write(handle, data) :]


def take(count: int) -> None:
    for _ in range(count):
        line = inbox.readline()
        with received.open("ab") as file:
            file.write(line)


def echo() -> None:
    for line in inbox:
        message = json.loads(line)
        if "id" in message and "method" in message:
            result = {"content": [{"type": "text", "text": json.dumps(message.get("params"))}]}
            put(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}) + "\n")


def many(count: int, size: int) -> None:
    for number in range(count):
        params = {"level": "info", "data": f"{number} " + "a" * size}
        put(json.dumps({"jsonrpc": "2.0", "method": "notifications/message", "params": params}) + "\n")
        with received.open("w", encoding="utf-8") as file:
            file.write(str(number))


def told(*numbers: int) -> None:
    def note(number: int, _frame: object) -> None:
        put(
            json.dumps({"jsonrpc": "2.0", "method": "notifications/message", "params": {"data": f"signal {number}"}})
            + "\n"
        )
        if number != signal.SIGINT:
            os._exit(7)

    for number in numbers:
        signal.signal(number, note)


for word, *given in steps:
    if word == "take":
        take(*given)
    elif word == "say":
        put(*given)
    elif word == "bytes":
        put(bytes.fromhex(given[0]))
    elif word == "err":
        put(given[0], 2)
    elif word == "giant":
        put(given[0] + "x" * given[1] + given[2] + "\n")
    elif word == "many":
        many(*given)
    elif word == "echo":
        echo()
    elif word == "spawn":
        child = subprocess.Popen(["sleep", "600"], start_new_session=True)
        received.write_text(str(child.pid))
    elif word == "ignore":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
    elif word == "told":
        told(*given)
    elif word == "deaf":
        os.close(0)
    elif word == "stay":
        while True:
            time.sleep(60)
    elif word == "die":
        os.kill(os.getpid(), given[0])
    elif word == "exit":
        sys.exit(given[0])
