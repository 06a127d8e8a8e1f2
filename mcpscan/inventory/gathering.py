"""What an inventory has gathered so far: each file is read once, whichever way it was reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from mcpscan.fleet import Unread
from mcpscan.inventory.client import ANY, Client, Place
from mcpscan.inventory.clients import CLIENTS
from mcpscan.inventory.grants import Grant, granted
from mcpscan.inventory.places import Search
from mcpscan.inventory.reading import Reading, Text
from mcpscan.inventory.search import Hunt
from mcpscan.inventory.server import Inventory, Server

_NOBODY = Client("unknown", ())


@dataclass(slots=True)
class Gathering:
    """Servers, files, texts and gaps, in the order in which they were found."""

    servers: list[Server] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    """Files that were read, without the links that lead to them."""

    def look(self, search: Search) -> None:
        """Find the files of one search and read them."""
        hunt = Hunt(search).run()
        for path, reason in hunt.unread:
            self._miss(search.client.name, search.place.scope, path, reason)
        for path in hunt.found:
            self._read(Reading(search.client, search.place, path, search.user, search.project), within=search.base)

    def take(self, path: Path) -> None:
        """Read one file of whatever client: the one whose place it looks like, else nobody's."""
        client, place = _guess(path)
        self._read(Reading(client, place, path), within=None)

    def inventory(self) -> Inventory:
        """All of it."""
        servers = granted(self.servers, self.grants)
        return Inventory(servers, tuple(self.files), tuple(self.unread), tuple(self.texts))

    def _read(self, reading: Reading, within: Path | None) -> None:
        true = _true(reading.path)
        if true in self.seen:
            return
        self.seen.add(true)
        reading.run()
        if reading.read:
            self.files.append(reading.path)
        self.servers.extend(reading.servers)
        self.texts.extend(reading.texts)
        self.grants.extend(reading.grants)
        self.unread.extend(reading.unread)
        for name in reading.refers:
            self._follow(reading, name, within)

    def _follow(self, reading: Reading, name: str, within: Path | None) -> None:
        """Read the file that a plugin's manifest names, where it lies in the plugin's own folder."""
        folder = reading.path.parent
        folder = folder.parent if folder.name.startswith(".") and folder.name.endswith("-plugin") else folder
        try:
            path = folder / name
            lies_inside = _true(path).is_relative_to(_true(folder)) and "\0" not in name
        except (OSError, ValueError):
            lies_inside = False
        if not lies_inside:
            reason = "its servers stand in a file outside of its folder, which was not read"
            self._miss(reading.client.name, reading.place.scope, reading.path, reason)
            return
        place = Place(reading.place.scope, "", reading.place.roots, bare=True)
        self._read(Reading(reading.client, place, path, reading.user, reading.project), within)

    def _miss(self, client: str, scope: str, path: Path, reason: str) -> None:
        gap = Unread(client=client, scope=scope, file=str(path), reason=reason)
        if not any((gap.file, gap.reason) == (known.file, known.reason) for known in self.unread):
            self.unread.append(gap)


def _true(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _guess(path: Path) -> tuple[Client, Place]:
    """The client whose place a path ends like, the longest end first, under any root that there is."""
    best: tuple[int, Client, Place] = (0, _NOBODY, Place("user", ""))
    for client in CLIENTS:
        for place in client.places:
            ends = (
                [part for part in place.path.split("/")[1:] if part]
                if place.path[:1] in "~{$/"
                else place.path.split("/")
            )
            if place.scope != "managed" and len(ends) > best[0] and _ends_like(path, ends):
                best = (len(ends), client, place)
    _, client, place = best
    return client, Place(place.scope, place.path, (*place.roots, *ANY), bare=True, texts=place.texts)


def _ends_like(path: Path, ends: list[str]) -> bool:
    tail = path.parts[-len(ends) :]
    telling = any(part.startswith(".") or "_" in part or "-" in part for part in ends)
    return telling and "**" not in ends and len(tail) == len(ends) and all(map(fnmatchcase, tail, ends))
