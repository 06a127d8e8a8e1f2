"""The written texts: enough of them, well formed, varied, and nothing twice."""

from __future__ import annotations

from collections import Counter

from cases import rows

ROWS = rows("written")
ATTACKS = [row for row in ROWS if row["label"] == "attack"]
HONEST = [row for row in ROWS if row["label"] == "benign"]


def test_there_are_enough_of_both_kinds():
    assert len(ATTACKS) >= 2_500
    assert len(HONEST) >= 3_000
    assert len(ATTACKS) + len(HONEST) == len(ROWS)


def test_no_text_is_there_twice():
    assert [text for text, count in Counter(row["text"] for row in ROWS).items() if count > 1] == []


def test_every_row_says_what_it_is():
    for row in ROWS:
        assert {"label", "text", "family", "slot", "tone", "lang", "difficulty", "field"} <= set(row), row["text"]
        assert row["text"].strip()
        assert row.get("span", row["text"]) in row["text"]


def test_they_are_varied():
    assert len({row["lang"] for row in ROWS}) >= 16
    assert len({row["family"] for row in ATTACKS}) >= 20
    assert len({row["slot"] for row in ATTACKS}) >= 25
    assert len({row["field"] for row in ROWS}) >= 500
    subtle = sum(row["difficulty"] == "subtle" for row in ATTACKS)
    assert subtle >= len(ATTACKS) / 2
