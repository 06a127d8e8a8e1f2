"""How much of what is caught is still caught when it is written differently: each way by each family of attacks.

    python -m models.train.evasion --rows OUT/rows.jsonl [--most 600]

Held-out attacks that the whole scanner sends to review as they are, once more in each spelling, through the whole
scanner: rules, decoders and classifier.
"""

from __future__ import annotations

import argparse
import base64
import random
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

from mcpscan import Scanner
from mcpscan.finding import Action
from models.train.augment import WAYS
from models.train.rows import DEFINITION, Row, load

Way = Callable[[str, random.Random], str]

ENCODINGS: dict[str, Way] = {
    "base64": lambda text, _: base64.b64encode(text.encode()).decode(),
    "hexadecimal": lambda text, _: text.encode().hex(),
    "percent": lambda text, _: quote(text, safe=""),
    "entities": lambda text, _: "".join(f"&#{ord(letter)};" for letter in text),
    "tag characters": lambda text, _: "Notes. " + "".join(
        chr(0xE0000 + ord(letter)) for letter in text if letter.isascii()
    ),
    "Markdown emphasis": lambda text, _: " ".join(f"**{word}**" if at % 3 == 0 else word for at, word in enumerate(text.split(" "))),
    "HTML between words": lambda text, _: "<b></b>".join(escape(word) + " " for word in text.split(" ")),
    "line breaks": lambda text, _: "\n".join(text.split(" ")),
    "backslash escapes": lambda text, _: "".join(f"\\u{ord(letter):04x}" for letter in text if ord(letter) < 0x10000),
}  # fmt: skip


def caught(scanner: Scanner, text: str, group: str) -> bool:
    """Whether a text leads to a review or a block."""
    if group == DEFINITION:
        report = scanner.scan_manifest({"tools": [{"name": "tool", "description": text}]})
    else:
        report = scanner.scan_result({"content": [{"type": "text", "text": text}]})
    return report.verdict.action is not Action.ALLOW


def matrix(scanner: Scanner, rows: list[Row], seed: int = 0) -> list[str]:
    """A table in Markdown: families down, ways across, the share of the caught that is still caught."""
    rng = random.Random(seed)  # noqa: S311 - a spelling, not a secret
    seen = [row for row in rows if caught(scanner, row.text, row.group)]
    ways = {**WAYS, **ENCODINGS}
    still: Counter[tuple[str, str]] = Counter()
    for row in seen:
        for name, way in ways.items():
            hit = caught(scanner, way(row.text, rng), row.group)
            still[row.family, name] += hit
            still["all", name] += hit
    total = Counter(row.family for row in seen) + Counter({"all": len(seen)})
    lines = [
        f"{len(seen)} of {len(rows)} attacks are caught as they are; of these, by way of writing:",
        "",
        f"| family | caught | {' | '.join(ways)} |",
        "|---|---|" + "---|" * len(ways),
    ]
    for family in ["all", *sorted(set(total) - {"all"})]:
        shares = " | ".join(f"{still[family, name] / total[family]:.0%}" for name in ways)
        lines.append(f"| {family} | {total[family]} | {shares} |")
    return lines


def main() -> None:
    """Print the matrix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--most", type=int, default=600, help="attacks that are tried")
    given = parser.parse_args()
    rows = [row for row in load(given.rows) if row.kind == "written" and row.steer and row.split in {"val", "family"}]
    rows = [row for row in rows if row.form == "alone"]
    rng = random.Random(0)  # noqa: S311 - a sample, not a secret
    print("\n".join(matrix(Scanner(), rng.sample(rows, min(given.most, len(rows))))))


if __name__ == "__main__":
    main()
