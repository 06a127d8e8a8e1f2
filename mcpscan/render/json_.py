"""JSON: the report itself."""

from __future__ import annotations

from mcpscan.finding import Report


def json_(report: Report) -> str:
    """The report as JSON, in ASCII, so that no hidden character survives on the way to a log or a model."""
    import json

    return json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=True)
