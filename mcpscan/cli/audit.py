"""`mcpscan audit`: every server configured on this machine, what it offers, and what all of them together allow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from mcpscan.audit.auditing import Auditing, Where
from mcpscan.audit.baseline import without
from mcpscan.audit.look import Given
from mcpscan.cli.audited import FORMS, baseline_of, exit_status, keep, listing, offer, pin_some, print_audit
from mcpscan.cli.consent import Consent
from mcpscan.cli.gather import Access, access_options, interruptible, progress
from mcpscan.cli.output import policy_of
from mcpscan.cli.patience import build
from mcpscan.fleet import Audit
from mcpscan.lock import NAME

EPILOG = """\b
Examples:
  mcpscan audit                           ask before each program is started; remote servers are dialled
  mcpscan audit --list                    what is configured where; starts and dials nothing
  mcpscan audit --yes -o fleet.html       every server, and one file to read in a browser
  mcpscan audit --client cursor --project ~/projects/shop
  mcpscan audit team-mcp.json --allow github --allow jira
  mcpscan audit --yes --lock              pin everything found; later audits say what drifted
  mcpscan audit --yes --baseline last.json --fail-on block
  mcpscan audit --yes --watch             again whenever a configuration or the lock changes

\b
Exit status, the same for every format:
  0  nothing at or above --fail-on      1  something is
  2  wrong usage                        3  could not look: a server that was not started or did not
                                           answer, a file that could not be read
"""


@click.command("audit", epilog=EPILOG)
@click.argument("named", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="Only say what is configured; start and dial nothing.")
@click.option(
    "--client", "clients", multiple=True, metavar="NAME", help="Only this client; may be given several times."
)
@click.option(
    "--project", "projects", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
    help="Look into this project folder too; may be given several times.",
)  # fmt: skip
@click.option(
    "--config", "files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="Look at this configuration file alone, of any client; the same as naming it.",
)  # fmt: skip
@click.option(
    "--config-only", is_flag=True, help="Check the configurations alone; start and dial nothing (for a commit hook)."
)
@click.option("--all-users", is_flag=True, help="Look into the homes of all users that may be read.")
@click.option("--yes", "-y", "every", is_flag=True, help="Start every program without asking.")
@click.option(
    "--allow", multiple=True, metavar="SERVER", help="Start this one without asking; may be given several times."
)
@click.option("--no-start", is_flag=True, help="Start no program; those not looked at are said.")
@click.option("--lock", "pin", is_flag=True, help="Pin everything found in the lock, once it is audited.")
@click.option(
    "--approve", multiple=True, metavar="SERVER", help="Pin this server as it is now; may be given several times."
)
@click.option(
    "--lock-file", type=click.Path(dir_okay=False, path_type=Path), default=NAME, show_default=True,
    help="The lock to compare with, where there is one.",
)  # fmt: skip
@click.option(
    "--baseline", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier audit as JSON: only what it does not hold counts.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMS), help="How to print the audit.  [default: terminal]")
@click.option(
    "--output", "-o", multiple=True, type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a file instead, in the format of its suffix (.html .json .sarif .xml .md .cdx.json); may be given "
    "several times.",
)  # fmt: skip
@click.option("--fail-on", type=click.Choice(["review", "block", "never"]), default="review", show_default=True,
              help="The verdict from which on the exit status is 1.")  # fmt: skip
@click.option("--policy", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Policy and suppressions.  [default: mcpscan.toml here, if there is one]")  # fmt: skip
@click.option("--no-classifier", is_flag=True, help="Rules only, without the learned classifier.")
@click.option("--watch", is_flag=True, help="Stay, and audit again whenever a configuration or the lock changes.")
@access_options
def command(
    named: tuple[Path, ...],
    clients: tuple[str, ...],
    projects: tuple[Path, ...],
    files: tuple[Path, ...],
    allow: tuple[str, ...],
    approve: tuple[str, ...],
    lock_file: Path,
    baseline: Path | None,
    form: str | None,
    output: tuple[Path, ...],
    fail_on: str,
    policy: Path | None,
    *,
    only_list: bool,
    config_only: bool,
    all_users: bool,
    every: bool,
    no_start: bool,
    pin: bool,
    no_classifier: bool,
    watch: bool,
    access: Access,
) -> None:
    """Audit every MCP server that the clients on this machine are configured with.

    Reads the configuration of all known clients, or only the FILEs named, asks before it starts a program, dials remote servers, scans what each
    offers, and says what is wrong in the configuration, in the servers, and in what they allow together. A started
    server gets an empty home folder and only the variables its configuration names; every process ends with the audit.
    """
    where = Where(clients, projects, (*named, *files), all_users=all_users)
    consent = Consent(every=every, none=no_start, names=frozenset(allow))
    rules = policy_of(policy)
    try:
        found = where.inventory()
    except ValueError as problem:
        raise click.UsageError(str(problem)) from problem
    if only_list:
        listing(found, form, output)
        sys.exit(3 if found.unread else 0)
    if not (lock_file == Path(NAME) or pin or approve or lock_file.exists()):
        raise click.UsageError(f"--lock-file {lock_file}: there is no such file to compare with; --lock makes it")
    known = baseline_of(baseline)
    own = access.command(("audit",))
    given = Given(own.env, own.share, access.header_fields())
    scanner = build(rules, classifier=not no_classifier)

    def once() -> Audit:
        auditing = Auditing(where.inventory(), scanner, lock_file, given)
        auditing.plan.skip() if config_only else auditing.ask(consent.refused)
        with progress("looking at the servers", quiet=access.quiet) as line:
            made = auditing.look(access.timeout, _counted(line, len(auditing.plan.targets)))
        made = made if known is None else without(made, known, rules)
        print_audit(made, form, output)
        keep(auditing, access.save)
        if pin or approve:
            pin_some(auditing, made, lock_file, None if pin else approve)
        else:
            offer(auditing, made, lock_file)
        return made

    with interruptible():
        audit = once()
        if watch:
            from mcpscan.cli.watch import watching

            watching(where, lock_file, once)
    sys.exit(exit_status(audit, rules, fail_on))


def _counted(line: Callable[[str], None], total: int) -> Callable[[str, str], None]:
    """Steps of single servers as one line: how many are done, and what the last one that moved does."""
    done = 0

    def step(name: str, what: str) -> None:
        nonlocal done
        done += what == "done"
        line(f"{done} of {total} servers done; {name}: {what}")

    return step
