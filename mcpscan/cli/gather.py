"""What the verbs that look at servers share: targets, live servers, progress, interrupts."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path

import click

from mcpscan import identity
from mcpscan.connect import Command, Url, capture
from mcpscan.finding import NotScanned, Target
from mcpscan.surface import Surface, read
from mcpscan.text import visible


@dataclass(slots=True)
class Job:
    """What is to be scanned, and what went wrong on the way."""

    surfaces: dict[str, Surface] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    missed: list[NotScanned] = field(default_factory=list)
    identities: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, document: object, source: str, protocol: str = "") -> str:
        """Take a document in under a name of its own, and say which."""
        number, free = 2, name
        while free in self.surfaces:
            free, number = f"{name} ({number})", number + 1
        surface = read(document)
        self.surfaces[free] = surface
        self.targets.append(
            Target(
                name=free, source=source, server=visible(surface.server),
                server_version=visible(surface.server_version), protocol=visible(surface.protocol or protocol),
            )
        )  # fmt: skip
        return free


class Targets(click.Command):
    """A command whose arguments after `--` are one command line, kept apart from the targets before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Split at the first `--`."""
        if "--" in args:
            at = args.index("--")
            ctx.meta["command"] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@dataclass(frozen=True, slots=True)
class Access:
    """How servers are reached: what they are given, how long they have, and where their answers are kept."""

    timeout: float = 60.0
    env: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    save: Path | None = None
    quiet: bool = False
    client: str = ""
    legacy: bool = False

    def header_fields(self) -> dict[str, str]:
        """The headers by name. Raises `click.UsageError` for one that is not `NAME: VALUE`."""
        made: dict[str, str] = {}
        for line in self.headers:
            name, colon, value = line.partition(":")
            if not colon or not name.strip():
                raise click.UsageError(f"--header {line!r}: write it as 'NAME: VALUE'")
            made[name.strip()] = value.strip()
        return made

    def command(self, argv: tuple[str, ...]) -> Command:
        """A command line with what it may see. Raises `click.UsageError` for a variable that there is not."""
        share = tuple(entry for entry in self.env if "=" not in entry)
        if missing := [name for name in share if name not in os.environ]:
            raise click.UsageError(f"--env {missing[0]}: you have no such variable; give it a value as {missing[0]}=…")
        return Command(argv, dict(entry.split("=", 1) for entry in self.env if "=" in entry), share)


def access_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of `Access`, handed on as one argument `access`."""

    @wraps(command)
    def with_access(
        *args: object,
        timeout: float,
        env: tuple[str, ...],
        headers: tuple[str, ...],
        save: Path | None,
        quiet: bool,
        **rest: object,
    ) -> None:
        command(*args, access=Access(timeout, env, headers, save, quiet), **rest)

    options = (
        click.option(
            "--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True,
            help="Seconds a server gets to start and list all it offers.",
        ),
        click.option(
            "--env", "env", multiple=True, metavar="NAME[=VALUE]",
            help="Give the started server a variable; without a value, yours. HOME gives it your home folder.",
        ),
        click.option(
            "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send a header to a server over HTTP."
        ),
        click.option(
            "--save", type=click.Path(file_okay=False, path_type=Path),
            help="Keep what live servers sent, one JSON file each, in this folder.",
        ),
        click.option("--quiet", "-q", is_flag=True, help="No progress on standard error."),
    )  # fmt: skip
    decorated: Callable[..., None] = with_access
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def gather(job: Job, targets: Sequence[str], argv: tuple[str, ...], access: Access, kind: str = "") -> None:
    """Take in everything that a command line names: files, standard input, URLs and one command."""
    headers = access.header_fields()
    for target in targets:
        if target.startswith(("http://", "https://")):
            _live(job, Url(target, headers), access)
        else:
            _file(job, target, kind)
    if argv:
        _live(job, access.command(argv), access)


def _file(job: Job, target: str, kind: str) -> None:
    if target == "-":
        name, data = "standard input", sys.stdin.buffer.read()
    else:
        name = Path(target).name
        try:
            data = Path(target).read_bytes()
        except OSError as problem:
            hint = "" if Path(target).exists() else "; to start a server, write `-- ` before its command"
            raise click.UsageError(f"{target}: {problem.strerror or problem}{hint}") from problem
    if not kind:
        label = job.add(name, data, target)
        job.identities[label] = identity.of_document(job.surfaces[label].server, name)
        return
    from mcpscan.surface import Kind, read_text

    try:
        job.surfaces[name] = read_text(data.decode(errors="replace"), Kind(kind))
    except ValueError as problem:
        raise click.UsageError(f"--kind {kind}: there are {', '.join(Kind)}") from problem
    job.targets.append(Target(name=name, source=target))


def _live(job: Job, target: Command | Url, access: Access) -> None:
    stdio = isinstance(target, Command)
    name = Path(target.argv[0]).name if isinstance(target, Command) else str(target)
    with progress(f"{name}: {'starting' if stdio else 'connecting'}", quiet=access.quiet) as step:
        got = capture(target, access.timeout, lambda what: step(f"{name}: {what}"), access.client, legacy=access.legacy)
    label = job.add(name, got.document, str(target))
    job.identities[label] = _identity(target)
    if got.empty:
        surface = job.surfaces[label]
        job.surfaces[label] = Surface(surface.passages, surface.items, surface.anomalies, (), surface.server)
    job.missed += [NotScanned(code=p.code, target=label, reason=visible(p.reason)) for p in got.problems]
    if got.empty and not got.problems:
        job.missed.append(NotScanned(code="nothing-listed", target=label, reason="it answered, but listed nothing"))
    if access.save is not None:
        save(access.save, label, got.document)


def _identity(target: Command | Url) -> str:
    """What a lock knows a live server by: as in an audit, made of its command without the secrets."""
    from mcpscan.inventory.redact import hide_words

    return identity.of_command(hide_words(target.argv)) if isinstance(target, Command) else identity.of_url(target.url)


def save(folder: Path, name: str, document: object) -> None:
    """Keep what a server sent, as JSON, in a file named after it. Raises `click.UsageError` where that cannot be written.

    A name that is long or that no file can have is cut or changed, and told from others by a digest.
    """
    import json

    path = folder / f"{_file_name(name)}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    except OSError as problem:
        raise click.UsageError(f"--save {visible(str(path))}: {problem.strerror or problem}") from problem


def _file_name(name: str) -> str:
    import hashlib
    import re

    kept = re.sub(r"[^A-Za-z0-9._-]+", "_", name)[:80]
    if kept == name and name.strip("."):
        return name
    return f"{kept}-{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:12]}"


@contextlib.contextmanager
def progress(first: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is going on, where standard error is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True, no_color="NO_COLOR" in os.environ)
    with console.status(visible(first)) as line:
        yield lambda what: line.update(visible(what))


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let an interrupt or a polite kill end the scan with its servers, and say so in the exit status."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted: nothing was concluded", err=True)
        sys.exit(3)
    finally:
        signal.signal(signal.SIGTERM, before)
