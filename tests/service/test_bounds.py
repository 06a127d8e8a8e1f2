"""The whole filter's limits and failures, as its adapters' routes have them too."""

import asyncio
import json
import logging

import httpx
import pytest
from scan_api import KEY, KEYS, POISON

from mcpscan_service.app import create_app
from mcpscan_service.settings import Settings

OPENAI, LITELLM = "/v1/moderations", "/beta/litellm_basic_guardrail_api"
DOCKER, CLAUDE = "/adapters/docker/after", "/adapters/claude-code"
HOOK = {
    "session_id": "s", "hook_event_name": "PostToolUse", "tool_name": "mcp__notes__read", "tool_input": {},
    "tool_response": [{"type": "text", "text": POISON}],
}  # fmt: skip


def made(**more):
    return create_app(Settings(classifier=False, auth={"keys": KEYS}, **more))


def asked(app, *requests):
    """The answers to requests (path and content), made at the same time."""

    async def ask():
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        headers = {"x-api-key": KEY, "content-type": "application/json"}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
            return await asyncio.gather(*(client.post(path, content=content) for path, content in requests))

    return asyncio.run(ask())


def is_problem(answer, status, code):
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["type"] == f"urn:mcpscan:problem:{code}"
    return True


def withheld(answer):
    said = answer.json()
    assert (answer.status_code, said["decision"]) == (200, "block")
    return "updatedToolOutput" in said["hookSpecificOutput"]


async def slow():
    yield json.dumps(HOOK)[:-40].encode()
    await asyncio.Event().wait()


def test_a_body_that_is_too_long_is_not_read_by_any_route():
    app = made(limits={"body_bytes": 4_000})
    for path in (OPENAI, LITELLM, "/v1/scan/text"):
        assert is_problem(asked(app, (path, b'"' + b"a" * 5_000))[0], 413, "body-too-large")
    long = {**HOOK, "tool_response": [{"type": "text", "text": "a" * 5_000}]}
    assert withheld(asked(app, (CLAUDE, json.dumps(long)))[0])
    assert asked(app, (DOCKER, json.dumps({"content": "a" * 5_000})))[0].json()["isError"] is True


def test_a_body_that_is_too_deep_or_too_slow_is_refused_by_every_route():
    app = made(limits={"body_seconds": 0.05})
    deep = b'{"input":' + b"[" * 300 + b"]" * 300 + b"}"
    for path in (OPENAI, LITELLM):
        assert is_problem(asked(app, (path, deep))[0], 400, "too-deep")
        assert is_problem(asked(app, (path, slow()))[0], 408, "body-too-slow")
    assert withheld(asked(app, (CLAUDE, slow()))[0])
    assert asked(app, (DOCKER, slow()))[0].json()["isError"] is True


def test_what_comes_beyond_the_places_is_sent_away_or_withheld():
    app = made(limits={"requests_at_once": 1, "body_seconds": 0.2})
    text = json.dumps({"input": "hello"})
    answers = asked(app, (OPENAI, slow()), (OPENAI, text), (CLAUDE, json.dumps(HOOK)), ("/v1/scan/text", text))
    assert is_problem(answers[1], 503, "busy")
    assert withheld(answers[2])
    assert is_problem(answers[3], 503, "busy")


@pytest.mark.parametrize("body", [b'{"input": {"secret-text": 5}}', b'{"input"', b"[[", b'{"input": ["\\ud800"]}'])
def test_a_wrong_body_is_not_quoted(body):
    for path in (OPENAI, LITELLM):
        answer = asked(made(), (path, body))[0]
        assert answer.headers["content-type"].startswith("application/")
        assert "secret-text" not in answer.text
        assert answer.status_code < 500


def test_what_cannot_be_recorded_is_a_problem_and_lets_nothing_pass(tmp_path, monkeypatch):
    app = made(audit={"path": tmp_path / "audit.jsonl", "durable": True})

    async def full(_):
        raise OSError("disk full: /secret/path")

    monkeypatch.setattr(app.service.recorder, "record", full)
    for path, body in ((OPENAI, {"input": "hello"}), (LITELLM, {"input_type": "response", "texts": ["hello"]})):
        answer = asked(app, (path, json.dumps(body)))[0]
        assert is_problem(answer, 503, "not-recorded")
        assert "secret" not in answer.text


def test_a_failure_is_answered_and_logged_without_its_words(monkeypatch, caplog):
    app = made()

    async def broken(*_):
        raise RuntimeError(POISON)

    monkeypatch.setattr(app.service.guard, "rule", broken)
    with caplog.at_level(logging.DEBUG):
        assert is_problem(asked(app, (OPENAI, b'{"input": "hello"}'))[0], 500, "internal")
    assert "RuntimeError in" in caplog.text
    assert POISON not in caplog.text
