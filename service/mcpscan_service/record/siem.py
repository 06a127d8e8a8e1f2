"""Records in the words of others: Cloudflare's `mcp_portal_logs` and OCSF's Detection Finding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mcpscan._version import __version__
from mcpscan.finding import Action
from mcpscan_service.guard.decision import Outcome
from mcpscan_service.record.record import Record

CLOUDFLARE: Mapping[str, str] = {
    "ClientCountry": "",
    "ClientIP": "address",
    "ColoCode": "",
    "Datetime": "time",
    "Error": "error, else the rules of what was stopped",
    "Method": "method",
    "PortalAUD": "",
    "PortalID": "",
    "PromptGetName": "name, of a prompt",
    "ResourceReadURI": "name, of a resource",
    "ServerAUD": "",
    "ServerID": "server",
    "ServerResponseDurationMs": "",
    "ServerURL": "",
    "SessionID": "session",
    "Success": "outcome is neither blocked nor denied",
    "ToolCallName": "name, of a tool",
    "UserEmail": "identity, where it is an address",
    "UserID": "identity",
}
"""Fields of the Logpush dataset `mcp_portal_logs`, and the member of a record that says the same; "" for none."""

OCSF_VERSION = "1.5.0"
OCSF_CLASS = 2004

_STOPPED = frozenset({Outcome.BLOCKED, Outcome.DENIED})
_CHANGED = frozenset({Outcome.ANNOTATED, Outcome.REDACTED, Outcome.TRIMMED})
_SEVERITY = {Action.ALLOW: 1, Action.REVIEW: 3, Action.BLOCK: 4}
_DISPOSITION = {
    Outcome.PASSED: 1,  # Allowed
    Outcome.ANNOTATED: 18,  # Tagged
    Outcome.REDACTED: 11,  # Corrected
    Outcome.TRIMMED: 12,  # Partially corrected
    Outcome.BLOCKED: 2,  # Blocked
    Outcome.DENIED: 2,
}
_LOGGED = 17


def cloudflare(record: Record) -> dict[str, Any]:
    """A record as a line of `mcp_portal_logs`; None for what the filter does not know."""
    stopped = record.outcome in _STOPPED
    named = {record.family: record.name}
    return {
        **dict.fromkeys(CLOUDFLARE),
        "ClientIP": record.address,
        "Datetime": record.time,
        "Error": record.error or (", ".join(record.rules) if stopped else ""),
        "Method": record.method,
        "PromptGetName": named.get("prompt", ""),
        "ResourceReadURI": named.get("resource", ""),
        "ServerID": record.server,
        "SessionID": record.session,
        "Success": not stopped,
        "ToolCallName": named.get("tool", ""),
        "UserEmail": record.identity if "@" in record.identity else "",
        "UserID": record.identity,
    }


def ocsf(record: Record) -> dict[str, Any]:
    """A record as an OCSF Detection Finding with the profile Security Control."""
    millis = int(datetime.fromisoformat(record.time).timestamp() * 1000 + 0.5)
    watched = record.outcome is Outcome.PASSED and bool(record.rules or record.verdict is not Action.ALLOW)
    return {
        "activity_id": 1,
        "category_uid": 2,
        "class_uid": OCSF_CLASS,
        "type_uid": OCSF_CLASS * 100 + 1,
        "time": millis,
        "severity_id": _SEVERITY[record.verdict],
        "status_id": 1,
        "action_id": 2 if record.outcome in _STOPPED else 4 if record.outcome in _CHANGED else 3 if watched else 1,
        "disposition_id": _LOGGED if watched else _DISPOSITION[record.outcome],
        "is_alert": record.verdict is Action.BLOCK or record.outcome in _STOPPED,
        "message": f"{record.outcome.value}: {', '.join(record.rules) or record.error or record.verdict.value}",
        "metadata": {
            "product": {"name": "mcpscan", "vendor_name": "mcpscan", "version": __version__},
            "profiles": ["security_control"],
            "version": OCSF_VERSION,
            "uid": record.event,
            **({"correlation_uid": record.trace_id} if record.trace_id else {}),
        },
        "finding_info": {
            "uid": record.event,
            "title": f"{record.surface.value} of {record.server or 'a server'}: {record.outcome.value}",
            "types": list(record.rules),
            "created_time": millis,
        },
        "evidences": [_evidence(record)],
        "resources": _resources(record),
        "unmapped": _unmapped(record),
    }


def _evidence(record: Record) -> dict[str, Any]:
    who = {"actor": {"user": {"name": record.identity}}} if record.identity else {}
    source = {"src_endpoint": {"ip": record.address}} if record.address else {}
    return {**who, **source, "data": {"spans": [span.model_dump() for span in record.spans], "risk": record.risk}}


def _resources(record: Record) -> list[dict[str, Any]]:
    made = [{"type": "mcp-server", "name": record.server, "uid": record.pin or record.server}]
    if record.name:
        made.append({"type": f"mcp-{record.family or 'part'}", "name": record.name, "uid": record.name})
    return [*made, *({"type": "mcp-part", "name": name, "uid": name} for name in record.removed)]


def _unmapped(record: Record) -> dict[str, Any]:
    kept = {"method", "direction", "transport", "surface", "mode", "client", "client_version", "protocol", "session"}
    kept |= {"pin_digest", "tier", "redactions", "unscanned", "error", "bytes_in", "bytes_out", "latency_ms", "span_id"}
    return record.model_dump(mode="json", include=kept)


def is_finding(record: Record) -> bool:
    """Whether a record tells of something found, rather than of a message that was fine."""
    return record.verdict is not Action.ALLOW or record.outcome is not Outcome.PASSED or bool(record.error)


__all__ = ["CLOUDFLARE", "cloudflare", "is_finding", "ocsf"]
