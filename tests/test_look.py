"""What of a configuration is started or dialled, with which variables, and what is said of the rest."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mcpscan.audit.look import Given, look, planned
from mcpscan.audit.run import identified
from mcpscan.audit.start import Filling, UnfilledError, hushed, target
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
    assert set(plan.targets) == set(plan.asked) == {"fine"}
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
    assert list(identified(servers)) == ["cursor/a", "cursor/b (user)", "cursor/b (user) 2", "zed/a"]


def test_no_name_takes_the_place_of_another_server():
    servers = [entry("b"), entry("b"), entry("b (user)"), entry("b (user) 2"), entry("b\u200b"), entry("b\\u{200b}")]
    assert len(identified(servers)) == len(servers)


def test_what_would_send_the_users_variables_away_is_asked_for():
    servers = {
        "tells": entry(url="https://host.example/?e=${TOKEN}"),
        "heads": entry(url="https://host.example", headers={"X": "${env:TOKEN}"}),
        "plain": entry(url="https://host.example"),
    }
    plan = planned(servers, FILLING)
    assert set(plan.targets) == {"tells", "heads", "plain"}
    assert set(plan.asked) == {"tells", "heads"}
    assert "TOKEN" in plan.asked["tells"]


def test_an_entry_with_a_command_and_an_address_is_looked_at_as_its_type_says(tmp_path):
    both = entry(argv=program(tmp_path), url="https://host.example/mcp", transport="stdio")
    assert isinstance(target(both, FILLING), Command)
    assert isinstance(target(entry(argv=("true",), url="https://host.example", transport="http"), FILLING), Url)
    seen = look(planned({"both": both}, FILLING), 20.0, lambda _name, _what: None)
    assert seen["both"].status is Status.PARTLY
    assert "only the command" in seen["both"].reason


def test_a_program_that_says_it_is_built_in_is_a_program():
    assert set(planned({"a": entry(argv=("x",), transport="builtin")}, FILLING).asked) == {"a"}


def test_no_reason_holds_what_an_entry_gave(tmp_path):
    server = entry(
        argv=(sys.executable, "-c", "import os,sys; sys.exit('bad key ' + os.environ['KEY'])"),
        env={"KEY": "hunter2secret"},
    )
    seen = look(planned({"a": server}, FILLING), 20.0, lambda _name, _what: None)
    assert seen["a"].status is Status.FAILED
    assert "bad key" in seen["a"].reason
    assert "hunter2" not in seen["a"].reason
    assert "hunter2" not in hushed("no program called 'KEY=hunter2secret x'", server)


def test_a_missing_variable_is_named_without_its_default():
    plan = planned({"a": entry(argv=("x", "${a b:-hunter2def}"))}, FILLING)
    assert "hunter2" not in plan.settled["a"].reason


def test_what_the_user_gives_goes_to_all_and_entries_come_first():
    given = Given({"A": "mine", "B": "mine"}, ("HOME",), {"X": "mine"})
    servers = {
        "run": entry(argv=("x",), env={"A": "its"}),
        "far": entry(url="https://host.example", headers={"Y": "its"}),
    }
    plan = planned(servers, FILLING, given)
    assert plan.targets["run"] == Command(("x",), {"A": "its", "B": "mine"}, ("HOME",))
    assert plan.targets["far"] == Url("https://host.example", {"X": "mine", "Y": "its"})


def test_what_cannot_be_scanned_is_not_clean(tmp_path):
    def broken(_name, _surface):
        raise RuntimeError("out of cheese")

    seen = look(planned({"a": entry(argv=program(tmp_path))}, FILLING), 20.0, lambda _name, _what: None, broken)
    assert seen["a"].status is Status.FAILED
    assert "out of cheese" in seen["a"].reason
