"""Finds every pattern of every rule in a text in one pass, exactly as each pattern alone would.

Hyperscan says that words which every match of pattern p must hold end at e; a match that holds them begins within p's
width before e, so `re` is run from there, and what it finds is taken if it begins before e. The result is, for every
pattern, what `finditer` over the whole text would give, which is also what the fallback without Hyperscan does.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from mcpscan.match.pattern import Pattern, lower

Match: TypeAlias = re.Match[str]

MOST_HITS = 10_000
"""Ends reported for one text, at least; texts over 1 MB get one more for every ten characters."""

MOST_MATCHES = 100
"""Matches of one pattern looked at in one text, at least; texts over 100 KB get one more for every thousand characters."""

JOINED = 1 << 16
"""Short ASCII texts are matched together, up to about so many characters at a time."""

SEAM = "\n\n"


@dataclass(slots=True)
class Hits:
    """Where matches end in one text, by pattern, in order; `complete` is false where a limit cut the list."""

    ends: dict[int, list[int]] = field(default_factory=dict)
    complete: bool = True


def cache_directory() -> Path | None:
    """Where compiled databases are kept: MCPSCAN_CACHE, else the platform's cache directory; empty means nowhere."""
    named = os.environ.get("MCPSCAN_CACHE")
    if named is not None:
        return Path(named).absolute() if named else None
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
        return Path(home) / "mcpscan" / "Cache" if home else None
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mcpscan"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mcpscan"


def chosen_backend(backend: str) -> str:
    """The backend that "auto" stands for here."""
    if backend != "auto":
        return backend
    return "hyperscan" if find_spec("hyperscan") else "regex"


class Matcher:
    """Matches a fixed list of patterns. Thread-safe.

    `backend` is "hyperscan", "regex", or "auto" for the first where it is installed. Raises `ImportError` when
    "hyperscan" is asked for and missing, `hyperscan.error` when a pattern cannot be compiled.
    """

    def __init__(self, patterns: Sequence[Pattern], backend: str = "auto") -> None:
        self.patterns = tuple(patterns)
        self.backend = chosen_backend(backend)
        self._database = None
        if self.backend == "hyperscan" and self.patterns:
            from mcpscan.match.database import Database

            self._database = Database(self.patterns, cache_directory())

    def hits(self, texts: Sequence[str]) -> list[Hits]:
        """Where patterns match in each of several folded texts."""
        if self._database is None:
            return [self._slow_hits(text) for text in texts]
        results = [Hits() for _ in texts]
        batch: list[int] = []
        size = 0
        for place, text in enumerate(texts):
            if not text.isascii() or len(text) > JOINED:
                self._single(text, results[place])
                continue
            if size + len(text) > JOINED and batch:
                self._joined(texts, batch, results)
                batch, size = [], 0
            batch.append(place)
            size += len(text) + len(SEAM)
        if batch:
            self._joined(texts, batch, results)
        return results

    def matches(self, text: str, pattern: int, ends: Sequence[int]) -> Iterator[Match]:
        """The matches of one pattern in a text that `lower` made, without overlap, given where its words end."""
        each = self.patterns[pattern]
        width, needs = each.width, each.needs
        # Without a database an end is where a whole match ends, not where its words do.
        left = width if self._database is None else each.left
        done = 0
        for first, last in _regions(ends, left):
            start, stop = max(first, done), min(len(text), last + width)
            window = text[start:stop]
            if start > last or any(not any(word in window for word in words) for words in needs):
                continue
            for match in each.exact.finditer(text, start, stop):
                # A match of these hits begins no later than the last of them; the next region has what begins later.
                if match.start() > last:
                    break
                done = match.end()
                yield match

    def raw(self, data: bytes) -> int:
        """How often the database alone matches in some UTF-8; for measuring. Needs the Hyperscan backend."""
        assert self._database is not None
        return len(self._database.scan(data, 1 << 30)[0])

    def _single(self, text: str, hits: Hits) -> None:
        assert self._database is not None
        # A line end stands for the end of the text in patterns that look at what follows.
        data = (text + "\n").encode("utf-8", "replace")
        found, hits.complete = self._database.scan(data, max(MOST_HITS, len(text) // 10))
        if len(data) == len(text) + 1:
            for pattern, end in found:
                hits.ends.setdefault(pattern, []).append(min(end, len(text)))
            return
        byte = char = 0
        for pattern, end in found:
            if end > byte:
                char += len(data[byte:end].decode("utf-8", "ignore"))
                byte = end
            hits.ends.setdefault(pattern, []).append(min(char, len(text)))

    def _joined(self, texts: Sequence[str], batch: list[int], results: list[Hits]) -> None:
        assert self._database is not None
        if len(batch) == 1:
            self._single(texts[batch[0]], results[batch[0]])
            return
        found, complete = self._database.scan((SEAM.join([texts[place] for place in batch]) + SEAM).encode(), MOST_HITS)
        if not complete:
            for place in batch:
                self._single(texts[place], results[place])
            return
        turn, start = 0, 0
        stop = len(texts[batch[0]])
        for pattern, end in found:
            while end > stop + len(SEAM):
                turn += 1
                start = stop + len(SEAM)
                stop = start + len(texts[batch[turn]])
            results[batch[turn]].ends.setdefault(pattern, []).append(min(end, stop) - start)

    def _slow_hits(self, text: str) -> Hits:
        hits = Hits()
        small = lower(text)
        for place, pattern in enumerate(self.patterns):
            if pattern.literal:
                found = pattern.compiled.finditer(text + "\n", overlapped=True)
                ends = [min(match.end(), len(text)) for match in found]
            else:
                ends = [match.end() for match in pattern.exact.finditer(small)]
            if ends:
                hits.ends[place] = ends[:MOST_HITS]
                hits.complete = hits.complete and len(ends) <= MOST_HITS
        return hits


def _regions(ends: Sequence[int], left: int) -> Iterator[tuple[int, int]]:
    """Where matches can begin, given hits: from `left` before a hit up to it, those that overlap joined."""
    start = last = -1
    for end in ends:
        if last < 0:
            start = max(0, end - left)
        elif end - left > last:
            yield start, last
            start = end - left
        last = end
    if last >= 0:
        yield start, last
