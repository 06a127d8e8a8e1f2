"""`mcpscan approve`: accept drift that someone looked at."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcpscan.cli.drift import lock_at, pinned_as
from mcpscan.cli.gather import Access, Job, Targets, access_options, gather, interruptible
from mcpscan.cli.lock import approved, write
from mcpscan.lock import NAME, LockError, accept

EPILOG = """\b
Examples:
  mcpscan approve --why 'reviewed the release notes' -- uvx mcp-server-git
  mcpscan approve --only git_diff --why 'new option' -- uvx mcp-server-git
  mcpscan approve new-dump.json --only send_mail
"""


@click.command("approve", cls=Targets, epilog=EPILOG)
@click.argument("targets", nargs=-1, metavar="[TARGET] [-- COMMAND [ARG]...]")
@click.option("--only", default="", metavar="TOOL", help="Accept what changed in this tool, prompt or resource alone.")
@click.option(
    "--lock", "path", type=click.Path(dir_okay=False, path_type=Path), default=NAME, show_default=True,
    help="The lock file.",
)  # fmt: skip
@click.option("--name", default="", help="The name it was pinned under, where that is not its own.")
@click.option("--why", default="", help="A reason, kept in the lock.")
@click.option("--who", default="", help="Who approves.  [default: you]")
@access_options
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    only: str,
    path: Path,
    name: str,
    why: str,
    who: str,
    *,
    access: Access,
) -> None:
    """Accept the drift of a server: everything, or what changed in one part (--only), with who, when and why."""
    argv: tuple[str, ...] = ctx.meta.get("command", ())
    if len(targets) + bool(argv) != 1:
        raise click.UsageError("name one target: a file, a URL, or `-- COMMAND` (see mcpscan approve --help)")
    lock = lock_at(path)
    with interruptible():
        job = Job()
        gather(job, targets, argv, access)
    if job.missed:
        click.echo(f"{job.missed[0].target}: {job.missed[0].reason}; nothing was approved", err=True)
        sys.exit(3)
    label, surface = next(iter(job.surfaces.items()))
    identity = name or job.identities.get(label, label)
    pinned = pinned_as(lock, identity, label)
    if pinned is None:
        raise click.UsageError(f"{identity} is not in {path}; `mcpscan lock` pins it")
    try:
        write(path, accept(pinned, surface, approved(who, why), only))
    except LockError as problem:
        raise click.UsageError(str(problem)) from problem
