"""The stdio wrapper: ends, signals, slow readers, and that nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from wrapping import PATIENCE, alive, request, result, said, wrapping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests send signals")


@pytest.fixture
def wrapped(tmp_path) -> Iterator:
    with wrapping(tmp_path) as start:
        yield start


def test_requests_of_a_server_that_dies_are_answered_with_an_error(wrapped):
    it = wrapped(["take", 2], ["exit", 3])
    it.send(request(1, "tools/call", name="x"), request("two", "ping"))
    answers = {answer["id"]: answer["error"] for answer in (it.read(), it.read())}
    assert set(answers) == {1, "two"}
    assert all("ended before it answered (exit status 3)" in error["message"] for error in answers.values())
    assert it.end() == (3, b"")


def test_requests_to_a_server_that_no_longer_reads_are_answered_with_an_error(wrapped):
    it = wrapped(["deaf"], said(result(0)), ["told", signal.SIGTERM], ["stay"])
    assert it.read() == result(0)
    assert "no longer reads" in it.ask(1, "ping")["error"]["message"]
    it.process.send_signal(signal.SIGTERM)
    it.process.wait(PATIENCE)


def test_the_exit_status_of_a_killed_server_is_that_of_a_shell(wrapped):
    assert wrapped(["die", signal.SIGSEGV]).end()[0] == 128 + signal.SIGSEGV


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_reaches_the_server_and_its_answer_the_client(wrapped, number):
    it = wrapped(["told", number], said(result(0)), ["stay"])
    assert it.read() == result(0)
    it.process.send_signal(number)
    assert it.process.wait(PATIENCE) == 7


def test_an_interrupt_is_only_handed_on(wrapped):
    it = wrapped(["told", signal.SIGINT], said(result(0)), ["echo"])
    assert it.read() == result(0)
    it.process.send_signal(signal.SIGINT)
    assert it.read()["params"]["data"] == f"signal {int(signal.SIGINT)}"
    assert it.ask(1, "ping")["id"] == 1
    assert it.end()[0] == 0


def test_a_server_that_ignores_its_end_is_ended_all_the_same(wrapped):
    it = wrapped(["ignore"], said(result(0)), ["stay"])
    it.read()
    it.process.send_signal(signal.SIGTERM)
    assert it.process.wait(PATIENCE) == 128 + signal.SIGKILL


def test_a_server_that_ignores_the_end_of_its_input_is_ended(wrapped):
    it = wrapped(["ignore"], said(result(0)), ["stay"])
    it.read()
    assert it.end()[0] == 128 + signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="the parent of orphans can be chosen on Linux only")
@pytest.mark.parametrize("last", [["exit", 0], ["echo"]])
def test_nothing_that_the_server_started_lives_on(wrapped, last):
    it = wrapped(["spawn"], said(result(0)), last)
    assert it.read() == result(0)
    number = int(it.received.read_text())
    it.end()
    assert not alive(number)


@pytest.mark.skipif(sys.platform != "linux", reason="a child can be told to end with its parent on Linux only")
def test_the_server_ends_with_a_wrapper_that_was_killed(wrapped):
    it = wrapped(said({"jsonrpc": "2.0", "method": "x"}), ["ignore"], ["stay"])
    it.read()
    children = Path(f"/proc/{it.process.pid}/task/{it.process.pid}/children").read_text().split()
    it.process.kill()
    it.process.wait(PATIENCE)
    while any(alive(int(child)) for child in children):
        os.sched_yield()
    assert children


def test_a_slow_reader_holds_the_server_up_and_memory_stays_flat(wrapped):
    count, size = 4_000, 20_000
    it = wrapped(["many", count, size], ["exit", 0])
    first = it.read()
    reached, before = -1, None
    # The server is stopped by a full pipe when its count no longer rises while the wrapper is given every chance.
    while reached != before or reached < 1:
        before = reached
        subprocess.run([sys.executable, "-c", "import json, hashlib, decimal"], check=True)
        text = it.received.read_text() if it.received.exists() else ""
        reached = int(text or 0)
    assert reached < count / 10
    rest = [json.loads(line)["params"]["data"] for line in it.process.stdout]
    numbers = [int(text.split()[0]) for text in (first["params"]["data"], *rest)]
    assert numbers == list(range(count))
    assert it.end()[0] == 0


def test_many_messages_both_ways_keep_their_order(wrapped):
    it = wrapped(["echo"])
    count = 1_000
    sender = threading.Thread(target=lambda: it.send(*(request(number, "x", n=number) for number in range(count))))
    sender.start()
    answers = [it.read() for _ in range(count)]
    sender.join(PATIENCE)
    assert [answer["id"] for answer in answers] == list(range(count))
    assert json.loads(answers[-1]["result"]["content"][0]["text"]) == {"n": count - 1}
    it.end()


def test_a_client_that_no_longer_reads_ends_the_server(wrapped):
    it = wrapped(["ignore"], ["many", 1_000, 1_000], ["stay"])
    it.process.stdout.close()
    assert it.process.wait(PATIENCE) == 128 + signal.SIGKILL
