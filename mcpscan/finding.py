"""What a scan says: findings, the report that holds them, and the verdict a policy draws from it.

These types cross process boundaries (files, HTTP, other languages): their JSON is an interface, and
`Report.schema_version` changes when a reader would have to. They are plain frozen dataclasses, because importing
pydantic's models costs as much as a whole scan; `load` validates what comes in from outside with pydantic all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from dataclasses import field as member
from enum import StrEnum
from typing import Any, ClassVar, Literal

SCHEMA_VERSION = "1"


class Severity(StrEnum):
    """How bad it is if the finding is true."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Its place in the order, the mildest 0."""
        return tuple(Severity).index(self)


class Confidence(StrEnum):
    """How sure the scanner is that the finding is true."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Its place in the order, the least sure 0."""
        return tuple(Confidence).index(self)


class Action(StrEnum):
    """What to do with what was scanned."""

    ALLOW = "allow"
    REVIEW = "review"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """Its place in the order, the mildest 0."""
        return tuple(Action).index(self)


STRICT: dict[str, Any] = {"extra": "forbid"}
"""Pydantic's configuration for every type below: a member that nobody knows is an error, not lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a rule says that something is wrong.

    `pointer` is an RFC 6901 JSON Pointer into the scanned document; `span` counts the characters (Unicode code
    points) of the text there, half open; with `in_key` the text is the name of the member, not its value. `quote`,
    `before` and `after` are that text and its surroundings with everything unseen written as an escape. `via` names
    the decodings that showed the text, `decoded` what it then said. `fingerprint` is the same for the same finding
    in another order, version or target.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    rule: str
    severity: Severity
    confidence: Confidence
    target: str = ""
    pointer: str
    kind: str
    reach: str
    span: tuple[int, int]
    in_key: bool = False
    owner: str = ""
    quote: str
    before: str = ""
    after: str = ""
    via: tuple[str, ...] = ()
    decoded: str = ""
    message: str
    fingerprint: str
    count: int = 1
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScanned:
    """Something that was there and was not looked at, and why."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    code: str
    target: str = ""
    pointer: str = ""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something of mcpscan's own that went wrong: a rule that raised, a model that did not load."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    where: str
    target: str = ""
    pointer: str = ""
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing that was scanned."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    source: str = ""
    server: str = ""
    server_version: str = ""
    protocol: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was looked at: counts of passages, characters, tools and decoded views, and the kinds seen."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    passages: int = 0
    characters: int = 0
    tools: int = 0
    prompts: int = 0
    resources: int = 0
    decoded: int = 0
    kinds: dict[str, int] = member(default_factory=dict)
    rules: int = 0
    classifier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A finding that someone looked at and accepted, with the reason, as read from mcpscan.toml."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    fingerprint: str
    reason: str
    rule: str = ""
    expires: str = ""
    state: Literal["used", "unused", "expired"] = "unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference between an approved document and a new one.

    `kind` is added, removed, renamed or changed; `pointer` is an RFC 6901 JSON Pointer into the new document (into the
    old one for what was removed), `path` its part inside the tool, prompt or resource. `before` and `after` are JSON
    values with everything unseen written as an escape. `label` names the class of the change, `grade` what it leads to
    and `reason` why, where that is more than an allow.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    kind: str
    family: str
    name: str
    was: str = ""
    pointer: str
    path: str = ""
    before: Any = None
    after: Any = None
    label: str
    grade: Action
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to do, and the reasons in a few words each."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    action: Action
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one scan says. `risk` goes from 0.0 to 1.0, high is bad."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    schema_version: str = SCHEMA_VERSION
    verdict: Verdict
    risk: float
    targets: tuple[Target, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    changes: tuple[Difference, ...] = ()
    not_scanned: tuple[NotScanned, ...] = ()
    errors: tuple[Failure, ...] = ()
    coverage: Coverage = member(default_factory=Coverage)
    versions: dict[str, str] = member(default_factory=dict)


def plain(value: object) -> Any:
    """A report, or any part of one, as values that JSON has."""
    if is_dataclass(value):
        return {entry.name: plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(name): plain(entry) for name, entry in value.items()}
    return value.value if isinstance(value, StrEnum) else value


def load(data: bytes | str) -> Report:
    """The report that a JSON text holds. Raises `pydantic.ValidationError` for one that is no report."""
    from pydantic import TypeAdapter

    return TypeAdapter(Report).validate_json(data)


def schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    from pydantic import TypeAdapter

    return TypeAdapter(Report).json_schema(mode="serialization")
