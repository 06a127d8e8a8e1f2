"""What a command line fetches and runs: the package, the version as written, and whether that version is fixed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from mcpscan.fleet import Package

_EXACT = re.compile(r"v?\d+\.\d+(?:\.\d+)*(?:[-+.]?[0-9A-Za-z][0-9A-Za-z.+-]*)?")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "cmd", "powershell", "pwsh"})
_BEFORE = frozenset({"env", "sudo", "nice", "nohup", "timeout", "exec", "time", "stdbuf"})


@dataclass(frozen=True, slots=True)
class _Launcher:
    """How a launcher is told what to run: words before it, options with a value, options that name the package."""

    read: Callable[[str], Package]
    verbs: tuple[tuple[str, ...], ...] = ((),)
    valued: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()


def package(argv: Sequence[str]) -> Package:
    """The package that a command line names; an empty one where it names none.

    >>> package(["npx", "-y", "@scope/server@1.2.3"])
    Package(purl='pkg:npm/%40scope/server@1.2.3', version='1.2.3', pinned=True)
    >>> package(["uvx", "--from", "mcp-tools", "serve"])
    Package(purl='pkg:pypi/mcp-tools', version='', pinned=False)
    """
    for _ in range(4):
        words = list(argv)
        launcher = _LAUNCHERS.get(_program(words))
        if launcher is not None:
            return _of(launcher, words[1:])
        argv = _unwrapped(words)
        if not argv:
            break
    return Package()


def _program(words: Sequence[str]) -> str:
    name = PurePath(words[0].replace("\\", "/")).name.lower() if words else ""
    return name.removesuffix(".exe").removesuffix(".cmd").removesuffix(".bat")


def _unwrapped(words: list[str]) -> list[str]:
    """The command inside a shell's, env's or a single text's; nothing where there is none."""
    program = _program(words)
    if len(words) == 1 and " " in words[0]:
        return _split(words[0])
    if program in _SHELLS:
        flags = [at for at, word in enumerate(words) if word.lower() in {"-c", "/c", "-lc", "-ic", "/k", "-command"}]
        inner = words[flags[0] + 1 :] if flags else []
        return _split(inner[0]) if len(inner) == 1 else inner
    if program in _BEFORE:
        rest = words[1:]
        while rest and (rest[0].startswith("-") or "=" in rest[0] or rest[0].rstrip("smh").isdigit()):
            rest = rest[1:]
        return rest
    return []


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _of(launcher: _Launcher, words: list[str]) -> Package:
    words = _after_verbs(launcher, words)
    named, first = "", ""
    at = 0
    while at < len(words):
        flag, mark, value = words[at].partition("=")
        if flag in launcher.naming:
            named = named or (value if mark else "".join(words[at + 1 : at + 2]))
        if flag in launcher.valued or flag in launcher.naming:
            at += 1 if mark else 2
        elif words[at].startswith("-"):
            at += 1
        else:
            first = words[at]
            break
    return launcher.read(named or first) if (named or first) and words else Package()


def _after_verbs(launcher: _Launcher, words: list[str]) -> list[str]:
    """The words behind the verb that makes a launcher run a package; options may stand before it."""
    if () in launcher.verbs:
        return words
    plain = [(at, word) for at, word in enumerate(words) if not word.startswith("-")]
    for verb in launcher.verbs:
        spoken = tuple(word for _, word in plain[: len(verb)])
        if spoken == verb:
            return words[plain[len(verb) - 1][0] + 1 :]
    return []


def _purl(
    kind: str, name: str, version: str = "", *, namespace: str = "", host: str = "", pinned: bool = False
) -> Package:
    from packageurl import PackageURL

    qualifiers = {"repository_url": host} if host else None
    try:
        purl = PackageURL(kind, namespace or None, name, version or None, qualifiers).to_string()
    except ValueError:
        purl = ""
    return Package(purl=purl, version=version, pinned=pinned)


def _npm(spec: str) -> Package:
    if spec.startswith((".", "/", "~", "file:")):
        return Package()
    if re.match(r"(?:git\+|https?:|github:|git:|ssh:)", spec) or re.fullmatch(r"[\w.-]+/[\w.-]+(?:#.*)?", spec):
        return _git(spec, "#")
    head, _, version = spec[1:].partition("@")
    scope, slash, name = (spec[:1] + head).rpartition("/")
    return _purl(
        "npm", name, version, namespace=scope if slash else "", pinned=bool(re.fullmatch(r"\d+\.\d+\.\d+\S*", version))
    )


