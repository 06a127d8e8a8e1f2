"""Edits of configurations in any spelling: taking the wrapper out undoes putting it in."""

from __future__ import annotations

import json

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mcpscan_service.wrap.edit.change import unwrapped, wrapped
from mcpscan_service.wrap.edit.text import Source
from mcpscan_service.wrap.edit.tree import RefusedError

PROGRAM = ("/opt/my tools/mcpscan",)
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=8).filter(
    lambda word: word.strip() == word and not word.isspace() and " " not in word
)
PLAIN = (
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda word: word and not any(char.isspace() for char in word))
)
NAMES = st.text("abcXYZ09-_. é✓", min_size=1, max_size=6)
BLANKS = st.sampled_from(["", " ", "\n", "\n  ", "\t", "\r\n   ", ' /* , "x": [ */ ', " // it's {\n "])


@st.composite
def json_texts(draw):
    """JSON with comments in any spelling: of one server each, with arguments or none, before or after the command."""
    blank = lambda: draw(BLANKS)  # noqa: E731 - short, and used everywhere below

    def text(word: str) -> str:
        return json.dumps(word, ensure_ascii=draw(st.booleans()))

    def members(pairs: list[tuple[str, str]]) -> str:
        inner = ",".join(f"{blank()}{text(name)}{blank()}:{blank()}{value}{blank()}" for name, value in pairs)
        return f"{{{inner}{blank()}}}"

    def words(given: list[str]) -> str:
        return "[" + ",".join(f"{blank()}{text(word)}{blank()}" for word in given) + f"{blank()}]"

    servers = []
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    for name in names:
        pairs = [
            ("env", members([("A", text(draw(WORDS)))])),
            ("enabled", draw(st.sampled_from(["true", "1.50", "null"]))),
        ]
        if draw(st.booleans()):
            pairs.append(("command", words(draw(st.lists(WORDS, min_size=1, max_size=3)))))
        else:
            pairs.append(("command", text(draw(PLAIN))))
            if draw(st.booleans()):
                pairs.append(("args", words(draw(st.lists(WORDS, max_size=3)))))
        servers.append((name, members(draw(st.permutations(pairs)))))
    return f"{blank()}{members([('mcpServers', members(servers))])}{blank()}", names


def round_trip(text: str, name: str, keys: list[tuple[str, ...]]) -> None:
    source = Source.of(text.encode(), name)
    prefix = [*PROGRAM, "wrap", "--name", 'a "name"\t✓', "--"]
    made = wrapped(source, dict.fromkeys(keys, prefix))
    assert made.text != source.text
    assert unwrapped(made, keys, source).data == source.data
    # One after the other, and only some of them, comes to the same.
    for key in keys:
        made = unwrapped(made, [key], source)
    assert made.data == source.data


@settings(deadline=None, max_examples=40)
@given(json_texts())
def test_taking_out_undoes_putting_in_for_any_json(drawn):
    text, names = drawn
    try:
        Source.of(text.encode(), "a.jsonc").value()
    except RefusedError:
        return
    round_trip(text, "a.jsonc", [("mcpServers", name) for name in names])


@st.composite
def toml_texts(draw):
    """TOML with servers as tables, as inline tables and as dotted keys."""
    quote = lambda word: json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")  # noqa: E731 - short, and used everywhere below
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    lines, names = (
        ["title = 'x' # [not.a.table]", "n = [ 1, [2.5, 3] ]"],
        draw(st.lists(st.text("abcXYZ09-_", min_size=1, max_size=5), min_size=1, max_size=3, unique=True)),
    )
    inline = draw(st.booleans())
    for name in names:
        pairs = [f"command = {quote(draw(PLAIN))}", "env = { A = '#' }"]
        if draw(st.booleans()):
            words = [quote(word) for word in draw(st.lists(PLAIN, max_size=3))]
            comma = "," if words and draw(st.booleans()) else ""
            between = "," if inline else draw(st.sampled_from([", ", f",{newline}  ", f", # it's{newline}\t"]))
            pairs.append(f"args = [{between.join(words)}{comma}]")
        pairs = draw(st.permutations(pairs))
        if inline:
            lines.append(f"mcp_servers.{name} = {{ {', '.join(pairs)} }}")
        else:
            lines += [
                "",
                f"[mcp_servers.{name}] # one",
                *(f"{draw(st.sampled_from(['', '  ']))}{pair}" for pair in pairs),
            ]
    return newline.join(lines) + draw(st.sampled_from(["", newline])), names


@settings(deadline=None, max_examples=40)
@given(toml_texts())
def test_taking_out_undoes_putting_in_for_any_toml(drawn):
    text, names = drawn
    round_trip(text, "a.toml", [("mcp_servers", name) for name in names])


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(
        st.text("abcXYZ", min_size=1, max_size=5),
        st.fixed_dictionaries(
            {"cmd": PLAIN, "type": st.just("stdio")}, optional={"args": st.lists(WORDS, max_size=3), "envs": st.just({"A": "b"})}
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "'", '"']),
    st.integers(1, 6),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)  # fmt: skip
def test_taking_out_undoes_putting_in_for_any_yaml(servers, flow, style, indent, newline, unicode):
    text = yaml.safe_dump(
        {"extensions": servers}, default_flow_style=flow, default_style=style, indent=indent, line_break=newline,
        allow_unicode=unicode, sort_keys=False, width=10_000,
    )  # fmt: skip
    round_trip(text, "a.yaml", [("extensions", name) for name in servers])
