"""Answers of the console: what a browser may do with them stands in their headers."""

from __future__ import annotations

from starlette.responses import HTMLResponse, RedirectResponse, Response

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": a form sent from such a page says that it comes from nowhere.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Sent with every answer. No style or script but our own files, no request to anybody else, no frame around us."""


def page(text: str, status: int = 200) -> Response:
    """A page, or a part of one."""
    # Nothing unseen is left in a page, and half a character is unseen; this is for the day that is wrong.
    return HTMLResponse(text.encode("utf-8", "replace"), status, HEADERS)


def nothing() -> Response:
    """Nothing is new."""
    return Response(status_code=204, headers=HEADERS)


def to(path: str, cookie: str = "") -> Response:
    """Go on to another page of ours, with GET."""
    headers = {**HEADERS, "set-cookie": cookie} if cookie else HEADERS
    return RedirectResponse(path, 303, headers)


def file(data: bytes, kind: str) -> Response:
    """A file of ours that is the same for everyone; its address changes with it."""
    return Response(data, 200, {**HEADERS, "Cache-Control": "public, max-age=86400"}, kind)
