"""`mcpscan approve`: accept drift that someone looked at."""

from __future__ import annotations

from pathlib import Path

import click

from mcpscan.cli.drift import LOCK_FILE, PINNED_AS, WHO, WHY, lock_at, pinned_as
from mcpscan.cli.gather import Access, Job, Targets, access_options, gather, interruptible
from mcpscan.cli.lock import approved, refuse_gaps, write
from mcpscan.cli.output import policy_of
from mcpscan.lock import accept

EPILOG = """\b
Examples:
  mcpscan approve --why 'reviewed the release notes' -- uvx mcp-server-git
  mcpscan approve --only git_diff --why 'new option' -- uvx mcp-server-git
  mcpscan approve new-dump.json --only send_mail
"""


@click.command("approve", cls=Targets, epilog=EPILOG)
@click.argument("targets", nargs=-1, metavar="[TARGET] [-- COMMAND [ARG]...]")
@click.option("--only", default="", metavar="TOOL", help="Accept what changed in this tool, prompt or resource alone.")
@LOCK_FILE
@PINNED_AS
@WHY
@WHO
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
    refuse_gaps(job, policy_of(None), "nothing was approved")
    label, surface = next(iter(job.surfaces.items()))
    identity = name or job.identities.get(label, label)
    pinned = pinned_as(lock, identity, label)
    if pinned is None:
        raise click.UsageError(f"{identity} is not in {path}; `mcpscan lock` pins it")
    approval = approved(who, why)
    write(path, lambda now: accept(now.find(pinned.identity), surface, approval, only))
