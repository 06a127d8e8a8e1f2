"""What a server can reach: addresses without TLS, the whole disk, the machine around its container, root."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from mcpscan.audit.config.entry import address, pairs, variables, words
from mcpscan.audit.config.launcher import program, unwrapped
from mcpscan.audit.config.rule import ConfigRule, Machine, Spot
from mcpscan.finding import Confidence, Severity
from mcpscan.identity import RUNNERS
from mcpscan.inventory.server import Server
from mcpscan.text import Late

_CONTAINERS = frozenset(name for name, kind in RUNNERS.items() if kind == "oci")


class ConfigHttp(ConfigRule):
    """A server is reached over plain http, or with its certificate unchecked.

    Anyone on the way reads what is sent, tokens included, and rewrites the tools and results that come back, which the
    model then follows. Use https; a server on this machine may stay on http.
    """

    id = "config-http"
    severity = Severity.MEDIUM
    confidence = Confidence.HIGH
    refs = ("OWASP-MCP07:2025", "CWE-319")
    flags = (
        {"entry": {"url": "http://mcp.example/sse"}},
        {"entry": {"url": "ws://mcp.example/mcp"}},
        {"entry": {"command": "npx", "args": ["-y", "mcp-remote@1.0.0", "http://mcp.example/sse", "--allow-http"]}},
        {"entry": {"command": "notes-mcp", "env": {"NODE_TLS_REJECT_UNAUTHORIZED": "0"}}},
        {"entry": {"url": "http://192.168.1.20:8080/mcp"}},
    )
    passes = (
        {"entry": {"url": "https://mcp.example/mcp"}},
        {"entry": {"url": "http://localhost:3000/mcp"}},
        {"entry": {"url": "http://127.0.0.1:8080/sse"}},
        {"entry": {"url": "http://[::1]:8080/sse"}},
        {"entry": {"command": "notes-mcp", "args": ["--feed", "https://data.example"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look at the address, at addresses among the words, and at the switches that turn checks off."""
        level = _plain(server.url)
        if level is not None:
            carried = " and carries credentials" if server.headers else ""
            yield Spot(address(server), f"the connection is not encrypted{carried}", server.url, severity=level)
        for key, word in words(server):
            if word.startswith(("http://", "ws://", "sse+http://")) and _plain(word) is not None:
                level = _plain(word) if "remote" in " ".join(server.argv) else Severity.LOW
                yield Spot(key, "an address without encryption", word, severity=level)
            elif word in {"--insecure", "--no-verify-ssl", "--insecure-skip-tls-verify", "--no-check-certificate"}:
                yield Spot(key, "certificates are not checked", word)
        for key, name, value in variables(server):
            if (name.upper(), value.lower()) in _UNCHECKED:
                yield Spot(key, "certificates are not checked", f"{name}={value}")


_UNCHECKED = frozenset({
    ("NODE_TLS_REJECT_UNAUTHORIZED", "0"), ("PYTHONHTTPSVERIFY", "0"), ("GIT_SSL_NO_VERIFY", "1"), ("GIT_SSL_NO_VERIFY", "true"),
    ("NPM_CONFIG_STRICT_SSL", "false"), ("CURL_INSECURE", "1"),
})  # fmt: skip


def _plain(url: str) -> Severity | None:
    """How bad a plain address is: None with encryption or on this machine, low within one's own network."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme.lower().removeprefix("sse+") not in {"http", "ws"} or not host or "$" in host or "{" in host:
        return None
    if host == "localhost" or host.endswith(".localhost"):
        return None
    try:
        number = ip_address(host.partition("%")[0])
    except ValueError:
        near = "." not in host or host.endswith(
            (".local", ".internal", ".lan", ".home.arpa", ".svc", ".docker.internal")
        )
        return Severity.LOW if near else Severity.MEDIUM
    if number.is_loopback or number.is_unspecified:
        return None
    return Severity.LOW if number.is_private else Severity.MEDIUM


class ConfigWholeDisk(ConfigRule):
    """A file server is given the whole disk or the whole home folder.

    One poisoned page is then enough to have keys, mail and browser profiles read, or shell start-up files written. Name
    the folders that are needed.
    """

    id = "config-whole-disk"
    severity = Severity.MEDIUM
    confidence = Confidence.HIGH
    refs = ("OWASP-MCP02:2025", "CWE-732")
    flags = (
        {"entry": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "/"]}},
        {
            "entry": {
                "command": "npx",
                "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "/Users/alex"],
            }
        },
        {"entry": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "C:\\"]}},
        {"entry": {"command": "filesystem-mcp", "args": ["--root=${HOME}"]}},
    )
    passes = (
        {
            "entry": {
                "command": "npx",
                "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "/Users/alex/notes"],
            }
        },
        {
            "entry": {
                "command": "npx",
                "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "${workspaceFolder}"],
            }
        },
        {"entry": {"command": "notes-mcp", "args": ["--prefix", "/"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look at the folders that a file server is given."""
        if not _FILES.search(f"{server.name} {' '.join(server.argv)}"):
            return
        for key, word in list(words(server))[1:]:
            value = word.partition("=")[2] if word.startswith("--") and "=" in word else word
            what = whole(value, machine.home)
            if what:
                level = Severity.HIGH if what == "the whole disk" else None
                yield Spot(
                    key, f"the server may read and write {what}", word, severity=level, confidence=Confidence.MEDIUM
                )


