"""Audits as text: every form says what was found and where, what was not looked at, and nothing of a hostile text acts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from render.an_audit import ATTACK, UNSEEN, a_wide_audit, an_audit, an_empty_audit

from mcpscan.finding import Severity, plain
from mcpscan.fleet import Audit, Installed
from mcpscan.render.audit import FORMS, render_audit
from mcpscan.render.audit.missed import missed
from mcpscan.render.audit.standing import by_client, every_finding, standings
from mcpscan.render.shown import shown

WORDS = [form for form in FORMS if form != "cyclonedx"]
"""The forms that tell findings; a bill of materials has none."""


@pytest.fixture(scope="module")
def audit():
    return an_audit()


@pytest.mark.parametrize("form", WORDS)
def test_every_form_names_rules_servers_and_verdict(audit, form):
    text = render_audit(audit, form).replace("\\", "")
    assert {finding.rule for finding in every_finding(audit)} - {
        rule for rule in _rules(audit) if rule in text
    } == set()
    assert [name for name in ("weather", "filesystem", "postgres", "notes") if name not in text] == []
    assert audit.verdict.action.value in text.lower() or form == "junit"


def _rules(audit):
    return {finding.rule for finding in every_finding(audit)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("make", [an_audit, a_wide_audit, an_empty_audit])
def test_the_same_audit_gives_the_same_text(make, form):
    assert render_audit(make(), form) == render_audit(make(), form)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_unseen_gets_out(audit, form):
    text = render_audit(audit, form)
    assert [char for char in UNSEEN if char in text] == []
    assert [char for char in text if ord(char) < 32 and char != "\n"] == []


def test_colour_is_the_only_escape_of_the_terminal(audit):
    assert "\x1b" not in render_audit(audit, "terminal")
    coloured = render_audit(audit, "terminal", color=True)
    assert "\x1b[" in coloured
    assert "\x1b[31m\x07" not in coloured


@pytest.mark.parametrize("form", ["terminal", "json", "sarif", "junit", "markdown", "html"])
def test_what_was_not_looked_at_is_told(audit, form):
    text = render_audit(audit, form).replace("\\", "")
    for words in (
        "no answer within 30 seconds",
        "nobody agreed to start it",
        "a value is missing after",
        "settings.json",
    ):
        assert words in text
    assert "RecursionError" in text


@pytest.mark.parametrize("form", WORDS)
def test_what_was_accepted_is_told_with_the_reason(audit, form):
    assert "our own help page" in render_audit(audit, form)


def test_no_form_of_that_name(audit):
    with pytest.raises(ValueError, match="sarif"):
        render_audit(audit, "yaml")


def test_servers_stand_worst_first_and_so_do_clients(audit):
    order = [standing.worst.rank if standing.worst else -1 for standing in standings(audit)]
    assert order == sorted(order, reverse=True)
    assert [use.client for use, _ in by_client(audit)] == ["Claude Desktop", "Cursor", "VS Code"]


def test_a_client_without_servers_is_told(audit):
    from mcpscan.fleet import ClientUse

    more = replace(audit, clients=(*audit.clients, ClientUse(client="Zed")))
    assert "Zed" in [use.client for use, _ in by_client(more)]


def test_everything_missed_is_listed_once(audit):
    listed = missed(audit)
    assert len(listed) == len(set(listed))
    assert {entry.code for entry in listed} == {
        "config-unread", "server-partly-scanned", "page-lost", "server-failed", "server-not-started", "server-disabled",
        "limit", "mcpscan-failed",
    }  # fmt: skip


@pytest.mark.parametrize("width", [36, 44, 80, 200])
def test_the_terminal_keeps_to_its_width(audit, width):
    from rich.cells import cell_len

    text = render_audit(audit, "terminal", width=width)
    wide = [line for line in text.splitlines() if cell_len(line) > width and "^" not in line and "…" not in line]
    assert wide == []
    assert "Summary" in text


def test_the_terminal_marks_the_characters_and_tells_lines(audit):
    lines = render_audit(audit, "terminal").splitlines()
    at = next(place for place, line in enumerate(lines) if "^^^" in line)
    assert lines[at - 1][lines[at].index("^") : lines[at].rindex("^") + 1] == "read ~/.ssh/id_rsa"
    assert any("line 7: configuration › env › WEATHER_KEY" in line for line in lines)


def test_an_empty_audit_says_so():
    for form in ("terminal", "html"):
        assert "No server is configured" in render_audit(an_empty_audit(), form)


def test_json_is_the_audit(audit):
    from pydantic import TypeAdapter

    text = render_audit(audit, "json")
    assert text.isascii()
    assert json.loads(text) == json.loads(json.dumps(plain(audit)))
    clean = an_empty_audit()
    assert TypeAdapter(Audit).validate_json(render_audit(clean, "json")) == clean


ALLOWED = {
    "testsuites": ({"name", "time", "tests", "failures", "errors", "disabled"}, {"testsuite"}),
    "testsuite": ({"name", "time", "tests", "failures", "errors", "skipped"}, {"properties", "testcase"}),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"name", "classname"}, {"skipped", "error", "failure", "system-out"}),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "skipped": ({"message"}, set()),
    "system-out": (set(), set()),
}
"""What each element may hold, after the schema that Jenkins validates with."""


@pytest.mark.parametrize("make", [an_audit, a_wide_audit, an_empty_audit])
def test_junit_keeps_to_the_schema_and_its_counts_are_right(make):
    root = ET.fromstring(render_audit(make(), "junit"))
    for element in root.iter():
        attributes, children = ALLOWED[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
    for suite in root:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors")) == len(suite.findall("testcase/error"))
    assert int(root.get("failures")) == len(root.findall(".//failure"))


def test_junit_has_a_suite_for_each_server_and_fails_from_medium_on(audit):
    root = ET.fromstring(render_audit(audit, "junit"))
    assert {suite.get("name") for suite in root} == {shown(server.id) for server in audit.servers} | {"fleet"}
    failed = root.findall(".//failure[@type]")
    grave = [finding for finding in every_finding(audit) if finding.severity.rank >= Severity.MEDIUM.rank]
    assert len([failure for failure in failed if "/" in failure.get("type")]) == len(grave)
    assert root.findall(".//error")


def test_markdown_lets_nothing_act(audit):
    from markdown_it import MarkdownIt

    text = render_audit(audit, "markdown")
    page = MarkdownIt("commonmark").enable("table").render(text)
    tags = set(re.findall(r"<([a-z0-9]+)", page))
    assert tags <= {
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "code",
        "strong",
    }
    assert page.count("<table>") == 1
    assert page.count("<tr>") == 1 + len(audit.servers)
    assert not re.search(r"(?<!\\)[@<]", "\n".join(line for line in text.splitlines() if not line.startswith("    ")))


def test_a_table_row_of_markdown_has_its_seven_cells(audit):
    rows = [line for line in render_audit(audit, "markdown").splitlines() if line.startswith("| ")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {8}


@pytest.mark.parametrize("form", FORMS)
def test_strange_servers_break_no_form(audit, form):
    empty = Installed(client="", scope="", name="", file="", line=0)
    windows = Installed(
        client="c", scope="user", name="n", file="C:\\Users\\ada\\mcp.json", line=2, url="not an address"
    )
    servers = tuple(
        replace(audit.servers[0], id=str(at), installed=installed) for at, installed in enumerate((empty, windows))
    )
    twice = (*servers, replace(servers[1], id="2"))
    text = render_audit(replace(audit, servers=twice, started=ATTACK), form, width=10)
    assert "n" in text


def test_strings_are_escaped_once():
    assert shown(shown(ATTACK)) == shown(ATTACK)
    assert shown("C:\\Users\\ada") == "C:\\Users\\ada"
