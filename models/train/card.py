"""The model card: what stands in `card.md`, the sources with their licences, and the figures of a run.

    python -m models.train.card --index index.json --rows OUT/rows.jsonl --figures FILE > CARD.md

The figures are what `models.train.evaluate` printed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from models.train.rows import load

TEXT = Path(__file__).with_name("card.md")


def sources(index: dict[str, Any], used: Counter[str]) -> list[str]:
    """A table row per source that training saw."""
    found = ["| source | repository | commit | licence | training rows |", "|---|---|---|---|---|"]
    for name, amount in sorted(used.items()):
        entry = index.get(name, {})
        cells = [str(entry.get(key) or "this project") for key in ("repo", "commit", "license")]
        cells[2] = "Apache-2.0" if not entry else cells[2]
        found.append(f"| {name} | {cells[0]} | {cells[1][:10]} | {cells[2]} | {amount} |")
    return found


def main() -> None:
    """Print the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("index", "rows", "figures"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    used = Counter(row.source for row in load(given.rows) if row.split == "train")
    index = json.loads(given.index.read_text(encoding="utf-8"))
    table = "\n".join(sources(index.get("sources", index), used))
    figures = given.figures.read_text(encoding="utf-8").rstrip()
    print(TEXT.read_text(encoding="utf-8").replace("{sources}", table).replace("{figures}", figures), end="")


if __name__ == "__main__":
    main()
