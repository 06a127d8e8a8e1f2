"""Tools as an audit shows them."""

from __future__ import annotations

from mcpscan.audit.tool import tools
from mcpscan.fleet import Ability
from mcpscan.surface import read


def test_a_tool_says_what_it_is_costs_and_may_do():
    listed = {
        "tools": [{"name": "wipe\u202e", "description": "Deletes all\x1b[2J files.", "inputSchema": {}}, {"name": 3}]
    }
    first = tools(read(listed))[0]
    assert first.name == "wipe\\u{202e}"
    assert first.description == "Deletes all\x1b[2J files.", "spans count in it; each form escapes it"
    assert first.pointer == "/tools/0"
    assert first.tokens > 10
    assert [reason.ability for reason in first.abilities] == [Ability.DESTROYS]
