"""Event streams cut into pieces at every byte: what is said is the same, and what is poisoned is still stopped."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from upstream.asking import HEADERS, failed, is_clean, messages, request
from upstream.faulty import faulty, progress, result
from upstream.filtering import filtered
from upstream.world import POISON

AT_ONCE = 8


def stream(asked, end, text):
    """Some progress and an answer, in the many ways a stream may be written."""
    head, answer = json.dumps(result(asked, "Zürich ☕", text), ensure_ascii=False)[:-1].split(', "result"')
    lines = [
        "retry: 3000", "",
        "id: 1", "event: message", f"data: {json.dumps(progress(1, 'half ☕'), ensure_ascii=False)}", "",
        ": comment", "id:2", f"data:{head}, ", f'data: "result"{answer}}}', "", "",
    ]  # fmt: skip
    return end.join(lines).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("text", ["calm", POISON], ids=["harmless", "poisoned"])
def test_a_stream_cut_at_any_byte_says_the_same(scanner, end, text):
    lengths = []

    async def script(asked):
        data = stream(asked, end, text)
        lengths.append(len(data))
        await asked.head()
        await asked.write(data[: asked.id])
        # Long enough that the two pieces are read apart.
        await asyncio.sleep(0.002)
        await asked.write(data[asked.id :])

    with faulty(script) as server, filtered({"odd": server.url}, scanner) as between:
        asyncio.run(_all_cuts(between.at("odd"), lengths, poisoned=text is POISON))


async def _all_cuts(url, lengths, *, poisoned):
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        await _one(client, url, 0, poisoned=poisoned)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(cut):
            async with gate:
                await _one(client, url, cut, poisoned=poisoned)

        await asyncio.gather(*(one(cut) for cut in range(1, lengths[0] + 3)))


async def _one(client, url, cut, *, poisoned):
    response = await client.post(url, json=request(given=cut), headers=HEADERS)
    said = messages("text/event-stream", response.text)
    assert [each.get("id") for each in said] == [None, cut], cut
    assert said[0]["params"]["message"] == "half ☕"
    assert is_clean(response), cut
    assert failed(said[1], cut) is poisoned, cut
    if not poisoned:
        assert [block["text"] for block in said[1]["result"]["content"]] == ["Zürich ☕", "calm"]
