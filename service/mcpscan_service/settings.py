"""Everything the filter is told: one frozen value, from a file, the environment and the command line."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from mcpscan_service.guard.settings import GuardSettings, Model

RESERVED = frozenset({"v1", "adapters", "console", "metrics", "healthz", "readyz", "docs", "redoc", "static", "beta"})
"""First steps of paths that are the filter's own; no upstream may be named so."""

PREFIX = "MCPSCAN_"
"""Variables are this and the name of a setting; `__` stands between a table and its member."""

ORIGIN = "MCPSCAN_ORIGIN"
"""Tells worker processes where the settings come from."""

COOKIE_SECRET = "MCPSCAN_COOKIE_SECRET"  # noqa: S105 - the name of a variable
"""Lets worker processes take each other's sign-ins to the console."""

OTHERS = frozenset({"MCPSCAN_CACHE", "MCPSCAN_COMPLETE", "MCPSCAN_API_KEY", ORIGIN, COOKIE_SECRET})
"""Variables of the same prefix that mean something else; the key is what `mcpscan hook` shows to a service."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class Wire(StrEnum):
    """How an upstream server is spoken to."""

    AUTO = "auto"
    HTTP = "http"
    SSE = "sse"


class Upstream(Model):
    """One MCP server behind the proxy, reached at `/{name}/mcp`.

    `headers` are added to every request (credentials of the server's own); `pin` is its identity in the lock, by default
    the one that `mcpscan lock URL` gives it. `pass_headers` names headers of the client's that go on to the server.
    """

    url: str
    wire: Wire = Wire.AUTO
    headers: dict[str, SecretStr] = Field(default_factory=dict)
    pin: str = ""
    pass_headers: tuple[str, ...] = ("authorization",)

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an upstream's url is http(s)://HOST[:PORT]/PATH")
        if "@" in parts.netloc or parts.fragment:
            raise ValueError("a url holds no user name and no fragment; put credentials under headers")
        return value


class Limits(Model):
    """What the filter takes at most: bytes, levels of JSON, requests at once, seconds."""

    body_bytes: int = Field(default=4 * 1024 * 1024, ge=1)
    message_bytes: int = Field(default=16 * 1024 * 1024, ge=1)
    depth: int = Field(default=200, ge=1)
    requests_at_once: int = Field(default=256, ge=1)
    body_seconds: float = Field(default=30.0, gt=0)
    connect_seconds: float = Field(default=10.0, gt=0)
    answer_seconds: float = Field(default=300.0, gt=0)
    stream_seconds: float = Field(default=3_600.0, gt=0)
    shutdown_seconds: float = Field(default=30.0, gt=0)


class AuthMode(StrEnum):
    """How callers prove who they are. OFF is accepted on loopback only."""

    KEYS = "keys"
    JWT = "jwt"
    OFF = "off"


class AuthSettings(Model):
    """Who may call.

    `keys` are names of callers and the SHA-256 of each one's key in hexadecimal digits. For `jwt`, `issuer` is an OIDC
    issuer whose discovery document names the keys, or `jwks_url` names them; `audience` is required, `algorithms` are
    asymmetric ones only.
    """

    mode: AuthMode = AuthMode.KEYS
    keys: dict[str, str] = Field(default_factory=dict)
    issuer: str = ""
    audience: str = ""
    jwks_url: str = ""
    algorithms: tuple[str, ...] = ("RS256", "ES256", "EdDSA")
    identity_claim: str = "sub"
    allowed_hosts: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    metrics_open: bool = False


class AuditSettings(Model):
    """Where decisions are written: one JSON line each. `durable`: on the disk before an answer leaves.

    Beyond `rotate_bytes` a new file is begun; 0 leaves that to others.
    """

    path: Path | None = None
    chain: bool = False
    durable: bool = False
    rotate_bytes: int = Field(default=0, ge=0)


class TelemetrySettings(Model):
    """What is measured for others. `otlp_endpoint` is where spans and metrics of OpenTelemetry go ("" for nowhere)."""

    prometheus: bool = True
    otlp_endpoint: str = ""
    service_name: str = "mcpscan"
    label_servers: bool = False


class ConsoleSettings(Model):
    """The page at `/`: whether there is one, and how many decisions it remembers."""

    enabled: bool = True
    remembered: int = Field(default=2_000, ge=10)


class Settings(Model):
    """The whole of the settings. `policy` is an mcpscan.toml, `lock` an mcpscan.lock; without one nothing is pinned.

    The classifier reads `classifier_characters` of one message. `envoy` is HOST:PORT or unix:PATH, where an Envoy finds an
    external processor ("" for none).
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=0, le=65_535)
    workers: int = Field(default=1, ge=1)
    classifier: bool = True
    policy: Path | None = None
    lock: Path | None = None
    envoy: str = ""
    upstreams: dict[str, Upstream] = Field(default_factory=dict)
    classifier_characters: int = Field(default=50_000, ge=1)
    guard: GuardSettings = GuardSettings()
    limits: Limits = Limits()
    auth: AuthSettings = AuthSettings()
    audit: AuditSettings = AuditSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    console: ConsoleSettings = ConsoleSettings()

    @field_validator("upstreams")
    @classmethod
    def _are_names(cls, value: dict[str, Upstream]) -> dict[str, Upstream]:
        for name in value:
            if not _NAME.fullmatch(name) or name.lower() in RESERVED:
                raise ValueError(
                    f"{name!r} cannot name an upstream: letters, digits, - and _, and none of the filter's own"
                )
        return value
