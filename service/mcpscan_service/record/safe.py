"""Names, addresses and error texts of others, made fit for a log: no content, no secrets, nothing unseen, not long.

A name is taken for what it is; what in it looks like a secret is hidden by the rules that hide secrets of
configurations (`mcpscan.inventory.literal`), which guess: a short secret of no known shape cannot be told from a word.
"""

from __future__ import annotations

import hashlib
import re
import string
from functools import lru_cache

from mcpscan.fleet import HIDDEN
from mcpscan.inventory.literal import hide_secrets
from mcpscan.text import visible

NAME = 200
"""Characters of a name at most."""

ADDRESS = 500
"""Characters of a resource's address, of an error and of a pointer at most."""

LONG = 1024
"""Characters of a text that are looked at: enough for what is shown of it."""

CUT = "…"
"""What stands at the end of a text that was longer."""

_TOKEN = string.ascii_letters + string.digits + "+/_=-.~%"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_TRACE = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?", re.DOTALL)
_HOST = re.compile(r"(?:[^:\[\]]*|\[[^\]]*\])(?::[0-9]*)?")
_PLAIN = re.compile(r"0|[1-9][0-9]{0,4}")
"""Places in lists; a longer number is more likely a key, and then content."""

MOST_STEPS = 100

STEPS = frozenset({
    "additionalProperties", "allOf", "annotations", "anyOf", "argument", "arguments", "blob", "capabilities",
    "clientInfo", "code", "completion", "const", "content", "contents", "context", "data", "default",
    "definitions", "description", "else", "enum", "error", "examples", "if", "inputRequests",
    "inputResponses", "inputSchema", "instructions", "items", "jsonrpc", "level", "logger", "maxTokens",
    "message", "messages", "meta", "method", "mimeType", "model", "modelPreferences", "name", "nextCursor",
    "not", "oneOf", "outputSchema", "params", "patternProperties", "prefixItems", "progress", "prompt",
    "prompts", "properties", "protocolVersion", "ref", "requestedSchema", "required", "resource",
    "resourceTemplates", "resources", "result", "role", "roots", "serverInfo", "stopSequences",
    "structuredContent", "system", "systemPrompt", "text", "then", "title", "tool", "tools", "total", "type",
    "uri", "uriTemplate", "values", "version", "_meta", "$defs", "$ref", "$comment",
})  # fmt: skip
"""Members that the protocol and JSON Schema name; any other member's name is written by somebody and may be content."""


def trusted(text: str, most: int = NAME) -> str:
    r"""A text of our own settings or of an authentication, escaped and cut.

    >>> trusted("ana@example.org\n")
    'ana@example.org\\n'
    """
    return _trusted(text[: most + 1], most)


def name(text: str) -> str:
    r"""A name or an address that somebody else chose.

    >>> name("read_file"), name("key-AKIAIOSFODNN7EXAMPLE"), name("file:///a?token=b"), name("a\x1b[2J")
    ('read_file', 'key-•••', 'file:///a', 'a\\u{1b}[2J')
    """
    return _name(_short(text))


def address(uri: str) -> str:
    """A resource's address without user, query and fragment; of an address that holds its content, the scheme.

    >>> address("https://me:pw@host/a/b?key=1#x"), address("data:text/plain,secret"), address("note://a")
    ('https://host/a/b', 'data:…', 'note://a')
    """
    uri = _short(uri)
    scheme, mark, rest = uri.partition(":")
    if not mark or not _SCHEME.fullmatch(scheme + ":"):
        return _cut(visible(hide_secrets(_bare(uri))), ADDRESS)
    if not rest.startswith("//"):
        return f"{scheme}:{CUT}"
    host, slash, path = _bare(rest[2:]).replace("\\", "/").partition("/")
    host = host.rpartition("@")[2]
    if not _HOST.fullmatch(host):  # A password with a character that ends the host: all up to the last @ may be of it.
        _, at, behind = path.rpartition("@")
        host, slash, path = (behind, "", "") if at else (host.partition(":")[0], slash, path)
    return _cut(visible(hide_secrets(f"{scheme}://{host}{slash}{_without_logins(path)}")), ADDRESS)


def error(text: str) -> str:
    """What went wrong, in the words of whoever noticed it."""
    return _cut(visible(hide_secrets(_short(text))), ADDRESS)


def pointer(text: str) -> str:
    """An RFC 6901 pointer whose steps are numbers or members of the protocol; any other member is a star.

    >>> pointer("/result/content/0/text"), pointer("/params/arguments/AKIAIOSFODNN7EXAMPLE")
    ('/result/content/0/text', '/params/arguments/*')
    """
    return _pointer(text[:LONG])


def session(given: str) -> str:
    """A session's id, which lets its holder speak in it, as the first 16 digits of its SHA-256; "" for none."""
    return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:16] if given else ""


def trace(parent: str) -> tuple[str, str, bool]:
    """Trace id, span id and whether it is sampled, of a W3C `traceparent`; empty for one that is none.

    >>> trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    ('4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7', True)
    """
    found = _TRACE.fullmatch(parent[:512])
    if found is None or not found[1].strip("0") or not found[2].strip("0"):
        return "", "", False
    if parent.startswith("00") and len(parent) != 55:
        return "", "", False
    return found[1], found[2], bool(int(found[3], 16) & 1)


# Short texts that come again and again, and only those, are remembered.
@lru_cache(maxsize=1024)
def _trusted(text: str, most: int) -> str:
    return _cut(visible(text), most)


@lru_cache(maxsize=1024)
def _name(text: str) -> str:
    if "://" in text or text[:5].lower() == "data:":
        return address(text)
    return _cut(visible(hide_secrets(text)), NAME)


@lru_cache(maxsize=1024)
def _pointer(text: str) -> str:
    steps = text[1:].split("/", MOST_STEPS) if text.startswith("/") else []
    return _cut("".join(f"/{step}" if step in STEPS or _PLAIN.fullmatch(step) else "/*" for step in steps), ADDRESS)


def _short(text: str) -> str:
    """A text, or the whole words at its beginning: the half of a secret does not look like one."""
    return text if len(text) <= LONG else text[:LONG].rstrip(_TOKEN) + CUT


def _without_logins(path: str) -> str:
    """A path without users with a password, where no user belongs."""
    return "/".join(step.rpartition("@")[2] if ":" in step.rpartition("@")[0] else step for step in path.split("/"))


def _bare(text: str) -> str:
    return text.partition("#")[0].partition("?")[0]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + CUT


__all__ = ["HIDDEN", "address", "error", "name", "pointer", "session", "trace", "trusted"]
