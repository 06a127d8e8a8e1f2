"""`mcpscan scan`: files, standard input, URLs and live servers to one report."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from mcpscan.cli.drift import Identity, split_views, with_drift
from mcpscan.cli.gather import Access, Job, Targets, access_options, gather, interruptible
from mcpscan.cli.output import policy_of, print_report, status
from mcpscan.cli.patience import build
from mcpscan.render import FORMATS

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
    "--kind", default="", help="Read the targets as plain texts of this kind (tool_description, tool_result, …)."
)
@click.option("--no-classifier", is_flag=True, help="Rules only, without the learned classifier.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "hyperscan", "regex"]),
    default="auto",
    show_default=True,
    help="The matching engine.",
)
@click.option(
    "--locked",
    is_flag=True,
    help="Compare with mcpscan.lock too: drift that nobody approved counts as a finding.",
)
@click.option(
    "--identities",
    multiple=True,
    metavar="WHO",
    help="List live servers again as somebody else and compare: a client NAME/VERSION, `legacy` for the older protocol "
    "era, or a header 'Name: value'. May be given several times.",
)
@access_options
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    form: str | None,
    output: Path | None,
    fail_on: str,
    config: Path | None,
    kind: str,
    engine: str,
    *,
    no_classifier: bool,
    locked: bool,
    identities: tuple[str, ...],
    access: Access,
) -> None:
    """Scan what MCP servers say: their tools, prompts, resources, results and errors.

    TARGET is a JSON file, `-` for standard input, or an http(s) URL; after `--` stands the command line of a stdio
    server. A started server gets an empty home folder and none of your environment but PATH, locale and time zone,
    and every process that it starts ends with the scan.
    """
    argv: tuple[str, ...] = ctx.meta.get("command", ())
    if not targets and not argv:
        raise click.UsageError("nothing to scan: name a file, a URL, `-`, or `-- COMMAND` (see mcpscan scan --help)")
    policy = policy_of(config)
    with interruptible():
        job = Job()
        gather(job, targets, argv, access, kind)
        scanner = build(policy, engine, classifier=not no_classifier)
        report = scanner.scan_surfaces(job.surfaces, job.targets, job.missed)
        if locked:
            report = with_drift(report, scanner, job)
        if identities:
            live = tuple(target for target in targets if target.startswith(("http://", "https://")))
            report = split_views(
                report, scanner, job, lambda who: _as(who, live, argv, access), [Identity.of(who) for who in identities]
            )
    print_report(report, form, output)
    unapproved = bool(report.changes) and fail_on == "review"
    sys.exit(1 if unapproved else status(report, policy, fail_on))


def _as(who: Identity, targets: tuple[str, ...], argv: tuple[str, ...], access: Access) -> Job:
    """What live servers offer to somebody else."""
    job = Job()
    added = (who.header,) if who.header else ()
    access = replace(access, client=who.client, legacy=who.legacy, headers=(*access.headers, *added))
    gather(job, targets, argv, access)
    return job
