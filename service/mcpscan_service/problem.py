"""Errors as answers: problem details (RFC 9457), and the id that every request has."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

CONTENT_TYPE = b"application/problem+json"
TYPES = "urn:mcpscan:problem:"

Code = Literal[
    "bad-request", "bad-json", "too-deep", "unauthenticated", "forbidden", "not-found", "method-not-allowed",
    "body-too-slow", "body-too-large", "unsupported-media-type", "invalid", "internal", "busy", "scan-too-slow",
    "not-recorded", "cannot-verify",
]  # fmt: skip
"""What went wrong, as a word that stays the same: the last part of a problem's `type`."""

TITLES: dict[Code, tuple[int, str]] = {
    "bad-request": (400, "The request cannot be read"),
    "bad-json": (400, "The body is not JSON"),
    "too-deep": (400, "The body is nested too deeply"),
    "unauthenticated": (401, "The caller is not known"),
    "forbidden": (403, "Requests from there, or to this host, are not served"),
    "not-found": (404, "There is nothing at this path"),
    "method-not-allowed": (405, "This path has other methods"),
    "body-too-slow": (408, "The body did not arrive in time"),
    "body-too-large": (413, "The body is larger than the limit"),
    "unsupported-media-type": (415, "This kind of body is not read here"),
    "invalid": (422, "The body is JSON, and not what is asked for here"),
    "internal": (500, "Something in the filter failed"),
    "busy": (503, "Too many requests at once"),
    "scan-too-slow": (503, "The scan took longer than is allowed"),
    "not-recorded": (503, "The decision could not be written down"),
    "cannot-verify": (503, "The keys of the issuer cannot be fetched"),
}
"""The status and the title of each problem."""


class Wrong(BaseModel):
    """One thing that is wrong with a body."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pointer: str = Field(description="RFC 6901 JSON Pointer to the value in the body")
    detail: str


class Problem(BaseModel):
    """Why a request was not served (RFC 9457). Nothing of the request's content is in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str = Field(description="A URN that names the kind of problem and stays the same", pattern=f"^{TYPES}")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = ""
    request_id: str = Field(description="The `X-Request-Id` of the answer")
    errors: tuple[Wrong, ...] = ()


@dataclass(slots=True, eq=False)
class ProblemError(Exception):
    """A request that ends with a problem. `detail` is read by the caller: it must not quote what came in."""

    code: Code
    detail: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    headers: Headers = ()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return TITLES[self.code][0]

    def plain(self, request: str) -> dict[str, Any]:
        """The problem as values that JSON has, for a request of some id."""
        status, title = TITLES[self.code]
        made: dict[str, Any] = {"type": TYPES + self.code, "title": title, "status": status}
        made |= {"detail": self.detail} if self.detail else {}
        made["request_id"] = request
        if self.errors:
            made["errors"] = [{"pointer": pointer, "detail": detail} for pointer, detail in self.errors]
        return made


_SANE = re.compile(rb"[A-Za-z0-9._~+/=:@-]{1,128}")


def request_id(scope: Scope) -> str:
    """The id of a request: the caller's `X-Request-Id` where it is a plain token, else a new one; made once."""
    state: dict[str, Any] = scope.setdefault("state", {})
    known: str | None = state.get("request_id")
    if known is None:
        given = header(scope, b"x-request-id")
        known = given.decode() if given is not None and _SANE.fullmatch(given) else os.urandom(16).hex()
        state["request_id"] = known
    return known


def header(scope: Scope, name: bytes) -> bytes | None:
    """The value of a header that stands there once; None where there is none, or more than one."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[0] if len(found) == 1 else None


async def answer(  # noqa: PLR0917 - the parts of an answer, in their order
    send: Send, status: int, body: bytes, kind: bytes, request: str, more: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """Send a whole answer. It is not to be kept by caches, nor taken for another type than it says."""
    headers = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(body)),
        (b"x-request-id", request.encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def refuse(scope: Scope, send: Send, problem: ProblemError) -> None:
    """Answer a request with a problem."""
    request = request_id(scope)
    body = json.dumps(problem.plain(request)).encode()
    await answer(send, problem.status, body, CONTENT_TYPE, request, problem.headers)


def place_of(problem: BaseException) -> str:
    """The kind of an exception and where it was raised; not its message, which may hold what came in."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code.co_qualname if trace is not None else "?"
    return f"{type(problem).__name__} in {code}, line {trace.tb_lineno if trace is not None else 0}"


def of_status(status: int, headers: Headers = ()) -> ProblemError:
    """The problem that stands for an HTTP status, where nothing more is known."""
    codes: dict[int, Code] = {status: code for code, (status, _) in reversed(TITLES.items())}
    known = codes.get(status) or ("internal" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad-request")
    return ProblemError(known, headers=headers)
