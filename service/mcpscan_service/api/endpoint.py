"""The paths of the scan API as plain ASGI: what a framework does before a handler costs half a scan."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from mcpscan import Scanner
from mcpscan_service.api.bodies import Reader
from mcpscan_service.api.call import JSON, LINES, Call, GoneError, Slots, body_of, caller_of, kind_of
from mcpscan_service.api.encoding import encode
from mcpscan_service.api.jobs import Scanned
from mcpscan_service.api.scans import Scans
from mcpscan_service.problem import Message, ProblemError, Receive, Scope, Send, answer, place_of, refuse, request_id
from mcpscan_service.settings import Limits

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Api:
    """What all paths of the scan API share."""

    scans: Scans
    limits: Limits
    slots: Slots

    @classmethod
    def of(cls, scans: Scans, limits: Limits) -> Api:
        """The API over some scans."""
        return cls(scans, limits, Slots(limits.requests_at_once))

    def use(self, limits: Limits) -> None:
        """Go by other limits from the next request on."""
        self.limits, self.slots.most = limits, limits.requests_at_once


Handler = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path: a handler behind the checks of its method, with every failure turned into a problem."""

    methods: tuple[str, ...]
    handle: Handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begun = False

        async def note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        if scope["method"] not in self.methods:
            allowed = ((b"allow", ", ".join(self.methods).encode()),)
            return await refuse(scope, send, ProblemError("method-not-allowed", headers=allowed))
        try:
            await self.handle(scope, receive, note)
        except ProblemError as problem:
            await refuse(scope, send, problem)
        except GoneError:
            pass
        except Exception as problem:  # noqa: BLE001 - every request is answered
            _log.error("request %s failed: %s", request_id(scope), place_of(problem))
            if begun:
                raise RuntimeError("an answer broke off") from None  # The server closes the connection.
            await refuse(scope, send, ProblemError("internal"))
        return None


@dataclass(frozen=True, slots=True)
class ScanHandler:
    """Answers a body with the report of its scan. `lines`: JSON Lines are read too; `named`: the query may hold a name."""

    api: Api
    reader: Reader
    lines: bool = False
    named: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. Raises `ProblemError`."""
        api = self.api
        with api.slots.one():
            kind = kind_of(scope, JSON + LINES if self.lines else JSON)
            body = await body_of(scope, receive, api.limits)
            call = Call(body, scope.get("query_string", b""), kind in LINES, api.limits)
            if call.query and not self.named:
                raise ProblemError("invalid", "this path has no query parameters")
            reader = self.reader

            def job(scanner: Scanner) -> Scanned:
                return reader(scanner, call)

            report = await api.scans.run(job, len(body), caller_of(scope))
            await answer(send, 200, encode(report), b"application/json", request_id(scope))
