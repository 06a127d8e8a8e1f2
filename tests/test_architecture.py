"""The structure: who may import whom, and what a start must not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cases import ROOT

HEAVY = (
    "torch",
    "transformers",
    "datasets",
    "fastapi",
    "onnxruntime",
    "tokenizers",
    "mcp",
    "mcp_types",
    "rich",
    "pydantic",
    "numpy",
)


def test_the_import_contracts_hold():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "code",
    ["import mcpscan", "from mcpscan.cli import main; main(['scan', PATH, '--format', 'json'], standalone_mode=False)"],
)
def test_a_start_loads_nothing_heavy(tmp_path, code):
    path = tmp_path / "tools.json"
    path.write_text(json.dumps({"tools": [{"name": "a", "description": "Adds."}]}), encoding="utf-8")
    script = f"PATH = {str(path)!r}\ntry:\n    {code}\nexcept SystemExit:\n    pass\nimport sys\nprint('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "mcpscan.engine" in loaded
    assert sorted(loaded & set(HEAVY)) == []


def test_the_command_line_works_without_a_network(tmp_path):
    path = tmp_path / "tools.json"
    path.write_text(json.dumps({"tools": [{"name": "a", "description": "Adds."}]}), encoding="utf-8")
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        json.dumps({"id": "1", "kind": "tool_result", "label": "benign", "text": "Fine."}), encoding="utf-8"
    )
    for args in (["scan", str(path)], ["rules"], ["eval", str(rows)]):
        script = (
            "import socket\n"
            "def refuse(*args, **kwargs): raise AssertionError('a socket was opened')\n"
            "socket.socket = socket.create_connection = socket.getaddrinfo = refuse\n"
            f"from mcpscan.cli import main\nmain({args!r})"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=os.environ
        )
        assert done.returncode == 0, done.stderr
