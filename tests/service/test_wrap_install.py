"""The wrapper in clients' configurations: put in, taken out, and nothing else touched."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import homes
import pytest
from installing import HARD, PROGRAM, REFUSED, Desk, files

from mcpscan.inventory import Machine, inventory
from mcpscan_service.wrap.edit.command import split
from mcpscan_service.wrap.edit.text import Source
from mcpscan_service.wrap.install.chosen import UnknownError, Where
from mcpscan_service.wrap.install.run import Job
from mcpscan_service.wrap.options import Options


@pytest.fixture
def desk(tmp_path):
    def make(name: str, text: str | bytes) -> Desk:
        file = tmp_path / "place" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Desk(file)

    return make


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A machine with every client, of the platform named."""

    def make(platform: str = "linux") -> tuple[Machine, Path]:
        machine, project, _ = homes.build(tmp_path, platform)
        monkeypatch.setattr(Path, "home", lambda: machine.home)
        return machine, project

    return make


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_clients_servers_are_wrapped_and_restored_byte_for_byte(home, tmp_path, platform):
    machine, project = home(platform)
    before = files(tmp_path)
    servers = inventory(machine, projects=(project,)).servers
    said: list[str] = []
    for scope in ("user", "project"):
        assert Job(Where(("all",), scope, None, machine, project), said.append).install((), Options(), PROGRAM) == 0
    assert not [line for line in said if line.startswith("not ")]
    meant = {
        (server.file, server.key): server
        for server in servers
        if server.scope in {"user", "project"} and server.argv and server.transport == "stdio"
    }
    assert len(meant) > 40
    for server in inventory(machine, projects=(project,)).servers:
        was = meant.get((server.file, server.key))
        if was is not None:
            assert server.argv == (*PROGRAM, "wrap", "--name", server.name, "--", *was.argv)
            assert replace(server, argv=(), raw=None, line=0, places={}) == replace(
                was, argv=(), raw=None, line=0, places={}
            )
        else:
            assert split(server.argv) is None
    for scope in ("user", "project"):
        assert Job(Where(("all",), scope, None, machine, project), said.append).uninstall(()) == 0
    assert files(tmp_path) == before


def test_only_the_client_that_is_named_is_touched(home, tmp_path):
    machine, project = home()
    before = files(tmp_path)
    Job(Where(("cursor",), "user", None, machine, project), print).install((), Options(), PROGRAM)
    changed = {name for name, data in files(tmp_path).items() if before.get(name) != data}
    assert changed == {"home/ana/.cursor/mcp.json", "home/ana/.cursor/mcp.json.mcpscan-backup"}


def test_a_client_or_server_that_there_is_not_is_said_with_those_there_are(home):
    machine, project = home()
    with pytest.raises(UnknownError, match="known are all, claude-code"):
        Job(Where(("curser",), "user", None, machine, project), print).install((), Options(), PROGRAM)
    with pytest.raises(UnknownError, match=r"no such server: 'shel'; there are .*'shell'"):
        Job(Where(("cursor",), "user", None, machine, project), print).install(("shel",), Options(), PROGRAM)


def test_what_is_no_program_is_left_alone_with_the_reason(home):
    machine, project = home()
    said: list[str] = []
    Job(Where(("goose", "cursor"), "user", None, machine, project), said.append).install((), Options(), PROGRAM)
    text = "\n".join(said)
    assert "Goose/remote" in text
    assert "mcpscan serve --upstream" in text
    assert "Goose/developer" in text
    assert "Cursor/maps" in text
    assert "a plugin's own file" in text


@pytest.mark.parametrize("name", HARD)
def test_files_of_every_spelling_are_wrapped_and_restored(desk, name):
    file, text, words = HARD[name]
    it = desk(file, text)
    original = it.file.read_bytes()
    (server, was), = it.commands().items()  # fmt: skip
    assert words is None or list(was) == words.split()
    assert it.install() == 0
    named = ("--name=--",) if server == "--" else ("--name", server)
    assert it.commands() == {server: (*PROGRAM, "wrap", *named, "--", *was)}
    assert it.file.with_name(it.file.name + ".mcpscan-backup").read_bytes() == original
    assert it.uninstall() == 0
    assert any("byte for byte" in line for line in it.said)
    assert files(it.file.parent) == {it.file.name: original}


@pytest.mark.parametrize("name", HARD)
def test_a_file_that_was_changed_since_keeps_the_change(desk, name):
    file, text, _ = HARD[name]
    it = desk(file, text)
    original = it.file.read_bytes()
    it.install()
    wide = "utf-16-le" if original.startswith(b"\xff\xfe") else "utf-8"
    # A blank line at the end: the one change that is none in any of the formats.
    it.file.write_bytes(it.file.read_bytes() + "\n\n".encode(wide))
    assert it.uninstall() == 0
    assert it.file.read_bytes() == original + "\n\n".encode(wide)
    assert any("it was changed since: only the wrapper was taken out" in line for line in it.said)


