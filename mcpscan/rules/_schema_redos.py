"""Whether a regular expression can take exponential time, found from its syntax and never by running it.

A backtracking engine needs exponential time where a loop can read the same text in two ways and something after the
loop can fail. The expression becomes an automaton of positions (Glushkov 1961) whose edges remember how many
constructs gave rise to them; it is exponentially ambiguous if a cycle holds an edge twice, or if two different cycles
through one position read the same text (Weber and Seidl 1991), which shows in the product of the automaton with itself.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import regex

Node = TypeVar("Node")

MAX_PATTERN = 2000
MAX_POSITIONS = 400
MAX_LOOP = 28
"""Positions in one cycle above which its product is not built; the answer is then no."""

COPIES = 3
"""Most copies made of a counted repeat."""

MANY = 8
"""A repeat that may run this much longer than it must counts as a loop."""

_OTHER = 1 << 256
_ALL = (1 << 257) - 1
_MASKS = {
    "DIGIT": sum(1 << point for point in range(256) if chr(point).isdigit()),
    "SPACE": sum(1 << point for point in range(256) if chr(point).isspace()),
    "WORD": sum(1 << point for point in range(256) if chr(point).isalnum() or chr(point) == "_"),
}
_DIALECT = (
    (regex.compile(r"\(\?<(?![=!])"), "(?P<"),
    (regex.compile(r"\\[pP]\{[^}]*\}"), r"\\w"),
    (regex.compile(r"\\u\{[0-9A-Fa-f]+\}"), "\u0100"),
    (regex.compile(r"\\k<\w+>"), ""),
    (regex.compile(r"\\z"), r"\\Z"),
)
"""What JSON Schema's ECMAScript expressions write in another way than Python's."""


@dataclass(slots=True)
class _Part:
    """A part of the expression: where it can begin and end, and whether it can be empty."""

    first: frozenset[int]
    last: frozenset[int]
    empty: bool


@dataclass(slots=True)
class _Automaton:
    masks: list[int] = field(default_factory=list)
    edges: Counter[tuple[int, int]] = field(default_factory=Counter)

    def position(self, mask: int) -> _Part:
        """A new position that reads the characters of a mask."""
        if len(self.masks) >= MAX_POSITIONS:
            raise OverflowError
        self.masks.append(mask)
        own = frozenset({len(self.masks) - 1})
        return _Part(own, own, empty=False)

    def join(self, left: _Part, right: _Part) -> _Part:
        """One part after another."""
        self.link(left.last, right.first)
        return _Part(
            left.first | right.first if left.empty else left.first,
            left.last | right.last if right.empty else right.last,
            left.empty and right.empty,
        )

    def link(self, sources: frozenset[int], targets: frozenset[int]) -> None:
        """An edge from each source to each target."""
        if len(sources) * len(targets) > MAX_POSITIONS * 8:
            raise OverflowError
        self.edges.update((source, target) for source in sources for target in targets)


_EMPTY = _Part(frozenset(), frozenset(), empty=True)


@lru_cache(maxsize=1024)
def exponential(pattern: str) -> bool:
    r"""Whether matching can take time exponential in the text's length; False where that cannot be told.

    >>> [exponential(pattern) for pattern in (r"^(a+)+$", r"^(\w+\s?)*$", r"^(a|ab|b)*c$", r"^[a-z]+(-[a-z]+)*$")]
    [True, True, True, False]
    """
    if len(pattern) > MAX_PATTERN or not ("*" in pattern or "+" in pattern or "{" in pattern):
        return False
    parser: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001 - no public way to the syntax tree
    automaton = _Automaton()
    try:
        whole = _sequence(automaton, parser.parse(_python(pattern)))
        automaton.join(whole, _EMPTY)
        return _is_ambiguous(automaton)
    except (re.error, OverflowError, RecursionError):
        return False


def _python(pattern: str) -> str:
    """A pattern as Python's parser takes it: without a warning, and with its branches as they were written."""
    for written, python in _DIALECT:
        pattern = written.sub(python, pattern)
    parts: list[str] = []
    inside = escaped = False
    for char in pattern:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif inside and char in "[&~|":
            parts.append("\\")
        elif char in "[]":
            inside = char == "[" or (inside and parts[-1] in {"[", "^"})
        parts.append("|(?=)" if char == "|" and not inside and parts[-1:] != ["\\"] else char)
    return "".join(parts)


def _sequence(automaton: _Automaton, nodes: Any) -> _Part:
    part = _EMPTY
    for name, value in nodes:
        part = automaton.join(part, _node(automaton, str(name), value))
    return part


