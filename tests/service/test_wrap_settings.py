"""The stdio wrapper: its settings, its lock, its log, standard error and what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from wrapping import HELLO, POISON, result, run, said, wrapping

from mcpscan_service.wrap.configured import ConfigError, ready, settings_of
from mcpscan_service.wrap.options import Options

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests send signals")


@pytest.fixture
def wrapped(tmp_path) -> Iterator:
    with wrapping(tmp_path) as start:
        yield start


def test_the_server_gets_the_environment_folder_and_arguments_that_were_given(tmp_path):
    code = "import json,os,sys; print(json.dumps({'jsonrpc':'2.0','method':'notifications/x','params':[dict(os.environ), os.getcwd(), sys.argv[1:]]}))"
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "MCPSCAN_CACHE": os.environ["MCPSCAN_CACHE"], "EMPTY": "", "ODD": "a=b", "PYTHONUTF8": "1"}  # fmt: skip
    command = [sys.executable, "-c", code, "--", "-x", "a b", "--mode", ""]
    plain = subprocess.run(command, capture_output=True, env=given, cwd=tmp_path, check=True).stdout
    behind = subprocess.run(
        [sys.executable, "-m", "mcpscan", "wrap", "--no-classifier", "--", *command],
        capture_output=True, env=given, cwd=tmp_path, check=True, stdin=subprocess.DEVNULL,
    ).stdout  # fmt: skip
    assert json.loads(behind) == json.loads(plain)


def test_poisoned_instructions_are_blocked(wrapped):
    it = wrapped(["take", 1], said(result(1, **HELLO, instructions=POISON)), ["echo"])
    answer = it.ask(1, "initialize", protocolVersion="2025-11-25")
    assert answer["id"] == 1
    assert "Ignore all" not in json.dumps(answer)
    it.end()


def test_standard_error_is_passed_on_without_its_poison(wrapped):
    lines = ["starting\n", f"{POISON}\n", "caf\u00e9\n", f"{POISON}\n", "done"]
    it = wrapped(["err", "".join(lines)], ["exit", 0])
    it.end()
    assert "starting\n" in it.said
    assert "café\n" in it.said
    assert "done\n" in it.said
    assert "Ignore" not in it.said
    assert it.said.count("was held back]") == 2


def test_standard_error_can_be_passed_as_it_is_or_dropped(wrapped):
    passed = wrapped(["err", f"{POISON}\n"], options=("--stderr", "pass"))
    passed.end()
    assert passed.said == f"{POISON}\n"
    dropped = wrapped(["err", "hello\n"], options=("--stderr", "drop"))
    dropped.end()
    assert dropped.said == ""


def test_a_long_line_on_standard_error_is_dropped_and_said(wrapped):
    it = wrapped(["err", "x" * 300_000 + "\nafter\n"])
    it.end()
    assert "xxx" not in it.said
    assert "after\n" in it.said
    assert "on standard error was dropped" in it.said


def test_settings_of_a_file_hold_and_the_command_line_goes_before_them(wrapped, tmp_path):
    (tmp_path / "wrap.toml").write_text("classifier = false\n[guard]\nmode = 'monitor'\n")
    answer = result(1, content=[{"type": "text", "text": POISON}])
    options = ("--config", str(tmp_path / "wrap.toml"))
    quiet = wrapped(["take", 1], said(answer), options=options)
    assert quiet.ask(1, "tools/call", name="x") == answer
    quiet.end()
    loud = wrapped(["take", 1], said(answer), options=(*options, "--mode", "block"))
    assert loud.ask(1, "tools/call", name="x")["result"]["isError"] is True
    loud.end()


def test_a_server_that_is_not_in_the_lock_lists_nothing(wrapped, tmp_path):
    (tmp_path / "mcpscan.lock").write_text('{"format": "mcpscan-lock/1", "servers": {}}')
    tools = [{"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}}]
    it = wrapped(["take", 1], said(result(1, tools=tools)), options=("--lock", str(tmp_path / "mcpscan.lock")))
    assert it.ask(1, "tools/list")["result"]["tools"] == []
    it.end()


def test_a_pinned_server_lists_what_was_approved_and_not_what_changed(wrapped, tmp_path):
    from mcpscan.lock import Lock, pin
    from mcpscan.surface import read

    tools = [{"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}},
             {"name": "sub", "description": "Subtracts two numbers.", "inputSchema": {"type": "object"}}]  # fmt: skip
    lock = Lock().with_server(pin("script:stepwise.py", read({"tools": tools})))
    (tmp_path / "mcpscan.lock").write_text(lock.text())
    changed = [tools[0], {**tools[1], "description": POISON}, {**tools[0], "name": "new"}]
    it = wrapped(["take", 1], said(result(1, tools=changed)), options=("--lock", str(tmp_path / "mcpscan.lock")))
    assert it.ask(1, "tools/list")["result"]["tools"] == [tools[0]]
    it.end()


def test_every_decision_is_recorded_where_a_log_is_named(wrapped, tmp_path):
    pytest.importorskip("mcpscan_service.record")
    log = tmp_path / "audit.jsonl"
    tools = [{"name": "evil", "description": POISON, "inputSchema": {"type": "object"}}]
    it = wrapped(["take", 1], said(result(1, tools=tools)), options=("--audit-log", str(log), "--name", "notes"))
    assert it.ask(1, "tools/list")["result"]["tools"] == []
    assert it.end()[0] == 0
    written = "".join(path.read_text() for path in tmp_path.glob("audit*.jsonl"))
    assert len(written.splitlines()) == 2
    assert "notes" in written
    assert "Ignore all" not in written


def test_a_program_that_is_not_there_is_said_with_status_127():
    done = run("--no-classifier", "--", "no-such-program-here")
    assert done.returncode == 127
    assert "no program called 'no-such-program-here' was found" in done.stderr


def test_a_file_that_cannot_be_run_is_said_with_status_126(tmp_path):
    (tmp_path / "plain").write_text("x")
    done = run("--", str(tmp_path / "plain"))
    assert done.returncode == 126
    assert "cannot be run" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--",), ("npx", "x"), ("--mode", "loud", "--", "x")])
def test_wrong_usage_ends_with_status_2_and_says_what_to_do(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert "mcpscan wrap" in done.stderr


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[guard]\nmode = 'loud'\n", "guard.mode"),
        ("unheard_of = 1\n", "unheard_of"),
        ("guard = 7\n", "[guard]"),
        ("[guard\n", "wrap.toml"),
        ("lock = 'nowhere.lock'\n", "nowhere.lock"),
        ("policy = 'nowhere.toml'\n", "nowhere.toml"),
    ],
)
def test_settings_that_cannot_be_used_end_with_status_2_and_start_no_conversation(tmp_path, text, named):
    (tmp_path / "wrap.toml").write_text(text)
    done = run("--config", str(tmp_path / "wrap.toml"), "--", "cat")
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stdout == ""


def test_a_log_that_cannot_be_written_ends_with_status_2(tmp_path):
    pytest.importorskip("mcpscan_service.record")
    done = run("--audit-log", str(tmp_path / "nowhere" / "audit.jsonl"), "--no-classifier", "--", "cat")
    assert done.returncode == 2
    assert "--audit-log" in done.stderr


def test_all_of_it_can_be_imported_where_unix_is_missing():
    code = (
        "import asyncio, os, select, signal, subprocess, sys, tempfile, threading, json, click, yaml\n"
        "import mcpscan.cli, mcpscan.inventory, mcpscan_service.guard, mcpscan_service.settings\n"
        "for name in ('SIGHUP', 'SIGCHLD', 'SIGKILL'): delattr(signal, name)\n"
        "for name in ('killpg', 'fchown', 'geteuid'): delattr(os, name)\n"
        "sys.platform = 'win32'\n"
        "import mcpscan_service.commands.wrap, mcpscan_service.wrap.run, mcpscan_service.wrap.configured\n"
        "import mcpscan_service.wrap.aside, mcpscan_service.wrap.pump, mcpscan_service.wrap.install.run\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_help_loads_neither_the_filter_nor_its_settings():
    code = (
        "import sys; from mcpscan.cli import main\n"
        "try: main(['wrap', '--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('asyncio', 'pydantic.main', 'mcpscan_service.guard', 'fastapi', 'onnxruntime')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--install" in done.stdout
    assert re.search(r"^\[\]$", done.stdout, re.MULTILINE)


def test_variables_hold_between_the_command_line_and_the_file(tmp_path, monkeypatch):
    file = tmp_path / "wrap.toml"
    file.write_text('classifier = false\n[guard]\nmode = "annotate"\nact_on = "block"\n[limits]\ndepth = 50\n')
    monkeypatch.setenv("MCPSCAN_GUARD__MODE", "monitor")
    monkeypatch.setenv("MCPSCAN_API_KEY", "means something else")
    found = settings_of(Options(config=file))
    assert (found.guard.mode, found.guard.act_on, found.limits.depth) == ("monitor", "block", 50)
    found = settings_of(Options(config=file, mode="redact", fail_open=True, audit_log=tmp_path / "a"))
    assert (found.guard.mode, found.guard.act_on, found.guard.on_failure) == ("redact", "block", "open")
    assert found.audit.path == tmp_path / "a"
    assert not found.classifier


def test_a_log_that_needs_more_packages_says_which(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcpscan_service.record", None)
    with pytest.raises(ConfigError, match=r"--audit-log: .*mcpscan\[service\]"):
        ready(Options(("serve",), audit_log=tmp_path / "a", no_classifier=True))


def test_a_variable_that_names_no_setting_is_said(monkeypatch):
    monkeypatch.setenv("MCPSCAN_MOOD", "x")
    with pytest.raises(ConfigError, match="MCPSCAN_MOOD names no setting"):
        settings_of(Options())


def test_variables_that_cannot_be_read_are_said_and_only_then(monkeypatch):
    monkeypatch.setitem(sys.modules, "mcpscan_service.load", None)
    assert settings_of(Options(mode="redact")).guard.mode == "redact"
    monkeypatch.setenv("MCPSCAN_GUARD__MODE", "monitor")
    with pytest.raises(ConfigError, match=r"MCPSCAN_GUARD__MODE is set: .*mcpscan\[service\]"):
        settings_of(Options())
