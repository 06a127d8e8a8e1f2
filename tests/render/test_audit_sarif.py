"""An audit for code scanning: valid SARIF, every result at the line of a configuration file, identities that stay."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from render.an_audit import DESKTOP, PROJECT, a_wide_audit, an_audit, an_empty_audit

from mcpscan.finding import Severity
from mcpscan.render.audit import render_audit
from mcpscan.render.audit.standing import every_finding


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
    return json.loads(render_audit(audit, "sarif", base="/home/ada/projects/shop"))


def results(log):
    return log["runs"][0]["results"]


def test_sarif_is_valid(audit, log):
    Sarif.model_validate(log)
    for other in (an_empty_audit(), a_wide_audit()):
        Sarif.model_validate(json.loads(render_audit(other, "sarif")))
    expected = {finding.rule for finding in every_finding(audit)} | {"audit-flow", "audit-change", "remote-fetch"}
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
    assert log["runs"][0]["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///home/ada/projects/shop/"}}
    assert PROJECT.startswith("/home/ada/projects/shop/")


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
    again = json.loads(render_audit(replace(audit, servers=moved), "sarif", base="/home/ada/projects/shop"))
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


def test_servers_of_one_name_in_two_projects_have_results_of_their_own(audit):
    first = audit.servers[0]
    second = replace(first, id="other", installed=replace(first.installed, file="/home/ada/other/.mcp.json"))
    log = json.loads(render_audit(replace(audit, servers=(first, second), flows=(), across=()), "sarif"))
    marks = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results(log)]
    assert len(marks) == len(set(marks))


def test_what_was_accepted_is_a_suppressed_result(log):
    accepted = [result for result in results(log) if "suppressions" in result]
    assert [result["ruleId"] for result in accepted] == ["remote-fetch"]
    assert accepted[0]["suppressions"] == [{"kind": "external", "justification": "our own help page"}]
