"""Writes docs/settings.md: every setting of the filter, from the models that read them.

python docs/settings.py          write the page
python docs/settings.py --check  exit with 1 if the page is not what it would be
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from mcpscan_service.settings import PREFIX, Settings, Upstream

PAGE = Path(__file__).parent / "settings.md"
HEAD = """# Settings of the filter

`mcpscan serve` reads a TOML file (`--config`), the environment, and its command line, which comes first. `mcpscan serve
--print-config` shows what is in force, secrets masked. A setting that nobody knows is an error, and so is a variable of
our prefix that names none.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_section("", Settings)]).rstrip() + "\n"


def _section(table: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"## `[{table}]`" if table else "## At the top"
    yield ""
    yield " ".join(inspect.cleandoc(model.__doc__ or "").split())
    yield ""
    inner: list[tuple[str, type[BaseModel]]] = []
    rows: list[str] = []
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        where = f"{table}.{name}" if table else name
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            inner.append((where, kind))
        elif kind == dict[str, Upstream]:
            inner.append((f"{where}.NAME", Upstream))
        else:
            variable = PREFIX + where.replace(".", "__").upper()
            default = field.default_factory() if field.default_factory else field.default  # type: ignore[call-arg]
            rows.append(f"| `{name}` | {_type(kind)} | {_value(default)} | `{variable}` |")
    yield from ("| setting | type | default | variable |", "|---|---|---|---|", *rows, "")
    for where, kind in inner:
        yield from _section(where, kind)


def _type(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return ", ".join(member.value for member in kind)
    if get_origin(kind) is dict:
        names, values = get_args(kind)
        return (
            f"table of {_type(names)} = {_type(values)}" if issubclass(names, StrEnum) else f"table of {_type(values)}"
        )
    if get_origin(kind) is tuple:
        return f"list of {_type(get_args(kind)[0])}"
    given = [each for each in get_args(kind) if each is not type(None)]
    if given:
        return _type(given[0])
    words = {
        "str": "text",
        "int": "whole number",
        "float": "number",
        "bool": "true, false",
        "Path": "path",
        "SecretStr": "secret",
    }
    return words.get(kind.__name__, kind.__name__)


def _value(value: object) -> str:
    if value is PydanticUndefined:
        return "required"
    if value is None:
        return "none"
    if isinstance(value, tuple | dict) and not value:
        return "empty"
    return f"`{json.dumps(value)}`"


def main() -> None:
    """Write the page, or check it."""
    made = page()
    if "--check" in sys.argv[1:]:
        sys.exit(
            0
            if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made
            else f"{PAGE.name} is stale: run python docs/settings.py"
        )
    PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