_FILES = Late(r"(?i)file-?_?system|file[-_]?server|[-_/]files?\b|desktop-commander")
_HOME = Late(
    r"^(?:~|\$HOME|\$\{(?:env:)?HOME\}|\$\{userHome\}|%USERPROFILE%|\$\{env:USERPROFILE\}|/root|/home(?:/[^/]+)?|/Users(?:/[^/]+)?|[A-Za-z]:[\\/]Users(?:[\\/][^\\/]+)?)[\\/]?$"
)
_DISK = Late(r"^(?:/|/{2,}|[A-Za-z]:[\\/]{0,2}|/mnt/[a-z]|/Volumes|/host|/rootfs)/?$")


def whole(path: str, home: str = "") -> str:
    r"""Whether a path is all of a disk or all of a home folder, in words; empty for less.

    >>> whole("/"), whole("C:\\"), whole("/home/alex"), whole("/home/alex/notes")
    ('the whole disk', 'the whole disk', 'a whole home folder', '')
    """
    if _DISK.search(path):
        return "the whole disk"
    return "a whole home folder" if _HOME.search(path) or (home and path.rstrip("/\\") == home) else ""


class ConfigPrivileged(ConfigRule):
    """A server runs as root, or its container is let out to the machine around it.

    A container with the docker socket, the host's disk or `--privileged` contains nothing: whatever steers the server
    owns the machine. Drop the switch, mount the one folder that is needed, read-only if possible.
    """

    id = "config-privileged"
    severity = Severity.HIGH
    confidence = Confidence.MEDIUM
    refs = ("OWASP-MCP02:2025", "CWE-250")
    flags = (
        {"entry": {"command": "docker", "args": ["run", "-i", "-v", "/:/host", "notes@sha256:" + "0a" * 32]}},
        {"entry": {"command": "docker", "args": ["run", "-i", "--privileged", "notes@sha256:" + "0a" * 32]}},
        {
            "entry": {
                "command": "docker",
                "args": ["run", "-i", "-v", "/var/run/docker.sock:/var/run/docker.sock", "notes"],
            }
        },
        {
            "entry": {
                "command": "docker",
                "args": ["run", "-i", "--mount", "type=bind,src=/home/alex,dst=/work", "notes"],
            }
        },
        {"entry": {"command": "sudo", "args": ["-n", "/opt/notes/server"]}},
        {"entry": {"command": "docker", "args": ["run", "-i", "--cap-add=SYS_ADMIN", "notes"]}},
    )
    passes = (
        {"entry": {"command": "docker", "args": ["run", "-i", "--rm", "-v", "/home/alex/notes:/data:ro", "notes"]}},
        {"entry": {"command": "docker", "args": ["run", "-i", "--mount", "type=bind,src=/srv/notes,dst=/", "notes"]}},
        {"entry": {"command": "notes-mcp", "args": ["-v", "/:/host"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look for programs that become root, and for containers' mounts and switches."""
        found = list(pairs(server))
        for key, word, _ in found[:1]:
            if program(word) in {"sudo", "doas", "su", "pkexec", "runas", "gsudo"}:
                yield Spot(key, "the server runs as root", word, severity=Severity.MEDIUM, confidence=Confidence.HIGH)
        skipped, argv = unwrapped(server.argv)
        if not argv or program(argv[0]) not in _CONTAINERS:
            return
        for key, word, after in found[skipped:]:
            flag, equals, value = word.partition("=")
            if len(word) > 2 and word.startswith("-v") and not word.startswith("-v="):
                flag, equals, value = "-v", "=", word[2:]
            spot = _let_out(flag, value if equals else after, machine.home)
            if spot:
                yield Spot(key, spot[0], word if equals else f"{word} {after}".strip(), severity=spot[1])


_NAMESPACES = frozenset({"--pid", "--ipc", "--userns", "--uts"})
_CAPABILITIES = frozenset({"ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "DAC_READ_SEARCH", "NET_ADMIN", "SYS_RAWIO"})
_MOUNT_SOURCE = Late(r"(?:^|,)(?:src|source)=([^,]*)")


def _let_out(flag: str, value: str, home: str) -> tuple[str, Severity] | None:
    if flag == "--privileged" and value != "false":
        return "the container has all rights on the machine", Severity.HIGH
    if flag in {"--net", "--network"} and value == "host":
        return "the container is on the machine's own network", Severity.LOW
    if flag in _NAMESPACES and value == "host":
        return "the container sees the machine's processes", Severity.MEDIUM
    if flag == "--cap-add" and value.upper().removeprefix("CAP_") in _CAPABILITIES:
        return "the container may do what undoes it", Severity.MEDIUM
    if flag == "--security-opt" and "unconfined" in value:
        return "the container's confinement is off", Severity.MEDIUM
    if flag in {"-v", "--volume", "--mount"}:
        named = _MOUNT_SOURCE.search(value) if flag == "--mount" else None
        source = (named[1] if named else "") if flag == "--mount" else _source(value)
        if source.endswith(("docker.sock", "podman.sock", "containerd.sock", "docker_engine")):
            return "the container is given the socket that controls all containers", Severity.HIGH
        what = whole(source, home)
        if what or source.rstrip("/") in {"/etc", "/var", "/proc", "/sys", "/dev", "/boot"}:
            level = Severity.MEDIUM if what == "a whole home folder" else Severity.HIGH
            return f"the container is given {what or source[:40]}", level
    return None


def _source(volume: str) -> str:
    """The machine's side of `-v source:target:options`, with a drive letter kept together."""
    if volume[1:3] in {":\\", ":/"} and volume[:1].isalpha():
        return volume[:2] + volume[2:].partition(":")[0]
    return volume.partition(":")[0]
