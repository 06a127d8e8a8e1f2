"""Signing in and out of the console."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from mcpscan_service.console import respond
from mcpscan_service.console.sessions import SIGN_IN, SIGN_OUT, Scope, Sessions, Verify, from_here
from mcpscan_service.console.templates import render

MOST = 16 * 1024
"""Bytes of a form."""

_NEXT = re.compile(r"/console/(?:quarantine|decision/[0-9a-f]{24})")


def sign_in_address(scope: Scope) -> str:
    """Where someone who is not signed in is led, and from there back to the page they wanted."""
    path = onward(str(scope.get("path", "")))
    return SIGN_IN if path == "/" else f"{SIGN_IN}?{urlencode({'next': path})}"


def onward(path: str) -> str:
    """A page of ours to go on to: the path that was asked for if it is one, else the first page."""
    return path if _NEXT.fullmatch(path) else "/"


def sign_in_routes(sessions: Sessions, verify: Verify) -> list[Route]:
    """The routes of the sign-in page."""

    async def show(request: Request) -> Response:
        path = onward(request.query_params.get("next", ""))
        if sessions.identity(request.scope) is not None:
            return respond.to(path)
        failed = "kept" if "done" in request.query_params else ""
        return respond.page(render("sign_in", path=path, failed=failed), 200)

    async def begin(request: Request) -> Response:
        if not from_here(request.scope):
            return respond.page(render("sign_in", path="/", failed="elsewhere"), 403)
        form = await _form(request)
        path = onward(form.get("next", ""))
        key = form.get("key", "").strip()
        try:
            identity = await verify(key) if key else None
        except Exception:  # noqa: BLE001 - whatever keeps a key from being checked, nobody comes in
            return respond.page(render("sign_in", path=path, failed="unchecked"), 503)
        if not identity:
            return respond.page(render("sign_in", path=path, failed="key"), 403)
        try:
            cookie = sessions.begin(identity, request.scope)
        except ValueError:
            return respond.page(render("sign_in", path=path, failed="name"), 403)
        return respond.to(f"{SIGN_IN}?{urlencode({'done': '1', 'next': path})}", cookie)

    async def end(request: Request) -> Response:
        if not from_here(request.scope):
            return respond.page(render("sign_in", path="/", failed="elsewhere"), 403)
        return respond.to(SIGN_IN, sessions.end(request.scope))

    return [
        Route(SIGN_IN, show, methods=["GET"]),
        Route(SIGN_IN, begin, methods=["POST"]),
        Route(SIGN_OUT, end, methods=["POST"]),
    ]


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; none of one that is too long or none at all."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return {}
    data = bytearray()
    try:
        async for part in request.stream():
            data += part
            if len(data) > MOST:
                return {}
        return {name: values[0] for name, values in parse_qs(data.decode("ascii"), max_num_fields=10).items()}
    except (ValueError, ClientDisconnect):
        return {}
