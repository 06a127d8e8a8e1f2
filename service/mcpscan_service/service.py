"""Everything that one process of the filter holds, put together from its settings; a reload swaps it whole."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from mcpscan import Policy, PolicyError, Scanner
from mcpscan.classifier import Classifier
from mcpscan.lock import Lock, LockError
from mcpscan_service.api.scans import Scans
from mcpscan_service.console import Memory
from mcpscan_service.guard import Guard, Judge, Pins, Quarantine, Watcher
from mcpscan_service.load import Origin, SettingsError
from mcpscan_service.proxy import Proxy
from mcpscan_service.record import JsonlRecorder
from mcpscan_service.settings import Settings

LOOKS = 2.0
"""Seconds between two looks at the files that settings come from."""

FIXED = ("host", "port", "workers", "audit", "auth", "telemetry", "console")
"""Settings that a reload does not change; a restart does."""

_log = logging.getLogger(__name__)


class ServiceError(ValueError):
    """Settings whose files cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Brain:
    """What judges: a scanner, and the lock that lists are held against."""

    scanner: Scanner
    judge: Judge

    @classmethod
    def of(cls, settings: Settings, classifier: Classifier | None = None) -> Brain:
        """What the settings ask for. Raises `ServiceError` for a policy or a lock that cannot be used."""
        try:
            policy = Policy.load(settings.policy) if settings.policy else Policy()
            lock = Lock.load(settings.lock) if settings.lock else None
        except (PolicyError, LockError, OSError) as problem:
            raise ServiceError(str(problem)) from problem
        learned: Classifier | bool = (classifier or Classifier()) if settings.classifier else False
        scanner = Scanner(policy, classifier=learned, classifier_characters=settings.classifier_characters)
        pins = Pins(lock, scanner, settings.guard.drift) if lock is not None else None
        return cls(scanner, Judge(scanner, settings.guard.act_on, pins))
