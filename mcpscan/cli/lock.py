"""`mcpscan lock`: approve servers as they are now, and keep what was approved."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from mcpscan.cli.drift import LOCK_FILE, WHO, WHY
from mcpscan.cli.gather import Access, Job, Targets, access_options, gather, interruptible
from mcpscan.cli.output import policy_of, status
from mcpscan.cli.patience import build
from mcpscan.finding import Action
from mcpscan.lock import Approval, Lock, LockError, Pinned, pin, update
from mcpscan.policy import Policy, missed
from mcpscan.surface import Surface
from mcpscan.text import visible

EPILOG = """\b
Examples:
  mcpscan lock -- npx -y @modelcontextprotocol/server-everything
  mcpscan lock https://host.example/mcp --header 'Authorization: Bearer …' --profile staff
  mcpscan lock tools.json --name weather --why 'read by Ana'
"""


@click.command("lock", cls=Targets, epilog=EPILOG)
@click.argument("targets", nargs=-1, metavar="[TARGET]... [-- COMMAND [ARG]...]")
@LOCK_FILE
@click.option("--name", default="", help="Pin under this name instead of the package, program or address.")
@click.option("--profile", default="", help="Pin what this kind of user is shown, apart from what others are.")
@WHY
@WHO
@click.option("--force", is_flag=True, help="Pin what a scan would block, too.")
@access_options
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    path: Path,
    name: str,
    profile: str,
    why: str,
    who: str,
    *,
    force: bool,
    access: Access,
) -> None:
    """Pin what servers offer now in mcpscan.lock, so that any later change is seen.

    Every target is scanned first; one that would be blocked is not pinned. A server that is pinned already is pinned
    anew, with all that changed: to accept single changes, see `mcpscan approve`.
    """
    argv: tuple[str, ...] = ctx.meta.get("command", ())
    if not targets and not argv:
        raise click.UsageError("nothing to pin: name a file, a URL, `-`, or `-- COMMAND` (see mcpscan lock --help)")
    with interruptible():
        job = Job()
        gather(job, targets, argv, access)
        policy = policy_of(None)
        refuse_gaps(job, policy, "nothing was pinned")
        if name and len(job.surfaces) > 1:
            raise click.UsageError("--name is for one target")
        report = build(policy).scan_surfaces(job.surfaces, job.targets, job.missed)
        if report.verdict.action is Action.BLOCK and not force:
            for reason in report.verdict.reasons:
                click.echo(reason, err=True)
            click.echo("not pinned; `mcpscan scan` shows why, --force pins all the same", err=True)
            sys.exit(status(report, policy, "block"))
    for reason in report.verdict.reasons:
        click.echo(f"note: {reason}", err=True)
    approval = approved(who, why)
    for label, surface in job.surfaces.items():
        identity = name or job.identities.get(label, label)
        known = f"{identity}@{profile}" if profile else identity
        write(path, partial(_pinned, known, surface, approval))


def _pinned(identity: str, surface: Surface, approval: Approval, lock: Lock) -> Pinned:
    """A pin, with a word to the user where it takes the place of a server that calls itself otherwise."""
    pinned = pin(identity, surface, approval)
    before = lock.servers.get(identity)
    if before is not None and before.name != pinned.name:
        click.echo(f"note: this replaces {visible(before.name)!r}; --name keeps two servers apart", err=True)
    return pinned


def refuse_gaps(job: Job, policy: Policy, outcome: str) -> None:
    """End with exit status 3 where something was not looked at: nobody can approve what nobody saw."""
    gaps = [f"{visible(entry.target)}: {entry.reason}" for entry in missed(policy, job.missed)]
    gaps += [
        f"{visible(label)}: {visible(entry.reason)}"
        for label, surface in job.surfaces.items()
        for entry in surface.unread
        if entry.code not in policy.tolerate
    ]
    if gaps:
        for gap in gaps:
            click.echo(gap, err=True)
        click.echo(outcome, err=True)
        sys.exit(3)


def approved(who: str, why: str, what: tuple[str, ...] = ()) -> Approval:
    """An approval by the user, now."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
    try:
        mine = who or getpass.getuser()
    except (KeyError, OSError):
        mine = "unknown"
    return Approval(mine, now, why, what)


def write(path: Path, made: Callable[[Lock], Pinned]) -> None:
    """Put one server into a lock file, made from what the file holds then, and say so.

    Raises `click.UsageError` where the file cannot be used.
    """
    written: list[Pinned] = []

    def change(lock: Lock) -> Lock:
        written.append(made(lock))
        return lock.with_server(written[-1])

    try:
        update(path, change)
    except (LockError, OSError) as problem:
        raise click.UsageError(str(problem)) from problem
    pinned = written[-1]
    count = len(pinned.parts)
    click.echo(f"pinned {visible(pinned.identity)}: {count} part{'s' * (count != 1)}, {pinned.digest[:19]}…", err=True)
