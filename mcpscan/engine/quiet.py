"""Texts in which nothing was found, remembered: names and types come again in every message, results and lists often."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from mcpscan.surface import Passage

LITTLE = 80
"""Texts of at most so many characters are remembered by themselves, others by a digest and their places."""

LONG = 65_536
"""Texts of more characters are not remembered."""

MANY = 4_096
"""So many are, then all are forgotten."""

_Key = tuple[object, ...]


class Quiet:
    """For each text with its places: how many texts were decoded from it. Thread-safe.

    Where no pattern matches anywhere, what is found depends on the kinds of a text's places alone; where matches were
    looked at and dropped, on all that a place is.
    """

    def __init__(self) -> None:
        self._known: dict[_Key, int] = {}

    def find(self, group: Sequence[Passage]) -> int | None:
        """How much was decoded from a text in which nothing was found; None for one that has to be read."""
        key = _key(group)
        return None if key is None else self._known.get(key)

    def keep(self, group: Sequence[Passage], decoded: int, *, matched: bool = False) -> None:
        """Remember a text in which nothing was found; `matched` says that there were matches, all of them dropped."""
        key = _key(group)
        if key is None or (matched and len(group[0].text) <= LITTLE):
            return
        if len(self._known) >= MANY:
            self._known.clear()
        self._known[key] = decoded


def _key(group: Sequence[Passage]) -> _Key | None:
    text = group[0].text
    if len(text) <= LITTLE:
        return text, *sorted({(passage.kind, passage.encoding) for passage in group})
    if len(text) > LONG:
        return None
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return digest, *((p.pointer, p.kind, p.reach, p.owner, p.base, p.slot, p.in_key, p.encoding) for p in group)
