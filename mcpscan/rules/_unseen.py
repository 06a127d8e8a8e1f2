"""How text is kept from a person's eyes without markup: what the rules of `hidden` look for, as spans of a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

import regex

from mcpscan.rules._voice import speaks_to_model, words
from mcpscan.surface import NAMES, Passage
from mcpscan.text import Late, fold

Span = tuple[int, int]

MOST_WORDS = 4000
MOST_SPANS = 40
"""Different words looked at, and spans told, in one text; a text that has so many is flagged by the first of them."""

_ZERO = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb"
)
_LETTER = r"\p{Latin}\p{Cyrillic}\p{Greek}\d"
_UNSEEN = Late(f"[{_ZERO}]+")
_BROKEN = Late(rf"(?<![{_LETTER}])[{_LETTER}]{{1,40}}+(?:[{_ZERO}]{{1,40}}+[{_LETTER}]{{1,40}}+)+")
_CARRIERS = Late("[\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff]{4,}")
_PERIODIC = Late(r"(.{1,8}?)\1+.{0,7}", regex.DOTALL)
_JOINS = Late(
    r"[\p{So}\p{Sk}\p{M}\p{Arabic}\p{Hebrew}\p{Syriac}\p{Mongolian}\p{Nko}]"
    r"|(?![\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}])\p{L}"
)
_BIDI = Late("[\u202a-\u202e\u2066-\u2069]")
_RTL = Late(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}\p{Samaritan}\p{Mandaic}\p{Adlam}]")
_FORCED = Late("\u202e([^\u202c\u2069\n]{1,400})")
_SELECTORS = Late("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_CLOSES = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}

WORTH = frozenset([
    "access", "account", "admin", "agent", "amazon", "anthropic", "api", "apikey", "apple", "approve", "approved",
    "assistant", "bank", "claude", "code", "command", "confidential", "config", "confirm", "copy", "credential",
    "credentials", "database", "delete", "disregard", "download", "email", "execute", "file", "files", "forget",
    "forward", "google", "github", "ignore", "instruction", "instructions", "invoice", "key", "login", "mail",
    "message", "microsoft", "openai", "operator", "override", "passwd", "password", "pay", "payment", "paypal",
    "previous", "prompt", "read", "reveal", "root", "run", "secret", "secrets", "security", "send", "server",
    "settings", "shell", "support", "system", "token", "tokens", "tool", "transfer", "update", "upload", "user",
    "users", "verify", "wallet", "wire", "write",
])  # fmt: skip
"""Words worth imitating or breaking: one of them with a foreign or an unseen letter is no accident."""


def is_name(passage: Passage) -> bool:
    """Whether a text is compared letter by letter: a name or a fixed value."""
    return passage.kind in NAMES or passage.slot in {"name", "enum", "const"}


def has_unseen(text: str) -> bool:
    """Whether a text has any character without width."""
    return _UNSEEN.search(text) is not None


def unseen_in_name(text: str) -> Iterator[Span]:
    """The characters without width in a name, but for those that join emoji or letters of scripts that need them."""
    for match in _UNSEEN.finditer(text):
        if _JOINS.search(text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]) is None:
            yield match.span()


def carrier_runs(text: str, at_least: int) -> Iterator[Span]:
    """Runs of characters without width that are not the same few over and over, as in the padding of a newsletter."""
    for match in _CARRIERS.finditer(text):
        if len(match[0]) >= at_least and _PERIODIC.now.fullmatch(match[0]) is None:
            yield match.span()


def broken_words(text: str, *, own: bool) -> list[tuple[Span, bool]]:
    """Words broken as no hyphenation, ligature or line break would break them; and whether that is no accident."""
    found = list(islice((match for match in _BROKEN.finditer(text) if _is_odd(match[0], own=own)), 20 * MOST_SPANS))
    return [
        (match.span(), len(found) > 1 or len(_UNSEEN.findall(match[0])) > 1 or fold(match[0]).text.lower() in WORTH)
        for match in found
    ]


def _is_odd(word: str, *, own: bool) -> bool:
    pieces = _UNSEEN.now.split(word)
    breaks = set("".join(_UNSEEN.findall(word)))
    if breaks == {"\u00ad"}:
        return len(pieces) > 3 and max(map(len, pieces)) <= 2
    if own:
        return True
    if all(left[-1:].islower() and right[:1].isupper() for left, right in pairwise(pieces)):
        return False
    if breaks <= {"\u200c", "\u00ad"} and len(pieces) == 2:
        return False
    return min(map(len, pieces)) <= 3 or len(word) <= 12 or fold(word).text.lower() in WORTH


def direction_controls(text: str) -> list[Span]:
    """Every control that embeds, overrides or isolates a direction."""
    return [match.span() for match in _BIDI.finditer(text)]


def reversed_letters(text: str) -> Iterator[Span]:
    """Letters that run left to right and are shown right to left."""
    for match in islice(_FORCED.finditer(text), MOST_SPANS):
        if regex.search(r"[\p{Latin}\p{Cyrillic}\p{Greek}]", match[1]):
            yield match.span()


def unclosed_controls(text: str, *, own: bool) -> Iterator[Span]:
    """Direction controls that no line closes, in text without letters that run right to left."""
    if _RTL.search(text) is not None:
        return
    start = 0
    for line in text.split("\n"):
        opened: list[int] = []
        for match in _BIDI.finditer(line):
            if match[0] not in _CLOSES:
                opened.append(match.start())
            elif opened and line[opened[-1]] in _CLOSES[match[0]]:
                opened.pop()
        harmless = "\u202e" if own else "\u202e\u202a\u202d"
        yield from ((start + at, start + at + 1) for at in opened if line[at] not in harmless)
        start += len(line) + 1


def selector_runs(text: str) -> Iterator[Span]:
    """Variation selectors in a row, or one behind each of several plain letters."""
    single: list[int] = []
    for match in _SELECTORS.finditer(text):
        base = text[match.start() - 1 : match.start()]
        if len(match[0]) >= 3:
            yield match.span()
        elif base.isascii() and (base.isalpha() or base == " ") and match[0][0] not in "\ufe0e\ufe0f":
            single.append(match.start())
    if len(single) >= 3:
        yield single[0], single[-1] + 1


_FOREIGN = (
    r"\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}\p{Coptic}\p{Lisu}\p{Deseret}\p{Osage}\p{Old_Italic}\p{Warang_Citi}\p{Canadian_Aboriginal}"
    "\u0251\u0261\u0269"
)
_MIXED = Late(rf"[A-Za-z][{_FOREIGN}]|[{_FOREIGN}][A-Za-z]")
_WHOLE = Late(r"(?<!\p{L})[\p{Cyrillic}\p{Greek}]{3,16}+(?!\p{L})")
_NATIVE = Late(r"[бджзийлпфцчшщъыэюяєїґђљњћџ]|\p{Greek}{2}[βδζθλξπφψω]|[βδζθλξπφψω]\p{Greek}{2}", regex.IGNORECASE)
"""What only real text in the script has; Greek letters alone may be a formula."""
_LESSON = Late(r"homogl[yi]ph|homograph|confusable|look-?alike|punycode|\bxn--", regex.IGNORECASE)
_DOUBTFUL = Late("[αβγδεζηθκλμνξπρςστφχψω\u0251\u0261\u0269]")
"""Greek letters of formulas and Latin letters of phonetics: next to an ASCII letter they are mostly honest."""


def mixed_words(text: str, *, name: bool) -> list[tuple[Span, bool]]:
    """Words with letters of another script that read as ASCII ones; and whether that is no accident."""
    native = _NATIVE.search(text) is not None
    made: list[tuple[Span, bool]] = []
    known: dict[str, bool | None] = {}
    last = 0
    for match in _MIXED.finditer(text):
        if match.start() < last:
            continue
        start, last = _around(text, match.start())
        word = text[start:last]
        if word not in known and len(known) < MOST_WORDS:
            known[word] = _imitates(word, native=native)
        sure = known.get(word)
        if sure is not None:
            made.append(((start, last), sure))
        if len(made) >= MOST_SPANS:
            return made
    for match in () if native else _WHOLE.finditer(text):
        worth = fold(match[0]).text.lower() in WORTH or (name and _is_plain(match[0], text))
        if worth and all(not low <= match.start() < high for (low, high), _ in made):
            made.append((match.span(), True))
        if len(made) >= MOST_SPANS:
            break
    return made


def about_lookalikes(text: str, span: Span) -> bool:
    """Whether the text around speaks of such letters, as lists of them do."""
    return _LESSON.search(text, max(0, span[0] - 300), span[1] + 300) is not None


def _is_plain(word: str, name: str) -> bool:
    return fold(word).text.isascii() and regex.search(r"[A-Za-z]", name) is not None and not _DOUBTFUL.search(word)


def _around(text: str, at: int) -> Span:
    start = end = at
    while start > 0 and at - start < 40 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and end - at < 40 and (text[end].isalnum() or text[end] == "_"):
        end += 1
    escaped = text[start - 1 : start] == "\\" and text[start] in "nrt"
    return start + escaped, end


def _imitates(word: str, *, native: bool) -> bool | None:
    """Whether a word imitates an ASCII one for sure (True), perhaps (False), or not at all (None)."""
    folded = fold(word).text.lower()
    if not folded.isascii() or word.isascii() or not regex.search("[A-Za-z]", word):
        return None
    if any(part in WORTH for part in regex.split(r"[\W\d_]+", folded)):
        return True
    inner = regex.search(rf"[A-Za-z][{_FOREIGN}]+[A-Za-z]", word) is not None
    foreign = [char for char in word if not char.isascii()]
    if all(_DOUBTFUL.search(char) for char in foreign):
        return None
    if native and not (inner and regex.search("[dfgijlnqrsuvwz]", word, regex.IGNORECASE)):
        return None
    if not inner and regex.fullmatch(rf"[A-Z]{{2,8}}[{_FOREIGN}]{{1,4}}", word):
        return None
    return False if sum(char.isalpha() for char in word) >= 3 else None


_SGR = Late(r"(?:\x1b\[|\x9b)([0-9;:]*)m([^\x1b\x9b]*)")
_LINK = Late(r"\x1b\]8;[^;\x1b\x07]*;([^\x1b\x07]+)(?:\x1b\\|\x07)(.{1,200}?)\x1b\]8;;", regex.DOTALL)
_ERASER = Late(r"\r(?![\r\n])|(?:\x1b\[|\x9b)(?:[12]?K|[12]?J|\d*[AFGD]|\d*;\d*H|1?M)|\x08{4,}")
_HOST = Late(r"\s*(?:https?://)?(?:[^/@\s]*@)?([\w-]+(?:\.[\w-]+)+)")
_ANSI = Late(r"\x1b\[[0-9;:?]*[A-Za-z]")


def concealed(text: str) -> Iterator[Span]:
    """Words that a terminal is told not to show, or to show in the colour of the ground."""
    hidden = False
    ink = ground = ""
    for match in _SGR.finditer(text):
        codes = [code.lstrip("0") or "0" for code in regex.split("[;:]", match[1])]
        while codes:
            code = codes.pop(0)
            if code in {"38", "48"}:
                colour = ";".join(codes[: 2 if codes[:1] == ["5"] else 4])
                del codes[: 2 if codes[:1] == ["5"] else 4]
                ink, ground = (colour, ground) if code == "38" else (ink, colour)
            elif code in {"0", "8", "28"}:
                hidden = code == "8"
                ink, ground = ("", "") if code == "0" else (ink, ground)
            elif len(code) == 2 and code[0] in "34":
                ink, ground = (code[1], ground) if code[0] == "3" else (ink, code[1])
        if (hidden or (ink and ink == ground and ink != "9")) and words(match[2]) >= 3:
            yield match.span()


def terminal_links(text: str) -> Iterator[tuple[Span, str, str]]:
    """Terminal links whose text looks like an address: the place, the host it shows and the host it opens."""
    for match in _LINK.finditer(text):
        shown = _HOST.match(_ANSI.now.sub("", match[2]).lower())
        target = _HOST.match(match[1].lower())
        if shown and target:
            yield match.span(), shown[1], target[1]


def overwritten(text: str) -> Iterator[Span]:
    """Words that a terminal erases or overwrites at once, and that speak to a model."""
    seen: set[str] = set()
    last = 0
    for match in _ERASER.finditer(text):
        start = max(last, match.start() - 400, text.rfind("\n", 0, match.start()) + 1)
        erased = _ANSI.now.sub("", text[start : match.start()])
        last = match.end()
        line = regex.sub(r"[\d\W]+", " ", erased)
        if line not in seen and len(seen) < 400:
            seen.add(line)
            if words(line) >= 4 and speaks_to_model(erased):
                yield start, match.end()


_GAP = Late(r"(?<!\s)(?:[\s\u2800\u3164]|\\[nrt]){60,}+(?=\S)")


def padded(text: str, *, own: bool) -> Iterator[tuple[Span, str]]:
    """Gaps that push what follows out of sight, and what follows."""
    for match in _GAP.finditer(text):
        lines = match[0].count("\n") + match[0].count("\\n")
        wide = max(map(len, match[0].split("\n")))
        enough = lines >= 25 or wide >= 160 if own else lines >= 80 or wide >= 400
        if enough and match.start() > 0 and words(text[match.end() : match.end() + 200]) >= 3:
            yield match.span(), text[match.end() : match.end() + 600]
