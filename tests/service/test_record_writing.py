"""The audit log: every record is there once and whole, or its caller hears of it."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import subprocess
import sys
import textwrap
import threading
from itertools import pairwise

import orjson
import pytest
from cases import ROOT
from decisions import decision

from mcpscan_service.guard import Conversation, Guard, Judge, Sender
from mcpscan_service.record import JsonlRecorder
from mcpscan_service.record.compose import encoded
from mcpscan_service.record.file import LogFile
from mcpscan_service.settings import AuditSettings


def recorder(tmp_path, **given):
    capacity, sync = given.pop("capacity", 1000), given.pop("sync", os.fsync)
    return JsonlRecorder(AuditSettings(path=tmp_path / "audit.jsonl", **given), capacity=capacity, sync=sync)


def written(path):
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def events(path):
    return [record["event"] for record in written(path)]


async def put(log, *made):
    await log.record(made)


async def until_refused(log):
    while True:
        await put(log, decision())


@pytest.mark.parametrize("durable", [False, True])
def test_many_callers_at_once_leave_every_record_whole_and_once(tmp_path, durable):
    log = recorder(tmp_path, durable=durable, chain=True, capacity=50)
    made = [decision() for _ in range(600)]

    async def all_at_once():
        await asyncio.gather(*(put(log, each) for each in made))

    asyncio.run(all_at_once())
    log.close()
    assert sorted(events(tmp_path / "audit.jsonl")) == sorted(each.event for each in made)


def test_callers_of_several_event_loops_share_a_log(tmp_path):
    log = recorder(tmp_path, chain=True)
    threads = [
        threading.Thread(target=lambda: [asyncio.run(put(log, decision(server="x" * 3000))) for _ in range(30)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    assert len(set(events(tmp_path / "audit.jsonl"))) == 120


def test_callers_who_wait_for_the_disk_share_one_sync(tmp_path):
    syncs, entered, go_on = [], threading.Event(), threading.Event()

    def slow(fd):
        syncs.append(len((tmp_path / "audit.jsonl").read_bytes().splitlines()))
        entered.set()
        assert go_on.wait(30)
        os.fsync(fd)

    log = recorder(tmp_path, durable=True, sync=slow)

    async def one_and_then_many():
        first = asyncio.create_task(put(log, decision()))
        await asyncio.to_thread(entered.wait, 30)
        rest = [asyncio.create_task(put(log, decision())) for _ in range(100)]
        await asyncio.sleep(0)
        assert log.waiting == 101
        assert not first.done()
        go_on.set()
        await asyncio.gather(first, *rest)

    asyncio.run(one_and_then_many())
    log.close()
    assert syncs == [1, 101]


def test_a_full_queue_makes_callers_wait_and_drops_nothing(tmp_path):
    blocked, go_on = threading.Event(), threading.Event()
    log = recorder(tmp_path, capacity=3)

    async def more_than_fits():
        log.start()
        append = log._writer._file.append

        def held(bodies):
            blocked.set()
            assert go_on.wait(30)
            append(bodies)

        log._writer._file.append = held
        await put(log, decision(), decision())
        await put(log, decision())
        waits = asyncio.create_task(put(log, decision(), decision()))
        await asyncio.to_thread(blocked.wait, 30)
        await asyncio.sleep(0)
        assert not waits.done()
        assert log.waiting == 3
        go_on.set()
        await waits

    asyncio.run(more_than_fits())
    log.close()
    assert len(events(tmp_path / "audit.jsonl")) == 5


def failing_now_and_then(pattern):
    """A sync that fails where the pattern says so."""
    left = list(pattern)

    def sync(fd):
        if left and left.pop(0):
            raise OSError(errno.EIO, "the disk is broken")
        os.fsync(fd)

    return sync


def test_a_record_that_does_not_reach_the_disk_is_an_error_to_its_caller_and_is_not_in_the_log(tmp_path):
    log = recorder(tmp_path, durable=True, chain=True, sync=failing_now_and_then([False, True, True, False]))
    made = [decision() for _ in range(4)]

    async def one_by_one():
        said = []
        for each in made:
            try:
                await put(log, each)
                said.append("written")
            except OSError as problem:
                said.append(problem.errno)
                assert log.failing
        return said

    assert asyncio.run(one_by_one()) == ["written", errno.EIO, errno.EIO, "written"]
    assert not log.failing
    log.close()
    assert events(tmp_path / "audit.jsonl") == [made[0].event, made[3].event]
    assert [record["chain"]["sequence"] for record in written(tmp_path / "audit.jsonl")] == [1, 2]


def test_nothing_passes_a_guard_whose_log_cannot_be_written(tmp_path, scanner):
    log = recorder(tmp_path / "nowhere")
    guard = Guard(Judge(scanner), recorder=log)
    told = []
    guard._watchers = (lambda *each: told.append(each),)
    hello = b'{"jsonrpc":"2.0","id":1,"method":"ping"}'
    with pytest.raises(OSError, match="nowhere"):
        asyncio.run(guard.rule(hello, Sender.CLIENT, Conversation("up")))
    assert told == []
    (tmp_path / "nowhere").mkdir()
    assert asyncio.run(guard.rule(hello, Sender.CLIENT, Conversation("up"))).forward is hello
    log.close()
    guard.close()
    assert len(events(tmp_path / "nowhere" / "audit.jsonl")) == 1


@pytest.fixture
def folder(tmp_path):
    """A folder for a log, to be moved away under it."""
    made = tmp_path / "log"
    made.mkdir()
    return made


def test_what_was_taken_is_kept_while_the_log_cannot_be_written_and_nothing_more_is_taken(folder, tmp_path):
    log = recorder(folder)
    last = decision()

    async def through_a_failure():
        await put(log, decision())
        folder.rename(tmp_path / "moved")
        with pytest.raises(OSError, match=r"audit\.jsonl"):
            await until_refused(log)  # The first of them may still be taken; they are kept.
        with pytest.raises(OSError, match=r"audit\.jsonl"):
            await put(log, decision())
        kept = log.waiting
        folder.mkdir()
        await put(log, last)
        return kept

    kept = asyncio.run(through_a_failure())
    log.close()
    there = events(folder / "audit.jsonl")
    assert kept >= 1
    assert len(there) == kept + 1
    assert there[-1] == last.event


def test_records_that_could_never_be_written_are_said_to_be_lost(folder, tmp_path):
    log = recorder(folder)
    log.start()
    folder.rename(tmp_path / "moved")
    asyncio.run(put(log, decision(), decision()))
    with pytest.raises(OSError, match="2 audit records were lost"):
        log.close()


@pytest.mark.parametrize("durable", [False, True])
def test_a_program_without_an_event_loop_waits_for_its_record(folder, tmp_path, durable):
    log = recorder(folder, durable=durable, chain=True, capacity=2)
    for _ in range(3):
        made = [decision(), decision(), decision()]
        log.record_now(made)
        assert events(folder / "audit.jsonl")[-3:] == [each.event for each in made]
    log.record_now([])
    folder.rename(tmp_path / "moved")
    with pytest.raises(OSError, match=r"audit\.jsonl"):
        log.record_now([decision()])
    log.close()
    assert len(events(tmp_path / "moved" / "audit.jsonl")) == 9


def test_a_log_that_was_closed_takes_nothing(tmp_path):
    log = recorder(tmp_path)
    asyncio.run(put(log, decision()))
    log.close()
    with pytest.raises(OSError, match="closed"):
        asyncio.run(put(log, decision()))
    log.close()


FULL = """
import asyncio, resource, sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from decisions import decision
from mcpscan_service.record import JsonlRecorder
from mcpscan_service.settings import AuditSettings
log = JsonlRecorder(AuditSettings(path=Path({path!r}), durable={durable}, chain=True))
async def fill():
    log.start()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    written = refused = 0
    while refused < 3:
        each = decision()
        try:
            await log.record([each]); written += 1; print("ok", each.event)
        except OSError as problem:
            refused += 1; print("refused", each.event, problem.errno)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    each = decision()
    await log.record([each]); print("ok", each.event)
