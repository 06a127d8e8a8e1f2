"""What a launcher fetches: versions that float, code from branches and addresses, names that pass for others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from mcpscan.audit.config.entry import Key, words
from mcpscan.audit.config.launcher import Launch, launches
from mcpscan.audit.config.rule import ConfigRule, Machine, Spot
from mcpscan.finding import Confidence, Severity
from mcpscan.inventory.server import Server
from mcpscan.rules._shadowing_names import disguised, imitated, one_slip, seen, spelled
from mcpscan.text import Late, fold, visible

_UNPINNED_REFS = ("OWASP-MCP04:2025", "SLSA-pinned-dependencies")


def _launched(server: Server) -> Iterator[tuple[Launch, Key]]:
    keys = [key for key, _ in words(server)]
    for launch in launches(server.argv):
        yield launch, keys[launch.at] if launch.at < len(keys) else ()


class ConfigUnpinned(ConfigRule):
    """A launcher fetches whatever version of a package is newest when the server starts.

    The next version starts by itself, with the rights of the user, the day it is published: by the author or by whoever
    took over the account. What was reviewed is not what runs. Write the exact version (`name@1.2.3`, `name==1.2.3`).
    """

    id = "config-unpinned"
    severity = Severity.MEDIUM
    confidence = Confidence.HIGH
    refs = _UNPINNED_REFS
    flags = (
        {"entry": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory"]}},
        {"entry": {"command": "npx", "args": ["-y", "tavily-mcp@latest"]}},
        {"entry": {"command": "npx", "args": ["firecrawl-mcp@^3.0.0"]}},
        {"entry": {"command": "uvx", "args": ["mcp-server-git", "--repository", "."]}},
        {"entry": {"command": "uv", "args": ["tool", "run", "mcp-server-time>=2025"]}},
        {"entry": {"command": "cmd", "args": ["/c", "npx", "-y", "@playwright/mcp"]}},
        {"entry": {"command": "bash", "args": ["-lc", "source ~/.profile && npx -y n8n-mcp"]}},
        {"entry": {"command": "go", "args": ["run", "example.test/tools/server@latest"]}},
    )
    passes = (
        {"entry": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory@2026.8.31"]}},
        {"entry": {"command": "uvx", "args": ["mcp-server-git==2026.10.19"]}},
        {"entry": {"command": "uvx", "args": ["mcp-server-git@2026.10.19"]}},
        {"entry": {"command": "uv", "args": ["--directory", "/srv/notes", "run", "server.py"]}},
        {"entry": {"command": "node", "args": ["/opt/notes/dist/index.js"]}},
        {"entry": {"command": "npx", "args": ["./packages/notes"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look at the version of every package of a registry."""
        for launch, key in _launched(server):
            if launch.ecosystem in {"npm", "pypi", "go"} and not launch.pinned:
                how = f"asks for {launch.version!r}" if launch.version else "names no version"
                yield Spot(key, f"{visible(how)}, which is another one tomorrow", launch.word)


