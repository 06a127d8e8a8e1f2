"""What tools are said to be able to do: measured against labelled tools, and never lost to a hint."""

from __future__ import annotations

from collections import Counter

import pytest
from cases import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from mcpscan.audit.abilities import abilities
from mcpscan.fleet import Ability

ROWS = rows("abilities")
FLOORS = {
    Ability.READS_PRIVATE: (0.92, 0.93),
    Ability.TAKES_UNTRUSTED: (0.90, 0.93),
    Ability.SENDS_OUT: (0.96, 0.92),
    Ability.DESTROYS: (0.96, 0.96),
    Ability.RUNS_CODE: (0.96, 0.96),
}
"""Precision and recall, a little below what is measured on all labelled tools."""


def found(tool) -> dict[Ability, bool]:
    return {reason.ability: reason.sure for reason in abilities(tool, "/tools/0")}


def test_there_are_enough_labelled_tools_in_several_languages():
    assert len(ROWS) >= 300
    assert len({row["lang"] for row in ROWS}) >= 6
    assert {label for row in ROWS for label in row["abilities"]} == set(Ability)


@pytest.mark.parametrize("ability", Ability)
def test_an_ability_is_found_as_precisely_as_was_measured(ability, record_property):
    counts = Counter((ability in row["abilities"], ability in found(row["tool"])) for row in ROWS)
    right, extra, missed = counts[True, True], counts[False, True], counts[True, False]
    precision, recall = right / (right + extra), right / (right + missed)
    record_property("precision", precision)
    record_property("recall", recall)
    assert (precision, recall) >= FLOORS[ability]
    assert recall >= FLOORS[ability][1]


def test_hints_add_and_never_take_away():
    tool = {
        "name": "delete_note",
        "description": "Deletes a note.",
        "annotations": {"readOnlyHint": True, "destructiveHint": False},
    }
    assert found(tool) == {Ability.DESTROYS: True}
    tool = {"name": "tidy", "description": "Tidies.", "annotations": {"destructiveHint": True, "openWorldHint": True}}
    assert found(tool) == {Ability.SENDS_OUT: False, Ability.DESTROYS: True}


def test_a_name_alone_is_a_guess_and_words_are_not():
    assert found({"name": "deleteFile"}) == {Ability.DESTROYS: False}
    assert found({"name": "deleteFile", "description": "Deletes a file."}) == {Ability.DESTROYS: True}


def test_a_reason_says_the_words_and_where_they_stand():
    tool = {
        "name": "get",
        "description": "Returns a page.",
        "inputSchema": {
            "type": "object",
            "properties": {"a/b": {"type": "object", "properties": {"url": {"type": "string"}}}},
        },
    }
    reasons = {reason.ability: reason for reason in abilities(tool, "/tools/7")}
    assert reasons[Ability.SENDS_OUT].pointer == "/tools/7/inputSchema/properties/a~1b/properties/url"
    assert "'url'" in reasons[Ability.SENDS_OUT].because


def test_letters_that_only_look_alike_and_unseen_ones_hide_nothing():
    assert Ability.DESTROYS in found({"name": "x", "description": "D\u0435letes a f\u200bile."})
    (reason,) = abilities({"name": "x", "description": "Deletes\x1b[31m it.", "annotations": {"title": 3}})
    assert "\x1b" not in reason.because


@pytest.mark.parametrize(
    "text",
    [
        "Draws a chart, such as the number of purchases in a month.",
        "Does not delete anything.",
        "Formats a table. Use delete_rows to remove rows.",
        "Adds an item without sending a mail.",
        "Counts the words of a text.",
    ],
)
def test_what_a_text_denies_or_advises_is_no_ability(text):
    assert found({"name": "t", "description": text}) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["properties", "items", "enum", "url", "to", "type", "action"]) | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "description", "title", "annotations", "inputSchema"]), JSON))
def test_no_tool_crashes_it(tool):
    assert all(reason.because for reason in abilities(tool))
