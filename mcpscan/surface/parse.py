"""Bytes to JSON without losing what a careless parser loses: duplicate keys, bad numbers, the end of a broken file.

RFC 8259 section 4 leaves objects with repeated names undefined: one host may show the first value and another the
last, so both are evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from mcpscan.surface.passage import Anomaly, Unread


class Repeated(dict[str, object]):
    """A JSON object in which a name came more than once; `hidden` holds the pairs that the last one covered."""

    hidden: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON value, or the text that was none."""

    value: object
    raw: str | None = None
    anomalies: tuple[Anomaly, ...] = ()
    unread: tuple[Unread, ...] = ()


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    last = {name: place for place, (name, _) in enumerate(pairs)}
    repeated = Repeated(members)
    repeated.hidden = tuple(pair for place, pair in enumerate(pairs) if last[pair[0]] != place)
    return repeated


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs)


def parse(data: bytes | str) -> Parsed:
    """Read one JSON value, or a sequence of them (JSON Lines, or messages one after another).

    A sequence comes back as a list. Never raises: what is not JSON comes back as `raw` text with an `Unread`, so
    that the caller can still read it as text.
    """
    text, unread = _decode(data)
    try:
        return Parsed(_DECODER.decode(text), unread=unread)
    except RecursionError:
        reason = "JSON nested too deeply to read its structure; its characters were scanned as one text"
        return Parsed(None, text, unread=(*unread, Unread("too-deep", "", reason)))
    except ValueError as problem:
        return _sequence(text, unread, problem)


def _decode(data: bytes | str) -> tuple[str, tuple[Unread, ...]]:
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), ()
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    try:
        return data.decode(), ()
    except UnicodeDecodeError as problem:
        reason = f"not UTF-8 at byte {problem.start}; the bytes that are no text were replaced"
        return data.decode(errors="replace"), (Unread("not-utf8", "", reason),)


def _sequence(text: str, unread: tuple[Unread, ...], problem: ValueError) -> Parsed:
    values: list[object] = []
    anomalies: list[Anomaly] = []
    for line in _lines(text):
        try:
            values.append(_DECODER.decode(line))
        except (ValueError, RecursionError):
            anomalies.append(Anomaly("not-json", f"/{len(values)}", "a line that is not JSON stands among messages"))
            values.append(line)
    if len(values) > 1 and isinstance(values[0], dict | list):
        return Parsed(values, anomalies=tuple(anomalies), unread=unread)
    reason = f"not JSON ({problem}); its characters were scanned as one text"
    return Parsed(None, text, unread=(*unread, Unread("not-json", "", reason)))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip())
