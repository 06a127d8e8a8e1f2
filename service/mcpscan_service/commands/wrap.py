"""`mcpscan wrap`: a stdio server behind the filter, and clients' configurations that say so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from mcpscan_service.wrap.options import Aside, Options

EPILOG = """\b
Examples:
  mcpscan wrap -- npx -y @modelcontextprotocol/server-everything
  mcpscan wrap --name notes --mode redact --lock mcpscan.lock -- uvx notes-mcp
  mcpscan wrap --install cursor                   put it before every stdio server of Cursor's
  mcpscan wrap --install claude-desktop notes     before this server only
  mcpscan wrap --install all --dry-run            show what would change
  mcpscan wrap --uninstall cursor                 as it was before, byte for byte
  mcpscan wrap --list                             what is wrapped

\b
Exit status:
  of the server; 128 and its number for a signal that ended it
  127  no such program      126  it cannot be run      2  wrong usage
  with --install, --uninstall and --list:
  0  done      1  something could not be edited      3  a file could not be read
"""


class Wrap(click.Command):
    """A command whose arguments after the first `--` are one command line."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Split at the first `--`."""
        if "--" in args:
            at = args.index("--")
            ctx.meta["command"] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("wrap", cls=Wrap, epilog=EPILOG)
@click.argument("servers", nargs=-1, metavar="[SERVER]... [-- COMMAND [ARG]...]")
@click.option("--config", type=_FILE, help="Settings of the filter, as TOML: [guard], [limits], [audit], lock, policy.")
@click.option(
    "--mode", type=click.Choice(["monitor", "annotate", "redact", "block"]),
    help="What is done about what is found.  [default: block]",
)  # fmt: skip
@click.option("--lock", type=_FILE, help="Hold what the server lists against this mcpscan.lock.  [default: none]")
@click.option("--name", default="", help="What records and notices call the server.  [default: its package or program]")
@click.option("--policy", type=_FILE, help="Thresholds and suppressions: an mcpscan.toml.  [default: none]")
@click.option("--no-classifier", is_flag=True, help="Rules only, without the learned classifier.")
@click.option(
    "--audit-log",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every decision to this file, one line each.",
)
@click.option("--fail-open", is_flag=True, help="Let pass what could not be scanned.  [default: hold it back]")
@click.option(
    "--stderr", "aside", type=click.Choice([way.value for way in Aside]), default="scan", show_default=True,
    help="What becomes of the server's standard error.",
)  # fmt: skip
@click.option(
    "--install", multiple=True, metavar="CLIENT", help="Put the wrapper into this client's configuration (or all)."
)
@click.option(
    "--uninstall", multiple=True, metavar="CLIENT", help="Take it out of this client's configuration (or all)."
)
@click.option("--list", "listing", is_flag=True, help="Say which servers are wrapped, and start nothing.")
@click.option("--scope", type=click.Choice(["user", "project"]), default="user", show_default=True,
              help="Whose files: yours, or those of the project here.")  # fmt: skip
@click.option("--file", type=_FILE, help="Edit this file, whatever its client is.")
@click.option("--dry-run", is_flag=True, help="Show what would change, without secrets, and change nothing.")
def command(
    servers: tuple[str, ...],
    config: Path | None,
    mode: str | None,
    lock: Path | None,
    name: str,
    policy: Path | None,
    audit_log: Path | None,
    aside: str,
    install: tuple[str, ...],
    uninstall: tuple[str, ...],
    scope: Literal["user", "project"],
    file: Path | None,
    *,
    listing: bool,
    dry_run: bool,
    no_classifier: bool,
    fail_open: bool,
) -> None:
    """Stand between a client and a stdio server: every line in both directions passes through the filter.

    Put it before the command in a client's configuration, or let --install do so. The server is started with the
    environment, the folder and the arguments that were given, and ends with its client.
    """
    argv: tuple[str, ...] = click.get_current_context().meta.get("command", ())
    options = Options(
        argv, name, config, mode or "", lock, policy, audit_log, Aside(aside),
        no_classifier=no_classifier, fail_open=fail_open,
    )  # fmt: skip
    if install or uninstall or listing:
        if argv or (bool(install) + bool(uninstall) + listing) > 1:
            raise click.UsageError("one of --install, --uninstall, --list and `-- COMMAND` at a time")
        sys.exit(_edit(install or uninstall or ("all",), scope, file, servers, options if install else None,
                       listing=listing, dry=dry_run))  # fmt: skip
    if servers:
        raise click.UsageError(f"write `-- ` before the command: mcpscan wrap -- {' '.join(servers)}")
    if not argv or not argv[0]:
        raise click.UsageError("no command: mcpscan wrap [OPTIONS] -- COMMAND [ARG]... (see mcpscan wrap --help)")
    from mcpscan_service.wrap.run import wrap

    sys.exit(wrap(options))


def _edit(
    clients: tuple[str, ...],
    scope: Literal["user", "project"],
    file: Path | None,
    names: tuple[str, ...],
    options: Options | None,
    *,
    listing: bool,
    dry: bool,
) -> int:
    """Install with options, uninstall without."""
    from mcpscan_service.wrap.install.chosen import UnknownError, Where
    from mcpscan_service.wrap.install.run import Job

    job = Job(Where(clients, scope, file), click.echo, dry)
    try:
        if listing:
            return job.show()
        return job.install(names, options) if options else job.uninstall(names)
    except UnknownError as problem:
        raise click.UsageError(str(problem)) from problem
