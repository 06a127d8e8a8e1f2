"""JSON: the report itself."""

from __future__ import annotations

from mcpscan.finding import Report, plain


def json_(report: Report) -> str:
    """The report as JSON, in ASCII, so that no hidden character survives on the way to a log or a model."""
    import json

    return json.dumps(plain(report), indent=2, ensure_ascii=True)
