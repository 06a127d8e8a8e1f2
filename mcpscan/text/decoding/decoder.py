"""A decoder: how one way to encode text is noticed, where it is read, and how it maps back.

Every decoder has triggers, patterns that are matched together with the rules' patterns, so that a text without
anything encoded costs nothing. A trigger's hits are turned into windows, a window into a view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mcpscan.text.late import Late
from mcpscan.text.view import View

CONTEXT = 240
"""Characters read on both sides of a sparse escape, so that a sentence with one escaped letter is read whole."""

MAX_RUN = 1 << 20
"""A single encoded run longer than this many characters is decoded up to here."""

Decoded = tuple[str, Sequence[int], Sequence[int]]
"""A decoded text and, for each of its characters, where its code starts and ends in the text it came from."""


Named = tuple[str, Decoded]
"""A decoded text and the name of the code it was in, for a decoder that knows several."""


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken stretch of code: the pattern of the whole, and of the characters that it consists of."""

    whole: Late
    inside: Late
    before: Late

    @classmethod
    def of(cls, whole: str, inside: str) -> Run:
        """A run matched by `whole`, whose characters are all `inside` the given class."""
        return cls(Late(whole), Late(inside), Late(f"(?r){inside}+"))


@dataclass(frozen=True, slots=True)
class Decoder:
    """A way to encode text. `triggers` are matched in the text; `windows` says where to decode, `read` decodes."""

    name: str
    triggers: tuple[str, ...]
    read: Callable[[str], Decoded | Named | None]
    run: Run | None = None

    def views(self, view: View, ends: Sequence[int]) -> Iterator[View]:
        """The views of the places where a trigger's hits end (characters of `view.text`, in order)."""
        spans = _runs(self.run, view.text, ends) if self.run is not None else windows(ends, len(view.text))
        for start, end in spans:
            decoded = self.read(view.text[start : min(end, start + MAX_RUN)])
            if decoded is not None:
                name, (text, starts, stops) = decoded if len(decoded) == 2 else (self.name, decoded)
                yield view.derive(text, name, [start + at for at in starts], [start + at for at in stops])


def windows(ends: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """The surroundings of some places in a text, those that overlap joined."""
    start, stop = -1, -1
    for end in ends:
        low, high = max(0, end - CONTEXT), min(length, end + CONTEXT)
        if low <= stop:
            stop = max(stop, high)
            continue
        if start >= 0:
            yield start, stop
        start, stop = low, high
    if start >= 0:
        yield start, stop


def _runs(run: Run, text: str, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    done = 0
    for end in ends:
        if end <= done:
            continue
        last = end if run.inside.match(text, end - 1, end) else end - 1
        start = run.before.match(text, done, last)
        match = run.whole.search(text, start.start() if start else last) if start else None
        done = max(match.end(), last) if match else last
        if match:
            yield match.span()


class Rewriting:
    """A text written anew piece by piece, with the places that each new character stands for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._last = 0

    def put(self, new: str, start: int, end: int) -> None:
        """Write `new` for the characters from `start` to `end`; what lies before and was not written stays."""
        self._keep(start)
        self._parts.append(new)
        self._starts += [start] * len(new)
        self._ends += [end] * len(new)
        self._last = end

    def done(self) -> Decoded:
        """The new text, the rest of the old one kept."""
        self._keep(len(self._text))
        return "".join(self._parts), self._starts, self._ends

    def _keep(self, until: int) -> None:
        if until > self._last:
            self._parts.append(self._text[self._last : until])
            self._starts += range(self._last, until)
            self._ends += range(self._last + 1, until + 1)


def replacing(pattern: Late, change: Callable[[str], str]) -> Callable[[str], Decoded | None]:
    """A reader that replaces every match and keeps the rest; its result is None where nothing changed."""

    def read(text: str) -> Decoded | None:
        rewriting = Rewriting(text)
        changed = False
        for match in pattern.finditer(text):
            new = change(match[0])
            changed = changed or new != match[0]
            rewriting.put(new, *match.span())
        return rewriting.done() if changed else None

    return read
