"""Settings from a file, the environment and the command line, and the settings in force as people may see them."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from mcpscan_service.settings import OTHERS, PREFIX, Settings

MASK = "********"


class SettingsError(ValueError):
    """Settings that cannot be used; the message says which, where they came from, and why."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where settings come from, so that they can be read again: a TOML file, and what the command line said."""

    file: Path | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    def load(self) -> Settings:
        """The settings: the command line before the environment before the file. Raises `SettingsError`."""
        table = _file(self.file) if self.file else {}
        if unknown := sorted(_unknown(os.environ)):
            raise SettingsError(f"the variable {unknown[0]} names no setting; see `mcpscan serve --print-config`")
        try:
            found = _loader(table)(**self.said)
            return Settings.model_validate({name: getattr(found, name) for name in found.model_fields_set})
        except ValidationError as problem:
            raise SettingsError(_first(problem, self.file)) from problem
        except ValueError as problem:
            raise SettingsError(str(problem)) from problem


def dumped(origin: Origin) -> str:
    """An origin as a text for a variable."""
    file = str(origin.file.absolute()) if origin.file else None
    return json.dumps({"file": file, "said": origin.said}, default=str)


def loaded(text: str) -> Origin:
    """The origin that a text holds."""
    value: dict[str, Any] = json.loads(text)
    return Origin(Path(value["file"]) if value["file"] else None, value["said"])


def _loader(table: Mapping[str, Any]) -> type[BaseSettings]:
    class Loaded(Settings, BaseSettings):
        model_config = SettingsConfigDict(
            extra="forbid",
            frozen=True,
            env_prefix=PREFIX,
            env_nested_delimiter="__",
            nested_model_default_partial_update=True,
        )

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic-settings' signature
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic-settings' signature
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            from pydantic_settings import InitSettingsSource

            return init_settings, env_settings, InitSettingsSource(settings_cls, dict(table))

    return Loaded


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SettingsError(f"{path}: {problem}") from problem


def _unknown(environment: Mapping[str, str]) -> list[str]:
    """Variables of our prefix that no setting has: a slip that would otherwise be silent."""
    names = [name for name in environment if name.startswith(PREFIX) and name not in OTHERS]
    return [name for name in names if name.removeprefix(PREFIX).split("__")[0].lower() not in Settings.model_fields]


def _first(problem: ValidationError, file: Path | None) -> str:
    error = problem.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(step) for step in error["loc"])
    source = f" (of {file}, the environment or the command line)" if file else ""
    more = f"; and {problem.error_count() - 1} more" if problem.error_count() > 1 else ""
    return f"setting {where or 'as a whole'}: {error['msg']}{source}{more}"


def shown(settings: BaseModel) -> dict[str, Any]:
    """The settings in force as JSON has them, every secret masked: headers, keys, what stands in addresses.

    >>> from mcpscan_service.settings import Upstream
    >>> shown(Upstream(url="https://a.example/mcp?key=abc"))["url"]
    'https://a.example/mcp?********'
    """
    return {name: _masked(name, getattr(settings, name)) for name in type(settings).model_fields}


def _masked(name: str, value: object) -> Any:
    if isinstance(value, SecretStr):
        return MASK
    if isinstance(value, BaseModel):
        return shown(value)
    if isinstance(value, Mapping):
        return {str(key): MASK if name == "keys" else _masked(str(key), entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_masked(name, entry) for entry in value]
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, str) and name in {"url", "jwks_url", "issuer", "otlp_endpoint"}:
        return _without_secrets(value)
    return value


def _without_secrets(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return MASK  # No address; what it holds nobody knows.
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{MASK}@{host}" if "@" in parts.netloc else host
    return urlunsplit((parts.scheme, netloc, parts.path, MASK if parts.query else "", ""))
