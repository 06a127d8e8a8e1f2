"""`mcpscan eval`: measure the scanner on labelled rows."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

import click

from mcpscan.cli.patience import build
from mcpscan.evaluation import Group, Outcome, RowError, groups, outcomes, read_rows


@click.command("eval")
@click.argument("rows", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--scores",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write one JSON line a row: id, action, risk, rules, millis.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--no-classifier", is_flag=True, help="Rules only, without the learned classifier.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "hyperscan", "regex"]),
    default="auto",
    show_default=True,
    help="The matching engine.",
)
def command(rows: tuple[Path, ...], scores: Path | None, *, as_json: bool, no_classifier: bool, engine: str) -> None:
    """Measure recall and false positives on labelled rows.

    ROWS are JSON Lines files of {id, kind, label, text | manifest | result | message | old + new}. Prints, per source
    and kind, the share of attacks found and of benign rows alarmed on, at review and at block, with 95 % Wilson
    intervals, the area under the ROC curve, and recall at 1 % and 0.1 % false positives.

    \b
    Examples:
      mcpscan eval corpora/poisoned/*.jsonl corpora/benign/*.jsonl
      mcpscan eval rows.jsonl --scores scores.jsonl --json
    """
    scanner = build(engine=engine, classifier=not no_classifier)
    results: list[Outcome] = []
    with scores.open("w", encoding="utf-8") if scores else contextlib.nullcontext() as out:
        for path in rows:
            try:
                lines = read_rows(path.read_text(encoding="utf-8"), path.stem)
                with click.progressbar(
                    list(lines), label=path.stem[:40], file=sys.stderr, hidden=not sys.stderr.isatty()
                ) as progress:
                    for outcome in outcomes(scanner, progress):
                        results.append(outcome)
                        if out is not None:
                            out.write(json.dumps(outcome.line()) + "\n")
            except (RowError, UnicodeDecodeError) as problem:
                raise click.UsageError(f"{path}: {problem}") from problem
    made = groups(results)
    if as_json:
        click.echo(json.dumps({"groups": [group.json() for group in made], "rows": len(results)}, indent=1))
    else:
        click.echo(_table(made))


def _table(made: list[Group]) -> str:
    header = f"{'source':<28} {'kind':<19} {'benign':>6} {'FP review (95 %)':>26} {'FP block':>9} {'attacks':>7} {'recall review (95 %)':>26} {'block':>6} {'AUC':>5} {'@1%':>5} {'@.1%':>5}"
    return "\n".join([header, *(_line(group.json()) for group in made)])


def _line(figures: dict[str, Any]) -> str:
    fp, recall = figures["false_positives"], figures["recall"]
    calm, bad = figures["benign"], figures["attacks"]
    return (
        f"{figures['source'][:28]:<28} {figures['kind'][:19]:<19} {calm:>6} {_share(fp['review'], calm):>26} "
        f"{_percent(fp['block']['share'], calm):>9} {bad:>7} {_share(recall['review'], bad):>26} "
        f"{_percent(recall['block']['share'], bad):>6} {_plain(figures['auc'])} {_plain(figures['tpr_at_fpr_1pct'])} "
        f"{_plain(figures['tpr_at_fpr_0.1pct'])}"
    )


def _share(value: dict[str, Any], total: int) -> str:
    if not total:
        return "–"
    return f"{value['count']:>5} {value['share']:7.2%} ({value['low']:.2%}–{value['high']:.2%})"


def _percent(value: float, total: int) -> str:
    return f"{value:.2%}" if total else "–"


def _plain(value: float | None) -> str:
    return "    –" if value is None else f"{value:5.3f}"
