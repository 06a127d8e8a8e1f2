"""One file to what an inventory says of it: its servers, its texts, and what in it could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mcpscan.fleet import Unread
from mcpscan.inventory import entry, formats, roots
from mcpscan.inventory.client import ANY, Client, Place
from mcpscan.inventory.document import BrokenError, Document, Spot
from mcpscan.inventory.grants import Grant, of_value
from mcpscan.inventory.server import Server
from mcpscan.text import visible

Text = tuple[Path, int, tuple[str, ...], str]


@dataclass(slots=True)
class Reading:
    """A file being read on behalf of a client, and what came of it so far."""

    client: Client
    place: Place
    path: Path
    user: str = ""
    project: str = ""
    servers: list[Server] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    refers: list[str] = field(default_factory=list)
    """Files that the servers of this one stand in, as it names them."""
    read: bool = False
    """Whether the file was there and is of its format."""

    def run(self) -> Reading:
        """Read the file, and return itself. Never raises: what goes wrong is said in `unread`."""
        try:
            document = formats.load(self.path)
            self.read = True
            self._document(document)
        except BrokenError as problem:
            self.miss(problem.reason, problem.line)
        except OSError as problem:
            self.miss(f"could not be read: {problem.strerror or type(problem).__name__}")
        except Exception as problem:  # noqa: BLE001 - one file must not cost the others
            self.miss(f"reading it failed unexpectedly ({type(problem).__name__})")
        return self

    def miss(self, reason: str, line: int = 0) -> None:
        """Say that something could not be read."""
        self.unread.append(
            Unread(client=self.client.name, scope=self.place.scope, file=str(self.path), line=line, reason=reason)
        )

    def _document(self, document: Document) -> None:
        if not isinstance(document.value, dict | list) and document.value is not None:
            self.miss("holds a single value, no members", 1)
            return
        for found in self._found(document):
            if isinstance(found, roots.Wrong):
                self._wrong(found)
            else:
                self._entry(found)
        self._beside(document)

    def _found(self, document: Document) -> list[roots.Entry | roots.Wrong]:
        """What stands in the roots of the place; in a file that holds nothing else, in any root that it has."""
        found = list(roots.entries(document, self.place.roots))
        if found or self.place.shared or self._has_roots(document):
            return found
        found = list(roots.bare(document)) if self.place.bare else []
        found = found or list(roots.entries(document, ANY))
        if not found and _holds_objects(document.value):
            self.miss("unknown dialect: no servers under any known key", document.spot.line)
        return found

    def _has_roots(self, document: Document) -> bool:
        return any(True for root in self.place.roots for _ in roots.walk(document, root.key))

    def _wrong(self, wrong: roots.Wrong) -> None:
        if wrong.refers and self.place.scope in {"plugin", "extension"}:
            self.refers.append(wrong.refers)
        else:
            self.miss(wrong.reason, wrong.line)

    def _entry(self, found: roots.Entry) -> None:
        if not isinstance(found.value, dict):
            self.miss(f"the entry {visible(found.name)} is no object", found.spot.line)
            return
        for name, line in _repeated(found.spot):
            self.miss(
                f"{visible(name)} stands more than once in the entry {visible(found.name)}; the last counts", line
            )
        told: dict[str, Any] = {**entry.read(found, self.client.untyped)}
        told["project"] = told["project"] or self.project
        told["name"] = told["name"] or self.path.stem
        self.servers.append(
            Server(client=self.client.name, scope=self.place.scope, file=self.path, user=self.user, **told)
        )

    def _beside(self, document: Document) -> None:
        for key in self.place.texts:
            for way, value, spot in roots.walk(document, key):
                if isinstance(value, str) and value.strip():
                    self.texts.append((self.path, spot.line, way, value))
        for key in self.place.grants:
            for _, value, _ in roots.walk(document, key):
                if words := of_value(value):
                    self.grants.append(Grant(self.client.name, words, self.user, self.project))
        if document.body.strip():
            self.texts.append((self.path, document.body_line, (), document.body))


def _holds_objects(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value or ()
    return any(isinstance(item, dict) and item for item in inner)


def _repeated(spot: Spot) -> list[tuple[str, int]]:
    """The members that stand more than once in an entry, at any depth, with the line of the last."""
    found: list[tuple[str, int]] = []
    todo = [spot]
    while todo:
        for name, spots in todo.pop().members.items():
            if len(spots) > 1:
                found.append((name, spots[-1].line))
            todo.extend(spots)
    return found
