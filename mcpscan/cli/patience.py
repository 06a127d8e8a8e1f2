"""Building a scanner, with a word to the user where that takes a while."""

from __future__ import annotations

import sys
import threading

import click

from mcpscan.engine import Scanner
from mcpscan.policy import Policy

PATIENCE = 1.5
"""Seconds after which the user is told what is going on."""


def build(policy: Policy | None = None, engine: str = "auto", *, classifier: bool = True) -> Scanner:
    """A scanner. The first one of a new version compiles the rules, which takes seconds and is then kept."""
    timer = threading.Timer(PATIENCE, _tell)
    timer.daemon = True
    timer.start()
    try:
        return Scanner(policy, backend=engine, classifier=classifier)
    finally:
        timer.cancel()


def _tell() -> None:
    if sys.stderr.isatty():
        click.echo("Compiling the rules; this takes some seconds, once.", err=True)
