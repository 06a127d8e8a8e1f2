"""The hooks of mcpscan in a settings file of Claude Code's: printed, or written beside what stands there."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mcpscan_service.adapters.claude_response import FOLDER, LIST, MCP, READ

MATCHER = f"{MCP}.*|{READ}|{LIST}|{FOLDER}"
SECONDS = 30
"""How long Claude Code waits for the command; a hook that takes longer counts as failed."""

_PLAIN = ("SessionStart", "ConfigChange", "Elicitation")
_TOOLS = ("PreToolUse", "PostToolUse", "PostToolUseFailure")


class SettingsError(ValueError):
    """A settings file that cannot be changed; the message says why."""


def hooks(hook: dict[str, Any], matcher: str = MATCHER) -> dict[str, Any]:
    """The `hooks` member of settings: one hook for every event that mcpscan answers."""
    plain = {event: [{"hooks": [hook]}] for event in _PLAIN}
    return {"hooks": {**plain, **{event: [{"matcher": matcher, "hooks": [hook]}] for event in _TOOLS}}}


def of_command(words: Sequence[str]) -> dict[str, Any]:
    """A hook that runs a command. A failure of it counts as exit status 2 where Claude Code knows `onFailure`."""
    return {"type": "command", "command": shlex.join(words), "timeout": SECONDS, "onFailure": "block"}


def of_url(url: str, key_variable: str = "") -> dict[str, Any]:
    """A hook that is posted to a running service; the key is taken from the environment of Claude Code."""
    made: dict[str, Any] = {"type": "http", "url": url, "timeout": SECONDS, "onFailure": "block"}
    if key_variable:
        made |= {"headers": {"Authorization": f"Bearer ${key_variable}"}, "allowedEnvVars": [key_variable]}
    return made


def merged(settings: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Settings with hooks added; those of mcpscan that stand there are replaced, all others stay.

    Raises `SettingsError` where `hooks` has a form that is not known.
    """
    standing = settings.get("hooks", {})
    if not isinstance(standing, dict) or not all(isinstance(groups, list) for groups in standing.values()):
        raise SettingsError("its `hooks` are not in the form that is known here; nothing was changed")
    kept = {event: [group for group in groups if not _is_ours(group)] for event, groups in standing.items()}
    events = dict.fromkeys((*kept, *made["hooks"]))
    joined = {event: [*kept.get(event, []), *made["hooks"].get(event, [])] for event in events}
    return {**settings, "hooks": {event: groups for event, groups in joined.items() if groups}}


def write(path: Path, made: dict[str, Any]) -> Path | None:
    """Add hooks to a settings file; what stood there before is kept beside it, and its path given back.

    Raises `SettingsError` for a file that is no JSON object, `OSError` for one that cannot be read or written.
    """
    before = path.read_bytes() if path.exists() else None
    try:
        settings = json.loads(before) if before and before.strip() else {}
    except (ValueError, RecursionError) as problem:
        raise SettingsError("it is no JSON that can be read; nothing was changed") from problem
    if not isinstance(settings, dict):
        raise SettingsError("it is no JSON object; nothing was changed")
    after = json.dumps(merged(settings, made), indent=2, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = None
    if before is not None:
        kept = path.with_name(f"{path.name}.before-mcpscan")
        if not kept.exists():
            kept.write_bytes(before)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(after, encoding="utf-8")
    if before is not None:
        fresh.chmod(path.stat().st_mode)
    fresh.replace(path)
    return kept


def _is_ours(group: Any) -> bool:
    """Whether a group of hooks is one that was written here before."""
    inner = group.get("hooks") if isinstance(group, dict) else None
    return isinstance(inner, list) and bool(inner) and all(isinstance(one, dict) and _names_us(one) for one in inner)


def _names_us(hook: dict[str, Any]) -> bool:
    command, url = hook.get("command"), hook.get("url")
    if isinstance(command, str):
        return "mcpscan" in command and " hook" in command
    return isinstance(url, str) and url.endswith("/adapters/claude-code")
