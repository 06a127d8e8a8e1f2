"""The words that a client has to start for a server to be wrapped."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from mcpscan.inventory import Server
from mcpscan_service.wrap.options import Aside, Options


def prefixes(options: Options, program: tuple[str, ...] | None = None) -> Callable[[Server], tuple[str, ...]]:
    """For each server, the words that come before its command, `--` included. Paths become absolute."""
    start = program or own_program()
    given = tuple(_given(options))

    def of(server: Server) -> tuple[str, ...]:
        name = options.name or server.name
        # A name that looks like an option has to be part of one word.
        named = (f"--name={name}",) if name.startswith("-") else ("--name", name)
        return (*start, "wrap", *given, *named, "--")

    return of


def own_program() -> tuple[str, ...]:
    """This very mcpscan, by its full path: clients start servers with a PATH of their own."""
    name = "mcpscan.exe" if sys.platform == "win32" else "mcpscan"
    beside = Path(sys.executable).with_name(name)
    if beside.is_file():
        return (str(beside),)
    found = shutil.which("mcpscan")
    # Without -P the client's project could bring an `mcpscan` of its own.
    return (os.path.abspath(found),) if found else (sys.executable, "-P", "-m", "mcpscan")  # noqa: PTH100 - links stay


def _given(options: Options) -> list[str]:
    words: list[str] = []
    for name, path in (
        ("--config", options.config),
        ("--lock", options.lock),
        ("--policy", options.policy),
        ("--audit-log", options.audit_log),
    ):
        words += [name, str(path.absolute())] if path else []
    words += ["--mode", options.mode] if options.mode else []
    words += ["--stderr", options.aside.value] if options.aside is not Aside.SCAN else []
    words += ["--no-classifier"] if options.no_classifier else []
    return [*words, "--fail-open"] if options.fail_open else words
