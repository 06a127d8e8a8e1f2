"""The corpora, for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def rows(folder: str) -> list[dict[str, Any]]:
    """All rows of the corpora below a folder, in a stable order."""
    found = sorted((ROOT / "corpora").glob(f"{folder}/*.jsonl"))
    return [json.loads(line) for path in found for line in path.read_text(encoding="utf-8").splitlines() if line]
