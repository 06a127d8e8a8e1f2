"""Walks the schemas of a listing for the schema rules: which keyword a text stands under, and every parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mcpscan.surface import Item, Surface
from mcpscan.surface.schema import NAMED_SCHEMAS, SCHEMAS
from mcpscan.surface.walk import escape
from mcpscan.text import Late, fold

ROOTS = ("inputSchema", "input_schema", "parameters", "outputSchema", "requestedSchema")
INPUTS = ("inputSchema", "input_schema", "parameters")
MAX_DEPTH = 24
MAX_PARAMETERS = 20_000

_CAMEL = Late(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BREAKS = Late(r"[\W_]+")


@lru_cache(maxsize=16384)
def words(name: str) -> str:
    """An identifier as lower-case words, folded.

    >>> words("sendConversationTo-API_key")
    'send conversation to api key'
    """
    return _BREAKS.sub(" ", fold(_CAMEL.sub(" ", name)).text).strip().lower()


@dataclass(frozen=True, slots=True)
class Slot:
    """The keyword that a text of a schema stands under, and the parameter it describes."""

    keyword: str
    parameter: str


def slot(pointer: str) -> Slot | None:
    """Where in a schema a pointer leads, None for one that leads to no schema.

    >>> slot("/tools/0/inputSchema/properties/default/default/1")
    Slot(keyword='default', parameter='default')
    >>> slot("/tools/0/inputSchema/properties/to")
    Slot(keyword='name', parameter='to')
    """
    tokens = pointer.split("/")
    place = next((at for at, token in enumerate(tokens) if token in ROOTS), len(tokens)) + 1
    if place > len(tokens):
        return None
    parameter = ""
    while place < len(tokens):
        token = tokens[place]
        if token in NAMED_SCHEMAS:
            if place + 1 == len(tokens):
                return Slot(token, parameter)
            parameter = tokens[place + 1].replace("~1", "/").replace("~0", "~")
            place += 2
        elif token in SCHEMAS or token.isdigit():
            place += 1
        else:
            return Slot(token, parameter)
    return Slot("name", parameter)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One named property of a schema."""

    item: Item
    pointer: str
    name: str
    schema: dict[str, object]
    required: bool
    depth: int

    @property
    def description(self) -> str:
        """What the schema says about it, empty if nothing."""
        text = self.schema.get("description")
        return text if isinstance(text, str) else ""


def parameters(surface: Surface) -> Iterator[Parameter]:
    """Every property of every tool's input, at any depth."""
    left = MAX_PARAMETERS
    for item in surface.tools():
        for root in INPUTS:
            stack: list[tuple[object, str, int]] = [(item.raw.get(root), f"{item.pointer}/{root}", 0)]
            while stack and left:
                node, pointer, depth = stack.pop()
                if isinstance(node, list):
                    stack += [(child, f"{pointer}/{at}", depth) for at, child in enumerate(node)]
                elif isinstance(node, dict) and depth < MAX_DEPTH:
                    for parameter in _own(item, node, pointer, depth):
                        left -= 1
                        yield parameter
                    stack += _below(node, pointer, depth + 1)


def required(node: dict[str, object]) -> tuple[str, ...]:
    """The names a schema says must be given."""
    names = node.get("required")
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _own(item: Item, node: dict[str, object], pointer: str, depth: int) -> Iterator[Parameter]:
    properties = node.get("properties")
    if not isinstance(properties, dict):
        return
    needed = frozenset(required(node))
    for name, schema in properties.items():
        if isinstance(schema, dict):
            yield Parameter(item, f"{pointer}/properties/{escape(name)}", name, schema, name in needed, depth)


def _below(node: dict[str, object], pointer: str, depth: int) -> list[tuple[object, str, int]]:
    below: list[tuple[object, str, int]] = []
    for keyword, value in node.items():
        if keyword in NAMED_SCHEMAS and isinstance(value, dict):
            below += [(child, f"{pointer}/{keyword}/{escape(name)}", depth) for name, child in value.items()]
        elif keyword in SCHEMAS:
            below.append((value, f"{pointer}/{keyword}", depth))
    return below
