"""Audits as text: every form says what was found and where, what was not looked at, and nothing of a hostile text acts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from render.an_audit import ATTACK, DESKTOP, PROJECT, UNSEEN, a_wide_audit, an_audit, an_empty_audit

from mcpscan.finding import Severity, plain
from mcpscan.fleet import Audit, Installed
from mcpscan.render.audit import FORMS, render_audit
from mcpscan.render.audit.missed import missed
from mcpscan.render.audit.shown import shown
from mcpscan.render.audit.standing import by_client, every_finding, standings

WORDS = [form for form in FORMS if form != "cyclonedx"]
"""The forms that tell findings; a bill of materials has none."""


class Pinned:
    """A server starts whatever was published last.

    What runs tomorrow is not what was looked at today.

    Write the version down.
    """

    id = "config-unpinned"
    severity = Severity.MEDIUM
    refs = ("OWASP-LLM03:2025",)


@pytest.fixture(scope="module")
def audit():
    return an_audit()


@pytest.fixture(scope="module")
def log(audit):
    return json.loads(render_audit(audit, "sarif", base="/home/ada/work/shop"))


def results(log):
    return log["runs"][0]["results"]


@pytest.mark.parametrize("form", WORDS)
def test_every_form_names_rules_servers_and_verdict(audit, form):
    text = render_audit(audit, form).replace("\\", "")
    assert {finding.rule for finding in every_finding(audit)} - {rule for rule in _rules(audit) if rule in text} == set()
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
    for words in ("no answer within 30 seconds", "nobody agreed to start it", "a value is missing after", "settings.json"):
        assert words in text
    assert "RecursionError" in text


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


def test_sarif_is_valid(audit, log):
    Sarif.model_validate(log)
    for other in (an_empty_audit(), a_wide_audit()):
        Sarif.model_validate(json.loads(render_audit(other, "sarif")))
    expected = {finding.rule for finding in every_finding(audit)} | {"audit-flow", "audit-change"}
    assert {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]} == expected


def test_sarif_results_stand_at_lines_of_configuration_files(log):
    for result in results(log):
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert location["logicalLocations"][0]["fullyQualifiedName"]
    secret = next(result for result in results(log) if result["ruleId"] == "config-secret")
    place = secret["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": f"file://{DESKTOP}"}, "region": {"startLine": 7}}


def test_sarif_names_files_below_the_base_relative_to_it(log):
    low = next(result for result in results(log) if result["ruleId"] == "config-plain-http")
    place = low["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": ".vscode/mcp.json", "uriBaseId": "%SRCROOT%"}
    assert log["runs"][0]["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///home/ada/work/shop/"}}
    assert PROJECT.startswith("/home/ada/work/shop/")


def test_sarif_rules_have_help_and_indices_fit(audit):
    log = json.loads(render_audit(audit, "sarif", rules=(Pinned,)))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results(log))
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    pinned = next(rule for rule in rules if rule["id"] == Pinned.id)
    assert pinned["properties"]["security-severity"] == "5.5"
    assert "Write the version down." in pinned["help"]["text"]


def test_sarif_fingerprints_are_of_the_server_not_of_the_line(audit, log):
    marks = [result["partialFingerprints"]["mcpscan/audit/v1"] for result in results(log)]
    assert len(marks) == len(set(marks))
    moved = tuple(
        replace(server, installed=replace(server.installed, line=server.installed.line + 40))
        for server in reversed(audit.servers)
    )
    again = json.loads(render_audit(replace(audit, servers=moved), "sarif"))
    assert {result["partialFingerprints"]["mcpscan/audit/v1"] for result in results(again)} == set(marks)


def test_sarif_shows_the_steps_of_a_flow(log):
    flows = [result for result in results(log) if result["ruleId"] == "audit-flow"]
    assert len(flows) == 4
    steps = flows[0]["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["logicalLocations"][0]["name"] for step in steps] == [
        "get_weather",
        "read_file",
        "post_message",
    ]
    assert [flow["level"] for flow in flows] == ["error", "error", "note", "error"]


def test_sarif_says_when_something_was_not_looked_at(log):
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "config-unread" in {note["descriptor"]["id"] for note in invocation["toolExecutionNotifications"]}


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
    assert tags <= {"h1", "h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "strong"}
    assert page.count("<table>") == 1
    assert page.count("<tr>") == 1 + len(audit.servers)
    assert not re.search(r"(?<!\\)[@<]", "\n".join(line for line in text.splitlines() if not line.startswith("    ")))


def test_a_table_row_of_markdown_has_its_seven_cells(audit):
    rows = [line for line in render_audit(audit, "markdown").splitlines() if line.startswith("| ")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {8}


@pytest.mark.parametrize("make", [an_audit, a_wide_audit, an_empty_audit])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_cyclonedx_is_valid(make):
    pytest.importorskip("cyclonedx")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(render_audit(make(), "cyclonedx")) is None


def test_cyclonedx_lists_every_server_with_its_client_and_file(audit):
    pytest.importorskip("cyclonedx")
    bom = json.loads(render_audit(audit, "cyclonedx"))
    parts = [*bom["components"], *bom["services"]]
    servers = {part["bom-ref"]: part for part in parts if part["bom-ref"].startswith("server:")}
    assert len(servers) == len(audit.servers)
    weather = servers["server:Claude Desktop/user/weather"]
    assert weather["purl"] == "pkg:npm/weather-mcp"
    about = {entry["name"]: entry["value"] for entry in weather["properties"]}
    assert about["mcpscan:client"] == "Claude Desktop"
    assert about["mcpscan:file"] == DESKTOP
    assert about["mcpscan:secrets"] == "WEATHER_KEY"
    assert {service["name"] for service in bom["services"]} == {"slack", "postgres"}
    depends = {entry["ref"]: entry.get("dependsOn", []) for entry in bom["dependencies"]}
    assert "server:Cursor/user/notes" in depends["client:Cursor"]


def test_cyclonedx_takes_a_package_url_that_is_none(audit):
    pytest.importorskip("cyclonedx")
    first = audit.servers[0]
    odd = replace(first, installed=replace(first.installed, package=replace(first.installed.package, purl="no purl")))
    assert "no purl" in render_audit(replace(audit, servers=(odd,)), "cyclonedx")


@pytest.mark.parametrize("form", FORMS)
def test_strange_servers_break_no_form(audit, form):
    empty = Installed(client="", scope="", name="", file="", line=0)
    windows = Installed(client="c", scope="user", name="n", file="C:\\Users\\ada\\mcp.json", line=2, url="not an address")
    servers = tuple(
        replace(audit.servers[0], id=str(at), installed=installed) for at, installed in enumerate((empty, windows))
    )
    twice = (*servers, replace(servers[1], id="2"))
    text = render_audit(replace(audit, servers=twice, started=ATTACK), form, width=10)
    assert "n" in text


def test_strings_are_escaped_once():
    assert shown(shown(ATTACK)) == shown(ATTACK)
    assert shown("C:\\Users\\ada") == "C:\\Users\\ada"