asyncio.run(fill())
log.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("durable", [False, True])
def test_a_full_disk_refuses_whole_records_and_the_log_goes_on_where_there_is_room_again(tmp_path, durable):
    path = tmp_path / "audit.jsonl"
    code = FULL.format(tests=str(ROOT / "tests"), path=str(path), durable=durable)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    told = [line.split() for line in done.stdout.splitlines()]
    kept = [line[1] for line in told if line[0] == "ok"]
    assert kept == events(path)
    assert [line[2] for line in told if line[0] == "refused"] == [str(errno.EFBIG)] * 3
    assert [record["chain"]["sequence"] for record in written(path)] == list(range(1, len(kept) + 1))


@pytest.mark.parametrize("torn", [b'{"half":', b"\0" * 50, b"x"])
@pytest.mark.parametrize("chain", [False, True])
def test_a_half_written_line_is_set_aside_and_the_log_goes_on(tmp_path, torn, chain, caplog):
    path = tmp_path / "audit.jsonl"
    log = recorder(tmp_path, chain=chain)
    asyncio.run(put(log, decision(), decision()))
    log.close()
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    log = recorder(tmp_path, chain=chain)
    asyncio.run(put(log, decision()))
    log.close()
    assert path.read_bytes().startswith(whole)
    assert len(events(path)) == 3
    assert (tmp_path / "audit.jsonl.torn").read_bytes() == torn + b"\n"
    assert "half-written" in caplog.text
    if chain:
        assert [record["chain"]["sequence"] for record in written(path)] == [1, 2, 3]


