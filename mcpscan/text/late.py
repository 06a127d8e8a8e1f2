"""A pattern that is compiled when it is first used, so that importing a module costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import regex


class Late:
    """A `regex` pattern, compiled on first use.

    >>> Late("a+").search("baa").span()
    (1, 3)
    """

    def __init__(self, source: str | Callable[[], str], flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def now(self) -> regex.Pattern[str]:
        """The compiled pattern."""
        source = self._source if isinstance(self._source, str) else self._source()
        return regex.compile(source, self._flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """The first match between two places of a text."""
        return self.now.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """The match that begins at a place of a text (ends at `end`, for a reversed pattern)."""
        return self.now.match(text, start, len(text) if end is None else end)

    def fullmatch(self, text: str) -> regex.Match[str] | None:
        """The match of the whole text."""
        return self.now.fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """All matches between two places of a text, from the left, without overlap."""
        yield from self.now.finditer(text, start, len(text) if end is None else end)

    def sub(self, change: str | Callable[[regex.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        return str(self.now.sub(change, text))

    def findall(self, text: str, start: int = 0, end: int | None = None) -> list[str]:
        """The texts of all matches between two places of a text (of the group, where there is one)."""
        return list(self.now.findall(text, start, len(text) if end is None else end))
