"""What a text is, where it stands and who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a text is in MCP's own terms; a rule names the kinds it reads."""

    TOOL_NAME = "tool_name"
    TOOL_TITLE = "tool_title"
    TOOL_DESCRIPTION = "tool_description"
    TOOL_SCHEMA = "tool_schema"
    SCHEMA_NAME = "schema_name"
    ANNOTATION = "annotation"
    ICON = "icon"
    META = "meta"
    SERVER_DESCRIPTION = "server_description"
    INSTRUCTIONS = "instructions"
    PROMPT = "prompt"
    PROMPT_MESSAGE = "prompt_message"
    RESOURCE = "resource"
    DOCUMENT = "document"
    TOOL_RESULT = "tool_result"
    RESULT_KEY = "result_key"
    COMPLETION = "completion"
    ERROR = "error"
    NOTIFICATION = "notification"
    ELICITATION = "elicitation"
    SAMPLING = "sampling"
    ARGUMENT = "argument"
    PACKAGE = "package"
    UNKNOWN = "unknown"


METADATA = frozenset(
    {
        Kind.TOOL_NAME,
        Kind.TOOL_TITLE,
        Kind.TOOL_DESCRIPTION,
        Kind.TOOL_SCHEMA,
        Kind.SCHEMA_NAME,
        Kind.ANNOTATION,
        Kind.ICON,
        Kind.META,
        Kind.SERVER_DESCRIPTION,
        Kind.INSTRUCTIONS,
        Kind.PROMPT,
        Kind.RESOURCE,
        Kind.PACKAGE,
        Kind.UNKNOWN,
    }
)
"""What a server says about itself: it has few honest reasons to give the model orders about anything else."""

CONTENT = frozenset(
    {
        Kind.PROMPT_MESSAGE,
        Kind.DOCUMENT,
        Kind.TOOL_RESULT,
        Kind.RESULT_KEY,
        Kind.COMPLETION,
        Kind.ERROR,
        Kind.NOTIFICATION,
        Kind.ARGUMENT,
    }
)
"""What a server passes on: anyone may have written it, about anything, attacks included."""

ASKS = frozenset({Kind.ELICITATION, Kind.SAMPLING})
"""What a server asks of the user or of the user's model."""

EVERYWHERE = METADATA | CONTENT | ASKS
"""Every kind there is."""

NAMES = frozenset({Kind.TOOL_NAME, Kind.SCHEMA_NAME, Kind.RESULT_KEY})
"""Identifiers: words run together, often without spaces."""


class Reach(StrEnum):
    """Who reads a text when a usual host passes it on."""

    MODEL = "model"
    USER = "user"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a document, where it stands, and what it is.

    `pointer` is an RFC 6901 JSON Pointer from the top of the document; with `in_key` the text is the name of the
    member it points at, not its value. `owner` is the tool, prompt or resource the text belongs to and `base` that
    item's own pointer. `slot` is the nearest member name ("description", "default"). `encoding` is "base64" where
    the protocol itself says that the value is encoded.
    """

    pointer: str
    kind: Kind
    reach: Reach
    text: str
    owner: str = ""
    base: str = ""
    slot: str = ""
    in_key: bool = False
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A named thing a server offers, as it came over the wire: a tool, a prompt, a resource."""

    family: str
    name: str
    pointer: str
    raw: dict[str, object]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something about a document that is wrong in itself, before any text in it is read."""

    code: str
    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was there and was not looked at, and why. Never the same as clean."""

    code: str
    pointer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Surface:
    """All that one document can put before a model, a user or a host."""

    passages: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    unread: tuple[Unread, ...] = ()
    server: str = ""
    server_version: str = ""
    protocol: str = ""

    def tools(self) -> tuple[Item, ...]:
        """The tools among the items, in the order they were listed."""
        return tuple(item for item in self.items if item.family == "tool")
