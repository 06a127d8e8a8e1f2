"""Checks log files: every record whole, and every chain without a change, a gap or a cut that it can show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from mcpscan_service.record.chain import ORIGIN, Head, digest
from mcpscan_service.record.reading import Line, lines


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a log is not what was written. `line` is 0 for the file as a whole."""

    path: Path
    line: int
    problem: str
    unsure: bool = False
    """Whether it is no proof of a change: a torn end, a version that is not known here, a file that cannot be read."""


@dataclass(slots=True)
class Checked:
    """What is known of one file. `first` is its first link, `head` the end of its chain; None where there is none."""

    path: Path
    records: int = 0
    breaks: list[Break] = field(default_factory=list)
    before: str = ""
    first: Head | None = None
    head: Head | None = None
    hashes: set[str] = field(default_factory=set)

    def add(self, line: int, problem: str, *, unsure: bool = False) -> None:
        """Note a break."""
        self.breaks.append(Break(self.path, line, problem, unsure))


def check(path: Path, wanted: Iterable[str] = ()) -> Checked:
    """Check one file by itself. `wanted` are hashes whose presence is noted in `hashes`."""
    found, events, anchors = Checked(path), set[str](), frozenset(wanted)
    try:
        for line in lines(path):
            _look(found, line, events)
            if found.head is not None and found.head.hash in anchors:
                found.hashes.add(found.head.hash)
    except OSError as problem:
        found.add(0, f"cannot be read: {problem.strerror or problem}", unsure=True)
    return found


def verify(paths: Sequence[Path], heads: Iterable[str] = ()) -> tuple[list[Checked], list[Break]]:
    """Check files and how they follow on one another; returns each file, and what is broken between files.

    `heads` are hashes that were noted elsewhere: each must be the hash of a record that is there.
    """
    wanted = tuple(heads)
    files = [check(path, wanted) for path in dict.fromkeys(paths)]
    between = list(_gaps(files))
    present = {known for file in files for known in file.hashes}
    for missing in wanted:
        if missing not in present and missing != ORIGIN:
            problem = f"no record has the hash {missing}: the end was cut off, or everything was written anew"
            between.append(Break(files[0].path if files else Path(), 0, problem))
    return files, between


def _look(found: Checked, line: Line, events: set[str]) -> None:
    if line.code:
        found.add(line.number, line.problem, unsure=line.code in {"torn", "version"})
    if line.code == "torn":
        return
    found.records += 1
    if line.record is not None:
        if line.record.event in events:
            found.add(line.number, f"event {line.record.event} was written before")
        events.add(line.record.event)
    _follow(found, line)


def _follow(found: Checked, line: Line) -> None:
    """Hold a line against the one before."""
    value = line.value or {}
    here, last = Head.of(value), found.head
    if here is None:
        if last is not None and not line.code:
            found.add(line.number, "without a place in the chain")
        return
    previous = str(value["chain"].get("previous", ""))
    if last is None:
        found.first, found.before = here, previous
        if found.records > 1:
            found.add(line.number, "the chain does not begin with the file")
    elif here.log != last.log:
        found.add(line.number, "another chain begins here")
    elif here.sequence != last.sequence + 1:
        found.add(line.number, _jump(last.sequence, here.sequence))
    elif previous != last.hash:
        found.add(line.number, f"does not follow on the line before, which is {last.hash}")
    if (here.sequence == 1) != (previous == ORIGIN):
        found.add(line.number, "the beginning of a chain that is none")
    if _digest(line) != here.hash:
        found.add(line.number, "changed after it was written: its hash is another")
    found.head = here


def _digest(line: Line) -> str:
    try:
        return digest(line.value or {})
    except (ValueError, KeyError, AttributeError, RecursionError):
        return ""


def _jump(last: int, here: int) -> str:
    if here > last:
        return f"{here - last - 1} records are missing before it (number {here} after {last})"
    return f"out of its place (number {here} after {last})"


def _gaps(files: Sequence[Checked]) -> Iterable[Break]:
    """What is missing between files of one chain."""
    logs: dict[str, list[Checked]] = {}
    for file in files:
        if file.first is not None:
            logs.setdefault(file.first.log, []).append(file)
    for chained in logs.values():
        ordered = sorted(chained, key=lambda file: file.first.sequence if file.first else 0)
        for earlier, later in pairwise(ordered):
            assert earlier.head is not None
            assert later.first is not None
            if later.first.sequence != earlier.head.sequence + 1:
                yield Break(
                    later.path, 0, f"{_jump(earlier.head.sequence, later.first.sequence)}, since {earlier.path}"
                )
            elif later.before != earlier.head.hash:
                yield Break(later.path, 0, f"does not follow on {earlier.path}")
