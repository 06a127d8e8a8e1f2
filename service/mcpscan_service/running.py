"""Runs the filter under uvicorn: one process or several, stopped and reloaded without dropping a call."""

from __future__ import annotations

import hashlib
import math
import os
import secrets
import signal
import socket
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from mcpscan_service.load import Origin, dumped
from mcpscan_service.settings import COOKIE_SECRET, ORIGIN, AuthMode, Settings

if TYPE_CHECKING:
    import uvicorn

    from mcpscan_service.app import Filter


LOGGERS = ("mcpscan", "mcpscan_service")


class StartError(RuntimeError):
    """The filter cannot start; the message says why and what to do."""


def run(origin: Origin, settings: Settings, log_level: str) -> None:
    """Serve until told to stop. Raises `StartError`."""
    import uvicorn

    from mcpscan_service.workers import Workers

    # Before there is something to reload, the signal that asks for it must not end the process.
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    origin, settings, key = _with_key(origin, settings)
    app = _made(origin, settings)
    listening = _bound(settings)
    os.environ[ORIGIN] = dumped(origin)
    os.environ[COOKIE_SECRET] = secrets.token_urlsafe(32)
    config = _config(settings, app, log_level)
    _announce(settings, listening.getsockname(), key)
    with listening:
        if settings.workers > 1:
            with tempfile.TemporaryDirectory(prefix="mcpscan-metrics-") as folder:
                # Every worker then answers for the counts of all.
                os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
                workers = Workers(config, sockets=[listening])
                workers.run()
            if workers.failed:
                raise StartError("a worker did not start; the lines above say why")
            return
        server = uvicorn.Server(config)
        # uvicorn ends as asked, then sends itself the signal again; that end was asked for.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        server.run(sockets=[listening])
        if not server.started:
            raise StartError("the filter did not start; the lines above say why")


def _config(settings: Settings, app: Filter, log_level: str) -> uvicorn.Config:
    import uvicorn

    return uvicorn.Config(
        "mcpscan_service.app:from_environment" if settings.workers > 1 else app,
        factory=settings.workers > 1,
        workers=settings.workers,
        log_level=log_level,
        log_config=_logging(log_level),
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=math.ceil(settings.limits.shutdown_seconds),
    )


def _logging(level: str) -> dict[str, Any]:
    """Uvicorn's way of logging, for our own lines too."""
    from uvicorn.config import LOGGING_CONFIG

    ours = {name: {"handlers": ["default"], "level": level.upper(), "propagate": False} for name in LOGGERS}
    return {**LOGGING_CONFIG, "loggers": {**LOGGING_CONFIG["loggers"], **ours}}


def _with_key(origin: Origin, settings: Settings) -> tuple[Origin, Settings, str]:
    """On loopback without any key, one for this run, so that a first try is one command and still not open."""
    from mcpscan_service.auth.check import is_loopback

    if settings.auth.mode is not AuthMode.KEYS or settings.auth.keys or not is_loopback(settings.host):
        return origin, settings, ""
    key = secrets.token_urlsafe(32)
    said = dict(origin.said)
    keys = {"first-run": hashlib.sha256(key.encode()).hexdigest()}
    said["auth"] = {**said.get("auth", {}), "keys": keys}
    origin = replace(origin, said=said)
    return origin, origin.load(), key


def _made(origin: Origin, settings: Settings) -> Filter:
    """The application. Workers make their own; what it cannot be made of is found out here, once and in words."""
    try:
        from mcpscan_service.app import create_app
    except ModuleNotFoundError as problem:
        raise StartError(f"{problem.name} is missing: pip install 'mcpscan[service]'") from problem
    from mcpscan_service.auth import AuthError
    from mcpscan_service.brain import BrainError
    from mcpscan_service.telemetry.tracing import TelemetryError

    try:
        return create_app(settings, origin)
    except (AuthError, BrainError, TelemetryError) as problem:
        raise StartError(str(problem)) from problem


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as problem:
        listening.close()
        hint = "; --port 0 takes a free one" if settings.port else ""
        raise StartError(f"cannot listen on {settings.host}:{settings.port}: {problem.strerror}{hint}") from problem
    listening.set_inheritable(True)
    return listening


def _announce(settings: Settings, address: tuple[Any, ...], key: str) -> None:
    host = f"[{address[0]}]" if ":" in str(address[0]) else address[0]
    base = f"http://{host}:{address[1]}"
    said = [f"mcpscan serves at {base} ({settings.guard.summary()})"]
    said += [f"  {base}/{name}/mcp" for name in settings.upstreams]
    if not settings.upstreams:
        said.append("  no upstream: scans only; --upstream NAME=URL proxies a server")
    if settings.lock is None and settings.upstreams:
        said.append("  no lock: new and changed tools are scanned, not held back; --lock mcpscan.lock pins them")
    if key:
        said.append(f"  key of this run, as the header x-api-key: {key}")
    if settings.auth.mode is AuthMode.OFF:
        said.append("  no authentication: every program on this machine may call")
    click.echo("\n".join(said), err=True)
