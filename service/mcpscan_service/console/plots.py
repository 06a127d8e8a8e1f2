"""The plots of the page as plain numbers: what a template needs to draw them, and the same as a table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mcpscan_service.console.memory import Quantiles
from mcpscan_service.guard import Channel, Outcome

HEIGHT = 100
"""Units of a plot from bottom to top."""

SPANS: Mapping[str, tuple[int, int]] = {"1h": (60, 1), "6h": (360, 5), "24h": (1_440, 20)}
"""The spans that can be shown: minutes in all, and minutes of one column."""

ACTED = (Outcome.BLOCKED, Outcome.DENIED, Outcome.TRIMMED, Outcome.REDACTED, Outcome.ANNOTATED)
"""Outcomes other than PASSED, the gravest first."""

Minutes = Sequence[tuple[int, Counter[Outcome]]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a column: `y` from the top."""

    outcome: Outcome
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """What happened in the minutes from `time` on."""

    time: str
    counts: Counter[Outcome]
    all: tuple[Bar, ...]
    acted: tuple[Bar, ...]

    @property
    def words(self) -> str:
        """What it shows in words."""
        said = ", ".join(f"{count} {outcome}" for outcome, count in self.counts.most_common() if count)
        return f"{self.time} UTC: {said or 'nothing'}"


@dataclass(frozen=True, slots=True)
class OverTime:
    """Decisions over time: `most` and `most_acted` are the heights of the two scales, `every` minutes a column."""

    span: str
    every: int
    columns: tuple[Column, ...]
    most: int
    most_acted: int
    ticks: tuple[str, ...]
    totals: Counter[Outcome]


@dataclass(frozen=True, slots=True)
class Row:
    """The latency of one channel in seconds, and where it stands on a logarithmic axis from 0 to 100."""

    channel: Channel
    count: int
    seconds: Quantiles
    places: Quantiles


@dataclass(frozen=True, slots=True)
class Latencies:
    """The rows, and the powers of ten on their axis with their places."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[str, float], ...]


def over_time(minutes: Minutes, now: float, span: str) -> OverTime:
    """The columns of a span that ends now."""
    span = span if span in SPANS else "1h"
    total, every = SPANS[span]
    last = int(now // 60) // every
    sums = {place: Counter[Outcome]() for place in range(last - total // every + 1, last + 1)}
    for minute, counts in minutes:
        if minute // every in sums:
            sums[minute // every].update(counts)
    acted = [sum(counts[outcome] for outcome in ACTED) for counts in sums.values()]
    most, most_acted = max((counts.total() for counts in sums.values()), default=0), max(acted, default=0)
    columns = tuple(
        Column(_clock(place * every), counts, _stack(counts, (*ACTED, Outcome.PASSED), most),
               _stack(counts, ACTED, most_acted))
        for place, counts in sums.items()
    )  # fmt: skip
    totals = sum(sums.values(), Counter[Outcome]())
    step = max(1, len(columns) // 4)
    return OverTime(span, every, columns, most, most_acted, tuple(each.time for each in columns[::step]), totals)


def latencies(measured: Mapping[Channel, tuple[int, Quantiles]]) -> Latencies:
    """Where the quantiles of each channel stand, on one axis for all."""
    seen = [seconds for _, quantiles in measured.values() for seconds in quantiles if seconds > 0]
    low = math.floor(math.log10(min(seen, default=1e-4)))
    high = max(low + 1, math.ceil(math.log10(max(seen, default=1e-3))))

    def place(seconds: float) -> float:
        return 100 * (math.log10(max(seconds, 10.0**low)) - low) / (high - low)

    rows = tuple(
        Row(channel, count, seconds, tuple(place(each) for each in seconds))
        for channel, (count, seconds) in sorted(measured.items(), key=lambda entry: -entry[1][0])
    )
    powers = dict.fromkeys((low, (low + high) // 2, high) if (low + high) % 2 == 0 else (low, high))
    return Latencies(rows, tuple((duration(10.0**power), place(10.0**power)) for power in powers))


def duration(seconds: float) -> str:
    """A short time as people write it.

    >>> [duration(each) for each in (0.0000123, 0.00123, 0.0456, 7.89)]
    ['12 µs', '1.2 ms', '46 ms', '7.9 s']
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size * 0.9995 or unit == "µs":
            amount = seconds / size
            return f"{amount:.1f} {unit}".replace(".0 ", " ") if amount < 9.95 else f"{amount:.0f} {unit}"
    raise AssertionError


def _stack(counts: Counter[Outcome], outcomes: Sequence[Outcome], most: int) -> tuple[Bar, ...]:
    """Bars on top of each other, the first at the bottom; never too small to be seen."""
    bars, top = [], float(HEIGHT)
    for outcome in outcomes:
        if count := counts[outcome]:
            height = max(HEIGHT * count / most, 1.5)
            top = max(0.0, top - height)
            bars.append(Bar(outcome, top, height))
    return tuple(bars)


def _clock(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, UTC).strftime("%H:%M")
