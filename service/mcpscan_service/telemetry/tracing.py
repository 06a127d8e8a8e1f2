"""Spans and metrics of OpenTelemetry, after the conventions for MCP (semantic-conventions-genai, status Development).

Needs the extra `otel`. Nothing here can break a message or hold it up: spans go to a queue that a thread of the SDK
empties; when a collector hangs or fails, the queue fills and spans are dropped (the SDK logs it). The audit log is what
drops nothing.
"""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from mcpscan_service.guard.decision import Decision, Evidence, Outcome
from mcpscan_service.record import safe
from mcpscan_service.settings import TelemetrySettings
from mcpscan_service.telemetry.labels import METHODS, OTHER, one_of, stage

SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""Bounds of the buckets of an operation's duration, as the conventions advise."""

SCANS = (0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0)

PATIENCE = 5.0
"""Seconds that an export and the farewell may take."""

_SCOPE = "mcpscan"
_LOG = logging.getLogger(__name__)
_NAMED = {"tool": "gen_ai.tool.name", "prompt": "gen_ai.prompt.name", "resource": "mcp.resource.uri"}
_TRANSPORTS = {"stdio": "pipe", "http": "tcp", "sse": "tcp", "asgi": "tcp", "api": "tcp"}


class TelemetryError(RuntimeError):
    """Telemetry that was asked for and cannot be had; the message says what to do."""


class Tracing:
    """Makes a span of every decision: a watcher of a guard. `close` sends what waits, within `PATIENCE` seconds.

    `spans` and `metrics` are providers of the SDK, which it then owns.
    """

    def __init__(self, spans: Any, metrics: Any) -> None:
        self._trace, self._context = _module("opentelemetry.trace"), _module("opentelemetry.context").Context
        self._providers = (spans, metrics)
        self._ending: list[threading.Thread] = []
        self._tracer = spans.get_tracer(_SCOPE)
        meter = metrics.get_meter(_SCOPE)
        self._decided = _histogram(meter, "mcpscan.decision.duration", "Time a decision took.", SCANS)
        self._server = _histogram(meter, "mcp.server.operation.duration", "As the client sees it.", SECONDS)
        self._client = _histogram(meter, "mcp.client.operation.duration", "As the upstream server takes.", SECONDS)
        self._complained = False

    def __call__(self, decision: Decision, evidence: Evidence) -> None:
        """Make a span of a decision. Never raises."""
        try:
            self._span(decision, evidence)
        except Exception:  # noqa: BLE001 - whatever a tracer does, the message goes on
            if not self._complained:
                self._complained = True
                _LOG.exception("a decision left no span; further ones are not reported")

    def operation(
        self, method: str, seconds: float, *, upstream: bool = False, error: str = "", transport: str = ""
    ) -> None:
        """Measure a whole request and its answer, as a client of ours waits for it, or we for an upstream server."""
        attributes = {"mcp.method.name": one_of(method, METHODS)}
        if error:
            attributes["error.type"] = safe.error(error)[:100]
        if transport in _TRANSPORTS:
            attributes["network.transport"] = _TRANSPORTS[transport]
        (self._client if upstream else self._server).record(seconds, attributes)

    def close(self, patience: float = PATIENCE) -> bool:
        """Send what waits; return whether that was done in time. What hangs is left behind."""
        if not self._ending:
            self._ending = [threading.Thread(target=each.shutdown, daemon=True) for each in self._providers]
            for thread in self._ending:
                thread.start()
        for thread in self._ending:
            thread.join(patience / len(self._ending))
        return not any(thread.is_alive() for thread in self._ending)

    def _span(self, decision: Decision, evidence: Evidence) -> None:
        name = safe.address(decision.name) if decision.family == "resource" else safe.name(decision.name)
        method = safe.name(decision.method) or OTHER
        shown = f"{method} {name}" if name and decision.family in {"tool", "prompt"} else method
        end = int(decision.time * 1_000_000_000)
        went = _went_wrong(decision, evidence)
        span = self._tracer.start_span(
            shown,
            context=self._parent(decision.trace),
            kind=self._trace.SpanKind.INTERNAL,
            attributes=_attributes(decision, evidence, method, name, went),
            start_time=end - int(decision.seconds * 1_000_000_000),
        )
        if went:
            span.set_status(self._trace.StatusCode.ERROR)
        span.end(end)
        told = {"mcpscan.surface": decision.channel.value, "mcpscan.outcome": decision.outcome.value}
        self._decided.record(decision.seconds, told)

    def _parent(self, given: str) -> Any:
        """The context of the request, or an empty one: never that of whatever runs just now."""
        trace, context = self._trace, self._context()
        trace_id, span_id, sampled = safe.trace(given)
        if not trace_id:
            return context
        flags = trace.TraceFlags(trace.TraceFlags.SAMPLED if sampled else trace.TraceFlags.DEFAULT)
        parent = trace.SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=flags)
        return trace.set_span_in_context(trace.NonRecordingSpan(parent), context)


