"""One audit from beginning to end: what is configured, what may be started, what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcpscan.audit.assemble import Assembly
from mcpscan.audit.config import rule
from mcpscan.audit.look import Given, Plan, look, planned
from mcpscan.audit.run import Seen, identified
from mcpscan.audit.start import Filling
from mcpscan.engine import Scanner
from mcpscan.finding import Failure, Report
from mcpscan.fleet import Audit, Audited, Status
from mcpscan.inventory import Inventory, Machine, inventory
from mcpscan.inventory.redact import installed
from mcpscan.lock import Lock, LockError
from mcpscan.surface import Surface


@dataclass(frozen=True, slots=True)
class Where:
    """Which configurations are looked at: those of all clients or of some, of projects, or single files alone."""

    clients: tuple[str, ...] = ()
    projects: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    all_users: bool = False

    def inventory(self) -> Inventory:
        """What is configured there. Raises `ValueError` for a client that is not known."""
        return inventory(
            Machine.here(), self.projects, self.clients, self.files, all_users=self.all_users, homes=not self.files
        )


class Auditing:
    """An audit under way. `ask` may be called before `look`; without it every program is started.

    `given` are variables and headers for the servers besides those of their configuration.
    """

    def __init__(self, found: Inventory, scanner: Scanner, lock_file: Path, given: Given | None = None) -> None:
        self.found = found
        self.scanner = scanner
        self.servers = identified(found.servers)
        self.plan: Plan = planned(self.servers, Filling(os.environ, str(Path.home())), given)
        self.seen: dict[str, Seen] = {}
        self.errors: list[Failure] = []
        self.lock = self._lock(lock_file)

    def _lock(self, path: Path) -> Lock | None:
        try:
            return Lock.load(path) if path.exists() else None
        except (LockError, OSError) as problem:
            self.errors.append(Failure(where="lock", target=str(path), problem=str(problem)))
            return None

    def ask(self, refused: Callable[[Sequence[tuple[Audited, str]]], Mapping[str, str]]) -> None:
        """Let somebody say which programs may not be started: told each with its command line, gives reasons by id."""
        asked = [
            (Audited(id=name, installed=installed(self.servers[name]), status=Status.LISTED), command)
            for name, command in self.plan.asked.items()
        ]
        self.plan.refuse(refused(asked))

    def look(self, timeout: float, step: Callable[[str, str], None] = lambda _name, _what: None) -> Audit:
        """Start and dial what may be, and put everything together. Raises `KeyboardInterrupt` when interrupted."""
        self.seen = look(self.plan, timeout, step, self._scan)
        assembly = Assembly(
            self.scanner, rule.Machine.here(), self.found, self.servers, self.seen, self.lock, errors=self.errors
        )
        return assembly.audit()

    def _scan(self, name: str, surface: Surface) -> Report:
        return self.scanner.scan_surfaces({name: surface}, ())
