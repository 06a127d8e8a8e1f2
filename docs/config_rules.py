"""Writes docs/config-rules.md: the rules about configurations, from what their classes say.

python docs/config_rules.py          write the page
python docs/config_rules.py --check  exit with 1 if the page is not what it would be
"""

from __future__ import annotations

import inspect
import json
import sys
import textwrap
from pathlib import Path

from mcpscan.audit.config import CONFIG_RULES, FLEET_RULES
from mcpscan.audit.config.redact import redacted
from mcpscan.audit.config.rule import ConfigRule, Example, FleetRule
from mcpscan.audit.shadowing import ShadowingNear
from mcpscan.text import visible

PAGE = Path(__file__).parent / "config-rules.md"
_Documented = type[ConfigRule] | type[FleetRule] | type[ShadowingNear]


def page() -> str:
    """The whole page."""
    rules: tuple[_Documented, ...] = (*CONFIG_RULES, *FLEET_RULES, ShadowingNear)
    lines = ["# Rules about configurations and fleets", "", "What `mcpscan audit` says of the entries themselves.", ""]
    lines += ["| rule | severity | confidence | a finding means |", "|---|---|---|---|"]
    lines += [
        f"| [{rule.id}](#{rule.id}) | {rule.severity.value} | {rule.confidence.value} | {_paragraphs(rule)[0]} |"
        for rule in rules
    ]
    for rule in rules:
        lines += ["", *_section(rule)]
    return "\n".join(lines).rstrip() + "\n"


def _section(rule: _Documented) -> list[str]:
    title, *rest = _paragraphs(rule)
    lines = [f"## {rule.id}", "", f"**{title}**", ""]
    lines += [
        f"Severity {rule.severity.value}, confidence {rule.confidence.value}, unless a finding says otherwise.",
        "",
    ]
    for paragraph in rest:
        lines += [textwrap.fill(paragraph, 118), ""]
    if rule.refs:
        lines += ["See: " + ", ".join(rule.refs) + ".", ""]
    for name, examples in (("Flags", rule.flags), ("Passes", rule.passes)):
        if examples:
            lines += [f"{name}:", "", "```text", *(_example(example) for example in examples), "```", ""]
    return lines


def _paragraphs(rule: type) -> list[str]:
    blocks = (" ".join(block.split()) for block in inspect.cleandoc(rule.__doc__ or "").split("\n\n"))
    return [block for block in blocks if block and not block.startswith(">>>")]


def _example(example: Example | tuple[Example, ...] | object) -> str:
    text = visible(redacted(json.dumps(example, ensure_ascii=False))).replace("```", "'''")
    return text if len(text) <= 300 else text[:299] + "…"


def main(check: bool) -> int:  # noqa: FBT001 - a script's only switch
    """Write or check the page."""
    made = page()
    if check:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print("fresh" if fresh else PAGE.name)
        return 0 if fresh else 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
