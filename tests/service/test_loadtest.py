"""The measuring of latency and throughput, without the measuring."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from click.testing import CliRunner

from mcpscan_service.guard import Conversation, Guard, Judge, Outcome, Sender
from mcpscan_service.loadtest.__main__ import main
from mcpscan_service.loadtest.origin import SIZE, Origin
from mcpscan_service.loadtest.variant import Passing


def test_without_wrk_it_says_what_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", "")
    done = CliRunner().invoke(main, [])
    assert done.exit_code == 2
    assert "wrk is not installed" in done.output


@pytest.mark.parametrize("stream", [False, True])
def test_the_measured_server_answers_with_different_harmless_results_of_one_size(scanner, stream):
    async def two():
        transport = httpx.ASGITransport(Origin(2, fresh=True, stream=stream))
        async with httpx.AsyncClient(transport=transport, base_url="http://origin") as client:
            return [await client.post("/mcp", content=b"{}") for _ in range(2)]

    first, second = asyncio.run(two())
    assert first.text != second.text
    for answer in (first, second):
        data = answer.text.partition("data: ")[2] if stream else answer.text
        assert SIZE <= len(data) < 2 * SIZE
        guard = Guard(Judge(scanner))
        ruling, _ = guard.rule_now(data.strip().encode(), Sender.SERVER, Conversation("origin"))
        guard.close()
        assert [decision.outcome for decision in ruling.decisions] == [Outcome.PASSED]


def test_a_guard_that_only_passes_changes_nothing(scanner):
    async def both(guard):
        message = b'{"jsonrpc":"2.0","method":"notifications/initialized"}'
        return [await guard.rule(message, Sender.CLIENT, Conversation("origin")) for _ in range(2)]

    guard = Passing(Judge(scanner))
    rulings = asyncio.run(both(guard))
    guard.close()
    assert [ruling.forward for ruling in rulings] == [b'{"jsonrpc":"2.0","method":"notifications/initialized"}'] * 2
