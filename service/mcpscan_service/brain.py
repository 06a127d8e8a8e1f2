"""What judges: a scanner and a lock, as the settings ask for them."""

from __future__ import annotations

from dataclasses import dataclass

from mcpscan import Policy, PolicyError, Scanner
from mcpscan.classifier import Classifier
from mcpscan.lock import Lock, LockError
from mcpscan_service.guard import Judge, Pins
from mcpscan_service.settings import Settings


class BrainError(ValueError):
    """A policy or a lock that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Brain:
    """A scanner, and the judge that holds lists against the lock."""

    scanner: Scanner
    judge: Judge

    @classmethod
    def of(cls, settings: Settings, classifier: Classifier | None = None) -> Brain:
        """What the settings ask for; `classifier` is one that is loaded already. Raises `BrainError`."""
        try:
            policy = Policy.load(settings.policy) if settings.policy else Policy()
            lock = Lock.load(settings.lock) if settings.lock else None
        except (PolicyError, LockError, OSError) as problem:
            raise BrainError(str(problem)) from problem
        learned: Classifier | bool = (classifier or Classifier()) if settings.classifier else False
        scanner = Scanner(policy, classifier=learned, classifier_characters=settings.classifier_characters)
        pins = Pins(lock, scanner, settings.guard.drift) if lock is not None else None
        return cls(scanner, Judge(scanner, settings.guard.act_on, pins))