def _node(automaton: _Automaton, name: str, value: Any) -> _Part:
    if name in {"LITERAL", "NOT_LITERAL", "IN", "ANY", "CATEGORY", "RANGE"}:
        return automaton.position(_mask(name, value))
    if name == "AT":
        return _END(automaton) if str(value) in {"AT_END", "AT_END_STRING"} else _EMPTY
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _repeat(automaton, *value)
    if name == "SUBPATTERN":
        return _sequence(automaton, value[-1])
    if name == "BRANCH":
        parts = [_sequence(automaton, branch) for branch in value[1]]
        return _Part(
            frozenset().union(*(part.first for part in parts)),
            frozenset().union(*(part.last for part in parts)),
            any(part.empty for part in parts),
        )
    return _EMPTY


def _END(automaton: _Automaton) -> _Part:  # noqa: N802 - it stands for a constant that needs a fresh position
    return automaton.position(0)


def _repeat(automaton: _Automaton, least: int, most: Any, body: Any) -> _Part:
    most = int(most)
    loops = most - least >= MANY
    copies = max(1, min(least if loops else most, COPIES))
    part = _EMPTY
    for copy in range(copies):
        one = _sequence(automaton, body)
        if copy == copies - 1 and loops:
            automaton.link(one.last, one.first)
        if copy >= least:
            one = _Part(one.first, one.last, empty=True)
        part = automaton.join(part, one)
    return part


def _mask(name: str, value: Any) -> int:
    if name == "LITERAL":
        return 1 << value if value < 256 else _OTHER
    if name == "NOT_LITERAL":
        return _ALL & ~(1 << value) if value < 256 else _ALL
    if name == "ANY":
        return _ALL & ~(1 << 10)
    if name == "RANGE":
        low, high = value
        inside = sum(1 << point for point in range(low, min(high, 255) + 1))
        return inside | (_OTHER if high > 255 else 0)
    if name == "CATEGORY":
        kind = str(value).removeprefix("CATEGORY_").removeprefix("UNI_")
        mask = _MASKS.get(kind.removeprefix("NOT_"), 0) | (_OTHER if kind.endswith("WORD") else 0)
        return _ALL & ~mask if kind.startswith("NOT_") else mask
    mask = 0
    for inner, inner_value in value:
        if str(inner) != "NEGATE":
            mask |= _mask(str(inner), inner_value)
    return _ALL & ~mask if str(value[0][0]) == "NEGATE" else mask


def _is_ambiguous(automaton: _Automaton) -> bool:
    after: dict[int, list[int]] = {}
    for source, target in automaton.edges:
        after.setdefault(source, []).append(target)
    doubled = [edge for edge, count in automaton.edges.items() if count > 1]
    for loop in _loops(after):
        leaves = any(target not in loop for source in loop for target in after.get(source, ()))
        if leaves and any(source in loop and target in loop for source, target in doubled):
            return True
        if leaves and len(loop) <= MAX_LOOP and _is_loop_ambiguous(automaton.masks, loop, after):
            return True
    return False


def _is_loop_ambiguous(masks: list[int], loop: frozenset[int], after: dict[int, list[int]]) -> bool:
    inner = {source: [target for target in after[source] if target in loop] for source in loop}
    pairs = {
        (one, two): [(a, b) for a in inner[one] for b in inner[two] if masks[a] & masks[b]]
        for one in loop for two in loop
    }  # fmt: skip
    return any(
        any(one == two for one, two in component) and any(one != two for one, two in component)
        for component in _loops(pairs)
    )


def _loops(after: dict[Node, list[Node]]) -> list[frozenset[Node]]:
    """The strongly connected parts of a graph that hold a cycle (Tarjan 1972, without recursion)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    open_nodes: set[Node] = set()
    found: list[frozenset[Node]] = []
    for root, targets in after.items():
        work = [(root, iter(targets))] if root not in index else []
        while work:
            node, children = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                stack.append(node)
                open_nodes.add(node)
            child = next((child for child in children if child not in index or child in open_nodes), None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_closed(node, stack, open_nodes))
            elif child in index:
                low[node] = min(low[node], index[child])
            else:
                work.append((child, iter(after.get(child, ()))))
    return [part for part in found if len(part) > 1 or any(node in after.get(node, ()) for node in part)]


def _closed(node: Node, stack: list[Node], open_nodes: set[Node]) -> frozenset[Node]:
    """The component that ends at a node, taken from the stack."""
    component = stack[stack.index(node) :]
    del stack[-len(component) :]
    open_nodes.difference_update(component)
    return frozenset(component)
