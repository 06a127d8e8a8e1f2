"""Files to documents: bytes to text, and text by the format that the file's name tells, or whichever fits."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from mcpscan.inventory.document import BrokenError, Document, Spot

SIZE = 16 * 1024 * 1024
"""Bytes of a file that are read at most."""

_FORMATS = {
    ".json": "json", ".jsonc": "json", ".json5": "json", ".code-workspace": "json",
    ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".md": "front", ".markdown": "front",
}  # fmt: skip

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<head>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def load(path: Path) -> Document:
    """The document in a file; an empty file is the document None. Raises `BrokenError` and `OSError`."""
    data = read(path)
    if path.suffix.lower() == ".plist":
        return _managed(data)
    return parse(decode(data), _FORMATS.get(path.suffix.lower(), ""))


def read(path: Path) -> bytes:
    """The bytes of a regular file. A pipe or device is refused before it is opened, because it might never end."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - a path may be anything here
        raise BrokenError("no regular file")
    with path.open("rb") as stream:
        data = stream.read(SIZE + 1)
    if len(data) > SIZE:
        raise BrokenError(f"more than {SIZE // 2**20} MiB")
    return data


def decode(data: bytes) -> str:
    """The text of bytes: UTF-8, or UTF-16 with a mark or with zeros where its ASCII would have them.

    Raises `BrokenError` with the line of the first byte that is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data[1:2] == b"\0" != data[:1]:
        encoding = "utf-16-le"
    elif data[:1] == b"\0" and data[1:2] not in {b"", b"\0"}:
        encoding = "utf-16-be"
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise BrokenError(f"not {encoding.removesuffix('-sig').upper()} at byte {problem.start}", line) from None


def parse(text: str, kind: str) -> Document:
    """The document of a text in the format named json, toml, yaml or front, or in the first that fits.

    Raises `BrokenError`.
    """
    if not text.strip():
        return Document(None, Spot(1))
    if kind == "json":
        from mcpscan.inventory import json_

        return json_.read(text)
    if kind == "toml":
        from mcpscan.inventory import toml_

        return toml_.read(text)
    if kind == "yaml":
        from mcpscan.inventory import yaml_

        return yaml_.read(text)
    return _front(text) if kind == "front" else _guess(text)


def _front(text: str) -> Document:
    from mcpscan.inventory import yaml_

    found = _FRONT.match(text)
    if found is None:
        return Document(None, Spot(1), text)
    head = yaml_.read(found["head"], first=2)
    return Document(head.value, head.spot, text[found.end() :], text.count("\n", 0, found.end()) + 1)


def _managed(data: bytes) -> Document:
    """The TOML in the preferences that a management server laid on a Mac (Codex: `config_toml_base64`)."""
    import base64
    import plistlib
    from xml.parsers.expat import ExpatError

    from mcpscan.inventory import toml_

    try:
        value = plistlib.loads(data)
        text = value.get("config_toml_base64", "") if isinstance(value, dict) else ""
        inner = base64.b64decode(text, validate=True).decode()
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError, RecursionError, ExpatError) as problem:
        raise BrokenError(f"no property list with TOML in base64 ({type(problem).__name__})") from None
    try:
        return Document(toml_.read(inner).value, Spot(1))
    except BrokenError as problem:
        raise BrokenError(f"in config_toml_base64: {problem.reason}") from None


def _guess(text: str) -> Document:
    """The first format that fits. A text that begins like JSON is broken JSON rather than anything else."""
    if text.lstrip()[:1] in {"{", "["}:
        kinds: tuple[str, ...] = (
            ("json", "toml") if re.match(r"\s*\[[^\[\]{}]*\]\s*$", text, re.MULTILINE) else ("json",)
        )
    elif text.startswith("---"):
        kinds = ("front", "yaml")
    else:
        kinds = ("json", "toml", "yaml")
    for kind in kinds:
        try:
            document = parse(text, kind)
        except BrokenError:
            continue
        if isinstance(document.value, dict | list):
            return document
    if len(kinds) == 1:
        return parse(text, kinds[0])
    raise BrokenError("neither JSON nor TOML nor YAML that holds members")
