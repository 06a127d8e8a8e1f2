"""Small parts of the wire: nesting, compressed bodies, sessions."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mcpscan_service.guard import Conversation
from mcpscan_service.wire.depth import too_deep
from mcpscan_service.wire.inflate import PIECE, EncodingError, Inflate
from mcpscan_service.wire.sessions import Sessions

VALUES = st.recursive(
    st.text(alphabet='[]{}"\\a', max_size=6) | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[]{}"\\', max_size=3), inner, max_size=3)
    ),
)


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@example({"": []}, 1)
@given(VALUES, st.integers(0, 6))
def test_nesting_is_counted_as_a_reader_of_json_would(value, most):
    assert too_deep(json.dumps(value).encode(), most) is (depth(value) > most)


@given(st.binary(max_size=200), st.integers(1, 5))
def test_bytes_that_are_no_json_do_no_harm(data, most):
    assert too_deep(data, most) in {True, False}


def test_very_deep_nesting_is_told_quickly():
    assert too_deep(b"[" * 10**6 + b"]" * 10**6, 200)
    assert too_deep(b'{"a":' * 10**5, 200)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE])
def test_a_compressed_body_comes_out_whole_in_bounded_pieces(size):
    data = b"x" * size
    for coding, packed in (("gzip", gzip.compress(data)), ("deflate", zlib.compress(data)), ("", data)):
        inflate = Inflate(coding)
        pieces = [piece for n in range(0, len(packed), 100_000) for piece in inflate.pieces(packed[n : n + 100_000])]
        assert b"".join(pieces) == data
        assert all(len(piece) <= PIECE for piece in pieces)
        assert inflate.ended


def test_a_body_that_is_not_what_it_says_is_refused():
    with pytest.raises(EncodingError):
        Inflate("br")
    with pytest.raises(EncodingError):
        list(Inflate("gzip").pieces(b"plain"))
    with pytest.raises(EncodingError):
        list(Inflate("gzip").pieces(gzip.compress(b"a") * 2))


def test_sessions_belong_to_their_caller_and_the_longest_unused_go_first():
    sessions = Sessions(most=2)
    talks = [Conversation("s", identity="ann", session=str(n)) for n in range(3)]
    sessions.keep(talks[0])
    sessions.keep(talks[1])
    assert sessions.find("s", "ann", "0") is talks[0]
    assert sessions.find("s", "bob", "0") is None
    sessions.keep(talks[2])
    assert sessions.find("s", "ann", "1") is None
    assert sessions.find("s", "ann", "0") is talks[0]
    sessions.end(talks[0])
    assert sessions.find("s", "ann", "0") is None
