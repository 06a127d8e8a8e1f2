"""Bodies of requests to scans: what each path takes. Run where the scan runs, in a thread for large bodies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from mcpscan import Kind, Scanner
from mcpscan_service.api import jobs
from mcpscan_service.api.asks import NAME, ChangeAsk, ResultAsk, Row, TextAsk, checked, invalid
from mcpscan_service.api.call import Call
from mcpscan_service.api.jobs import Scanned
from mcpscan_service.api.reading import value_of

Reader = Callable[[Scanner, Call], Scanned]

_ENVELOPE = frozenset({"result", "tool"})


def manifest(scanner: Scanner, call: Call) -> Scanned:
    """Any document that `Scanner.scan_manifest` takes, as it is; the query parameter `name` says whose."""
    name = call.parameter("name", NAME)
    value = value_of(call.body, call.limits.depth, several=call.lines)
    return jobs.manifest(scanner, _document(value), name, hashlib.sha256(call.body).hexdigest())


def result(scanner: Scanner, call: Call) -> Scanned:
    """A result as it is, or an object of nothing but `result` and maybe `tool`, which says what was called."""
    value = value_of(call.body, call.limits.depth)
    if isinstance(value, dict) and "result" in value and value.keys() <= _ENVELOPE:
        ask = checked(ResultAsk, value)
        return jobs.result(scanner, ask.result, ask.tool)
    return jobs.result(scanner, _document(value))


def text(scanner: Scanner, call: Call) -> Scanned:
    """A `TextAsk`."""
    ask = checked(TextAsk, value_of(call.body, call.limits.depth))
    return jobs.text(scanner, ask.text, ask.kind)


def message(scanner: Scanner, call: Call) -> Scanned:
    """A JSON-RPC 2.0 message as it is: a request, a notification or an answer."""
    return jobs.message(scanner, _message(value_of(call.body, call.limits.depth)))


def change(scanner: Scanner, call: Call) -> Scanned:
    """A `ChangeAsk`."""
    ask = checked(ChangeAsk, value_of(call.body, call.limits.depth))
    return jobs.change(scanner, ask.old, ask.new, ask.name)


def row(scanner: Scanner, ask: Row) -> Scanned:
    """One line of a batch. Raises `ProblemError` for one that names nothing to scan, or several things."""
    given = ask.model_fields_set
    methods: list[str] = [name for name in ("manifest", "result", "text", "message") if name in given]
    methods += ["change"] * bool(given & {"old", "new"})
    method = methods[0] if len(methods) == 1 else ""
    if not method or (method == "change" and not {"old", "new"} <= given) or ask.method not in {None, method}:
        raise invalid(
            [("", "exactly one of manifest, result, text, message, or old with new; method, if given, agrees")]
        )
    unused = given & ({"tool", "kind", "name"} - _ALLOWED[method])
    if unused:
        raise invalid([(f"/{name}", f"means nothing for {method}") for name in sorted(unused)])
    if method == "manifest":
        return jobs.manifest(scanner, ask.manifest, ask.name)
    if method == "result":
        return jobs.result(scanner, ask.result, ask.tool)
    if method == "text":
        return jobs.text(scanner, ask.text, ask.kind or Kind.TOOL_DESCRIPTION)
    if method == "message":
        return jobs.message(scanner, _message(ask.message))
    return jobs.change(scanner, ask.old, ask.new, ask.name)


_ALLOWED = {"manifest": {"name"}, "result": {"tool"}, "text": {"kind"}, "message": set[str](), "change": {"name"}}


def _document(value: object) -> object:
    if not isinstance(value, dict | list):
        raise invalid([("", "an object or an array is expected; a text goes to /v1/scan/text")])
    return value


def _message(value: object) -> dict[str, object]:
    if not isinstance(value, dict) or value.get("jsonrpc") != "2.0":
        raise invalid([("", 'an object with "jsonrpc": "2.0" is expected')])
    method = value.get("method")
    if "method" in value and not (isinstance(method, str) and method):
        raise invalid([("/method", "a name is expected")])
    if "method" not in value and not value.keys() & {"result", "error"}:
        raise invalid([("", "neither a request nor an answer: no method, result or error")])
    if isinstance(value.get("id"), dict | list | bool):
        raise invalid([("/id", "a number or a string is expected")])
    return value