def tracing(settings: TelemetrySettings) -> Tracing:
    """Spans and metrics sent to the collector of the settings by OTLP over HTTP, at its /v1/traces and /v1/metrics.

    Raises `TelemetryError` without the packages of the extra `otel`, or for an endpoint that is no address.
    """
    base = settings.otlp_endpoint.rstrip("/")
    try:
        parts = urlsplit(base)
        usable = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        usable = False
    if not usable:
        raise TelemetryError(
            "telemetry.otlp_endpoint is http(s)://HOST[:PORT], the address of an OpenTelemetry collector"
        )
    exporters = "opentelemetry.exporter.otlp.proto.http"
    # Its warnings of every failed try hold the address with its path, which may be a key; that it gave up is an error.
    logging.getLogger("opentelemetry.exporter").setLevel(logging.ERROR)
    spans = _module(f"{exporters}.trace_exporter").OTLPSpanExporter(f"{base}/v1/traces", timeout=PATIENCE)
    metrics = _module(f"{exporters}.metric_exporter").OTLPMetricExporter(f"{base}/v1/metrics", timeout=PATIENCE)
    reader = _module("opentelemetry.sdk.metrics.export").PeriodicExportingMetricReader(
        metrics, export_interval_millis=30_000, export_timeout_millis=PATIENCE * 1000
    )
    processor = _module("opentelemetry.sdk.trace.export").BatchSpanProcessor(
        spans, max_queue_size=4_096, schedule_delay_millis=2_000, export_timeout_millis=PATIENCE * 1000
    )
    return Tracing(*providers(settings, processor, reader))


def providers(settings: TelemetrySettings, processor: Any, reader: Any) -> tuple[Any, Any]:
    """Providers of spans and metrics around a processor and a reader of the SDK. Raises `TelemetryError`."""
    from mcpscan._version import __version__

    named = {"service.name": settings.service_name, "service.version": __version__}
    resource = _module("opentelemetry.sdk.resources").Resource.create(named)
    # Nothing is left to the end of the interpreter: a collector that hangs would hold it up.
    spans = _module("opentelemetry.sdk.trace").TracerProvider(resource=resource, shutdown_on_exit=False)
    spans.add_span_processor(processor)
    metrics = _module("opentelemetry.sdk.metrics").MeterProvider([reader], resource=resource, shutdown_on_exit=False)
    return spans, metrics


def _attributes(decision: Decision, evidence: Evidence, method: str, name: str, went: str) -> dict[str, Any]:
    report = evidence.report
    made: dict[str, Any] = {
        "mcp.method.name": method,
        "mcp.protocol.version": safe.name(decision.protocol),
        "mcp.session.id": safe.session(decision.session),
        "network.transport": _TRANSPORTS.get(decision.transport, ""),
        _NAMED.get(decision.family, ""): name,
        "gen_ai.operation.name": "execute_tool" if decision.method == "tools/call" else "",
        "error.type": went,
        "mcpscan.server": safe.trusted(decision.server),
        "mcpscan.surface": decision.channel.value,
        "mcpscan.event": decision.event,
    }
    return {
        **{key: value for key, value in made.items() if key and value},
        "mcpscan.verdict": decision.action.value,
        "mcpscan.outcome": decision.outcome.value,
        "mcpscan.mode": decision.mode.value,
        "mcpscan.score": decision.risk,
        "mcpscan.rule_id": decision.rules,
        "mcpscan.finding_count": len(report.findings) if report is not None else len(decision.rules),
    }


def _went_wrong(decision: Decision, evidence: Evidence) -> str:
    """The class of error that a span ends in, "" for none."""
    if decision.outcome in {Outcome.BLOCKED, Outcome.DENIED}:
        return f"mcpscan.{decision.outcome.value}"
    where = stage(decision, evidence)
    return f"mcpscan.{where}" if where else ""


def _histogram(meter: Any, name: str, text: str, bounds: tuple[float, ...]) -> Any:
    return meter.create_histogram(name, unit="s", description=text, explicit_bucket_boundaries_advisory=bounds)


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as problem:
        raise TelemetryError(f"{problem.name or name} is missing: pip install 'mcpscan[otel]'") from problem
