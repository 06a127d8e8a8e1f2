"""Decoding: what an encoded stretch of a text says, with the way back to the characters that encode it.

Every decoder has a trigger, a pattern that is matched together with the rules' patterns, so that a text without
anything encoded costs nothing. A trigger's hits are turned into windows, a window into a view.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from mcpscan.text.late import Late
from mcpscan.text.view import View

CONTEXT = 240
"""Characters read on both sides of a sparse escape, so that a sentence with one escaped letter is read whole."""

MAX_RUN = 1 << 20
"""A single encoded run longer than this many characters is decoded up to here."""

Decoded = tuple[str, list[int], list[int]]
"""A decoded text and, for each of its characters, where its code starts and ends in the text it came from."""


Named = tuple[str, Decoded]
"""A decoded text and the name of the code it was in, for a decoder that knows several."""


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken stretch of code: the pattern of the whole, and of the characters that it consists of."""

    whole: Late
    inside: Late
    before: Late

    @classmethod
    def of(cls, whole: str, inside: str) -> Run:
        """A run matched by `whole`, whose characters are all `inside` the given class."""
        return cls(Late(whole), Late(inside), Late(f"(?r){inside}+"))


@dataclass(frozen=True, slots=True)
class Decoder:
    """A way to encode text. `triggers` are matched in the text; `windows` says where to decode, `read` decodes."""

    name: str
    triggers: tuple[str, ...]
    read: Callable[[str], Decoded | Named | None]
    run: Run | None = None

    def views(self, view: View, ends: Sequence[int]) -> Iterator[View]:
        """The views of the places where a trigger's hits end (characters of `view.text`, in order)."""
        spans = _runs(self.run, view.text, ends) if self.run is not None else windows(ends, len(view.text))
        for start, end in spans:
            decoded = self.read(view.text[start : min(end, start + MAX_RUN)])
            if decoded is not None:
                name, (text, starts, stops) = decoded if len(decoded) == 2 else (self.name, decoded)
                yield view.derive(text, name, [start + at for at in starts], [start + at for at in stops])


