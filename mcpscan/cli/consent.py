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
        those = [server for server, _ in servers]
        named = {one_of(name, those, "--allow").id for name in self.names if any(_is(name, one) for one in those)}
        asked = [(server, command) for server, command in servers if server.id not in named]
        if self.none:
            return {server.id: NOT_STARTED for server, _ in asked}
        if not asked:
            return {}
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return {server.id: UNASKED for server, _ in asked}
        return _ask(asked)


def one_of(name: str, servers: Sequence[Audited], option: str) -> Audited:
    """The server of an id, or the only one of a name or identity.

    Raises `click.UsageError` where there is none, or several: a project must not pass for another by its name.
    """
    found = [server for server in servers if server.id == name]
    found = found or [server for server in servers if _is(name, server)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"{option} {name}: no such server here; see mcpscan audit --list")
    ids = ", ".join(repr(server.id) for server in found)
    raise click.UsageError(f"{option} {name}: there are several, say which: {ids}")


def _is(name: str, server: Audited) -> bool:
    return name in {server.id, server.installed.name, server.installed.identity}


def _ask(servers: Sequence[tuple[Audited, str]]) -> dict[str, str]:
    click.echo(f"{len(servers)} servers need your consent: to see what they offer they must be started.", err=True)
    refused: dict[str, str] = {}
    every = none = False
    for server, command in servers:
        if every or none:
            refused |= {server.id: REFUSED} if none else {}
            continue
        entry = server.installed
        click.echo(f"\n{visible(entry.name)}  ({entry.client}, {visible(entry.file)}:{entry.line})", err=True)
        click.echo(f"  {visible(command)}", err=True)
        if entry.directory:
            click.echo(f"  in {visible(entry.directory)}", err=True)
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
