"""The filter as one ASGI application: authentication in front, then the proxy, the scan API, adapters and the console."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

from fastapi import FastAPI

from mcpscan import __version__
from mcpscan_service.adapters import claude_audit, claude_code, docker, litellm, moderation
from mcpscan_service.api.bounds import Refusal
from mcpscan_service.api.endpoint import Api
from mcpscan_service.api.ready import Readiness, standard
from mcpscan_service.api.routes import install
from mcpscan_service.auth import AuthMiddleware, Keys
from mcpscan_service.auth.tokens import Tokens
from mcpscan_service.console import Sessions, entrance, router
from mcpscan_service.guard import Watcher
from mcpscan_service.load import Origin, loaded
from mcpscan_service.problem import App, Receive, Scope, Send
from mcpscan_service.proxy.route import route
from mcpscan_service.service import Service
from mcpscan_service.settings import COOKIE_SECRET, ORIGIN, AuthMode, AuthSettings, Settings
from mcpscan_service.telemetry.prometheus import Metrics

if TYPE_CHECKING:
    from mcpscan_service.telemetry.tracing import Tracing


def from_environment() -> Filter:
    """The application of a process that `mcpscan serve` started."""
    origin = loaded(os.environ[ORIGIN])
    return create_app(origin.load(), origin)


def create_app(settings: Settings, origin: Origin | None = None) -> Filter:
    """The whole filter under some settings; with `origin` it reads them again on SIGHUP and when a file changes.

    Raises `AuthError`, `BrainError` and `TelemetryError` for settings that cannot be meant.
    """
    metrics = Metrics(settings.telemetry, settings.upstreams) if settings.telemetry.prometheus else None
    tracing = _tracing(settings)
    watchers: tuple[Watcher | None, ...] = (metrics, tracing)
    service = Service(settings, origin, tuple(each for each in watchers if each is not None))
    if metrics is not None:
        metrics.modes(settings.guard)
        if service.recorder is not None:
            recorder = service.recorder
            metrics.queue(lambda: recorder.waiting)
    sessions = _sessions(settings, lambda: service.settings.auth)
    inner = _Routes(service, _framework(service, sessions), metrics)
    admit = entrance(sessions) if sessions is not None else None
    auth = AuthMiddleware(inner, settings.auth, settings.host, settings.port, admit=admit)
    # First, as it alone may refuse settings.
    service.on_reload.insert(0, lambda now: auth.use(now.auth))
    if metrics is not None:
        service.on_reload.append(lambda now: metrics.modes(now.guard))
    if settings.auth.mode is AuthMode.KEYS:
        service.caller = lambda key: Keys(service.settings.auth.keys).caller(key.encode()) or None
    made = Filter(auth, service)
    if tracing is not None:
        made.closing.append(tracing.close)
    return made


class Filter:
    """The application that a server runs: `service` holds its parts, `closing` is called when it ends."""

    def __init__(self, app: App, service: Service) -> None:
        self.service = service
        self.closing: list[Callable[[], object]] = []
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the lifespan of the process."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        await receive()
        try:
            await self.service.start()
        except (OSError, ValueError, RuntimeError, ImportError) as problem:
            await send({"type": "lifespan.startup.failed", "message": f"the filter cannot start: {problem}"})
            return
        with _signals(self.service):
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await self.service.stop()
        for close in self.closing:
            await asyncio.to_thread(close)
        await send({"type": "lifespan.shutdown.complete"})


class _Routes:
    """Takes a request to the proxy, the metrics, or the framework with everything else."""

    def __init__(self, service: Service, framework: App, metrics: Metrics | None) -> None:
        self._service = service
        self._framework = framework
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        served: Callable[[Scope, Receive, Send], Awaitable[None]] = self._framework
        if route(scope) is not None:
            served = self._service.proxy
        elif self._metrics is not None and scope["path"] == "/metrics":
            served = self._metrics.app
        with self._metrics.in_flight() if self._metrics is not None else contextlib.nullcontext():
            await served(scope, receive, send)


def _framework(service: Service, sessions: Sessions | None) -> App:
    settings, guard = service.settings, service.guard
    # The pages that FastAPI makes of the description are fetched from elsewhere; ours come from here alone.
    app = FastAPI(title="mcpscan", version=__version__, docs_url=None, redoc_url=None, description=_ABOUT)
    app.include_router(litellm.router(guard))
    app.include_router(moderation.router(guard))
    app.include_router(docker.router(guard, lambda: service.settings))
    # Without a look at the configuration: it would be that of the machine the filter runs on.
    hook = claude_code.ClaudeCode(guard, identify=claude_audit.identity_of)
    app.include_router(claude_code.router(hook))
    if settings.console.enabled:
        app.include_router(router(service.memory, service.in_force, sessions, _verify(service)))
    readiness = Readiness(standard(service.scans, settings, service.recorder))
    api = Api.of(service.scans, settings.limits)
    service.on_reload.append(lambda now: api.use(now.limits))
    service.on_reload.append(lambda now: readiness.use(standard(service.scans, now, service.recorder)))
    return install(app, api, readiness, _refusals(hook))


def _refusals(hook: claude_code.ClaudeCode) -> dict[str, Refusal]:
    """What hosts are told that take a problem for "go on": one heeds only answers of 200, the other any body."""

    def withheld(data: bytes, why: str) -> bytes:
        return json.dumps(hook.unread(data, f"was not read: {why}")).encode()

    def result(_: bytes, why: str) -> bytes:
        return docker.refused(why)

    return {claude_code.PATH: withheld, **{f"{docker.PATH}/{when}": result for when in docker.WHEN}}


_ABOUT = "Scans what MCP servers say, and filters what passes between agents and servers."


def _sessions(settings: Settings, auth_now: Callable[[], AuthSettings]) -> Sessions | None:
    """Who is signed in to the console, where somebody has to."""
    if not settings.console.enabled or settings.auth.mode is AuthMode.OFF:
        return None
    secret = os.environ.get(COOKIE_SECRET, "").encode() or None
    return Sessions(secret, still=lambda who: auth_now().mode is not AuthMode.KEYS or who in auth_now().keys)


def _verify(service: Service) -> Callable[[str], Awaitable[str | None]]:
    """Says whose a key or a token is, by the settings in force."""
    known: list[tuple[AuthSettings, Keys | Tokens]] = []

    async def verify(given: str) -> str | None:
        auth = service.settings.auth
        if not known or known[0][0] is not auth:
            known[:] = [(auth, Keys(auth.keys) if auth.mode is AuthMode.KEYS else Tokens(auth))]
        judge = known[0][1]
        if isinstance(judge, Keys):
            return judge.caller(given.encode()) or None
        return await judge.caller(given.encode()) or None

    return verify


def _tracing(settings: Settings) -> Tracing | None:
    if not settings.telemetry.otlp_endpoint:
        return None
    from mcpscan_service.telemetry.tracing import tracing

    return tracing(settings.telemetry)


@contextlib.contextmanager
def _signals(service: Service) -> Iterator[None]:
    """While serving: SIGHUP reloads, and the signals that end the server let go of idle streams first."""
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def leaving(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(service.drain)
        earlier = before[signal.Signals(number)]
        if callable(earlier):
            earlier(number, frame)

    for number in before:
        signal.signal(number, leaving)
    if hasattr(signal, "SIGHUP"):
        loop.add_signal_handler(signal.SIGHUP, lambda: service.spawn(service.reload()))
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
        if hasattr(signal, "SIGHUP"):
            loop.remove_signal_handler(signal.SIGHUP)
