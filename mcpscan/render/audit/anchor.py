"""Where in a repository or on a machine a result belongs: an address of a file as SARIF wants it."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from mcpscan.render.shown import shown

ROOT = "%SRCROOT%"
"""The name for the folder that files are named relative to (SARIF 2.1.0, section 3.4.4)."""


def artifact(file: str, base: str = "") -> dict[str, Any]:
    r"""The `artifactLocation` of a file: relative to `base` if it lies below it, else a whole file address.

    >>> artifact("/repo/.mcp.json", "/repo")
    {'uri': '.mcp.json', 'uriBaseId': '%SRCROOT%'}
    >>> artifact("C:\\Users\\ada\\mcp.json")
    {'uri': 'file:///C:/Users/ada/mcp.json'}
    """
    path = _path(file)
    if base:
        try:
            return {"uri": _spelled(path.relative_to(_path(base))), "uriBaseId": ROOT}
        except ValueError:
            pass
    if path.is_absolute():
        return {"uri": _address(path)}
    return {"uri": _spelled(path) if file else "mcp-configuration"}


def bases(base: str) -> dict[str, Any]:
    """The `originalUriBaseIds` for a base; empty without an absolute one."""
    path = _path(base)
    return {ROOT: {"uri": _address(path).rstrip("/") + "/"}} if base and path.is_absolute() else {}


def _address(path: PurePath) -> str:
    spelled = _spelled(path)
    shared = isinstance(path, PureWindowsPath) and spelled.startswith("//")
    return f"file:{spelled}" if shared else f"file:///{spelled.lstrip('/')}"


def _spelled(path: PurePath) -> str:
    drive = path.drive if len(path.drive) == 2 else ""
    rest = path.as_posix()[len(drive) :]
    return drive + quote(shown(rest), safe="/@._-~")


def _path(file: str) -> PurePath:
    """A path of whatever platform it is of, which need not be this one."""
    windows = file[1:3] in {":\\", ":/"} or file.startswith("\\\\")
    return PureWindowsPath(file) if windows else PurePosixPath(file)
