"""Whether a host that is shown is the host that is meant."""

from __future__ import annotations

from mcpscan.text import Late

_COUNTRY = Late(r"\b(?:co|com|org|net|gov|ac|edu)\.[a-z]{2}$")
_SHELVES = frozenset([
    "npmjs.com", "npmjs.org", "pypi.org", "github.com", "github.io", "gitlab.com", "crates.io", "docs.rs",
    "readthedocs.io", "docker.com", "wikipedia.org", "huggingface.co", "smithery.ai", "glama.ai", "pulsemcp.com",
    "x.com", "twitter.com", "linkedin.com", "youtube.com", "google.com", "apple.com", "visualstudio.com",
    "rubygems.org",
])  # fmt: skip
"""Where a name such as "socket.io" is honestly linked to."""

_TOPS = frozenset([
    "com", "net", "org", "io", "dev", "app", "co", "ai", "me", "info", "biz", "xyz", "site", "online", "cloud", "edu",
    "gov", "int", "eu", "example", "test", "de", "uk", "fr", "es", "it", "nl", "be", "ch", "at", "pl", "pt", "ru",
    "ua", "cz", "se", "no", "fi", "dk", "ie", "us", "ca", "mx", "br", "ar", "cl", "in", "cn", "jp", "kr", "tw", "hk",
    "sg", "au", "nz", "za", "tr", "il", "ae", "sa", "id", "vn", "th",
])  # fmt: skip
"""Endings that make a name a host rather than a file or a package."""


def another_host(shown: str, target: str) -> bool:
    """Whether a name that looks like a host is not the target's, nor of the same owner.

    >>> another_host("bank.example", "evil.test"), another_host("docs.shop.example", "www.shop.example")
    (True, False)
    """
    if shown.rsplit(".", 1)[-1] not in _TOPS or _owner(shown) == _owner(target):
        return False
    return shown.count(".") > 1 or _owner(target) not in _SHELVES


def _owner(host: str) -> str:
    return ".".join(host.strip(".").split(".")[-3 if _COUNTRY.search(host) else -2 :])
