"""The chain: every record names the hash of the one before, so that a change anywhere breaks all that follows."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

ORIGIN = "0" * 64
"""What the first record of a chain names as the one before."""

_LOG, _HASH = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")

_MARK = b',"client":'
"""The first member after `chain` in the order of RFC 8785; a quote within a text is escaped, so it stands there once."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: its name, the place and the hash of its last record."""

    log: str
    sequence: int = 0
    hash: str = ORIGIN

    @classmethod
    def new(cls) -> Head:
        """The head of a chain that has no record yet."""
        return cls(secrets.token_hex(16))

    @classmethod
    def of(cls, record: object) -> Head | None:
        """The head after a record, or None for a record without a place in a chain."""
        chain = record.get("chain") if isinstance(record, Mapping) else None
        found = tuple(chain.get(member) for member in ("log", "sequence", "hash")) if isinstance(chain, Mapping) else ()
        match found:
            case (str(log), int(sequence), str(given)) if (
                _LOG.fullmatch(log) and _HASH.fullmatch(given) and sequence > 0
            ):
                return cls(log, sequence, given)
        return None


def linked(bodies: Iterable[bytes], head: Head) -> tuple[list[bytes], Head]:
    """Records in their RFC 8785 form without a chain, put behind a head; and the new head."""
    lines = []
    for body in bodies:
        before, mark, after = body.partition(_MARK)
        sequence = head.sequence + 1
        rest = b'"log":"%b","previous":"%b","sequence":%d}' % (head.log.encode(), head.hash.encode(), sequence)
        digest = hashlib.sha256(b"".join((before, b',"chain":{', rest, mark, after))).hexdigest()
        lines.append(b"".join((before, b',"chain":{"hash":"', digest.encode(), b'",', rest, mark, after)))
        head = Head(head.log, sequence, digest)
    return lines, head


def canonical(record: object) -> bytes:
    """A record in the form of RFC 8785. Raises `ValueError` for what has none.

    Keys of records are ASCII, their numbers are integers or have at most three digits after the point, and no text
    holds a lone surrogate: for such values orjson with sorted keys writes what RFC 8785 asks for, in a twentieth of the
    time.
    """
    try:
        return orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
    except TypeError as problem:
        raise ValueError(str(problem)) from problem


def digest(record: Mapping[str, Any]) -> str:
    """The hash that a record with a place in a chain must name: SHA-256 of it without `chain.hash`."""
    chain = {name: value for name, value in record["chain"].items() if name != "hash"}
    return hashlib.sha256(canonical({**record, "chain": chain})).hexdigest()
