"""How the authentication of the service lets people into the console, beside the callers that send a key."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from mcpscan_service.console import respond
from mcpscan_service.console.sessions import Scope, Sessions, is_open, to_sign_in
from mcpscan_service.console.sign_in import sign_in_address

Admit = Callable[[Scope], str | Response | None]
"""Asked about a request that brings no key that is good: an identity ("" for what is open to everybody) lets it on, an
answer is given in its place, None refuses it as any other."""


def entrance(sessions: Sessions) -> Admit:
    """Lets in whoever is signed in, for the pages of the console alone, and leads browsers to the sign-in page."""

    def admit(scope: Scope) -> str | Response | None:
        if is_open(scope):
            return ""
        identity = sessions.identity(scope)
        if identity is not None:
            return identity
        return respond.to(sign_in_address(scope)) if to_sign_in(scope) else None

    return admit
