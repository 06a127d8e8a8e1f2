"""Real clients and servers of the `mcp` SDK with the filter between them, in both eras, over loopback."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from upstream.filtering import filtered
from upstream.serving import Exchange, Tape, served
from upstream.tour import Steps, poisoned, tour
from upstream.world import BLOB, MARK, PLANTS, POISON, Server

from mcpscan_service.guard import GuardSettings

MARKS = (MARK, BLOB[:60])
MODES = ("legacy", "2026-07-28")
PASSING = GuardSettings.model_validate({"unscannable": "pass"})
"""What cannot be read passes without a note, so that everything stays as it was."""
SEEN_BY_MODE = {"2026-07-28": {"instructions"}}
"""Parts that a client never asks for in a mode: without a discovery nobody reads the instructions."""
HELD = {"resource-description": {"notes://old"}}
"""Steps that use a part which was left out of its list."""

pytestmark = pytest.mark.filterwarnings("ignore::mcp.shared.exceptions.MCPDeprecationWarning")


def walk(url: str, mode: str) -> Steps:
    return asyncio.run(tour(url, mode))


def conversation(exchange: Exchange) -> tuple[str, bytes, int, str, list[str]]:
    """What an exchange says, without what belongs to one hop: its events or its body, byte for byte."""
    body = exchange.body.decode()
    kind = exchange.headers.get("content-type", "").partition(";")[0] if body else ""
    said = [event for event in re.split(r"\r?\n\r?\n", body) if event and not event.startswith(":")]
    return exchange.method, exchange.sent, exchange.status, kind, said if kind == "text/event-stream" else [body]


def posts(tape: Tape) -> list[tuple[str, bytes, int, str, list[str]]]:
    return sorted(conversation(each) for each in tape.exchanges if each.method == "POST")


@pytest.mark.parametrize("mode", [*MODES, "auto"])
@pytest.mark.parametrize("json_response", [False, True])
def test_harmless_traffic_arrives_as_the_server_sent_it(scanner, mode, json_response):
    upstream = Tape(Server().app(json_response=json_response))
    with served(upstream) as url:
        direct = walk(f"{url}/mcp", mode)
        upstream.exchanges.clear()
        with filtered({"world": f"{url}/mcp"}, scanner, guard=PASSING) as between:
            through = walk(between.at("world"), mode)
    assert not between.stopped()
    assert through == direct
    assert posts(between.tape) == posts(upstream)


@pytest.mark.parametrize("mode", MODES)
def test_a_session_and_the_headers_of_the_protocol_pass(scanner, mode):
    upstream = Tape(Server().app())
    with served(upstream) as url, filtered({"world": f"{url}/mcp"}, scanner) as between:
        walk(between.at("world"), mode)
    kept = ("mcp-session-id", "mcp-protocol-version", "mcp-method", "mcp-name", "accept")
    for ours, theirs in zip(_in_order(between.tape), _in_order(upstream), strict=True):
        assert [ours.sent_headers.get(name) for name in kept] == [theirs.sent_headers.get(name) for name in kept]
        assert ours.headers.get("mcp-session-id") == theirs.headers.get("mcp-session-id")


def _in_order(tape: Tape) -> list[Exchange]:
    return sorted((each for each in tape.exchanges if each.method == "POST"), key=lambda each: each.sent)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("plant", PLANTS)
def test_what_is_poisoned_is_stopped_and_the_rest_is_served(scanner, mode, plant):
    with served(Server([plant]).app()) as url:
        direct = walk(f"{url}/mcp", mode)
        with filtered({"world": f"{url}/mcp"}, scanner, guard=PASSING) as between:
            through = walk(between.at("world"), mode)
    hurt = poisoned(direct, MARKS)
    assert bool(hurt) is (plant not in SEEN_BY_MODE.get(mode, ()))
    assert not poisoned(through, MARKS)
    assert not any(mark.encode() in between.tape.answered for mark in MARKS)
    if "connect" in hurt:
        assert through["connect"][0][0] == "error"
        return
    assert {name for name in direct if through[name] != direct[name]} == hurt | HELD.get(plant, set())
    assert bool(between.stopped()) is bool(hurt)


@pytest.mark.parametrize("mode", MODES)
def test_a_poisoned_tool_is_left_out_and_calls_of_it_do_not_reach_the_server(scanner, mode):
    upstream = Tape(Server(["tool-description"]).app())
    with served(upstream) as url, filtered({"world": f"{url}/mcp"}, scanner) as between:
        listed, refused, served_still = asyncio.run(_list_and_call(between.at("world"), mode))
    assert "odd" not in listed
    assert "add" in listed
    assert refused["isError"]
    assert served_still["content"][0]["text"] == "5"
    assert not any(b'"odd"' in each.sent for each in upstream.exchanges)


async def _list_and_call(url, mode):
    from mcp import Client

    async with Client(url, mode=mode) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        odd = await client.call_tool("odd", {"number": 3})
        add = await client.call_tool("add", {"a": 2, "b": 3})
    return names, odd.model_dump(by_alias=True), add.model_dump(by_alias=True)


@pytest.mark.parametrize("mode", MODES)
def test_of_poisoned_progress_only_that_step_is_missing(scanner, mode):
    with (
        served(Server(["progress", "log"]).app()) as url,
        filtered({"world": f"{url}/mcp"}, scanner) as between,
    ):
        work = walk(between.at("world"), mode)["work"]
    assert [said[3] for said in work[:-1]] == ["step 0", "step 1", "step 3", "step 4"]
    assert work[-1]["content"][0]["text"] == "done"


def test_an_answer_names_the_rules_and_the_record_and_nothing_of_the_poison(scanner):
    with served(Server(["result"]).app()) as url, filtered({"world": f"{url}/mcp"}, scanner) as between:
        (answer,) = walk(between.at("world"), "legacy")["read_page"]
    (decision,) = between.stopped()
    (block,) = answer["content"]
    assert answer["isError"]
    assert decision.event in block["text"]
    assert decision.rules[0] in block["text"]
    assert not any(word in block["text"] for word in POISON.split() if len(word) > 6)


def test_clients_at_once_get_their_own_answers(scanner):
    with served(Server().app()) as url, filtered({"world": f"{url}/mcp"}, scanner) as between:
        asyncio.run(_many(between.at("world")))


async def _many(url):
    from mcp import Client

    async def one(number):
        async with Client(url, mode=MODES[number % 2]) as client:
            calls = [client.call_tool("add", {"a": number, "b": 1000 * each}) for each in range(10)]
            answers = await asyncio.gather(*calls)
            assert [a.structured_content for a in answers] == [{"result": number + 1000 * each} for each in range(10)]

    await asyncio.gather(*(one(number) for number in range(8)))


def test_two_servers_behind_one_filter_do_not_share_what_is_held_back(scanner):
    with (
        served(Server(["tool-description"]).app()) as bad,
        served(Server().app()) as good,
        filtered({"bad": f"{bad}/mcp", "good": f"{good}/mcp"}, scanner) as between,
    ):
        listed, _, _ = asyncio.run(_list_and_call(between.at("bad"), "legacy"))
        others, odd, _ = asyncio.run(_list_and_call(between.at("good"), "legacy"))
    assert "odd" not in listed
    assert "odd" in others
    assert json.loads(odd["content"][0]["text"]) is True
