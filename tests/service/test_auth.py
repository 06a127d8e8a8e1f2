"""Who is let in: every way round the authentication that is known to us ends in a refusal."""

from __future__ import annotations

import asyncio
import hashlib
import json

import httpx
import pytest
from scan_api import KEY, KEYS, Inside

from mcpscan_service.auth import AuthError, AuthMiddleware, check_auth, new_key
from mcpscan_service.settings import AuthMode, AuthSettings, Settings

OTHER = "another-key-0123456789abcdef0123456789abcd"
BY_KEY = AuthSettings(keys={**KEYS, "other": hashlib.sha256(OTHER.encode()).hexdigest()})
OFF = AuthSettings(mode=AuthMode.OFF)


def knock(auth, headers=(), *, path="/v1/rules", raw=None, method="GET", host="127.0.0.1", scheme="http"):
    """The status, headers and body of the answer to one request, and the scope that went on."""

    async def ask():
        inside = Inside()
        gate = AuthMiddleware(inside, auth, host, 8765)
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request", "body": b""}

        pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        if "host" not in dict(headers):
            pairs.insert(0, (b"host", b"127.0.0.1:8765"))
        scope = {
            "type": "http",
            "method": method,
            "scheme": scheme,
            "path": path,
            "raw_path": path.encode() if raw is None else raw,
            "query_string": b"",
            "headers": pairs,
            "client": ("203.0.113.9", 1),
        }
        await gate(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        return sent[0]["status"], dict(sent[0]["headers"]), body, inside.scopes

    return asyncio.run(ask())


def test_a_key_lets_in_and_goes_no_further():
    for name, value in (("authorization", f"Bearer {KEY}"), ("authorization", f"bearer {KEY}"), ("x-api-key", KEY)):
        status, _, _, (scope,) = knock(BY_KEY, [(name, value), ("accept", "*/*")])
        assert (status, scope["state"]["identity"]) == (200, "tester")
        assert KEY not in repr(scope["headers"])
        assert (b"accept", b"*/*") in scope["headers"]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("authorization", "Bearer wrong")],
        [("authorization", KEY)],
        [("authorization", f"Basic {KEY}")],
        [("authorization", f"Bearer  {KEY}")],
        [("authorization", f"Bearer {KEY} ")],
        [("authorization", f"Bearer {KEY},Bearer {KEY}")],
        [("authorization", f"Bearer {KEY}\x00")],
        [("authorization", f"Bearer {KEY}\xff")],
        [("authorization", "Bearer ")],
        [("authorization", "Bearer")],
        [("authorization", "")],
        [("authorization", f"Bearer {KEY[:-1]}")],
        [("authorization", f"Bearer {KEYS['tester']}")],
        [("x-api-key", "")],
        [("x-api-key", f"{KEY}\x00")],
        [("x-api-key", f"Bearer {KEY}")],
        [("x-api-key", "tester")],
        [("authorization", f"Bearer {KEY}"), ("authorization", f"Bearer {KEY}")],
        [("authorization", f"Bearer {KEY}"), ("Authorization", "Bearer wrong")],
        [("x-api-key", KEY), ("x-api-key", "wrong")],
        [("authorization", f"Bearer {KEY}"), ("x-api-key", OTHER)],
        [("authorization", f"Bearer {KEY}"), ("x-api-key", "wrong")],
        [("cookie", f"authorization=Bearer {KEY}")],
        [("proxy-authorization", f"Bearer {KEY}")],
        [("x-forwarded-authorization", f"Bearer {KEY}")],
        [("x_api_key", KEY)],
        [("x-original-url", "/healthz")],
        [("x-rewrite-url", "/healthz")],
        [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-host", "localhost"), ("x-real-ip", "127.0.0.1")],
        [("x-http-method-override", "OPTIONS")],
        [("x-identity", "tester")],
    ],
)
def test_nobody_else_is_let_in(headers):
    status, answer, body, inside = knock(BY_KEY, headers)
    assert (status, inside) == (401, [])
    assert answer[b"www-authenticate"].startswith(b'Bearer realm="mcpscan"')
    assert answer[b"content-type"] == b"application/problem+json"
    assert json.loads(body)["request_id"] == answer[b"x-request-id"].decode()
    assert KEY.encode() not in body


