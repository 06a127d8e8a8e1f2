"""Runs of code characters: base64 in both alphabets, base32, hex."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from itertools import chain, repeat

from mcpscan.text.decoding.decoder import Decoded, Named
from mcpscan.text.late import Late
from mcpscan.text.view import View

_FIRST = frozenset("CIJKLMNOPQRSTUVWXYZabcdef")
"""What the first of four base64 characters is where they stand for ASCII text: its top six bits are 2 or 8 to 31."""

_CODE = r"[A-Za-z0-9+/_\-]"
_END = r"[^A-Za-z0-9+/_\-]"
TRIGGERS = (
    # Text, in the phase that its first character gives it; then UTF-16, whose every other byte is zero.
    rf"(?-i:(?:[CI-Za-f]{_CODE}{{3}}){{4}}{_CODE}{{0,3}}{_END})",
    rf"(?-i:(?:[CI-Za-f]{_CODE}{{3}}A{_CODE}{{3}}){{2}}{_CODE}{{0,7}}{_END})",
    # Text outside ASCII gives no phase away, but has capitals and digits next to one another.
    rf"(?-i:{_CODE}{{12}}[A-Z]{_CODE}{{0,4}}[0-9]{_CODE}{{0,10}}{_END})",
    rf"(?-i:{_CODE}{{12}}[0-9]{_CODE}{{0,4}}[A-Z]{_CODE}{{0,10}}{_END})",
    r"(?-i:[A-Z2-7]{24}={0,6}[^A-Za-z0-9+/=])",
    rf"(?:[2-7][0-9a-f]){{12}}[0-9a-f]?{_END}",
    rf"(?:[2-7][0-9a-f]00){{6}}[0-9a-f]{{0,4}}{_END}",
    rf"(?:(?:c[2-9a-f]|d[0-9ab]|e[0-9a-f][89ab][0-9a-f])[89ab][0-9a-f]){{4}}[0-9a-f]{{0,6}}{_END}",
)
"""The end of a run that may be text. Hashes, paths and identifiers, which have the same characters, rarely fit."""

_READABLE_CONTROLS = frozenset("\t\n\r")
_URLSAFE = {ord("-"): "+", ord("_"): "/"}
_MIXED = Late(r"[A-Z][^A-Z]{0,12}[A-Z].{0,12}[0-9]|[0-9].{0,12}[A-Z][^A-Z]{0,12}[A-Z]")
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_BASE32_DIGITS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_BETWEEN = Late(r"0x|\\x|[\s:,=]")
_BYTES = {4: 3, 8: 5, 2: 1}
"""Bytes that a group of so many characters stands for: base64, base32, hex."""


def read_run(run: str) -> Named | None:
    """A run of code characters: hex if it is all hex digits, base32 if it is that, else base64 in either alphabet."""
    code = run.rstrip("=")
    if len(code) >= 24 and _HEX_DIGITS.issuperset(code) and (decoded := read_hex(run)):
        return "hex", decoded
    if (
        len(code) >= 24
        and code.isupper()
        and _BASE32_DIGITS.issuperset(code)
        and (decoded := _decoded(run, range(len(code)), 8))
    ):
        return "base32", decoded
    read = _read_base64(run)
    return None if read is None else ("base64", read)


def read_hex(run: str) -> Decoded | None:
    """Pairs of hex digits, with or without marks between them."""
    skipped = {at for match in _BETWEEN.finditer(run) for at in range(*match.span())}
    places = [at for at in range(len(run)) if at not in skipped] if skipped else range(len(run))
    return _decoded(run, places[: len(places) // 2 * 2], 2)


def read_base64(text: str) -> View | None:
    """The view of a value that the protocol says is base64 (`blob`, `data`)."""
    decoded = _decoded(text, [at for at, char in enumerate(text) if not char.isspace() and char != "="], 4)
    return None if decoded is None else View(decoded[0], ("base64",), decoded[1], decoded[2])


def base64_all(code: str) -> bytes | None:
    """The bytes of base64 in either alphabet, without or with padding; None if it is none."""
    bare = code.translate(_URLSAFE).rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return None


def _read_base64(run: str) -> Decoded | None:
    code = run.rstrip("=") if run.isascii() and not run[-1].isspace() else run
    places: Sequence[int] = range(len(code))
    if any(map(str.isspace, code)):
        places = [at for at, char in enumerate(code) if not char.isspace() and char != "="]
        code = "".join([code[at] for at in places])
    for skip in range(4):
        if _FIRST.issuperset(code[skip : skip + 40 : 4]):
            decoded = _decoded(run, places[skip:], 4)
            if decoded is not None:
                return decoded
    # Text outside ASCII has no such mark; whole runs of letters in both cases and digits are worth a try.
    if _MIXED.search(code) is None:
        return None
    return _decoded(run, places, 4)


def _bytes32(code: str) -> bytes | None:
    try:
        return base64.b32decode(code.upper() + "=" * (-len(code) % 8))
    except (binascii.Error, ValueError):
        return None


def _bytes16(code: str) -> bytes | None:
    return bytes.fromhex(code) if len(code) % 2 == 0 else bytes.fromhex(code[:-1])


def _readable(data: bytes) -> str | None:
    """The bytes as text, if text is what they are: UTF-8 or UTF-16, without control characters, with some letters."""
    for encoding in ("utf-8", "utf-16-le"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isprintable() or not {char for char in set(text) if char < " " or char == "\x7f"} - _READABLE_CONTROLS:
            return text
    return None


def _decoded(run: str, places: Sequence[int], chars: int) -> Decoded | None:
    """Decode the characters of a run at some places, every `chars` of which stand for a fixed number of bytes."""
    code = "".join([run[at] for at in places])
    if chars == 4 and len(code) % 4 == 1:
        code = code[:-1]
    whole = {4: base64_all, 8: _bytes32, 2: _bytes16}[chars](code)
    text = _readable(whole) if whole is not None else None
    if whole is None or not text:
        return None
    size = _BYTES[chars]
    last = len(places) - 1
    groups = -(-len(whole) // size)
    firsts = [places[min(group * chars, last)] for group in range(groups)]
    stops = [places[min(group * chars + chars - 1, last)] + 1 for group in range(groups)]
    if len(text) == len(whole):
        return text, _each(firsts, size)[: len(text)], _each(stops, size)[: len(text)]
    wide = 2 if b"\0" in whole or (len(text) * 2 == len(whole) and not text.isascii()) else 0
    starts: list[int] = []
    ends: list[int] = []
    byte = 0
    for char in text:
        width = wide or len(char.encode())
        starts.append(firsts[min(byte // size, groups - 1)])
        ends.append(stops[min((byte + width - 1) // size, groups - 1)])
        byte += width
    return text, starts, ends


def _each(places: list[int], times: int) -> list[int]:
    return list(chain.from_iterable(map(repeat, places, repeat(times))))
