"""Writes docs/audit-record.schema.json: the JSON Schema of a line of the audit log.

python docs/record_schema.py          write it
python docs/record_schema.py --check  exit with 1 if it is not what it would be
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from mcpscan_service.record.record import schema

FILE = Path(__file__).parent / "audit-record.schema.json"


def page() -> str:
    """The content of the file."""
    return json.dumps(schema(), indent=2) + "\n"


def main(check: bool) -> int:  # noqa: FBT001 - a script's only switch
    """Write or check the file."""
    if check:
        fresh = FILE.is_file() and FILE.read_text(encoding="utf-8") == page()
        print("fresh" if fresh else FILE.name)
        return 0 if fresh else 1
    FILE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
