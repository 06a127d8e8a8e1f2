"""What is new in a text, and what is gone: sentences, and the texts of any JSON value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcpscan.drift import Change
from mcpscan.rules._drift_words import alike, sentences


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a JSON value with the path to it."""
    if isinstance(value, Mapping):
        for name, entry in value.items():
            yield from texts(entry, f"{path}/{name}")
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from texts(entry, f"{path}/{number}")
    elif isinstance(value, str):
        yield path, value


def came(change: Change) -> Iterator[tuple[str, str]]:
    """The sentences that a change brought, each with the path of its text."""
    known = {alike(part) for _, text in texts(change.before) for part in sentences(text)}
    for path, text in texts(change.after):
        for part in sentences(text):
            if alike(part) not in known and alike(part):
                yield change.path + path, part


def went(change: Change) -> Iterator[str]:
    """The sentences that a change took away."""
    kept = {alike(part) for _, text in texts(change.after) for part in sentences(text)}
    for _, text in texts(change.before):
        for part in sentences(text):
            if alike(part) not in kept and alike(part):
                yield part


def place(change: Change, part: str) -> tuple[int, int]:
    """Where a sentence stands in what a change brought, if that is one string; else nothing."""
    if not isinstance(change.after, str):
        return 0, 0
    start = change.after.find(part)
    return (start, start + len(part)) if start >= 0 else (0, 0)