def test_a_key_beside_a_token_for_the_server_behind_is_fine():
    status, _, _, (scope,) = knock(BY_KEY, [("x-api-key", KEY), ("authorization", "Bearer upstreams-own-token")])
    assert (status, scope["state"]["identity"]) == (200, "tester")
    assert (b"authorization", b"Bearer upstreams-own-token") in scope["headers"]
    status, _, _, (scope,) = knock(BY_KEY, [("x-api-key", KEY), ("authorization", f"Bearer {KEY}")])
    assert [name for name, _ in scope["headers"]] == [b"host"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_open_to_every_host(path):
    assert knock(BY_KEY, [("host", "10.0.0.7:8765")], path=path)[0] == 200


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("//healthz", None),
        ("/healthz/", None),
        ("/healthz/../v1/rules", None),
        ("//healthz/../v1/rules", None),
        ("/healthz%2f..%2fv1", None),
        ("/healthz/..", b"/healthz%2f.."),
        ("/healthz", b"/v1/rules"),
        ("/healthz", b"/%68ealthz"),
        ("/v1/rules", b"/healthz"),
        ("/healthz;x", None),
        ("/healthz.", None),
        ("/HEALTHZ", None),
        ("/healthz ", b"/healthz%20"),
        ("/healthz\x00", b"/healthz%00"),
        ("/healthz\\", None),
        ("/readyz/x", None),
        ("healthz", None),
        ("", None),
        ("*", None),
        ("/metrics", None),
        ("http://localhost/healthz", None),
    ],
)
def test_only_the_very_path_is_open(path, raw):
    assert knock(BY_KEY, path=path, raw=raw)[::3] == (401, [])


def test_a_query_does_not_close_an_open_path():
    assert knock(BY_KEY, path="/healthz", raw=b"/healthz?verbose=1")[0] == 200


def test_metrics_are_open_if_the_settings_say_so_and_only_on_a_host_of_ours():
    auth = BY_KEY.model_copy(update={"metrics_open": True})
    assert knock(auth, path="/metrics")[0] == 200
    assert knock(auth, [("host", "evil.example")], path="/metrics")[0] == 403
    assert knock(auth)[0] == 401


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD", "TRACE", "CONNECT", "get", "X"])
def test_no_method_goes_round(method):
    assert knock(BY_KEY, method=method)[::3] == (401, [])


@pytest.mark.parametrize("auth", [BY_KEY, OFF], ids=["keys", "off"])
@pytest.mark.parametrize(
    "headers",
    [
        [("host", "evil.example")],
        [("host", "evil.example:8765")],
        [("host", "localhost.evil.example")],
        [("host", "127.0.0.1.evil.example")],
        [("host", "localhost@evil.example")],
        [("host", "evil.example#localhost")],
        [("host", "localhost:8765:evil.example")],
        [("host", "localhost evil.example")],
        [("host", "localhost.")],
        [("host", "")],
        [("host", "2130706433")],
        [("host", "0x7f.1")],
        [("host", "0.0.0.0")],
        [("host", "[::ffff:8.8.8.8]")],
        [("host", "[::1")],
        [("host", "localhost"), ("host", "evil.example")],
        [("host", "localhost"), ("origin", "http://evil.example")],
        [("host", "localhost"), ("origin", "null")],
        [("host", "localhost"), ("origin", "")],
        [("host", "localhost:8765"), ("origin", "http://localhost:3000")],
        [("host", "localhost:8765"), ("origin", "http://localhost:8765.evil.example")],
        [("host", "localhost:8765"), ("origin", "file://")],
        [("host", "localhost"), ("origin", "http://localhost"), ("origin", "http://evil.example")],
        [("host", "evil.example"), ("x-forwarded-host", "localhost")],
        [("host", "evil.example"), ("origin", "http://evil.example")],
    ],
)
def test_foreign_hosts_and_pages_are_refused_whoever_calls(auth, headers):
    status, _, body, inside = knock(auth, [*headers, ("x-api-key", KEY)])
    assert (status, inside) == (403, [])
    assert b"evil" not in body


@pytest.mark.parametrize(
    "headers",
    [
        [("host", "localhost")],
        [("host", "LOCALHOST:9")],
        [("host", "[::1]:8765")],
        [("host", "127.0.0.2")],
        [("host", "localhost:8765"), ("origin", "http://localhost:8765")],
        [("host", "a.tools.example"), ("origin", "https://console.example")],
        [("host", "scan.example"), ("origin", "https://scan.example")],
    ],
)
def test_own_hosts_and_pages_are_served(headers):
    hosts = {"allowed_hosts": ("scan.example", "*.tools.example"), "allowed_origins": ("https://console.example",)}
    assert knock(OFF.model_copy(update=hosts), headers)[0] == 200


