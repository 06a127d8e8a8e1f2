"""What a command line really starts: wrappers taken off, and the package that a launcher will fetch.

The ways of writing a version are those of npm, pip and uv, the OCI image reference, and npm's and pip's git addresses.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from mcpscan.identity import RUNNERS, without_version
from mcpscan.text import Late

Ecosystem = Literal["npm", "pypi", "oci", "git", "url", "go", "local"]

_EXACT = Late(r"[=v]{0,3}\d+\.\d+\.\d+[\w.+-]*(?<!\.x)(?<!\.\*)")
_PYPI_EXACT = Late(r"={2,3}\s*v?\d[\w.!+-]*")
_COMMIT = Late(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_DIGEST = Late(r"@sha(?:256:[0-9a-fA-F]{64}|512:[0-9a-fA-F]{128})$")
_GIT = Late(
    r"^(?:[\w.-]+\s*@\s*)?(?:git\+|git://|github:|gitlab:|bitbucket:|git@|https?://[^#@]+\.git\b)|^[\w.-]+/[\w.-]+(?:#|$)"
)
_URL = Late(r"^(?:[\w.-]+\s*@\s*)?https?://")
_REF = Late(r"(?:#(?:commit=|semver:)?|\.git@|(?<=[\w/])@)([^#&@/]+)")
_NPM_RUN = {
    "npm": {"exec", "x"},
    "pnpm": {"dlx", "exec"},
    "yarn": {"dlx"},
    "bun": {"x"},
    "npx": set(),
    "bunx": set(),
    "pnpx": set(),
}
_PYPI_RUN = {"uvx": set(), "uv": {"tool"}, "pipx": {"run"}}
_PACKAGE_FLAGS = frozenset({"--from", "-p", "--package", "--spec"})
_VALUED = frozenset(
    {"--python", "--with", "--index-url", "--index", "--default-index", "--extra-index-url", "--registry", "--cache",
     "--directory", "--project", "--env-file", "--userconfig", "--prefix", "--with-requirements", "--refresh-package"}
)  # fmt: skip
_OCI_ALONE = frozenset(
    {"-i", "-t", "-it", "-ti", "-d", "--rm", "--init", "--privileged", "--interactive", "--tty", "--detach", "-a", "--read-only",
     "--no-healthcheck", "--quiet", "-q", "-P", "--publish-all", "--oom-kill-disable", "-itd", "-dit"}
)  # fmt: skip
_WRAPPERS = frozenset(
    {"env", "sudo", "doas", "nice", "nohup", "timeout", "time", "cmd", "stdbuf", "setsid", "dotenv", "command", "exec"}
)
SHELLS = frozenset({"sh", "bash", "zsh", "dash", "fish", "ksh", "ash", "csh", "tcsh"})


@dataclass(frozen=True, slots=True)
class Launch:
    """The package that a launcher fetches: where from, its name without version, the version as written.

    `at` is the place of its word in the command line, `word` the word itself. `pinned` says that the same code comes
    every time: an exact version, a digest, a commit, or a file that is already here.
    """

    ecosystem: Ecosystem
    name: str
    version: str
    pinned: bool
    at: int
    word: str


def program(word: str) -> str:
    r"""The name of a program without its folder and what Windows adds.

    >>> program("C:\\Program Files\\nodejs\\npx.cmd"), program("/usr/bin/uvx")
    ('npx', 'uvx')
    """
    name = PurePath(word.replace("\\", "/")).name.lower()
    for ending in (".exe", ".cmd", ".bat", ".ps1"):
        name = name.removesuffix(ending)
    return name


def unwrapped(argv: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """The command line without `env`, `sudo`, `timeout`, `cmd /c` and their like, and how many words were taken off."""
    at = 0
    words = tuple(argv)
    while at < len(words) and program(words[at]) in _WRAPPERS:
        at += 1
        while at < len(words) and (
            words[at].startswith("-") or words[at].lower() in {"/c", "/d", "/s", "/q", "/k"} or _is_setting(words[at])
        ):
            at += 1
    return at, words[at:]


def _is_setting(word: str) -> bool:
    return word.rstrip("smhd").isdigit() or ("=" in word and word.partition("=")[0].isidentifier())


def launches(argv: Sequence[str]) -> Iterator[Launch]:
    """The packages a command line fetches; of a shell's line, those of every command in it.

    >>> [(one.name, one.version, one.pinned) for one in launches(["npx", "-y", "@scope/server@1.2.3", "--root", "/srv"])]
    [('@scope/server', '1.2.3', True)]
    """
    if len(argv) == 1 and " " in argv[0].strip():
        # Some clients take the whole command line as one string.
        split = next(commands(argv[0]), [])
        yield from (replace(launch, at=0) for launch in launches(split)) if len(split) > 1 else ()
        return
    at, words = unwrapped(argv)
    if not words:
        return
    name = program(words[0])
    line = shell_line(words)
    if line is not None:
        for command in commands(line[1]):
            for launch in launches(command) if command and program(command[0]) not in SHELLS else ():
                yield replace(launch, at=at + line[0])
        return
    kind = RUNNERS.get(name)
    found = (
        _npm(name, words) if name in _NPM_RUN
        else _pypi(name, words) if name in _PYPI_RUN
        else _oci(words) if kind == "oci"
        else _deno(words) if name == "deno"
        else _go(words) if name == "go"
        else ()
    )  # fmt: skip
    for place, ecosystem, word in found:
        if word:
            yield _launch(ecosystem, word, at + place)


def shell_line(words: Sequence[str]) -> tuple[int, str] | None:
    """The line that a shell is given with `-c`, and its place among the words."""
    if not words or program(words[0]) not in SHELLS:
        return None
    for at, word in enumerate(words[1:-1], 1):
        if word.startswith("-") and not word.startswith("--") and "c" in word:
            return at + 1, words[at + 1]
    return None


def commands(line: str) -> Iterator[list[str]]:
    """The commands of a shell's line, as words; a line that does not parse gives its words at blanks."""
    for part in _OPERATORS.now.split(line[:20_000]):
        try:
            found = shlex.split(part)
        except ValueError:
            found = part.split()
        if found:
            yield found


