"""A filter that is killed under load has written down whatever it answered."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from click.testing import CliRunner
from upstream.asking import HEADERS, request
from upstream.faulty import faulty, result
from upstream.running import running
from upstream.world import POISON

from mcpscan_service.commands.records import command

ENOUGH = 300
"""Answers after which the filter is killed, while more are under way."""


async def poisoned(asked):
    await asked.answer(json.dumps(result(asked, POISON)).encode())


@pytest.mark.parametrize("attempt", range(3))
def test_no_acknowledged_record_is_lost_when_the_filter_is_killed_under_load(tmp_path, attempt):
    log, answered, enough = tmp_path / "audit.jsonl", [], threading.Event()
    with faulty(poisoned) as server, running({"upstreams": {"odd": {"url": server.url}}}, log) as filtering:

        def load(_number):
            with httpx.Client(timeout=30, trust_env=False) as client:
                while True:
                    try:
                        response = client.post(filtering.at("odd"), json=request(), headers=HEADERS)
                    except httpx.TransportError:
                        return
                    answered.append(re.search(r"Reference (\w+)\.", response.text)[1])
                    if len(answered) >= ENOUGH:
                        enough.set()

        with ThreadPoolExecutor(8) as pool:
            loads = [pool.submit(load, number) for number in range(8)]
            assert enough.wait(120)
            filtering.process.kill()
            filtering.process.wait(20)
            for each in loads:
                each.result(60)
    lines = log.read_bytes().split(b"\n")
    # The last line may have been under way; nobody was answered for it.
    whole = [json.loads(line) for line in lines[:-1]]
    assert len(answered) >= ENOUGH
    assert set(answered) <= {record["event"] for record in whole}


def test_the_log_of_a_killed_filter_is_verified_and_gone_on_with(tmp_path):
    log = tmp_path / "audit.jsonl"
    for _ in range(2):
        with faulty(poisoned) as server, running({"upstreams": {"odd": {"url": server.url}}}, log) as filtering:
            with httpx.Client(timeout=30, trust_env=False) as client:
                for _ in range(5):
                    client.post(filtering.at("odd"), json=request(), headers=HEADERS)
            filtering.process.kill()
            filtering.process.wait(20)
    done = CliRunner().invoke(command, ["verify", "--chained", str(log)])
    assert done.exit_code == 0, done.output
    assert len(log.read_text(encoding="utf-8").splitlines()) == 20
