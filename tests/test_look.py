"""What of a configuration is started or dialled, with which variables, and what is said of the rest."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mcpscan.audit.look import look, planned
from mcpscan.audit.run import identified
from mcpscan.audit.start import Filling, UnfilledError, target
from mcpscan.connect import Command, Url
from mcpscan.fleet import Status
from mcpscan.inventory import Server

SERVERS = Path(__file__).parent / "servers"


def entry(name: str = "s", client: str = "cursor", **members) -> Server:
    transport = members.pop("transport", "stdio" if members.get("argv") else "http")
    return Server(client, "user", name, Path("mcp.json"), 1, ("mcpServers", name), transport, **members)


def program(marks: Path, way: str = "behaves") -> tuple[str, ...]:
    return (sys.executable, str(SERVERS / "misbehaves.py"), way, str(marks))


FILLING = Filling({"TOKEN": "t", "EMPTY": ""}, home="/home/me")


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("plain", "plain"),
        ("${TOKEN}", "t"),
        ("Bearer ${env:TOKEN}", "Bearer t"),
        ("${OTHER:-fallback}", "fallback"),
        ("${EMPTY:-fallback}", "fallback"),
        ("${workspaceFolder}/x", "/srv/shop/x"),
        ("${userHome}/x", "/home/me/x"),
        ("$TOKEN costs 5 $", "$TOKEN costs 5 $"),
    ],
)
def test_variables_are_filled_in_as_clients_do(written, filled):
    assert FILLING.text(written, "/srv/shop") == filled


@pytest.mark.parametrize("written", ["${MISSING}", "${input:key}", "${{ secrets.KEY }}", "${env:MISSING}"])
def test_a_variable_that_nobody_knows_is_named(written):
    with pytest.raises(UnfilledError, match="it needs"):
        FILLING.text(written)


def test_an_entry_becomes_what_its_client_would_start_or_dial():
    made = target(entry(argv=("run", "${TOKEN}"), env={"KEY": "${TOKEN}"}, project="/srv/shop"), FILLING)
    assert made == Command(("run", "t"), {"KEY": "t"}, directory="/srv/shop")
    made = target(entry(url="https://host.example/mcp", headers={"Authorization": "Bearer ${TOKEN}"}), FILLING)
    assert made == Url("https://host.example/mcp", {"Authorization": "Bearer t"})


def test_what_is_not_looked_at_has_a_reason():
    servers = {
        "off": entry(argv=("x",), enabled=False),
        "inside": entry(transport="builtin"),
        "socket": entry(url="wss://host.example", transport="ws"),
        "asks": entry(argv=("x", "${input:key}")),
        "empty": entry(transport="unknown"),
        "fine": entry(argv=("x",)),
    }
    plan = planned(servers, FILLING)
    assert set(plan.targets) == set(plan.commands) == {"fine"}
    plan.refuse({"fine": "no"})
    seen = look(plan, 5.0, lambda _name, _what: None)
    assert {name: one.status for name, one in seen.items()} == {
        "off": Status.DISABLED,
        "inside": Status.LISTED,
        "socket": Status.FAILED,
        "asks": Status.NOT_STARTED,
        "empty": Status.FAILED,
        "fine": Status.NOT_STARTED,
    }
    assert all(one.reason for one in seen.values())


def test_a_server_in_two_configurations_is_started_once(tmp_path):
    servers = {"a": entry(argv=program(tmp_path)), "b": entry(argv=program(tmp_path), client="zed")}
    seen = look(planned(servers, FILLING), 20.0, lambda _name, _what: None)
    assert seen["a"].status is seen["b"].status is Status.SCANNED
    assert len(list(tmp_path.iterdir())) == 1


def test_ids_tell_servers_of_one_name_apart():
    servers = [entry("a"), entry("b"), entry("b"), entry("a", client="zed")]
    assert list(identified(servers)) == ["cursor/a", "cursor/b (user)", "cursor/b (user 2)", "zed/a"]


def test_what_cannot_be_scanned_is_not_clean(tmp_path):
    def broken(_name, _surface):
        raise RuntimeError("out of cheese")

    seen = look(planned({"a": entry(argv=program(tmp_path))}, FILLING), 20.0, lambda _name, _what: None, broken)
    assert seen["a"].status is Status.FAILED
    assert "out of cheese" in seen["a"].reason
