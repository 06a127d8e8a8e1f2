"""The OpenAPI description of the scan API: schemas, examples, every error."""

from __future__ import annotations

from typing import Any

from mcpscan_service.api import examples
from mcpscan_service.api.asks import NAME
from mcpscan_service.problem import TITLES, Code

REQUEST_ID = {
    "name": "X-Request-Id",
    "in": "header",
    "required": False,
    "description": "An id for this request (up to 128 letters, digits and ._~+/=:@-); without a plain one, one is made. "
    "It comes back in the answer.",
    "schema": {"type": "string"},
}

_HEADERS = {"X-Request-Id": {"description": "The id of the request", "schema": {"type": "string"}, "required": True}}
_RETRY = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "string"}, "required": False}}
_ALLOW = {"Allow": {"description": "The methods there are", "schema": {"type": "string"}, "required": True}}
_WHO = {"WWW-Authenticate": {"description": "How to authenticate", "schema": {"type": "string"}, "required": True}}

BODY: tuple[Code, ...] = (
    "bad-json", "too-deep", "body-too-slow", "body-too-large", "unsupported-media-type", "invalid", "busy",
    "scan-too-slow", "not-recorded",
)  # fmt: skip
"""Problems of paths that read a body."""

EVERYWHERE: tuple[Code, ...] = ("unauthenticated", "forbidden", "method-not-allowed", "internal", "cannot-verify")
"""Problems of every path behind the authentication."""

MESSAGE: dict[str, Any] = {
    "type": "object",
    "required": ["jsonrpc"],
    "properties": {
        "jsonrpc": {"const": "2.0"},
        "id": {"type": ["string", "number", "null"]},
        "method": {"type": "string", "minLength": 1},
    },
    "anyOf": [{"required": ["method"]}, {"required": ["result"]}, {"required": ["error"]}],
}
DOCUMENT: dict[str, Any] = {"type": ["object", "array"]}
RESULT: dict[str, Any] = {
    "description": "A result as it is; or an object of nothing but `result` and maybe `tool`, which names what was called.",
    "anyOf": [
        {"$ref": "#/components/schemas/ResultAsk"},
        {"type": "object", "not": {"required": ["result"], "propertyNames": {"enum": ["result", "tool"]}}},
        {"type": "array"},
    ],
}


def reference(name: str) -> dict[str, Any]:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def problems(codes: tuple[Code, ...]) -> dict[int | str, dict[str, Any]]:
    """The answers for some problems, those of one status together."""
    made: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        status, title = TITLES[code]
        entry = made.setdefault(status, {"description": "", "headers": dict(_HEADERS), "content": {}})
        entry["description"] = f"{entry['description']}; {title}" if entry["description"] else title
        entry["headers"] |= _RETRY if status == 503 else _ALLOW if status == 405 else _WHO if status == 401 else {}
        content = entry["content"].setdefault(
            "application/problem+json", {"schema": reference("Problem"), "examples": {}}
        )
        value = {"type": f"urn:mcpscan:problem:{code}", "title": title, "status": status, "request_id": "a-1"}
        content["examples"][code] = {"summary": title, "value": value}
    return made


def success(name: str, example: Any, media: str = "application/json") -> dict[int | str, dict[str, Any]]:
    """The answer of a request that was served."""
    schema = reference(name) if name else {"type": "string"}
    return {
        200: {"description": "Done", "headers": _HEADERS, "content": {media: {"schema": schema, "example": example}}}
    }


def scan(method: str, schema: dict[str, Any], media: tuple[str, ...] = ("application/json",)) -> dict[str, Any]:
    """What FastAPI is told of a path that scans its body."""
    content = {"schema": schema, "examples": examples.REQUESTS[method]}
    parameters: list[dict[str, Any]] = [REQUEST_ID]
    if method == "manifest":
        about = "Whose document it is, for the report"
        named = {"type": "string", "maxLength": NAME}
        parameters.append({"name": "name", "in": "query", "required": False, "description": about, "schema": named})
    return {
        "responses": success("Report", examples.REPORT) | problems(BODY + EVERYWHERE),
        "openapi_extra": {
            "parameters": parameters,
            "requestBody": {"required": True, "content": dict.fromkeys(media, content)},
        },
    }


def batch() -> dict[str, Any]:
    """What FastAPI is told of the path for many scans."""
    about = "JSON Lines: one `Row` a line"
    content = {"application/x-ndjson": {"schema": {"type": "string", "description": about}, "example": examples.ROWS}}
    codes: tuple[Code, ...] = ("unsupported-media-type", "invalid", "busy")
    return {
        "responses": success("", examples.ANSWERED_ROWS, "application/x-ndjson") | problems(codes + EVERYWHERE),
        "openapi_extra": {"parameters": [REQUEST_ID], "requestBody": {"required": True, "content": content}},
    }


def look(name: str, example: Any, codes: tuple[Code, ...] = EVERYWHERE) -> dict[str, Any]:
    """What FastAPI is told of a path that is only read."""
    return {"responses": success(name, example) | problems(codes), "openapi_extra": {"parameters": [REQUEST_ID]}}


def schemas() -> dict[str, Any]:
    """The schemas that the description refers to."""
    from pydantic import TypeAdapter

    from mcpscan.finding import Report
    from mcpscan_service.api.asks import ChangeAsk, ResultAsk, Row, TextAsk
    from mcpscan_service.api.ready import Alive, Ready
    from mcpscan_service.api.ruleset import Ruleset
    from mcpscan_service.problem import Problem

    inputs = [(kind.__name__, "validation", TypeAdapter(kind)) for kind in (ChangeAsk, ResultAsk, Row, TextAsk)]
    outputs = [(kind.__name__, "serialization", TypeAdapter(kind)) for kind in (Report, Ruleset, Alive, Ready, Problem)]
    made = TypeAdapter.json_schemas([*inputs, *outputs], ref_template="#/components/schemas/{model}")[1]  # type: ignore[list-item]
    found: dict[str, Any] = made["$defs"]
    return found


_DOCUMENTS = (
    'A list of tools, `{"tools": …}`, a JSON-RPC message or a batch, a dump per method, a server.json, an MCPB manifest; '
    "as `application/x-ndjson` also a wire log, one message a line."
)
_LINES = (
    "For every line that holds something there is one line `{line, id?, report}` or `{line, id?, problem}`, sent while the "
    "request still arrives. A client that sends more than the limit of one body has to read while it writes. An answer "
    "that breaks off before the end of its last chunk is not whole."
)

WORDS: dict[str, tuple[str, str]] = {
    "/v1/scan/manifest": ("Scan a server's document", "Any document that a server sends or ships. " + _DOCUMENTS),
    "/v1/scan/result": (
        "Scan what came back from a call",
        "A tool result, an error, a prompt or a resource that was read.",
    ),
    "/v1/scan/text": ("Scan one text", "One text as one kind of text; by default as the description of a tool."),
    "/v1/scan/message": ("Scan a JSON-RPC message", "A request of the server's, a notification or an answer."),
    "/v1/scan/change": (
        "Scan a new version of a document",
        "Only what the older version did not have, and what changed for the worse; `changes` are all differences.",
    ),
    "/v1/scan/batch": ("Scan many things", "JSON Lines in, JSON Lines out, in order. " + _LINES),
    "/v1/rules": ("List the rules", "What is looked for: id, severity, confidence, title, references, documentation."),
    "/healthz": ("Is the process alive?", "Answers as soon as the process serves requests."),
    "/readyz": ("Can the filter do its work?", "Tries the rules, the classifier, the lock and the audit log."),
}
"""A summary and a description for each path."""
