"""Rewrites the `expect` of every row of the corpora, and moves rows between found and missed.

    python tests/refresh_corpora.py

Run it after a change to the rules and review the difference: a row that moves to `misses/` is a loss.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from mcpscan.engine import Scanner
from mcpscan.evaluation import scan_row

ROOT = Path(__file__).parent.parent / "corpora"
FOLDERS = ("poisoned", "benign", "results")


def expected(scanner: Scanner, row: dict[str, Any]) -> list[str]:
    """The rules whose findings lead at least to review."""
    report = scan_row(scanner, row)
    return sorted({finding.rule for finding in report.findings if scanner.policy.review.met_by(finding)})


def home(row: dict[str, Any], file: Path) -> Path:
    """The file a row belongs to by what is expected of it."""
    name = file.name.removeprefix("results-")
    missed = not row["expect"] if row["label"] == "injection" else bool(row["expect"])
    of_results = row["kind"] != "manifest"
    if missed:
        if row["label"] == "benign":
            return ROOT / "misses" / ("results-" * of_results + "false-alarms.jsonl")
        return ROOT / "misses" / ("results-" * of_results + name)
    if name == "false-alarms.jsonl":
        name = f"{row['family']}.jsonl" if not of_results else f"benign-{row['family']}.jsonl"
    return ROOT / ("results" if of_results else "poisoned" if row["label"] == "injection" else "benign") / name


def main() -> int:
    """Rewrite the corpora. Returns how many rows changed their place."""
    scanner = Scanner(classifier=False)
    files = [file for folder in (*FOLDERS, "misses") for file in sorted((ROOT / folder).glob("*.jsonl"))]
    lines: dict[Path, list[tuple[str, str]]] = {}
    moved = 0
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row.pop("expect", None)
            row["expect"] = expected(scanner, row)
            place = home(row, file)
            moved += place != file
            lines.setdefault(place, []).append((row["id"], json.dumps(row, ensure_ascii=line.isascii())))
    for file in files:
        file.unlink()
    for place, entries in lines.items():
        place.parent.mkdir(exist_ok=True)
        place.write_text("".join(f"{line}\n" for _, line in sorted(entries)), encoding="utf-8")
    sys.stdout.write(f"{moved} rows moved\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
