"""Entries next to each other: the same server in several versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcpscan.audit.config.entry import Key, words
from mcpscan.audit.config.launcher import launches
from mcpscan.audit.config.rule import FleetRule, Spot
from mcpscan.finding import Confidence, Severity
from mcpscan.inventory.server import Server
from mcpscan.text import visible


class ConfigVersions(FleetRule):
    """The same server is configured in several clients or projects with different versions.

    One of them is the version that was reviewed or repaired, and the others are not; an approval given in one client
    says nothing about them. Use one version everywhere.
    """

    id = "config-versions"
    severity = Severity.LOW
    confidence = Confidence.HIGH
    refs = ("OWASP-MCP04:2025",)
    flags = (
        (
            {"name": "notes", "client": "one", "entry": {"command": "npx", "args": ["-y", "notes-mcp@1.0.0"]}},
            {"name": "notes", "client": "two", "entry": {"command": "npx", "args": ["-y", "notes-mcp@1.2.0"]}},
        ),
    )
    passes = (
        (
            {"name": "notes", "client": "one", "entry": {"command": "npx", "args": ["-y", "notes-mcp@1.0.0"]}},
            {"name": "other", "client": "two", "entry": {"command": "npx", "args": ["notes-mcp@1.0.0"]}},
        ),
        (
            {"name": "notes", "client": "one", "entry": {"command": "npx", "args": ["notes-mcp@1.0.0"]}},
            {"name": "notes", "client": "two", "entry": {"command": "npx", "args": ["mail-mcp@2.0.0"]}},
        ),
    )

    def hits(self, servers: Sequence[Server]) -> Iterator[tuple[Server, Spot]]:
        """Compare the versions of every package that is launched more than once."""
        found: dict[tuple[str, str], list[tuple[Server, Key, str, str]]] = {}
        for server in servers:
            keys = [key for key, _ in words(server)]
            for launch in launches(server.argv):
                if launch.ecosystem in {"npm", "pypi", "oci", "go"}:
                    key = keys[launch.at] if launch.at < len(keys) else ()
                    version = launch.version.lstrip("=").strip() or "any version"
                    found.setdefault((launch.ecosystem, launch.name), []).append((server, key, version, launch.word))
        for uses in found.values():
            versions = sorted({version for _, _, version, _ in uses})
            for server, key, version, word in uses if len(versions) > 1 else ():
                others = ", ".join(visible(other)[:40] for other in versions if other != version)
                yield server, Spot(key, f"elsewhere the same package is configured as {others}", word)
