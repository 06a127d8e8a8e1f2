"""Other ways to write the same text: what an attacker tries first."""

from __future__ import annotations

import random
from collections.abc import Callable

LOOKALIKE = str.maketrans("aeopcxyiABEHKMOPTX", "аеорсхуіАВЕНКМОРТХ")  # noqa: RUF001 - the letters are the point
LEET = str.maketrans("aeiost", "431057")
HIDDEN = "\u200b\u200c\u2060\u00ad"


def augmented(text: str, span: tuple[int, int] | None, rng: random.Random) -> tuple[str, tuple[int, int] | None]:
    """A text rewritten where the attack is, or at a random place, and where the attack is then."""
    start, end = span or _stretch(text, rng)
    part = rng.choice(list(WAYS.values()))(text[start:end], rng)
    return text[:start] + part + text[end:], (start, start + len(part)) if span else None


def _stretch(text: str, rng: random.Random) -> tuple[int, int]:
    start = rng.randint(0, max(0, len(text) - 40))
    return start, min(len(text), start + rng.randint(20, 200))


def _letters(text: str, share: float, change: Callable[[str], str], rng: random.Random) -> str:
    return "".join(change(letter) if rng.random() < share else letter for letter in text)


def _lookalike(text: str, rng: random.Random) -> str:
    return _letters(text, rng.choice([0.15, 0.5, 1.0]), lambda letter: letter.translate(LOOKALIKE), rng)


def _leet(text: str, rng: random.Random) -> str:
    return _letters(text, rng.choice([0.2, 0.6]), lambda letter: letter.translate(LEET), rng)


def _hidden(text: str, rng: random.Random) -> str:
    mark = rng.choice(HIDDEN)
    return _letters(text, rng.choice([0.05, 0.3]), lambda letter: letter + mark, rng)


def _spaced(text: str, rng: random.Random) -> str:
    return (
        " ".join(text)
        if len(text) < 80 and rng.random() < 0.5
        else _letters(text, 0.06, lambda letter: letter + " ", rng)
    )


def _typing(text: str, rng: random.Random) -> str:
    kept = list(text)
    for at in range(1, len(kept)):
        if rng.random() < 0.04 and kept[at].isalpha() and kept[at - 1].isalpha():
            kept[at - 1], kept[at] = kept[at], kept[at - 1]
    return "".join(kept)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "one case": lambda text, rng: text.upper() if rng.random() < 0.5 else text.lower(),
    "title case": lambda text, _: text.title(),
    "look-alike letters": _lookalike,
    "digits for letters": _leet,
    "hidden characters": _hidden,
    "blanks": _spaced,
    "swapped letters": _typing,
}
