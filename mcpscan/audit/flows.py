"""Ways that data can take through the tools of one client: from untrusted text to a channel out, to code, to damage.

A model that read a poisoned text calls tools of any server beside it. Three abilities together leak: untrusted text
comes in, private data is read, something goes out ("lethal trifecta", Simon Willison, 2025-06-16). A way is named by the
servers it needs; of ways that need the same servers, or more, only the shortest is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from mcpscan.fleet import Ability, Audited, Flow, Reason, Status, Step

MOST = 12
"""Ways shown per client."""

_ENOUGH = 200
"""Ways looked at per kind and client before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a way needs, in the order of its steps, and the sentence that says what it leads to."""

    needs: tuple[Ability, ...]
    sentence: str


_KINDS = (
    _Kind(
        (Ability.TAKES_UNTRUSTED, Ability.READS_PRIVATE, Ability.SENDS_OUT),
        "text from {0} can make the agent read private data with {1} and send it out with {2}",
    ),
    _Kind((Ability.TAKES_UNTRUSTED, Ability.RUNS_CODE), "text from {0} can make the agent run code with {1}"),
    _Kind((Ability.TAKES_UNTRUSTED, Ability.DESTROYS), "text from {0} can make the agent destroy data with {1}"),
)

_Best = Mapping[str, Mapping[Ability, tuple[str, Reason]]]
"""Server -> ability -> the tool that shows it best, and why."""


def flows(servers: Sequence[Audited], most: int = MOST) -> tuple[Flow, ...]:
    """The ways through the tools of each client, those that need the fewest servers and no guess first.

    At most `most` for a client; the message of the last one says how many more there are.
    """
    clients: dict[str, list[Audited]] = {}
    for server in servers:
        if server.installed.enabled and server.status is not Status.DISABLED and server.tools:
            clients.setdefault(server.installed.client, []).append(server)
    return tuple(flow for client, those in clients.items() for flow in _of_client(client, those, most))


def _of_client(client: str, servers: Sequence[Audited], most: int) -> Iterator[Flow]:
    sure, all_ = _best(servers, guesses=False), _best(servers, guesses=True)
    found: list[tuple[int, bool, int, Flow]] = []
    uncounted = 0
    for at, kind in enumerate(_KINDS):
        sets, more = _sets(sure, kind)
        known = [frozenset(each) for each in sets]
        guessed, more_guessed = _sets(all_, kind)
        uncounted += max(more, more_guessed)
        found += [(len(set(each)), False, at, _flow(client, kind, each, sure)) for each in sets]
        found += [
            (len(set(each)), True, at, _flow(client, kind, each, all_))
            for each in guessed
            if not any(shorter <= frozenset(each) for shorter in known)
        ]
    found.sort(key=lambda one: one[:3])
    shown = [flow for _, _, _, flow in found[:most]]
    left = len(found) - len(shown) + uncounted
    if left and shown:
        shown[-1] = replace(shown[-1], message=f"{shown[-1].message}; {left} more ways of this client are not shown")
    yield from shown


def _best(servers: Sequence[Audited], *, guesses: bool) -> _Best:
    best: dict[str, dict[Ability, tuple[str, Reason]]] = {}
    for server in servers:
        for tool in server.tools:
            for reason in tool.abilities if guesses else (one for one in tool.abilities if one.sure):
                mine = best.setdefault(server.id, {})
                known = mine.get(reason.ability)
                if known is None or _rank(reason) < _rank(known[1]):
                    mine[reason.ability] = (tool.name, reason)
    return best


def _rank(reason: Reason) -> tuple[bool, bool]:
    """What says more: words before a hint that many servers put on every tool, and both before a guess."""
    return (not reason.sure, "/annotations/" in reason.pointer)


def _sets(best: _Best, kind: _Kind) -> tuple[list[tuple[str, ...]], int]:
    """The smallest sets of servers that have all a way needs, a server for each step, and how many were not listed."""
    has = {server: tuple(need for need in kind.needs if need in mine) for server, mine in best.items()}
    whole = [server for server, abilities in has.items() if len(abilities) == len(kind.needs)]
    part = {server: abilities for server, abilities in has.items() if 0 < len(abilities) < len(kind.needs)}
    found: list[tuple[str, ...]] = [(server,) * len(kind.needs) for server in whole]
    found += _pairs(part, kind)
    alone = [[server for server, abilities in part.items() if abilities == (need,)] for need in kind.needs]
    ways = product(*alone) if len(kind.needs) > 2 else ()
    count = len(alone[0]) * len(alone[1]) * len(alone[2]) if len(kind.needs) > 2 else 0
    found += [way for way, _ in zip(ways, range(_ENOUGH), strict=False)]
    return found, max(0, count - _ENOUGH)


def _pairs(part: Mapping[str, tuple[Ability, ...]], kind: _Kind) -> Iterable[tuple[str, ...]]:
    for one, two in combinations(part, 2):
        if set(part[one]) | set(part[two]) == set(kind.needs):
            yield tuple(one if need in part[one] else two for need in kind.needs)


def _flow(client: str, kind: _Kind, servers: Sequence[str], best: _Best) -> Flow:
    steps = []
    for need, server in zip(kind.needs, servers, strict=True):
        tool, reason = best[server][need]
        steps.append(Step(server=server, tool=tool, ability=need, because=reason.because))
    sure = all(best[server][need][1].sure for need, server in zip(kind.needs, servers, strict=True))
    message = kind.sentence.format(*(f"{step.tool} ({step.server})" for step in steps))
    return Flow(client=client, steps=tuple(steps), sure=sure, message=message)
