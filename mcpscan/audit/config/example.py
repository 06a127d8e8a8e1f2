"""Examples of rules about configurations as servers: what the tests and the documentation read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mcpscan.audit.config.rule import Example, Machine, Mode
from mcpscan.inventory.server import Server

FILE = "/home/alex/.client/mcp.json"
HOME = "/home/alex"


def example(data: Example) -> tuple[Server, Machine]:
    """The server and the machine of an example, its entry read as most clients would."""
    raw = data.get("entry")
    entry = dict(raw) if isinstance(raw, Mapping) else {}
    name = str(data.get("name", "notes"))
    modes = data.get("modes")
    known = {Path(str(path)): int(str(bits)) for path, bits in modes.items()} if isinstance(modes, Mapping) else {}
    argv = (str(entry["command"]), *map(str, _list(entry.get("args")))) if "command" in entry else ()
    server = Server(
        client=str(data.get("client", "client")),
        scope="project" if data.get("scope") == "project" else "user",
        name=name,
        file=Path(FILE),
        line=1,
        key=("mcpServers", name),
        transport="stdio" if argv else "http",
        argv=argv,
        url=str(entry.get("url", "")),
        env=_strings(entry.get("env")),
        headers=_strings(entry.get("headers")),
        enabled=not entry.get("disabled") and entry.get("enabled") is not False,
        unasked=_unasked(entry),
        raw=entry,
    )
    return server, Machine(HOME, lambda path: _mode(known, path))


def _unasked(entry: Mapping[str, object]) -> tuple[str, ...]:
    if entry.get("trust") is True:
        return ("*",)
    return tuple(str(tool) for name in ("autoApprove", "alwaysAllow") for tool in _list(entry.get(name)))


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _strings(value: object) -> dict[str, str]:
    return {str(name): str(entry) for name, entry in value.items()} if isinstance(value, Mapping) else {}


def _mode(known: Mapping[Path, int], path: Path) -> Mode | None:
    bits = known.get(path)
    return None if bits is None else Mode(bits & 0o7777, bool(bits & 0o40000))
