"""Texts of every format become values with the right lines, and no text of any format raises anything unexpected."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcpscan.inventory import Machine, inventory
from mcpscan.inventory.document import BrokenError, Spot
from mcpscan.inventory.formats import decode, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def lines(text: str, kind: str) -> dict[str, int]:
    return parse(text, kind).spot.lines()


def paths(value, prefix="") -> set[str]:
    """Every member of a value, by its key joined with "/"."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path for name, item in pairs for path in (f"{prefix}{name}", *paths(item, f"{prefix}{name}/"))}


def test_json_with_everything_in_the_way_keeps_its_lines():
    text = (
        '/* {"a": \n*/ {"a" // "b": 1\n : {"x": "}\\"{", "y": [1,\n [2,\n 3], {"z": null}]},\n'
        "'b\\'s': 'http://x', c\\u0064: .5,\n}"
    )
    document = parse(text, "json")
    assert document.value == {"a": {"x": '}"{', "y": [1, [2, 3], {"z": None}]}, "b's": "http://x", "cd": 0.5}
    assert document.spot.lines() == {
        "a": 2, "a/x": 3, "a/y": 3, "a/y/0": 3, "a/y/1": 4, "a/y/1/0": 4, "a/y/1/1": 5, "a/y/2": 5, "a/y/2/z": 5,
        "b's": 6, "cd": 6,
    }  # fmt: skip


def test_toml_with_everything_in_the_way_keeps_its_lines():
    text = (
        'a = """\n[no]\nb = 1\n""" # [c]\n"q.r".s = [ # x\n 1,\n {t = "]", u.v = [[1], [2]]},\n]\n'
        "[m.n]\nk = '''\n'''\n[[m.l]]\nx = 1\n[[m.l]]\nx = 2\ny = { z = 'a=b' }\n[m.l.deep]\nw = 1979-05-27T07:32:00Z\n"
    )
    document = parse(text, "toml")
    assert paths(document.value) - {"m/l"} == set(document.spot.lines()) - {"m/l"}
    found = document.spot.lines()
    assert (found["q.r/s"], found["q.r/s/0"], found["q.r/s/1/t"], found["q.r/s/1/u/v/1"]) == (5, 6, 7, 7)
    assert (found["m/n"], found["m/n/k"], found["m/l/0/x"], found["m/l/1/x"], found["m/l/1/y/z"]) == (9, 10, 13, 15, 16)
    assert (found["m/l/1/deep"], found["m/l/1/deep/w"]) == (17, 18)
    assert document.value["m"]["l"][1]["deep"]["w"] == "1979-05-27 07:32:00+00:00"


def test_yaml_keeps_its_lines_and_the_spelling_of_names():
    text = "on: 1\n? 2\n: [a,\n  {b: c}]\nbase: &b {x: 1}\nall:\n  <<: *b\n  y: 2\n"
    document = parse(text, "yaml")
    assert document.value == {"on": 1, "2": ["a", {"b": "c"}], "base": {"x": 1}, "all": {"x": 1, "y": 2}}
    assert document.spot.lines() | {"all/<<": 0, "all/<</x": 0} == {
        "on": 1, "2": 2, "2/0": 3, "2/1": 4, "2/1/b": 4, "base": 5, "base/x": 5, "all": 6, "all/y": 8, "all/<<": 0,
        "all/<</x": 0,
    }  # fmt: skip


def test_front_matter_counts_from_the_top_of_the_file():
    document = parse("---\r\na: 1\r\nb: 2\r\n---\r\nText\r\n", "front")
    assert (document.value, document.spot.lines()) == ({"a": 1, "b": 2}, {"a": 2, "b": 3})
    assert (document.body, document.body_line) == ("Text\r\n", 5)
    assert parse("Only text", "front").body == "Only text"
    with pytest.raises(BrokenError) as broken:
        parse("---\na: [\n---\n", "front")
    assert broken.value.line in {2, 3}


def test_an_escaped_pair_is_one_character_with_comments_too():
    text = '{"a": ["\\udb40\\udc41", "\\ud800"]}'
    assert parse(text, "json").value == parse(f"{text} // x", "json").value == {"a": ["\U000e0041", "\ud800"]}


