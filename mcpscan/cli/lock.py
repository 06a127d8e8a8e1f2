"""`mcpscan lock`: approve servers as they are now, and keep what was approved."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from pathlib import Path

import click

from mcpscan.cli.gather import Access, Job, Targets, access_options, gather, interruptible
from mcpscan.cli.output import policy_of, status
from mcpscan.cli.patience import build
from mcpscan.finding import Action
from mcpscan.lock import NAME, Approval, Lock, LockError, pin, update
from mcpscan.text import visible

EPILOG = """\b
Examples:
  mcpscan lock -- npx -y @modelcontextprotocol/server-everything
  mcpscan lock https://host.example/mcp --header 'Authorization: Bearer …' --profile staff
  mcpscan lock tools.json --name weather --why 'read by Ana'
"""


@click.command("lock", cls=Targets, epilog=EPILOG)
@click.argument("targets", nargs=-1, metavar="[TARGET]... [-- COMMAND [ARG]...]")
@click.option(
    "--lock", "path", type=click.Path(dir_okay=False, path_type=Path), default=NAME, show_default=True,
    help="The lock file.",
)  # fmt: skip
@click.option("--name", default="", help="Pin under this name instead of the package, program or address.")
@click.option("--profile", default="", help="Pin what this kind of user is shown, apart from what others are.")
@click.option("--why", default="", help="A reason, kept in the lock.")
@click.option("--who", default="", help="Who approves.  [default: you]")
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
        if job.missed:
            for entry in job.missed:
                click.echo(f"{entry.target}: {entry.reason}", err=True)
            click.echo("nothing was pinned", err=True)
            sys.exit(3)
        if name and len(job.surfaces) > 1:
            raise click.UsageError("--name is for one target")
        policy = policy_of(None)
        report = build(policy).scan_surfaces(job.surfaces, job.targets, job.missed)
        if report.verdict.action is Action.BLOCK and not force:
            for reason in report.verdict.reasons:
                click.echo(reason, err=True)
            click.echo("not pinned; `mcpscan scan` shows why, --force pins all the same", err=True)
            sys.exit(status(report, policy, "block"))
    approval = approved(who, why)
    for label, surface in job.surfaces.items():
        identity = name or job.identities.get(label, label)
        write(path, pin(f"{identity}@{profile}" if profile else identity, surface, approval))


def approved(who: str, why: str, what: tuple[str, ...] = ()) -> Approval:
    """An approval by the user, now."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
    try:
        mine = who or getpass.getuser()
    except (KeyError, OSError):
        mine = "unknown"
    return Approval(mine, now, why, what)


def write(path: Path, pinned: object) -> None:
    """Put one server into a lock file and say so. Raises `click.UsageError` where the file cannot be used."""
    from mcpscan.lock import Pinned

    assert isinstance(pinned, Pinned)
    try:
        update(path, lambda lock: lock.with_server(pinned))
    except (LockError, OSError) as problem:
        raise click.UsageError(str(problem)) from problem
    count = len(pinned.parts)
    click.echo(f"pinned {visible(pinned.identity)}: {count} part{'s' * (count != 1)}, {pinned.digest[:19]}…", err=True)


__all__ = ["Lock", "approved", "command", "write"]
