"""How much memory the filter takes for what is far too large, measured on a process of its own."""

from __future__ import annotations

import asyncio
import functools
import gzip
import json
import socket
import sys
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from upstream.asking import ask, request, was_stopped
from upstream.faulty import event, faulty, progress, result
from upstream.running import running

MB = 1024 * 1024
LIMITS = {"message_bytes": 4 * MB, "answer_seconds": 20, "stream_seconds": 600}
ALLOWED = 64 * MB
"""More than the filter holds before: a message of the largest size some ten times over, and what the allocator keeps."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@contextmanager
def measured(script):
    with faulty(script) as server, running({"upstreams": {"odd": {"url": server.url}}, "limits": LIMITS}) as filtering:
        # A first answer loads what is loaded once.
        ask(filtering.at("odd"), request("tools/list"))
        before = filtering.memory(peak=True)
        yield server, filtering
        assert filtering.memory(peak=True) - before < ALLOWED


async def _fine(asked):
    await asked.answer(json.dumps(result(asked, "fine")).encode())


async def long_body(asked):
    await asked.head("application/json", "200 OK", "Content-Length: 104857600")
    for _ in range(1600):
        await asked.write(b"x" * 65536)


async def endless_body(asked):
    await asked.head("application/json")
    while True:
        await asked.write(b"x" * 65536)


async def endless_event(asked):
    await asked.head()
    while True:
        await asked.write(b"data: " + b"x" * 65536)


async def endless_comments(asked):
    await asked.head()
    for _ in range(2000):
        await asked.write(b": " + b"x" * 65536 + b"\n")


@functools.cache
def zeros():
    return gzip.compress(b"x" * (100 * MB), 1)


async def bomb(asked):
    await asked.answer(zeros(), "application/json", "200 OK", "Content-Encoding: gzip")


async def bomb_of_events(asked):
    await asked.answer(zeros(), "text/event-stream", "200 OK", "Content-Encoding: gzip")


@pytest.mark.parametrize("script", [long_body, endless_body, endless_event, endless_comments, bomb, bomb_of_events])
def test_memory_stays_bounded_whatever_the_size(script):
    async def first_fine(asked):
        await (_fine(asked) if b"tools/list" in asked.body else script(asked))

    with measured(first_fine) as (_, filtering):
        for _ in range(3):
            assert was_stopped(ask(filtering.at("odd")))


def test_a_client_that_does_not_read_makes_the_server_wait_and_not_the_filter_grow():
    stalled = threading.Event()
    sent = []

    async def script(asked):
        if b"tools/list" in asked.body:
            await _fine(asked)
            return
        await asked.head()
        for step in range(4000):
            asked.writer.write(event(progress(step, "words " * 10_000)))
            sent.append(60_000)
            drained = asyncio.ensure_future(asked.writer.drain())
            done, _ = await asyncio.wait({drained}, timeout=2)
            if not done:
                stalled.set()
                await drained

    with measured(script) as (_, filtering), socket.socket() as client:
        place = urlsplit(filtering.at("odd"))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        client.connect((place.hostname, place.port))
        body = json.dumps(request()).encode()
        head = f"POST {place.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        client.sendall(head.encode() + b"Accept: application/json, text/event-stream\r\n\r\n" + body)
        assert stalled.wait(60)
        assert sum(sent) < ALLOWED
