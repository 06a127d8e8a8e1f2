"""Differences word by word: nothing of a text is lost, however hard it is to compare."""

from __future__ import annotations

import pytest

from mcpscan.finding import Action, Difference
from mcpscan.render.changes import pieces

TEXTS = (
    ("Reads a note.", "Reads a note. Then sends it away."),
    ("! " * 40 + "a", "x" + "! ?" * 40),
    ("One. Two. Three.", "One. 2. Three."),
    ("same", "same"),
    ("", "new"),
    ("a\nb\nc", "a\nc"),
)


@pytest.mark.parametrize("pairs", [250_000, 3, 0])
@pytest.mark.parametrize(("before", "after"), TEXTS)
def test_what_went_and_what_came_make_up_both_texts(before, after, pairs):
    change = Difference(kind="changed", family="tool", name="a", pointer="/a", label="reworded", grade=Action.REVIEW,
                        before=before, after=after)  # fmt: skip
    found = pieces(change, pairs)
    assert "".join(text for sign, text in found if sign != "+") == before
    assert "".join(text for sign, text in found if sign != "-") == after


def test_a_text_too_costly_to_compare_by_words_is_compared_by_sentences():
    before, after = "Alpha beta. Gamma delta. End here.", "Alpha gone. Gamma delta. End there."
    change = Difference(kind="changed", family="tool", name="a", pointer="/a", label="reworded", grade=Action.REVIEW,
                        before=before, after=after)  # fmt: skip
    assert ("=", " Gamma delta.") in pieces(change, 3)
