"""A process that is killed in the middle of its work: what it acknowledged as durable is there."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import orjson
import pytest
from cases import ROOT
from decisions import decision

from mcpscan_service.record import JsonlRecorder
from mcpscan_service.record.verify import verify
from mcpscan_service.settings import AuditSettings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9")

WORK = """
import asyncio, os, sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from decisions import decision
from mcpscan_service.record import JsonlRecorder
from mcpscan_service.settings import AuditSettings
log = JsonlRecorder(AuditSettings(path=Path({path!r}), durable=True, chain=True, rotate_bytes={rotate}))
async def caller():
    while True:
        each = decision()
        await log.record([each])
        os.write(1, each.event.encode() + b"\\n")
async def many():
    await asyncio.gather(*(caller() for _ in range(40)))
asyncio.run(many())
"""


@pytest.mark.parametrize("kills", [1, 3])
def test_no_acknowledged_record_is_lost_by_kill_9_and_the_log_can_be_carried_on(tmp_path, kills):
    acknowledged = []
    for turn in range(kills):
        code = WORK.format(tests=str(ROOT / "tests"), path=str(tmp_path / "audit.jsonl"), rotate=200_000)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as worker:
            acknowledged += [worker.stdout.readline().strip().decode() for _ in range(150 + 70 * turn)]
            worker.kill()
            # Whole lines that were on their way when it was killed were acknowledged, too.
            acknowledged += [line.decode() for line in worker.stdout.read().split(b"\n")[:-1]]
        assert worker.returncode == -9
    log = JsonlRecorder(AuditSettings(path=tmp_path / "audit.jsonl", durable=True, chain=True))
    asyncio.run(log.record([decision()]))
    log.close()
    paths = sorted(tmp_path.glob("audit*.jsonl"))
    events = [orjson.loads(line)["event"] for path in paths for line in path.read_bytes().splitlines()]
    assert len(acknowledged) >= 150 * kills
    assert set(acknowledged) <= set(events)
    assert len(events) == len(set(events))
    files, between = verify(paths)
    assert [each for file in files for each in file.breaks] + between == []
