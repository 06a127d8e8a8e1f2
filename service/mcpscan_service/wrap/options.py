"""What a command line says about a wrapped server."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Aside(StrEnum):
    """What becomes of what a server writes to standard error."""

    SCAN = "scan"
    PASS = "pass"  # noqa: S105 - a word that means "let it pass"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Options:
    """How a server is wrapped. What is None or "" is as the settings in `config` say, or else the default."""

    argv: tuple[str, ...] = ()
    name: str = ""
    config: Path | None = None
    mode: str = ""
    lock: Path | None = None
    policy: Path | None = None
    audit_log: Path | None = None
    aside: Aside = Aside.SCAN
    no_classifier: bool = False
    fail_open: bool = False
