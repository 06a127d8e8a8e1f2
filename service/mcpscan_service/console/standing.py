"""How the filter stands: what is in force, in short facts with a tone, the way a person asks for them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from mcpscan._version import __version__
from mcpscan_service.console.command import without_secrets
from mcpscan_service.console.memory import Snapshot
from mcpscan_service.guard import Channel, Failing, Guard, Mode
from mcpscan_service.settings import AuthMode, Settings

SHOWN = 100
"""Servers that are listed one by one."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What the filter runs with now; a reload makes another.

    `started` is the Unix time of the start, `states` what is known of upstreams by name ("reachable", …), `problems`
    what somebody must see first: one line each.
    """

    guard: Guard
    settings: Settings
    started: float
    states: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `tone` is "good", "warn", "bad" or "" for neither."""

    label: str
    value: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Upstream:
    """A server as the page lists it: `last` is the Unix time of its last decision, 0 without one."""

    name: str
    url: str
    state: str
    count: int
    last: float


def facts(now: InForce, time: float) -> tuple[Fact, ...]:
    """What is in force."""
    settings, guard = now.settings, now.guard
    modes = guard.settings
    closed = modes.on_failure is Failing.CLOSED
    watched = modes.mode in {Mode.MONITOR, Mode.ANNOTATE}
    others = ", ".join(
        f"{channel} {modes.mode_of(channel)}" for channel in Channel if modes.mode_of(channel) is not modes.mode
    )
    return (
        Fact("Mode", modes.mode, "warn" if watched else "good", others or "every channel"),
        Fact("On failure", modes.on_failure, "good" if closed else "bad",
             "what cannot be scanned is stopped" if closed else "what cannot be scanned passes"),
        _classifier(guard),
        _lock(guard, settings),
        Fact("Unscannable parts", modes.unscannable, "warn" if modes.unscannable == "pass" else "",
             "pictures, sound, binary data"),
        Fact("Audit log", "on" if settings.audit.path else "off", "" if settings.audit.path else "warn",
             _audit(settings)),
        Fact("Callers", settings.auth.mode, "warn" if settings.auth.mode is AuthMode.OFF else "",
             "nobody is asked who they are" if settings.auth.mode is AuthMode.OFF else "must prove who they are"),
        Fact("Up", age(time - now.started), "", f"version {__version__}"),
    )  # fmt: skip


def worker(settings: Settings) -> str:
    """Whose memory the page shows."""
    if settings.workers <= 1:
        return f"process {os.getpid()}"
    return f"worker process {os.getpid()}, one of {settings.workers}: each remembers only what it decided itself"


def upstreams(now: InForce, seen: Snapshot) -> tuple[Upstream, ...]:
    """The servers that are configured, then others that decisions named; the busiest first."""
    configured = now.settings.upstreams
    names = dict.fromkeys((*configured, *seen.servers))
    listed = [
        Upstream(
            name,
            without_secrets(configured[name].url) if name in configured else "",
            now.states.get(name, ""),
            seen.servers[name],
            seen.last.get(name, 0.0),
        )
        for name in names
    ]
    return tuple(sorted(listed, key=lambda each: -each.count)[:SHOWN])


def age(seconds: float) -> str:
    """A time span in its two largest units.

    >>> age(59.2), age(3 * 3600 + 125), age(90_061)
    ('59 s', '3 h 2 min', '1 d 1 h')
    """
    left = max(0, int(seconds))
    said: list[str] = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, left = divmod(left, size)
        if count or (unit == "s" and not said):
            said.append(f"{count} {unit}")
    return " ".join(said[:2])


def _classifier(guard: Guard) -> Fact:
    on = guard.judge.scanner.classifies
    return Fact(
        "Classifier", "on" if on else "off", "good" if on else "", "rules and classifier" if on else "rules alone"
    )


def _lock(guard: Guard, settings: Settings) -> Fact:
    pins = guard.judge.pins
    if pins is None:
        return Fact("Lock", "none", "warn", "changed definitions are not noticed")
    count = len(pins.lock.servers)
    return Fact("Lock", f"{count} server{'s' * (count != 1)}", "good", str(settings.lock or ""))


def _audit(settings: Settings) -> str:
    audit = settings.audit
    if not audit.path:
        return "decisions are not written down"
    return "".join([str(audit.path), ", chained" * audit.chain, ", durable" * audit.durable])
