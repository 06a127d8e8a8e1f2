"""What an audit says: every server configured on a machine, what was found in its entry and in what it offers.

Like `finding`, these types cross process boundaries: plain frozen dataclasses whose JSON (`finding.plain`) is an
interface. No secret is in them: values of variables, headers and credentials in addresses are replaced before.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as member
from enum import StrEnum
from typing import Any, ClassVar, Literal

from mcpscan.finding import STRICT, Difference, Failure, Finding, NotScanned, Report, Verdict

SCHEMA_VERSION = "1"

HIDDEN = "•••"
"""What stands where a value was."""


class Ability(StrEnum):
    """What a tool may do that matters for where data can flow."""

    READS_PRIVATE = "reads-private"
    TAKES_UNTRUSTED = "takes-untrusted"
    SENDS_OUT = "sends-out"
    DESTROYS = "destroys"
    RUNS_CODE = "runs-code"


class Status(StrEnum):
    """What became of a configured server."""

    SCANNED = "scanned"
    PARTLY = "partly-scanned"
    NOT_STARTED = "not-started"
    """Nobody agreed to start it."""
    FAILED = "failed"
    """It did not start, answer or list."""
    DISABLED = "disabled"
    LISTED = "listed"
    """Only the inventory was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a tool is said to have an ability: the words or the annotation it rests on, and where they stand."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    ability: Ability
    because: str
    pointer: str = ""
    sure: bool = True
    """False for a guess from a name alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool of a server: what a model is told of it, how many tokens that costs (estimated), what it may do.

    `pointer` is an RFC 6901 JSON Pointer to the tool in what the server sent; findings below it belong to the tool.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    description: str = ""
    pointer: str = ""
    tokens: int = 0
    abilities: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What a launcher will run: a package URL (purl), its version as written, and whether that version is fixed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    purl: str = ""
    version: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A configured server as one client's file has it, without its secrets.

    `scope` is user, project, managed, plugin or extension. `line` counts from 1; `key` is the way to the entry in the
    file. `command` is the command line with its variables as written; `variables` and `headers` are names only, `secrets`
    those of them (and of arguments) that hold a literal value. `unasked` are tools that run without a question, "*" all.
    `identity` is what a lock knows the server by. `places` says on which line a member of the entry stands, by its key
    below the entry joined with "/" ("env/TOKEN"), where the format tells; it holds names, never values.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    client: str
    scope: str
    name: str
    file: str
    line: int = 1
    key: tuple[str, ...] = ()
    user: str = ""
    project: str = ""
    transport: Literal["stdio", "http", "sse", "ws", "builtin", "unknown"] = "unknown"
    command: tuple[str, ...] = ()
    url: str = ""
    directory: str = ""
    variables: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    enabled: bool = True
    unasked: tuple[str, ...] = ()
    package: Package = member(default_factory=Package)
    identity: str = ""
    places: dict[str, int] = member(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A configured server and all that is known of it.

    `entry` holds findings about its configuration (their `pointer` leads into the configuration file), `report` the scan
    of what it offers, None where that was not looked at; `changes` how that differs from the lock.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    """Unique in the audit: client, scope and name, numbered where these are not enough."""
    installed: Installed
    status: Status
    reason: str = ""
    seconds: float = 0.0
    entry: tuple[Finding, ...] = ()
    report: Report | None = None
    tools: tuple[Tool, ...] = ()
    changes: tuple[Difference, ...] = ()
    locked: bool = False
    accepted: tuple[Finding, ...] = ()
    """Findings about its configuration that a suppression of the policy accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One tool on a way that data can take."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    server: str
    """The `id` of an audited server."""
    tool: str
    ability: Ability
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A way by which untrusted content can make an agent move private data out, through tools of one client."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    client: str
    steps: tuple[Step, ...]
    sure: bool = True
    """False where a step is a guess."""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientUse:
    """What one client puts before its model: servers, tools, and the tokens of all their definitions (estimated)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    client: str
    servers: int = 0
    tools: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A configuration file that could not be read, with the line where it broke (0: none) and why."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    client: str
    scope: str
    file: str
    line: int = 0
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Everything one audit says. `across` are findings that need several servers to be seen together."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    schema_version: str = SCHEMA_VERSION
    verdict: Verdict
    risk: float = 0.0
    started: str = ""
    platform: str = ""
    servers: tuple[Audited, ...] = ()
    clients: tuple[ClientUse, ...] = ()
    flows: tuple[Flow, ...] = ()
    across: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()
    """Findings `across` that a suppression of the policy accepts."""
    unread: tuple[Unread, ...] = ()
    not_scanned: tuple[NotScanned, ...] = ()
    errors: tuple[Failure, ...] = ()
    files: tuple[str, ...] = ()
    """Configuration files that were there and were read."""
    versions: dict[str, str] = member(default_factory=dict)
