"""Servers of one client next to each other: one that takes another's names, or speaks of its tools.

What the shadowing rules see when listings are scanned together, less what they see in each alone, and names that are
one letter apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from mcpscan.engine import Scanner
from mcpscan.finding import Confidence, Failure, Finding, Severity
from mcpscan.policy import Policy
from mcpscan.rule import Example, Hit, Listing, ListingRule, Rule
from mcpscan.rules._shadowing_names import one_slip, seen, spelled
from mcpscan.rules.shadowing import ShadowingImitates, ShadowingMention, ShadowingSubstitute
from mcpscan.surface import Kind, Passage, Surface

SHORTEST = 6
"""Letters that a name needs before one letter more or less says anything."""


class ShadowingNear(ListingRule):
    """A tool's name is one letter away from that of another server's tool.

    A model that is told to call one may call the other, and so may a person who approves it. Most such pairs are words
    of their own; where they are not, ask why the second name was chosen, and remove one of the servers.
    """

    id = "shadowing-near"
    severity = Severity.MEDIUM
    confidence = Confidence.LOW
    refs = ("OWASP-MCP03:2025", "SAFE-T1004")
    flags: ClassVar[tuple[Example, ...]] = ()
    passes: ClassVar[tuple[Example, ...]] = ()

    def hits(self, listing: Listing) -> Iterator[tuple[Passage, Hit]]:
        """Look every name up among those of the other servers, by what is left when a letter is taken out."""
        theirs: dict[str, list[tuple[str, str]]] = {}
        for other in listing.others:
            for item in other.surface.tools():
                for part in _parts(spelled(item.name)):
                    theirs.setdefault(part, []).append((other.name, item.name))
        for item in listing.surface.tools() if theirs else ():
            mine = spelled(item.name)
            near = (
                one for part in _parts(mine) for one in theirs.get(part, ())[:20] if _is_near(mine, spelled(one[1]))
            )
            found = next(near, None)
            if found:
                place = listing.place(f"{item.pointer}/name", Kind.TOOL_NAME, item.name, item.pointer)
                message = f"is one letter away from the tool {found[1][:60]!r} of server {found[0][:60]!r}"
                yield place, Hit(0, len(item.name), message)


def _parts(name: str) -> set[str]:
    """A name and what is left of it without each of its letters: two names one letter apart have one in common."""
    if not SHORTEST <= len(name) <= 64:
        return set()
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _is_near(one: str, two: str) -> bool:
    """Whether two names are a slip apart and not merely equal to the eye, numbered, or plural."""
    digits = sum(map(str.isdigit, one)) != sum(map(str.isdigit, two)) or one.rstrip("0123456789") == two.rstrip(
        "0123456789"
    )
    return one != two and not digits and seen(one) != seen(two) and one_slip(one, two)


RULES: tuple[type[Rule], ...] = (ShadowingImitates, ShadowingNear, ShadowingMention, ShadowingSubstitute)
"""Rules that need the listings of several servers."""


def shadowing(
    surfaces: Mapping[str, Surface], identities: Mapping[str, str] | None = None, policy: Policy | None = None
) -> tuple[tuple[Finding, ...], tuple[Failure, ...]]:
    """What the servers of one client do to each other; `target` of a finding is the key of its server in `surfaces`.

    `identities` says what each server is (`Installed.identity`): one server that is configured twice does not shadow
    itself.
    """
    apart = _apart(surfaces, identities or {})
    if len(apart) < 2:
        return (), ()
    scanner = Scanner(policy, classifier=False, rules=RULES)
    together = scanner.scan_surfaces(apart, ())
    alone = [scanner.scan_surfaces({name: surface}, ()) for name, surface in apart.items()]
    known = {(one.target, one.fingerprint): _rank(one) for report in alone for one in report.findings}
    found = tuple(one for one in together.findings if _rank(one) > known.get((one.target, one.fingerprint), (-1, -1)))
    return found, together.errors


def _rank(finding: Finding) -> tuple[int, int]:
    return finding.severity.rank, finding.confidence.rank


def _apart(surfaces: Mapping[str, Surface], identities: Mapping[str, str]) -> dict[str, Surface]:
    """The surfaces, one for each server that is the same thing and offers the same tools."""
    kept: dict[str, Surface] = {}
    seen_: set[tuple[str, Sequence[str]]] = set()
    for name, surface in surfaces.items():
        identity = identities.get(name, "")
        what = (identity, tuple(sorted(json.dumps(item.raw, sort_keys=True, default=str) for item in surface.tools())))
        if not identity or what not in seen_:
            kept[name] = surface
            seen_.add(what)
    return kept
