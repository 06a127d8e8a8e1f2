"""What a server is known by: its package, program or address, whatever its arguments, version and environment are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath, PureWindowsPath
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
_INTERPRETERS = re.compile(
    r"^(?:python[\d.]*|node|bun|deno|ruby|java|sh|bash|zsh|dash|ksh|fish|tsx|ts-node|dotnet|php|perl)(?:\.exe)?$"
)
_INLINE = (
    (re.compile(r"sh|bash|zsh|dash|ksh|fish|python[\d.]*"), re.compile(r"-[A-Za-z]*c")),
    (re.compile(r"node|bun|tsx|ts-node|ruby|perl"), re.compile(r"-[lnp]{0,3}[ep]|--eval|--print")),
    (re.compile(r"php"), re.compile(r"-r")),
)
"""Programs, and the options after which they are given a script instead of the file it stands in."""
_SETTINGS = frozenset({"-o", "+o", "-O", "+O", "-X", "-W"})
"""Options of interpreters that a value follows."""
_SPEC = r"mcpscan(?:\[[\w,-]*\])?(?:[=@][\w.=]*)?\0"
_OWN = re.compile(
    rf"(?:python[\d.]*\0(?:-P\0)?-m\0|uvx\0(?:--from\0{_SPEC})?|pipx\0run\0(?:--spec\0{_SPEC})?)?{_SPEC}wrap\0"
)
"""How mcpscan's wrapper is started: the words of the command line, each followed by a zero byte."""
_WRAPPERS = frozenset({"env", "sudo", "nice", "timeout", "cmd"})


def of_command(argv: Sequence[str]) -> str:
    """The identity of a command line. A script given in it is known by its digest: it may be long, and hold secrets.

    >>> of_command(["npx", "-y", "@scope/server@1.2.3", "--root", "/srv"]), of_command(["/opt/bin/my-server", "-v"])
    ('npm:@scope/server', 'command:my-server')
    >>> of_command(["sh", "-c", "exec serve"])
    'script:sh-7a497b801d84'
    """
    words = _unwrapped(argv[wrapper(argv) :])
    if len(words) == 1 and _is_known(words[0].split(maxsplit=1)):
        words = _unwrapped(words[0].split())
    program = _program(words[0])
    kind = RUNNERS.get(program)
    if kind is not None:
        package = _package(words[1:], kind)
        if package:
            return f"{kind}:{package}"
    if _INTERPRETERS.match(program):
        return _script(words, program)
    if len(words) == 1 and len(parts := program.split(maxsplit=1)) > 1:
        return f"command:{_digest(parts[0], words[0])}"
    return f"command:{program}"


def wrapper(argv: Sequence[str]) -> int:
    """How many words of a command line start mcpscan's own wrapper, `--` included; 0 for one that is not wrapped.

    What another program is told with the same words is no wrapper, nor is an `mcpscan` at a relative path: whoever wrote
    the configuration may have brought that along.

    >>> wrapper(["/opt/mcpscan", "wrap", "--name", "notes", "--", "npx", "notes"]), wrapper(["npx", "mcpscan"])
    (5, 0)
    >>> wrapper(["serve", "mcpscan", "wrap", "--", "npx", "notes"]), wrapper(["./mcpscan", "wrap", "--", "notes"])
    (0, 0)
    """
    end = list(argv).index("--") if "--" in argv else 0
    if not end or len(argv) == end + 1 or not _is_found_alone(argv[0]):
        return 0
    return end + 1 if _OWN.match("\0".join((_program(argv[0]), *argv[1:end], ""))) else 0


def _is_found_alone(word: str) -> bool:
    """Whether a program is named without a folder, or with its whole path."""
    return not re.search(r"[/\\]", word) or PurePosixPath(word).is_absolute() or PureWindowsPath(word).is_absolute()


def _program(word: str) -> str:
    return PurePath(word.replace("\\", "/")).name.removesuffix(".exe").removesuffix(".cmd")


def _is_known(words: Sequence[str]) -> bool:
    """Whether what stands in one word is a whole command line, of a program that is known here."""
    program = _program(words[0]) if len(words) > 1 else ""
    return program in RUNNERS or program in _WRAPPERS or bool(_INTERPRETERS.match(program))


def _unwrapped(argv: Sequence[str]) -> Sequence[str]:
    """A command line without the programs that only start another one, their options and variables."""
    start = 0
    for at, word in enumerate(argv):
        if at > start and ("=" in word or word.startswith(("-", "/c", "/C")) or word.isdigit()):
            continue
        start = at
        if _program(word) not in _WRAPPERS:
            break
    return argv[start:]


def _digest(name: str, text: str) -> str:
    return f"{name}-{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()[:12]}"


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
    module = words.index("-m") if "-m" in words[:-1] else len(words)
    option = next((option for programs, option in _INLINE if programs.fullmatch(program)), None)
    before = file = ""
    for at, word in enumerate(words):
        if option and option.fullmatch(before):
            return f"script:{_digest(program, word)}"
        if at == module:
            return f"python:{words[at + 1]}"
        if not word.startswith("-") and word not in _VERBS and before not in _SETTINGS:
            file = PurePath(word.replace(chr(92), "/")).name
            break
        before = word
    if module < len(words):
        return f"python:{words[module + 1]}"
    return f"script:{file}" if file else f"command:{program}"


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
