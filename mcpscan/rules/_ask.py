"""What is wrong with an address that a user is sent to."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import regex

from mcpscan.finding import Confidence
from mcpscan.text import Late, fold

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_BRANDS = (
    "google", "github", "gitlab", "microsoft", "apple", "icloud", "paypal", "amazon", "facebook", "instagram", "linkedin", "slack",
    "dropbox", "netflix", "coinbase", "binance", "metamask", "stripe", "outlook", "atlassian", "notion", "openai", "anthropic",
)  # fmt: skip
_SUFFIX = Late(r"(?:^|[.-])(?:com|org|net|gov|io)[.-](?=[a-z0-9-]{2,}\.)")


def wrong(url: str) -> tuple[str, Confidence]:
    """What is wrong with an address and how surely, empty if nothing."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        user = parts.username
    except ValueError:
        return "the address cannot be read", Confidence.MEDIUM
    if parts.scheme in {"javascript", "data", "vbscript", "file", "blob"}:
        return f"the address is a {parts.scheme}: URL, which runs or shows what it holds", Confidence.HIGH
    if user is not None:
        return "what stands before the @ is not the host", Confidence.HIGH
    if host in _LOCAL or host.endswith(".localhost"):
        return "", Confidence.LOW
    if _is_ip(host):
        return "the address is a bare IP address", Confidence.MEDIUM
    if "xn--" in host or not host.isascii():
        return "the host holds letters that look like others", Confidence.MEDIUM
    if _SUFFIX.search(host) or _borrowed(host):
        return "the host begins with the name of another service", Confidence.HIGH
    if regex.search(r"(?i)[?&](?:password|passwd|pwd|secret)=[^&]", parts.query and "?" + parts.query):
        return "the address carries a password", Confidence.MEDIUM
    if parts.scheme == "http":
        return "the address is not encrypted", Confidence.MEDIUM
    return "", Confidence.LOW


def _is_ip(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return regex.fullmatch(r"0x[0-9a-f]+|\d{6,}", host) is not None


def _borrowed(host: str) -> bool:
    """Whether a brand, or a word that looks like one, is joined by a hyphen to something else in the host's own name."""
    signs = {"id", "login", "account", "accounts", "secure", "verify", "support", "signin", "auth"}
    for label in host.split(".")[:-2]:
        words = set(label.split("-"))
        if len(words) > 1 and words & signs and words & set(_BRANDS):
            return True
    own = host.split(".")[-2:-1]
    parts = own[0].split("-") if own else []
    plain = [fold(part).text.replace("1", "l").replace("0", "o") for part in parts]
    return len(parts) > 1 and any(part in _BRANDS or part.replace("i", "l") in _BRANDS for part in plain)
