"""The five kinds of scans that are asked for, as functions of a scanner: each says what it was about beside the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mcpscan import Report, Scanner
from mcpscan.surface import Kind
from mcpscan.text import visible
from mcpscan_service.guard import Channel
from mcpscan_service.guard.channel import of_answer, of_request

SHOWN = 200
"""Characters of a name that go into a record."""

_CHANNELS = {
    Kind.INSTRUCTIONS: Channel.INSTRUCTIONS,
    Kind.PROMPT_MESSAGE: Channel.PROMPT,
    Kind.DOCUMENT: Channel.RESOURCE,
    Kind.TOOL_RESULT: Channel.RESULT,
    Kind.RESULT_KEY: Channel.RESULT,
    Kind.COMPLETION: Channel.COMPLETION,
    Kind.ERROR: Channel.ERROR,
    Kind.NOTIFICATION: Channel.NOTIFICATION,
    Kind.ELICITATION: Channel.ELICITATION,
    Kind.SAMPLING: Channel.SAMPLING,
    Kind.ARGUMENT: Channel.ARGUMENT,
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """A report, and what was scanned: the kind of scan, the channel its texts speak on, whose it was."""

    report: Report
    method: str
    channel: Channel
    server: str = ""
    name: str = ""


def manifest(scanner: Scanner, value: object, name: str = "", digest: str = "") -> Scanned:
    """Scan any document a server sent or ships; `digest` is the SHA-256 of its bytes, for the report."""
    report = scanner.scan_manifest(value, name)
    if digest:
        report = replace(report, targets=tuple(replace(target, digest=digest) for target in report.targets))
    return Scanned(report, "manifest", Channel.DEFINITION, _shown(name))


def result(scanner: Scanner, value: object, tool: object = None) -> Scanned:
    """Scan what came back from a call. `tool` is the name or the definition of what was called."""
    named = tool.get("name") if isinstance(tool, Mapping) else tool
    report = scanner.scan_result(value, tool or None)
    return Scanned(report, "result", Channel.RESULT, name=_shown(named))


def text(scanner: Scanner, value: str, kind: Kind = Kind.TOOL_DESCRIPTION) -> Scanned:
    """Scan one text as a kind."""
    return Scanned(scanner.scan_text(value, kind), "text", _CHANNELS.get(kind, Channel.DEFINITION))


def message(scanner: Scanner, value: Mapping[str, object]) -> Scanned:
    """Scan one JSON-RPC message."""
    method = value.get("method")
    channel = of_request(method) if isinstance(method, str) else of_answer("", value)
    return Scanned(scanner.scan_message(value), "message", channel)


def change(scanner: Scanner, old: object, new: object, name: str = "") -> Scanned:
    """Scan a newer version of a document against an older one."""
    return Scanned(scanner.scan_change(old, new, name), "change", Channel.DEFINITION, _shown(name))


def _shown(name: object) -> str:
    return visible(name[:SHOWN]) if isinstance(name, str) else ""
