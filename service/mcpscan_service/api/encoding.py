"""Answers as JSON, in the spelling of the library's reports."""

from __future__ import annotations

import json

import orjson

from mcpscan.finding import plain

_OPTIONS = orjson.OPT_NON_STR_KEYS  # Keys of a report's counts are members of an enumeration.


def encode(value: object) -> bytes:
    """A report, or values that hold reports, as JSON in UTF-8: what `mcpscan.finding.plain` says, a number that JSON has not as null."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except TypeError:
        # Integers beyond 64 bits, levels beyond 254, lone surrogates: what a hostile document may hold.
        tame = json.loads(json.dumps(plain(value)), parse_constant=lambda _: None)
        return json.dumps(tame, separators=(",", ":")).encode()
