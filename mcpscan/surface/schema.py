"""The texts of a JSON Schema: every keyword's, every name's, at any depth.

Keywords are those of JSON Schema draft-07 and 2020-12, plus what servers really send (`enumNames`, `x-*`). A schema is
walked as a schema, so that `{"properties": {"default": …}}` is a property called "default" and not a default.
"""

from __future__ import annotations

from mcpscan.surface.passage import Kind
from mcpscan.surface.walk import Gatherer, Place

NAMED_SCHEMAS = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
"""Keywords whose value maps free names to schemas."""

SCHEMAS = frozenset({
    "additionalItems", "additionalProperties", "allOf", "anyOf", "contains", "contentSchema", "else", "if", "items",
    "not", "oneOf", "prefixItems", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
})  # fmt: skip
"""Keywords whose value is a schema or a list of schemas."""

VOCABULARY = frozenset({
    "string", "number", "integer", "boolean", "object", "array", "null",
    "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema",
})  # fmt: skip
"""Values fixed by the specification: they are the same in every schema and say nothing."""


def schema(gatherer: Gatherer, value: object, place: Place) -> None:
    """Gather every text of a schema."""
    stack: list[tuple[object, Place, int]] = [(value, place, 0)]
    while stack:
        node, here, depth = stack.pop()
        if isinstance(node, list):
            stack += [(child, here.at(place), depth) for place, child in reversed(tuple(enumerate(node)))]
        elif not isinstance(node, dict):
            if not isinstance(node, bool):
                gatherer.walk(node, here)
        elif depth >= gatherer.max_depth:
            gatherer.skip("too-deep", here.pointer, f"schema nested deeper than {gatherer.max_depth} levels")
        else:
            stack += reversed(_keywords(gatherer, node, here, depth + 1))


def _keywords(gatherer: Gatherer, node: dict[str, object], place: Place, depth: int) -> list[tuple[object, Place, int]]:
    below: list[tuple[object, Place, int]] = []
    for keyword, value in gatherer.members(node, place):
        here = place.at(keyword)
        if keyword in NAMED_SCHEMAS and isinstance(value, dict):
            named = here.names(Kind.SCHEMA_NAME)
            for name, child in gatherer.members(value, named):
                below.append((child, gatherer.member(name, named).names(None), depth))
        elif keyword in SCHEMAS:
            below.append((value, here, depth))
        elif keyword in {"required", "dependentRequired"}:
            gatherer.walk(value, here)
        elif isinstance(value, str):
            if value not in VOCABULARY:
                gatherer.text(value, here)
        elif not isinstance(value, bool | int | float) and value is not None:
            gatherer.walk(value, here)
        if not keyword.isidentifier() and not keyword.startswith("$"):
            gatherer.member(keyword, place)
    return below
