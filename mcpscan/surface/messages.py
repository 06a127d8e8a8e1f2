"""Which member of which MCP message is which kind of text, in both protocol eras.

Members are recognised by name, because a name means the same in every message of the specification (2024-11-05 to
2026-07-28): `tools` is a list of tools in a `tools/list` result, in a dump and in a sampling request alike. What no
entry claims is walked whole, so an unknown member is read and not lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mcpscan.surface.own_words import OWN_WORDS
from mcpscan.surface.passage import Item, Kind, Reach
from mcpscan.surface.schema import schema
from mcpscan.surface.walk import Gatherer, Place

Handler = Callable[[Gatherer, object, Place], None]

MAX_LEVEL = 24
"""Messages nested in messages deeper than this are read as plain JSON: every text still counts, its kind does not."""

MEDIA = ("image/", "audio/", "video/", "font/")
SVG = "image/svg"
_BASE64 = re.compile(r"[A-Za-z0-9+/=\r\n]*")


def members(gatherer: Gatherer, value: object, place: Place, table: dict[str, Handler]) -> None:
    """Hand each member of an object to its entry in a table, and walk the rest."""
    if not isinstance(value, dict):
        gatherer.odd("wrong-type", place.pointer, f"{place.slot or 'an item'} is not an object")
        gatherer.walk(value, place)
        return
    if gatherer.level >= MAX_LEVEL:
        gatherer.walk(value, place)
        return
    gatherer.level += 1
    for name, child in gatherer.members(value, place):
        handler = table.get(name)
        if handler is None:
            gatherer.walk(child, gatherer.member(name, place))
        else:
            handler(gatherer, child, place.at(name))
    gatherer.level -= 1


def each(handler: Handler) -> Handler:
    """A handler for a list whose elements the given handler takes."""

    def elements(gatherer: Gatherer, value: object, place: Place) -> None:
        if isinstance(value, list):
            for index, child in enumerate(value):
                handler(gatherer, child, place.at(index))
        elif value is not None:
            gatherer.odd("wrong-type", place.pointer, f"{place.slot} is not a list")
            gatherer.walk(value, place)

    return elements


def plain(kind: Kind, reach: Reach = Reach.MODEL) -> Handler:
    """A handler for a string of one kind."""

    def take(gatherer: Gatherer, value: object, place: Place) -> None:
        gatherer.text(value, Place(place.pointer, kind, reach, None, place.owner, place.base, place.slot))

    return take


def fixed(words: frozenset[str], handler: Handler) -> Handler:
    """A handler that has nothing to read where one of the protocol's own words stands."""

    def take(gatherer: Gatherer, value: object, place: Place) -> None:
        if not (isinstance(value, str) and value in words):
            handler(gatherer, value, place)

    return take


def free(kind: Kind, reach: Reach = Reach.MODEL, keys: Kind | None = None) -> Handler:
    """A handler for any JSON whose strings are of one kind."""

    def take(gatherer: Gatherer, value: object, place: Place) -> None:
        gatherer.walk(value, Place(place.pointer, kind, reach, keys, place.owner, place.base, place.slot))

    return take


def item(family: str, table: dict[str, Handler], kind: Kind, label: str = "name") -> Handler:
    """A handler for a named thing, which becomes the owner of every text below it."""

    def take(gatherer: Gatherer, value: object, place: Place) -> None:
        name = value.get(label) if isinstance(value, dict) else None
        if isinstance(value, dict):
            if not isinstance(name, str) or not name:
                gatherer.odd("no-name", place.pointer, f"a {family} without a {label}")
            gatherer.items.append(Item(family, name if isinstance(name, str) else "", place.pointer, value))
        here = Place(place.pointer, kind, Reach.MODEL, None, place.owner, place.base, place.slot)
        members(gatherer, value, here.of(name if isinstance(name, str) else ""), table)

    return take


def _schema(gatherer: Gatherer, value: object, place: Place) -> None:
    schema(gatherer, value, Place(place.pointer, Kind.TOOL_SCHEMA, Reach.MODEL, None, place.owner, place.base, ""))


def _form(gatherer: Gatherer, value: object, place: Place) -> None:
    schema(gatherer, value, Place(place.pointer, Kind.ELICITATION, Reach.USER, None, place.owner, place.base, ""))


def _server(gatherer: Gatherer, value: object, place: Place) -> None:
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        gatherer.server = gatherer.server or str(value["name"])
        gatherer.server_version = gatherer.server_version or str(value.get("version", ""))
    here = Place(place.pointer, Kind.SERVER_DESCRIPTION, Reach.USER, None, place.owner, place.base, place.slot)
    members(gatherer, value, here, SERVER)


def _protocol(gatherer: Gatherer, value: object, place: Place) -> None:
    newest = (
        value
        if isinstance(value, str)
        else max((str(entry) for entry in value), default="")
        if isinstance(value, list)
        else ""
    )
    gatherer.protocol = max(gatherer.protocol, newest)
    gatherer.walk(value, place)


