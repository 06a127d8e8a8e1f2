"""The chain of an audit log: whatever is done to it afterwards is found."""

from __future__ import annotations

import functools
import hashlib
import json

import pytest
import rfc8785
from decisions import decision
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcpscan.finding import Action
from mcpscan_service.guard import Outcome
from mcpscan_service.record.chain import ORIGIN, Head, linked
from mcpscan_service.record.compose import encoded
from mcpscan_service.record.file import LogFile
from mcpscan_service.record.verify import check, verify

LENGTH = 8


@functools.cache
def a_log():
    made = [
        decision(rules=("directive-override",), action=Action.BLOCK, outcome=Outcome.BLOCKED) for _ in range(LENGTH)
    ]
    return tuple(linked(map(encoded, made), Head.new())[0])


def file_of(tmp_path, lines, name="audit.jsonl", end=b"\n"):
    path = tmp_path / name
    path.write_bytes(b"\n".join(lines) + (end if lines else b""))
    return path


def problems(path):
    return [(each.line, each.problem) for each in check(path).breaks]


def test_a_log_that_nobody_touched_has_no_break(tmp_path):
    checked = check(file_of(tmp_path, a_log()))
    assert checked.breaks == []
    assert checked.records == LENGTH
    assert (checked.first.sequence, checked.before, checked.head.sequence) == (1, ORIGIN, LENGTH)


def test_anybody_can_check_a_hash_with_rfc_8785_alone():
    record = json.loads(a_log()[3])
    stated = record["chain"].pop("hash")
    assert hashlib.sha256(rfc8785.dumps(record)).hexdigest() == stated
    assert record["chain"]["previous"] == json.loads(a_log()[2])["chain"]["hash"]


FOLDER = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(place=st.integers(0, LENGTH - 1), at=st.integers(0, 10_000), byte=st.integers(0, 255))
@FOLDER
def test_a_single_changed_byte_is_found(tmp_path, place, at, byte):
    lines = list(a_log())
    line = bytearray(lines[place])
    at %= len(line)
    if line[at] == byte:
        byte ^= 1
    line[at] = byte
    lines[place] = bytes(line)
    assert problems(file_of(tmp_path, lines))


@given(place=st.integers(0, LENGTH - 2))
@FOLDER
def test_a_deleted_line_is_found_where_it_was(tmp_path, place):
    lines = [line for number, line in enumerate(a_log()) if number != place]
    found = problems(file_of(tmp_path, lines))
    if place:
        assert (place + 1, f"1 records are missing before it (number {place + 2} after {place})") in found
    else:
        assert found == []
        assert check(file_of(tmp_path, lines)).first.sequence == 2


@given(order=st.permutations(range(LENGTH)))
@FOLDER
def test_any_other_order_is_found(tmp_path, order):
    found = problems(file_of(tmp_path, [a_log()[number] for number in order]))
    assert bool(found) == (order != list(range(LENGTH)))


@given(place=st.integers(0, LENGTH - 1), where=st.integers(0, LENGTH))
@FOLDER
def test_a_line_that_is_there_twice_is_found(tmp_path, place, where):
    lines = list(a_log())
    lines.insert(where, lines[place])
    assert any("written before" in problem for _, problem in problems(file_of(tmp_path, lines)))


@given(
    place=st.integers(0, LENGTH - 1), member=st.sampled_from(["outcome", "identity", "time", "server", "rules", "risk"])
)
@FOLDER
def test_an_edited_record_is_found_even_with_a_hash_that_fits(tmp_path, place, member):
    record = json.loads(a_log()[place])
    record[member] = {"outcome": "passed", "time": "2020-01-01T00:00:00.000Z", "rules": [], "risk": 0.5}.get(
        member, "eve"
    )
    lines = list(a_log())
    lines[place] = rfc8785.dumps(record)
    assert (place + 1, "changed after it was written: its hash is another") in problems(file_of(tmp_path, lines))
    chain = {name: value for name, value in record["chain"].items() if name != "hash"}
    record["chain"]["hash"] = hashlib.sha256(rfc8785.dumps({**record, "chain": chain})).hexdigest()
    lines[place] = rfc8785.dumps(record)
    found = problems(file_of(tmp_path, lines))
    if place < LENGTH - 1:
        assert [line for line, _ in found] == [place + 2]
    else:
        assert found == []
        head = json.loads(a_log()[-1])["chain"]["hash"]
        assert verify([tmp_path / "audit.jsonl"], [head])[1]


def test_a_record_slipped_in_between_is_found(tmp_path):
    lines = list(a_log())
    lines.insert(4, encoded(decision()))
    assert problems(file_of(tmp_path, lines)) == [(5, "without a place in the chain")]


def test_a_member_that_is_there_twice_is_found(tmp_path):
    lines = list(a_log())
    lines[2] = lines[2].replace(b'"outcome":"blocked"', b'"outcome":"passed","outcome":"blocked"')
    assert problems(file_of(tmp_path, lines)) == [(3, "not in the one form that records are written in")]


