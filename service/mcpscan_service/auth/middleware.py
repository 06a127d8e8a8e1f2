"""In front of everything: a request that is not known to be allowed goes no further."""

from __future__ import annotations

import re
from typing import Protocol

from mcpscan_service.auth.check import AuthError, check_auth
from mcpscan_service.auth.hosts import Hosts
from mcpscan_service.auth.issuer import UnavailableError
from mcpscan_service.auth.keys import Keys
from mcpscan_service.auth.tokens import Tokens
from mcpscan_service.problem import App, ProblemError, Receive, Scope, Send, refuse
from mcpscan_service.settings import AuthMode, AuthSettings, Settings

HEALTH = frozenset({"/healthz", "/readyz"})
METRICS = "/metrics"

_TOKEN = re.compile(rb"[A-Za-z0-9._~+/=-]{1,16384}")  # RFC 6750 section 2.1
_BEARER = re.compile(rb"[Bb][Ee][Aa][Rr][Ee][Rr] (" + _TOKEN.pattern + rb")")
_PRINTABLE = re.compile(rb"[ -~]*")
_REALM = b'Bearer realm="mcpscan"'


Known = tuple[str, tuple[bytes, ...]]


class _Callers(Protocol):
    async def identity(self, scope: Scope) -> Known:
        """Who a caller is, and the names of the headers that said so. Raises `ProblemError` for nobody."""


class AuthMiddleware:
    """Lets in who may call, and says who it is in `scope["state"]["identity"]`.

    The header that proved it is taken away, so that nothing behind can pass it on or write it down. Raises `AuthError`
    for settings that `check_auth` refuses. `/healthz` and `/readyz` are open, `/metrics` if the settings say so: by
    exact match of the path as it was sent.
    """

    def __init__(self, app: App, auth: AuthSettings, host: str, port: int) -> None:
        self._app = app
        self._bound = (host, port)
        self.use(auth)

    def use(self, auth: AuthSettings) -> None:
        """Go by other settings from now on. Raises `AuthError`, and goes by the old ones then."""
        host, port = self._bound
        check_auth(Settings(host=host, port=port, auth=auth))
        self._hosts = Hosts(host, auth.allowed_hosts, auth.allowed_origins)
        self._open = HEALTH | ({METRICS} if auth.metrics_open else set())
        self._callers = _callers(auth)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # Nothing here speaks WebSocket; what is not known is not let through.
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            allowed = await self._allowed(scope)
        except ProblemError as problem:
            await refuse(scope, send, problem)
            return
        await self._app(allowed, receive, send)

    async def _allowed(self, scope: Scope) -> Scope:
        """The scope that goes on. Raises `ProblemError`."""
        path = _path(scope)
        if path not in HEALTH:
            self._hosts.check(scope["headers"])
        known: Known = ("", ())
        if path not in self._open:
            known = await self._callers.identity(scope)
        identity, proofs = known
        headers = [pair for pair in scope["headers"] if pair[0].lower() not in proofs]
        return {**scope, "headers": headers, "state": {**scope.get("state", {}), "identity": identity}}


class _ByKey:
    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def identity(self, scope: Scope) -> Known:
        bearer, key = _bearer(scope), _key(scope)
        by_bearer = self._keys.caller(bearer) if bearer is not None else ""
        if key is None:
            return _somebody(by_bearer, given=bearer is not None), (b"authorization",)
        by_key = self._keys.caller(key)
        # Another token beside a key is for the server behind; a second key must be of the same caller.
        if by_bearer:
            return _somebody(by_key if by_key == by_bearer else ""), (b"authorization", b"x-api-key")
        return _somebody(by_key), (b"x-api-key",)


class _ByToken:
    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    async def identity(self, scope: Scope) -> Known:
        bearer = _bearer(scope)
        try:
            who = await self._tokens.caller(bearer) if bearer is not None else ""
        except UnavailableError:
            raise ProblemError("cannot-verify", headers=((b"retry-after", b"30"),)) from None
        return _somebody(who, given=bearer is not None), (b"authorization",)


class _Everybody:
    async def identity(self, scope: Scope) -> Known:  # noqa: ARG002 - nobody is asked
        return "anonymous", ()


def _callers(auth: AuthSettings) -> _Callers:
    if auth.mode is AuthMode.KEYS:
        return _ByKey(Keys(auth.keys))
    if auth.mode is AuthMode.JWT:
        return _ByToken(Tokens(auth))
    if auth.mode is AuthMode.OFF:
        return _Everybody()
    raise AuthError(f"auth.mode: {auth.mode!r} is not known")


def _path(scope: Scope) -> str:
    """The path as it was sent, "" where what the server made of it differs: nothing is open then."""
    path: str = scope["path"]
    raw: bytes | None = scope.get("raw_path")
    return path if raw is None or raw.split(b"?")[0] == path.encode("utf-8", "surrogateescape") else ""


def _bearer(scope: Scope) -> bytes | None:
    """The bearer token of a request, None where there is none; of another scheme's credentials nothing is known."""
    given = _once(scope, b"authorization")
    if given is None:
        return None
    if not _PRINTABLE.fullmatch(given):
        raise _unknown(given=True)
    match = _BEARER.fullmatch(given)
    if match is None and given[:6].lower() == b"bearer":
        raise _unknown(given=True)
    return match[1] if match else None


def _key(scope: Scope) -> bytes | None:
    given = _once(scope, b"x-api-key")
    if given is not None and not _TOKEN.fullmatch(given):
        raise _unknown(given=True)
    return given


def _once(scope: Scope, name: bytes) -> bytes | None:
    """The value of a header; of two, somebody on the way may have read the other one."""
    found = [value for key, value in scope["headers"] if key.lower() == name]
    if len(found) > 1:
        raise _unknown(given=True)
    return found[0] if found else None


def _somebody(who: str, *, given: bool = True) -> str:
    if not who:
        raise _unknown(given=given)
    return who


def _unknown(*, given: bool) -> ProblemError:
    challenge = _REALM + (b', error="invalid_token"' if given else b"")
    said = "the key or token is not valid here" if given else "send Authorization: Bearer KEY, or x-api-key: KEY"
    return ProblemError("unauthenticated", said, headers=((b"www-authenticate", challenge),))
