"""What is known of every pattern before a scan: its words, its width, and which of two passes it belongs to.

Working this out for all patterns takes seconds, so it is kept in the cache next to the compiled databases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from mcpscan._version import __version__
from mcpscan.match.pattern import GRAMMAR, Pattern
from mcpscan.match.store import read, write

CHEAP = 60.0
"""Microseconds per million characters up to which a pattern is looked for in every text."""


def plan(patterns: Sequence[Pattern], cache: Path | None) -> None:
    """Give every pattern its facts, from the cache where it has them."""
    path = None if cache is None else cache / f"{digest(patterns)}.json"
    stored = read(path) if path is not None else None
    try:
        facts = json.loads(stored) if stored is not None else None
    except ValueError:
        facts = None
    if facts is None or len(facts) != len(patterns):
        facts = [[each.width, each.left, each.cost, each.needs] for each in patterns]
        if path is not None:
            write(path, json.dumps(facts).encode())
        return
    for pattern, (width, left, cost, needs) in zip(patterns, facts, strict=True):
        vars(pattern).update(width=width, left=left, cost=cost, needs=needs)


def is_cheap(pattern: Pattern) -> bool:
    """Whether a pattern is looked for in every text, rather than in short ones and near words that address a reader."""
    return pattern.literal or pattern.cost <= CHEAP


def digest(patterns: Sequence[Pattern]) -> str:
    """What is known of patterns depends on: their sources and this version."""
    sources = (f"{pattern.literal}{pattern.source}" for pattern in patterns)
    return hashlib.sha256("\0".join((__version__, GRAMMAR, *sources)).encode()).hexdigest()[:40]
