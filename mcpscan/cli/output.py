"""What the verbs that end in a report share: the policy, printing, the exit status."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from mcpscan.finding import Action, Report
from mcpscan.policy import Policy, PolicyError, missed, severest
from mcpscan.render import render


def status(report: Report, policy: Policy, fail_on: str) -> int:
    """The exit status of a report: 1 for findings at `fail_on` or above, else 3 for anything that was not looked at."""
    if fail_on != "never" and severest(policy, report.findings).rank >= Action(fail_on).rank:
        return 1
    return 3 if missed(policy, report.not_scanned) or report.errors else 0


def policy_of(config: Path | None) -> Policy:
    """The policy of a file, or of the mcpscan.toml here. Raises `click.UsageError` for one that cannot be used."""
    path = config or Path("mcpscan.toml")
    if config is None and not path.is_file():
        return Policy()
    try:
        return Policy.load(path)
    except PolicyError as problem:
        raise click.UsageError(str(problem)) from problem


def print_report(report: Report, form: str | None, output: Path | None) -> None:
    """Print a report, or write it to a file, in a format or the one that the file's suffix names."""
    if output is not None:
        try:
            output.write_text(render(report, form or by_suffix(output)) + "\n", encoding="utf-8")
        except OSError as problem:
            raise click.UsageError(f"--output {output}: {problem.strerror or problem}") from problem
        click.echo(f"{report.verdict.action.value}: {len(report.findings)} findings, written to {output}", err=True)
        return
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns
    echo(render(report, form or "terminal", color=color, width=width))


def echo(text: str) -> None:
    """Print a text whatever characters the terminal has, and quietly where the reader leaves early."""
    try:
        sys.stdout.buffer.write((text + "\n").encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader left early (`| head`); Python would complain once more while it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def by_suffix(path: Path) -> str:
    """The format that a file's suffix names."""
    suffixes = {".sarif": "sarif", ".json": "json", ".xml": "junit", ".md": "markdown"}
    return suffixes.get(path.suffix.lower(), "terminal")
