"""How long decisions took, as a histogram of fixed size: cheap to add to, right within five per cent."""

from __future__ import annotations

import math
from collections.abc import Iterable

SHORTEST = 1e-6
"""Seconds; anything shorter counts as this."""

STEPS = 8
"""Buckets from one power of two to the next: a bucket is 9 % wide, and its middle is at most 4.5 % off."""

BUCKETS = 30 * STEPS
"""Up to 2**30 microseconds, which is 18 minutes."""


class Latency:
    """Counts of durations in seconds. Not safe to use from several threads."""

    __slots__ = ("_buckets", "count", "longest")

    def __init__(self) -> None:
        self._buckets = [0] * BUCKETS
        self.count = 0
        self.longest = 0.0

    def add(self, seconds: float) -> None:
        """Count one duration."""
        place = int(math.log2(seconds / SHORTEST) * STEPS) if seconds > SHORTEST else 0
        self._buckets[min(place, BUCKETS - 1)] += 1
        self.count += 1
        self.longest = max(self.longest, seconds)

    def quantiles(self, shares: Iterable[float]) -> tuple[float, ...]:
        """The durations that these shares of all durations do not exceed, in seconds; 0.0 where none was counted."""
        return tuple(self._quantile(share) for share in shares)

    def _quantile(self, share: float) -> float:
        rank, seen = share * self.count, 0
        for place, count in enumerate(self._buckets):
            seen += count
            if count and seen >= rank:
                return min(SHORTEST * 2 ** ((place + 0.5) / STEPS), self.longest)
        return self.longest
