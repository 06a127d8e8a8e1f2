"""What an address with a place for secrets, cells or the conversation looks like."""

from __future__ import annotations

import regex

from mcpscan.text import Late

_FLAGS = regex.IGNORECASE | regex.VERSION0 | regex.DOTALL

_TALK = (
    r"(?:conversations?|chat|history|transcript|messages?|system[ ._-]?prompt|memor(?:y|ies)|cookies?|environ(?:ment)?"
    r"|process\.env|env|(?:last|latest|previous|user|full)[ ._-]{0,2}(?:user[ ._-]{0,2})?"
    r"(?:messages?|prompts?|inputs?|questions?|answers?|reply|context|text|query))"
)
_KEYS = r"(?:api[ ._-]?keys?|tokens?|secrets?|passwords?|passwd|credentials?|private[ ._-]?key|e-?mail|cwd)"
_HOLE = r"(?:\$?\{{1,3}|<{1,2}|\[{1,2}|%7b|%3c|\$\()\s{0,2}(?:[a-z0-9]{1,12}[ ._-]{1,2}){0,3}"
_ADDRESS = r"https?://[^\s\"'<>)]"
_TO_FILL = (
    r"=(?:data|secret|token|key|summary|history|context|base64|b64|payload|x{3,9}|insert\w{0,12}|your\w{0,12}|\.{3}|_{2,9}"
    r"|(?:conversation|chat|user|last|message|prompt)\w{0,16})?\\?[\"')]"
)
_GIVEN = (
    r"\b(?:user|conversation|chat|messages?|questions?|answers?|summary|history|context|reply|replies|prompt|passwords?"
    r"|tokens?|api keys?)\b"
)
_CELL = r"\$?[a-z]{1,2}\$?\d{1,5}"

PLACEHOLDER = rf"{_ADDRESS}{{1,120}}[=/&:._-](?:{_HOLE}(?:{_TALK}|{_KEYS})|\$\((?:cat|printenv|whoami|hostname))"
EMPTY = rf"(?:\]\(<?|(?:src|data|srcset|poster)=\\?[\"']?|url\([\"']?){_ADDRESS}{{3,160}}{_TO_FILL}"
FORMULA = (
    r"=\s?\+?(?:webservice|importdata|importxml|importhtml|importfeed|importrange|image|hyperlink)\([^\n]{0,40}https?://"
    rf"[^\n]{{0,80}}(?:&|,)\s?{_CELL}\s?[,):&]"
)
COMMAND = r"(?:^|[\n,;\t\"'|])[=+@-](?:cmd|powershell|mshta|rundll32|regsvr32|msexcel|wscript|certutil)\s?\|\s?'"

_PICTURE = Late(
    r"(?:!\[[^\]\n]*\]\(\s*<?|<(?:img|image|iframe|link|source|object|embed|video|audio)\b[^<>]*"
    r"\b(?:src|href|data|srcset|poster)\s*=\s*\\?[\"']?|\burl\(\\?[\"']?)$",
    _FLAGS,
)
_ASKED = Late(rf"[^?&#]*[?&#].*{_HOLE}{_TALK}[\s\w()]{{0,20}}[}}\])>%]", _FLAGS)
_FILLING = Late(
    r"\b(?:append|fill|put|insert|replac|substitut|add|attach|encod|complet|follow|plac|writ|set|swap)\w*\b"
    rf".{{0,120}}{_GIVEN}",
    _FLAGS,
)
_NAMED = Late(
    r"=(?:\w+_)?(?:CONVERSATION|CHAT|HISTORY|MESSAGES?|USER|LAST|PROMPT|SUMMARY|CONTEXT|SECRETS?|PASSWORD)(?:_\w+)?\W*$"
)
_CELLS = Late(rf"\b{_CELL}\b", _FLAGS)
_DRAWN = Late(r"hyperlink|qr|chart|barcode|avatar|flag", _FLAGS)


_SUFFIX = Late(
    r"s?[ ._|-]{0,2}(?:text|contents?|body|summary|history|log|json|b64|base64|encoded|data|value|dump|transcript|urlencode\w*|so_far)?"
    r"(?:[^\w-]|$)",
    _FLAGS,
)
_IMAGE_FILE = Late(r"https?://[^?#]*\.(?:png|gif|jpe?g|svg|webp)\b", _FLAGS)
_TALKS = Late(rf"{_TALK}$", _FLAGS)


def is_whole(address: str, after: str) -> bool:
    """Whether the placeholder an address ends in is named so, and not the id or the type of such a thing."""
    return _SUFFIX.match(after) is not None and (
        after[:1] in "}])>%|" or _TALKS.search(address) is not None or "$(" in address
    )


def is_image_file(address: str) -> bool:
    """Whether an address is that of a picture by its name."""
    return _IMAGE_FILE.match(address) is not None


def is_picture(text: str, start: int) -> bool:
    """Whether the address at a place of a text is one that is fetched as soon as it is shown."""
    return _PICTURE.search(text, max(0, start - 200), start) is not None


def asks_for_talk(address: str) -> bool:
    """Whether a value in the query of an address is a placeholder for what was said.

    >>> asks_for_talk("https://a.example/?h={{history}}"), asks_for_talk("https://a.example/messages/{message_id}")
    (True, False)
    """
    return _ASKED.match(address) is not None


def is_to_fill(address: str, around: str) -> bool:
    """Whether an address ends in a name of what to put there, or the text around says what to put there."""
    return _NAMED.search(address) is not None or _FILLING.search(around) is not None


def takes_cells(formula: str, after: str) -> bool:
    """Whether a formula puts several cells into an address, or one where nothing is drawn from it."""
    cells = len(_CELLS.findall(formula.rsplit('"', 1)[-1] + after.split("\n", 1)[0]))
    return cells >= 2 or _DRAWN.search(formula) is None