def _meta(gatherer: Gatherer, value: object, place: Place) -> None:
    here = Place(place.pointer, Kind.META, Reach.HOST, None, place.owner, place.base, place.slot)
    members(gatherer, value, here, {"io.modelcontextprotocol/serverInfo": _server})


def _blob(gatherer: Gatherer, value: object, place: Place, mime: str) -> None:
    if not isinstance(value, str):
        gatherer.text(value, place)
    elif mime.startswith(MEDIA) and not mime.startswith(SVG):
        if not _BASE64.fullmatch(value):
            # No picture: whoever shows the block as it is shows these words.
            gatherer.text(value, place)
        gatherer.skip("media", place.pointer, f"{mime[:60]}: text inside pictures and sound is not read")
    else:
        gatherer.text(value, place, encoding="base64")


def _contents(gatherer: Gatherer, value: object, place: Place) -> None:
    """One element of a `resources/read` result, or an embedded resource."""
    mime = str(value.get("mimeType", "")) if isinstance(value, dict) else ""
    here = Place(place.pointer, Kind.DOCUMENT, Reach.MODEL, None, place.owner, place.base, place.slot)
    table = CONTENTS | {"blob": lambda g, v, p: _blob(g, v, p, mime)}
    members(gatherer, value, here, table)


def block(kind: Kind) -> Handler:
    """A handler for one content block, or a list of them, whose text is of a kind."""

    def take(gatherer: Gatherer, value: object, place: Place) -> None:
        here = Place(place.pointer, kind, Reach.MODEL, None, place.owner, place.base, place.slot)
        if isinstance(value, str):
            gatherer.text(value, here)
            return
        if isinstance(value, list):
            each(take)(gatherer, value, place)
            return
        mime = str(value.get("mimeType", "")) if isinstance(value, dict) else ""
        shape = value.get("type") if isinstance(value, dict) else None
        table = BLOCK | {
            "content": take,
            "data": lambda g, v, p: _blob(g, v, p, mime or f"{shape}/unknown"),
            "structuredContent": free(kind, keys=Kind.RESULT_KEY),
        }
        if shape not in {"image", "audio"}:
            table.pop("data")
        members(gatherer, value, here, table)

    return take


def _message(kind: Kind) -> Handler:
    return lambda gatherer, value, place: members(
        gatherer, value, Place(place.pointer, kind, Reach.MODEL, None, place.owner, place.base, place.slot),
        {"content": block(kind)},
    )  # fmt: skip


def _requests(gatherer: Gatherer, value: object, place: Place) -> None:
    """`inputRequests` of revision 2026-07-28: free keys to embedded requests."""
    if not isinstance(value, dict):
        gatherer.text(value, place)
        return
    for name, child in gatherer.members(value, place):
        here = gatherer.member(name, place.names(Kind.ELICITATION)).names(None)
        request(gatherer, child, here)


def request(gatherer: Gatherer, value: object, place: Place) -> None:
    """One JSON-RPC message: a request, a notification or a response, in either era."""
    method = value.get("method") if isinstance(value, dict) else None
    table = METHODS.get(method, RESULT) if isinstance(method, str) else RESULT
    kind = KIND_OF_METHOD.get(method if isinstance(method, str) else "", Kind.UNKNOWN)

    def params(gatherer: Gatherer, value: object, place: Place) -> None:
        here = Place(place.pointer, kind, Reach.USER, None, place.owner, place.base, place.slot)
        if isinstance(value, dict):
            members(gatherer, value, here, table)
        else:
            gatherer.walk(value, here)

    here = Place(place.pointer, kind, place.reach, None, place.owner, place.base, place.slot)
    own = fixed(OWN_WORDS, plain(kind))
    members(gatherer, value, here, {"params": params, "result": result, "error": _error, "method": own, "jsonrpc": own})


def result(gatherer: Gatherer, value: object, place: Place) -> None:
    """The `result` of any response, a dump that joins several, or a manifest."""
    members(gatherer, value, Place(place.pointer, Kind.META, Reach.HOST, None, place.owner, place.base, ""), RESULT)


def _error(gatherer: Gatherer, value: object, place: Place) -> None:
    gatherer.walk(value, Place(place.pointer, Kind.ERROR, Reach.MODEL, None, place.owner, place.base, place.slot))


def _result_list(gatherer: Gatherer, value: object, place: Place) -> None:
    """What a dump holds per method: one result a page."""
    for index, page in enumerate(value if isinstance(value, list) else [value]):
        here = place.at(index) if isinstance(value, list) else place
        if isinstance(page, dict) and "method" in page:
            request(gatherer, page, here)
        elif isinstance(page, dict) and set(page) & {"_error", "jsonrpc"}:
            members(gatherer, page, here, {"_error": _error, "error": _error, "result": result})
        else:
            result(gatherer, page, here)


def wire(gatherer: Gatherer, value: object, place: Place) -> None:
    """A dump that maps each method to its results."""
    if not isinstance(value, dict):
        gatherer.walk(value, place)
        return
    for method, pages in gatherer.members(value, place):
        _result_list(gatherer, pages, place.at(method))