def test_a_file_that_is_no_log_of_this_kind_is_moved_aside_and_not_touched(tmp_path):
    path = tmp_path / "audit.jsonl"
    path.write_bytes(b"something else\n")
    log = recorder(tmp_path, chain=True)
    asyncio.run(put(log, decision()))
    log.close()
    assert len(events(path)) == 1
    assert (tmp_path / "audit-old.jsonl").read_bytes() == b"something else\n"


def test_a_log_gets_another_file_when_its_chain_is_turned_on_or_off(tmp_path):
    for chain in (False, True, False):
        log = recorder(tmp_path, chain=chain)
        asyncio.run(put(log, decision()))
        log.close()
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == [
        "audit-old-2.jsonl",
        "audit-old.jsonl",
        "audit.jsonl",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_only_its_owner_can_read_a_log(tmp_path):
    log = recorder(tmp_path)
    asyncio.run(put(log, decision()))
    log.close()
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir() if path.suffix == ".jsonl"} == {
        "audit.jsonl": 0o600
    }


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_log_that_is_a_link_or_no_file_is_refused(tmp_path):
    (tmp_path / "audit.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=re.escape(str(tmp_path))):
        recorder(tmp_path).start()
    assert not (tmp_path / "elsewhere").exists()
    (tmp_path / "audit.jsonl").unlink()
    os.mkfifo(tmp_path / "audit.jsonl")
    with pytest.raises(OSError, match="not a regular file"):
        recorder(tmp_path).start()


def test_several_writers_of_one_setting_have_a_file_each_and_carry_it_on(tmp_path):
    first, second = recorder(tmp_path, chain=True), recorder(tmp_path, chain=True)
    asyncio.run(put(first, decision()))
    asyncio.run(put(second, decision()))
    first.close()
    third = recorder(tmp_path, chain=True)
    asyncio.run(put(third, decision()))
    second.close()
    third.close()
    assert [record["chain"]["sequence"] for record in written(tmp_path / "audit.jsonl")] == [1, 2]
    assert [record["chain"]["sequence"] for record in written(tmp_path / "audit.2.jsonl")] == [1]


WORKER = """
import asyncio, sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from decisions import decision
from mcpscan_service.record import JsonlRecorder
from mcpscan_service.settings import AuditSettings
log = JsonlRecorder(AuditSettings(path=Path({path!r}), chain=True))
log.start()
print("ready", flush=True)
sys.stdin.readline()
async def some():
    for _ in range(200):
        await log.record([decision()])
asyncio.run(some())
log.close()
"""


def test_processes_that_write_one_log_at_once_lose_nothing(tmp_path):
    code = WORKER.format(tests=str(ROOT / "tests"), path=str(tmp_path / "audit.jsonl"))
    workers = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)
    ]
    for worker in workers:
        assert worker.stdout.readline() == b"ready\n"
    for worker in workers:
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate()
        assert worker.returncode == 0
    files = sorted(tmp_path.glob("*.jsonl"))
    assert [path.name for path in files] == ["audit.2.jsonl", "audit.3.jsonl", "audit.jsonl"]
    for path in files:
        assert [record["chain"]["sequence"] for record in written(path)] == list(range(1, 201))


