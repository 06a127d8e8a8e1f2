"""The lock: reviewable, complete, safe to write from two sides, and never silently wrong."""

from __future__ import annotations

import json
import threading

import pytest
from test_drift import RICH

from mcpscan import identity
from mcpscan.lock import Approval, Lock, LockError, accept, pin, update
from mcpscan.surface import read

APPROVAL = Approval("ana", "2026-11-22T10:00:00+00:00", "read it")


def made(**changed: object) -> Lock:
    return Lock().with_server(pin("server:depot", read(RICH | changed), APPROVAL))


def test_a_lock_comes_back_as_it_was_written():
    lock = made()
    again = Lock.parse(lock.text().encode())
    assert again.text() == lock.text()
    assert again.verify(RICH) == ()
    assert again.servers["server:depot"].approvals == (APPROVAL,)


def test_the_text_does_not_depend_on_the_order_of_the_manifest():
    other = {
        name: list(reversed(entry)) if isinstance(entry, list) else entry for name, entry in reversed(RICH.items())
    }
    assert Lock().with_server(pin("server:depot", read(other), APPROVAL)).text() == made().text()


def test_nothing_in_the_text_is_unseen():
    hidden = "Works.\u200b\u202e\U000e0041 caf\u00e9 \u4e2d"
    text = made(instructions=hidden).text()
    assert "\u200b" not in text
    assert "\\u200b" in text
    assert "caf\u00e9 \u4e2d" in text
    assert Lock.parse(text.encode()).verify(RICH | {"instructions": hidden}) == ()


def test_drift_is_told_and_approving_clears_just_what_it_names():
    lock = made()
    tools = json.loads(json.dumps(RICH["tools"]))
    tools[0]["description"], tools[1]["description"] = "Puts it elsewhere.", "Lists more."
    new = read(RICH | {"tools": tools})
    assert {change.name for change in lock.verify(new)} == {"put_box", "list_shelves"}
    pinned = accept(lock.servers["server:depot"], new, APPROVAL, "put_box")
    assert {change.name for change in lock.with_server(pinned).verify(new)} == {"list_shelves"}
    assert lock.with_server(accept(pinned, new, APPROVAL)).verify(new) == ()
    with pytest.raises(LockError, match="nothing named 'other' has drifted"):
        accept(pinned, new, APPROVAL, "other")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text[: len(text) // 2], "not a whole lock file"),
        (lambda text: text.replace("mcpscan-lock/1", "mcpscan-lock/9"), "has format 'mcpscan-lock/9'"),
        (lambda text: text.replace("Puts a box on a shelf.", "Puts a box on a shelf!"), "edited by hand"),
        (lambda text: "<<<<<<< ours\n" + text, "merge conflict"),
        (lambda text: text.replace('"approvals"', '"approval"'), "not whole"),
        (lambda _: "[]", "has format None"),
    ],
)
def test_a_spoiled_lock_is_a_clear_error_and_stays_as_it_is(tmp_path, spoil, said):
    path = tmp_path / "mcpscan.lock"
    path.write_text(spoil(made().text()), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(LockError, match=said):
        Lock.load(path)
    with pytest.raises(LockError, match=said):
        update(path, lambda lock: lock)
    assert path.read_bytes() == before


def test_concurrent_writers_lose_nothing(tmp_path):
    path = tmp_path / "mcpscan.lock"

    def write(number: int) -> None:
        update(path, lambda lock: lock.with_server(pin(f"server:{number}", read(RICH), APPROVAL)))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Lock.load(path).servers) == {f"server:{number}" for number in range(12)}


def test_a_writer_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "mcpscan.lock"
    update(path, lambda _: made())
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        update(path, lambda _: (_ for _ in ()).throw(RuntimeError("stop")))
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir() if "writing" not in each.name) == ["mcpscan.lock"]


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"format":"mcpscan-lock/1","servers":' + b'{"a":' * 100_000])
def test_a_lock_nested_without_end_is_an_error(data):
    with pytest.raises(LockError, match="nested too deeply"):
        Lock.parse(data)


def test_a_definition_too_deep_to_compare_is_not_pinned():
    deep: object = "x"
    for _ in range(900):
        deep = [deep]
    with pytest.raises(LockError, match="too deeply"):
        pin("server:deep", read({"tools": [{"name": "t", "x": deep}]}), APPROVAL)


def test_a_server_that_is_not_in_the_lock_is_an_error():
    with pytest.raises(LockError, match="not in the lock"):
        made().verify({"tools": []}, "server:other")


@pytest.mark.parametrize(
    ("argv", "known"),
    [
        (["npx", "-y", "@scope/server@1.2.3", "--root", "/srv"], "npm:@scope/server"),
        (["npx", "-y", "@scope/server@2.0.0"], "npm:@scope/server"),
        (["uvx", "--python", "3.12", "mcp-server-git==2026.1.1", "--repository", "/x"], "pypi:mcp-server-git"),
        (["uvx", "--from", "Some_Server>=1", "run-it"], "pypi:some-server"),
        (["uv", "tool", "run", "mcp-server-time"], "pypi:mcp-server-time"),
        (["docker", "run", "-i", "--rm", "-e", "A=b", "ghcr.io/a/b:1.0"], "oci:ghcr.io/a/b"),
        (["python3.11", "-m", "my_server", "--token", "s"], "python:my_server"),
        (["node", "/home/me/server.js"], "script:server.js"),
        (["/opt/bin/depot", "--port", "1"], "command:depot"),
        (["env", "A=b", "npx", "pkg"], "npm:pkg"),
        (["env", "-i", "A=b", "uvx", "--from", "tools==1.0", "x"], "pypi:tools"),
        (["env"], "command:env"),
        (["env"] * 3000 + ["npx", "pkg"], "npm:pkg"),
        (["env " * 3000 + "npx pkg"], "npm:pkg"),
        (["npx -y @scope/server@1.2.3 --root /srv"], "npm:@scope/server"),
        (["/Applications/My App/bin/depot"], "command:depot"),
        (["bash", "-e", "/srv/My Server.sh"], "script:My Server.sh"),
        (["python", "-W", "ignore", "-m", "my_server", "-c", "x"], "python:my_server"),
        (["node", "server.js", "-e", "production"], "script:server.js"),
    ],
)
def test_a_server_is_known_whatever_its_arguments(argv, known):
    assert identity.of_command(argv) == known


@pytest.mark.parametrize(
    ("argv", "begins"),
    [
        (["sh", "-c", "export X=hunter2; run"], "script:sh-"),
        (["bash", "-o", "pipefail", "-lc", "run hunter2"], "script:bash-"),
        (["python3", "-X", "dev", "-uc", "print('hunter2')"], "script:python3-"),
        (["node", "--eval", "go('hunter2')"], "script:node-"),
        (["perl", "-ne", "hunter2"], "script:perl-"),
        (["serve hunter2 & wait"], "command:serve-"),
        (["sh", "-c", "\ud800 hunter2"], "script:sh-"),
    ],
)
def test_a_script_in_a_command_line_is_known_by_its_digest(argv, begins):
    known = identity.of_command(argv)
    assert known.startswith(begins)
    assert len(known) == len(begins) + 12
    assert known != identity.of_command([*argv[:-1], argv[-1] + " "])
