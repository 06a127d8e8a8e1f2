"""`python -m mcpscan_service.loadtest`: latency, throughput and memory of the proxy beside the server alone."""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import click

from mcpscan_service.loadtest import wrk
from mcpscan_service.loadtest.origin import texts
from mcpscan_service.loadtest.process import Process, process, program
from mcpscan_service.loadtest.variant import Variant

POOL = 64
"""Different texts where the same ones are to come again."""

FEW = 4
"""So many where the classifier is to know them after a second."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report."""

    name: str
    connections: int
    load: wrk.Load
    cpu: float
    memory: float


@click.command()
@click.option("--seconds", default=10, show_default=True, help="How long each measurement takes.")
@click.option("--connections", default="1,16", show_default=True, help="Connections at once, several with commas.")
@click.option("--rounds", default=3, show_default=True, help="How often everything is measured; the median is shown.")
@click.option("--stream", is_flag=True, help="Answers are event streams instead of JSON.")
@click.option("--classifier/--no-classifier", default=True, show_default=True, help="Measure with the classifier too.")
@click.option("--soak", default=0, metavar="SECONDS", help="Measure memory under load for so long instead.")
def main(seconds: int, connections: str, rounds: int, soak: int, *, stream: bool, classifier: bool) -> None:
    """Measure the proxy beside the server alone, in one run on this machine. Needs wrk."""
    if not wrk.available():
        raise click.UsageError("wrk is not installed (Debian: apt-get install wrk)")
    click.echo(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}\n")
    if soak:
        _soak(soak, stream=stream)
        return
    counts = [int(each) for each in connections.split(",")]
    rows = [row for count in counts for row in _rows(count, seconds, rounds, stream=stream, classifier=classifier)]
    rows += _api(max(counts), seconds)
    click.echo(_table(rows))
    click.echo(f"\nLoad at the end: {os.getloadavg()[0]:.2f}")


def _rows(count: int, seconds: int, rounds: int, *, stream: bool, classifier: bool) -> Iterator[Row]:
    """All variants with one number of connections, one after the other in every round, so that they share the weather."""
    streams = str(int(stream))
    with process("origin", str(POOL), "0", streams) as origin, process("origin", "400", "1", streams) as fresh:
        with (
            process(Variant.PASSING, origin.base) as passing,
            process(Variant.RULES, fresh.base) as rules,
            process(Variant.RULES, origin.base) as known,
            program("--no-classifier", "--upstream", f"origin={fresh.base}") as whole,
        ):
            kinds = {
                "direct": origin,
                "proxy, nothing scanned": passing,
                "proxy, rules, every text new": rules,
                "proxy, rules, texts known": known,
                "mcpscan serve, every text new": whole,
            }
            got: dict[str, list[Row]] = {name: [] for name in kinds}
            for number in range(rounds):
                names = list(kinds) if number % 2 == 0 else list(reversed(kinds))
                for name in names:
                    got[name].append(_measured(name, kinds[name], count, seconds))
            yield from map(_median, got.values())
        if classifier:
            with process("origin", str(FEW), "0", streams) as few:
                yield from _classified(count, seconds, few, fresh)


def _classified(count: int, seconds: int, few: Process, fresh: Process) -> Iterator[Row]:
    with process(Variant.CLASSIFIER, fresh.base) as each_new:
        yield _measured("proxy, classifier, every text new", each_new, count, seconds)
    with process(Variant.CLASSIFIER, few.base) as known:
        wrk.load(_address(known), 2, seconds)
        yield _measured("proxy, classifier, texts known", known, count, seconds)


def _api(count: int, seconds: int) -> Iterator[Row]:
    """Scans of 2 KB through the scan API of `mcpscan serve`."""
    text = f"{wrk.COUNT}. {next(texts(1))}"
    body = {"result": {"content": [{"type": "text", "text": text}]}}
    for workers in ("1", "2"):
        with program("--no-classifier", "--workers", workers) as target:
            url = f"{target.base}/v1/scan/result"
            wrk.load(url, count, 2, body)
            before = target.cpu()
            load = wrk.load(url, count, seconds, body)
            cpu = (target.cpu() - before) / max(1, load.requests) * 1e6
            yield Row(f"POST /v1/scan/result, {workers} worker(s)", count, load, cpu, target.memory())


def _address(target: Process) -> str:
    return f"{target.base}/origin/mcp"


def _measured(name: str, target: Process, count: int, seconds: int) -> Row:
    wrk.load(_address(target), count, 1)
    before = target.cpu()
    load = wrk.load(_address(target), count, seconds)
    return Row(name, count, load, (target.cpu() - before) / max(1, load.requests) * 1e6, target.memory())


def _median(rows: list[Row]) -> Row:
    return sorted(rows, key=lambda row: row.load.p50)[len(rows) // 2]


def _table(rows: list[Row]) -> str:
    head = "| path | connections | p50 ms | p99 ms | max ms | requests/s | errors | CPU µs/request | MB |"
    lines = [head, "|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        load = row.load
        times = f"{load.p50:.3f} | {load.p99:.2f} | {load.most:.1f} | {load.rate:,.0f}"
        lines.append(f"| {row.name} | {row.connections} | {times} | {load.errors} | {row.cpu:.0f} | {row.memory:.0f} |")
    return "\n".join(lines)


def _soak(seconds: int, *, stream: bool) -> None:
    """Memory every ten seconds under load from eight connections."""
    with (
        process("origin", "400", "1", str(int(stream))) as origin,
        program("--no-classifier", "--upstream", f"origin={origin.base}") as rules,
    ):
        done: list[wrk.Load] = []
        thread = threading.Thread(target=lambda: done.append(wrk.load(_address(rules), 8, seconds)))
        thread.start()
        begun = time.monotonic()
        while thread.is_alive():
            click.echo(f"{time.monotonic() - begun:5.0f} s  {rules.memory():7.1f} MB")
            thread.join(10)
        click.echo(f"{done[0].requests:,} requests, {done[0].errors} errors, p99 {done[0].p99:.2f} ms")


if __name__ == "__main__":
    main()
