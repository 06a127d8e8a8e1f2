"""Which header fields go on to the other side of the filter.

Source: RFC 9110 section 7.6.1 (fields of one connection), section 15.5.2 (texts of `WWW-Authenticate`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Pair = tuple[bytes, bytes]

HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection", b"te",
     b"trailer", b"transfer-encoding", b"upgrade"}
)  # fmt: skip
"""Fields that are about one connection, not about the message."""

CREDENTIALS = frozenset({b"authorization", b"cookie", b"x-api-key"})
"""Fields by which a client proves who it is; they go on only where a setting says so."""

_REQUEST = frozenset({*HOP, b"accept-encoding", b"content-length", b"expect", b"host"})
_RESPONSE = frozenset(
    {*HOP, b"content-encoding", b"content-length", b"content-type", b"date", b"mcpscan-mode", b"server"}
)
_WORDED = frozenset(
    {b"accept", b"accept-ch", b"allow", b"alt-svc", b"cache-control", b"content-security-policy", b"etag", b"expires",
     b"feature-policy", b"last-modified", b"nel", b"permissions-policy", b"report-to", b"set-cookie",
     b"strict-transport-security", b"user-agent", b"vary", b"via"}
)  # fmt: skip
_WORDS = 3
_PROSE = re.compile(rb"(?:[A-Za-z']{2,} ){4}")
_LONGEST_NAME = 64


def to_server(
    headers: Iterable[Pair], keep: frozenset[bytes] = frozenset(), replaced: Iterable[bytes] = ()
) -> list[Pair]:
    """The fields of a request that go on: none of the connection, no credentials but `keep`, none of `replaced`."""
    headers = [(name.lower(), value) for name, value in headers]
    dropped = _REQUEST | (CREDENTIALS - keep) | _listed(headers) | frozenset(replaced)
    return [pair for pair in headers if pair[0] not in dropped]


def to_client(headers: Iterable[Pair]) -> list[Pair]:
    """The fields of an answer that go on, without those that the filter sets itself, and names too long to be names."""
    headers = [(name.lower(), value) for name, value in headers]
    dropped = _RESPONSE | _listed(headers)
    return [pair for pair in headers if pair[0] not in dropped and len(pair[0]) <= _LONGEST_NAME]


def is_worded(pair: Pair) -> bool:
    """Whether a field may say something in words, so that it has to be scanned."""
    name, value = pair
    if name == b"www-authenticate":
        return True
    if value.count(b" ") < _WORDS:
        return False
    known = name in _WORDED or name.startswith(b"access-control-")
    return not known or _PROSE.search(value) is not None


def content_type(value: bytes) -> bytes:
    """The media type of a `Content-Type`, in small letters; "" where its characters are not UTF-8.

    >>> content_type(b'Application/JSON; charset="utf-8"'), content_type(b"application/json; charset=utf-16")
    (b'application/json', b'')
    """
    kind, _, rest = value.partition(b";")
    if rest:
        for parameter in rest.lower().split(b";"):
            name, _, said = parameter.strip().partition(b"=")
            if name == b"charset" and said.strip(b' "') not in {b"utf-8", b"utf8", b"us-ascii"}:
                return b""
    return kind.strip().lower()


def _listed(headers: Iterable[Pair]) -> frozenset[bytes]:
    names = [each for name, value in headers if name == b"connection" for each in value.lower().split(b",")]
    return frozenset(name.strip() for name in names)
