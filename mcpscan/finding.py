"""What a scan says: findings, the report that holds them, and the verdict a policy draws from it.

These types cross process boundaries (files, HTTP, other languages), so they are frozen pydantic models and their JSON
is an interface: `Report.schema_version` changes when a reader would have to.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(_Value):
    """One place where a rule says that something is wrong.

    `pointer` is an RFC 6901 JSON Pointer into the scanned document; `span` counts the characters (Unicode code
    points) of the text there, half open; with `in_key` the text is the name of the member, not its value. `quote`,
    `before` and `after` are that text and its surroundings with everything unseen written as an escape. `via` names
    the decodings that showed the text, `decoded` what it then said. `fingerprint` is the same for the same finding
    in another order, version or target.
    """

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


class NotScanned(_Value):
    """Something that was there and was not looked at, and why."""

    code: str
    target: str = ""
    pointer: str = ""
    reason: str


class Failure(_Value):
    """Something of mcpscan's own that went wrong: a rule that raised, a model that did not load."""

    where: str
    target: str = ""
    pointer: str = ""
    problem: str


class Target(_Value):
    """One thing that was scanned."""

    name: str
    source: str = ""
    server: str = ""
    server_version: str = ""
    protocol: str = ""
    digest: str = ""


class Coverage(_Value):
    """What was looked at: counts of passages, characters, tools and decoded views, and the kinds seen."""

    passages: int = 0
    characters: int = 0
    tools: int = 0
    prompts: int = 0
    resources: int = 0
    decoded: int = 0
    kinds: dict[str, int] = Field(default_factory=dict)
    rules: int = 0
    classifier: bool = False


class Suppression(_Value):
    """A finding that someone looked at and accepted, with the reason, as read from mcpscan.toml."""

    fingerprint: str
    reason: str
    rule: str = ""
    expires: str = ""
    state: Literal["used", "unused", "expired"] = "unused"


class Verdict(_Value):
    """What to do, and the reasons in a few words each."""

    action: Action
    reasons: tuple[str, ...] = ()


class Report(_Value):
    """Everything one scan says. `risk` goes from 0.0 to 1.0, high is bad."""

    schema_version: str = SCHEMA_VERSION
    verdict: Verdict
    risk: float
    targets: tuple[Target, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    not_scanned: tuple[NotScanned, ...] = ()
    errors: tuple[Failure, ...] = ()
    coverage: Coverage = Coverage()
    versions: dict[str, str] = Field(default_factory=dict)
