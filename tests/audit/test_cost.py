"""What definitions cost."""

from __future__ import annotations

from mcpscan.audit.cost import of_text, tokens


def test_a_longer_definition_costs_more_whatever_its_script():
    short = {"name": "a", "description": "Adds."}
    for more in ("Adds two numbers and gives their sum.", "\u4e24\u6570\u76f8\u52a0", "\u0421\u043a\u043b\u0430\u0434"):
        assert tokens({**short, "description": more}) > tokens(short)


def test_scripts_are_weighed_as_they_are_documented():
    assert of_text("abcd" * 10) == 10
    assert of_text("\u6587" * 10) == 10
    assert of_text("\u0436" * 10) == 5
    assert of_text("abcd\u6587\u0436\u0436") == 1 + 1 + 1


def test_odd_definitions_have_a_cost_too():
    deep: dict[str, object] = {}
    for _ in range(20_000):
        deep = {"items": deep}
    assert tokens({"name": "a" * 40, "inputSchema": deep}) >= 10
    assert tokens({"name": None, "description": 3, "parameters": [1]}) > 0
    assert tokens({"name": "\ud800"}) > 0
