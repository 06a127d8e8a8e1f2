"""One file's edit: what it becomes, what is kept of what it was, and how it is put in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mcpscan.inventory import Server
from mcpscan_service.wrap.edit.change import Key, argv_of, prefix_of, unwrapped, wrapped
from mcpscan_service.wrap.edit.command import split
from mcpscan_service.wrap.edit.text import Source
from mcpscan_service.wrap.edit.tree import RefusedError
from mcpscan_service.wrap.install.store import Stored

Again = Callable[[], Sequence[Server]]
"""Reads the servers of the file again."""

Refusals = tuple[tuple[Server, str], ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """What becomes of a file: before and after, for which servers, and what a person should know of it.

    `keep` is what the copy beside the file has to hold then; None where it goes.
    """

    stored: Stored
    before: Source
    after: Source
    keep: bytes | None
    done: tuple[Server, ...]
    refused: Refusals = ()
    said: str = ""


def installed(
    path: Path, servers: Sequence[Server], among: Sequence[Server], prefix: Callable[[Server], Sequence[str]]
) -> Edited:
    """A file with the wrapper before the commands of servers; `among` are all servers of the file.

    Raises `RefusedError` where it cannot be edited at all.
    """
    stored = Stored.at(path)
    source = Source.of(stored.data, stored.path.name)
    made, done, refused = _each(servers, source, lambda made, server: wrapped(made, {server.key: prefix(server)}))
    return Edited(stored, source, made, _base(stored, source, among), done, refused)


def removed(path: Path, servers: Sequence[Server], among: Sequence[Server]) -> Edited:
    """A file without the wrapper before the commands of servers; `among` are all servers of the file.

    Where nobody else changed the file since, it becomes what it was, byte for byte; else only the wrapper is taken out.
    Raises `RefusedError` where it cannot be edited at all.
    """
    stored = Stored.at(path)
    source = Source.of(stored.data, stored.path.name)
    kept, gone = stored.kept(), {server.key for server in servers}
    wrappers = _prefixes(source, among)
    if _is_edit_of(kept, stored, wrappers):
        left = {key: prefix for key, prefix in wrappers.items() if key not in gone}
        made = _again(kept, stored, left)
        if made is not None:
            said = "as it was before, byte for byte" if not left else ""
            return Edited(stored, source, made, kept if left else None, tuple(servers), said=said)
    return _taken_back(stored, source, servers, kept)


def put(edited: Edited, again: Again) -> str:
    """Write a file, read it again, and put it back where more or less changed than was meant.

    Returns what is left to say. Raises `RefusedError`; the file is then as it was.
    """
    stored = edited.stored
    expected = {server.key: _telling(server) for server in again()}
    for server in edited.done:
        expected[server.key] = replace(expected[server.key], argv=argv_of(edited.after, server.key))
    moved = stored.keep(edited.keep) if edited.keep is not None else None
    stored.replace(edited.after.data)
    if {server.key: _telling(server) for server in again()} != expected:
        Stored(stored.path, edited.after.data, stored.status).replace(stored.data)
        raise RefusedError("the file did not read as it should afterwards; it was put back as it was")
    if edited.keep is None:
        stored.forget()
    return f"an older copy beside it is now called {moved.name}" if moved else ""


def _each(
    servers: Sequence[Server], source: Source, edit: Callable[[Source, Server], Source]
) -> tuple[Source, tuple[Server, ...], Refusals]:
    """A file with all edits made that can be, and those that cannot with the reason."""
    done: list[Server] = []
    refused: list[tuple[Server, str]] = []
    for server in servers:
        try:
            source = edit(source, server)
            done.append(server)
        except RefusedError as problem:
            refused.append((server, str(problem)))
    return source, tuple(done), tuple(refused)


def _taken_back(stored: Stored, source: Source, servers: Sequence[Server], kept: bytes | None) -> Edited:
    """Only our own edits are taken back, spelled as in the copy where that still has the entry."""
    before = None
    if kept is not None:
        try:
            before = Source.of(kept, stored.path.name)
            before.value()
        except RefusedError:
            before = None
    made, done, refused = _each(servers, source, lambda made, server: unwrapped(made, [server.key], before))
    why = "it was changed since" if kept is not None else "there is no copy of what it was"
    said = f"{why}: only the wrapper was taken out, all else stays"
    return Edited(stored, source, made, kept, done, refused, said + (f" ({stored.backup.name} too)" if kept else ""))


def _base(stored: Stored, source: Source, among: Sequence[Server]) -> bytes:
    """What the copy beside a file has to hold before it is edited: the file without any wrapper."""
    wrappers, kept = _prefixes(source, among), stored.kept()
    if not wrappers:
        return stored.data
    if kept is not None and _is_edit_of(kept, stored, wrappers):
        return kept
    try:
        before = Source.of(kept, stored.path.name) if kept is not None else None
        return unwrapped(source, list(wrappers), before).data
    except RefusedError:
        return stored.data


def _is_edit_of(kept: bytes | None, stored: Stored, wrappers: Mapping[Key, Sequence[str]]) -> bool:
    """Whether a file is its copy with these wrappers and nothing else."""
    made = _again(kept, stored, wrappers)
    return made is not None and made.data == stored.data


def _again(kept: bytes | None, stored: Stored, wrappers: Mapping[Key, Sequence[str]]) -> Source | None:
    """The copy of a file, edited once more as the file was; None where that cannot be done."""
    if kept is None:
        return None
    try:
        return wrapped(Source.of(kept, stored.path.name), wrappers)
    except RefusedError:
        return None


def _prefixes(source: Source, among: Sequence[Server]) -> dict[Key, list[str]]:
    """The words that start the wrapper, of every entry that is wrapped."""
    tree = source.tree()
    found: dict[Key, list[str]] = {}
    for server in among:
        if split(server.argv) is not None:
            try:
                found[server.key] = prefix_of(tree, server.key)[0]
            except RefusedError:
                continue
    return found


def _telling(server: Server) -> Server:
    """A server without its lines and the entry as read: its command may change, and nothing else."""
    return replace(server, line=0, places={}, raw=None)
