"""A view: a text as a reader or a decoder would see it, with the way back to the original characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Places(Protocol):
    """A sequence of places in a text: a list, or an array of numpy's."""

    def __getitem__(self, index: int, /) -> int:
        """The place of one character."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """A text derived from a passage.

    Character i of `text` stands for the original characters `starts[i]` up to, not including, `ends[i]`; both None
    means that nothing moved. `via` names the steps that led here, the first one first.
    """

    text: str
    via: tuple[str, ...] = ()
    starts: Places | None = None
    ends: Places | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original characters that stand behind `text[start:end]`; `start < end`.

        >>> View("ab", ("base64",), (0, 0), (4, 4)).span(0, 2)
        (0, 4)
        """
        if self.starts is None:
            return start, end
        stops = self.ends
        sides = (start, end - 1)
        first = min(int(self.starts[side]) for side in sides)
        return first, max(int(self.starts[side]) + 1 if stops is None else int(stops[side]) for side in sides)

    def derive(self, text: str, step: str, starts: Sequence[int], ends: Sequence[int]) -> View:
        """A view of this view: `starts` and `ends` count this view's characters, the result's count the original's.

        An empty `step` leaves `via` as it is.
        """
        via = (*self.via, step) if step else self.via
        if self.starts is None:
            return View(text, via, starts, ends)
        mine, last = self.starts, self.ends
        firsts = [int(mine[place]) for place in starts]
        if last is None:
            return View(text, via, firsts, [int(mine[place - 1]) + 1 for place in ends])
        return View(text, via, firsts, [int(last[place - 1]) for place in ends])
