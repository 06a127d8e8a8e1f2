"""Tokens of an issuer: what is accepted, every forgery that is known to us, and how keys are fetched."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from contextlib import asynccontextmanager

import httpx
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from scan_api import Inside

from mcpscan_service.auth import AuthMiddleware
from mcpscan_service.auth.issuer import FRESH, PAUSE, STALE, Issuer, UnavailableError
from mcpscan_service.settings import AuthSettings

RSA = rsa.generate_private_key(65537, 2048)
OTHER_RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()


def public(key, algorithm, **more):
    jwk = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    jwk.pop("key_ops", None)
    return {**jwk, "use": "sig", **more}


class IdentityProvider:
    """An OIDC issuer on loopback whose keys a test changes."""

    def __init__(self) -> None:
        self.keys = [public(RSA, "RS256", kid="r"), public(EC, "ES256", kid="e"), public(ED, "EdDSA", kid="d")]
        self.asked = []
        self.url = ""
        self.broken = False
        self.discovery = {}

    async def route(self, request):
        return await self.answer(request)

    async def answer(self, request):
        self.asked.append(request.path)
        if self.broken:
            return web.Response(status=500)
        if request.path == "/keys":
            return web.json_response({"keys": self.keys})
        return web.json_response({"issuer": self.url, "jwks_uri": f"{self.url}/keys", **self.discovery})

    @asynccontextmanager
    async def running(self):
        server = web.Application()
        server.router.add_get("/{tail:.*}", self.route)
        runner = web.AppRunner(server)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def settings(self, **more):
        return AuthSettings(**{"mode": "jwt", "issuer": self.url, "audience": "mcpscan", **more})

    def token(self, key=RSA, algorithm="RS256", headers=None, kid="r", **claims):
        now = time.time()
        said = {"iss": self.url, "aud": "mcpscan", "sub": "alice", "iat": now, "exp": now + 600, **claims}
        said = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(said, key, algorithm, headers={**({"kid": kid} if kid else {}), **(headers or {})})


async def status(gate, token):
    transport = httpx.ASGITransport(gate)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return (await client.get("/v1/rules", headers={"authorization": f"Bearer {token}"})).status_code


def present(make, prepare=None, **more):
    """The status for each token that `make` makes at a provider, one after another; and the scopes that went on."""

    async def ask():
        async with IdentityProvider().running() as provider:
            if prepare is not None:
                prepare(provider)
            inside = Inside()
            gate = AuthMiddleware(inside, provider.settings(**more), "localhost", 1)
            made = make(provider)
            tokens = made if isinstance(made, list) else [made]
            return [await status(gate, token) for token in tokens], inside.scopes, provider.asked

    return asyncio.run(ask())


@pytest.mark.parametrize(("key", "algorithm", "kid"), [(RSA, "RS256", "r"), (EC, "ES256", "e"), (ED, "EdDSA", "d")])
def test_a_token_of_the_issuer_lets_in_and_goes_no_further(key, algorithm, kid):
    statuses, (scope,), _ = present(lambda p: p.token(key, algorithm, {"kid": kid}))
    assert statuses == [200]
    assert scope["state"]["identity"] == "alice"
    assert b"authorization" not in dict(scope["headers"])


def unsigned(provider, alg="none"):
    header, claims, _ = provider.token().split(".")
    header = base64.urlsafe_b64encode(json.dumps({"alg": alg, "typ": "JWT", "kid": "r"}).encode()).rstrip(b"=").decode()
    return f"{header}.{claims}."


def confused(provider, form=Encoding.PEM):
    """A token signed with HMAC under the public key, which a careless verifier accepts."""
    shape = PublicFormat.SubjectPublicKeyInfo if form is Encoding.PEM else PublicFormat.PKCS1
    public_key = RSA.public_key().public_bytes(form, shape)
    claims = provider.token().split(".")[1]
    header = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT","kid":"r"}').rstrip(b"=").decode()
    mac = hmac.new(public_key, f"{header}.{claims}".encode(), hashlib.sha256).digest()
    return f"{header}.{claims}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


OWN_KEY = {"jwk": public(OTHER_RSA, "RS256")}
FORGED = {
    "alg none": unsigned,
    "alg None": lambda p: unsigned(p, "None"),
    "alg nOnE": lambda p: unsigned(p, "nOnE"),
    "alg empty": lambda p: unsigned(p, ""),
    "no signature": lambda p: p.token().rsplit(".", 1)[0] + ".",
    "HMAC with the public key": confused,
    "HMAC with the public key in DER": lambda p: confused(p, Encoding.DER),
    "expired": lambda p: p.token(exp=time.time() - 60),
    "no expiry": lambda p: p.token(exp=None),
    "not yet valid": lambda p: p.token(nbf=time.time() + 60),
    "issued in the future": lambda p: p.token(iat=time.time() + 3600),
    "other audience": lambda p: p.token(aud="other"),
    "other audiences": lambda p: p.token(aud=["other", "third"]),
    "audience by prefix": lambda p: p.token(aud="mcpscan2"),
    "no audience": lambda p: p.token(aud=None),
    "other issuer": lambda p: p.token(iss="https://evil.example"),
    "issuer with a slash": lambda p: p.token(iss=f"{p.url}/"),
    "no issuer": lambda p: p.token(iss=None),
    "no subject": lambda p: p.token(sub=None),
    "empty subject": lambda p: p.token(sub=""),
    "unknown key": lambda p: p.token(headers={"kid": "x"}),
    "no key named, several there": lambda p: p.token(kid=None),
    "other key under a known id": lambda p: p.token(OTHER_RSA),
    "key of another kind": lambda p: p.token(EC, "ES256"),
    "algorithm not allowed": lambda p: p.token(algorithm="PS256"),
    "longer digest": lambda p: p.token(algorithm="RS512"),
    "key in the token": lambda p: p.token(OTHER_RSA, headers=OWN_KEY),
    "address of keys in the token": lambda p: p.token(OTHER_RSA, headers={"jku": "http://evil.example/keys"}),
    "critical header": lambda p: p.token(headers={"crit": ["b64"], "b64": True}),
    "changed claims": lambda p: ".".join(
        (p.token().split(".")[0], p.token(sub="bob").split(".")[1], p.token().split(".")[2])
    ),
    "path as key id": lambda p: p.token(headers={"kid": "../../../dev/null"}),
    "long key id": lambda p: p.token(headers={"kid": "r" * 5_000}),
    "too long": lambda p: p.token(more="x" * 20_000),
    "no token": lambda p: "a.b.c",
    "deep header": lambda p: base64.urlsafe_b64encode(b'{"a":' * 3_000).decode().rstrip("=") + ".e30.e30",
    "one part": lambda p: "e30",
    "five parts": lambda p: p.token() + ".a.b",
}


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_is_not_valid_here_is_refused(how):
    statuses, inside, _ = present(FORGED[how])
    assert (statuses, inside) == ([401], [])


@pytest.mark.parametrize("more", [{"use": "enc"}, {"key_ops": ["sign"]}, {"alg": "RS512"}, {"kty": "oct", "k": "AA"}])
def test_a_key_that_is_not_for_this_verifies_nothing(more):
    def prepare(provider):
        provider.keys = [public(RSA, "RS256", kid="r", **more)]

    assert present(lambda p: p.token(), prepare)[0] == [401]


def test_a_token_that_names_no_key_is_verified_by_the_only_one():
    def prepare(provider):
        provider.keys = [public(RSA, "RS256")]

    assert present(lambda p: [p.token(kid=None), p.token(OTHER_RSA, kid=None)], prepare)[0] == [200, 401]


def test_a_key_set_with_one_id_twice_is_no_choice_for_a_token():
    def prepare(provider):
        provider.keys = [public(OTHER_RSA, "RS256", kid="r"), public(RSA, "RS256", kid="r")]

    assert present(lambda p: p.token(), prepare)[0] == [401]


def test_tokens_do_not_make_requests_to_the_issuer():
    statuses, _, asked = present(lambda p: [p.token(headers={"kid": f"x{n}"}) for n in range(20)] + [p.token()])
    assert statuses == [401] * 20 + [200]
    assert asked == ["/.well-known/openid-configuration", "/keys"]


def test_what_looks_like_no_token_is_not_looked_up():
    assert present(lambda p: ["a.b.c", "x"])[2] == []


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"jwks_uri": "http://keys.evil.example/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_a_discovery_document_that_points_elsewhere_is_not_followed(discovery):
    def prepare(provider):
        provider.discovery = discovery

    statuses, _, asked = present(lambda p: p.token(), prepare)
    assert statuses == [503]
    assert asked == ["/.well-known/openid-configuration"]


def test_an_issuer_that_cannot_be_asked_is_said_and_lets_nobody_in():
    def prepare(provider):
        provider.broken = True

    statuses, inside, _ = present(lambda p: p.token(), prepare)
    assert (statuses, inside) == ([503], [])


@pytest.mark.parametrize(
    "answer",
    [
        web.HTTPFound,
        lambda _: web.Response(body=b"x" * 600_000),
        lambda _: web.Response(body=b"[]"),
        lambda _: web.Response(body=b"{"),
        lambda _: web.json_response({"keys": {"a": 1}}),
    ],
)
def test_an_answer_that_is_no_key_set_is_not_used(answer):
    def prepare(provider):
        async def answered(request):
            provider.asked.append(request.path)
            made = answer("/elsewhere")
            if isinstance(made, web.HTTPException):
                raise made
            return made

        provider.answer = answered

    statuses, _, asked = present(lambda p: p.token(), prepare, jwks_url="")
    assert statuses == [503]
    assert asked == ["/.well-known/openid-configuration"]


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


def kids(keys):
    return [key["kid"] for key in keys]


def test_keys_rotate_and_are_fetched_again_when_a_new_one_is_used():
    async def ask():
        async with IdentityProvider().running() as provider:
            clock = Clock()
            issuer = Issuer(provider.settings(), clock)
            seen = [kids(await issuer.keys("r"))]
            provider.keys = [public(OTHER_RSA, "RS256", kid="new")]
            seen.append(kids(await issuer.keys("new")))  # There was a fetch just now.
            clock.now += PAUSE
            seen.append(kids(await issuer.keys("new")))
            seen.append(kids(await issuer.keys("r")))
            return seen, len(provider.asked)

    assert asyncio.run(ask()) == ([["r"], [], ["new"], []], 4)


def test_a_key_that_was_withdrawn_is_forgotten():
    async def ask():
        async with IdentityProvider().running() as provider:
            clock = Clock()
            issuer = Issuer(provider.settings(jwks_url=f"{provider.url}/keys"), clock)
            before = kids(await issuer.keys("r"))
            provider.keys = []
            clock.now += FRESH + 1
            during = kids(await issuer.keys("r"))  # Nobody waits for the fetch that this starts.
            await issuer.renewal
            return before, during, kids(await issuer.keys("r")), provider.asked

    assert asyncio.run(ask()) == (["r"], ["r"], [], ["/keys", "/keys"])


def test_keys_outlive_a_short_failure_of_the_issuer_and_no_long_one():
    async def ask():
        async with IdentityProvider().running() as provider:
            clock = Clock()
            issuer = Issuer(provider.settings(), clock)
            await issuer.keys("r")
            provider.broken = True
            clock.now += FRESH + 1
            during = kids(await issuer.keys("r"))
            await issuer.renewal
            during += kids(await issuer.keys("r"))
            clock.now += STALE
            with pytest.raises(UnavailableError):
                await issuer.keys("r")
            return during

    assert asyncio.run(ask()) == ["r", "r"]


def test_many_who_wait_make_one_fetch():
    async def ask():
        async with IdentityProvider().running() as provider:
            issuer = Issuer(provider.settings())
            found = await asyncio.gather(*(issuer.keys("r") for _ in range(20)))
            return [kids(keys) for keys in found], provider.asked

    found, asked = asyncio.run(ask())
    assert found == [["r"]] * 20
    assert len(asked) == 2
