"""API keys: only their digests are known here."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping


def new_key() -> tuple[str, str]:
    """A new key of 256 random bits, and the digest of it that the settings hold.

    A key like this needs no slow hash and no salt: it cannot be guessed from its digest.
    """
    key = f"mcpscan_{secrets.token_urlsafe(32)}"
    return key, digest_of(key.encode())


def digest_of(key: bytes) -> str:
    """The SHA-256 of a key in hexadecimal digits."""
    return hashlib.sha256(key).hexdigest()


class Keys:
    """The callers who have keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._known = tuple((name, digest.lower().encode()) for name, digest in keys.items())

    def caller(self, key: bytes) -> str:
        """The name of the caller whose key this is, "" for nobody. The time it takes does not tell which digits fit."""
        digest = digest_of(key).encode()
        found = ""
        for name, known in self._known:
            if hmac.compare_digest(digest, known):
                found = name
        return found
