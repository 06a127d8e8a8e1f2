"""Honest text to put an attack, a tempting honest sentence, or nothing into."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.train.rows import Row

WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BREAK = re.compile(r"\n+|(?<=[.!?;])\s+|(?<=[\u3002\uff01\uff1f\u0964])")
VALUE = re.compile(r"""(?:": ?"|': ?')([^"'\\\n]{8,400})(?:"|')""")


@dataclass(frozen=True, slots=True)
class Placed:
    """A text with a stretch of it."""

    text: str
    span: tuple[int, int]


def windows(text: str, most: int) -> Iterator[str]:
    """A text in parts of at most `most` characters, cut at lines and sentences where there are any."""
    most = most // 3 if len(WIDE.findall(text[:2000])) * 4 > len(text[:2000]) else most
    start = 0
    while start < len(text):
        end = min(len(text), start + most)
        if end < len(text):
            cuts = [match.end() for match in BREAK.finditer(text, start + most // 2, end)]
            end = cuts[-1] if cuts else end
        part = text[start:end].strip()
        if part:
            yield part
        start = end


def around(text: str, span: tuple[int, int], most: int, rng: random.Random) -> Placed | None:
    """A part of a text that holds a stretch, which lies anywhere in it."""
    wide = span[1] - span[0]
    if wide > most:
        span, wide = (span[0], span[0] + most), most
    start = max(0, span[0] - rng.randint(0, most - wide))
    part = text[start : start + most]
    return Placed(part, (span[0] - start, span[1] - start)) if part else None


def insert(carrier: str, text: str, rng: random.Random) -> Placed:
    """Put a text into a carrier: into a string of its JSON, or between its sentences or lines."""
    values = list(VALUE.finditer(carrier)) if carrier.lstrip()[:1] in {"{", "["} else []
    if values:
        return _value(carrier, json.dumps(text, ensure_ascii=rng.random() < 0.1)[1:-1], rng.choice(values), rng)
    cuts = [match.end() for match in BREAK.finditer(carrier)]
    at = rng.choice([0, len(carrier), len(carrier), *(rng.sample(cuts, min(2, len(cuts))))])
    glue = rng.choice(["\n", "\n\n", "\n- "]) if "\n" in carrier and rng.random() < 0.6 else " "
    before, after = carrier[:at].rstrip(), carrier[at:].lstrip()
    head = before + (glue if before else "")
    return Placed(
        head + text + ((glue if glue != "\n- " else "\n") + after if after else ""), (len(head), len(head) + len(text))
    )


def _value(carrier: str, text: str, value: re.Match[str], rng: random.Random) -> Placed:
    start, end = value.span(1)
    way = rng.random()
    if way < 0.35:
        return Placed(carrier[:start] + text + carrier[end:], (start, start + len(text)))
    at = end if way < 0.75 else start
    mid = (" " + text) if at == end else (text + " ")
    begin = at + (1 if at == end else 0)
    return Placed(carrier[:at] + mid + carrier[at:], (begin, begin + len(text)))


def wrap(text: str, rng: random.Random) -> Placed:
    """A text in a small container of a kind results come in."""
    number = rng.randint(2, 9999)
    escaped = json.dumps(text, ensure_ascii=False)[1:-1]
    word = rng.choice(
        [
            "note",
            "summary",
            "body",
            "comment",
            "text",
            "message",
            "hint",
            "remark",
            "status",
            "detail",
            "content",
            "value",
        ]
    )
    head, mid, tail = rng.choice(
        [
            (f'{{"id": {number}, "{word}": "', escaped, '"}'),
            (f'{{"{word}": "', escaped, f'", "count": {number}}}'),
            (f'[{{"{word}": "ok", "n": {number}}}, {{"{word}": "', escaped, '"}]'),
            ("<p>", text, "</p>"),
            (f'<div class="{word}">', text, "</div>"),
            ("<!-- ", text, " -->"),
            (f"2026-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}T08:{rng.randint(10, 59)}:00Z INFO {word}: ", text, ""),
            (f"| {number} | ", text, " | ok |"),
            (f'{number},"', text, '",open'),
            (f"# {word}: ", text, ""),
            (f"// {word}: ", text, ""),
            (f"Subject: {word} {number}\n\n", text, "\n\n--\nsent from a phone"),
            ("> ", text, "\n\nThanks!"),
            (f"### {word.title()}\n\n", text, "\n"),
            (f"{word}:\n  - ", text, f"\n  - {number}"),
        ]
    )
    return Placed(head + mid + tail, (len(head), len(head) + len(mid)))


def listed(words: list[str], text: str, rng: random.Random) -> Placed:
    """A short text among names, as the run time reads the names, enums and defaults of a tool together."""
    chosen = rng.sample(words, rng.choice([2, 4, 6, 9, 14, 24]))
    glue = rng.choice(["; ", "; ", "; ", "; ", "\n", ", "])
    if glue == "; ":
        chosen, text = [word.replace("_", " ") for word in chosen], text.replace("_", " ")
    at = rng.randint(0, len(chosen))
    head = glue.join(chosen[:at]) + (glue if at else "")
    tail = (glue if at < len(chosen) else "") + glue.join(chosen[at:])
    return Placed(head + text + tail, (len(head), len(head) + len(text)))


def schema_texts(rows: list[Row]) -> tuple[list[Row], dict[str, list[str]]]:
    """The descriptions inside schemas as rows of their own, and per split the short names and values."""
    found: list[Row] = []
    words: dict[str, set[str]] = {"train": set(), "val": set()}
    for row in rows:
        if row.kind != "tool_schema":
            continue
        try:
            document = json.loads(row.text)
        except ValueError:
            continue
        for name, text in _strings(document):
            if name in {"description", "title"} and len(text) > 12:
                found.append(row.but(text=text, kind="parameter", about=0))
            elif 2 < len(text) < 40:
                words[row.split].add(text)
    return found, {split: sorted(some) for split, some in words.items()}


def _strings(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield "key", str(key)
            yield from _strings(member, str(key))
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member, name)
    elif isinstance(value, str):
        yield name, value
