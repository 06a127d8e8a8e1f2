"""Text carried by characters that are not shown: Unicode tags and variation selectors.

Tag characters (U+E0020 to U+E007E) mirror ASCII; selectors VS1 to VS256 can carry one byte each. Both are read by
models and shown by no font. The three subdivision flags of Unicode's emoji data use tags honestly.
"""

from __future__ import annotations

from collections.abc import Iterator

from mcpscan.text.late import Late
from mcpscan.text.view import View

_FLAG = Late("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,7}\U000e007f")
_TAGS = Late("[\U000e0020-\U000e007e]{2,}")
_SELECTORS = Late("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_BITS = Late("[\u200b\u200c\u200d\u2060\u2062\u2063\u2064\ufeff]{16,}")


def flags(text: str) -> set[int]:
    """The places of tag characters that spell the flag of a subdivision (Scotland, say)."""
    return {at for match in _FLAG.finditer(text) for at in range(*match.span())}


def smuggled(text: str) -> Iterator[View]:
    """The messages spelled by hidden characters of an original text."""
    if text.isascii():
        return
    honest = flags(text)
    tags = [at for match in _TAGS.finditer(text) for at in range(*match.span()) if at not in honest]
    if tags:
        hidden = "".join(chr(ord(text[at]) - 0xE0000) for at in tags)
        yield View(hidden, ("unicode-tags",), tags, [at + 1 for at in tags])
    for match in _SELECTORS.finditer(text):
        view = _bytes(match.start(), [_byte(char) for char in match[0]])
        if view is not None:
            yield view
    yield from _binary(text)


def _byte(char: str) -> int:
    point = ord(char)
    return point - 0xFE00 if point < 0xFE10 else point - 0xE0100 + 16


def _bytes(start: int, data: list[int], width: int = 1) -> View | None:
    try:
        text = bytes(data).decode()
    except UnicodeDecodeError:
        return None
    if not any(char.isalpha() for char in text) or any(char < " " and char not in "\t\n\r" for char in text):
        return None
    starts: list[int] = []
    ends: list[int] = []
    at = start
    for char in text:
        size = len(char.encode()) * width
        starts.append(at)
        ends.append(at + size)
        at += size
    return View(text, ("variation-selectors",) if width == 1 else ("zero-width-bits",), starts, ends)


def _binary(text: str) -> Iterator[View]:
    for match in _BITS.finditer(text):
        run = match[0]
        kinds = sorted(set(run))
        for zero in kinds if len(kinds) == 2 else ():
            bits = "".join("0" if char == zero else "1" for char in run)
            data = [int(bits[at : at + 8], 2) for at in range(0, len(bits) // 8 * 8, 8)]
            view = _bytes(match.start(), data, 8)
            if view is not None:
                yield view
