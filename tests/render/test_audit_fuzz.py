"""Whatever stands in an audit, every form is written, twice the same, and lets nothing unseen out."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from render.an_audit import an_audit

from mcpscan.finding import Action, Difference, Finding
from mcpscan.fleet import Ability, Flow, Installed, Package, Reason, Status, Step, Tool, Unread
from mcpscan.render.audit import FORMS, render_audit

TEXT = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    [
        "",
        "</script>",
        "]]>",
        "\ud800",
        "\u202e",
        "|",
        "\n",
        "C:\\a",
        "//host/a",
        "{{",
        "http://[",
        "pkg:npm/",
        "\x00" * 9,
    ]
)
WORDS = st.tuples(TEXT, TEXT)
PLACES = st.tuples(st.integers(-5, 50), st.integers(-5, 5000))
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | TEXT
    | st.lists(TEXT, max_size=3)
    | st.dictionaries(TEXT, TEXT, max_size=2)
)
FINDINGS = st.builds(
    Finding, rule=TEXT, target=TEXT, pointer=TEXT, kind=TEXT, reach=TEXT, span=PLACES, in_key=st.booleans(), owner=TEXT,
    quote=TEXT, before=TEXT, after=TEXT, via=WORDS, decoded=TEXT, message=TEXT, fingerprint=TEXT, refs=WORDS,
    count=st.integers(),
)  # fmt: skip
CHANGES = st.builds(
    Difference, kind=TEXT, family=TEXT, name=TEXT, pointer=TEXT, path=TEXT, before=VALUES, after=VALUES, label=TEXT,
    grade=st.sampled_from(Action), reason=TEXT,
)  # fmt: skip
ENTRIES = st.builds(
    Installed, client=TEXT, scope=TEXT, name=TEXT, file=TEXT, line=st.integers(-1, 9), key=WORDS, command=WORDS, url=TEXT,
    directory=TEXT, variables=WORDS, headers=WORDS, secrets=WORDS, unasked=WORDS, identity=TEXT,
    package=st.builds(Package, purl=TEXT, version=TEXT), places=st.dictionaries(TEXT, st.integers(), max_size=2),
)  # fmt: skip
TOOLS = st.builds(
    Tool, name=TEXT, description=TEXT, pointer=TEXT, tokens=st.integers(0),
    abilities=st.tuples(st.builds(Reason, ability=st.sampled_from(Ability), because=TEXT)),
)  # fmt: skip
STEPS = st.builds(Step, server=TEXT, tool=TEXT, ability=st.sampled_from(Ability), because=TEXT)
FLOWS = st.builds(Flow, client=TEXT, steps=st.lists(STEPS, max_size=4).map(tuple), sure=st.booleans(), message=TEXT)


@st.composite
def audits(draw):
    """An audit whose every text was drawn."""
    base = an_audit()
    first = base.servers[0]
    found, offered = draw(FINDINGS), draw(FINDINGS)
    server = replace(
        first, id=draw(TEXT), installed=draw(ENTRIES), status=draw(st.sampled_from(Status)), reason=draw(TEXT),
        entry=(found,), report=replace(first.report, findings=(offered,)), tools=(draw(TOOLS), draw(TOOLS)),
        changes=(draw(CHANGES),),
    )  # fmt: skip
    return replace(
        base, servers=(server, base.servers[1]), flows=(draw(FLOWS), draw(FLOWS)), across=(draw(FINDINGS),),
        unread=(Unread(client=draw(TEXT), scope=draw(TEXT), file=draw(TEXT), line=draw(st.integers(0, 9)), reason=draw(TEXT)),),
        started=draw(TEXT), platform=draw(TEXT), files=draw(WORDS),
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@given(audit=audits())
@settings(
    max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_every_form_of_every_audit_is_written(form, audit):
    text = render_audit(audit, form, width=40)
    assert [
        char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char != "\n"
    ] == []
    if form == "junit":
        ET.fromstring(text)
    if form == "sarif":
        Sarif.model_validate(json.loads(text))
    if form == "json":
        json.loads(text)
