"""What a hook of Claude Code is answered, in the forms that were measured to work. Light to import."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_EVENT = re.compile(rb'"hook_event_name"\s*:\s*"([A-Za-z]{1,40})"')


class NotUnderstoodError(ValueError):
    """Input that is no hook's. The message says why, without quoting it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a hook answers: a JSON object with exit status 0, or where there is a `problem` that on stderr with 2."""

    body: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def understood(data: bytes) -> dict[str, Any]:
    """A hook's input. Raises `NotUnderstoodError`."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise NotUnderstoodError(f"is no JSON that can be read ({type(problem).__name__})") from problem
    if not isinstance(given, dict) or not isinstance(given.get("hook_event_name"), str):
        raise NotUnderstoodError("names no hook event")
    return given


def refused(data: bytes, why: str) -> Reply:
    """The reply to input that could not be scanned. A server can bring that about, say by depth: it gains nothing."""
    said = f"Could not be scanned: the hook's input {why}."
    found = _EVENT.search(data)
    if found and found[1] == b"PostToolUse":
        return Reply(withheld(said, said))
    return Reply(problem=f"mcpscan: {said}")


def stopping(data: bytes, problem: str) -> dict[str, Any]:
    """A refusal as JSON, for hooks that have no exit status."""
    found = _EVENT.search(data)
    event = found[1].decode() if found else ""
    if event == "PreToolUse":
        return specific(event, permissionDecision="deny", permissionDecisionReason=problem)
    if event == "Elicitation":
        return specific(event, action="decline")
    return {"systemMessage": problem}


def specific(event: str, **members: Any) -> dict[str, Any]:
    """A reply in the part that belongs to one event."""
    return {"hookSpecificOutput": {"hookEventName": event, **members}}


def withheld(output: Any, said: str) -> dict[str, Any]:
    """A tool's output taken away from the model, and a reason given."""
    return {"decision": "block", "reason": said, **specific("PostToolUse", **replaced(output))}


def replaced(output: Any) -> dict[str, Any]:
    """The members that replace a tool's output: the one for all tools, and the older one for those of MCP."""
    return {"updatedToolOutput": output, "updatedMCPToolOutput": output}
