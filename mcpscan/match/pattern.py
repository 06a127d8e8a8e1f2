r"""The pattern language of the rules, and what a pattern becomes for each engine.

A pattern is a regular expression in the subset that Hyperscan, `regex` and `re` agree on: no look-around, no
back-reference, every repeat bounded. Two things are written shorter than they are: a space stands for any short run of
blanks and light punctuation (so `ignore all` also finds "ignore **all**", "ignore_all" and "ignore\n> all"), and
letters match in any case, script look-alike and accent, because texts and patterns are folded alike.

Exact spans are found with `re` in small letters: on sentence-like patterns it is three times as fast as `regex` in any
case, and compiles five times as fast (`mcpscan bench` has the ratio). `regex` is the reference that tests compare with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import regex

from mcpscan.match.prefilter import Need, Words, prefilter, requirement, widest
from mcpscan.text import fold_pattern

GAP = r"(?:[\s*_~\"'`(),:;>/\\|.\-]{1,5})"
"""What a space in a pattern stands for."""

FIRST = r"(?:\b|\\[nrt])"
"""What a leading `\\b` stands for: JSON inside a text writes a line end as two characters, the second a letter."""

GRAMMAR = f"7 {GAP} {FIRST}"
"""Changes when `expand` does, so that databases compiled before are not used again."""

FLAGS = regex.IGNORECASE | regex.ASCII | regex.VERSION0


_COUNTED_WORD = re.compile(r"\\w(\{\d+,\d+\}) \)")
"""A word and the space behind it, repeated: were `_` a letter too, a run of `a_a_a` could be split in too many ways."""

_ESCAPE_OR_LETTER = re.compile(r"(\\.)|[^\\]", re.DOTALL)


def lower(text: str) -> str:
    """The text in small letters, as long as it was."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(each.lower()[:1] for each in text)


def expand(source: str) -> str:
    r"""A pattern as the engines read it.

    >>> expand(r"\bignore all") == FIRST + "ignore" + GAP + "all"
    True
    """
    folded = _COUNTED_WORD.sub(r"[^\\W_]\1 )", fold_pattern(source))
    if folded.startswith(r"\b"):
        folded = FIRST + folded[2:]
    parts: list[str] = []
    in_class = False
    skip = False
    for char in folded:
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == "[":
            in_class = True
        elif char == "]":
            in_class = False
        elif char == " " and not in_class:
            parts.append(GAP)
            continue
        parts.append(char)
    return "".join(parts)


@dataclass(frozen=True)
class Pattern:
    """One compiled source: its engine form, the width of its widest match, and its `regex` object once needed."""

    source: str
    literal: bool = False

    @cached_property
    def expanded(self) -> str:
        """The source as the engines read it; a `literal` one (a decoder's trigger) is taken as it is."""
        return self.source if self.literal else expand(self.source)

    @cached_property
    def words(self) -> Words | None:
        """The words that every match holds; None for a pattern that is matched whole."""
        return None if self.literal else prefilter(self.expanded)

    @cached_property
    def width(self) -> int:
        """The most characters a match can have."""
        return widest(self.expanded)

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The pattern for `regex`, for text in any case."""
        return regex.compile(self.expanded, FLAGS)

    @cached_property
    def exact(self) -> re.Pattern[str]:
        """The pattern for text that `lower` made: what finds exact spans."""
        return re.compile(_ESCAPE_OR_LETTER.sub(lambda found: found[1] or found[0].lower(), self.expanded), re.ASCII)

    @cached_property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """Sets of words of each of which a match holds one."""
        return () if self.words is None else self.words.needs

    @cached_property
    def requirement(self) -> Need | None:
        """What every match must hold, in full."""
        return requirement(self.expanded)

    @cached_property
    def cost(self) -> float:
        """Microseconds per million characters that looking for it is expected to take; a lot without words."""
        return 1e6 if self.words is None else self.words.cost

    @cached_property
    def left(self) -> int:
        """How far before the end of a hit a match can begin."""
        return self.width if self.words is None else self.words.left
