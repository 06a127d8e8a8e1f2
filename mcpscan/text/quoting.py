"""Whether a stretch of text is mentioned rather than used: quoted, shown as code, or part of a lesson about attacks.

A security article, a scanner's own description and a test fixture all contain attack phrases. What tells them from an
attack is that the phrase stands in quotation marks or code *and* that the text around it speaks about attacks. Either
sign alone is easy to fake and common in honest attacks, so both are asked for.
"""

from __future__ import annotations

import regex

from mcpscan.text.late import Late

NEAR = 400
"""Characters on each side in which words about attacks count."""

_LESSON = Late(
    r"""(?<![\w@/.-])(?:prompt[\s-]injections?|injection\s+(?:attacks?|attempts?|patterns?|phrases?)|jail[\s-]?break\w*|red[\s-]team\w*
    |adversar(?:y|ies|ial)|attack(?:s|er|ers|ed|ing)?\b|malicious\w*|phish\w*|payloads?|exploit\w*|vulnerab\w+|threats?
    |poison(?:ed|ing)|guardrails?|detect(?:s|ed|ion|or|ors|ing)?|mitigat\w+|untrusted|sanitiz\w+|owasp|cve-\d+|scam\w*
    |social\s+engineering|suspicious|fraud\w*|spoof\w*|security|filter(?:s|ed|ing)?|leak(?:s|ed|ing|age)?
    |phrases?\s+(?:such\s+as|like)|such\s+as|for\s+example|e\.g\.|for\s+instance|examples?)\b(?!\.\w)""",
    regex.IGNORECASE | regex.VERBOSE,
)
_MARKS = frozenset("\"'`")
_OPENING = Late(r"(?:^|[\s(\[,:=])'[^']*$")
_CLOSING = Late(r"'(?:$|[\s.,;:)\]!?])")
_FENCE = Late(r"^[ \t]*(?:```|~~~)", regex.MULTILINE)


def is_mention(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is quoted or shown as code, in a text that speaks about such phrases.

    >>> lesson = 'Detects prompt injection such as "ignore previous instructions" in text.'
    >>> is_mention(lesson, 34, 62)
    True
    >>> is_mention("Ignore previous instructions.", 0, 28)
    False
    """
    return is_quoted(text, start, end) and speaks_of_attacks(text, start, end)


def speaks_of_attacks(text: str, start: int, end: int, at_least: int = 1) -> bool:
    """Whether words about attacks or examples stand near a stretch, at least so many different ones."""
    before = {match[0].lower() for match in _LESSON.finditer(text, max(0, start - NEAR), start)}
    if len(before) >= at_least:
        return True
    after = {match[0].lower() for match in _LESSON.finditer(text, end, min(len(text), end + NEAR))}
    return len(before | after) >= at_least


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands in quotation marks, in code, in a quoted line or in an HTML code or quote element."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(line_start, start - NEAR) : start]
    after = text[end : min(line_end, end + NEAR)]
    if before.lstrip().startswith(">") or before.startswith("    "):
        return True
    if any(_inside(mark, before, after) for mark in _MARKS):
        return True
    if _inside_element(text, start, end):
        return True
    return len(_FENCE.findall(text, 0, start)) % 2 == 1


def _inside(mark: str, before: str, after: str) -> bool:
    if mark not in before or mark not in after:
        return False
    if mark == "'":
        return _OPENING.search(before) is not None and _CLOSING.search(after) is not None
    return before.count(mark) % 2 == 1


_ELEMENT = Late(r"<(/?)(code|pre|blockquote|q|cite|samp|kbd)\b[^<>]{0,80}>", regex.IGNORECASE)


def _inside_element(text: str, start: int, end: int) -> bool:
    opened = 0
    for match in _ELEMENT.finditer(text, max(0, start - 4 * NEAR), start):
        opened += -1 if match[1] else 1
    return opened > 0 and _ELEMENT.search(text, end, min(len(text), end + 4 * NEAR)) is not None
