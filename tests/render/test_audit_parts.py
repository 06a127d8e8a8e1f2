"""Parts of the HTML report: which characters of a text are marked, and where everything stands in the picture."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from render.an_audit import POISON, a_wide_audit, an_audit

from mcpscan.finding import Severity
from mcpscan.fleet import Ability
from mcpscan.render.audit import render_audit
from mcpscan.render.audit.graph import COLUMN, graphs
from mcpscan.render.audit.marks import AROUND, HEAD, fits, marked_text


def test_huge_texts_are_cut_around_what_is_marked():
    far = "x" * 200_000 + POISON + "y" * 200_000
    found = an_audit().servers[0].report.findings[0]
    start = far.index("read ~/.ssh/id_rsa")
    found = replace(found, span=(start, start + len("read ~/.ssh/id_rsa")))
    pieces = marked_text(far, [found])
    assert [str(piece.text) for piece in pieces if piece.severity] == ["read ~/.ssh/id_rsa"]
    assert sum(len(piece.text) for piece in pieces) < HEAD + 2 * AROUND + 200
    left = [int(re.sub(r"\D", "", piece.text)) for piece in pieces if piece.note]
    assert sum(left) + sum(len(piece.text) for piece in pieces if not piece.note) == len(far)


def test_where_marks_overlap_the_worse_one_shows():
    first, second = an_audit().servers[0].report.findings[:2]
    words = "abcdef"
    outer = replace(second, span=(0, 6), quote="abcdef", severity=Severity.LOW)
    inner = replace(first, span=(2, 4), quote="cd", severity=Severity.CRITICAL)
    assert [(str(piece.text), piece.severity) for piece in marked_text(words, [outer, inner])] == [
        ("ab", Severity.LOW),
        ("cd", Severity.CRITICAL),
        ("ef", Severity.LOW),
    ]


def test_a_span_that_does_not_hold_its_quote_marks_nothing():
    found = replace(an_audit().servers[0].report.findings[0], span=(0, 4))
    assert not fits("Something else entirely", found)
    assert {piece.severity for piece in marked_text("Something else entirely", [found])} == {None}


@pytest.mark.parametrize("make", [an_audit, a_wide_audit])
def test_boxes_of_the_picture_do_not_overlap_and_lie_inside(make):
    audit = make()
    names = {server.id: server.installed.name for server in audit.servers}
    for graph in graphs(audit.flows, names):
        for group in graph.groups:
            assert group.y >= 0
            assert group.y + group.height <= graph.height
            assert all(group.y <= node.y <= group.y + group.height for node in group.nodes)
        for one in graph.groups:
            below = [other for other in graph.groups if other.x == one.x and other.y > one.y]
            assert all(other.y >= one.y + one.height for other in below)
        assert len({group.x for group in graph.groups}) == len(graph.titles)


def test_every_step_of_every_way_is_in_the_picture():
    audit = a_wide_audit()
    (graph,) = graphs(audit.flows, {})
    drawn = {(node.name, node.ability) for group in graph.groups for node in group.nodes}
    assert drawn == {(step.tool, step.ability) for flow in audit.flows for step in flow.steps}
    assert {number for edge in graph.edges for number in edge.ways} == set(range(len(audit.flows)))
    assert {edge.ability for edge in graph.edges} == set(Ability) - {Ability.TAKES_UNTRUSTED}


def test_ways_of_one_step_or_backwards_are_drawn_too():
    audit = an_audit()
    flow = audit.flows[0]
    odd = (
        replace(flow, steps=flow.steps[:1]),
        replace(flow, steps=flow.steps[::-1]),
        replace(flow, steps=flow.steps * 2),
    )
    (graph,) = graphs(odd, {})
    assert len(graph.groups) == 3
    assert max(group.x for group in graph.groups) > COLUMN
    assert "get_weather" in render_audit(replace(audit, flows=(*odd, replace(flow, steps=()))), "html")
