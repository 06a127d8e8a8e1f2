"""The machine looked at: its platform, the homes on it, and where its managed files lie. A test injects all of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Literal

Platform = Literal["linux", "darwin", "win32"]

_USERS: dict[Platform, tuple[str, ...]] = {"linux": ("home",), "darwin": ("Users",), "win32": ("Users",)}
_NOBODY = frozenset({"Shared", "Public", "Default", "Default User", "All Users", "lost+found"})
"""Folders beside the homes that belong to no user."""


@dataclass(frozen=True, slots=True)
class Home:
    """One user's home folder. `own` is true for the scanning user's, to which alone environment variables apply."""

    path: Path
    user: str
    platform: Platform
    own: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    r"""What an inventory looks at.

    Absolute paths (`/etc/…`, `C:\Program Files\…`) are taken below `root`. `wsl` are the root folders of Linux
    distributions that a Windows machine shows (`\\wsl$\Debian`); reading in one makes Windows start it.
    The names in `environ` are in capitals for Windows, as in `os.environ`.
    """

    platform: Platform
    home: Path
    root: Path = Path("/")
    environ: Mapping[str, str] = field(default_factory=dict)
    wsl: tuple[Path, ...] = ()

    @classmethod
    def here(cls) -> Machine:
        """The machine that this runs on."""
        home = Path.home()
        platform: Platform = "linux"
        if sys.platform in {"darwin", "win32"}:
            platform = "darwin" if sys.platform == "darwin" else "win32"
        root = Path(home.anchor or "/")
        return cls(platform, home, root, dict(os.environ), _distributions() if platform == "win32" else ())

    def below(self, path: str) -> Path:
        """An absolute path of the machine looked at, as a path here."""
        if self.root == Path(self.root.anchor) and Path(path).is_absolute():
            return Path(path)
        parts = PureWindowsPath(path).parts if self.platform == "win32" else Path(path).parts
        return self.root.joinpath(*(part for part in parts if not part.endswith(("/", "\\", ":"))))

    def own_home(self) -> Home:
        """The scanning user's home."""
        return Home(self.home, self.home.name, self.platform, own=True)

    def other_homes(self) -> tuple[tuple[Home, ...], tuple[tuple[Path, str], ...]]:
        """The homes of all other users, and the folders of homes that could not be listed, with the reason."""
        homes: list[Home] = []
        unread: list[tuple[Path, str]] = []
        for folder in (self.root / name for name in _USERS[self.platform]):
            _gather(folder, self.platform, homes, unread)
        if self.platform == "linux" and _is_folder(self.root / "root"):
            homes.append(Home(self.root / "root", "root", "linux"))
        return tuple(home for home in homes if not _same(home.path, self.home)), tuple(unread)

    def wsl_homes(self) -> tuple[tuple[Home, ...], tuple[tuple[Path, str], ...]]:
        """The homes in the Linux distributions of a Windows machine, and what could not be listed."""
        homes: list[Home] = []
        unread: list[tuple[Path, str]] = []
        for distribution in self.wsl:
            _gather(distribution / "home", "linux", homes, unread)
            if _is_folder(distribution / "root"):
                homes.append(Home(distribution / "root", "root", "linux"))
        return tuple(homes), tuple(unread)


def _gather(folder: Path, platform: Platform, homes: list[Home], unread: list[tuple[Path, str]]) -> None:
    try:
        entries = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as problem:
        unread.append((folder, f"the homes in it could not be listed: {problem.strerror}"))
        return
    homes.extend(Home(entry, entry.name, platform) for entry in entries if _is_home(entry))


def _is_home(entry: Path) -> bool:
    return entry.name not in _NOBODY and not entry.name.startswith(".") and _is_folder(entry)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _distributions() -> tuple[Path, ...]:
    """The Linux distributions that Windows' registry names, by where their files are shown."""
    names: list[str] = []
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Microsoft\Windows\CurrentVersion\Lxss") as lxss:
                for place in range(winreg.QueryInfoKey(lxss)[0]):
                    with winreg.OpenKey(lxss, winreg.EnumKey(lxss, place)) as distribution:
                        names.append(str(winreg.QueryValueEx(distribution, "DistributionName")[0]))
        except OSError:
            return ()
    return tuple(Path(rf"\\wsl$\{name}") for name in names)
