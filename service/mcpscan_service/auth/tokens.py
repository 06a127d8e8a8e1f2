"""JSON Web Tokens (RFC 7519, RFC 8725) of one issuer for one audience."""

from __future__ import annotations

from typing import Any

from mcpscan.text import visible
from mcpscan_service.auth.check import ASYMMETRIC
from mcpscan_service.auth.issuer import Issuer
from mcpscan_service.settings import AuthSettings

LEEWAY = 10.0
"""Seconds that clocks may differ by."""

LONGEST = 16 * 1024
"""Bytes of a token."""

_CURVES = {
    "P-256": "ES256",
    "P-384": "ES384",
    "P-521": "ES512",
    "secp256k1": "ES256K",
    "Ed25519": "EdDSA",
    "Ed448": "EdDSA",
}


class Tokens:
    """Verifies tokens with the keys of their issuer."""

    def __init__(self, settings: AuthSettings, issuer: Issuer | None = None) -> None:
        self._settings = settings
        self._issuer = issuer or Issuer(settings)

    async def caller(self, token: bytes) -> str:
        """Whom a token says that the caller is, "" for a token that is not valid here. Raises `UnavailableError`."""
        import jwt

        if len(token) > LONGEST:
            return ""
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError):
            return ""
        kid = header.get("kid")
        if "crit" in header or not (kid is None or (isinstance(kid, str) and len(kid) <= 256)):
            return ""
        keys = [key for key in await self._issuer.keys(kid) if self._algorithms(key)]
        # A token that names no key is verified where there is no choice.
        return self._verified(token, keys[0]) if len(keys) == 1 else ""

    def _algorithms(self, key: dict[str, Any]) -> list[str]:
        """The algorithms that a key may be used with: what it is decides, and never what the token says."""
        operations = key.get("key_ops")
        if key.get("use", "sig") != "sig" or (isinstance(operations, list) and "verify" not in operations):
            return []
        kind, curve, own = key.get("kty"), str(key.get("crv")), key.get("alg")
        if kind == "RSA":
            fitting = {name for name in ASYMMETRIC if name.startswith(("RS", "PS"))}
        else:
            fitting = {_CURVES[curve]} if kind in {"EC", "OKP"} and curve in _CURVES else set()
        if own is not None:
            fitting &= {"EdDSA" if own in {"Ed25519", "Ed448"} else str(own)}
        return [name for name in self._settings.algorithms if name in fitting and name in ASYMMETRIC]

    def _verified(self, token: bytes, jwk: dict[str, Any]) -> str:
        import jwt

        settings = self._settings
        algorithms = self._algorithms(jwk)
        needed = ["exp", "aud", "iss", settings.identity_claim]
        try:
            key = jwt.PyJWK.from_dict({name: value for name, value in jwk.items() if name != "alg"}, algorithms[0])
            claims = jwt.decode(
                token,
                key.key,
                algorithms=algorithms,
                audience=settings.audience,
                issuer=settings.issuer,
                leeway=LEEWAY,
                options={"require": needed},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
            return ""
        who = claims.get(settings.identity_claim)
        return visible(who[:200]) if isinstance(who, str) else ""