def test_a_file_begins_anew_before_it_is_too_big_and_the_chain_goes_on(tmp_path):
    file = LogFile(tmp_path / "audit.jsonl", chain=True, rotate_bytes=4000)
    made = [decision() for _ in range(20)]
    for each in made:
        file.append([encoded(each)])
    file.close()
    paths = sorted(tmp_path.glob("audit*.jsonl"))
    assert len(paths) > 3
    assert all(path.stat().st_size <= 5500 for path in paths)
    records = sorted((r for path in paths for r in written(path)), key=lambda r: r["chain"]["sequence"])
    assert [record["event"] for record in records] == [each.event for each in made]
    assert all(b["chain"]["previous"] == a["chain"]["hash"] for a, b in pairwise(records))


@pytest.mark.parametrize("how", ["move", "delete", "move and create", "copy and truncate"])
def test_a_log_that_somebody_else_rotates_is_begun_anew(tmp_path, how):
    path, old = tmp_path / "audit.jsonl", tmp_path / "audit.jsonl.1"
    file = LogFile(path, chain=True)
    file.append([encoded(decision())])
    before = path.read_bytes()
    if how == "copy and truncate":
        os.truncate(path, 0)
    elif how == "delete":
        path.unlink()
    else:
        path.rename(old)
        if how == "move and create":
            path.touch()
    file.append([encoded(decision()), encoded(decision())])
    file.close()
    records = written(path)
    assert [record["chain"]["sequence"] for record in records] == [2, 3]
    assert records[0]["chain"]["previous"] == orjson.loads(before)["chain"]["hash"]
    assert not old.exists() or old.read_bytes() == before


def test_what_the_writer_did_not_expect_is_an_error_to_the_caller_too(tmp_path):
    log = recorder(tmp_path, durable=True)
    log.start()
    log._writer._file.append = lambda bodies: {}["nothing"]
    with pytest.raises(OSError, match="KeyError"):
        asyncio.run(put(log, decision()))
    log.close()


def test_a_caller_who_goes_away_takes_no_record_along(tmp_path):
    entered, go_on = threading.Event(), threading.Event()

    def slow(fd):
        entered.set()
        assert go_on.wait(30)
        os.fsync(fd)

    log = recorder(tmp_path, durable=True, sync=slow)

    async def leaves():
        task = asyncio.create_task(put(log, decision()))
        await asyncio.to_thread(entered.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leaves())
    go_on.set()
    log.close()
    assert len(events(tmp_path / "audit.jsonl")) == 1


def test_importing_the_filter_loads_none_of_this():
    code = textwrap.dedent("""
        import sys, mcpscan_service
        print(*[name for name in sys.modules if name.startswith(("prometheus", "opentelemetry", "orjson", "filelock"))])
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
