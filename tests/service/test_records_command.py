"""`mcpscan records`: what it prints of an audit log, and how it ends."""

from __future__ import annotations

import json
import sys

import orjson
import pytest
from click.testing import CliRunner
from decisions import decision

from mcpscan.finding import Action
from mcpscan_service.commands.records import command
from mcpscan_service.guard import Outcome
from mcpscan_service.record.chain import Head, linked
from mcpscan_service.record.compose import encoded


@pytest.fixture
def chained(tmp_path):
    path = tmp_path / "audit.jsonl"
    made = [
        decision(time=1_763_800_000, identity="ana"),
        decision(
            time=1_763_803_600,
            action=Action.BLOCK,
            outcome=Outcome.BLOCKED,
            rules=("directive-override",),
            server="notes",
            name="a\x1b[2J\u202eb",
        ),
        decision(
            time=1_763_807_200, outcome=Outcome.TRIMMED, action=Action.BLOCK, method="tools/list", removed=("bad",)
        ),
    ]
    path.write_bytes(b"\n".join(linked(map(encoded, made), Head.new())[0]) + b"\n")
    return path


def run(*words):
    done = CliRunner().invoke(command, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def head_of(path):
    return orjson.loads(path.read_bytes().splitlines()[-1])["chain"]["hash"]


def test_a_whole_log_is_said_to_be_and_its_head_is_printed(chained):
    done = run("verify", chained)
    assert done.exit_code == 0
    assert head_of(chained) in done.stdout
    assert done.stdout.endswith("nothing wrong\n")
    assert run("verify", chained, "--head", head_of(chained)).exit_code == 0


def test_a_changed_log_is_broken_and_the_line_is_named(chained):
    chained.write_bytes(chained.read_bytes().replace(b'"blocked"', b'"passed"'))
    done = run("verify", chained)
    assert done.exit_code == 1
    assert "line 2: changed after it was written" in done.stdout


def test_a_cut_log_is_broken_for_whoever_noted_its_head(chained):
    head = head_of(chained)
    chained.write_bytes(b"".join(chained.read_bytes().splitlines(keepends=True)[:-1]))
    assert run("verify", chained).exit_code == 0
    done = run("verify", chained, "--head", head)
    assert done.exit_code == 1
    assert head in done.stdout


def test_a_torn_end_or_a_missing_file_is_not_called_fine(chained, tmp_path):
    chained.write_bytes(chained.read_bytes()[:-10])
    done = run("verify", chained)
    assert done.exit_code == 3
    assert "not all could be checked" in done.stdout
    assert run("verify", tmp_path / "none.jsonl").exit_code == 3


def test_a_record_of_a_later_version_is_not_called_broken(chained):
    text = chained.read_bytes().replace(b'"schema_version":"1"', b'"schema_version":"2"')
    chained.write_bytes(text.splitlines(keepends=True)[0].replace(b'"chain"', b'"link"'))
    assert run("verify", chained).exit_code == 3


def test_a_log_without_a_chain_says_what_cannot_be_seen_and_can_be_refused(tmp_path):
    path = tmp_path / "plain.jsonl"
    path.write_bytes(encoded(decision()) + b"\n")
    assert "no chain" in run("verify", path).stdout
    assert run("verify", path).exit_code == 0
    assert run("verify", path, "--chained").exit_code == 1


def test_a_file_with_nothing_but_noise_prints_a_bounded_list(tmp_path):
    path = tmp_path / "noise.jsonl"
    path.write_bytes(b"\x1b[2Jnoise\n" * 500)
    done = run("verify", path)
    assert done.exit_code == 1
    assert "and 450 more" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_head_that_is_none_is_wrong_usage(chained):
    assert run("verify", chained, "--head", "abc").exit_code == 2
    assert run("verify").exit_code == 2


def test_records_are_shown_one_a_line_and_cannot_act(chained):
    done = run("show", chained)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert "by ana" in lines[0]
    assert "blocked" in lines[1]
    assert "[directive-override]" in lines[1]
    assert "without bad" in lines[2]
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--outcome", "blocked"], 1),
        (["--outcome", "blocked", "--outcome", "trimmed"], 2),
        (["--server", "notes"], 1),
        (["--server", "none"], 0),
        (["--rule", "directive-override"], 1),
        (["--since", "2025-11-22T09:26:40Z"], 2),
        (["--since", "2025-11-22T10:26:40+01:00"], 2),
        (["--since", "1h"], 0),
        (["--since", "99999d"], 3),
    ],
)
def test_records_are_chosen(chained, options, count):
    assert len(run("show", chained, *options).stdout.splitlines()) == count


def test_one_decision_is_found_by_its_reference(chained):
    event = orjson.loads(chained.read_bytes().splitlines()[1])["event"]
    (line,) = run("show", chained, "--event", event, "--format", "json").stdout.splitlines()
    assert json.loads(line)["event"] == event


def test_records_are_printed_for_other_programs(chained):
    records = [json.loads(line) for line in run("show", chained, "--format", "json").stdout.splitlines()]
    assert [record["outcome"] for record in records] == ["passed", "blocked", "trimmed"]
    findings = [json.loads(line) for line in run("show", chained, "--format", "ocsf").stdout.splitlines()]
    assert [found["class_uid"] for found in findings] == [2004, 2004]
    portal = [json.loads(line) for line in run("show", chained, "--format", "cloudflare").stdout.splitlines()]
    assert [line["Success"] for line in portal] == [True, False, True]


@pytest.mark.parametrize("form", ["terminal", "json", "ocsf", "cloudflare"])
def test_what_somebody_else_wrote_into_a_log_cannot_act_on_a_terminal(chained, form):
    record = orjson.loads(chained.read_bytes().splitlines()[1])
    chained.write_bytes(orjson.dumps({**record, "identity": "\x1b]0;x\x07\u202e"}, option=orjson.OPT_SORT_KEYS) + b"\n")
    done = run("show", chained, "--format", form)
    assert done.stdout.strip()
    assert all(line.isprintable() for line in done.stdout.splitlines())


def test_lines_that_are_no_records_are_said_and_the_rest_is_shown(chained):
    chained.write_bytes(b"noise\n" + chained.read_bytes())
    done = run("show", chained)
    assert done.exit_code == 3
    assert "line 1: not JSON" in done.stderr
    assert len(done.stdout.splitlines()) == 3


@pytest.mark.parametrize("since", ["yesterday", "2025-99-99", "5x", ""])
def test_a_time_that_is_none_is_wrong_usage(chained, since):
    assert run("show", chained, "--since", since).exit_code == (2 if since else 0)


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    assert run("show", tmp_path / "none.jsonl").exit_code == 2


@pytest.mark.parametrize("verb", ["verify", "show"])
def test_a_package_that_is_missing_is_named(chained, monkeypatch, verb):
    for name in [name for name in sys.modules if name.startswith("mcpscan_service.record")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "orjson", None)
    done = run(verb, chained)
    assert done.exit_code == 1
    assert "pip install 'mcpscan[service]'" in done.stderr
