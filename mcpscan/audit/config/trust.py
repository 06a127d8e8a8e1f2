"""What a client was told to trust: tools that run without a question, servers that are off, files anyone may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mcpscan.audit.config.command import script
from mcpscan.audit.config.entry import LONGEST, MOST, Key, clipped, words
from mcpscan.audit.config.launcher import unwrapped
from mcpscan.audit.config.rule import ConfigRule, Machine, Spot
from mcpscan.finding import Confidence, Severity
from mcpscan.inventory.server import Server
from mcpscan.text import Late

_GRAVE = Late(
    r"(?i)(?:^|[_\-. ]|(?<=[a-z])(?=[A-Z]))(?:delete|remove|drop|destroy|kill|exec|execute|run|eval|shell|bash|write|send|post|push|merge|deploy|pay|transfer"
    r"|purchase|upload|install|uninstall|reset|overwrite|grant|command|sql)"
)


class ConfigUnasked(ConfigRule):
    """Tools of a server run without a question to the user.

    The question is the last chance to stop a call that a poisoned text asked for; without it, whatever the model is
    talked into happens. Ask for everything that writes, sends or runs something; never trust a whole server.
    """

    id = "config-unasked"
    severity = Severity.MEDIUM
    confidence = Confidence.HIGH
    refs = ("OWASP-LLM06:2025", "OWASP-MCP02:2025")
    flags = (
        {"entry": {"command": "notes-mcp", "autoApprove": ["*"]}},
        {"entry": {"command": "notes-mcp", "trust": True}},
        {"entry": {"command": "notes-mcp", "alwaysAllow": ["search_notes", "delete_note"]}},
        {"entry": {"command": "notes-mcp", "alwaysAllow": ["list_notes"]}},
    )
    passes = (
        {"entry": {"command": "notes-mcp", "autoApprove": [], "trust": False}},
        {"entry": {"command": "notes-mcp", "args": ["--trust", "all"]}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Name every tool, and every wildcard."""
        for tool in server.unasked:
            key = _where(server.raw, tool)
            if "*" in tool:
                what = "every tool runs" if tool == "*" else "every tool of this pattern runs"
                yield Spot(key, f"{what} without a question", tool)
            elif _GRAVE.search(tool):
                yield Spot(key, "a tool that changes or sends something runs without a question", tool)
            else:
                yield Spot(key, "the tool runs without a question", tool, severity=Severity.LOW)


_LISTS = (
    "autoApprove",
    "alwaysAllow",
    "autoapprove",
    "auto_approve",
    "always_allow",
    "allowedTools",
    "approved_tools",
    "trust",
    "trusted",
)


def _where(raw: object, tool: str) -> Key:
    if not isinstance(raw, Mapping):
        return ()
    for name in _LISTS:
        value = raw.get(name)
        if value is True or value == tool:
            return (name,)
        if isinstance(value, Sequence) and not isinstance(value, str) and tool in value:
            return (name, str(list(value).index(tool)))
        if isinstance(value, Mapping) and tool in value:
            return (name, tool)
    tools = raw.get("tools")
    if isinstance(tools, Mapping) and tool in tools:
        return ("tools", tool)
    return next(((name,) for name in ("approval_mode", "default_tools_approval_mode") if name in raw), ())


class ConfigDisabled(ConfigRule):
    """A server is configured and switched off.

    It starts nothing now, and one click brings it back, unseen by whoever reviews what runs. Remove what is not needed.
    """

    id = "config-disabled"
    severity = Severity.INFO
    confidence = Confidence.HIGH
    flags = (
        {"entry": {"command": "notes-mcp", "disabled": True}},
        {"entry": {"url": "https://mcp.example", "enabled": False}},
    )
    passes = ({"entry": {"command": "notes-mcp"}}, {"entry": {"command": "notes-mcp", "disabled": False}})

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look at the switch."""
        if not server.enabled:
            raw = server.raw if isinstance(server.raw, Mapping) else {}
            key: Key = next(((name,) for name in ("disabled", "enabled") if name in raw), ())
            yield Spot(key, "the server is configured and switched off", server.name)


class ConfigLong(ConfigRule):
    """An entry holds a value that is too long to be read by the other rules.

    No honest command, variable or address is that long; what stands behind the part that was read was not looked at.
    Read it yourself, or shorten it.
    """

    id = "config-long"
    severity = Severity.MEDIUM
    confidence = Confidence.MEDIUM
    refs = ("CWE-400",)
    flags = (
        {"entry": {"command": "notes-mcp", "args": ["--note", "a long note, " * 400]}},
        {"entry": {"command": "notes-mcp", "args": ["-v"] * 2000}},
    )
    passes = ({"entry": {"command": "notes-mcp", "args": ["--note", "a short note"]}},)

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Compare what the rules read with what is there."""
        if clipped(server) is not server:
            yield Spot(
                (), f"a value is longer than {LONGEST} characters or there are more than {MOST} of them", server.name
            )


class ConfigWritable(ConfigRule):
    """Every user of the machine may change the configuration file, the program, or a folder on the way to it.

    Another account, or a service that was broken into, then decides what the client starts as this user. Take the
    permission away (`chmod o-w`).
    """

    id = "config-writable"
    severity = Severity.HIGH
    confidence = Confidence.HIGH
    refs = ("CWE-732", "CWE-276")
    flags = (
        {"entry": {"command": "notes-mcp"}, "modes": {"/home/alex/.client/mcp.json": 0o666}},
        {"entry": {"command": "/opt/notes/bin/server"}, "modes": {"/opt/notes/bin/server": 0o777}},
        {"entry": {"command": "node", "args": ["/opt/notes/index.js"]}, "modes": {"/opt/notes": 0o40777}},
    )
    passes = (
        {"entry": {"command": "/opt/notes/bin/server"}, "modes": {"/opt/notes/bin/server": 0o755, "/opt": 0o40755}},
        {
            "entry": {"command": "node", "args": ["/tmp/notes/index.js"]},
            "modes": {"/tmp": 0o41777, "/tmp/notes": 0o40755},
        },
        {"entry": {"command": "notes-mcp"}},
    )

    def hits(self, server: Server, machine: Machine) -> Iterator[Spot]:
        """Look at the permissions of the file, the program and every folder above them."""
        yield from _open((), "the configuration file", server.file, machine)
        skipped, argv = unwrapped(server.argv)
        keys = [key for key, _ in words(server)][skipped:]
        seen: set[Path] = set(server.file.parents)
        for at in sorted({0, script(argv) or 0}) if argv else ():
            path = _resolved(argv[at], server, machine)
            if path is not None:
                yield from _open(keys[at], "the program that the server runs", path, machine, seen)


def _resolved(word: str, server: Server, machine: Machine) -> Path | None:
    if "\0" in word or "$" in word or "%" in word:
        return None
    if word.startswith("~/") and machine.home:
        return Path(machine.home) / word[2:]
    if "/" not in word:
        found = machine.which(word)
        return Path(found) if found else None
    path = Path(word)
    base = server.directory or server.project
    return path if path.is_absolute() else Path(base) / path if base else None


def _open(key: Key, what: str, path: Path, machine: Machine, seen: set[Path] | None = None) -> Iterator[Spot]:
    if not path.is_absolute():
        return
    for place in (path, *path.parents):
        if seen is not None and place in seen:
            continue
        mode = machine.mode(place)
        if mode is not None and mode.anyone_writes:
            where = what if place == path else f"a folder above {what}"
            yield Spot(key, f"every user may change {where}", str(place))
