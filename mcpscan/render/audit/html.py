"""One HTML file that needs nothing else: no request, no script of others, readable with JavaScript off.

Safe against hostile text by construction: Jinja escapes every value (`autoescape`), every value passes `shown` on its way
(`finalize`), there is no data in script or style, and the page's policy lets only its own style and script act.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mcpscan.finding import Finding, Severity
from mcpscan.fleet import Ability, Audit, Status, Tool
from mcpscan.render.audit.explained import Explained
from mcpscan.render.audit.graph import COLUMN, COLUMNS, NODE, WIDTH, graphs
from mcpscan.render.audit.marks import Piece, fits, marked_text
from mcpscan.render.audit.missed import missed
from mcpscan.render.audit.standing import Standing, by_client, every_finding, standings
from mcpscan.render.audit.templates import asset, environment


@dataclass(frozen=True, slots=True)
class ToolView:
    """A tool with its marked text and the findings that belong to it; `told` are those marked in the text."""

    tool: Tool
    text: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    told: tuple[Finding, ...]
    abilities: tuple[tuple[Ability, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A server on the page: `number` is its anchor, `rest` are findings that belong to none of its tools."""

    number: int
    standing: Standing
    tools: tuple[ToolView, ...]
    rest: tuple[Finding, ...]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing a reader must see: the page folds it."""
        return not (self.standing.findings or self.standing.changes)


def html(audit: Audit, rules: Mapping[str, Explained]) -> str:
    """The audit as one HTML file. Raises `ImportError` that says what to install where Jinja is missing."""
    try:
        from markupsafe import Markup
    except ModuleNotFoundError as error:
        raise ImportError("HTML needs a library: pip install 'mcpscan[audit]'") from error
    style, script = (asset(name) for name in ("style.css", "script.js"))
    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    made = environment({name: asset(name) for name in ("page.html", "parts.html", "graph.html")})
    made.globals |= {
        "graph_width": WIDTH, "node_width": COLUMN - 20, "node_height": NODE, "group_width": COLUMN,
    }  # fmt: skip
    return made.get_template("page.html").render(
        policy=policy, style=Markup(style), script=Markup(script), **_context(audit, rules)  # noqa: S704 - our own files
    )  # fmt: skip


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _context(audit: Audit, rules: Mapping[str, Explained]) -> dict[str, Any]:
    cards = tuple(_card(number, standing) for number, standing in enumerate(standings(audit)))
    found = every_finding(audit)
    everything = missed(audit)
    names = {server.id: server.installed.name for server in audit.servers}
    return {
        "audit": audit, "cards": cards, "found": found, "severities": tuple(reversed(Severity)), "statuses": tuple(Status),
        "numbers": {card.standing.server.id: card.number for card in cards}, "names": names,
        "clients": by_client(audit), "most_tokens": max((use.tokens for use, _ in by_client(audit)), default=0),
        "unseen": [entry for entry in everything if not entry.own], "own": [entry for entry in everything if entry.own],
        "graphs": graphs(audit.flows, names), "abilities": tuple(ability for _, mine in COLUMNS for ability in mine),
        "known": frozenset(rules),
        "rules": [rules[name] for name in dict.fromkeys(finding.rule for finding in found) if name in rules],
        "changed": sum(bool(card.standing.changes) for card in cards),
    }  # fmt: skip


def _card(number: int, standing: Standing) -> Card:
    offered = [finding for finding in standing.findings if not standing.in_entry(finding)]
    tools = tuple(_tool(tool, offered) for tool in standing.server.tools)
    taken = {id(finding) for view in tools for finding in view.findings}
    rest = tuple(finding for finding in standing.findings if id(finding) not in taken)
    return Card(number, standing, _worst_first(tools), rest)


def _worst_first(tools: tuple[ToolView, ...]) -> tuple[ToolView, ...]:
    return tuple(sorted(tools, key=lambda view: -max((each.severity.rank + 1 for each in view.findings), default=0)))


def _tool(tool: Tool, offered: list[Finding]) -> ToolView:
    below = f"{tool.pointer}/"
    mine = tuple(
        finding
        for finding in offered
        if tool.pointer and (finding.pointer == tool.pointer or finding.pointer.startswith(below))
    )
    told = tuple(
        finding for finding in mine if finding.pointer == f"{below}description" and fits(tool.description, finding)
    )
    abilities = {reason.ability: reason for reason in reversed(tool.abilities)}
    return ToolView(
        tool, marked_text(tool.description, told), mine, told,
        tuple((ability, abilities[ability].because, abilities[ability].sure) for ability in Ability if ability in abilities),
    )  # fmt: skip
