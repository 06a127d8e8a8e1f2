"""The inventory and the rules read a launcher's command line apart; here they are held to one answer."""

from __future__ import annotations

import pytest

from mcpscan.audit.config.launcher import launches
from mcpscan.inventory.package import package

LINES = [
    "npx -y server", "npx server@1.2.3", "npx -y @scope/server@latest", "npx -y @scope/server@^1.2.0",
    "npx --package=@scope/server@2.0.1 serve", "npx -p server@1.0.0 serve", "bunx server@1.2.3", "pnpm dlx server",
    "yarn dlx server@3.1.4", "npm exec -y server@1.0.0", "uvx mcp-server", "uvx mcp-server==1.2.3",
    "uvx mcp-server@1.2.3", "uvx --from mcp-tools==2.0.0 serve", "uvx --python 3.12 mcp-server",
    "uv tool run mcp-server==0.4.1", "pipx run mcp-server", "pipx run --spec mcp-server==1.0.0 serve",
    "docker run -i --rm ghcr.io/a/b", "docker run -i --rm ghcr.io/a/b:1.2", "docker run --rm -i -e TOKEN mcp/fetch:latest",
    "docker run -i ghcr.io/a/b@sha256:" + "0" * 64, "podman run --rm -i quay.io/a/b:2",
    "uvx --from git+https://github.com/a/b serve", "npx -y github:a/b",
    "uvx --from git+https://github.com/a/b@" + "a" * 40 + " serve", "env A=1 npx -y server@1.0.0",
    "cmd /c npx -y server", "npx.cmd -y server@2.2.2", "node server.js", "python -m server", "/opt/bin/server --x",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_both_say_the_same_of_a_command_line(line):
    words = line.split(" ")
    shown, found = package(words), next(launches(words), None)
    assert bool(shown.purl or shown.version) == (found is not None)
    if found is not None:
        assert shown.pinned == found.pinned
        assert shown.version.lstrip("=") == found.version.lstrip("=")
