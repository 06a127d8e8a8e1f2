"""The flow graph of a client as a picture: what comes in on the left, private data in the middle, ways out on the right.

A tool stands once in each column it has a part in, inside a box of its server; every way of the audit is a chain of
arrows. The order within a column follows what the tools are connected with, which keeps most arrows from crossing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from mcpscan.fleet import Ability, Flow
from mcpscan.render.shown import shown

COLUMNS = (
    ("Untrusted text comes in", (Ability.TAKES_UNTRUSTED,)),
    ("Private data is read", (Ability.READS_PRIVATE,)),
    ("It leaves, or acts", (Ability.SENDS_OUT, Ability.RUNS_CODE, Ability.DESTROYS)),
)
WIDTH, COLUMN, TOP = 1056, 256, 44
"""The picture and a column in pixels, and where the first box begins."""
GAP = (WIDTH - 3 * COLUMN) // 2
NODE, STEP, HEAD, BETWEEN, LANE = 26, 32, 28, 16, 4
"""Heights in pixels: a tool, from one to the next, the head of a server's box, from one box to the next, a lane."""
LETTERS, NOTED = 28, 22
"""Characters that fit into a tool's box, without and with a note."""


class Key(NamedTuple):
    """A node: its column, server and tool. A `lane` is room in the middle column for arrows that pass it."""

    column: int
    server: str
    tool: str
    lane: bool = False

    @property
    def box(self) -> tuple[str, str]:
        """What it is boxed with: its server, or as a lane only with itself."""
        return (self.server, self.tool if self.lane else "")


Place = tuple[int, int, int]
"""Where arrows meet a node, in pixels: its left edge, its right edge, its middle from above."""


@dataclass(frozen=True, slots=True)
class Node:
    """A tool in a column; `text` fits its box, `name` is whole, `note` says its ability where a column has several."""

    x: int
    y: int
    name: str
    text: str
    ability: Ability
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """A server's box in a column."""

    x: int
    y: int
    height: int
    name: str
    text: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow: its path, the ability of the tool it leads to, the numbers of the ways that take it, and whether sure."""

    path: str
    ability: Ability
    ways: tuple[int, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture of a client's ways, `height` pixels high; `ways` are the flows and their numbers on the page."""

    client: str
    height: int
    titles: tuple[tuple[int, str], ...]
    groups: tuple[Group, ...]
    edges: tuple[Edge, ...]
    ways: tuple[tuple[int, Flow], ...]


def graphs(flows: Iterable[Flow], names: Mapping[str, str]) -> tuple[Graph, ...]:
    """A picture for each client that has ways. `names` are the servers' names by their ids."""
    clients: dict[str, list[tuple[int, Flow]]] = {}
    for number, flow in enumerate(flows):
        clients.setdefault(flow.client, []).append((number, flow))
    return tuple(_graph(client, ways, names) for client, ways in clients.items())