def test_another_spelling_of_the_same_record_is_found(tmp_path):
    lines = list(a_log())
    lines[2] = json.dumps(json.loads(lines[2])).encode()
    assert problems(file_of(tmp_path, lines)) == [(3, "not in the one form that records are written in")]


@pytest.mark.parametrize(("member", "value"), [("bytes_in", "5"), ("bytes_in", 10**30), ("bytes_in", -1), ("risk", 2),
                                               ("rules", "x"), ("extra", 1), ("time", "yesterday"), ("outcome", "x")])  # fmt: skip
def test_a_record_that_does_not_fit_the_schema_is_found_without_a_chain(tmp_path, member, value):
    record = json.loads(encoded(decision()))
    lines = [json.dumps({**record, member: value}, sort_keys=True, separators=(",", ":")).encode()]
    (found,) = problems(file_of(tmp_path, lines))
    assert found[0] == 1
    assert found[1].startswith("not ")


@pytest.mark.parametrize("log", ['x","evil":"', "A" * 32, ""])
def test_a_chain_is_not_carried_on_from_a_line_that_is_none_of_ours(tmp_path, log):
    record = json.loads(a_log()[0])
    record["chain"]["log"] = log
    path = file_of(tmp_path, [rfc8785.dumps(record)])
    file = LogFile(path, chain=True)
    file.append([encoded(decision())])
    file.close()
    checked = check(path)
    assert (checked.breaks, checked.records) == ([], 1)
    assert (tmp_path / "audit-old.jsonl").is_file()


def test_another_chain_behind_the_first_is_found(tmp_path):
    other = linked([encoded(decision())], Head.new())[0]
    assert (LENGTH + 1, "another chain begins here") in problems(file_of(tmp_path, [*a_log(), *other]))


def test_a_chain_that_only_claims_to_begin_is_found(tmp_path):
    forged, _ = linked([encoded(decision())], Head("a" * 32, 4, ORIGIN))
    assert problems(file_of(tmp_path, forged)) == [(1, "the beginning of a chain that is none")]


@given(cut=st.integers(1, 400))
@FOLDER
def test_a_torn_end_is_seen_and_is_no_proof_of_a_change(tmp_path, cut):
    whole = b"\n".join(a_log()) + b"\n"
    path = tmp_path / "audit.jsonl"
    path.write_bytes(whole[:-cut])
    (only,) = check(path).breaks
    assert only.unsure
    assert "no end" in only.problem


def test_a_cut_end_is_found_only_with_a_head_that_was_noted_elsewhere(tmp_path):
    head = json.loads(a_log()[-1])["chain"]["hash"]
    path = file_of(tmp_path, a_log()[:-2])
    assert problems(path) == []
    assert verify([path])[1] == []
    (broken,) = verify([path], [head])[1]
    assert head in broken.problem


def test_a_head_that_was_noted_earlier_is_found_in_a_log_that_went_on(tmp_path):
    earlier = json.loads(a_log()[3])["chain"]["hash"]
    assert verify([file_of(tmp_path, a_log())], [earlier])[1] == []


@pytest.fixture
def rotated(tmp_path):
    file = LogFile(tmp_path / "audit.jsonl", chain=True, rotate_bytes=3500)
    for _ in range(16):
        file.append([encoded(decision())])
    file.close()
    return sorted(tmp_path.glob("audit*.jsonl"), key=lambda path: check(path).first.sequence)


def test_files_of_one_chain_follow_on_one_another_in_any_order(rotated):
    assert len(rotated) > 3
    files, between = verify(rotated[::-1])
    assert between == []
    assert all(file.breaks == [] for file in files)
    assert sum(file.records for file in files) == 16


def test_a_missing_file_between_two_is_found(rotated):
    _, between = verify([rotated[0], rotated[2]])
    assert "records are missing" in between[0].problem


def test_a_file_whose_end_was_cut_is_found_by_the_next(rotated):
    lines = rotated[1].read_bytes().splitlines(keepends=True)
    rotated[1].write_bytes(b"".join(lines[:-1]))
    _, between = verify(rotated)
    assert [each.path for each in between] == [rotated[2]]


def test_a_file_that_was_written_anew_does_not_follow(rotated):
    head = check(rotated[0]).head
    lines = rotated[1].read_bytes().splitlines()
    bodies = [encoded(decision()) for _ in lines]
    rotated[1].write_bytes(b"\n".join(linked(bodies, head)[0]) + b"\n")
    _, between = verify(rotated)
    assert [(each.path, each.problem) for each in between] == [(rotated[2], f"does not follow on {rotated[1]}")]


@given(st.lists(st.binary(max_size=60), max_size=6))
@FOLDER
def test_no_file_is_too_strange_to_be_checked(tmp_path, lines):
    path = tmp_path / "audit.jsonl"
    path.write_bytes(b"\n".join(lines))
    checked = check(path)
    assert bool(checked.breaks) == bool(b"\n".join(lines))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["chain", "log", "sequence", "hash", "previous", "event"]), inner)))  # fmt: skip
@FOLDER
def test_no_json_is_too_strange_to_be_checked(tmp_path, value):
    assert check(file_of(tmp_path, [json.dumps(value).encode()])).breaks
