"""The pages of the console as routes: reading only, drawn in a thread of their own, one at a time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mcpscan.finding import Finding
from mcpscan.text import visible
from mcpscan_service.console import command, plots, respond, standing
from mcpscan_service.console.entry import MOST, short
from mcpscan_service.console.memory import Memory
from mcpscan_service.console.sessions import Sessions, Verify
from mcpscan_service.console.sign_in import sign_in_routes
from mcpscan_service.console.standing import InForce
from mcpscan_service.console.templates import assets, render
from mcpscan_service.console.wanted import STOPPED, Wanted
from mcpscan_service.guard import Channel, Held, Outcome

ON_A_PAGE = 20
"""Quarantined parts on one page."""

SHOWN = 8
"""Findings and changes of one quarantined part."""

_EVENT = re.compile(r"[0-9a-f]{24}")


def router(
    memory: Memory, in_force: Callable[[], InForce], sessions: Sessions | None = None, verify: Verify | None = None
) -> APIRouter:
    """The routes `/` and `/console/…`, none of them in the OpenAPI document.

    `in_force` is asked for each page, so that a reload shows. With `sessions` and `verify` people can sign in with a
    key. Who may see the pages is decided before they are reached: see `Sessions.identity`.
    """
    pages = Pages(memory, in_force, sessions)
    routes: list[BaseRoute] = [
        Route("/", pages.overview),
        Route("/console/events", pages.events),
        Route("/console/decision/{event}", pages.decision),
        Route("/console/quarantine", pages.quarantine),
        Route("/console/style.css", _style),
        Route("/console/script.js", _script),
        Route("/console/icon.svg", _icon),
    ]
    if sessions is not None and verify is not None:
        routes += sign_in_routes(sessions, verify)
    return APIRouter(routes=routes, include_in_schema=False)


class Pages:
    """The pages that show what is remembered."""

    def __init__(self, memory: Memory, in_force: Callable[[], InForce], sessions: Sessions | None) -> None:
        self._memory = memory
        self._in_force = in_force
        self._sessions = sessions
        self._one: anyio.CapacityLimiter | None = None

    async def overview(self, request: Request) -> Response:
        """What is in force, counts, plots, and the decisions that the filter in the address keeps."""
        return await self._drawn("overview", request, lambda: self._overview(request))

    async def events(self, request: Request) -> Response:
        """The parts of the overview that change, or nothing where nothing has happened since `seen` decisions."""
        if request.query_params.get("seen") == str(self._memory.total):
            return respond.nothing()
        return await self._drawn("now", request, lambda: self._overview(request))

    async def decision(self, request: Request) -> Response:
        """Everything that is remembered of one decision."""
        event = request.path_params["event"]
        found = self._memory.find(event) if _EVENT.fullmatch(event) else None
        if found is None:
            known = event if _EVENT.fullmatch(event) else ""
            return await self._drawn("missing", request, lambda: {"event": known}, 404)
        entry, proof = found
        return await self._drawn(
            "decision", request, lambda: {"entry": entry, "one": entry.decision, "proof": proof, "most": MOST}
        )

    async def quarantine(self, request: Request) -> Response:
        """The parts that are held back, the longest held first."""
        return await self._drawn("quarantine", request, lambda: self._quarantine(request))

    async def _drawn(
        self, name: str, request: Request, values: Callable[[], dict[str, Any]], status: int = 200
    ) -> Response:
        self._one = self._one or anyio.CapacityLimiter(1)
        return respond.page(await run_sync(self._draw, name, request, values, limiter=self._one), status)

    def _draw(self, name: str, request: Request, values: Callable[[], dict[str, Any]]) -> str:
        now, moment = self._in_force(), time.time()
        person = self._sessions.identity(request.scope) if self._sessions else None
        return render(
            name, now=now, settings=now.settings, moment=moment, facts=standing.facts(now, moment), person=person,
            held_count=len(now.guard.quarantine.all()), worker=standing.worker(now.settings), **values(),
        )  # fmt: skip

    def _overview(self, request: Request) -> dict[str, Any]:
        seen, now = self._memory.snapshot(), self._in_force()
        wanted = Wanted.of(request.query_params)
        entries, more = wanted.pick(seen.entries)
        return {
            "seen": seen, "wanted": wanted, "entries": entries, "more": more, "stopped": STOPPED,
            "upstreams": standing.upstreams(now, seen), "channels": tuple(Channel), "outcomes": tuple(Outcome),
            "acted": plots.ACTED, "spans": tuple(plots.SPANS), "latency": plots.latencies(seen.latency),
            "time": plots.over_time(seen.minutes, time.time(), request.query_params.get("span", "")),
            "oldest": seen.entries[-1].number if seen.entries else 0,
        }  # fmt: skip

    def _quarantine(self, request: Request) -> dict[str, Any]:
        now = self._in_force()
        everything = now.guard.quarantine.all()
        given = request.query_params.get("page", "1")
        last = max(1, -(-len(everything) // ON_A_PAGE))
        page = min(int(given), last) if re.fullmatch(r"[1-9][0-9]{0,5}", given) else 1
        shown = everything[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        return {"shown": [_part(held, now, self._memory) for held in shown], "page": page, "last": last}


def _part(held: Held, now: InForce, memory: Memory) -> dict[str, Any]:
    """A quarantined part as the page shows it."""
    upstream = now.settings.upstreams.get(held.server)
    pins = now.guard.judge.pins
    pinned = pins is not None and pins.find((upstream.pin if upstream else "") or held.server) is not None
    findings = held.findings or _findings(held, memory)
    by_lock = any(rule.startswith("lock-") for rule in held.rules)
    return {
        "held": replace(held, findings=findings[:SHOWN], changes=tuple(map(short, held.changes[:SHOWN]))),
        "more": max(0, len(findings) - SHOWN) + max(0, len(held.changes) - SHOWN),
        "by_lock": by_lock, "by_rule": any(not rule.startswith("lock-") for rule in held.rules),
        "command": command.approval(held, now.settings, pinned=pinned) if by_lock else "",
    }  # fmt: skip


def _findings(held: Held, memory: Memory) -> tuple[Finding, ...]:
    """What the decision that held a part back found in it: reports name a part by what is seen of its name."""
    found = memory.find(held.event)
    proof = found[1] if found else None
    name = visible(held.name)
    return tuple(each for each in proof.findings if each.owner == name) if proof else ()


async def _style(_: Request) -> Response:
    return respond.file(assets().style, "text/css")


async def _script(_: Request) -> Response:
    return respond.file(assets().script, "text/javascript")


async def _icon(_: Request) -> Response:
    return respond.file(assets().icon, "image/svg+xml")
