"""Which texts are literal secrets, and the same texts without them. Wrong guesses hide too much rather than too little."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log2
from urllib.parse import urlsplit, urlunsplit

from mcpscan.fleet import HIDDEN

LONG = 4096
"""Characters of one word above which it is hidden whole, and of a text that is looked at in one go."""

VARIABLE = re.compile(r"\$?\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,999}\}|\$env:\w+|\$[A-Z_][A-Z0-9_]*\b|%\w{1,99}%")
"""What stands for a value that comes from elsewhere, in any client's syntax."""

_DEFAULT = re.compile(r"(\$\{[^{}]{0,99}?:?-)([^{}]{1,999})(\})")
_SECRET_NAME = re.compile(
    r"(?:^|[^a-z])(?:pat|pwd|pass|auth|sid|dsn|jwt|sas)(?:$|[^a-z])|token|secret|passw|passphrase|credential|api[-_. ]?key|"
    r"private[-_. ]?key|access[-_. ]?key|(?:^|[^a-z])key(?:$|[^a-z])|bearer|authorization|cookie|session[-_. ]?id|"
    r"connection[-_. ]?string|database[-_. ]?url|webhook|client[-_. ]?secret|signature|_key$|apikey|appkey",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:gh[opsur]_\w{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}|sk-[\w-]{16,}|[spr]k_(?:live|test)_\w{10,}|xox[abeprs]-[\w-]{10,}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|hf_\w{20,}|npm_\w{30,}|pypi-[\w-]{30,}|dop_v1_\w{30,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?|SG\.[\w-]{16,}\.[\w-]{16,}|lin_api_\w{20,}|ntn_\w{20,}|secret_\w{20,}|tvly-[\w-]{16,})"
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*", re.DOTALL)
_SCHEME = re.compile(r"\b(Bearer|Basic|Token|ApiKey|Digest)(\s+)([^\s\"',;]+)", re.IGNORECASE)
_RANDOM = re.compile(
    r"(?P<public>\bsha256:[0-9a-f]{64}\b|(?<=[@#])[0-9a-f]{40}\b)|[A-Za-z0-9+/_=-]{32,}|[A-Za-z0-9_+=-]{20,}"
)
"""Long runs of letters and digits; digests and commits among them are public."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,15}://[^\s\"'<>`]+")
_MEMBER = re.compile(r"""(["'])([\w.-]{1,64})\1(\s{0,9}:\s{0,9})("[^"]*"|'[^']*')""")
_WORDS = re.compile(r"[A-Z]?[a-z]{4,}|[A-Z]{4,}")
_WORD_PART = re.compile(r"^//|/(?:[a-z]{3,}|[A-Z][a-z]{2,}|\d{4})(?=/)")


def names_secret(name: str) -> bool:
    """Whether a variable, header or option of this name is likely to hold a secret.

    >>> names_secret("GITHUB_TOKEN"), names_secret("LOG_LEVEL"), names_secret("--monkey")
    (True, False, False)
    """
    return bool(_SECRET_NAME.search(name))


def is_literal(value: str) -> bool:
    """Whether a text holds anything of its own: more than variables, an authorization scheme and blanks.

    >>> is_literal("Bearer ${TOKEN}"), is_literal("${TOKEN:-hunter2}"), is_literal("hunter2")
    (False, True, True)
    """
    if len(value) > LONG or _DEFAULT.search(value):
        return True
    rest = VARIABLE.sub("", value)
    return bool(re.sub(r"(?i)\b(?:bearer|basic|token|apikey|digest)\b|[\s:,;•]", "", rest))


def hide(value: str) -> str:
    """A value with everything of its own hidden: its variables and its authorization scheme stay.

    >>> hide("Bearer abc"), hide("${A:-abc}"), hide("${A}")
    ('Bearer •••', '${A:-•••}', '${A}')
    """
    if not is_literal(value):
        return hide_plain(value)
    if len(value) <= LONG and _DEFAULT.search(value) and not is_literal(_DEFAULT.sub("", value)):
        return _DEFAULT.sub(rf"\1{HIDDEN}\3", value)
    scheme = re.match(r"\s*(bearer|basic|token|apikey|digest)\s+", value, re.IGNORECASE)
    return f"{scheme[1]} {HIDDEN}" if scheme else HIDDEN


def hide_secrets(text: str) -> str:
    """A text with those parts hidden that look like secrets.

    These are known shapes, authorization, credentials in addresses, long random strings, and telling variables' defaults.

    >>> hide_secrets("--auth Bearer abc123"), hide_secrets("https://me:pw@host/x?key=1")
    ('--auth Bearer •••', 'https://•••@host/x?key=•••')
    """
    return "".join(_hide_secrets(piece) if len(piece) <= LONG else HIDDEN for piece in _pieces(text))


def _pieces(text: str) -> list[str]:
    """A text in pieces that can be looked at in one go: itself, else its lines, else the words of a long line."""
    text = _PRIVATE_KEY.sub(HIDDEN, text)
    if len(text) <= LONG:
        return [text]
    lines = text.splitlines(keepends=True)
    return [piece for line in lines for piece in ([line] if len(line) <= LONG else re.split(r"(\s+)", line))]


def _hide_secrets(text: str) -> str:
    text = _ADDRESS.sub(lambda found: hide_address(found[0]), text)
    text = _DEFAULT.sub(_default, text)
    text = _MEMBER.sub(lambda found: _member(*found.groups()) if names_secret(found[2]) else found[0], text)
    text = _SCHEME.sub(lambda found: found[0] if not is_literal(found[3]) else f"{found[1]}{found[2]}{HIDDEN}", text)
    text = _KNOWN.sub(HIDDEN, text)
    return _RANDOM.sub(_chance, text)


def _chance(found: re.Match[str]) -> str:
    word = found[0]
    if found["public"]:
        return word
    if "/" in word and not _is_base64(word):
        return "/".join(HIDDEN if len(part) >= 20 and is_random(part) else part for part in word.split("/"))
    return HIDDEN if is_random(word) else word


def _is_base64(word: str) -> bool:
    """Whether a run with slashes is no path: letters of both sizes and digits, and no part that is a word or a year."""
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(map(kind, word)) for kind in kinds) and not _WORD_PART.search(f"/{word}/")


def _member(quote: str, name: str, colon: str, value: str) -> str:
    return f"{quote}{name}{quote}{colon}{value[0]}{hide(value[1:-1])}{value[0]}"


def _default(found: re.Match[str]) -> str:
    secret = names_secret(found[1]) or hide_plain(found[2]) != found[2]
    return f"{found[1]}{HIDDEN}{found[3]}" if secret else found[0]


def hide_plain(text: str) -> str:
    """A text with known shapes of secrets and random strings hidden."""
    return "".join(
        _RANDOM.sub(_chance, _KNOWN.sub(HIDDEN, piece)) if len(piece) <= LONG else HIDDEN for piece in _pieces(text)
    )


def hide_address(url: str) -> str:
    """An address without user, password, values of its query, fragment, and parts of its path that look random."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{url.partition('://')[0]}://{HIDDEN}"
    _, at, host = parts.netloc.rpartition("@")
    user = parts.netloc[: -len(host) - 1] if at else ""
    netloc = f"{user if not is_literal(user) else HIDDEN}@{host}" if at else host
    path = "/".join(hide_plain(part) for part in parts.path.split("/"))
    query = "&".join(_pair(pair) for pair in parts.query.split("&")) if parts.query else ""
    return urlunsplit((parts.scheme, netloc, path, query, _fragment(parts.scheme, parts.fragment)))


def _fragment(scheme: str, fragment: str) -> str:
    """What follows `#`: hidden, but for the commit or branch of a repository."""
    return hide_plain(f"#{fragment}")[1:] if scheme.startswith("git") else hide(fragment) if fragment else ""


def _pair(pair: str) -> str:
    name, mark, value = pair.partition("=")
    return f"{name}={hide(value)}" if mark else hide_plain(name)


def is_random(word: str) -> bool:
    """Whether a run of letters and digits looks drawn by chance: few words in it, its kinds of characters mixed.

    >>> is_random("9f8c1e5ab27d43f0a6e1"), is_random("modelcontextprotocol-server"), is_random("sha256")
    (True, False, False)
    """
    core = word.strip("=-_")
    if len(core) < 16 or core.isdigit() or _is_name(core):
        return False
    counts = Counter(core)
    if -sum(count / len(core) * log2(count / len(core)) for count in counts.values()) <= 2.8:
        return False
    words = sum(len(piece) for piece in _WORDS.findall(core))
    digits = sum(map(str.isdigit, core))
    return words <= len(core) * 0.6 and (digits >= 3 or _switches(core) >= len(core) * 0.3)


def _is_name(word: str) -> bool:
    """Whether a run is small words joined by dashes, as packages are named: `odoo14-addon-web`, no UUID."""
    parts = word.split("-")
    return len(parts) > 2 and word == word.lower() and sum(part.isalpha() for part in parts) * 2 >= len(parts)


def _switches(word: str) -> int:
    """How often capitals, small letters and digits follow upon one another."""
    kinds = [(char.isupper(), char.islower(), char.isdigit()) for char in word if char.isalnum()]
    return sum(one != other for one, other in pairwise(kinds))
