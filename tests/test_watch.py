"""`--watch` audits again when what is configured or approved changed, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from mcpscan.audit.auditing import Where
from mcpscan.cli.watch import watching

watchfiles = pytest.importorskip("watchfiles")
SERVER = {"command": "serve", "env": {"TOKEN": "one"}}


class EndedError(Exception):
    """The steps of a test are over."""


class Watched:
    """A home that is watched. Each step changes something; nothing else ever does."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.folders: set[Path] = set()
        self.lock = home / "work" / "mcpscan.lock"
        self.lock.parent.mkdir()
        self.audits: list[int] = []
        self.steps: list[Callable[[], object]] = []
        self.during: Callable[[], object] = lambda: None
        self.done = 0
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("USERPROFILE", str(home))
        monkeypatch.setattr(watchfiles, "watch", self.watch)

    def put(self, name: str, *servers: str, **more: object) -> None:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**more, "mcpServers": dict.fromkeys(servers, SERVER)}, indent=1)
        path.write_text(text, encoding="utf-8")

    def watch(self, *folders: Path, **_options: object) -> Iterator[object]:
        self.folders = set(folders)
        while self.done < len(self.steps):
            self.done += 1
            self.steps[self.done - 1]()
            yield {(1, "whatever")}
        raise EndedError

    def again(self) -> None:
        """What stands for an audit: notes after which step it came."""
        self.audits.append(self.done)
        during, self.during = self.during, lambda: None
        during()

    def run(self, *steps: Callable[[], object]) -> list[int]:
        """The steps after which there was an audit."""
        self.steps = list(steps)
        with pytest.raises(EndedError):
            watching(Where(clients=("cursor", "claude-code")), self.lock, self.again)
        return self.audits


@pytest.fixture
def watched(tmp_path, monkeypatch) -> Watched:
    made = Watched(tmp_path, monkeypatch)
    made.put(".cursor/mcp.json", "notes")
    return made


def test_a_file_that_cannot_be_read_is_watched(watched):
    broken = watched.home / ".claude.json"
    broken.write_text("{[", encoding="utf-8")
    assert watched.run(lambda: None, lambda: watched.put(".claude.json", "x"), lambda: None) == [2]
    assert {watched.home, watched.home / ".cursor", watched.lock.parent} <= watched.folders


def test_a_new_configuration_is_seen(watched):
    watched.put(".claude/settings.json")
    assert watched.run(lambda: watched.put(".claude.json", "new"), lambda: None) == [1]
    assert watched.home in watched.folders


def test_what_changes_during_an_audit_is_not_lost(watched):
    watched.during = lambda: watched.put(".cursor/mcp.json", "notes", "second")
    assert watched.run(lambda: watched.put(".cursor/mcp.json", "first")) == [1, 1]


def test_a_lock_that_the_audit_writes_is_no_change_and_another_ones_is(watched):
    watched.during = lambda: watched.lock.write_text("{}", encoding="utf-8")
    foreign = "<<<<<<< ours"
    assert watched.run(
        lambda: watched.put(".cursor/mcp.json", "first"),
        watched.lock.touch,
        lambda: watched.lock.write_text(foreign, encoding="utf-8"),
    ) == [1, 3]


def test_a_link_that_leads_elsewhere_is_a_change(watched):
    config = watched.home / ".cursor" / "mcp.json"
    config.unlink()
    watched.put("one/a.json", "notes")
    watched.put("two/a.json", "other")
    config.symlink_to(watched.home / "one" / "a.json")

    def swap() -> None:
        config.unlink()
        config.symlink_to(watched.home / "two" / "a.json")

    assert watched.run(lambda: None, swap, lambda: watched.put("two/a.json", "third")) == [2, 3]
    assert {config.parent, watched.home / "two"} <= watched.folders


def test_a_file_that_is_rewritten_with_the_same_servers_is_no_change(watched):
    watched.put(".claude.json", "notes")
    assert (
        watched.run(
            lambda: watched.put(".claude.json", "notes", startups=2),
            lambda: watched.put(".claude.json", "notes", startups=3, more=["a", "b"]),
            lambda: (watched.home / "unrelated").write_text("x", encoding="utf-8"),
        )
        == []
    )


def test_a_changed_secret_is_a_change(watched):
    text = (watched.home / ".cursor" / "mcp.json").read_text(encoding="utf-8").replace("one", "two")
    assert watched.run(lambda: (watched.home / ".cursor" / "mcp.json").write_text(text, encoding="utf-8")) == [1]


def test_folders_that_cannot_be_watched_are_said(watched):
    def refused() -> None:
        raise OSError("no more watches")

    watched.steps = [refused]
    with pytest.raises(click.UsageError, match="no more watches"):
        watching(Where(), watched.lock, watched.again)
