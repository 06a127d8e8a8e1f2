"""Names and texts that are made to look like what was approved."""

from __future__ import annotations

import unicodedata

from mcpscan.drift import Change
from mcpscan.rule import Drift
from mcpscan.rules._drift_text import texts
from mcpscan.text import fold, is_hidden

_TWINS = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o", "5": "s", "-": None, "_": None, ".": None, " ": None})


_HONEST = "\u00ad\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Unseen characters that honest text has: hyphenation, joiners, direction marks, emoji styles."""


def skeleton(name: str) -> str:
    """What is left of a name when all that looks alike is alike.

    >>> skeleton("Iist_invoices") == skeleton("list-invoices")
    True
    """
    return fold(name).text.lower().translate(_TWINS).replace("rn", "m").replace("vv", "w")


def imitates(change: Change, drift: Drift) -> str:
    """Which approved name an added part is made to look like; empty where it is none."""
    if change.kind not in {"added", "renamed"}:
        return ""
    for item in drift.new.items:
        approved = any(old.name == item.name and old.family == item.family for old in drift.old.items)
        if item.family != change.family or item.name == change.name or not approved:
            continue
        if skeleton(item.name) == skeleton(change.name) or _one_off(item.name.lower(), change.name.lower()):
            return f"{change.name} looks like the approved {item.name}"
    return ""


def _one_off(one: str, two: str) -> bool:
    """Whether two names differ by one letter swapped or taken for another, where no honest name does."""
    if len(one) != len(two) or len(one) < 7:
        return False
    places = [at for at in range(len(one)) if one[at] != two[at]]
    if len(places) == 1:
        pair = one[places[0]] + two[places[0]]
        return pair.isalpha() and places[0] not in {0, len(one) - 1} and not _is_word(one, two, places[0])
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == two[places[1]]
        and one[places[1]] == two[places[0]]
    )


def _is_word(one: str, two: str, at: int) -> bool:
    """Whether the part of the name around a place is short: `get_a` and `get_b` are honest neighbours."""
    start = max(one.rfind("_", 0, at), one.rfind("-", 0, at)) + 1
    ends = [place for place in (one.find("_", at), one.find("-", at)) if place >= 0]
    return min(ends, default=len(one)) - start < 4 and len(two) > 0


def swapped(change: Change) -> str:
    """Why a text only looks as it did before; empty where it does not, or where it looks different."""
    before, after = change.before, change.after
    rewritten = isinstance(before, str) and isinstance(after, str) and before != after
    if rewritten and fold(str(before)).text == fold(str(after)).text and _strange(str(after)) > _strange(str(before)):
        return "was swapped for characters that look the same"
    for _, text in texts(after):
        known = " ".join(part for _, part in texts(before))
        if _strange(text) > _strange(known) and any(is_hidden(char) and char not in _HONEST for char in text):
            return "has characters now that are not shown"
        if _mixed(text) - _mixed(known):
            return f"has a word of letters from two scripts now: {min(_mixed(text) - _mixed(known))}"
    return ""


def _strange(text: str) -> int:
    return sum(not char.isascii() for char in text)


def _mixed(text: str) -> set[str]:
    """The words that have Latin letters next to Cyrillic or Greek ones."""
    if text.isascii():
        return set()
    found = set()
    for word in text.replace(".", " ").replace("/", " ").split():
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"} and len(word) > 2:
            found.add(word)
    return found
