"""The wrapper in clients' configurations: what becomes of the files, whatever is done to them meanwhile."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from installing import Desk, files

from mcpscan_service.wrap.install import editing


@pytest.fixture
def desk(tmp_path):
    def make(name: str, text: str | bytes) -> Desk:
        file = tmp_path / "place" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Desk(file)

    return make


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of Unix")
def test_mode_and_links_are_kept_and_a_link_out_of_the_home_is_not_followed(desk, tmp_path, monkeypatch):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}}}')
    it.file.chmod(0o640)
    link = it.file.with_name("link.json")
    link.symlink_to(it.file)
    assert Desk(link).install() == 0
    assert link.is_symlink()
    assert it.file.stat().st_mode & 0o777 == 0o640
    assert it.file.with_name("a.json.mcpscan-backup").stat().st_mode & 0o777 == 0o640
    Desk(link).uninstall()
    other = tmp_path / "other"
    other.mkdir()
    away = other / "away.json"
    away.symlink_to(it.file)
    monkeypatch.setattr(Path, "home", lambda: other)
    monkeypatch.chdir(other)
    there = Desk(away)
    assert there.install() == 1
    assert "leads out of the home folder" in there.said[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="hard links of Unix")
def test_a_file_of_several_names_is_refused(desk):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}}}')
    os.link(it.file, it.file.with_name("b.json"))
    assert it.install() == 1
    assert "several names" in it.said[-1]


def test_a_file_that_changes_meanwhile_is_not_overwritten(desk, monkeypatch):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}}}')
    keep = editing.Stored.keep

    def meddle(stored, data):
        kept = keep(stored, data)
        it.file.write_text('{"mcpServers": {}}')
        return kept

    monkeypatch.setattr(editing.Stored, "keep", meddle)
    assert it.install() == 1
    assert it.file.read_text() == '{"mcpServers": {}}'
    assert "changed the file meanwhile" in it.said[-1]


def test_an_edit_that_does_not_read_as_meant_is_put_back(desk, monkeypatch):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c", "env": {"A": "b"}}}}')
    original = it.file.read_bytes()
    monkeypatch.setattr("mcpscan_service.wrap.edit.change._check", lambda *_: None)
    real = editing.wrapped

    def careless(source, prefixes):
        made = real(source, prefixes)
        return made.with_text(made.text.replace('"b"', '"broken"'))

    monkeypatch.setattr(editing, "wrapped", careless)
    assert it.install() == 1
    assert it.file.read_bytes() == original
    assert "put back as it was" in it.said[-1]


def test_a_dry_run_shows_the_change_without_secrets_and_changes_nothing(desk):
    text = json.dumps(
        {
            "mcpServers": {
                "x": {
                    "command": "npx",
                    "args": ["-y", "srv", "--api-key", "hunter2hunter2", "\u001b[31mred\u202e"],
                    "env": {"TOKEN": "s3cr3t-value", "PLAIN": "also-hidden"},
                    "headers": {"X-Auth": "abcdef"},
                }
            }
        },
        indent=1,
        ensure_ascii=False,
    )
    it = desk("a.json", text)
    assert it.install(dry=True) == 0
    assert files(it.file.parent) == {"a.json": text.encode()}
    shown = "\n".join(it.said)
    assert '+   "command": "/opt/my tools/mcpscan",' in shown
    assert '-   "command": "npx",' in shown
    assert not [secret for secret in ("hunter2", "s3cr3t", "also-hidden", "abcdef") if secret in shown]
    assert "\u001b" not in shown
    assert "\u202e" not in shown


def test_a_file_that_is_read_only_is_left_alone(desk):
    it = desk("a.json", '{"mcpServers": {"x": {"command": "c"}}}')
    original = it.file.read_bytes()
    it.file.chmod(0o444)
    assert it.install() == 1
    assert "read-only" in it.said[-1]
    assert files(it.file.parent) == {"a.json": original}
    it.file.chmod(0o644)
