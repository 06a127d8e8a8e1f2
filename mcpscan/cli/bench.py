"""`mcpscan bench`: how fast the heuristic stage is, next to what it could be compared with."""

from __future__ import annotations

import datetime as dt
import json
import platform
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from mcpscan._version import __version__
from mcpscan.bench import SIZES, Bench, Measured, Text, adversarial, benign, foreign, learned, listing, peers, starts


@click.command("bench")
@click.option(
    "--peer-python",
    multiple=True,
    metavar="PATH",
    help="An interpreter that has cisco-ai-mcp-scanner or llm-guard installed, to measure them too.",
)
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write latest.json and latest.md into this folder.  [default: docs/benchmarks, if it exists]",
)
@click.option("--quick", is_flag=True, help="Leave out 10 MB, the adversarial set and the starts.")
def command(peer_python: tuple[str, ...], save: Path | None, *, quick: bool) -> None:
    """Measure the heuristic stage against raw Hyperscan, a loop over the same patterns, and other scanners.

    Everything is measured in one run on the same texts; compare the ratios, not the times.

    \b
    Examples:
      mcpscan bench
      mcpscan bench --peer-python ~/venvs/cisco/bin/python --save docs/benchmarks
    """
    tell = (lambda what: click.echo(f"measuring {what} …", err=True)) if sys.stderr.isatty() else (lambda _: None)
    plain = [benign(size) for size in (SIZES[:3] if quick else SIZES)]
    texts = [*plain, foreign(plain[1], 20), foreign(plain[1], 1)]
    measured = list(Bench().measure(texts, tell))
    for python in peer_python:
        try:
            measured += peers(python, plain[:3], tell)
        except (OSError, RuntimeError) as problem:
            raise click.UsageError(str(problem)) from problem
    hard = [] if quick else _hard(tell)
    cold = [] if quick else _cold(tell)
    model = [] if quick else list(learned(tell))
    page = _page(texts, measured, hard, cold) + _model_page(model)
    click.echo(page)
    folder = save or (Path("docs/benchmarks") if Path("docs/benchmarks").is_dir() else None)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        rows = [asdict(row) for row in (*measured, *hard, *cold, *model)]
        (folder / "latest.json").write_text(
            json.dumps({"machine": _machine(), "rows": rows}, indent=1) + "\n", encoding="utf-8"
        )
        (folder / "latest.md").write_text(page + "\n", encoding="utf-8")
        click.echo(f"saved under {folder}", err=True)


def _hard(tell: object) -> list[Measured]:
    bench = Bench()
    return [
        row for row in bench.measure(adversarial(), tell if callable(tell) else print) if row.contender == "mcpscan"
    ]


def _cold(tell: object) -> list[Measured]:
    if callable(tell):
        tell("starts")
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "one tool", Path(folder) / "1,000 tools"
        one.write_text(listing(1), encoding="utf-8")
        many.write_text(listing(1_000), encoding="utf-8")
        return [*starts(sys.executable, one), *starts(sys.executable, many)]


def _machine() -> dict[str, str]:
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "mcpscan": __version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }


def _page(texts: list[Text], measured: list[Measured], hard: list[Measured], cold: list[Measured]) -> str:
    machine = ", ".join(f"{name} {value}" for name, value in _machine().items())
    lines = ["# Benchmark", "", f"`mcpscan bench`: {machine}. CPU time, fastest of several rounds, all in one run.", ""]
    others = list(dict.fromkeys(row.contender for row in measured if row.contender != "mcpscan"))
    lines += ["| text | mcpscan | MB/s | " + " | ".join(f"{name} ÷ mcpscan" for name in others) + " |"]
    lines += ["|---" * (3 + len(others)) + "|"]
    for text in texts:
        times = {row.contender: row.seconds for row in measured if row.text == text.name}
        ours = times["mcpscan"]
        ratios = " | ".join(f"{times[name] / ours:.2f}×" if name in times else "" for name in others)
        lines.append(f"| {text.name} | {_time(ours)} | {len(text.text) / ours / 1e6:.0f} | {ratios} |")
    if hard:
        worst = sorted(hard, key=lambda row: -row.seconds)
        lines += [
            "",
            "Adversarial texts of 100 KB: " + ", ".join(f"{row.text} {_time(row.seconds)}" for row in worst) + ".",
        ]
    if cold:
        base = cold[0].seconds
        lines += ["", "Whole processes, start to end:", ""]
        lines += [
            f"- {row.contender} ({row.text}): {_time(row.seconds)}, {row.seconds / base:.2f}× the bare imports"
            for row in cold
        ]
    return "\n".join(lines)


def _model_page(model: list[Measured]) -> str:
    if not model:
        return ""
    lines = ["", "", "The classifier, one thread, one window:", ""]
    return "\n".join([*lines, *(f"- {row.text}: {_time(row.seconds)}" for row in model)])


def _time(seconds: float) -> str:
    return (
        f"{seconds * 1e6:.1f} µs"
        if seconds < 1e-3
        else f"{seconds * 1e3:.2f} ms"
        if seconds < 1
        else f"{seconds:.2f} s"
    )