def test_a_large_loose_file_is_refused_rather_than_read_for_minutes():
    with pytest.raises(BrokenError, match="too large to be read as JSON with comments"):
        parse("// x\n{" + " " * 600_000 + "}", "json")


def test_a_key_of_thousands_of_parts_takes_no_memory():
    with pytest.raises(BrokenError, match="a key of more than 32 parts") as broken:
        parse("x = '" + "a." * 90 + "'\n" + ".".join("a" * 20_000) + " = 1", "toml")
    assert broken.value.line == 2


def test_long_names_nested_deeply_take_no_memory():
    name = "n" * 900
    text = "".join(f'{{"{name}":' for _ in range(400)) + "1" + "}" * 400
    assert lines(text, "json") == {name: 1}


def test_a_spot_that_is_not_known_is_its_parents_line():
    assert Spot(7).at("gone").line == 7


@given(VALUES)
@settings(max_examples=60, deadline=None)
def test_every_member_of_any_json_has_a_line(value):
    text = json.dumps(value, indent=1)
    document = parse(text, "json")
    assert document.value == value
    assert set(document.spot.lines()) == paths(value)


@given(VALUES)
@settings(max_examples=40, deadline=None)
def test_comments_change_neither_values_nor_members(value):
    if not isinstance(value, dict | list):
        value = [value]
    plain = json.dumps(value, indent=1)
    document = parse(f"// first\n{plain}/* last */", "json")
    assert document.value == value
    shifted = {name: line + 1 for name, line in lines(plain, "json").items()}
    assert document.spot.lines() == shifted


PIECES = st.sampled_from(
    ['{"mcpServers":', "{", "}", "[", "]", ":", ",", '"a"', "'b'", "command", "url: x", "\n", "//", "/*", "*/", "---\n",
     "mcp_servers:\n  a:\n    command: x\n", "[mcp_servers.a]\n", "=", "&a ", "*a", "<<: ", "!!set ", "!x ", "- ", "? ",
     "\ufeff", "\0", "\u2028", "\ud800", "true", "1e999", "-", '"""', "\\u0061", "\\", "#", "${", "}}", " "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)
BYTES = st.binary(max_size=80) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))


def outcome(data, kind):
    try:
        return parse(decode(data), kind)
    except BrokenError as broken:
        return broken


@given(BYTES, st.sampled_from(["json", "toml", "yaml", "front", ""]))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_anything_but_broken(data, kind):
    found = outcome(data, kind)
    if isinstance(found, BrokenError):
        assert found.reason
        assert 0 <= found.line <= data.count(b"\n") + 200
    else:
        assert all(line >= 1 for line in found.spot.lines().values())


ENTRY = st.dictionaries(
    st.sampled_from(
        ["command", "cmd", "args", "url", "httpUrl", "env", "envs", "headers", "type", "transport", "disabled", "enabled",
         "trust", "tools", "autoApprove", "requestOptions", "env_vars", "name", "description", "require_approval", "auth"]
    ),
    VALUES | st.sampled_from(["https://u:p@x/?a=b", "http://[", "http://x:99999999/", "npx", ["a@b@c", ""], "\ud800"]),
    max_size=6,
)  # fmt: skip


@given(data=BYTES, entries=st.dictionaries(st.text(max_size=5), ENTRY | VALUES, max_size=3))
@settings(max_examples=80, deadline=None)
def test_no_file_costs_another_one(tmp_path_factory, data, entries):
    home = tmp_path_factory.mktemp("home")
    for path, content in {
        ".cursor/mcp.json": data,
        ".codex/config.toml": data,
        ".hermes/config.yaml": data,
        ".claude/agents/a.md": data,
        ".warp/.mcp.json": json.dumps(entries).encode(),
        ".lmstudio/mcp.json": json.dumps({"mcpServers": entries}).encode(),
        ".fx/mcp.json": b'{"mcpServers": {"fine": {"command": "x"}}}',
    }.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(content)
    found = inventory(Machine("linux", home, home))
    assert "fine" in [server.name for server in found.servers if server.client == "fx"]
    assert not [gap for gap in found.unread if "unexpectedly" in gap.reason]
    kept = [server for server in found.servers if server.client == "LM Studio"]
    assert len(kept) + sum(gap.client == "LM Studio" for gap in found.unread) >= len(entries)
