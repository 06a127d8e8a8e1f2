"""The scan API: what it answers, what it refuses, and how much it takes on."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import httpx
import pytest
from fastapi import FastAPI
from scan_api import POISON, Written, application, client, got, posted, settings

from mcpscan.finding import load, plain
from mcpscan_service.api.encoding import encode
from mcpscan_service.api.endpoint import Api
from mcpscan_service.api.reading import is_deeper, value_of
from mcpscan_service.api.ready import Readiness
from mcpscan_service.api.routes import install, router
from mcpscan_service.api.scans import Scans
from mcpscan_service.settings import Limits

TOOLS = {"tools": [{"name": "t", "description": POISON}]}
RESULT = {"content": [{"type": "text", "text": POISON}]}


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["request_id"] == answer.headers["x-request-id"]
    return said["type"].removeprefix("urn:mcpscan:problem:")


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("manifest?name=shop", TOOLS, lambda s: s.scan_manifest(json.dumps(TOOLS).encode(), "shop")),
        ("manifest", TOOLS["tools"], lambda s: s.scan_manifest(json.dumps(TOOLS["tools"]).encode())),
        ("result", RESULT, lambda s: s.scan_result(RESULT)),
        ("result", {"result": RESULT}, lambda s: s.scan_result(RESULT)),
        ("result", {"result": RESULT, "tool": "fetch"}, lambda s: s.scan_result(RESULT, "fetch")),
        ("result", {"result": RESULT, "tool": {"name": "fetch"}}, lambda s: s.scan_result(RESULT, {"name": "fetch"})),
        ("text", {"text": POISON}, lambda s: s.scan_text(POISON)),
        ("text", {"text": POISON, "kind": "document"}, lambda s: s.scan_text(POISON, "document")),
        (
            "message",
            {"jsonrpc": "2.0", "id": 1, "result": RESULT},
            lambda s: s.scan_message({"jsonrpc": "2.0", "id": 1, "result": RESULT}),
        ),
        (
            "change",
            {"old": {"tools": []}, "new": TOOLS, "name": "shop"},
            lambda s: s.scan_change({"tools": []}, TOOLS, "shop"),
        ),
    ],
)
def test_an_answer_is_the_librarys_report(scanner, path, body, expected):
    answer = posted(scanner, f"/v1/scan/{path}", body)
    assert answer.status_code == 200, answer.text
    assert answer.json() == json.loads(json.dumps(plain(expected(scanner))))
    assert load(answer.content).findings
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_wire_log_is_a_manifest_as_json_lines(scanner):
    rows = [{"jsonrpc": "2.0", "id": 1, "result": TOOLS}, {"jsonrpc": "2.0", "id": 2, "result": RESULT}]
    body = "\n".join(json.dumps(row) for row in rows).encode()
    answer = posted(scanner, "/v1/scan/manifest", content=body, headers={"content-type": "application/x-ndjson"})
    assert answer.json() == json.loads(json.dumps(plain(scanner.scan_manifest(body))))
    assert problem(posted(scanner, "/v1/scan/manifest", content=body)) == "bad-json"


def test_a_member_that_stands_twice_is_scanned_twice_or_refused(scanner):
    twice = b'{"tools": [{"name": "t", "description": "%s", "description": "Adds."}]}' % POISON.encode()
    assert posted(scanner, "/v1/scan/manifest", content=twice).json()["verdict"]["action"] == "block"
    inner = (
        b'{"old": [], "new": {"tools": [{"name": "t", "description": "%s", "description": "Adds."}]}}' % POISON.encode()
    )
    assert posted(scanner, "/v1/scan/change", content=inner).json()["verdict"]["action"] == "block"
    for path, body in [
        ("result", b'{"result": {"content": [{"type": "text", "text": "%s"}]}, "result": {}}'),
        ("text", b'{"text": "%s", "text": "Adds."}'),
        ("change", b'{"new": {"tools": [{"name": "%s"}]}, "old": [], "new": []}'),
    ]:
        assert problem(posted(scanner, f"/v1/scan/{path}", content=body % POISON.encode())) == "invalid", path


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("manifest", b"", "bad-json"),
        ("manifest", b"{", "bad-json"),
        ("manifest", b"tools", "bad-json"),
        ("manifest", b"{} {}", "bad-json"),
        ("manifest", b'"text"', "invalid"),
        ("manifest", b"3", "invalid"),
        ("manifest", b'{"a": "\xff"}', "bad-json"),
        ("manifest", b"[" * 100_000, "too-deep"),
        ("manifest", b'{"a":' * 300 + b"1" + b"}" * 300, "too-deep"),
        ("manifest", b'{"a": ' + b"9" * 5_000 + b"}", "bad-json"),
        ("result", b"null", "invalid"),
        ("result", b'{"result": "plain"}', "invalid"),
        ("result", b'{"result": {}, "tool": 3}', "invalid"),
        ("text", b'{"kind": "document"}', "invalid"),
        ("text", b'{"text": 3}', "invalid"),
        ("text", b'{"text": "a", "kind": "poem"}', "invalid"),
        ("text", b'{"text": "a", "knid": "document"}', "invalid"),
        ("text", b"[]", "invalid"),
        ("message", b'{"id": 1}', "invalid"),
        ("message", b'{"jsonrpc": "2.0", "id": 1}', "invalid"),
        ("message", b'{"jsonrpc": "2.0", "method": 3}', "invalid"),
        ("message", b'{"jsonrpc": "2.0", "method": "ping", "id": {}}', "invalid"),
        ("message", b"[]", "invalid"),
        ("change", b'{"old": []}', "invalid"),
        ("change", b'{"old": [], "new": 1}', "invalid"),
        ("change", b'{"old": [], "new": [], "more": 1}', "invalid"),
        ("manifest?name=a&name=b", b"[]", "invalid"),
        ("manifest?title=a", b"[]", "invalid"),
        ("manifest?name=%ff", b"[]", "invalid"),
        ("manifest?" + "&" * 40, b"[]", "invalid"),
        ("text?name=a", b'{"text": "a"}', "invalid"),
    ],
)
def test_a_body_that_is_not_what_is_asked_for_is_a_problem(scanner, path, content, code):
    assert problem(posted(scanner, f"/v1/scan/{path}", content=content)) == code


def test_a_problem_says_where_and_quotes_nothing(scanner):
    answer = posted(scanner, "/v1/scan/text", {"text": 3, "kind": POISON, "a\u202e/b": POISON})
    assert answer.status_code == 422
    assert {each["pointer"] for each in answer.json()["errors"]} == {"/text", "/kind", "/a\\u{202e}~1b"}
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"content-type": "text/plain"}, "unsupported-media-type"),
        ({"content-type": ""}, "unsupported-media-type"),
        ({"content-type": "application/json; charset=utf-16"}, "unsupported-media-type"),
        ({"content-encoding": "gzip"}, "unsupported-media-type"),
        ({"content-length": "99999999"}, "body-too-large"),
    ],
)
def test_a_body_of_another_kind_is_refused(scanner, headers, code):
    assert problem(posted(scanner, "/v1/scan/result", RESULT, headers=headers)) == code


def test_a_charset_that_is_utf8_is_fine(scanner):
    for kind in ("application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'):
        assert posted(scanner, "/v1/scan/result", RESULT, headers={"content-type": kind}).status_code == 200


def test_a_body_without_a_length_is_counted(scanner):
    async def pieces():
        for _ in range(30):
            yield b" " * 100

    async def ask():
        async with client(scanner, settings(limits=Limits(body_bytes=1_000))) as made:
            return await made.post("/v1/scan/result", content=pieces(), headers={"content-type": "application/json"})

    assert problem(asyncio.run(ask())) == "body-too-large"


def test_a_body_that_does_not_arrive_ends_the_request(scanner):
    async def ask():
        app, scans = application(scanner, settings(limits=Limits(body_seconds=0.01)))
        sent = []
        first = iter([{"type": "http.request", "body": b"[", "more_body": True}])

        async def receive():
            for message in first:
                return message
            return await asyncio.Event().wait()

        async def send(message):
            sent.append(message)

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": "/v1/scan/result", "query_string": b"", "headers": headers}
        await app(scope, receive, send)
        scans.close()
        return sent[0]["status"]

    assert asyncio.run(ask()) == 408


def test_a_client_that_goes_away_gets_nothing(scanner):
    async def ask():
        app, scans = application(scanner)
        sent = []

        async def receive():
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": "/v1/scan/result", "query_string": b"", "headers": headers}
        await app(scope, receive, send)
        scans.close()
        return sent

    assert asyncio.run(ask()) == []


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-1.2_3", True), ("a b", False), ("x" * 129, False), ("<script>", False), ("", False)]
)
def test_a_request_has_one_id(scanner, given, kept):
    answer = posted(scanner, "/v1/scan/result", RESULT, headers={"x-request-id": given})
    assert (answer.headers["x-request-id"] == given) is kept
    assert answer.headers.get_list("x-request-id") == [answer.headers["x-request-id"]]
    assert len(answer.headers["x-request-id"]) >= 9


def test_paths_and_methods_that_are_not_there_are_problems(scanner):
    assert problem(got(scanner, "/v1/scan/nothing")) == "not-found"
    answer = got(scanner, "/v1/scan/text")
    assert (problem(answer), answer.headers["allow"]) == ("method-not-allowed", "POST")


def test_a_scan_that_fails_is_a_problem_without_content(scanner, monkeypatch, caplog):
    def broken(*_args):
        raise RuntimeError(POISON)

    monkeypatch.setattr(type(scanner), "scan_result", broken)
    written = Written()
    answer = posted(scanner, "/v1/scan/result", RESULT, written=written)
    assert (answer.status_code, problem(answer)) == (500, "internal")
    assert [each.error for each in written.decisions] == ["scanner: RuntimeError"]
    assert "evil.example" not in answer.text + caplog.text


def test_every_scan_is_recorded(scanner):
    written = Written()
    headers = {"x-request-id": "one", "traceparent": "00-aa-bb-01"}
    body = {"result": RESULT, "tool": "fetch"}
    answer = posted(scanner, "/v1/scan/result", body, written=written, headers=headers)
    (decision,) = written.decisions
    assert (decision.action, decision.outcome, decision.mode) == ("review", "passed", "monitor")
    assert (decision.method, decision.channel, decision.name) == ("scan/result", "result", "fetch")
    assert (decision.transport, decision.identity, decision.session) == ("api", "anonymous", "one")
    assert decision.trace == "00-aa-bb-01"
    assert set(decision.rules) == {each["rule"] for each in answer.json()["findings"]}
    assert decision.size == len(json.dumps(body))


def test_a_scan_that_cannot_be_recorded_is_not_answered(scanner, caplog):
    answer = posted(scanner, "/v1/scan/result", RESULT, written=Written(fails=True))
    assert (answer.status_code, problem(answer)) == (503, "not-recorded")
    assert "secret" not in answer.text + caplog.text


def test_rules_are_listed(scanner):
    said = got(scanner, "/v1/rules").json()
    assert said["digest"] == scanner.versions["rules"]
    assert [rule["id"] for rule in said["rules"]] == [rule.id for rule in scanner.rules]
    assert all(rule["title"] and rule["docs"] for rule in said["rules"])


def test_scans_and_authentication_are_imported_without_the_framework():
    script = "import mcpscan_service.auth, mcpscan_service.api.scans, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"fastapi", "starlette", "aiohttp", "jwt", "httpx", "mcp"} & set(done.stdout.split())


def test_a_callers_mistake_on_another_path_is_a_problem_without_its_content(scanner):
    async def ask():
        app, scans = FastAPI(), Scans(scanner)
        front = install(app, Api.of(scans, Limits()), Readiness({}))

        @app.get("/page")
        async def page(number: int) -> int:
            return number

        async with httpx.AsyncClient(transport=httpx.ASGITransport(front), base_url="http://localhost") as made:
            answers = [
                await made.get("/page?number=evil"),
                await made.get("/page?number=1"),
                await made.get("/healthz"),
            ]
        scans.close()
        return answers

    wrong, right, health = asyncio.run(ask())
    assert (wrong.status_code, problem(wrong), "evil" in wrong.text) == (422, "invalid", False)
    assert (right.json(), health.status_code) == (1, 200)


def test_the_framework_serves_the_same_paths(scanner):
    async def ask():
        app, scans = FastAPI(), Scans(scanner)
        app.include_router(router(Api.of(scans, Limits()), Readiness({})))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as made:
            answer = await made.post("/v1/scan/result", json=RESULT)
        scans.close()
        return answer.json()

    assert asyncio.run(ask()) == json.loads(json.dumps(plain(scanner.scan_result(RESULT))))


def test_what_json_has_not_is_answered_all_the_same(scanner):
    old, new = {"tools": []}, {"tools": [{"name": "t\ud800", "description": "\ud800", "_meta": {"n": 10**40}}]}
    answer = posted(scanner, "/v1/scan/change", {"old": old, "new": new})
    assert answer.status_code == 200
    assert load(answer.content).changes
    assert json.loads(encode({"n": float("nan"), "big": 10**30})) == {"n": None, "big": 10**30}


@pytest.mark.parametrize(
    ("data", "levels"), [(b"[]", 1), (b'{"a":[{}]}', 3), (b'["[[[["]', 1), (b'["\\"[[["]', 1), (b'["\\\\",[]]', 2)]
)
def test_levels_are_counted_outside_of_strings(data, levels):
    assert not is_deeper(data, levels)
    assert is_deeper(data, levels - 1)
    assert value_of(data, levels) == json.loads(data)
