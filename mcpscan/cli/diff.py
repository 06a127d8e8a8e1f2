"""`mcpscan diff`: what changed, which change is dangerous, and why."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from mcpscan.cli.drift import LOCK_FILE, PINNED_AS, lock_at, pinned_as
from mcpscan.cli.gather import Access, Job, Targets, access_options, gather, interruptible
from mcpscan.cli.output import policy_of, print_report, status
from mcpscan.cli.patience import build
from mcpscan.engine import Scanner
from mcpscan.finding import Report
from mcpscan.lock import LockError
from mcpscan.surface import Surface

EPILOG = """\b
Examples:
  mcpscan diff old.json new.json                 two dumps
  mcpscan diff -- uvx mcp-server-git             a live server with mcpscan.lock
  mcpscan diff https://host.example/mcp          the same over HTTP
  mcpscan diff old.json new.json --format markdown --output drift.md
"""


@click.command("diff", cls=Targets, epilog=EPILOG)
@click.argument("targets", nargs=-1, metavar="OLD NEW | TARGET [-- COMMAND [ARG]...]")
@LOCK_FILE
@PINNED_AS
@click.option(
    "--format", "form", type=click.Choice(("terminal", "json", "markdown", "sarif", "junit")),
    help="How to print the report.  [default: terminal]",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file instead.")
@click.option(
    "--fail-on", type=click.Choice(["review", "block", "never"]), default="review", show_default=True,
    help="The grade from which on the exit status is 1.",
)  # fmt: skip
@click.option(
    "--config", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Policy and suppressions.  [default: mcpscan.toml here, if there is one]",
)  # fmt: skip
@click.option("--no-classifier", is_flag=True, help="Rules only.")
@access_options
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    path: Path,
    name: str,
    form: str | None,
    output: Path | None,
    fail_on: str,
    config: Path | None,
    *,
    no_classifier: bool,
    access: Access,
) -> None:
    """Show what changed between two versions, graded: allow, review or block, each with its class and reason.

    With one target, what was approved in mcpscan.lock is the old version.
    """
    argv: tuple[str, ...] = ctx.meta.get("command", ())
    count = len(targets) + bool(argv)
    if count not in {1, 2}:
        raise click.UsageError("name OLD and NEW, or one target to compare with the lock (see mcpscan diff --help)")
    policy = policy_of(config)
    with interruptible():
        job = Job()
        gather(job, targets, argv, access)
        labels = list(job.surfaces)
        new = job.surfaces[labels[-1]]
        old = job.surfaces[labels[0]] if count == 2 else _approved(path, name or job.identities[labels[0]], labels[0])
        report = _compared(build(policy, classifier=not no_classifier), old, new, job, labels[-1])
    print_report(report, form, output)
    sys.exit(status(report, policy, fail_on))


def _approved(path: Path, identity: str, label: str) -> Surface:
    lock = lock_at(path)
    pinned = pinned_as(lock, identity, label)
    try:
        return (pinned or lock.find(identity)).surface()
    except LockError as problem:
        raise click.UsageError(str(problem)) from problem


def _compared(scanner: Scanner, old: Surface, new: Surface, job: Job, label: str) -> Report:
    report = scanner.compare(old, new, label)
    target = next(target for target in job.targets if target.name == label)
    missed = (*report.not_scanned, *job.missed)
    verdict = scanner.judge(report.findings, missed, len(report.errors))
    return replace(report, targets=(target,), not_scanned=missed, verdict=verdict)
