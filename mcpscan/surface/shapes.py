"""Which of the shapes people have a document is: a list of tools, one response, a wire log, a dump, a package."""

from __future__ import annotations

from collections.abc import Mapping

from mcpscan.surface import messages
from mcpscan.surface.parse import Parsed, parse
from mcpscan.surface.passage import Kind, Passage, Reach, Surface
from mcpscan.surface.walk import Gatherer, Place

PACKAGE_MARKS = frozenset({"packages", "remotes", "manifest_version", "dxt_version", "user_config", "mcp_config"})
BLOCK_TYPES = frozenset({"text", "image", "audio", "resource", "resource_link", "tool_use", "tool_result"})
TOOL_MARKS = frozenset({"inputSchema", "input_schema", "parameters", "outputSchema", "annotations", "description"})


def read(document: object, owner: str = "") -> Surface:
    """Every text of a document; `owner` names the tool, prompt or resource of what belongs to no other.

    `document` is JSON as `bytes`, or a value already parsed: a list of tools, `{"tools": …}`, any result, a JSON-RPC
    message or a batch, JSON Lines of wire messages, a dump per method, a server.json or an MCPB manifest. Never
    raises on what a server may send: what is malformed becomes an anomaly, what was not looked at an `Unread`.
    """
    gatherer = Gatherer()
    if isinstance(document, bytes | bytearray):
        parsed = parse(bytes(document))
    else:
        parsed = Parsed(
            dict(document) if isinstance(document, Mapping) and not isinstance(document, dict) else document
        )
    gatherer.anomalies += parsed.anomalies
    gatherer.unread += parsed.unread
    if parsed.raw is not None:
        gatherer.text(parsed.raw, Place("", Kind.UNKNOWN, owner=owner))
        return gatherer.surface()
    _document(gatherer, parsed.value, Place("", Kind.UNKNOWN, owner=owner))
    if not (gatherer.passages or gatherer.unread or _is_empty_listing(parsed.value)):
        gatherer.skip("no-text", "", "no MCP message was recognised in this document and no text was found in it")
    return gatherer.surface()


def read_text(text: str, kind: Kind) -> Surface:
    """A surface of one passage."""
    return Surface((Passage("", kind, Reach.MODEL, text),))


def _is_empty_listing(value: object) -> bool:
    if isinstance(value, list) and value:
        return all(isinstance(each, dict) and each.get("jsonrpc") == "2.0" for each in value)
    if isinstance(value, dict) and value.get("jsonrpc") == "2.0":
        return True  # A whole message, all of whose strings are the protocol's own words.
    known = messages.RESULT.keys() - {"_meta", "message", "description"}
    if isinstance(value, dict) and isinstance(value.get("result"), dict):
        value = value["result"]
    return value == [] or (isinstance(value, dict) and bool(value.keys() & known))


def _document(gatherer: Gatherer, value: object, place: Place) -> None:
    if isinstance(value, list):
        _list(gatherer, value, place)
    elif not isinstance(value, dict):
        gatherer.odd("not-a-message", place.pointer, "an MCP message is a JSON object; this is none")
        gatherer.walk(value, place)
    elif "jsonrpc" in value or ("method" in value and isinstance(value["method"], str)):
        messages.request(gatherer, value, place)
    elif any("/" in name or name == "initialize" for name in value) and "name" not in value:
        messages.wire(gatherer, value, place)
    elif value.keys() & PACKAGE_MARKS or "server.schema.json" in str(value.get("$schema", "")):
        _package(gatherer, value, place)
    elif _is_tool(value):
        messages.ONE_TOOL(gatherer, value, place)
    elif value.get("type") in BLOCK_TYPES and not value.keys() & {"content", "tools"}:
        messages.BLOCKS(gatherer, value, place)
    else:
        messages.result(gatherer, value, place)


def _list(gatherer: Gatherer, value: list[object], place: Place) -> None:
    for index, child in enumerate(value):
        here = place.at(index)
        if isinstance(child, dict) and child.get("type") in BLOCK_TYPES:
            messages.BLOCKS(gatherer, child, here)
        elif isinstance(child, dict) and "name" in child and "jsonrpc" not in child:
            messages.ONE_TOOL(gatherer, child, here)
        elif isinstance(child, dict | list):
            _document(gatherer, child, here)
        else:
            gatherer.odd("not-a-message", here.pointer, "an MCP message is a JSON object; this is none")
            gatherer.walk(child, here)


def _is_tool(value: dict[str, object]) -> bool:
    listings = {"tools", "prompts", "resources", "serverInfo", "instructions", "content", "messages"}
    return "name" in value and bool(value.keys() & TOOL_MARKS) and not value.keys() & listings


def _package(gatherer: Gatherer, value: dict[str, object], place: Place) -> None:
    """A server.json (2025-12-11 and older) or an MCPB/DXT manifest: text shown before any connection."""
    here = Place(place.pointer, Kind.PACKAGE, Reach.USER)
    name = value.get("name")
    gatherer.server = name if isinstance(name, str) else ""
    table: dict[str, messages.Handler] = {
        "tools": messages.each(messages.ONE_TOOL),
        "prompts": messages.each(messages.ONE_PROMPT),
        "_meta": messages.free(Kind.META, Reach.HOST),
    }
    messages.members(gatherer, value, here, table)
