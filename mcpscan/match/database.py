"""The Hyperscan database: compiled once, kept on disk where only its owner can write, one scratch a thread.

Facts about the binding that shape this file: offsets are bytes, and ends only; a serialised database is tied to the
Hyperscan release and the CPU's features; a scratch must not be shared between threads; block mode alone is safe.
"""

from __future__ import annotations

import contextlib
import hashlib
import platform
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import hyperscan

from mcpscan._version import __version__
from mcpscan.match.pattern import GRAMMAR, Pattern
from mcpscan.match.prefilter import alternation
from mcpscan.match.store import read, write


class Database:
    """All patterns of a scanner in one block-mode database. Safe to use from many threads."""

    def __init__(self, patterns: Sequence[Pattern], cache: Path | None, words: Sequence[str] = ()) -> None:
        """With `words` it tells, once each, which words and which patterns a text holds, numbered in this order."""
        if words:
            key = "words-" + _key([*(Pattern(word, literal=True) for word in words), *patterns])
            self._database = _load(key, cache, lambda: _compiled_words(words, patterns))
        else:
            self._database = _load(_key(patterns), cache, lambda: _compiled(patterns))
        self._local = threading.local()

    def scan(self, data: bytes, most: int) -> tuple[list[tuple[int, int]], bool]:
        """The (pattern, end in bytes) of every match, in the order of their ends; and whether all were told.

        `data` must be valid UTF-8. Stops after `most` matches.
        """
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = hyperscan.Scratch(self._database)
        hits: list[tuple[int, int]] = []
        add = hits.append

        def found(pattern: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            add((pattern, end))
            return len(hits) >= most

        try:
            self._database.scan(data, found, 0, None, scratch)
        except hyperscan.ScanTerminated:
            return hits, False
        return hits, True


def _load(key: str, cache: Path | None, compiled: Callable[[], hyperscan.Database]) -> hyperscan.Database:
    path = None if cache is None else cache / f"{key}.hsdb"
    if path is not None and (stored := read(path)) is not None:
        # A damaged file fails Hyperscan's own checksum and is compiled anew.
        with contextlib.suppress(hyperscan.error):
            return hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
    database = compiled()
    if path is not None:
        write(path, hyperscan.dumpb(database))
    return database


def _compiled(patterns: Sequence[Pattern]) -> hyperscan.Database:
    caseless, utf8 = hyperscan.HS_FLAG_CASELESS, hyperscan.HS_FLAG_UTF8
    expressions: list[tuple[str, int, int]] = []
    for place, pattern in enumerate(patterns):
        words = pattern.words
        if words is None:
            expressions.append((pattern.expanded, place, caseless | utf8))
        else:
            expressions += [(source, place, caseless) for source in words.sources]
    return _built(expressions)


def _compiled_words(words: Sequence[str], whole: Sequence[Pattern]) -> hyperscan.Database:
    once = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH
    expressions = [(alternation([word]), number, once) for number, word in enumerate(words)]
    flags = once | hyperscan.HS_FLAG_UTF8
    expressions += [(pattern.expanded, len(words) + place, flags) for place, pattern in enumerate(whole)]
    return _built(expressions)


def _built(expressions: list[tuple[str, int, int]]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[source.encode() for source, *_ in expressions],
        ids=[place for _, place, _ in expressions],
        elements=len(expressions),
        flags=[flags for *_, flags in expressions],
    )
    return database


def _key(patterns: Sequence[Pattern]) -> str:
    """What a database depends on. Sources are hashed as written: expanding them is what the cache saves."""
    sources = (f"{pattern.literal}{pattern.source}" for pattern in patterns)
    parts = (__version__, GRAMMAR, _release(), platform.system(), platform.machine(), _features(), *sources)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


def _release() -> str:
    return str(getattr(hyperscan, "__version__", ""))


def _features() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as info:
            return next((line for line in info if line.startswith(("flags", "Features"))), "")
    except OSError:
        return platform.processor()
