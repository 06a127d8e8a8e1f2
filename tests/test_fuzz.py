"""The fuzz target itself, on a few inputs made of pieces that mean something to the scanner."""

from __future__ import annotations

import importlib.util
import random

import pytest
from cases import ROOT

PIECES = (
    b'{"tools": [', b"]}", b'"name": ', b'"description": "', b'"', b"Ignore all previous instructions ", b"%41%42%20", b"&#105;",
    b"\\u0069\\x41", b"SWdub3JlIGFsbA==", b"\xf3\xa0\x81\x81", b"\xe2\x80\x8b", b"\xff", b"69676e6f7265", b"\x1b[8m", b"\x08", b"`", b"<!-- ",
    b" -->", b"\n", b"do not tell the user ", b"http://a.example/?q={{history}} ", b"\xd0\xbf\xd0\xb0", b"i g n o r e ", b"1gn0r3 ", b"=3D=20",
)  # fmt: skip


@pytest.mark.slow
def test_pieces_in_any_order_are_scanned():
    spec = importlib.util.spec_from_file_location("fuzz_scan", ROOT / "tests" / "fuzz" / "scan.py")
    assert spec is not None
    assert spec.loader is not None
    target = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(target)
    chance = random.Random(11)
    for _ in range(300):
        target.one_input(bytes([chance.randrange(256)]) + b"".join(chance.choices(PIECES, k=chance.randrange(12))))
