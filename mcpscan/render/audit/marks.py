"""A text with the characters marked that findings point at, and with everything unseen as an escape that stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mcpscan.finding import Finding, Severity
from mcpscan.render.shown import amount, shown
from mcpscan.text import visible

HEAD = 4000
"""Characters shown from the beginning of a text."""
AROUND = 400
"""Characters shown on each side of a mark further on."""


class Seen(str):
    """A text in which nothing unseen is left, line ends apart."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look: marked with a severity or not, an escape or not, or a note that something was left out."""

    text: Seen
    severity: Severity | None = None
    escape: bool = False
    note: bool = False


Span = tuple[int, int, Severity]


def marked_text(text: str, findings: Sequence[Finding]) -> tuple[Piece, ...]:
    """The text in pieces. Findings whose span does not hold their quote are left out here; see `places`."""
    spans = [(*finding.span, finding.severity) for finding in findings if fits(text, finding)]
    pieces: list[Piece] = []
    last = 0
    for start, end in _windows(len(text), spans):
        if start > last:
            pieces.append(_left_out(start - last))
        pieces += _pieces(text, start, end, spans)
        last = end
    if last < len(text):
        pieces.append(_left_out(len(text) - last))
    return tuple(pieces)


def fits(text: str, finding: Finding) -> bool:
    """Whether the text is the one a finding speaks of: its span holds its quote."""
    start, end = finding.span
    if finding.in_key or not 0 <= start < end <= len(text):
        return False
    quote = finding.quote.removesuffix("…")
    return visible(text[start : start + 4 * len(quote) + 4]).startswith(quote) if quote else False


def excerpt(finding: Finding) -> tuple[Piece, ...]:
    """What a finding brings along itself: the words before, its quote marked, the words after."""
    parts = ((finding.before, None), (finding.quote, finding.severity), (finding.after, None))
    return tuple(Piece(Seen(shown(text)), severity) for text, severity in parts if text)


def _left_out(count: int) -> Piece:
    return Piece(Seen(f" … {amount(count, 'character')} left out … "), note=True)


def _windows(length: int, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The parts of a text that are shown: its head and what stands around each mark, joined where they touch."""
    low, high = 0, min(length, HEAD)
    for start, end, _ in sorted(spans, key=lambda span: span[:2]):
        left, right = max(0, start - AROUND), min(length, min(end, start + HEAD) + AROUND)
        if left <= high:
            high = max(high, right)
            continue
        yield low, high
        low, high = left, right
    if high:
        yield low, high


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Piece]:
    """The characters of one window, cut wherever a mark begins or ends."""
    cuts = {place for span in spans for place in span[:2] if start < place < end}
    edges = [start, *sorted(cuts), end]
    for low, high in pairwise(edges):
        over = [severity for first, last, severity in spans if first <= low and high <= last]
        severity = max(over, key=lambda each: each.rank, default=None)
        yield from _runs(text[low:high], severity)


def _runs(text: str, severity: Severity | None) -> Iterator[Piece]:
    """Runs of characters that are seen and of characters that are not."""
    run: list[str] = []
    hidden = False
    for char in text:
        shape = char if char in "\n\\" else visible(char)
        if (shape != char) is not hidden and run:
            yield Piece(Seen("".join(run)), severity, hidden)
            run = []
        hidden = shape != char
        run.append(shape)
    if run:
        yield Piece(Seen("".join(run)), severity, hidden)
