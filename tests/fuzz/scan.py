"""A fuzz target: no input makes a scan raise, and every span lies in its text.

pip install -e ".[dev,fuzz]" && python tests/fuzz/scan.py -max_total_time=300
"""

from __future__ import annotations

import sys

from mcpscan.engine import Scanner
from mcpscan.surface import Kind

SCANNER = Scanner()
KINDS = tuple(Kind)


def one_input(data: bytes) -> None:
    """Scan some bytes as a document, and as a text of every kind in turn."""
    report = SCANNER.scan_manifest(data)
    assert report.errors == (), report.errors
    text = data[1:].decode("utf-8", "surrogateescape")
    kind = KINDS[data[0] % len(KINDS)] if data else Kind.UNKNOWN
    report = SCANNER.scan_text(text, kind)
    assert report.errors == (), report.errors
    for finding in report.findings:
        start, end = finding.span
        assert 0 <= start <= end <= len(text)


if __name__ == "__main__":
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
