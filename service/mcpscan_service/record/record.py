"""What is written down of a decision: the record as readers get it, and its JSON Schema."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mcpscan.finding import Action
from mcpscan_service.guard.channel import Channel, Mode
from mcpscan_service.guard.decision import Outcome

SCHEMA_VERSION = "1"
SCHEMA_ID = "urn:mcpscan:audit-record:1"

MOST = 100
"""Spans and removed parts that one record names; the rest is counted in `omitted`."""

Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(max_length=1_000)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Direction(StrEnum):
    """Which way a message went."""

    TO_SERVER = "client-to-server"
    TO_CLIENT = "server-to-client"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Shape):
    """Where something was found: a rule, a place in the message, characters of the text there. Never the text."""

    rule: Text
    pointer: Text = Field(description="RFC 6901; a member that the protocol does not name is a star")
    start: Count = Field(description="first character, in Unicode code points")
    end: Count = Field(description="after the last character; 0 where the whole value is meant")


class Link(_Shape):
    """A record's place in the chain of its log."""

    log: str = Field(pattern=r"^[0-9a-f]{32}$", description="the chain's name: random, the same over all its files")
    sequence: int = Field(ge=1, description="place in the chain, from 1")
    previous: Digest = Field(description="hash of the record before; 64 zeros for the first of a chain")
    hash: Digest = Field(description="SHA-256 of this record without this member, in the form of RFC 8785")


class Record(_Shape):
    """One decision about one message."""

    schema_version: str = Field(default=SCHEMA_VERSION, pattern=rf"^{SCHEMA_VERSION}$")
    time: str = Field(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$",
        description="when it was decided: RFC 3339, UTC, milliseconds",
        json_schema_extra={"format": "date-time"},
    )
    event: str = Field(min_length=1, max_length=64, description="the reference that the answer names, too")
    trace_id: str = Field(pattern=r"^([0-9a-f]{32})?$", description="of the W3C trace context that came along")
    span_id: str = Field(pattern=r"^([0-9a-f]{16})?$")
    direction: Direction
    surface: Channel = Field(description="what the message is to its reader")
    method: Text = Field(description="of the request, also for its answer")
    transport: Text
    server: Text = Field(description="the name that the filter knows the server by")
    family: Text = Field(description="tool, prompt or resource, where one is named")
    name: Text = Field(description="its name or its address, without user, query and fragment")
    pin: Text = Field(description="the server's identity in the lock")
    pin_digest: Text = Field(description="digest of all that was approved there")
    tier: Text
    identity: Text = Field(description="who the caller was authenticated as")
    address: Text = Field(description="the caller's network address")
    client: Text = Field(description="what the client calls itself")
    client_version: Text
    protocol: Text = Field(description="protocol revision")
    session: str = Field(pattern=r"^([0-9a-f]{16})?$", description="first 16 digits of the SHA-256 of the session id")
    verdict: Action = Field(description="what the scan alone leads to")
    outcome: Outcome = Field(description="what became of the message")
    mode: Mode
    rules: tuple[Text, ...]
    risk: float = Field(ge=0, le=1, description="0 to 1, high is bad")
    spans: tuple[Span, ...] = Field(max_length=MOST)
    removed: tuple[Text, ...] = Field(max_length=MOST, description="parts that were left out of a list")
    omitted: Count = Field(description="spans and removed parts beyond those named")
    redactions: Count
    unscanned: tuple[Text, ...] = Field(description="codes of what could not be looked at")
    error: Text = Field(description='why the message could not be scanned whole, "" where it was')
    bytes_in: Count
    bytes_out: Count
    latency_ms: float = Field(ge=0, description="what the decision took")
    chain: Link | None = Field(default=None, description="only where the log is chained")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    made = Record.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **made}
