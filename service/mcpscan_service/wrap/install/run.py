"""`mcpscan wrap --install`, `--uninstall` and `--list`: from a command line to edited files and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mcpscan.inventory import Server
from mcpscan.text import visible
from mcpscan_service.wrap.edit.command import split
from mcpscan_service.wrap.edit.tree import RefusedError
from mcpscan_service.wrap.install.chosen import Chosen, Where, chosen, wrapped_servers
from mcpscan_service.wrap.install.diff import diff
from mcpscan_service.wrap.install.editing import Edited, installed, put, removed
from mcpscan_service.wrap.install.prefix import prefixes
from mcpscan_service.wrap.options import Options

Say = Callable[[str], object]
Edit = Callable[[Path, Sequence[Server], Sequence[Server]], Edited]


@dataclass(slots=True)
class Job:
    """What was asked for, and whether something could not be done."""

    where: Where
    say: Say
    dry: bool = False
    failed: bool = field(default=False)

    def install(self, names: Sequence[str], options: Options, program: tuple[str, ...] | None = None) -> int:
        """Put the wrapper before servers' commands. Returns the exit status. Raises `UnknownError`."""
        prefix = prefixes(options, program)
        meant = chosen(self.where, names, wrapped=False)
        return self._all(meant, lambda path, servers, among: installed(path, servers, among, prefix), "wrapped")

    def uninstall(self, names: Sequence[str]) -> int:
        """Take the wrapper out again. Returns the exit status. Raises `UnknownError`."""
        meant = chosen(self.where, names, wrapped=True)
        if not names:
            meant = Chosen(meant.files, (), meant.unread)
        return self._all(meant, removed, "unwrapped")

    def show(self) -> int:
        """Say which servers are wrapped. Returns the exit status. Raises `UnknownError`."""
        found = self.where.inventory()
        count = 0
        for server in wrapped_servers(found):
            count += 1
            length = split(server.argv) or 0
            told = " ".join(server.argv[server.argv.index("wrap") + 1 : length - 1])
            self.say(f"{_name(server)}  {_place(server)}  {visible(told)}")
        if not count:
            self.say("no server is wrapped")
        for gap in found.unread:
            self.say(f"not read: {visible(gap.file)}: {visible(gap.reason)}")
        return 3 if found.unread else 0

    def _all(self, meant: Chosen, edit: Edit, word: str) -> int:
        for server, reason in meant.others:
            self.say(f"left alone: {_name(server)} ({_place(server)}): {reason}")
        for path, servers in meant.files.items():
            self._file(path, servers, edit, word)
        if not meant.files and not meant.others:
            self.say(f"there is nothing to be {word}")
        for gap in meant.unread:
            self.say(f"not read: {visible(gap.file)}: {visible(gap.reason)}")
        return 1 if self.failed else 3 if meant.unread else 0

    def _file(self, path: Path, servers: Sequence[Server], edit: Edit, word: str) -> None:
        try:
            edited = edit(path, servers, self.where.servers(path, servers))
            left = "" if self.dry or not edited.done else put(edited, lambda: self.where.servers(path, servers))
        except RefusedError as problem:
            self.failed = True
            self.say(f"not edited: {visible(str(path))}: {visible(str(problem))}")
            return
        for server, reason in edited.refused:
            self.failed = True
            self.say(f"not edited: {_name(server)} ({_place(server)}): {visible(reason)}")
        if self.dry and (shown := diff(path, edited.before, edited.after)):
            self.say(shown)
        if not self.dry:
            self._done(path, edited, word, left)

    def _done(self, path: Path, edited: Edited, word: str, left: str) -> None:
        for server in edited.done:
            self.say(f"{word}: {_name(server)} ({_place(server)})")
        if not edited.done:
            return
        if edited.said:
            self.say(f"{visible(str(path))}: {visible(edited.said)}")
        if word == "wrapped":
            self.say(f"{visible(str(path))}: as it was in {visible(edited.stored.backup.name)} beside it")
        if left:
            self.say(f"{visible(str(path))}: {visible(left)}")


def _name(server: Server) -> str:
    return f"{visible(server.client)}/{visible(server.name)}"


def _place(server: Server) -> str:
    return f"{visible(str(server.file))}:{server.line}"
