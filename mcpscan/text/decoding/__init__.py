"""Decoding: what an encoded stretch of a text says, with the way back to the characters that encode it."""

from __future__ import annotations

import codecs

from mcpscan.text.decoding import escapes, letters, runs
from mcpscan.text.decoding.decoder import Decoder, Run, windows
from mcpscan.text.decoding.runs import read_base64

__all__ = ["DECODERS", "Decoder", "read_base64", "windows"]

DECODERS: tuple[Decoder, ...] = (
    Decoder(
        "encoded-run",
        runs.TRIGGERS,
        runs.read_run,
        Run.of(r"[A-Za-z0-9+/_\-]{16,}={0,6}(?:\s{1,3}[A-Za-z0-9+/_\-]{16,}={0,2})*", r"[A-Za-z0-9+/_\-]"),
    ),
    Decoder(
        "hex",
        (
            r"(?:\\x|0x)[0-9a-f]{2}[ ,:]?(?:\\x|0x)[0-9a-f]{2}[ ,:]?(?:\\x|0x)",
            r"[0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2} ",
        ),
        runs.read_hex,
        Run.of(r"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:]?){7,}(?:0x|\\x)?[0-9a-fA-F]{2}", r"[0-9a-fA-Fx\\ ,:]"),
    ),
    Decoder("percent", (r"%[0-9a-f]{2}",), escapes.percent),
    Decoder(
        "entity",
        (r"&(?:#[0-9]{2,7}|#x[0-9a-f]{2,6}|nbsp|zwn?j|shy|tab|newline|zerowidthspace|e[nm]sp);",),
        escapes.entities,
    ),
    Decoder("escape", (r"\\u\{?[0-9a-f]{2,4}", r"\\x[0-9a-f]{2}"), escapes.escapes),
    Decoder("quoted-printable", (r"=[0-9a-f]{2}[^=]{0,20}=[0-9a-f]{2}", r"[a-z]=\n[a-z]"), escapes.quoted_printable),
    Decoder("control", (r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]",), escapes.controls),
    Decoder(
        "inline-markup",
        (
            r"[a-z](?:</?[a-z][a-z0-9]{0,9}(?: [^<>]{0,60})?>){1,3}[a-z]",
            r"[a-z]<!--[^<>]{0,40}-->[a-z]",
            r"[a-z] (?:</?[a-z][a-z0-9]{0,9}>){1,3}[a-z]{1,14} (?:</?[a-z][a-z0-9]{0,9}>){1,3}[a-z]{1,14} (?:<)",
        ),
        escapes.markup,
    ),
    Decoder(
        "spacing",
        (
            r"[a-z]  {1,4}[a-z]{1,14}  {1,4}[a-z]{1,14}  {1,4}[a-z]",
            r"[a-z][*`~]{1,3} [*`~]{1,3}[a-z]{1,14}[*`~]{1,3} [*`~]{1,3}[a-z]",
            r"[a-z]_[a-z]{1,14}_[a-z]{1,14}_[a-z]{1,14}_[a-z]",
            r"[a-z]\n(?:> {0,2})?[a-z]{1,14}\n(?:> {0,2})?[a-z]{1,14}\n(?:> {0,2})?[a-z]",
        ),
        escapes.spacing,
    ),
    Decoder("rot13", (letters.words(lambda word: codecs.encode(word, "rot13"), "user", "tell"),), letters.rot13),
    Decoder("reversed", (letters.words(lambda word: word[::-1]),), letters.backwards),
    Decoder("spaced", (r"\b[a-z](?:[ .\-_*|~\t]{1,3}[a-z]){5}\b",), letters.spaced),
    Decoder("leet", ("(?:" + "|".join(letters.leet_words()) + ")",), letters.leet),
)
"""Every decoder whose trigger is looked for in every text."""
