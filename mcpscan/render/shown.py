"""Text on its way out of a report: what is not seen becomes an escape, whether or not somebody escaped it before."""

from __future__ import annotations

from mcpscan.text import visible


def shown(text: str) -> str:
    r"""The text with every unseen character as `\u{…}`; backslashes stay as they are, so that twice is as once.

    >>> shown("C:\\mcp\\a\u200bb\n") == shown(shown("C:\\mcp\\a\u200bb\n")) == "C:\\mcp\\a\\u{200b}b\\n"
    True
    """
    return "\\".join(map(visible, text.split("\\")))


def amount(count: int, noun: str) -> str:
    """A count and its noun.

    >>> amount(1, "server"), amount(12345, "token")
    ('1 server', '12,345 tokens')
    """
    return f"{count:,} {noun}{'s' * (count != 1)}"
