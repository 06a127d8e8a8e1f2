"""The corpora: every row leads to exactly the findings it says, and what is missed is known and listed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from cases import rows

from mcpscan.evaluation import scan_row

FOUND = [*rows("poisoned"), *rows("results"), *rows("benign")]
MISSED = rows("misses")
ALL = [*FOUND, *MISSED]


def expected(scanner, row: dict[str, Any]) -> list[str]:
    report = scan_row(scanner, row)
    assert report.errors == ()
    return sorted({finding.rule for finding in report.findings if scanner.policy.review.met_by(finding)})


def by_id(row: dict[str, Any]) -> str:
    return str(row["id"])


@pytest.mark.parametrize("row", FOUND, ids=by_id)
def test_a_row_leads_to_the_findings_it_expects(scanner, row):
    assert expected(scanner, row) == row["expect"]


@pytest.mark.xfail(strict=True, reason="a known miss: promote it with tests/refresh_corpora.py when it is found")
@pytest.mark.parametrize("row", MISSED, ids=by_id)
def test_a_known_miss_is_found(scanner, row):
    found = expected(scanner, row)
    assert found if row["label"] == "injection" else not found


def test_rows_are_whole_and_their_twins_point_back():
    known = {row["id"]: row for row in ALL}
    assert len(known) == len(ALL)
    for row in ALL:
        assert {"id", "kind", "label", "family", "difficulty", "lang", "note", "expect"} <= row.keys()
        assert row["label"] in {"injection", "benign"}
        assert ("manifest" in row) + ("result" in row) + ("message" in row) == 1
        if row["label"] == "injection":
            assert known[row["twin"]]["twin"] == row["id"]
            assert known[row["twin"]]["label"] == "benign"


def test_there_are_as_many_rows_as_the_corpora_promise():
    counts = Counter(("definition" if row["kind"] == "manifest" else "result", row["label"]) for row in ALL)
    assert counts["definition", "injection"] >= 300
    assert counts["definition", "benign"] >= 300
    assert counts["result", "injection"] >= 200
    assert counts["result", "benign"] >= 200
    attacks = [row for row in ALL if row["label"] == "injection"]
    assert sum(row["difficulty"] == "subtle" for row in attacks) >= len(attacks) / 2
    assert len({row["lang"] for row in attacks}) >= 15
