"""Event streams: read in any pieces, written again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcpscan_service.wire.sse import Event, Parser, encode, message

STREAM = (
    b"\xef\xbb\xbf: hello\n\n"
    b'event: message\r\nid: 7\r\ndata: {"a":\r\ndata:1}\r\n\r\n'
    b"retry: 10\rdata: x\r\r"
    b"\n\n"
    b"event:ping\ndata: \xe2\x82\xac\n\n"
    b"id\n\n"
    b"nonsense: y\ndata: z\n\n"
)
SEEN = [
    (None, b"", None, b"", (b"hello",), True),
    (b'{"a":\n1}', b"message", b"7", b"", (), True),
    (b"x", b"", None, b"10", (), True),
    (b"\xe2\x82\xac", b"ping", None, b"", (), True),
    (None, b"", b"", b"", (), True),
    (b"z", b"", None, b"", (), False),
]


def seen(events):
    found = [(e.data, e.name, e.id, e.retry, e.comments, e.plain) for e in events]
    return [each for each in found if each != (None, b"", None, b"", (), True)]


def fed(pieces, most=10_000):
    parser = Parser(most)
    return [event for piece in pieces for event in parser.feed(piece)], parser


@pytest.mark.parametrize("cut", range(len(STREAM) + 1))
def test_a_stream_cut_at_any_byte_gives_the_same_events_and_all_of_its_bytes(cut):
    events, parser = fed([STREAM[:cut], STREAM[cut:]])
    assert seen(events) == SEEN
    assert b"".join(event.raw for event in events) + parser.rest() == STREAM
    assert not parser.pending


def test_a_stream_that_comes_byte_by_byte_gives_the_same_events():
    events, parser = fed([STREAM[n : n + 1] for n in range(len(STREAM))])
    assert seen(events) == SEEN
    assert b"".join(event.raw for event in events) + parser.rest() == STREAM


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_every_line_end_of_the_standard_ends_an_event_at_once(end):
    events, _ = fed([b"data: a" + end + end])
    assert [event.data for event in events] == [b"a"]


@given(st.lists(st.binary(max_size=20), max_size=12))
def test_no_bytes_are_lost_whatever_comes(pieces):
    events, parser = fed(pieces)
    assert b"".join(event.raw for event in events) + parser.rest() == b"".join(pieces)


@given(st.binary(max_size=60), st.integers(0, 60))
def test_a_cut_never_changes_what_is_read(data, cut):
    whole, _ = fed([data + b"\n\n"])
    parts, _ = fed([data[:cut], data[cut:] + b"\n\n"])
    assert seen(whole) == seen(parts)


def test_an_event_beyond_the_limit_is_not_held():
    for pieces in ([b"data: ", b"x" * 50, b"x" * 50], [b"data: " + b"x" * 100 + b"\n\n"], [b"a\n"] * 60):
        events, parser = fed(pieces, most=80)
        assert events == []
        assert parser.overflowed
        assert parser.feed(b"\n\ndata: next\n\n") == []


def test_many_short_events_are_never_too_long():
    events, parser = fed([b"data: 1\n\n" * 100], most=20)
    assert len(events) == 100
    assert not parser.overflowed


@pytest.mark.parametrize(
    "raw",
    [b"data: a\nwords\n\n", b"event: one\nevent: two\ndata: a\n\n", b"retry: words\ndata: a\n\n",
     b"id: a\0b\ndata: a\n\n", b"DATA: words\ndata: a\n\n"],
)  # fmt: skip
def test_an_event_with_words_outside_of_its_fields_is_not_plain(raw):
    (event,), _ = fed([raw])
    assert event.data == b"a"
    assert not event.plain


def test_a_stream_that_stops_inside_an_event_is_known():
    for rest in (b"data: x", b"data: x\n", b"x"):
        assert fed([b"data: 1\n\n", rest])[1].pending
    assert not fed([b"data: 1\n\n\n\r\n"])[1].pending


def test_a_replaced_event_keeps_its_name_id_and_time():
    event = Event(b"", b"old", b"message", b"4", b"30")
    (again,), _ = fed([encode(event, b"new\nlines")])
    assert (again.data, again.name, again.id, again.retry, again.plain) == (
        b"new\nlines",
        b"message",
        b"4",
        b"30",
        True,
    )
    assert fed([message(b"{}")])[0][0].data == b"{}"
