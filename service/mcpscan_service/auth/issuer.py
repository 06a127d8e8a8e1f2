"""The public keys of an OIDC issuer: found by discovery, kept, fetched again when they rotate."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from mcpscan_service.auth.check import AuthError, check_url
from mcpscan_service.settings import AuthSettings

FRESH = 600.0
"""Seconds after which the keys are fetched again."""

STALE = 3_600.0
"""Seconds that keys are used for when they cannot be fetched again: a key that was withdrawn must not live for ever."""

PAUSE = 30.0
"""Seconds between two fetches, whatever tokens say: unknown key ids must not become requests to the issuer."""

LARGEST = 512 * 1024
"""Bytes of a document of the issuer's."""

PATIENCE = 5.0
"""Seconds for one document."""

_log = logging.getLogger(__name__)


class UnavailableError(RuntimeError):
    """The keys of the issuer cannot be had, so that no token can be verified."""


class Issuer:
    """Fetches and keeps the key set of an issuer. Belongs to one event loop, which a fetch does not hold up."""

    def __init__(self, settings: AuthSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._keys: tuple[dict[str, Any], ...] = ()
        self._fetched: float | None = None
        self._tried: float | None = None
        self._fetching = asyncio.Lock()
        self.renewal: asyncio.Task[None] | None = None

    async def keys(self, kid: str | None) -> tuple[dict[str, Any], ...]:
        """The JWKs of an id, or all where the token names none. Raises `UnavailableError` when none are known.

        An id that is not known leads to one fetch, unless there was one just now: keys rotate. Keys that are not fresh
        are fetched again while nobody waits for it.
        """
        age = self._age(self._fetched)
        if age > STALE or not _named(self._keys, kid):
            await self._renew(kid)
        elif age > FRESH and not self._fetching.locked():
            self.renewal = asyncio.create_task(self._renew(kid))
        if self._age(self._fetched) > STALE:
            raise UnavailableError
        return _named(self._keys, kid)

    async def _renew(self, kid: str | None) -> None:
        async with self._fetching:
            waited_for = self._age(self._fetched) <= FRESH and _named(self._keys, kid)
            if waited_for or self._age(self._tried) < PAUSE:
                return
            self._tried = self._clock()
            try:
                found = await self._fetch()
            except Exception as problem:  # noqa: BLE001 - whatever it is, there are no new keys
                _log.warning("the keys of the issuer could not be fetched: %s", type(problem).__name__)
                return
            self._keys, self._fetched = found, self._clock()

    def _age(self, then: float | None) -> float:
        return float("inf") if then is None else self._clock() - then

    async def _fetch(self) -> tuple[dict[str, Any], ...]:
        import aiohttp

        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout, trust_env=False, auto_decompress=False) as session:
            url = self._settings.jwks_url or await self._discovered(session)
            found = (await _document(session, url)).get("keys")
        if not isinstance(found, list):
            raise TypeError("a key set without keys")
        return tuple(key for key in found[:100] if isinstance(key, dict))

    async def _discovered(self, session: Any) -> str:
        issuer = self._settings.issuer
        found = await _document(session, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != issuer:  # OpenID Connect Discovery 1.0, section 4.3
            raise AuthError("the discovery document is of another issuer")
        url = str(found.get("jwks_uri", ""))
        check_url(url, "jwks_uri")
        return url


async def _document(session: Any, url: str) -> dict[str, Any]:
    """A JSON object from an address: bounded, and from nowhere else than asked."""
    import orjson

    headers = {"accept": "application/json", "accept-encoding": "identity"}
    async with session.get(url, allow_redirects=False, headers=headers) as response:
        if response.status != 200:
            raise ValueError("no answer of 200")
        body = bytearray()
        async for chunk in response.content.iter_chunked(65_536):
            body += chunk
            if len(body) > LARGEST:
                raise ValueError("too large")
    made = orjson.loads(body)
    if not isinstance(made, dict):
        raise TypeError("not an object")
    return made


def _named(keys: tuple[dict[str, Any], ...], kid: str | None) -> tuple[dict[str, Any], ...]:
    return keys if kid is None else tuple(key for key in keys if key.get("kid") == kid)
