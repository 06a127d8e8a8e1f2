"""The documentation: what it says happens."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys

import pytest
from cases import ROOT

import mcpscan
from mcpscan.policy import Policy

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_rule_pages_are_fresh():
    spec = importlib.util.spec_from_file_location("rules_pages", ROOT / "docs" / "rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "rules").glob("*.md")}
    assert written == module.pages(), "run: python docs/rules.py"


def test_the_page_of_settings_is_fresh():
    checked = subprocess.run(
        [sys.executable, ROOT / "docs" / "settings.py", "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_the_two_commands_of_the_readme_are_what_ci_runs():
    commands = [
        line.removeprefix("$ ")
        for block in blocks("console")
        for line in block.splitlines()
        if line.startswith("$ pip")
    ]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert len(commands) == 2
    for command in commands:
        assert command in ci


@pytest.mark.parametrize("block", blocks("python"))
def test_the_readmes_python_runs(block):
    exec(compile(block, "README.md", "exec"), {})


@pytest.mark.parametrize("block", blocks("toml"))
def test_the_readmes_policy_loads(block, tmp_path):
    path = tmp_path / "mcpscan.toml"
    path.write_text(block, encoding="utf-8")
    assert Policy.load(path).suppress


def test_every_public_name_is_in_the_reference():
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert [name for name in mcpscan.__all__ if f"`{name}" not in text] == []


def test_every_folder_of_the_library_is_in_the_architecture():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = [
        path.stem for path in (ROOT / "mcpscan").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    ]
    assert [name for name in names if name not in text and not name.startswith("__")] == []
