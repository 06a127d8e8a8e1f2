"""Commands that people copy from the page: safe to paste, whatever the names in them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from mcpscan_service.guard import Held
from mcpscan_service.settings import Settings


def approval(held: Held, settings: Settings, *, pinned: bool) -> str:
    """The command that approves a part as its server lists it now; "" where no command can name it.

    Where nothing of the server is in the lock (`pinned` is false), it is the one that pins the whole server.
    """
    upstream = settings.upstreams.get(held.server)
    target = without_secrets(upstream.url) if upstream else "TARGET"
    words = ["mcpscan", "approve" if pinned else "lock", f"--lock={settings.lock}" if settings.lock else ""]
    words.append(f"--name={upstream.pin}" if upstream and upstream.pin else "")
    if pinned and held.name:
        words.append(f"--only={held.name}")
    return command([word for word in (*words, "--why=reviewed", target) if word])


def command(words: Sequence[str]) -> str:
    """Words as one line for a shell; "" where one of them cannot be an argument of a program."""
    made = [quoted(word) for word in words]
    return " ".join(made) if all(made) else ""


def quoted(word: str) -> str:
    r"""A word for bash, ksh or zsh, in ASCII that is seen; "" for one with a null or half a character.

    >>> print(quoted("a b"), quoted("x\u202e';$(id)\n"))
    'a b' $'x\u202e\';$(id)\n'
    """
    if any(char == "\0" or 0xD800 <= ord(char) <= 0xDFFF for char in word):
        return ""
    if word.isascii() and word.isprintable():
        return shlex.quote(word)
    return "$'" + "".join(map(_escaped, word)) + "'"


def without_secrets(url: str) -> str:
    """An address without the user, password, query and fragment in it."""
    try:
        parts = urlsplit(url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    except ValueError:
        return ""


def _escaped(char: str) -> str:
    if char in "\\'":
        return "\\" + char
    if char in "\n\t\r":
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}[char]
    if char.isascii():
        return char if char.isprintable() else f"\\x{ord(char):02x}"
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
