"""Short texts in which nothing was found, remembered: names, types and versions come again in every message."""

from __future__ import annotations

from collections.abc import Sequence

from mcpscan.surface import Passage

LITTLE = 80
"""Texts of more characters are not remembered."""

MANY = 4_096
"""So many are, then all are forgotten."""


class Quiet:
    """For each text, with the kinds of its places: how many texts were decoded from it. Thread-safe.

    What is found depends on nothing else as long as no pattern matches anywhere.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], int] = {}

    def find(self, group: Sequence[Passage]) -> int | None:
        """How much was decoded from a text in which nothing was found; None for one that has to be read."""
        return self._known.get(_key(group)) if len(group[0].text) <= LITTLE else None

    def keep(self, group: Sequence[Passage], decoded: int) -> None:
        """Remember a text in which nothing was found, if it is short."""
        if len(group[0].text) > LITTLE:
            return
        if len(self._known) >= MANY:
            self._known.clear()
        self._known[_key(group)] = decoded


def _key(group: Sequence[Passage]) -> tuple[object, ...]:
    return group[0].text, *sorted({(passage.kind, passage.encoding) for passage in group})
