"""Untrusted text made safe to show: what is not seen becomes seen, what acts on a terminal or a page does not act."""

from __future__ import annotations

import unicodedata

from mcpscan.text.fold import is_hidden


def visible(text: str) -> str:
    r"""The text with every control, hidden or unassigned character written as `\u{…}`, line ends included.

    >>> visible("a\u200bb\x1b[31m\n")
    'a\\u{200b}b\\u{1b}[31m\\n'
    """
    if text.isascii() and text.isprintable():
        return text.replace("\\", "\\\\") if "\\" in text else text
    return "".join(map(_visible_char, text))


def _visible_char(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if char in "\n\t\r":
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}[char]
    if char.isascii() and char.isprintable():
        return char
    if is_hidden(char) or unicodedata.category(char)[0] in "CZ":
        return f"\\u{{{ord(char):x}}}"
    return char
