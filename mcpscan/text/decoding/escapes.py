"""Escapes, each of which stands for a few characters: percent, HTML entities, code points, quoted-printable, markup in words."""

from __future__ import annotations

import html
from collections.abc import Callable

import regex

from mcpscan.text.decoding.decoder import replacing
from mcpscan.text.late import Late


def _bytes_of(code: Late) -> Callable[[str], str]:
    def change(run: str) -> str:
        data = bytes(int(match, 16) for match in code.findall(run))
        return data.decode("utf-8", "replace")

    return change


_PERCENT = Late(r"(?:%[0-9a-fA-F]{2})+")
_QUOTED = Late(r"(?:=[0-9A-Fa-f]{2})+|=\r?\n")
_ENTITY = Late(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,24});")
_ESCAPE = Late(r"(?:\\+u[0-9a-fA-F]{4})+|\\+u\{[0-9a-fA-F]{1,6}\}|\\+U[0-9a-fA-F]{8}|(?:\\+x[0-9a-fA-F]{2})+|\\+[nrt]")
_QUOTED_BYTE = Late(r"=([0-9A-Fa-f]{2})")
_ESCAPED_BYTE = Late(r"x([0-9a-fA-F]{2})")
_UNIT = Late(r"[uU]\{?([0-9a-fA-F]{1,8})")
_CONTROL = Late(r"(?:\x1b\[[0-9;?]*[ -/]*[@-~])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_SPACING = Late(r"[\s*_~`>|]+")
_TAG = Late(r"<!--.{0,80}?-->|</?[A-Za-z][A-Za-z0-9]{0,9}(?:\s[^<>]{0,120})?/?>", regex.DOTALL)


def _quoted(run: str) -> str:
    return "" if run[1:] in {"\n", "\r\n"} else _bytes_of(_QUOTED_BYTE)(run)


def _escaped(run: str) -> str:
    body = run.lstrip("\\")
    if body[0] in "nrt" and len(body) == 1:
        return {"n": "\n", "r": "\n", "t": "\t"}[body]
    if body[0] == "x":
        return _bytes_of(_ESCAPED_BYTE)(run)
    units = [int(code, 16) for code in _UNIT.findall(run)]
    joined = b"".join(
        chr(unit).encode("utf-16-le", "surrogatepass") if unit < 0x110000 else b"\xfd\xff" for unit in units
    )
    return joined.decode("utf-16-le", "replace")


percent = replacing(_PERCENT, _bytes_of(Late(r"%([0-9a-fA-F]{2})")))
entities = replacing(_ENTITY, html.unescape)
escapes = replacing(_ESCAPE, _escaped)
quoted_printable = replacing(_QUOTED, _quoted)
controls = replacing(_CONTROL, lambda _: "")
markup = replacing(_TAG, lambda _: "")
spacing = replacing(_SPACING, lambda _: " ")
