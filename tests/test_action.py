"""The GitHub action hands its inputs on as a command line, whatever they hold."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ACTION = Path(__file__).parents[1] / "action.yml"


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("audit --config-only --project .", ["audit", "--config-only", "--project", "."]),
        ("audit\n  --config-only\n--project  .\n", ["audit", "--config-only", "--project", "."]),
        ("scan $HOME `id` ; *", ["scan", "$HOME", "`id`", ";", "*"]),
    ],
)
def test_every_line_of_the_arguments_is_handed_on(tmp_path, given, words):
    script = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"][-1]["run"]
    program = tmp_path / "mcpscan"
    program.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", encoding="utf-8")
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={"PATH": path, "ARGS": given, "FAIL_ON": "block", "SARIF": "a b.sarif"},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines() == [*words, "--fail-on", "block", "--format", "sarif", "--output", "a b.sarif"]