def test_names_below_a_host_do_not_mean_the_host():
    auth = OFF.model_copy(update={"allowed_hosts": ("*.tools.example",)})
    assert [knock(auth, [("host", host)])[0] for host in ("tools.example", "eviltools.example")] == [403, 403]


def test_a_host_that_is_listened_on_is_served_and_all_is_no_host():
    assert knock(BY_KEY, [("host", "10.0.0.7"), ("x-api-key", KEY)], host="10.0.0.7")[0] == 200
    assert knock(BY_KEY, [("host", "10.0.0.7"), ("x-api-key", KEY)], host="0.0.0.0")[0] == 403


def test_a_request_without_a_host_is_refused():
    async def ask():
        sent = []

        async def send(message):
            sent.append(message)

        inside = Inside()
        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        await AuthMiddleware(inside, OFF, "localhost", 1)(scope, None, send)
        return sent[0]["status"], inside.scopes

    assert asyncio.run(ask()) == (403, [])


def test_a_web_socket_is_closed():
    async def ask():
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "websocket.connect"}

        inside = Inside()
        await AuthMiddleware(inside, OFF, "localhost", 1)({"type": "websocket", "path": "/"}, receive, send)
        return sent, inside.scopes

    assert asyncio.run(ask()) == ([{"type": "websocket.close", "code": 1008}], [])


JWT = {"mode": "jwt", "issuer": "https://id.example", "audience": "mcpscan"}


@pytest.mark.parametrize(
    ("host", "auth", "said"),
    [
        ("0.0.0.0", {"mode": "off"}, "others can reach it"),
        ("::", {"mode": "off"}, "others can reach it"),
        ("scan.example", {"mode": "off"}, "others can reach it"),
        ("", {"mode": "off"}, "others can reach it"),
        ("127.0.0.1", {}, "--new-key"),
        ("127.0.0.1", {"keys": {"a": "secret"}}, "SHA-256"),
        ("127.0.0.1", {"keys": {" ": "0" * 64}}, "without the name"),
        ("127.0.0.1", {"keys": {"a": "0" * 64, "b": "0" * 64}}, "the same key"),
        ("127.0.0.1", {**JWT, "audience": ""}, "audience"),
        ("127.0.0.1", {**JWT, "issuer": ""}, "issuer"),
        ("127.0.0.1", {**JWT, "issuer": "http://id.example"}, "https"),
        ("127.0.0.1", {**JWT, "issuer": "https://a:b@id.example"}, "credentials"),
        ("127.0.0.1", {**JWT, "issuer": "file:///etc/keys"}, "address"),
        ("127.0.0.1", {**JWT, "jwks_url": "http://localhost.example/keys"}, "https"),
        ("127.0.0.1", {**JWT, "algorithms": ["HS256"]}, "asymmetric"),
        ("127.0.0.1", {**JWT, "algorithms": ["none"]}, "asymmetric"),
        ("127.0.0.1", {**JWT, "algorithms": []}, "asymmetric"),
        ("127.0.0.1", {**JWT, "identity_claim": ""}, "identity_claim"),
        ("127.0.0.1", {"mode": "off", "allowed_origins": ["console.example"]}, "origin"),
    ],
)
def test_settings_that_cannot_be_meant_stop_the_start(host, auth, said):
    with pytest.raises(AuthError, match=said):
        check_auth(Settings(host=host, auth=auth))
    with pytest.raises(AuthError, match=said):
        AuthMiddleware(Inside(), AuthSettings(**auth), host, 8765)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_off_is_accepted_on_loopback(host):
    check_auth(Settings(host=host, auth=OFF))


def test_a_new_key_is_long_and_known_by_its_digest():
    key, digest = new_key()
    assert len(key) > 40
    assert new_key()[0] != key
    assert knock(AuthSettings(keys={"new": digest}), [("x-api-key", key)])[0] == 200
    assert knock(AuthSettings(keys={"new": digest.upper()}), [("x-api-key", key)])[0] == 200


def test_other_settings_take_over_and_bad_ones_do_not():
    gate = AuthMiddleware(Inside(), BY_KEY, "127.0.0.1", 8765)

    async def ask(key):
        transport = httpx.ASGITransport(gate)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return (await client.get("/", headers={"x-api-key": key})).status_code

    key, digest = new_key()
    with pytest.raises(AuthError):
        gate.use(AuthSettings())
    before = [asyncio.run(ask(each)) for each in (KEY, key)]
    gate.use(AuthSettings(keys={"new": digest}))
    assert (before, [asyncio.run(ask(each)) for each in (KEY, key)]) == ([200, 401], [401, 200])
