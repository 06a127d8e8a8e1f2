"""`mcpscan scan`: files, standard input, URLs and live servers to one report."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from mcpscan.cli.patience import build
from mcpscan.connect import Command, Url, capture
from mcpscan.finding import Action, NotScanned, Report, Target
from mcpscan.policy import Policy, PolicyError, missed, severest
from mcpscan.render import FORMATS, render
from mcpscan.surface import Surface, read
from mcpscan.text import visible

EPILOG = """\b
Examples:
  mcpscan scan -- mcp-server-time --local-timezone UTC   start a server and read all it offers
  mcpscan scan tools.json                                a tools/list result, a wire log, a dump
  curl -s https://host/result.json | mcpscan scan -      standard input
  mcpscan scan https://host.example/mcp --header 'Authorization: Bearer …'
  mcpscan scan a.json b.json -- npx -y some-server       several together: shadowing between them is seen
  mcpscan scan tools.json --format sarif --output out.sarif

\b
Exit status, the same for every format:
  0  nothing at or above --fail-on      1  something is
  2  wrong usage                        3  could not look
"""


@dataclass(slots=True)
class Job:
    """What is to be scanned, and what went wrong on the way."""

    surfaces: dict[str, Surface] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    missed: list[NotScanned] = field(default_factory=list)

    def add(self, name: str, document: object, source: str, protocol: str = "") -> None:
        """Take a document in under a name of its own."""
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


class Targets(click.Command):
    """A command whose arguments after `--` are one command line, kept apart from the targets before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Split at the first `--`."""
        if "--" in args:
            at = args.index("--")
            ctx.meta["command"] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command("scan", cls=Targets, epilog=EPILOG)
@click.argument("targets", nargs=-1, metavar="[TARGET]... [-- COMMAND [ARG]...]")
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print the report.  [default: terminal]")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file instead."
)
@click.option(
    "--fail-on",
    type=click.Choice(["review", "block", "never"]),
    default="review",
    show_default=True,
    help="The verdict from which on the exit status is 1.",
)
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Policy and suppressions.  [default: mcpscan.toml here, if there is one]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="Seconds a server gets to start and list all it offers.",
)
@click.option(
    "--env",
    "env",
    multiple=True,
    metavar="NAME[=VALUE]",
    help="Give the started server a variable; without a value, yours. HOME gives it your home folder.",
)
@click.option(
    "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send a header to a server over HTTP."
)
@click.option(
    "--kind", default="", help="Read the targets as plain texts of this kind (tool_description, tool_result, …)."
)
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep what live servers sent, one JSON file each, in this folder.",
)
@click.option(
    "--no-classifier", is_flag=True, help="Rules only. This release ships no model, so this is how it runs anyway."
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "hyperscan", "regex"]),
    default="auto",
    show_default=True,
    help="The matching engine.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress on standard error.")
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    form: str | None,
    output: Path | None,
    fail_on: str,
    config: Path | None,
    timeout: float,
    env: tuple[str, ...],
    headers: tuple[str, ...],
    kind: str,
    save: Path | None,
    engine: str,
    *,
    no_classifier: bool,
    quiet: bool,
) -> None:
    """Scan what MCP servers say: their tools, prompts, resources, results and errors.

    TARGET is a JSON file, `-` for standard input, or an http(s) URL; after `--` stands the command line of a stdio
    server. A started server gets an empty home folder and none of your environment but PATH, locale and time zone,
    and every process that it starts ends with the scan.
    """
    argv: tuple[str, ...] = ctx.meta.get("command", ())
    if not targets and not argv:
        raise click.UsageError("nothing to scan: name a file, a URL, `-`, or `-- COMMAND` (see mcpscan scan --help)")
    policy = _policy(config)
    with _interruptible():
        job = Job()
        for target in targets:
            _gather(job, target, kind, _headers(headers), timeout, save, quiet=quiet)
        if argv:
            _live(job, _command(argv, env), timeout, save, quiet=quiet)
        report = build(policy, engine).scan_surfaces(job.surfaces, job.targets, job.missed)
    _print(report, form, output)
    sys.exit(status(report, policy, fail_on))


def status(report: Report, policy: Policy, fail_on: str) -> int:
    """The exit status of a report: 1 for findings at `fail_on` or above, else 3 for anything that was not looked at."""
    if fail_on != "never" and severest(policy, report.findings).rank >= Action(fail_on).rank:
        return 1
    return 3 if missed(policy, report.not_scanned) or report.errors else 0


def _policy(config: Path | None) -> Policy:
    path = config or Path("mcpscan.toml")
    if config is None and not path.is_file():
        return Policy()
    try:
        return Policy.load(path)
    except PolicyError as problem:
        raise click.UsageError(str(problem)) from problem


def _headers(lines: Sequence[str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise click.UsageError(f"--header {line!r}: write it as 'NAME: VALUE'")
        made[name.strip()] = value.strip()
    return made


def _command(argv: tuple[str, ...], entries: Sequence[str]) -> Command:
    share = tuple(entry for entry in entries if "=" not in entry)
    if missing := [name for name in share if name not in os.environ]:
        raise click.UsageError(f"--env {missing[0]}: you have no such variable; give it a value as {missing[0]}=…")
    return Command(argv, dict(entry.split("=", 1) for entry in entries if "=" in entry), share)


def _gather(
    job: Job, target: str, kind: str, headers: dict[str, str], timeout: float, save: Path | None, *, quiet: bool
) -> None:
    if target.startswith(("http://", "https://")):
        _live(job, Url(target, headers), timeout, save, quiet=quiet)
        return
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
        job.add(name, data, target)
        return
    from mcpscan.surface import Kind, read_text

    try:
        job.surfaces[name] = read_text(data.decode(errors="replace"), Kind(kind))
    except ValueError as problem:
        raise click.UsageError(f"--kind {kind}: there are {', '.join(Kind)}") from problem
    job.targets.append(Target(name=name, source=target))


def _live(job: Job, target: Command | Url, timeout: float, save: Path | None, *, quiet: bool) -> None:
    name = Path(target.argv[0]).name if isinstance(target, Command) else str(target)
    with _progress(f"{name}: starting" if isinstance(target, Command) else f"{name}: connecting", quiet=quiet) as step:
        got = capture(target, timeout, lambda what: step(f"{name}: {what}"))
    job.add(name, got.document, str(target))
    label = job.targets[-1].name
    if got.empty:
        surface = job.surfaces[label]
        job.surfaces[label] = Surface(surface.passages, surface.items, surface.anomalies, (), surface.server)
    job.missed += [NotScanned(code=p.code, target=label, reason=visible(p.reason)) for p in got.problems]
    if got.empty and not got.problems:
        job.missed.append(NotScanned(code="nothing-listed", target=label, reason="it answered, but listed nothing"))
    if save is not None:
        _save(save, label, got.document)


def _save(folder: Path, name: str, document: object) -> None:
    import json
    import re

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (re.sub(r"[^A-Za-z0-9._-]+", "_", name) + ".json")
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")


@contextlib.contextmanager
def _progress(first: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is going on, where standard error is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True, no_color="NO_COLOR" in os.environ)
    with console.status(visible(first)) as line:
        yield lambda what: line.update(visible(what))


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let an interrupt or a polite kill end the scan with its servers, and say so in the exit status."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("interrupted: nothing was concluded", err=True)
        sys.exit(3)
    finally:
        signal.signal(signal.SIGTERM, before)


def _print(report: Report, form: str | None, output: Path | None) -> None:
    if output is not None:
        try:
            output.write_text(render(report, form or _by_suffix(output)) + "\n", encoding="utf-8")
        except OSError as problem:
            raise click.UsageError(f"--output {output}: {problem.strerror or problem}") from problem
        click.echo(f"{report.verdict.action.value}: {len(report.findings)} findings, written to {output}", err=True)
        return
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns
    text = render(report, form or "terminal", color=color, width=width)
    try:
        sys.stdout.buffer.write((text + "\n").encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader left early (`| head`); Python would complain once more while it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _by_suffix(path: Path) -> str:
    suffixes = {".sarif": "sarif", ".json": "json", ".xml": "junit", ".md": "markdown"}
    return suffixes.get(path.suffix.lower(), "terminal")