_OPERATORS = Late(r"\|\|?|&&?|;|\n")


def _npm(name: str, words: Sequence[str]) -> Iterator[tuple[int, Ecosystem, str]]:
    verbs = _NPM_RUN[name]
    if verbs and not verbs & set(words[1:3]):
        return
    yield from ((at, "npm", word) for at, word in _packages(words, verbs))


def _pypi(name: str, words: Sequence[str]) -> Iterator[tuple[int, Ecosystem, str]]:
    if name == "uv" and list(words[1:3]) != ["tool", "run"]:
        for at, word in enumerate(words[:-1]):
            if word == "--with":
                yield at + 1, "pypi", words[at + 1]
        return
    yield from ((at, "pypi", word) for at, word in _packages(words, _PYPI_RUN[name] | {"run"}))


def _packages(words: Sequence[str], verbs: set[str]) -> Iterator[tuple[int, str]]:
    """The packages named by flags, or else the first word that is neither a flag, a verb nor a flag's value."""
    named = False
    at = 1
    while at < len(words):
        word = words[at]
        flag, equals, value = word.partition("=")
        if word in _PACKAGE_FLAGS and at + 1 < len(words):
            named = True
            yield at + 1, words[at + 1]
            at += 2
        elif equals and flag in _PACKAGE_FLAGS:
            named = True
            yield at, value
            at += 1
        elif word in _VALUED:
            at += 2
        elif word in {"-c", "--call"} or word == "--":
            at += 1 if word == "--" else 2
        elif word.startswith("-") or (word in verbs and at <= 2):
            at += 1
        else:
            if not named:
                yield at, word
            return


def _oci(words: Sequence[str]) -> Iterator[tuple[int, Ecosystem, str]]:
    at = next((at for at, word in enumerate(words) if word in {"run", "create"}), None)
    if at is None:
        return
    at += 1
    while at < len(words):
        word = words[at]
        if not word.startswith("-"):
            yield at, "oci", word
            return
        at += 1 if "=" in word or word in _OCI_ALONE or (len(word) > 2 and word[1] != "-" and word[1] in "eveup") else 2


def _deno(words: Sequence[str]) -> Iterator[tuple[int, Ecosystem, str]]:
    for at, word in enumerate(words[1:], 1):
        if word.startswith(("npm:", "jsr:")):
            yield at, "npm", word
            return
        if _URL.search(word):
            yield at, "url", word
            return


def _go(words: Sequence[str]) -> Iterator[tuple[int, Ecosystem, str]]:
    if len(words) > 2 and words[1] == "run":
        at = next((at for at, word in enumerate(words[2:], 2) if not word.startswith("-")), 0)
        if at and "." in words[at].partition("/")[0] and not words[at].startswith((".", "/")):
            yield at, "go", words[at]


def _launch(ecosystem: Ecosystem, word: str, at: int) -> Launch:
    if ecosystem == "oci":
        return _image(word, at)
    plain = word.removeprefix("npm:").removeprefix("jsr:") if ecosystem == "npm" else word
    if plain.startswith((".", "/", "~", "file:", "link:")) or (
        plain.endswith((".whl", ".tgz", ".tar.gz")) and "://" not in plain
    ):
        return Launch("local", plain, "", True, at, word)
    if plain[1:2] == ":" or "$" in plain[:2]:
        return Launch("local", plain, "", True, at, word)
    if _GIT.search(plain):
        ref = _REF.search(plain.partition("://")[2].partition("/")[2] if "://" in plain else plain)
        version = ref[1] if ref else ""
        return Launch("git", plain, version, bool(_COMMIT.fullmatch(version)), at, word)
    if _URL.search(plain):
        return Launch("url", plain, "", False, at, word)
    if ecosystem == "go":
        name, _, version = plain.partition("@")
        return Launch("go", name, version, bool(_EXACT.fullmatch(version)), at, word)
    return _package(ecosystem, plain, at, word)


def _package(ecosystem: Ecosystem, plain: str, at: int, word: str) -> Launch:
    kind = "npm" if ecosystem == "npm" else "pypi"
    name = without_version(plain, kind)
    if kind == "npm":
        version = plain[len(name) + 1 :].partition("/")[0] if plain.startswith(name + "@") else ""
        return Launch("npm", name, version, bool(_EXACT.fullmatch(version)), at, word)
    bare = plain.partition(";")[0].split("[", 1)
    version = (bare[1].partition("]")[2] if len(bare) > 1 else plain.partition(";")[0][len(name) :]).strip()
    pinned = bool(_PYPI_EXACT.fullmatch(version)) or bool(version[:1] == "@" and _EXACT.fullmatch(version[1:].strip()))
    return Launch("pypi", name, version.lstrip("@").strip(), pinned, at, word)


def _image(word: str, at: int) -> Launch:
    name = without_version(word, "oci")
    digest = _DIGEST.search(word)
    version = word[len(name) + 1 :] if len(word) > len(name) else ""
    return Launch("oci", name, version, bool(digest), at, word)