def _pypi(spec: str) -> Package:
    if re.match(r"(?:\w+\+\w+|https?)://", spec):
        return _git(spec, "@")
    if spec.startswith((".", "/")) or spec.endswith((".py", ".whl")):
        return Package()
    found = re.match(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(===?|@|[<>~!]=?|,)?\s*(.*)$", spec, re.DOTALL)
    if found is None:
        return Package()
    name, operator, rest = found[1], found[2] or "", found[3].strip()
    if operator == "@" and "://" in rest:
        return _git(rest, "@")
    exact = operator in {"==", "===", "@"}
    version = rest if exact else f"{operator}{rest}"
    pinned = exact and bool(_EXACT.fullmatch(version)) and "*" not in version
    kept = _purl("pypi", re.sub(r"[-_.]+", "-", name).lower(), version if exact else "", pinned=pinned)
    return Package(purl=kept.purl, version=version, pinned=pinned)


def _image(spec: str) -> Package:
    spec = spec.removeprefix("docker://")
    name, _, digest = spec.partition("@")
    head, colon, tag = name.rpartition(":")
    name, tag = (head, tag) if colon and "/" not in tag else (name, "")
    first, slash, rest = name.partition("/")
    host = first if slash and ("." in first or ":" in first or first == "localhost") else ""
    namespace, _, plain = (rest if host else name).rpartition("/")
    pinned = bool(re.fullmatch(r"sha256:[0-9a-f]{64}", digest))
    return _purl("docker", plain, digest or tag, namespace=namespace, host=host, pinned=pinned)


def _deno(spec: str) -> Package:
    kind, _, rest = spec.partition(":")
    if kind == "npm":
        return _npm(rest.lstrip("/"))
    if kind == "jsr":
        scope, _, name = rest.lstrip("/").partition("/")
        name, _, version = name.partition("@")
        return _purl("jsr", name.partition("/")[0], version, namespace=scope, pinned=bool(_EXACT.fullmatch(version)))
    if spec.startswith(("https://", "http://")):
        version = next(iter(re.findall(r"@v?([^/@]+)", urlsplit(spec).path)), "")
        return Package(version=version, pinned=False)
    return Package()


def _go(spec: str) -> Package:
    name, _, version = spec.partition("@")
    namespace, slash, plain = name.rpartition("/")
    if not slash or spec.startswith("."):
        return Package()
    return _purl(
        "golang", plain, version, namespace=namespace, pinned=bool(re.fullmatch(r"v\d+\.\d+\.\d+\S*", version))
    )


def _nuget(spec: str) -> Package:
    name, _, version = spec.partition("@")
    return _purl("nuget", name, version, pinned=bool(_EXACT.fullmatch(version)))


def _git(spec: str, mark: str) -> Package:
    """A repository, at a commit or anything else. Only a whole commit is fixed: a tag can be moved."""
    place, _, reference = spec.partition("#") if mark == "#" else _at_reference(spec)
    reference = reference.partition("#")[0].partition("&")[0]
    found = re.search(r"(github|gitlab|bitbucket)(?:\.com|\.org)?[/:]([\w.-]+)/([\w.-]+?)(?:\.git)?/?$", place)
    if found is None and re.fullmatch(r"[\w.-]+/[\w.-]+", place):
        found = re.fullmatch(r"()([\w.-]+)/([\w.-]+)", place)
    pinned = bool(_COMMIT.fullmatch(reference))
    if found is None:
        return Package(version=reference, pinned=pinned)
    return _purl(found[1] or "github", found[3], reference, namespace=found[2], pinned=pinned)


def _at_reference(spec: str) -> tuple[str, str, str]:
    """An address, what parts it from its reference, and the reference; the `@` of a user is none."""
    spec = spec.partition("#")[0]
    host, slash, path = spec.partition("://")[2].partition("/")
    place, mark, reference = path.partition("@")
    return f"{spec.partition('://')[0]}://{host}{slash}{place}", mark, reference


def _set(*words: str) -> frozenset[str]:
    return frozenset(words)


_NODE = _set("-c", "--call", "--registry", "-w", "--workspace", "--userconfig", "--prefix", "--cache", "--cwd")
_PACKAGES = _set("-p", "--package")
_UV = _set(
    "--python", "-p", "--index-url", "-i", "--index", "--default-index", "--extra-index-url", "--directory",
    "--project", "--env-file", "--refresh-package", "--with-editable", "--with-requirements", "-c", "--constraints",
    "--cache-dir", "--config-file", "--extra", "--group", "-m", "--module",
)  # fmt: skip
_DOCKER = _set(
    "-e", "--env", "--env-file", "-v", "--volume", "--mount", "-p", "--publish", "--name", "--network", "--net", "-w",
    "--workdir", "-u", "--user", "--entrypoint", "--platform", "-l", "--label", "--add-host", "--cpus", "-m", "--memory",
    "--hostname", "-h", "--pull", "--tmpfs", "--dns", "--cap-add", "--cap-drop", "--security-opt", "--gpus", "--device",
    "--ulimit", "--restart", "--log-driver", "--log-opt", "--pid", "--ipc", "--userns", "--shm-size", "--runtime",
    "--expose", "--link", "--group-add", "--pids-limit", "--stop-signal", "--sysctl", "--cidfile", "--volumes-from",
)  # fmt: skip
_CONTAINERS = _Launcher(_image, (("run",), ("container", "run")), _DOCKER)
_NPX = _Launcher(_npm, valued=_NODE, naming=_PACKAGES)

_LAUNCHERS: dict[str, _Launcher] = {
    "npx": _NPX,
    "bunx": _NPX,
    "pnpx": _NPX,
    "npm": _Launcher(_npm, (("exec",), ("x",)), _NODE, _PACKAGES),
    "pnpm": _Launcher(_npm, (("dlx",),), _NODE, _set("--package")),
    "yarn": _Launcher(_npm, (("dlx",),), _NODE, _PACKAGES),
    "bun": _Launcher(_npm, (("x",),), _NODE, _PACKAGES),
    "uvx": _Launcher(_pypi, valued=_UV | {"--with", "-w"}, naming=_set("--from")),
    "uv": _Launcher(_pypi, (("tool", "run"),), _UV | {"--with", "-w"}, _set("--from")),
    "pipx": _Launcher(_pypi, (("run",),), _set("--python", "--pip-args", "--index-url", "-i"), _set("--spec")),
    "docker": _CONTAINERS,
    "podman": _CONTAINERS,
    "nerdctl": _CONTAINERS,
    "deno": _Launcher(_deno, (("run",), ("x",)), _set("-c", "--config", "--import-map", "--lock", "--cert")),
    "go": _Launcher(_go, (("run",),), _set("-C", "-mod", "-tags", "-ldflags")),
    "dnx": _Launcher(_nuget, valued=_set("--source", "--version", "--add-source", "--configfile")),
}
