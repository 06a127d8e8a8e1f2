"""The filter of one process over its life: reloads, readiness, what its page says of it."""

import asyncio
import logging
import re
import stat

import httpx
import pytest
from decisions import decision
from scan_api import KEY, KEYS, POISON

from mcpscan.finding import Action
from mcpscan.lock import Lock
from mcpscan_service.app import create_app
from mcpscan_service.auth import AuthError, check_auth
from mcpscan_service.console import Memory
from mcpscan_service.guard import Evidence, Outcome
from mcpscan_service.load import MASK, Origin, shown
from mcpscan_service.record import safe
from mcpscan_service.settings import Settings, TelemetrySettings
from mcpscan_service.telemetry.tracing import TelemetryError, tracing

BROWSER = {"origin": "http://127.0.0.1", "accept": "text/html"}


class Rewritten(Origin):
    """Settings that a test changes."""

    def load(self):
        return self.said["now"]


def settings(**more):
    return Settings(**{"classifier": False, "auth": {"keys": KEYS}, **more})


def visiting(app, going, **headers):
    async def visit():
        transport = httpx.ASGITransport(app)
        given = {"x-api-key": KEY, **headers}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=given) as client:
            return await going(client)

    return asyncio.run(visit())


def test_a_reload_takes_every_setting_but_those_that_it_names(caplog):
    said = {"now": settings(guard={"scans_at_once": 2})}
    app = create_app(said["now"], Rewritten(said=said))
    service = app.service

    async def going(client):
        said["now"] = settings(
            limits={"body_bytes": 100, "requests_at_once": 9},
            guard={"mode": "redact", "scans_at_once": 7, "scan_seconds": 3},
            envoy="127.0.0.1:1",
            host="127.0.0.2",
        )
        with caplog.at_level(logging.INFO):
            assert await service.reload()
        return await client.post("/v1/scan/text", json={"text": "a" * 200}), await client.get("/")

    answer, page = visiting(app, going)
    assert answer.status_code == 413
    assert (service.settings.guard.mode, service.settings.guard.scans_at_once) == ("redact", 2)
    assert (service.settings.host, service.settings.envoy) == ("127.0.0.1", "")
    assert (service.scans.settings.scan_seconds, service.guard.settings.scan_seconds) == (3, 3)
    for words in (caplog.text, page.text):
        assert "changed only by a restart: host, envoy, guard.scans_at_once" in words


def test_a_reload_does_not_open_what_was_closed(caplog):
    said = {"now": settings()}
    app = create_app(said["now"], Rewritten(said=said))

    async def going(client):
        said["now"] = settings(auth={"mode": "off", "keys": KEYS})
        await app.service.reload()
        return await client.get("/v1/rules")

    assert visiting(app, going, **{"x-api-key": "none"}).status_code == 401
    assert "auth.mode" in caplog.text


def test_a_reload_changes_what_readiness_looks_at(tmp_path):
    said = {"now": settings()}
    app = create_app(said["now"], Rewritten(said=said))
    lock = tmp_path / "mcpscan.lock"
    lock.write_text(Lock({}).text())

    async def going(client):
        said["now"] = settings(lock=lock)
        assert await app.service.reload()
        lock.unlink()
        return await client.get("/readyz")

    answer = visiting(app, going)
    assert (answer.status_code, [each["ok"] for each in answer.json()["checks"]]) == (503, [True, False])


def test_readiness_looks_at_the_log_without_making_it(tmp_path):
    log = tmp_path / "audit.jsonl"
    app = create_app(settings(audit={"path": log}))

    async def going(client):
        return await client.get("/readyz")

    assert visiting(app, going).status_code == 200
    assert not log.exists()
    log.mkdir()
    assert visiting(create_app(settings(audit={"path": log})), going).status_code == 503


def test_not_ready_while_the_log_cannot_be_written(tmp_path):
    log = tmp_path / "audit.jsonl"
    app = create_app(settings(audit={"path": log, "durable": True}))
    recorder = app.service.recorder

    async def going(client):
        recorder.start()
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        recorder._writer.failing = "No space left on device"
        return await client.get("/readyz")

    answer = visiting(app, going)
    recorder.close()
    assert answer.status_code == 503
    assert [each["ok"] for each in answer.json()["checks"]] == [True, False]


def test_someone_signs_in_through_the_whole_filter_and_the_cookie_opens_the_page_alone():
    app = create_app(settings())

    async def going(client):
        signed = await client.post("/console/session", data={"key": KEY}, headers=BROWSER)
        inside = [(await client.get(path)).status_code for path in ("/", "/v1/rules", "/metrics", "/openapi.json")]
        foreign = await client.get("/", headers={"origin": "http://evil.example"})
        await client.post("/console/session/end", headers=BROWSER)
        return signed.status_code, inside, foreign.status_code, (await client.get("/")).status_code

    assert visiting(app, going, **{"x-api-key": ""}) == (303, [200, 401, 401, 401], 403, 401)


def test_the_page_tells_of_scans_without_a_server():
    app = create_app(settings(upstreams={"notes": {"url": "http://127.0.0.1:9/mcp"}}))

    async def going(client):
        await client.post("/v1/scan/text", json={"text": POISON})
        page = (await client.get("/")).text
        return page, (await client.get(f"/console/decision/{page.partition('/console/decision/')[2][:24]}")).text

    page, one = visiting(app, going)
    assert re.search(r"Filtering 1 server\s", page)
    assert '<option value="" selected' not in page
    assert "Somebody asked for this scan" in one


def test_a_session_is_remembered_by_the_name_it_has_in_the_audit_log():
    memory = Memory()
    made = decision(session="0123-that-is-still-open", outcome=Outcome.BLOCKED, action=Action.BLOCK)
    memory(made, Evidence())
    kept = memory.snapshot().entries[0].decision
    assert kept.session == safe.session("0123-that-is-still-open")


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        ({"mode": "off", "allowed_hosts": ["*"]}, "any page"),
        ({"keys": KEYS, "allowed_hosts": ["filter.example:8765"]}, "without scheme and port"),
        ({"keys": KEYS, "allowed_hosts": ["https://filter.example"]}, "without scheme and port"),
        ({"mode": "jwt", "issuer": "https://[", "audience": "a"}, "auth.issuer"),
    ],
)
def test_hosts_and_addresses_that_cannot_be_meant_are_refused(auth, said):
    with pytest.raises(AuthError, match=said):
        check_auth(settings(auth=auth))


def test_an_address_that_is_none_is_no_crash():
    given = TelemetrySettings(otlp_endpoint="http://[::")
    assert shown(given)["otlp_endpoint"] == MASK
    with pytest.raises(TelemetryError, match="otlp_endpoint"):
        tracing(given)
