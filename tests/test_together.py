"""Many servers at once: each is heard, and what one does harms neither the others nor the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mcpscan.connect import Command, Url, capture_all

SERVERS = Path(__file__).parent / "servers"


def misbehaving(way: str, marks: Path) -> Command:
    return Command((sys.executable, str(SERVERS / "misbehaves.py"), way, str(marks)))


def running(marks: Path) -> set[str]:
    return {mark.name for mark in marks.iterdir() if Path(f"/proc/{mark.name}").exists()}


def names(timed) -> list[str]:
    return [tool["name"] for page in timed.capture.document["wire"]["tools/list"] for tool in page["tools"]]


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")
def test_no_server_spoils_the_run_or_outlives_it(tmp_path):
    ways = ("behaves", "sleeps", "flood", "stays", "forks")
    targets = {way: misbehaving(way, tmp_path / way) for way in ways} | {
        "missing": Command(("no-such-program-at-all",)),
        "nobody": Url("http://127.0.0.1:9/mcp"),
    }
    got = capture_all(targets, timeout=6.0)
    assert list(got) == list(targets)
    assert names(got["behaves"]) == names(got["stays"]) == names(got["forks"]) == ["add"]
    for silent in ("sleeps", "flood", "missing", "nobody"):
        assert got[silent].capture.empty
        assert got[silent].capture.problems
    for way in ways:
        assert list((tmp_path / way).iterdir())
        assert running(tmp_path / way) == set()


def test_every_step_is_told_with_the_name_of_its_server(tmp_path):
    told: list[tuple[str, str]] = []
    capture_all({"one": misbehaving("behaves", tmp_path / "a")}, 20.0, lambda name, what: told.append((name, what)))
    assert ("one", "tools/list") in told
    assert told[-1] == ("one", "done")


def test_more_servers_than_may_run_at_once_are_all_heard(tmp_path):
    from mcpscan.connect.together import capture_all as limited

    targets = {str(number): misbehaving("behaves", tmp_path / str(number)) for number in range(5)}
    got = limited(targets, timeout=30.0, at_once=2)
    assert [names(timed) for timed in got.values()] == [["add"]] * 5
    assert all(timed.seconds < 30 for timed in got.values())


def test_a_server_starts_where_it_is_told_to(tmp_path):
    command = Command((sys.executable, str(SERVERS / "misbehaves.py"), "behaves", "marks"), directory=str(tmp_path))
    capture_all({"one": command}, 20.0)
    assert (tmp_path / "marks").is_dir()
