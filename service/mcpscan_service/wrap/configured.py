"""From a command line and a settings file to a guard that is ready for one server."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from mcpscan.engine import Scanner
from mcpscan.identity import of_command
from mcpscan.inventory.redact import hide_words
from mcpscan.lock import Lock, LockError
from mcpscan.policy import Policy, PolicyError
from mcpscan_service.guard import Conversation, Guard, Judge, Pins, Recorder
from mcpscan_service.guard.decision import event_id
from mcpscan_service.settings import OTHERS, PREFIX, AuditSettings, Settings
from mcpscan_service.wrap.options import Options

_WARM = "A word to wake the classifier with, before the first message comes."


class ConfigError(ValueError):
    """Settings that cannot be used; the message says where, why, and quotes no value."""


class Closing(Recorder, Protocol):
    """A recorder that has to be opened, and closed when all is written."""

    def start(self) -> None:
        """Open what is written to. Raises `OSError`."""

    def close(self) -> None:
        """Write what waits. Raises `OSError`."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything that a wrapped server's messages need: who decides, between whom, and under which settings."""

    guard: Guard
    talk: Conversation
    settings: Settings
    recorder: Closing | None = None

    def warm(self) -> None:
        """Load what is loaded on first use."""
        if self.guard.judge.scanner.classifies:
            self.guard.judge.scanner.scan_text(_WARM)

    def close(self) -> None:
        """Finish what is under way, and the log of decisions. Raises `OSError` where that could not be written."""
        self.guard.close()
        if self.recorder is not None:
            self.recorder.close()


def ready(options: Options) -> Ready:
    """The guard for one server. Raises `ConfigError` for settings, a policy or a lock that cannot be used."""
    settings = settings_of(options)
    policy = _policy(settings.policy)
    scanner = Scanner(policy, classifier=settings.classifier)
    known = of_command(hide_words(options.argv))
    lock = _lock(settings.lock)
    pins = Pins(lock, scanner, settings.guard.drift) if lock else None
    # A server may be pinned under a name of its own: `mcpscan lock --name`.
    pin = options.name if lock and options.name in lock.servers else known
    recorder = _recorder(settings.audit)
    guard = Guard(Judge(scanner, settings.guard.act_on, pins), settings.guard, recorder=recorder)
    talk = Conversation(options.name or known, pin=pin, transport="stdio", session=event_id())
    return Ready(guard, talk, settings, recorder)


def settings_of(options: Options) -> Settings:
    """The settings: the command line before the environment before the file. Raises `ConfigError`."""
    guard = {"mode": options.mode} if options.mode else {}
    guard |= {"on_failure": "open"} if options.fail_open else {}
    said: dict[str, Any] = {
        "guard": guard,
        "audit": {"path": options.audit_log} if options.audit_log else {},
        "lock": options.lock,
        "policy": options.policy,
        "classifier": False if options.no_classifier else None,
    }
    said = {name: value for name, value in said.items() if value not in (None, {})}
    variables = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in OTHERS)
    if not variables:
        return _without_variables(options.config, said)
    try:
        from mcpscan_service.load import Origin, SettingsError
    except ImportError as problem:
        raise ConfigError(f"{variables[0]} is set: settings from variables need mcpscan[service]") from problem
    try:
        return Origin(options.config, said).load()
    except SettingsError as problem:
        raise ConfigError(str(problem)) from problem


def _without_variables(config: Path | None, said: Mapping[str, Any]) -> Settings:
    """The settings where no variable holds one: what reads those takes longer to load than all of this."""
    table = _table(config) if config else {}
    merged = {**table, **said}
    for name in ("guard", "audit"):
        merged[name] = {**_inner(table, name), **said.get(name, {})}
    try:
        return Settings.model_validate(merged)
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ConfigError(f"{config or 'the settings'}: {where}: {first['msg']}") from None


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ConfigError(f"{path}: {getattr(problem, 'strerror', None) or problem}") from None


def _inner(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise ConfigError(f"{name} is no table; write [{name}] above its settings")
    return dict(found)


def _policy(path: Path | None) -> Policy:
    # No mcpscan.toml is taken from the folder here: a project that was cloned could bring its own, and suppress.
    if path is None:
        return Policy()
    try:
        return Policy.load(path)
    except PolicyError as problem:
        raise ConfigError(str(problem)) from problem


def _lock(path: Path | None) -> Lock | None:
    if path is None:
        return None
    try:
        return Lock.load(path)
    except (LockError, OSError) as problem:
        raise ConfigError(str(problem)) from problem


def _recorder(audit: AuditSettings) -> Closing | None:
    """Where decisions are written, if anywhere."""
    if audit.path is None:
        return None
    try:
        made: Closing = import_module("mcpscan_service.record").JsonlRecorder(audit)
        made.start()
    except ImportError as problem:
        raise ConfigError("--audit-log: writing records needs mcpscan[service]") from problem
    except OSError as problem:
        raise ConfigError(f"--audit-log {audit.path}: {problem.strerror or problem}") from problem
    return made