@pytest.mark.parametrize("name", [name for name, (file, _, _) in HARD.items() if file == "a.json"])
def test_a_file_that_its_client_wrote_anew_says_what_it_said_before(desk, name):
    file, text, _ = HARD[name]
    it = desk(file, text)
    before = Source.of(it.file.read_bytes(), file).value()
    it.install()
    anew = Source.of(it.file.read_bytes(), file).value()
    anew["added"] = {"by": "the client"}
    it.file.write_text(json.dumps(anew, indent=3, sort_keys=True))
    assert it.uninstall() == 0
    assert json.loads(it.file.read_text()) == {**before, "added": {"by": "the client"}}


def test_without_the_copy_only_the_wrapper_is_taken_out(desk):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c", "args": ["a"]}}}')
    original = it.file.read_bytes()
    it.install()
    it.file.with_name("a.json.mcpscan-backup").unlink()
    assert it.uninstall() == 0
    assert it.file.read_bytes() == original
    assert any("there is no copy of what it was" in line for line in it.said)


def test_installing_twice_changes_nothing_the_second_time(desk):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}, "y": {"command": "d", "args": ["e"]}}}')
    it.install()
    once = files(it.file.parent)
    assert it.install() == 0
    assert files(it.file.parent) == once
    assert sum("it is wrapped already" in line for line in it.said) == 2


def test_servers_can_be_wrapped_and_unwrapped_one_by_one_in_any_order(desk):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}, "y": {"command": "d", "args": ["e"]}}}')
    original = it.file.read_bytes()
    it.install("y")
    only_y = it.file.read_bytes()
    it.install("x")
    it.uninstall("x")
    assert it.file.read_bytes() == only_y
    it.install("x")
    it.uninstall("y")
    assert split(it.commands()["x"]) is not None
    assert it.commands()["y"] == ("d", "e")
    it.uninstall()
    assert files(it.file.parent) == {"a.json": original}


def test_a_change_between_two_installs_is_part_of_what_is_restored(desk):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}, "y": {"command": "d"}}}')
    it.install("x")
    it.file.write_text(it.file.read_text() + "\n // mine\n")
    it.install("y")
    assert it.uninstall() == 0
    assert it.file.read_text() == '{"mcpServers": {"x": {"command": "c"}, "y": {"command": "d"}}}\n // mine\n'
    left = files(it.file.parent)
    assert left.pop("a.json.mcpscan-backup.1") == b'{"mcpServers": {"x": {"command": "c"}, "y": {"command": "d"}}}'
    assert set(left) == {"a.json"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_edited_exactly_is_refused_with_the_reason_and_left(desk, name):
    file, text, reason = REFUSED[name]
    it = desk(file, text)
    assert it.install("x") == 1
    assert any(line.startswith("not edited:") and reason in line for line in it.said), it.said
    assert files(it.file.parent) == {file: text.encode()}


def test_what_can_be_edited_is_where_another_entry_cannot(desk):
    it = desk("a.yaml", "p: &p npx\nmcpServers:\n  x:\n    command: *p\n  y:\n    command: uvx\n")
    assert it.install() == 1
    assert split(it.commands()["y"]) is not None
    assert it.commands()["x"] == ("npx",)


def test_a_file_that_cannot_be_read_is_said_with_status_3(desk):
    it = desk("a.json", '{"mcpServers": {"x": ')
    assert it.install() == 3
    assert it.said[-1].startswith("not read: ")


def test_options_become_part_of_the_command(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}}}')
    it.install(options=Options(mode="redact", lock=Path("mcpscan.lock"), no_classifier=True, fail_open=True))
    given = ("--lock", str(tmp_path / "mcpscan.lock"), "--mode", "redact", "--no-classifier", "--fail-open")
    assert it.commands()["x"] == (*PROGRAM, "wrap", *given, "--name", "x", "--", "c")
    it.job().show()
    assert "--mode redact" in it.said[-1]


def test_the_command_line_wraps_a_server_that_then_runs(desk):
    speaks = 'import sys\nfor line in sys.stdin: print(\'{"jsonrpc":"2.0","id":1,"result":{}}\', flush=True)'
    entry = {"command": sys.executable, "args": ["-c", speaks]}
    it = desk("a.json", json.dumps({"mcpServers": {"x": entry}}))
    original = it.file.read_bytes()
    mcpscan = [sys.executable, "-m", "mcpscan", "wrap"]
    done = subprocess.run(
        [*mcpscan, "--install", "all", "--file", str(it.file), "--no-classifier"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "wrapped: " in done.stdout
    listed = subprocess.run([*mcpscan, "--list", "--file", str(it.file)], capture_output=True, text=True, check=True)
    assert "--no-classifier --name x" in listed.stdout
    command = it.commands()["x"]
    assert Path(command[0]).is_absolute()
    ask = b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n'
    assert (
        subprocess.run(command, input=ask, capture_output=True, check=True).stdout
        == b'{"jsonrpc":"2.0","id":1,"result":{}}\n'
    )
    subprocess.run([*mcpscan, "--uninstall", "all", "--file", str(it.file)], capture_output=True, check=True)
    assert it.file.read_bytes() == original
    wrong = subprocess.run([*mcpscan, "--install", "nobody"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "known are all" in wrong.stderr