def _graph(client: str, ways: list[tuple[int, Flow]], names: Mapping[str, str]) -> Graph:
    abilities: dict[Key, Ability] = {}
    links: dict[tuple[Key, Key], list[int]] = {}
    sure: dict[tuple[Key, Key], bool] = {}
    for number, flow in ways:
        keys = [Key(_column(step.ability), step.server, step.tool) for step in flow.steps]
        abilities |= {key: step.ability for key, step in zip(keys, flow.steps, strict=True)}
        for link in pairwise(keys):
            links.setdefault(link, []).append(number)
            sure[link] = sure.get(link, False) or flow.sure
    places, groups, height = _placed(_ordered(abilities, _over_lanes(links)), abilities, names)
    edges = tuple(
        Edge(_path([places[key] for key in _route(link)]), abilities[link[1]], tuple(dict.fromkeys(mine)), sure[link])
        for link, mine in links.items()
    )
    used = {key.column for key in abilities}
    titles = tuple((_left(place) + COLUMN // 2, title) for place, (title, _) in enumerate(COLUMNS) if place in used)
    return Graph(client, height, titles, groups, edges, tuple(ways))


def _column(ability: Ability) -> int:
    return next(place for place, (_, mine) in enumerate(COLUMNS) if ability in mine)


def _left(column: int) -> int:
    return column * (COLUMN + GAP)


def _route(link: tuple[Key, Key]) -> tuple[Key, ...]:
    """The nodes of an arrow: its ends, and a lane between them where it passes the middle column."""
    one, two = link
    return (one, Key(1, one.server, one.tool, lane=True), two) if abs(two.column - one.column) == 2 else link


def _over_lanes(links: Iterable[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
    return [pair for route in map(_route, links) for pair in pairwise(route)]


def _ordered(nodes: Iterable[Key], links: list[tuple[Key, Key]]) -> list[list[Key]]:
    """The nodes and lanes of each column, a server's together, drawn towards what they are connected with."""
    near: dict[Key, list[Key]] = {key: [] for key in nodes}
    for one, two in links:
        near.setdefault(one, []).append(two)
        near.setdefault(two, []).append(one)
    columns = [sorted(key for key in near if key.column == place) for place in range(len(COLUMNS))]
    rank = {key: place / len(column) for column in columns for place, key in enumerate(column)}
    for column in (1, 2, 1, 0) * 4:
        columns[column] = _drawn(columns[column], near, rank)
        rank |= {key: place / len(columns[column]) for place, key in enumerate(columns[column])}
    return columns


def _drawn(column: list[Key], near: Mapping[Key, list[Key]], rank: Mapping[Key, float]) -> list[Key]:
    """One column in the order of what its nodes are connected with."""
    pull = {key: _mean([rank[other] for other in near[key]] or [rank[key]]) for key in column}
    boxes: dict[tuple[str, str], list[float]] = {}
    for key in column:
        boxes.setdefault(key.box, []).append(pull[key])
    return sorted(column, key=lambda key: (_mean(boxes[key.box]), key.box, pull[key], key.tool))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _placed(
    columns: list[list[Key]], abilities: Mapping[Key, Ability], names: Mapping[str, str]
) -> tuple[dict[Key, Place], tuple[Group, ...], int]:
    """Where every node stands, the boxes spread over the height of the tallest column, and that height."""
    tallest = max(map(_height, columns), default=0)
    places: dict[Key, Place] = {}
    groups: list[Group] = []
    for column in columns:
        boxes = dict.fromkeys(key.box for key in column)
        room = (tallest - _height(column)) // max(1, len(boxes))
        y = TOP + room // 2
        for box in boxes:
            mine = [key for key in column if key.box == box]
            x = _left(mine[0].column)
            if mine[0].lane:
                places[mine[0]] = (x, x + COLUMN, y + LANE // 2)
                y += LANE + BETWEEN + room
                continue
            group = _group(x, y, mine, abilities, names.get(box[0], box[0]))
            groups.append(group)
            places |= {
                key: (node.x - 7, node.x + COLUMN - 20, node.y + NODE // 2)
                for key, node in zip(mine, group.nodes, strict=True)
            }
            y += group.height + BETWEEN + room
    return places, tuple(groups), TOP + tallest + 8


def _height(column: list[Key]) -> int:
    boxes = len({key.box for key in column if not key.lane})
    tools = sum(not key.lane for key in column)
    return boxes * (HEAD + BETWEEN + 4) + tools * STEP + (len(column) - tools) * (LANE + BETWEEN)


def _group(x: int, y: int, keys: list[Key], abilities: Mapping[Key, Ability], server: str) -> Group:
    nodes = tuple(_node(x + 10, y + HEAD + place * STEP, key, abilities[key]) for place, key in enumerate(keys))
    return Group(x, y, HEAD + len(keys) * STEP + 4, shown(server), _fit(server, LETTERS), nodes)


def _node(x: int, y: int, key: Key, ability: Ability) -> Node:
    note = ability.value.replace("-", " ") if len(COLUMNS[key.column][1]) > 1 else ""
    return Node(x, y, shown(key.tool), _fit(key.tool, NOTED if note else LETTERS), ability, note)


def _fit(text: str, letters: int) -> str:
    text = shown(text)
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _path(route: list[Place]) -> str:
    """Curves from the right edge of each node to the left edge of the next, straight through lanes between."""
    (_, x, y), path = route[0], ""
    for place, (left, right, to_y) in enumerate(route[1:], 1):
        bend = (left - x) // 2 if left > x else 60
        path += f"{'L' if path else 'M'}{x} {y}C{x + bend} {y} {left - bend} {to_y} {left} {to_y}"
        x, y = right, to_y
        if place < len(route) - 1:
            path += f"L{x} {y}"
    return path
