"""Ways through the tools of a client: the shortest first, none twice, all of them counted."""

from __future__ import annotations

import pytest

from mcpscan.audit.flows import flows
from mcpscan.fleet import Ability, Audited, Installed, Reason, Status, Tool

U, P, S, D, C = (
    Ability.TAKES_UNTRUSTED, Ability.READS_PRIVATE, Ability.SENDS_OUT, Ability.DESTROYS, Ability.RUNS_CODE,
)  # fmt: skip


def server(name, *tools, client="one", enabled=True, guess=(), pointer="/description"):
    made = tuple(
        Tool(
            name=f"{name}_{at}",
            abilities=tuple(
                Reason(ability=ability, because="words", pointer=pointer, sure=ability not in guess) for ability in tool
            ),
        )
        for at, tool in enumerate(tools)
    )
    installed = Installed(client=client, scope="user", name=name, file="f", enabled=enabled)
    status = Status.SCANNED if enabled else Status.DISABLED
    return Audited(id=f"{client}/{name}", installed=installed, status=status, tools=made)


def ways(*servers, most=12):
    return [[step.tool for step in flow.steps] for flow in flows(servers, most)]


def test_one_server_that_does_it_all_is_one_way():
    assert ways(server("a", (U,), (P,), (S,))) == [["a_0", "a_1", "a_2"]]


def test_one_tool_that_does_it_all_is_every_step():
    assert ways(server("a", (U, P, S))) == [["a_0", "a_0", "a_0"]]


def test_three_servers_together():
    (flow,) = flows([server("web", (U,)), server("files", (P,)), server("mail", (S,))])
    assert [(step.server, step.ability) for step in flow.steps] == [("one/web", U), ("one/files", P), ("one/mail", S)]
    assert flow.message.startswith("text from web_0 (one/web) can make the agent read private data with files_0")


def test_clients_do_not_mix_and_what_is_off_does_not_count():
    assert ways(server("web", (U,)), server("files", (P,), client="two"), server("mail", (S,))) == []
    assert ways(server("web", (U,)), server("files", (P,), enabled=False), server("mail", (S,))) == []


def test_a_longer_way_that_needs_the_servers_of_a_shorter_one_is_not_shown():
    assert ways(server("web", (U,), (S,)), server("files", (P,)), server("mail", (S,))) == [
        ["web_0", "files_0", "web_1"],
    ]


def test_code_and_damage_have_their_own_ways():
    assert ways(server("web", (U,)), server("shell", (C,)), server("disk", (D,))) == [
        ["web_0", "shell_0"],
        ["web_0", "disk_0"],
    ]


def test_a_guess_is_marked_and_does_not_hide_a_way_without_one():
    guess = server("all", (U,), (P,), (S,), guess=(S,))
    found = flows([guess, server("mail", (S,))])
    assert [(flow.sure, len({step.server for step in flow.steps})) for flow in found] == [(False, 1), (True, 2)]


def test_words_are_shown_before_a_hint():
    hinted = server("a", (U,), (D,), pointer="/annotations/destructiveHint")
    worded = server("a", (U,), (D,))
    both = Audited(
        id="one/a", installed=hinted.installed, status=Status.SCANNED, tools=(hinted.tools[1], *worded.tools)
    )
    (flow,) = flows([both])
    assert flow.steps[1].because == "words"
    assert flow.sure


@pytest.mark.parametrize("most", [1, 3])
def test_what_is_left_out_is_counted(most):
    servers = [server(f"web{at}", (U,)) for at in range(4)] + [server("shell", (C,))]
    found = flows(servers, most)
    assert len(found) == most
    assert found[-1].message.endswith(f"; {4 - most} more ways of this client are not shown")


def test_a_thousand_tools_are_no_trouble():
    servers = [server(f"s{at}", *[((U, P, S, C, D)[at % 5],)] * 10) for at in range(100)]
    found = flows(servers)
    assert len(found) == 12
    assert "more ways" in found[-1].message
    assert int(found[-1].message.split("; ")[1].split()[0]) == 20**3 + 2 * 20**2 - 12
