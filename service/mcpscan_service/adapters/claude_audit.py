"""What a session of Claude Code is told about its configuration: the audit's rules about entries, nothing started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mcpscan.finding import Action, Finding
from mcpscan.fleet import Audit
from mcpscan.text import visible

CLIENT = "claude-code"
SHOWN = 5
"""Findings that are named to the user; the rest are counted."""


def identity_of(server: str, cwd: str) -> str:
    """The identity in a lock of a server configured for a folder; "" where none or several different ones have the name.

    Raises nothing for a configuration that cannot be read: its servers are not found then.
    """
    from mcpscan.inventory.redact import installed

    found = {installed(each).identity for each in _servers(cwd).servers if each.name == server and each.enabled}
    return found.pop() if len(found) == 1 else ""


def audited(event: str, cwd: str) -> Mapping[str, Any]:
    """The reply to SessionStart or ConfigChange. A failure is said; it never stops a session."""
    try:
        audit = _audit(cwd)
    except Exception as problem:  # noqa: BLE001 - a session must start whatever a configuration holds
        return {"systemMessage": f"mcpscan: the configuration could not be audited ({type(problem).__name__})"}
    return reply(event, audit)


def reply(event: str, audit: Audit) -> Mapping[str, Any]:
    """What is said of an audit: to the user with names and places, to the model rules and numbers alone.

    Names of servers come with a repository, so they are no text for a model.
    """
    found = [*(each for server in audit.servers for each in server.entry), *audit.across]
    gaps = [*(visible(one.file) for one in audit.unread), *(visible(one.where) for one in audit.errors)]
    if audit.verdict.action is Action.ALLOW and not gaps:
        return {}
    worst = sorted(found, key=lambda one: -one.severity.rank)
    said = [f"{each.rule} ({visible(each.target)})" for each in worst[:SHOWN]]
    if len(worst) > SHOWN:
        said.append(f"{len(worst) - SHOWN} more")
    if gaps:
        said.append(f"not read: {', '.join(gaps[:SHOWN])}")
    message = f"mcpscan: the MCP configuration is to be {_word(audit)}: {'; '.join(said)}. See `mcpscan audit`."
    made: dict[str, Any] = {"systemMessage": message}
    if event == "SessionStart":
        made["hookSpecificOutput"] = {"hookEventName": event, "additionalContext": _context(audit, worst, len(gaps))}
    return made


def _context(audit: Audit, found: list[Finding], gaps: int) -> str:
    rules = Counter(each.rule for each in found)
    named = ", ".join(f"{rule} ({count})" for rule, count in rules.most_common(SHOWN))
    unread = f" {gaps} files or checks could not be read." if gaps else ""
    return (
        f"mcpscan looked at the configuration of {len(audit.servers)} MCP servers without starting them; findings:"
        f" {named or 'none'}.{unread} `mcpscan audit` shows them to the user."
    )


def _word(audit: Audit) -> str:
    return "blocked" if audit.verdict.action is Action.BLOCK else "reviewed"


def _servers(cwd: str) -> Any:
    from mcpscan.inventory import Machine, inventory

    return inventory(Machine.here(), _projects(cwd), (CLIENT,))


def _projects(cwd: str) -> tuple[Path, ...]:
    path = Path(cwd) if cwd else None
    return (path,) if path is not None and path.is_absolute() and path.is_dir() else ()


def _audit(cwd: str) -> Audit:
    from mcpscan.audit.auditing import Auditing, Where
    from mcpscan.engine import Scanner

    where = Where((CLIENT,), _projects(cwd))
    auditing = Auditing(where.inventory(), Scanner(classifier=False), Path(cwd or ".") / "mcpscan.lock")
    auditing.plan.skip()
    return auditing.look(1.0)
