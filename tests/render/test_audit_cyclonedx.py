"""The inventory as CycloneDX: valid by the library's own validator, every server with its client, file and package."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from render.an_audit import DESKTOP, a_wide_audit, an_audit, an_empty_audit

from mcpscan.render.audit import render_audit

pytest.importorskip("cyclonedx")


@pytest.fixture(scope="module")
def audit():
    return an_audit()


@pytest.mark.parametrize("make", [an_audit, a_wide_audit, an_empty_audit])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_cyclonedx_is_valid(make):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(render_audit(make(), "cyclonedx")) is None


def test_cyclonedx_lists_every_server_with_its_client_and_file(audit):
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
    first = audit.servers[0]
    odd = replace(first, installed=replace(first.installed, package=replace(first.installed.package, purl="no purl")))
    assert "no purl" in render_audit(replace(audit, servers=(odd,)), "cyclonedx")
