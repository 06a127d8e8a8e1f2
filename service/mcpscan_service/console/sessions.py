"""Who is signed in to the console: a browser cannot send a key with every request, so it holds a signed cookie.

The cookie is good for reading the pages of the console and for nothing else; signing in and out are POSTs that have to
come from the page itself.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from http.cookies import CookieError, Morsel, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

COOKIE = "mcpscan_console"
SIGN_IN = "/console/session"
SIGN_OUT = "/console/session/end"
OPEN = frozenset({SIGN_IN, SIGN_OUT, "/console/style.css", "/console/script.js", "/console/icon.svg"})
"""Paths that need no identity: signing in and out, and files that are the same for everyone."""

_PAGES = re.compile(r"/|/console/(?:events|quarantine|session|decision/[^/]*)")

LIFETIME = 8 * 3600
"""Seconds that a sign-in lasts."""

ENDED = 10_000
"""Sign-outs that are remembered until they would have expired."""

LONGEST = 1_000
"""Characters of an identity that a cookie can hold."""

Scope = Mapping[str, Any]
Verify = Callable[[str], Awaitable[str | None]]
"""Says who a key belongs to, or None for a key that is none."""


class Sessions:
    """Signs people in and out. Safe to use from several threads.

    `secret` signs the cookies: give the workers of one service the same, or each asks anew. `still` says whether an
    identity may still come in; ask it after keys were taken away.
    """

    def __init__(
        self,
        secret: bytes | None = None,
        seconds: int = LIFETIME,
        still: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._secret = secret or secrets.token_bytes(32)
        self._seconds = seconds
        self._still = still
        self._ended: OrderedDict[str, float] = OrderedDict()

    def identity(self, scope: Scope) -> str | None:
        """Who an HTTP request for the console comes from by its cookie; None for anybody else and any other path."""
        if not is_page(scope):
            return None
        token = _cookie(scope)
        claims = self._read(token) if token else None
        if claims is None or _hashed(claims["jti"]) in self._ended or not self._still(claims["sub"]):
            return None
        return str(claims["sub"])

    def begin(self, identity: str, scope: Scope) -> str:
        """The `Set-Cookie` header of someone who proved who they are. Raises `ValueError` for an endless name."""
        import jwt

        if len(identity) > LONGEST:
            raise ValueError("an identity too long for a cookie")
        claims = {"sub": identity, "exp": int(time.time()) + self._seconds, "jti": secrets.token_urlsafe(16)}
        return _header(jwt.encode(claims, self._secret, "HS256"), scope, self._seconds)

    def end(self, scope: Scope) -> str:
        """The `Set-Cookie` header of someone who leaves; this process takes their cookie no longer."""
        token = _cookie(scope)
        claims = self._read(token) if token else None
        if claims is not None:
            self._ended[_hashed(claims["jti"])] = claims["exp"]
            while len(self._ended) > ENDED:
                self._ended.popitem(last=False)
        return _header("", scope, 0)

    def _read(self, token: str) -> dict[str, Any] | None:
        import jwt

        try:
            required = {"require": ["sub", "exp", "jti"]}
            claims: dict[str, Any] = jwt.decode(token, self._secret, algorithms=["HS256"], options=required)  # type: ignore[arg-type]
        except jwt.InvalidTokenError:
            return None
        return claims


def is_page(scope: Scope) -> bool:
    """Whether a request reads a page of the console: exactly one of its paths, written plainly.

    Not everything below `/console/`: `/console/mcp` is a server that somebody called "console".
    """
    return scope.get("method") in {"GET", "HEAD"} and _PAGES.fullmatch(_path(scope)) is not None


def is_open(scope: Scope) -> bool:
    """Whether a request needs no identity: the sign-in page with its style, reading and sending a key."""
    return _path(scope) in OPEN


def to_sign_in(scope: Scope) -> bool:
    """Whether someone who is not signed in is better led to the sign-in page than refused: a browser opens a page."""
    return is_page(scope) and "text/html" in header(scope, b"accept")


def from_here(scope: Scope) -> bool:
    """Whether a browser says that a request comes from a page of ours; without a word it does not."""
    site = header(scope, b"sec-fetch-site")
    if site:
        return site == "same-origin"
    origin = header(scope, b"origin")
    return bool(origin) and urlsplit(origin).netloc.lower() == header(scope, b"host").lower()


def header(scope: Scope, name: bytes) -> str:
    """The value of a header; "" where it is missing, or there more than once."""
    found = [value for key, value in scope.get("headers", ()) if key == name]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def is_loopback(scope: Scope) -> bool:
    """Whether a browser reached us on its own machine, where a cookie needs no encryption."""
    try:
        host = urlsplit(f"//{header(scope, b'host')}").hostname or ""
        return host == "localhost" or host.endswith(".localhost") or ip_address(host).is_loopback
    except ValueError:
        return False


def _path(scope: Scope) -> str:
    """The path of an HTTP request; "" where it was not sent as it is read, so that no spelling of it slips through."""
    path: str = scope.get("path", "") if scope.get("type") == "http" else ""
    raw: bytes | None = scope.get("raw_path")
    return path if raw is None or raw.partition(b"?")[0] == path.encode("utf-8", "surrogateescape") else ""


def _cookie(scope: Scope) -> str:
    """Our cookie. Two of them are none: somebody else set one."""
    found = []
    for line in (value.decode("latin-1") for key, value in scope.get("headers", ()) if key == b"cookie"):
        found += [part.partition("=")[2] for part in line.split(";") if part.partition("=")[0].strip() == COOKIE]
    return found[0].strip() if len(found) == 1 else ""


def _header(value: str, scope: Scope, seconds: int) -> str:
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie[COOKIE] = value
    except CookieError as problem:
        raise ValueError("a session that makes no cookie") from problem
    made: Morsel[Any] = cookie[COOKIE]
    for name, setting in (("path", "/"), ("httponly", True), ("samesite", "Strict"), ("max-age", seconds)):
        made[name] = setting
    made["secure"] = not is_loopback(scope)
    return made.OutputString()


def _hashed(name: str) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()