def _call(gatherer: Gatherer, value: object, place: Place) -> None:
    owner = str(value.get("tool") or value.get("name") or "") if isinstance(value, dict) else ""
    here = Place(place.pointer, Kind.META, Reach.HOST, None, owner, place.pointer, place.slot)
    members(gatherer, value, here, {"result": result, "error": _error, "arguments": free(Kind.ARGUMENT)})


ICONS = free(Kind.ICON, Reach.USER)
SERVER: dict[str, Handler] = {"icons": ICONS, "_meta": _meta}
TOOL: dict[str, Handler] = {
    "name": plain(Kind.TOOL_NAME),
    "title": plain(Kind.TOOL_TITLE),
    "description": plain(Kind.TOOL_DESCRIPTION),
    "inputSchema": _schema,
    "input_schema": _schema,
    "parameters": _schema,
    "outputSchema": _schema,
    "annotations": free(Kind.ANNOTATION),
    "icons": ICONS,
    "_meta": _meta,
    "execution": free(Kind.META, Reach.HOST),
}
NAMED: dict[str, Handler] = {"icons": ICONS, "_meta": _meta}
CONTENTS: dict[str, Handler] = {
    "_meta": _meta,
    "uri": plain(Kind.RESOURCE),
    "mimeType": plain(Kind.RESOURCE, Reach.HOST),
}
BLOCK: dict[str, Handler] = {
    "_meta": _meta,
    "resource": _contents,
    "icons": ICONS,
    "type": fixed(OWN_WORDS, plain(Kind.META, Reach.HOST)),
    "mimeType": fixed(OWN_WORDS, plain(Kind.META, Reach.HOST)),
    "annotations": free(Kind.ANNOTATION, Reach.HOST),
}
PROMPT: dict[str, Handler] = NAMED | {
    "messages": each(_message(Kind.PROMPT_MESSAGE)),
    "result": result,
    "error": _error,
}
RESOURCE_ITEM: dict[str, Handler] = NAMED | {"contents": each(_contents), "result": result, "error": _error}

ONE_TOOL = item("tool", TOOL, Kind.TOOL_DESCRIPTION)
ONE_PROMPT = item("prompt", PROMPT, Kind.PROMPT)
ONE_RESOURCE = item("resource", RESOURCE_ITEM, Kind.RESOURCE, "uri")
ONE_TEMPLATE = item("template", RESOURCE_ITEM, Kind.RESOURCE, "uriTemplate")
BLOCKS = block(Kind.TOOL_RESULT)

ELICITATION: dict[str, Handler] = {"requestedSchema": _form, "_meta": _meta}
SAMPLING: dict[str, Handler] = {
    "messages": each(_message(Kind.SAMPLING)),
    "tools": each(ONE_TOOL),
    "_meta": _meta,
}
RESULT: dict[str, Handler] = {
    "tools": each(ONE_TOOL),
    "prompts": each(ONE_PROMPT),
    "resources": each(ONE_RESOURCE),
    "resourceTemplates": each(ONE_TEMPLATE),
    "resource_templates": each(ONE_TEMPLATE),
    "instructions": plain(Kind.INSTRUCTIONS),
    "description": plain(Kind.SERVER_DESCRIPTION),
    "serverInfo": _server,
    "protocolVersion": _protocol,
    "supportedVersions": _protocol,
    "capabilities": free(Kind.META, Reach.HOST),
    "content": BLOCKS,
    "structuredContent": free(Kind.TOOL_RESULT, keys=Kind.RESULT_KEY),
    "messages": each(_message(Kind.PROMPT_MESSAGE)),
    "contents": each(_contents),
    "completion": free(Kind.COMPLETION),
    "inputRequests": _requests,
    "statusMessage": plain(Kind.NOTIFICATION),
    "result": result,
    "error": _error,
    "_error": _error,
    "wire": wire,
    "calls": each(_call),
    "_server_sent": _result_list,
    "requestedSchema": _form,
    "message": plain(Kind.NOTIFICATION, Reach.USER),
    "_meta": _meta,
}
METHODS: dict[str, dict[str, Handler]] = {
    "elicitation/create": ELICITATION,
    "sampling/createMessage": SAMPLING,
    "tools/call": {"_meta": _meta, "arguments": free(Kind.ARGUMENT, keys=Kind.ARGUMENT)},
}
KIND_OF_METHOD = {
    "elicitation/create": Kind.ELICITATION,
    "sampling/createMessage": Kind.SAMPLING,
    "tools/call": Kind.ARGUMENT,
    "prompts/get": Kind.ARGUMENT,
    "notifications/message": Kind.NOTIFICATION,
    "notifications/progress": Kind.NOTIFICATION,
    "notifications/cancelled": Kind.NOTIFICATION,
    "notifications/tasks": Kind.NOTIFICATION,
    "notifications/tasks/status": Kind.NOTIFICATION,
}
