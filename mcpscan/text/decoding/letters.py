"""Letters written in another way: rot13, reversed, spaced out, leetspeak."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator

from mcpscan.text.decoding.decoder import Decoded, Rewriting
from mcpscan.text.late import Late


def rot13(text: str) -> Decoded | None:
    """The text with every letter moved by half the alphabet."""
    return codecs.encode(text, "rot13"), range(len(text)), range(1, len(text) + 1)


def backwards(text: str) -> Decoded | None:
    """The text from its end to its beginning."""
    return text[::-1], range(len(text) - 1, -1, -1), range(len(text), 0, -1)


_GLYPH = Late(r"[A-Za-z]|[ \t]{2,3}|.")
_SPACED = Late(
    r"(?<![A-Za-z])[A-Za-z](?:([ .\-_*|~\t])[A-Za-z]|[ \t]{2,3}[A-Za-z](?=[ .\-_*|~\t][A-Za-z])){4,}(?![A-Za-z])"
)


def spaced(text: str) -> Decoded | None:
    """Words whose letters stand apart, joined."""
    rewriting = Rewriting(text)
    changed = False
    for match in _SPACED.finditer(text):
        changed = True
        for gap in _GLYPH.finditer(match[0]):
            kept = gap[0] if gap[0].isalpha() else " " if len(gap[0]) > 1 else ""
            rewriting.put(kept, match.start() + gap.start(), match.start() + gap.end())
    return rewriting.done() if changed else None


_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "l"}
_LEET_SIGN = Late(r"[013457 8@$!|](?:(?<=[^\W\d_].)|(?=[^\W\d_]))".replace(" ", ""))
_LEET_CLASS = {
    "a": "[a4@]",
    "e": "[e3]",
    "i": "[i1!]",
    "o": "[o0]",
    "s": "[s5$]",
    "t": "[t7]",
    "l": "[l1]",
    "b": "[b8]",
}
_WORDS = (
    "ignore",
    "disregard",
    "previous",
    "instructions",
    "override",
    "password",
    "secret",
    "system",
    "forward",
    "delete",
)
_PLAIN_WORDS = ("message", "email", "history", "contents", "without", "confirm")
_MORE_WORDS = ("credential", "assistant", "prompt", "confidential", "environment", "conversation")


def leet(text: str) -> Decoded | None:
    """Digits and signs inside words, read as the letters that they look like."""
    plain = _LEET_SIGN.sub(lambda sign: _LEET[sign[0]], text)
    return None if plain == text else (plain, range(len(text)), range(1, len(text) + 1))


def leet_words() -> Iterator[str]:
    """Patterns of words that attacks are made of, each with at least one sign in place of a letter."""
    for word in (*_WORDS, *_MORE_WORDS):
        for at, letter in enumerate(word):
            if letter in _LEET_CLASS:
                digits = _LEET_CLASS[letter].replace(letter, "", 1)
                before = "".join(_LEET_CLASS.get(char, char) for char in word[:at])
                after = "".join(_LEET_CLASS.get(char, char) for char in word[at + 1 :])
                yield before + digits + after


def words(change: Callable[[str], str], *short: str) -> str:
    """A pattern of words that attacks are made of, each changed in some way."""
    return "(?:" + "|".join(change(word) for word in (*_WORDS, *_MORE_WORDS, *_PLAIN_WORDS, *short)) + ")"
