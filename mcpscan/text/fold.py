"""Folding: one spelling for all the ways to write the same letters, with the way back.

Compatibility forms (NFKC), look-alike letters of other scripts, accents, case of non-ASCII letters, typographic quotes
and dashes become their plain form; characters that are not shown (zero-width, bidi, tags, variation selectors, fillers)
go. Patterns are folded by the same table, so a rule in Russian still matches Russian text. ASCII text is its own fold.

Short texts go through a table one character at a time; long ones through numpy, where it is installed (an order of
magnitude faster on text that is mostly non-ASCII). Both give the same result.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mcpscan.text.confusables import LOOKALIKES
from mcpscan.text.view import View

if TYPE_CHECKING:
    from mcpscan.text.table import FoldTable

_LETTERS = {char: letter for letter, chars in LOOKALIKES.items() for char in chars}
_PUNCTUATION = {
    **dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bc\u02c8\u2032\u00b4\u055a\ua78c", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u300c\u300d\u300e\u300f\u3003", '"'),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    **dict.fromkeys("\u3002\uff61\u06d4\u0964", "."),
    **dict.fromkeys("\u3001\u060c\ufe45", ","),
}
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2065\U0001d159")
_MARKS = (
    (0x0300, 0x036F), (0x0591, 0x05BD), (0x064B, 0x0652), (0x0670, 0x0670), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Combining marks that only decorate: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels."""

NUMPY_FROM = 600
"""Below this many characters the import and call cost of numpy exceeds what it saves."""


@lru_cache(maxsize=65536)
def fold_char(char: str) -> str:
    r"""The folded form of one character: empty, one or several characters.

    >>> [fold_char(char) for char in "\u0430\uff21\u200b\u00e9\ufb01"]
    ['a', 'a', '', 'e', 'fi']
    """
    if char.isascii():
        return char
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    if is_hidden(char) or _is_mark(char):
        return ""
    letter = _LETTERS.get(char) or _LETTERS.get(char.lower())
    if letter is not None:
        return letter
    return _decomposed(char)


def _decomposed(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    if category == "Cs":
        return "\ufffd"
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not _is_mark(part))
    if len(plain) != 1:
        plain = "".join(part for part in unicodedata.normalize("NFKC", char) if not _is_mark(part))
    if len(plain) > 18 or plain == "":
        return plain[:18]
    folded = "".join(_LETTERS.get(part) or _LETTERS.get(part.lower()) or _PUNCTUATION.get(part, part) for part in plain)
    return folded.lower()


def is_hidden(char: str) -> bool:
    """Whether a character takes part in no glyph: format controls, variation selectors, tags, fillers."""
    return (
        char in _FILLERS
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        or "\U000e0000" <= char <= "\U000e007f"
        or unicodedata.category(char) == "Cf"
    )


def _is_mark(char: str) -> bool:
    point = ord(char)
    return any(low <= point <= high for low, high in _MARKS)


def fold_pattern(source: str) -> str:
    """A pattern's source with its letters folded the way texts are."""
    return source if source.isascii() else "".join(map(fold_char, source))


def fold(text: str) -> View:
    r"""The folded view of a text.

    >>> fold("\u0440\u0430ss \u200bword").text
    'pass word'
    """
    if text.isascii():
        return View(text)
    table = _table() if len(text) >= NUMPY_FROM else None
    folded, starts = table.fold(text) if table is not None else _fold_slowly(text)
    return View(folded, (), starts)


def fold_view(view: View) -> View:
    """The folded form of a view that was decoded from another text."""
    folded = fold(view.text)
    if folded.starts is None:
        return View(folded.text, view.via, view.starts, view.ends)
    starts = [int(folded.starts[at]) for at in range(len(folded.text))]
    return view.derive(folded.text, "", starts, [place + 1 for place in starts])


def _fold_slowly(text: str) -> tuple[str, Sequence[int] | None]:
    parts = [fold_char(char) for char in text]
    folded = "".join(parts)
    if len(folded) == len(text) and all(len(part) == 1 for part in parts):
        return folded, None
    return folded, [place for place, part in enumerate(parts) for _ in part]


@lru_cache(maxsize=1)
def _table() -> FoldTable | None:
    if find_spec("numpy") is None:
        return None
    from mcpscan.text.table import FoldTable

    return FoldTable(fold_char)
