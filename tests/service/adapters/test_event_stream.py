"""Server-sent events: cut at every byte, read as HTML has it, written anew."""

from __future__ import annotations

import pytest

from mcpscan_service.adapters.event_stream import Cutter, Event

STREAM = (
    b"\xef\xbb\xbf: a comment\n\n"
    b"id: 1\ndata\n\n"
    b'event: message\nid: 2\ndata: {"a":\ndata:  1}\n\n'
    b'data:{"b":2}\r\n\r\n'
    b"data: c\r\r"
    b"retry: 5\ndata: d\r\n\n"
    b"\n\n"
    b"data: last"
)
DATA = [None, b"", b'{"a":\n 1}', b'{"b":2}', b"c", b"d", None, b"last"]


def cut(pieces: list[bytes]) -> list[Event]:
    cutter = Cutter()
    found = [event for piece in pieces for event in cutter.feed(piece)]
    last = cutter.rest()
    return [*found, *([last] if last else [])]


def test_events_are_read_as_html_has_it():
    assert [event.data for event in cut([STREAM])] == DATA


@pytest.mark.parametrize("place", range(1, len(STREAM)))
def test_a_cut_at_any_byte_changes_neither_bytes_nor_data(place):
    events = cut([STREAM[:place], STREAM[place:]])
    assert b"".join(event.raw for event in events) == STREAM
    assert [event.data for event in events if event.data] == [data for data in DATA if data]


def test_bytes_that_come_one_by_one_make_the_same_events():
    events = cut([bytes([each]) for each in STREAM])
    assert b"".join(event.raw for event in events) == STREAM
    assert [event.data for event in events if event.data] == [data for data in DATA if data]


def test_an_event_is_passed_on_as_soon_as_it_is_whole():
    cutter = Cutter()
    assert cutter.feed(b"data: a\n") == []
    assert [event.data for event in cutter.feed(b"\ndata: b")] == [b"a"]
    assert cutter.held == len(b"data: b")


def test_other_data_keeps_name_and_id():
    event = Event.of(b"event: message\nid: 7\ndata: old\ndata: too\n\n")
    made = Event.of(event.with_data(b"new"))
    assert (made.name, made.data, made.others) == ("message", b"new", (b"event: message", b"id: 7"))


def test_an_event_without_data_keeps_its_id_for_those_who_resume():
    assert Event.of(b"event: message\nid: 7\ndata: old\n\n").with_data(None) == b"id: 7\n\n"
    assert Event.of(b"data: old\n\n").with_data(None) == b""
