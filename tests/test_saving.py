"""What a server sent is kept in a file of its own, whatever the server is called."""

from __future__ import annotations

import json

import click
import pytest

from mcpscan.cli.gather import save


def test_names_that_no_file_can_have_stay_apart(tmp_path):
    names = ["notes", "a/b c", "a/b_c", "a_b_c", "n" * 300, "n" * 301, "n" * 80, "..", "", "\ud800", "../../x"]
    for name in names:
        save(tmp_path / "kept", name, {"name": name})
    files = sorted((tmp_path / "kept").iterdir())
    assert sorted(json.loads(file.read_text(encoding="utf-8"))["name"] for file in files) == sorted(names)
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]
    assert max(len(file.name) for file in files) <= 100
    assert {"notes.json", "a_b_c.json"} <= {file.name for file in files}


def test_a_folder_that_cannot_be_written_is_wrong_usage(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(click.UsageError, match="--save"):
        save(tmp_path / "file" / "kept", "notes", {})
    (tmp_path / "notes.json").mkdir()
    with pytest.raises(click.UsageError, match=r"notes\.json"):
        save(tmp_path, "notes", {})
