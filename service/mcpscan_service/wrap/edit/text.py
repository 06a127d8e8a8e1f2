"""Bytes of a configuration file to text and back, and a text to its values and its tree."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from mcpscan.inventory import formats
from mcpscan.inventory.document import BrokenError
from mcpscan_service.wrap.edit import json_, toml_, yaml_
from mcpscan_service.wrap.edit.tree import Node, RefusedError

_FORMATS = {
    ".json": "json", ".jsonc": "json", ".json5": "json", ".code-workspace": "json",
    ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".md": "front", ".markdown": "front",
}  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<head>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_UNSEEN = re.compile(r"[\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff]")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, and what it takes to write it back: byte order mark, encoding, format."""

    text: str
    mark: bytes
    encoding: str
    kind: str

    @classmethod
    def of(cls, data: bytes, name: str) -> Source:
        """The source of some bytes of a file of that name. Raises `RefusedError`."""
        mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            raise RefusedError(f"the file is not {encoding.upper()}") from None
        kind = _FORMATS.get(Path(name).suffix.lower(), "")
        source = cls(text, mark, encoding, kind or _guessed(text))
        if source.data != data:
            raise RefusedError("the file cannot be written back as it is")
        return source

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.mark + self.text.encode(self.encoding)

    def with_text(self, text: str) -> Source:
        """The same file with another text."""
        return replace(self, text=text)

    def value(self) -> Any:
        """What the file says. Raises `RefusedError` where it is broken."""
        try:
            return formats.parse(self.text, self.kind).value
        except BrokenError as problem:
            raise RefusedError(f"the file cannot be read: {problem.reason}") from None

    def tree(self) -> Node:
        """Where everything in the file stands."""
        if self.kind == "json":
            return json_.tree(self.text)
        if self.kind == "toml":
            return toml_.tree(self.text)
        try:
            if self.kind == "yaml":
                return yaml_.tree(self.text)
            found = _FRONT.match(self.text)
            return yaml_.tree(found["head"], found.start("head")) if found else Node("scalar", 0)
        except (yaml.YAMLError, RecursionError):
            raise RefusedError("the file is no plain YAML") from None

    @property
    def newline(self) -> str:
        r"""How lines of the file end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def literal(self, text: str) -> str:
        """A text as it is written in this format, in double quotes."""
        written = json.dumps(text, ensure_ascii=False)
        if self.kind == "json":
            return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], written)
        return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _guessed(text: str) -> str:
    for kind in ("json", "toml", "yaml"):
        try:
            if isinstance(formats.parse(text, kind).value, dict | list):
                return kind
        except BrokenError:
            continue
    raise RefusedError("the file is neither JSON nor TOML nor YAML")
