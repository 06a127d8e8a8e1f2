"""Real servers from npm and PyPI, started and scanned. Run with: pytest -m live"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mcpscan.connect import Command, capture

pytestmark = pytest.mark.live

NPM = [
    ("@modelcontextprotocol/server-everything@2026.8.31", "mcp-server-everything", (), "2025-11-25"),
    ("@modelcontextprotocol/server-filesystem@2026.8.31", "mcp-server-filesystem", ("FOLDER",), "2025-11-25"),
    ("@modelcontextprotocol/server-memory@2026.8.31", "mcp-server-memory", (), "2025-11-25"),
    ("@modelcontextprotocol/server-sequential-thinking@2026.8.31", "mcp-server-sequential-thinking", (), "2025-11-25"),
    ("@modelcontextprotocol/server-memory@0.6.2", "mcp-server-memory", (), "2024-11-05"),
]
PYPI = [
    ("mcp-server-time==2026.10.19", "mcp-server-time", ("--local-timezone", "UTC"), "2026-07-28"),
    ("mcp-server-git==2026.10.19", "mcp-server-git", (), "2026-07-28"),
    ("excel-mcp-server==2.2.2", "excel-mcp-server", ("stdio",), "2026-07-28"),
]


def check(scanner, program: Path, arguments: tuple[str, ...], era: str, folder: Path) -> None:
    argv = (str(program), *(str(folder) if argument == "FOLDER" else argument for argument in arguments))
    got = capture(Command(argv, env={"MEMORY_FILE_PATH": str(folder / "memory.json")}), 120)
    assert [problem for problem in got.problems if problem.code != "not-fetched"] == []
    report = scanner.scan_manifest(got.document)
    assert report.coverage.tools > 0
    assert report.errors == ()
    assert report.verdict.action == "allow", report.findings
    wire = got.document["wire"]
    assert isinstance(wire, dict)
    opened = (
        wire["initialize"][0]["protocolVersion"]
        if "initialize" in wire
        else wire["server/discover"][0]["supportedVersions"]
    )
    assert era in opened


@pytest.mark.parametrize(("package", "program", "arguments", "era"), NPM, ids=[package for package, *_ in NPM])
def test_a_server_from_npm_is_allowed(scanner, tmp_path, package, program, arguments, era):
    subprocess.run(
        ["npm", "install", "--silent", "--prefix", str(tmp_path / "npm"), package], check=True, capture_output=True
    )
    check(scanner, tmp_path / "npm" / "node_modules" / ".bin" / program, arguments, era, tmp_path)


@pytest.mark.parametrize(("package", "program", "arguments", "era"), PYPI, ids=[package for package, *_ in PYPI])
def test_a_server_from_pypi_is_allowed(scanner, tmp_path, package, program, arguments, era):
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    subprocess.run([str(tmp_path / "venv" / "bin" / "pip"), "install", "-q", package], check=True, capture_output=True)
    check(scanner, tmp_path / "venv" / "bin" / program, arguments, era, tmp_path)
