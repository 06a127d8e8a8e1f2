"""The filter for tests: the proxy on a free port of loopback, with every decision and every answer kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from upstream.serving import Tape, served

from mcpscan.engine import Scanner
from mcpscan_service.guard import Decision, Guard, GuardSettings, Judge, Outcome, Recorder
from mcpscan_service.proxy import Proxy
from mcpscan_service.settings import Limits, Settings, Upstream


@dataclass(slots=True)
class Filter:
    """A filter that runs: where it is, what it decided, what it answered."""

    base: str
    tape: Tape
    decisions: list[Decision] = field(default_factory=list)

    def at(self, server: str) -> str:
        """The address of a server behind the filter."""
        return f"{self.base}/{server}/mcp"

    def stopped(self) -> list[Decision]:
        """The decisions that did not let everything pass."""
        return [each for each in list(self.decisions) if each.outcome not in {Outcome.PASSED, Outcome.ANNOTATED}]


class Program:
    """The proxy as a whole application: started and shut down with the server that runs it."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request, or follow the server's life."""
        if scope["type"] != "lifespan":
            await self.proxy(scope, receive, send)
            return
        await receive()
        await self.proxy.startup()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.proxy.shutdown()
        await send({"type": "lifespan.shutdown.complete"})


@contextmanager
def filtered(
    upstreams: Mapping[str, Upstream | str],
    scanner: Scanner,
    *,
    guard: GuardSettings | None = None,
    limits: Limits | None = None,
    recorder: Recorder | None = None,
) -> Iterator[Filter]:
    """A proxy in front of some servers, until the end of the block."""
    named = {name: Upstream(url=each) if isinstance(each, str) else each for name, each in upstreams.items()}
    settings = Settings(upstreams=named, guard=guard or GuardSettings(), limits=limits or Limits(), classifier=False)
    found = Filter("", Tape(_nothing))
    rules = Guard(
        Judge(scanner, settings.guard.act_on),
        settings.guard,
        recorder=recorder,
        watchers=[lambda decision, _evidence: found.decisions.append(decision)],
    )
    with ExitStack() as stack:
        stack.callback(rules.close)
        found.tape = Tape(Program(Proxy(settings, rules)))
        found.base = stack.enter_context(served(found.tape))
        yield found


async def _nothing(_scope: Any, _receive: Any, _send: Any) -> None:
    raise AssertionError("not started")
