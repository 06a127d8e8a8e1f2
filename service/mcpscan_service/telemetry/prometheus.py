"""Metrics for Prometheus, in a registry of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from mcpscan_service.guard.channel import Channel
from mcpscan_service.guard.decision import Decision, Evidence, Outcome
from mcpscan_service.guard.settings import GuardSettings
from mcpscan_service.settings import TelemetrySettings
from mcpscan_service.telemetry.labels import CODES, STAGES, found, one_of, stage

SECONDS = (0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Bounds of the buckets of a scan's time: a rule scan takes tens of microseconds, the classifier milliseconds."""

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names a folder where workers share their counts; to be set before `prometheus_client` is imported."""

_STOPPED = frozenset({Outcome.BLOCKED, Outcome.DENIED})

_Bound = tuple[tuple[Callable[[], None], ...], Callable[[float], None], Callable[[float], None]]


class Metrics:
    """Counts decisions: a watcher of a guard, and the answer to `GET /metrics`.

    No label holds a name of anybody's choosing; with `label_servers` the names of `servers` are labels, others "other".
    Where workers share a folder (`PROMETHEUS_MULTIPROC_DIR`) every worker answers for all, else each for itself.
    """

    def __init__(self, settings: TelemetrySettings | None = None, servers: Collection[str] = ()) -> None:
        self._servers = frozenset(servers)
        self._named = ("server",) if settings is not None and settings.label_servers else ()
        self.registry = CollectorRegistry(auto_describe=True)
        self._bound: dict[tuple[str, ...], _Bound] = {}
        self._shown: list[Gauge] = []
        self._waiting: Callable[[], int] | None = None
        named = self._named
        self._scans = self._counter("scans", "Messages scanned.", ("surface", "verdict", *named))
        self._outcomes = self._counter("outcomes", "What became of messages.", ("surface", "outcome", "mode", *named))
        self._blocked = self._counter("blocked", "Messages that did not pass.", ("surface", *named))
        self._findings = self._counter("findings", "Findings in messages.", ("rule", "severity"))
        self._removed = self._counter("removed_parts", "Tools, prompts and resources left out of lists.", ("surface",))
        self._redactions = self._counter("redactions", "Places cut out of messages.", ("surface",))
        self._unscanned = self._counter("unscanned", "Messages with something that was not looked at.", ("code",))
        self._errors = self._counter("errors", "What went wrong, and where.", ("stage",))
        self._bytes = self._counter("scanned_bytes", "Bytes of messages as they came.", ("surface",))
        self._seconds = Histogram(
            "mcpscan_scan_seconds", "Time a decision took.", ("surface",), registry=self.registry, buckets=SECONDS
        )
        self._modes = self._gauge(
            "mode_info", "The mode in force on each surface.", "livemax", ("surface", "mode", "failing")
        )
        self._flying = self._gauge("in_flight", "Requests that are being answered.", "livesum")
        self._queue = self._gauge("audit_queue", "Audit records that are not written yet.", "livesum")
        for name in sorted(STAGES):
            self._errors.labels(name)

    def __call__(self, decision: Decision, evidence: Evidence) -> None:
        """Count a decision. Quick, and safe to call from several threads."""
        key = (decision.channel, decision.action, decision.outcome, decision.mode, *self._server(decision))
        counted, observe, weigh = self._bound.get(key) or self._bind(decision, key)
        for count in counted:
            count()
        observe(decision.seconds)
        weigh(decision.size)
        if self._waiting is not None:
            self._queue.set(self._waiting())
        if (
            decision.rules
            or decision.removed
            or decision.redactions
            or decision.unscanned
            or decision.error
            or (evidence.report is not None and evidence.report.findings)
        ):
            self._count_more(decision, evidence)

    def _bind(self, decision: Decision, key: tuple[str, ...]) -> _Bound:
        """What is counted of every decision of one kind, found once: labels cost more than counts."""
        surface, named = decision.channel.value, self._server(decision)
        counted = [
            self._scans.labels(surface, decision.action.value, *named).inc,
            self._outcomes.labels(surface, decision.outcome.value, decision.mode.value, *named).inc,
        ]
        if decision.outcome in _STOPPED:
            counted.append(self._blocked.labels(surface, *named).inc)
        made = (tuple(counted), self._seconds.labels(surface).observe, self._bytes.labels(surface).inc)
        self._bound[key] = made
        return made

    def _count_more(self, decision: Decision, evidence: Evidence) -> None:
        surface = decision.channel.value
        for rule, severity in found(decision, evidence):
            self._findings.labels(rule, severity).inc()
        self._removed.labels(surface).inc(len(decision.removed))
        self._redactions.labels(surface).inc(decision.redactions)
        for code in decision.unscanned:
            self._unscanned.labels(one_of(code, CODES)).inc()
        if where := stage(decision, evidence):
            self.error(where)

    def error(self, where: str) -> None:
        """Count something that went wrong in a stage of `STAGES`; any other counts as "other"."""
        self._errors.labels(one_of(where, STAGES)).inc()

    def modes(self, settings: GuardSettings) -> None:
        """Say which modes are in force from now on."""
        for old in self._shown:
            old.set(0)
        failing = settings.on_failure.value
        self._shown = [self._modes.labels(each.value, settings.mode_of(each).value, failing) for each in Channel]
        for new in self._shown:
            new.set(1)

    def queue(self, waiting: Callable[[], int]) -> None:
        """Watch how many audit records wait."""
        self._waiting = waiting
        self._queue.set(waiting())

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Counts a request while it is being answered."""
        self._flying.inc()
        try:
            yield
        finally:
            self._flying.dec()

    def render(self, accept: str = "") -> tuple[str, bytes]:
        """Content type and body of an answer: OpenMetrics where the `Accept` header asks for it, else Prometheus' text."""
        if self._waiting is not None:
            self._queue.set(self._waiting())
        try:
            encode, kind = choose_encoder(accept)
        except (TypeError, ValueError):  # A version that is no number.
            encode, kind = choose_encoder("")
        return kind, encode(self._whole())

    async def app(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG002 - ASGI's signature
        """An ASGI app that answers every request with the metrics."""
        asked = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"accept"]
        kind, body = self.render(",".join(asked))
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _whole(self) -> CollectorRegistry:
        if not os.environ.get(SHARED):
            return self.registry
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return registry

    def _server(self, decision: Decision) -> tuple[str, ...]:
        return (one_of(decision.server, self._servers),) if self._named else ()

    def _counter(self, name: str, text: str, labels: tuple[str, ...]) -> Counter:
        return Counter(f"mcpscan_{name}", text, labels, registry=self.registry)

    def _gauge(self, name: str, text: str, shared: Any, labels: tuple[str, ...] = ()) -> Gauge:
        return Gauge(f"mcpscan_{name}", text, labels, registry=self.registry, multiprocess_mode=shared)


def gone(pid: int) -> None:
    """Forget the gauges of a worker that ended; for the process that starts them."""
    if os.environ.get(SHARED):
        mark_process_dead(pid)  # type: ignore[no-untyped-call]
