"""Asking before a server is started: nothing that a configuration names runs without a yes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from mcpscan.fleet import Audited
from mcpscan.text import visible

UNASKED = "nobody agreed to start it: answer yes, or give --yes or --allow"
REFUSED = "you chose not to start it"
NOT_STARTED = "--no-start was given"


@dataclass(frozen=True, slots=True)
class Consent:
    """What the command line says about starting servers: all of them, some by name, none, or ask."""

    every: bool = False
    none: bool = False
    names: frozenset[str] = frozenset()

    def refused(self, servers: Sequence[tuple[Audited, str]]) -> dict[str, str]:
        """Of some servers and their command lines, those that may not be started, with the reason, by id.

        Asks one by one on a terminal; where there is none, nothing that was not named is started.
        """
        if self.every:
            return {}
        if self.none:
            return {server.id: NOT_STARTED for server, _ in servers if not self._named(server)}
        asked = [(server, command) for server, command in servers if not self._named(server)]
        if not asked:
            return {}
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return {server.id: UNASKED for server, _ in asked}
        return _ask(asked)

    def _named(self, server: Audited) -> bool:
        return bool({server.installed.name, server.id, server.installed.identity} & self.names)


def _ask(servers: Sequence[tuple[Audited, str]]) -> dict[str, str]:
    click.echo(f"{len(servers)} servers are programs. To see what they offer they must be started.", err=True)
    refused: dict[str, str] = {}
    every = none = False
    for server, command in servers:
        if every or none:
            refused |= {server.id: REFUSED} if none else {}
            continue
        entry = server.installed
        click.echo(f"\n{visible(entry.name)}  ({entry.client}, {visible(entry.file)}:{entry.line})", err=True)
        click.echo(f"  {visible(command)}", err=True)
        if entry.variables:
            click.echo(f"  with {', '.join(visible(name) for name in entry.variables)}", err=True)
        answer = click.prompt(
            "  start it? [y]es, [n]o, [a]ll, n[o]ne",
            type=click.Choice(["y", "n", "a", "o"]), default="n", show_choices=False, err=True,
        )  # fmt: skip
        every, none = answer == "a", answer == "o"
        if answer in {"n", "o"}:
            refused[server.id] = REFUSED
    return refused
