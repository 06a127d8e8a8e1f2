"""Settings of the authentication that cannot be meant, refused before the filter starts."""

from __future__ import annotations

import ipaddress
import re
from importlib.util import find_spec
from urllib.parse import urlsplit

from mcpscan_service.settings import AuthMode, AuthSettings, Settings

ASYMMETRIC = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES256K", "ES384", "ES512", "EdDSA"}
)
"""Algorithms whose verifying key cannot sign."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_HOST = re.compile(r"\*|(?:\*\.)?[A-Za-z0-9_.-]{1,253}|\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?")
_HOW = "`mcpscan serve --new-key NAME` makes one"


class AuthError(ValueError):
    """Settings that the filter does not start with; the message says which and what to do."""


def check_auth(settings: Settings) -> None:
    """Raise `AuthError` for settings that let nobody in, or everybody where others can reach the filter."""
    auth = settings.auth
    if auth.mode is AuthMode.OFF:
        _check_off(settings)
    elif auth.mode is AuthMode.KEYS:
        _check_keys(auth)
    else:
        _check_jwt(auth)
    for name in auth.allowed_hosts:
        if not _HOST.fullmatch(name):
            raise AuthError(f"auth.allowed_hosts: {name!r} is no name; write host.example, without scheme and port")
    for origin in auth.allowed_origins:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/\s?#@]+", origin.lower()):
            raise AuthError(f"auth.allowed_origins: {origin!r} is no origin; write it as https://console.example")


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine alone, without asking a name server.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("0.0.0.0"), is_loopback("localhost.evil.example")
    (True, True, False, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def check_url(url: str, setting: str) -> None:
    """Raise `AuthError` for an address that keys must not be fetched from: they decide who is let in."""
    try:
        parts = urlsplit(url)
    except ValueError as problem:
        raise AuthError(f"{setting}: no address: {problem}") from problem
    host = parts.hostname or ""
    if parts.username or parts.password or parts.fragment or not host:
        raise AuthError(f"{setting}: an address without credentials and fragment is needed")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise AuthError(f"{setting}: must be https (http on loopback only): whoever can change the answer can sign in")


def _check_off(settings: Settings) -> None:
    host = settings.host
    if "*" in settings.auth.allowed_hosts:
        raise AuthError(
            'auth.mode is off, and auth.allowed_hosts has "*": any page in a browser on this machine could call; '
            "name the hosts"
        )
    if not is_loopback(host):
        raise AuthError(
            f"auth.mode is off, and the filter would listen on {host}, where others can reach it; "
            "listen on 127.0.0.1, or set auth.mode to keys or jwt"
        )


def _check_keys(auth: AuthSettings) -> None:
    if not auth.keys:
        raise AuthError(
            f"auth.mode is keys, and there is no key: nobody could call. {_HOW}; its digest goes to auth.keys. "
            "On loopback, auth.mode = off serves every local program instead"
        )
    for name, digest in auth.keys.items():
        if not name.strip():
            raise AuthError("auth.keys: a key without the name of its caller")
        if not _DIGEST.fullmatch(digest.lower()):
            raise AuthError(f"auth.keys.{name}: not the SHA-256 of a key in 64 hexadecimal digits; {_HOW}")
    if len({digest.lower() for digest in auth.keys.values()}) < len(auth.keys):
        raise AuthError("auth.keys: two callers have the same key, so records could not tell them apart")


def _check_jwt(auth: AuthSettings) -> None:
    if missing := [name for name in ("jwt", "cryptography", "aiohttp") if find_spec(name) is None]:
        raise AuthError(f"auth.mode jwt needs {', '.join(missing)}: pip install 'mcpscan[service]'")
    if not auth.audience:
        raise AuthError("auth.audience is needed for jwt: without it tokens for other services would be accepted")
    if not auth.issuer:
        raise AuthError("auth.issuer is needed for jwt: the `iss` that tokens must have")
    check_url(auth.issuer, "auth.issuer")
    if auth.jwks_url:
        check_url(auth.jwks_url, "auth.jwks_url")
    if not auth.algorithms or not ASYMMETRIC.issuperset(auth.algorithms):
        raise AuthError(f"auth.algorithms: asymmetric ones only: {', '.join(sorted(ASYMMETRIC))}")
    if not auth.identity_claim:
        raise AuthError("auth.identity_claim is empty: records need to say who called")