def windows(ends: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """The surroundings of some places in a text, those that overlap joined."""
    start, stop = -1, -1
    for end in ends:
        low, high = max(0, end - CONTEXT), min(length, end + CONTEXT)
        if low <= stop:
            stop = max(stop, high)
            continue
        if start >= 0:
            yield start, stop
        start, stop = low, high
    if start >= 0:
        yield start, stop


def _runs(run: Run, text: str, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    done = 0
    for end in ends:
        if end <= done:
            continue
        last = end if run.inside.match(text, end - 1, end) else end - 1
        start = run.before.match(text, done, last)
        match = run.whole.search(text, start.start() if start else last) if start else None
        done = max(match.end(), last) if match else last
        if match:
            yield match.span()


def _spread(pieces: Iterator[tuple[str, int, int]]) -> Decoded:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for text, start, end in pieces:
        parts.append(text)
        starts += [start] * len(text)
        ends += [end] * len(text)
    return "".join(parts), starts, ends


def _replaced(pattern: Late, text: str, change: Callable[[str], str]) -> Decoded | None:
    """The text with every match replaced, the rest kept as it is; None where nothing changed."""
    changed = False

    def pieces() -> Iterator[tuple[str, int, int]]:
        nonlocal changed
        last = 0
        for match in pattern.finditer(text):
            yield from ((text[at], at, at + 1) for at in range(last, match.start()))
            new = change(match[0])
            changed = changed or new != match[0]
            yield new, match.start(), match.end()
            last = match.end()
        yield from ((text[at], at, at + 1) for at in range(last, len(text)))

    decoded = _spread(pieces())
    return decoded if changed else None


def _readable(data: bytes) -> str | None:
    """The bytes as text, if text is what they are: UTF-8 or UTF-16, without control characters, with some letters."""
    for encoding in ("utf-8", "utf-16-le"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(char >= " " or char in "\t\n\r" for char in text) and "\x7f" not in text:
            return text
    return None


# ── runs: base64, base32, hex ──────────────────────────────────────────────────────────────────────────────────────


_FIRST = frozenset("CIJKLMNOPQRSTUVWXYZabcdef")
"""What the first of four base64 characters is where they stand for ASCII text: its top six bits are 2 or 8 to 31."""


def _read_base64(run: str) -> Decoded | None:
    places = None
    code = run.rstrip("=") if run.isascii() and not run[-1].isspace() else run
    if any(map(str.isspace, code)):
        places = [at for at, char in enumerate(code) if not char.isspace() and char != "="]
        code = "".join([code[at] for at in places])
    for skip in range(4):
        if _FIRST.issuperset(code[skip : skip + 40 : 4]):
            decoded = _quanta(run, (places or list(range(len(code))))[skip:], 4)
            if decoded is not None:
                return decoded
    # Text outside ASCII has no such mark; whole runs of letters in both cases and digits are worth a try.
    if _MIXED.search(code) is None:
        return None
    return _quanta(run, places or list(range(len(code))), 4)


def _bytes32(code: str) -> bytes | None:
    try:
        return base64.b32decode(code.upper() + "=" * (-len(code) % 8))
    except (binascii.Error, ValueError):
        return None


def _bytes16(code: str) -> bytes | None:
    return bytes.fromhex(code) if len(code) % 2 == 0 else bytes.fromhex(code[:-1])


def _quanta(run: str, places: list[int], chars: int) -> Decoded | None:
    """Decode a run whose every `chars` characters stand for a fixed number of bytes."""
    code = "".join([run[at] for at in places])
    if chars == 4 and len(code) % 4 == 1:
        code = code[:-1]
    whole = {4: base64_all, 8: _bytes32, 2: _bytes16}[chars](code)
    text = _readable(whole) if whole is not None else None
    if whole is None or not text:
        return None
    size = {4: 3, 8: 5, 2: 1}[chars]
    wide = 2 if b"\0" in whole or (len(text) * 2 == len(whole) and not text.isascii()) else 0
    starts: list[int] = []
    ends: list[int] = []
    byte = 0
    for char in text:
        width = wide or len(char.encode())
        first, last = byte // size * chars, (byte + width - 1) // size * chars + chars - 1
        starts.append(places[min(first, len(places) - 1)])
        ends.append(places[min(last, len(places) - 1)] + 1)
        byte += width
    return text, starts, ends


def base64_all(code: str) -> bytes | None:
    """The bytes of base64 in either alphabet, without or with padding; None if it is none."""
    try:
        return base64.b64decode(code.translate(_URLSAFE).rstrip("=") + "=" * (-len(code.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        return None


_URLSAFE = {ord("-"): "+", ord("_"): "/"}
_MIXED = Late(r"[A-Z][^A-Z]{0,12}[A-Z].{0,12}[0-9]|[0-9].{0,12}[A-Z][^A-Z]{0,12}[A-Z]")
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_BASE32_DIGITS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_BETWEEN = Late(r"0x|\\x|[\s:,=]")


def _read_run(run: str) -> Named | None:
    """A run of code characters: hex if it is all hex digits, base32 if it is that, else base64 in either alphabet."""
    code = run.rstrip("=")
    if len(code) >= 24 and _HEX_DIGITS.issuperset(code) and (decoded := _read_hex(run)):
        return "hex", decoded
    if (
        len(code) >= 24
        and code.isupper()
        and _BASE32_DIGITS.issuperset(code)
        and (decoded := _quanta(run, list(range(len(code))), 8))
    ):
        return "base32", decoded
    decoded = _read_base64(run)
    return None if decoded is None else ("base64", decoded)


def _read_hex(run: str) -> Decoded | None:
    skipped = {at for match in _BETWEEN.finditer(run) for at in range(*match.span())}
    places = [at for at in range(len(run)) if at not in skipped]
    return _quanta(run, places[: len(places) // 2 * 2], 2)


def read_base64(text: str) -> View | None:
    """The view of a value that the protocol says is base64 (`blob`, `data`)."""
    decoded = _quanta(text, [at for at, char in enumerate(text) if not char.isspace() and char != "="], 4)
    return None if decoded is None else View(decoded[0], ("base64",), decoded[1], decoded[2])


# ── escapes: percent, HTML entities, \u, quoted-printable, control characters, markup inside words ───────────────────


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
_GLYPH = Late(r"[A-Za-z]|[ \t]{2,3}|.")
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


def _entities(run: str) -> str:
    return html.unescape(run)


def _sparse(pattern: Late, change: Callable[[str], str]) -> Callable[[str], Decoded | None]:
    return lambda text: _replaced(pattern, text, change)


# ── letters: rot13, reversed, spaced out, leetspeak ──────────────────────────────────────────────────────────────────


def _rot13(text: str) -> Decoded | None:
    places = list(range(len(text)))
    return codecs.encode(text, "rot13"), places, [at + 1 for at in places]


def _reversed(text: str) -> Decoded | None:
    places = list(range(len(text) - 1, -1, -1))
    return text[::-1], places, [at + 1 for at in places]


_SPACED = Late(
    r"(?<![A-Za-z])[A-Za-z](?:([ .\-_*|~\t])[A-Za-z]|[ \t]{2,3}[A-Za-z](?=[ .\-_*|~\t][A-Za-z])){4,}(?![A-Za-z])"
)


def _spaced(text: str) -> Decoded | None:
    changed = False

    def pieces() -> Iterator[tuple[str, int, int]]:
        nonlocal changed
        last = 0
        for match in _SPACED.finditer(text):
            changed = True
            yield from ((text[at], at, at + 1) for at in range(last, match.start()))
            for gap in _GLYPH.finditer(match[0]):
                start, end = match.start() + gap.start(), match.start() + gap.end()
                kept = gap[0] if gap[0].isalpha() else " " if len(gap[0]) > 1 else ""
                yield kept, start, end
            last = match.end()
        yield from ((text[at], at, at + 1) for at in range(last, len(text)))

    decoded = _spread(pieces())
    return decoded if changed else None


_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "|": "l"}
_LEET_WORD = Late(r"[A-Za-z013457 8@$!|]*[A-Za-z][013457 8@$!|]*[A-Za-z013457 8@$!|]*")
_LEET_CLASS = {
    "a": "[a4@]",
    "e": "[e3]",
    "i": "[i1!]",
    "o": "[o0]",
    "s": "[s5$]",
    "t": "[t7]",
    "l": "[l1]",
    "b": "[b8]",
}
_WORDS = (
    "ignore",
    "disregard",
    "previous",
    "instructions",
    "override",
    "password",
    "secret",
    "system",
    "forward",
    "delete",
)
_PLAIN_WORDS = ("message", "email", "history", "contents", "without", "confirm")
_MORE_WORDS = ("credential", "assistant", "prompt", "confidential", "environment", "conversation")


def _leet(text: str) -> Decoded | None:
    plain = "".join(
        _LEET[char]
        if char in _LEET and ((at and text[at - 1].isalpha()) or (at + 1 < len(text) and text[at + 1].isalpha()))
        else char
        for at, char in enumerate(text)
    )
    if plain == text:
        return None
    places = list(range(len(text)))
    return plain, places, [at + 1 for at in places]


def _leet_triggers() -> Iterator[str]:
    for word in (*_WORDS, *_MORE_WORDS):
        for at, letter in enumerate(word):
            if letter in _LEET_CLASS:
                digits = _LEET_CLASS[letter].replace(letter, "", 1)
                before = "".join(_LEET_CLASS.get(char, char) for char in word[:at])
                after = "".join(_LEET_CLASS.get(char, char) for char in word[at + 1 :])
                yield before + digits + after


def _words(change: Callable[[str], str], *short: str) -> str:
    return "(?:" + "|".join(change(word) for word in (*_WORDS, *_MORE_WORDS, *_PLAIN_WORDS, *short)) + ")"


DECODERS: tuple[Decoder, ...] = (
    Decoder(
        "encoded-run",
        (r"[a-z0-9+/_\-]{16}[^a-z0-9+/_\-]",),
        _read_run,
        Run.of(r"[A-Za-z0-9+/_\-]{16,}={0,6}(?:\s{1,3}[A-Za-z0-9+/_\-]{16,}={0,2})*", r"[A-Za-z0-9+/_\-]"),
    ),
    Decoder(
        "hex",
        (
            r"(?:\\x|0x)[0-9a-f]{2}[ ,:]?(?:\\x|0x)[0-9a-f]{2}[ ,:]?(?:\\x|0x)",
            r"[0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} ",
        ),
        _read_hex,
        Run.of(r"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:]?){7,}(?:0x|\\x)?[0-9a-fA-F]{2}", r"[0-9a-fA-Fx\\ ,:]"),
    ),
    Decoder("percent", (r"%[0-9a-f]{2}",), _sparse(_PERCENT, _bytes_of(Late(r"%([0-9a-fA-F]{2})")))),
    Decoder(
        "entity",
        (r"&(?:#[0-9]{2,7}|#x[0-9a-f]{2,6}|nbsp|zwn?j|shy|tab|newline|zerowidthspace|e[nm]sp);",),
        _sparse(_ENTITY, _entities),
    ),
    Decoder("escape", (r"\\u\{?[0-9a-f]{2,4}", r"\\x[0-9a-f]{2}"), _sparse(_ESCAPE, _escaped)),
    Decoder("quoted-printable", (r"=[0-9a-f]{2}[^=]{0,20}=[0-9a-f]{2}", r"[a-z]=\n[a-z]"), _sparse(_QUOTED, _quoted)),
    Decoder("control", (r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]",), _sparse(_CONTROL, lambda _: "")),
    Decoder(
        "inline-markup",
        (r"[a-z](?:</?[a-z][a-z0-9]{0,9}(?: [^<>]{0,60})?>){1,3}[a-z]", r"[a-z]<!--[^<>]{0,40}-->[a-z]"),
        _sparse(_TAG, lambda _: ""),
    ),
    Decoder(
        "spacing",
        (
            r"[a-z]  {1,4}[a-z]{1,14}  {1,4}[a-z]{1,14}  {1,4}[a-z]",
            r"[a-z][*`~]{1,3} [*`~]{1,3}[a-z]{1,14}[*`~]{1,3} [*`~]{1,3}[a-z]",
            r"[a-z]_[a-z]{1,14}_[a-z]{1,14}_[a-z]{1,14}_[a-z]",
            r"[a-z]\n(?:> {0,2})?[a-z]{1,14}\n(?:> {0,2})?[a-z]{1,14}\n(?:> {0,2})?[a-z]",
        ),
        _sparse(_SPACING, lambda _: " "),
    ),
    Decoder("rot13", (_words(lambda word: codecs.encode(word, "rot13"), "user", "tell"),), _rot13),
    Decoder("reversed", (_words(lambda word: word[::-1]),), _reversed),
    Decoder("spaced", (r"\b[a-z](?:[ .\-_*|~\t]{1,3}[a-z]){5}\b",), _spaced),
    Decoder("leet", ("(?:" + "|".join(_leet_triggers()) + ")",), _leet),
)
"""Every decoder whose trigger is looked for in every text."""
