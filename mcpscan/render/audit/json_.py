"""JSON: the audit itself."""

from __future__ import annotations

from mcpscan.finding import plain
from mcpscan.fleet import Audit


def json_(audit: Audit) -> str:
    """The audit as JSON, in ASCII, so that no hidden character survives on the way to a log or a model."""
    import json

    return json.dumps(plain(audit), indent=2, ensure_ascii=True)
