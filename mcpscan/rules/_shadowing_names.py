"""Names that pass for other names: what a reader sees, which letters do not belong, which servers are well known."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from mcpscan.rules._schema_walk import words
from mcpscan.text import Late, fold, is_hidden

_TOKEN = Late(r"[^\W_]+")
_JOINERS = frozenset("\u200c\u200d")
_STYLES = frozenset("\ufe0e\ufe0f")
_LOOK = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s"})
_SAME = frozenset("\u0131\u0130")
"""Turkish letters that fold to `i` and are not there to pass for it."""

WELL_KNOWN = (
    "github", "gitlab", "filesystem", "slack", "notion", "stripe", "playwright", "puppeteer", "postgres", "postgresql",
    "sqlite", "memory", "fetch", "brave search", "google maps", "google drive", "sequential thinking", "everything",
    "sentry", "linear", "atlassian", "confluence", "figma", "context7", "tavily", "firecrawl", "mongodb", "kubernetes",
    "docker", "cloudflare", "supabase", "vercel", "netlify", "paypal", "shopify", "salesforce", "hubspot", "zapier",
    "asana", "trello", "obsidian", "elasticsearch", "snowflake", "bigquery", "gmail", "outlook", "dropbox", "airtable",
    "discord", "telegram", "whatsapp", "spotify", "youtube", "twilio", "datadog", "grafana", "terraform", "openai",
    "anthropic", "perplexity", "huggingface", "bitbucket", "pagerduty", "servicenow", "zendesk", "intercom", "mailchimp",
    "sendgrid", "databricks", "clickhouse", "pinecone", "chroma", "qdrant", "neo4j", "redis", "azure", "vault",
)  # fmt: skip
"""Servers and services whose names are worth stealing."""

_FILLER = frozenset(
    {"mcp", "server", "the", "official", "api", "client", "tools", "connector", "io", "com", "ai", "github io"}
)
_COMMON = frozenset({
    "motion", "nation", "option", "potion", "lotion", "sigma", "enigma", "liner", "linear s", "memories", "strips", "radis",
    "fault", "vaults", "azul", "asama", "trellis", "aroma", "chrome", "dockers", "fetcher", "discard", "stack", "black",
    "slick", "snack", "catch", "etch", "ketch", "sketch",
})  # fmt: skip
"""Words that differ from a well-known name by one letter and are words of their own."""


@lru_cache(maxsize=65536)
def spelled(name: str) -> str:
    """A name without what separates its words: `send_email`, `sendEmail` and `send-email` are one.

    >>> spelled("sendEmail") == spelled("send-email")
    True
    """
    return words(name).replace(" ", "")


@lru_cache(maxsize=65536)
def seen(name: str) -> str:
    """A name as an eye reads it that does not tell `l` from `1` and `I`, `o` from `0`, `rn` from `m`.

    >>> seen("send_emai1") == seen("send_email")
    True
    """
    return spelled(name).translate(_LOOK).replace("rn", "m").replace("vv", "w")


@lru_cache(maxsize=65536)
def disguised(name: str) -> str:
    """What is wrong with the letters of a name: unseen ones, or ones of another script; empty if nothing.

    >>> disguised("p\u0430yment"), disguised("\u043f\u043e\u0438\u0441\u043a_files")
    ('letters of another script', '')
    """
    if name.isascii():
        return ""
    if any(_is_unseen(name, at) for at in range(len(name))):
        return "letters that are not shown"
    if any(not char.isascii() and unicodedata.normalize("NFKC", char).isascii() and char.isalpha() for char in name):
        return "letters in another style"
    for match in _TOKEN.finditer(name):
        foreign = [char for char in match[0] if _is_foreign(char)]
        others = [char for char in match[0] if not char.isascii() and char not in foreign]
        if foreign and not others and any(char.isascii() and char.isalpha() for char in match[0]):
            return "letters of another script"
    return ""


def _is_unseen(name: str, at: int) -> bool:
    char = name[at]
    if not is_hidden(char) or char in _STYLES:
        return False
    sides = name[max(0, at - 1) : at] + name[at + 1 : at + 2]
    return not (char in _JOINERS and len(sides) == 2 and not any(side.isascii() for side in sides))


def _is_foreign(char: str) -> bool:
    if char.isascii() or char in _SAME:
        return False
    plain = fold(char).text
    base = unicodedata.normalize("NFD", char)[0]
    return len(plain) == 1 and plain.isascii() and plain.isalnum() and not base.isascii()


def imitated(server: str) -> tuple[str, bool]:
    """The well-known name that a server's name is one slip away from, and whether the two look alike.

    >>> imitated("githuh-mcp-server"), imitated("n0tion"), imitated("github")
    (('github', False), ('notion', True), ('', False))
    """
    name = " ".join(word for word in words(server.rsplit("/", 1)[-1]).split() if word not in _FILLER)
    joined = name.replace(" ", "")
    known = {entry.replace(" ", ""): entry for entry in WELL_KNOWN}
    if joined in known:
        return (known[joined], True) if disguised(server) else ("", False)
    if name in _COMMON or len(joined) < 5:
        return "", False
    for plain, entry in known.items():
        if seen(joined) == seen(plain):
            return entry, True
    close = (entry for plain, entry in known.items() if len(plain) > 5 and one_slip(joined, plain))
    return next(close, ""), False


def one_slip(one: str, two: str) -> bool:
    """Whether two words differ by one letter more, less or other, or by two neighbours that changed places."""
    if abs(len(one) - len(two)) > 1 or one[0] != two[0]:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest_one, rest_two = one[start:], two[start:]
    swapped = rest_one[1:2] + rest_one[:1] + rest_one[2:]
    if len(one) == len(two):
        return rest_one[1:] == rest_two[1:] or swapped == rest_two
    short, long = sorted((rest_one, rest_two), key=len)
    return short == long[1:] and long != short + "s"