class ConfigImage(ConfigRule):
    """A container image is named by a tag, which can be moved to other content.

    The registry decides at every pull what a tag means; `latest`, or no tag at all, changes with every release. A tag
    that looks like a version can be moved too, which is why it is still noted. Name the digest (`image@sha256:…`).
    """

    id = "config-image"
    severity = Severity.MEDIUM
    confidence = Confidence.HIGH
    refs = _UNPINNED_REFS
    flags = (
        {"entry": {"command": "docker", "args": ["run", "-i", "--rm", "mcp/fetch"]}},
        {
            "entry": {
                "command": "docker",
                "args": ["run", "-i", "--rm", "-e", "TOKEN", "ghcr.io/github/github-mcp-server:latest"],
            }
        },
        {"entry": {"command": "podman", "args": ["run", "-i", "registry.example/tools/notes:1.4.2"]}},
    )
    passes = (
        {"entry": {"command": "docker", "args": ["run", "-i", "--rm", "mcp/fetch@sha256:" + "0a" * 32]}},
        {"entry": {"command": "docker", "args": ["mcp", "gateway", "run"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look at the reference of every image."""
        for launch, key in _launched(server):
            if launch.ecosystem == "oci" and not launch.pinned:
                loose = launch.version in {"", "latest"}
                what = f"the tag {visible(launch.version)!r}" if launch.version else "no tag and no digest"
                yield Spot(key, f"the image has {what}", launch.word, severity=None if loose else Severity.LOW)


class ConfigSource(ConfigRule):
    """A launcher builds and runs code from a git branch or from an address.

    What stands there changes without a release, without a checksum and without anyone who reviews it. Name a commit by
    its full hash, or a published version.
    """

    id = "config-source"
    severity = Severity.MEDIUM
    confidence = Confidence.HIGH
    refs = _UNPINNED_REFS
    flags = (
        {"entry": {"command": "uvx", "args": ["--from", "git+https://git.example/tools/notes", "notes-mcp"]}},
        {"entry": {"command": "npx", "args": ["-y", "github:someone/notes-mcp#main"]}},
        {"entry": {"command": "npx", "args": ["-y", "https://downloads.example/notes-mcp.tgz"]}},
        {"entry": {"command": "deno", "args": ["run", "-A", "https://scripts.example/notes.ts"]}},
    )
    passes = (
        {
            "entry": {
                "command": "uvx",
                "args": ["--from", "git+https://git.example/tools/notes@" + "0a" * 20, "notes-mcp"],
            }
        },
        {"entry": {"command": "npx", "args": ["-y", "notes-mcp@1.0.0", "https://data.example/feed"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look at every package that is no package of a registry."""
        for launch, key in _launched(server):
            if launch.ecosystem == "git" and not launch.pinned:
                at = f"at {launch.version!r}" if launch.version else "at whatever its default branch holds"
                yield Spot(key, f"runs code of a git repository {visible(at)}", launch.word)
            elif launch.ecosystem == "url":
                level = Severity.HIGH if launch.name.startswith("http:") else None
                yield Spot(key, "runs code from an address, without a checksum", launch.word, severity=level)


class ConfigImitates(ConfigRule):
    """A server or its package has nearly the name of a well-known one.

    A slip of the finger, or a letter of another script, fetches a stranger's package under a familiar name. Compare it
    with the name that the vendor's own documentation gives, letter by letter.
    """

    id = "config-imitates"
    severity = Severity.HIGH
    confidence = Confidence.MEDIUM
    refs = ("OWASP-MCP04:2025", "SAFE-T1004")
    flags = (
        {"entry": {"command": "npx", "args": ["-y", "@modelcontextprotoco1/server-filesystem@1.0.0"]}},
        {"entry": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesytem@1.0.0"]}},
        {"entry": {"command": "npx", "args": ["-y", "tavi1y-mcp@1.0.0"]}},
        {"entry": {"command": "uvx", "args": ["mcp-server-fecth==1.0.0"]}},
        {"name": "g\u0456thub", "entry": {"command": "node", "args": ["/opt/g/index.js"]}},
    )
    passes = (
        {"name": "github", "entry": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-github@2025.4.8"]}},
        {"name": "motion", "entry": {"command": "npx", "args": ["-y", "motion-mcp@1.0.0"]}},
        {"name": "notes", "entry": {"command": "uvx", "args": ["mcp-server-files==1.0.0"]}},
        {"name": "\u043f\u043e\u0438\u0441\u043a", "entry": {"command": "uvx", "args": ["mcp_server_git==1.0.0"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Compare the server's name and its packages with those that are known."""
        wrong = disguised(server.name)
        name, alike = imitated(server.name)
        if name or wrong:
            sure = Confidence.HIGH if wrong and name else None
            level = None if wrong else Severity.MEDIUM if alike else Severity.LOW
            reads = f"reads like {name!r} and is not" if name else f"has {wrong}"
            yield Spot((), f"the server's name {reads}", server.name, severity=level, confidence=sure)
        for launch, key in _launched(server):
            known = likeness(launch.ecosystem, launch.name)
            if known:
                parted = spelled(launch.name) == spelled(known)
                how = "has the letters of" if parted else "is one slip away from"
                level = Severity.LOW if parted and not disguised(launch.name) else None
                yield Spot(key, f"the package {how} {known!r} and is another", launch.word, severity=level)


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """The well-known packages, each with its ecosystem before it ("npm:@playwright/mcp")."""
    lines = files("mcpscan.audit.config").joinpath("known.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def likeness(ecosystem: str, name: str) -> str:
    """The well-known package that a package's name is one slip away from; empty for its own name and for all others.

    >>> likeness("npm", "@playwrite/mcp"), likeness("npm", "@playwright/mcp"), likeness("pypi", "mcp-server-gti")
    ('', '', 'mcp-server-git')
    """
    plain = _SEPARATORS.sub("-", name.lower())
    known = sorted(entry.partition(":")[2] for entry in known_names() if entry.startswith(f"{ecosystem}:"))
    if plain in {_SEPARATORS.sub("-", entry) for entry in known} or len(name) > 200:
        return ""
    folded = fold(plain).text
    for entry in known:
        own = _SEPARATORS.sub("-", entry)
        if abs(len(own) - len(folded)) > 2:
            continue
        if seen(folded) == seen(own) or (len(own) >= 8 and one_slip(folded, own)):
            return entry
    return ""


_SEPARATORS = Late(r"[_.]+")
