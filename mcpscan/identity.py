"""What a server is known by: its package, program or address, whatever its arguments, version and environment are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

RUNNERS = {
    "npx": "npm", "bunx": "npm", "pnpx": "npm", "uvx": "pypi", "pipx": "pypi", "npm": "npm", "pnpm": "npm", "yarn": "npm",
    "bun": "npm", "uv": "pypi", "docker": "oci", "podman": "oci", "nerdctl": "oci", "deno": "deno",
}  # fmt: skip
"""Programs that fetch and run a package, and what kind of package."""

_VERBS = frozenset({"exec", "dlx", "x", "run", "tool", "container"})
_WITH_VALUE = frozenset(
    {"-e", "--env", "-v", "--volume", "--mount", "-p", "--publish", "--name", "--network", "--python", "--with", "-w",
     "--workdir", "-u", "--user", "--env-file", "--index-url", "--registry", "--entrypoint", "--platform", "-c"}
)  # fmt: skip
_PACKAGE_FLAGS = frozenset({"--from", "-p", "--package", "--spec"})
_INTERPRETERS = re.compile(r"^(?:python[\d.]*|node|bun|deno|ruby|java|sh|bash|tsx|ts-node|dotnet|php|perl)(?:\.exe)?$")


def of_command(argv: Sequence[str]) -> str:
    """The identity of a command line.

    >>> of_command(["npx", "-y", "@scope/server@1.2.3", "--root", "/srv"]), of_command(["/opt/bin/my-server", "-v"])
    ('npm:@scope/server', 'command:my-server')
    """
    program = PurePath(argv[0].replace("\\", "/")).name.removesuffix(".exe").removesuffix(".cmd")
    if program in {"env", "sudo", "nice", "timeout", "cmd"} and len(argv) > 1:
        rest = [
            word
            for word in argv[1:]
            if "=" not in word and not word.startswith(("-", "/c", "/C")) and not word.isdigit()
        ]
        return of_command(rest) if rest else f"command:{program}"
    kind = RUNNERS.get(program)
    if kind is not None:
        package = _package(argv[1:], kind)
        if package:
            return f"{kind}:{package}"
    if _INTERPRETERS.match(program):
        return _script(argv, program)
    return f"command:{program}"


def _package(words: Sequence[str], kind: str) -> str:
    at = 0
    while at < len(words):
        word = words[at]
        if word in _PACKAGE_FLAGS and kind != "oci" and at + 1 < len(words):
            return without_version(words[at + 1], kind)
        if word in _WITH_VALUE and "=" not in word:
            at += 2
        elif word.startswith("-") or word in _VERBS:
            at += 1
        else:
            return without_version(word, kind)
    return ""


def without_version(package: str, kind: str) -> str:
    """A package's name without its version, tag or digest.

    >>> without_version("mcp-server-git==2026.1.1", "pypi"), without_version("ghcr.io/a/b:1.0@sha256:ab", "oci")
    ('mcp-server-git', 'ghcr.io/a/b')
    """
    if kind == "npm":
        head, at, _ = package[1:].partition("@")
        return package[0] + head if at else package
    if kind == "oci":
        name = package.partition("@")[0]
        head, colon, tag = name.rpartition(":")
        return head if colon and "/" not in tag else name
    return re.split(r"[=<>!~@\[; ]", package.strip(), maxsplit=1)[0].lower().replace("_", "-")


def _script(argv: Sequence[str], program: str) -> str:
    words = list(argv[1:])
    if "-m" in words and words.index("-m") + 1 < len(words):
        return f"python:{words[words.index('-m') + 1]}"
    for word in words:
        if not word.startswith("-") and word not in _VERBS:
            return f"script:{PurePath(word.replace(chr(92), '/')).name}"
    return f"command:{program}"


def of_url(url: str) -> str:
    """The identity of an address: host and path, without user, query and default port.

    >>> of_url("https://me:secret@Host.example:443/mcp/?key=1")
    'https://host.example/mcp'
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port and parts.port not in {80, 443} else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path.rstrip('/')}"


def of_document(server: str, file: str) -> str:
    """The identity of a document from a file: the name that the server gives itself, else the file's name."""
    return f"server:{server}" if server else f"file:{PurePath(file.replace(chr(92), '/')).name}"
