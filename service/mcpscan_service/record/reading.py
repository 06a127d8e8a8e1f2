"""Reads log files: their lines, and the records in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from mcpscan_service.record.chain import canonical
from mcpscan_service.record.file import LONGEST
from mcpscan_service.record.record import SCHEMA_VERSION, Record


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a log: its record, or what is wrong with it.

    `code` is "" for a good one, "torn" for a last line without an end, "version" for a record of another version,
    "form" for what is no record at all or not written as records are. `value` are its members where they can be read.
    """

    number: int
    code: str = ""
    problem: str = ""
    value: dict[str, Any] | None = None
    record: Record | None = None


def lines(path: Path) -> Iterator[Line]:
    """The lines of a file, from 1. Raises `OSError` for one that cannot be read."""
    number = 0
    with path.open("rb") as file:
        while data := file.readline(LONGEST + 1):
            number += 1
            if data.endswith(b"\n"):
                yield _line(number, data[:-1])
                continue
            if len(data) <= LONGEST:
                yield Line(
                    number, "torn", "the last line has no end: cut, or half-written by a process that was killed"
                )
                return
            yield Line(number, "form", "a line longer than any record")
            while data and not data.endswith(b"\n"):
                data = file.readline(LONGEST)


def _line(number: int, data: bytes) -> Line:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return Line(number, "form", "not JSON")
    if not isinstance(value, dict):
        return Line(number, "form", "not a record")
    version = value.get("schema_version")
    if isinstance(version, str) and version != SCHEMA_VERSION:
        return Line(number, "version", "a record of another version of the schema", value)
    try:
        record = Record.model_validate_json(data, strict=True)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step) for step in first["loc"] if isinstance(step, int) or step in Record.model_fields)
        return Line(number, "form", f"not a record: {where or 'a member'}: {first['type']}", value)
    # Members that are there twice, or other spellings, would say different things to different readers.
    if not _is_canonical(value, data):
        return Line(number, "form", "not in the one form that records are written in", value, record)
    return Line(number, value=value, record=record)


def _is_canonical(value: object, data: bytes) -> bool:
    try:
        return canonical(value) == data
    except ValueError:
        return False
