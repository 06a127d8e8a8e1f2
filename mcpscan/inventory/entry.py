"""One entry of any client's dialect to a `Server`. What no dialect knows stays in `raw`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mcpscan.inventory.roots import Entry
from mcpscan.inventory.server import Transport
from mcpscan.inventory.unasked import unasked

_TYPES: dict[str, Transport] = {
    "stdio": "stdio", "local": "stdio", "command": "stdio", "process": "stdio", "inline_python": "stdio",
    "http": "http", "https": "http", "remote": "http", "streamable": "http",
    "streamablehttp": "http", "httpstream": "http",
    "sse": "sse", "ws": "ws", "websocket": "ws", "builtin": "builtin", "platform": "builtin", "bundled": "builtin",
}  # fmt: skip
"""Names of transports, in small letters and without `-` and `_`."""

_COMMANDS = ("command", "cmd")
_ADDRESSES = ("httpUrl", "url", "serverUrl", "uri", "endpoint")
_ENVIRONMENTS = ("env", "envs", "environment")
_HEADERS = ("headers", "http_headers")
_FOLDERS = ("cwd", "working_directory", "workingDirectory", "directory")


def read(entry: Entry, untyped: Transport = "http") -> Mapping[str, Any]:
    """The members of a `Server` that an entry tells; `untyped` is what an address without a type means.

    The entry's value has to be an object.
    """
    value = _flat(entry.value)
    argv, url = tuple(_words(value)), _address(value)
    return {
        "name": entry.name,
        "line": entry.spot.line,
        "key": entry.key,
        "transport": _transport(value, argv, url, untyped),
        "argv": argv,
        "url": url,
        "env": _environment(value),
        "headers": _headers(value),
        "env_file": _text(value, "envFile", "env_file"),
        "directory": _text(value, *_FOLDERS),
        "enabled": _enabled(value),
        "unasked": unasked(value),
        "description": _text(value, "description"),
        "raw": entry.value,
        "places": entry.spot.lines(),
        "project": entry.project,
    }


def _flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with the members of a nested `transport` or `command` object in their usual places."""
    flat = dict(value)
    nested = flat.get("transport")
    if isinstance(nested, dict):
        flat = {**flat, **nested}
    command = flat.get("command")
    if isinstance(command, dict):
        flat = {**flat, **command, "command": command.get("path", command.get("command"))}
    return flat


def _words(value: Mapping[str, Any]) -> Iterator[str]:
    for name in (*_COMMANDS, "args"):
        given = value.get(name)
        if name == "cmd" and isinstance(value.get("command"), str | list):
            continue
        if isinstance(given, list):
            yield from (_as_text(word) for word in given)
        elif isinstance(given, str | int | float):
            yield _as_text(given)


def _address(value: Mapping[str, Any]) -> str:
    return _text(value, *_ADDRESSES)


def _transport(value: Mapping[str, Any], argv: tuple[str, ...], url: str, untyped: Transport) -> Transport:
    given = _text(value, "type", "transport", "transportType").lower().replace("-", "").replace("_", "")
    if given in _TYPES:
        return _TYPES[given]
    if argv:
        return "stdio"
    if url.lower().startswith(("ws://", "wss://")):
        return "ws"
    if not url:
        return "unknown"
    return "http" if isinstance(value.get("httpUrl"), str) else untyped


def _environment(value: Mapping[str, Any]) -> dict[str, str]:
    """Variables by name. A name alone means that its value comes from elsewhere: it is written as `${NAME}`."""
    found: dict[str, str] = {}
    for name in (*_ENVIRONMENTS, "env_vars", "env_keys"):
        found |= _pairs(value.get(name))
    return found


def _headers(value: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for holder in (value, value.get("requestOptions"), value.get("requestInit")):
        if isinstance(holder, dict):
            for name in _HEADERS:
                found |= _pairs(holder.get(name))
    found |= {name: f"${{{variable}}}" for name, variable in _pairs(value.get("env_http_headers")).items()}
    variable = _text(value, "bearer_token_env_var")
    return found | {"Authorization": f"Bearer ${{{variable}}}"} if variable else found


def _pairs(given: Any) -> dict[str, str]:
    if isinstance(given, dict):
        return {str(name): _as_text(item) for name, item in given.items()}
    found: dict[str, str] = {}
    for item in given if isinstance(given, list) else ():
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            found[item["name"]] = _as_text(item.get("value", f"${{{item['name']}}}"))
        elif isinstance(item, str):
            name, mark, rest = item.partition("=")
            found[name] = rest if mark else f"${{{name}}}"
    return found


def _enabled(value: Mapping[str, Any]) -> bool:
    if _truth(value.get("disabled")):
        return False
    return not any(
        name in value and value[name] is not None and not _truth(value[name]) for name in ("enabled", "isActive")
    )


def _truth(value: Any) -> bool:
    return value.strip().lower() in {"true", "yes", "on", "1"} if isinstance(value, str) else bool(value)


def _text(value: Mapping[str, Any], *names: str) -> str:
    return next((value[name] for name in names if isinstance(value.get(name), str)), "")


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)
    except (RecursionError, ValueError, TypeError):
        return str(type(value).__name__)
