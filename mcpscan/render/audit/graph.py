"""The flow graph of a client as a picture: what comes in on the left, private data in the middle, ways out on the right.

A tool stands once in each column it has a part in, inside a box of its server; every way of the audit is a chain of
arrows. The order within a column follows what the tools are connected with, which keeps most arrows from crossing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcpscan.fleet import Ability, Flow
from mcpscan.render.audit.shown import shown

COLUMNS = (
    ("Untrusted text comes in", (Ability.TAKES_UNTRUSTED,)),
    ("Private data is read", (Ability.READS_PRIVATE,)),
    ("It leaves, or acts", (Ability.SENDS_OUT, Ability.RUNS_CODE, Ability.DESTROYS)),
)
WIDTH, COLUMN, TOP = 1080, 260, 44
"""The picture and a column in pixels, and where the first box begins."""
GAP = (WIDTH - 3 * COLUMN) // 2
NODE, STEP, HEAD, BETWEEN = 26, 32, 28, 16
"""Heights in pixels: a tool, from one to the next, the head of a server's box, from one box to the next."""
LETTERS = 28
"""Characters that fit into a tool's box."""

Key = tuple[int, str, str]
"""A node: its column, its server, its tool."""


@dataclass(frozen=True, slots=True)
class Node:
    """A tool in a column; `text` fits its box, `name` is whole."""

    x: int
    y: int
    name: str
    text: str
    ability: Ability


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
        keys = [(_column(step.ability), step.server, step.tool) for step in flow.steps]
        abilities |= {key: step.ability for key, step in zip(keys, flow.steps, strict=True)}
        for link in zip(keys, keys[1:], strict=False):
            links.setdefault(link, []).append(number)
            sure[link] = sure.get(link, False) or flow.sure
    places, groups, height = _placed(_ordered(abilities, links), abilities, names)
    edges = tuple(
        Edge(_path(places[one], places[two], one[0] == two[0]), abilities[two], tuple(dict.fromkeys(mine)), sure[one, two])
        for (one, two), mine in links.items()
    )
    used = {key[0] for key in abilities}
    titles = tuple((_left(place) + COLUMN // 2, title) for place, (title, _) in enumerate(COLUMNS) if place in used)
    return Graph(client, height, titles, groups, edges, tuple(ways))


def _column(ability: Ability) -> int:
    return next(place for place, (_, mine) in enumerate(COLUMNS) if ability in mine)


def _left(column: int) -> int:
    return column * (COLUMN + GAP)


def _ordered(abilities: Mapping[Key, Ability], links: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """The nodes of each column, a server's together, drawn towards what they are connected with."""
    near: dict[Key, list[Key]] = {key: [] for key in abilities}
    for one, two in links:
        near[one].append(two)
        near[two].append(one)
    columns = [sorted(key for key in abilities if key[0] == place) for place in range(len(COLUMNS))]
    rank = {key: float(place) for column in columns for place, key in enumerate(column)}
    for _ in range(6):
        for column in columns:
            pull = {key: _mean([rank[other] for other in near[key]] or [rank[key]]) for key in column}
            server = {key[1]: _mean([pull[other] for other in column if other[1] == key[1]]) for key in column}
            column.sort(key=lambda key, pull=pull, server=server: (server[key[1]], key[1], pull[key], key[2]))  # type: ignore[misc]
            rank |= {key: place / max(1, len(column)) for place, key in enumerate(column)}
    return columns


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _placed(
    columns: list[list[Key]], abilities: Mapping[Key, Ability], names: Mapping[str, str]
) -> tuple[dict[Key, tuple[int, int]], tuple[Group, ...], int]:
    """Where every node stands (the middle of its left edge), the boxes, and the height of it all."""
    heights = [_height(column) for column in columns]
    places: dict[Key, tuple[int, int]] = {}
    groups: list[Group] = []
    for column, tall in zip(columns, heights, strict=True):
        y = TOP + (max(heights) - tall) // 2
        for server in dict.fromkeys(key[1] for key in column):
            mine = [key for key in column if key[1] == server]
            group = _group(y, mine, abilities, names.get(server, server))
            groups.append(group)
            places |= {key: (node.x, node.y + NODE // 2) for key, node in zip(mine, group.nodes, strict=True)}
            y += group.height + BETWEEN
    return places, tuple(groups), TOP + max(heights) + 8


def _height(column: list[Key]) -> int:
    servers = len({key[1] for key in column})
    return servers * (HEAD + BETWEEN + 4) + len(column) * STEP


def _group(y: int, keys: list[Key], abilities: Mapping[Key, Ability], server: str) -> Group:
    x = _left(keys[0][0])
    nodes = tuple(
        Node(x + 10, y + HEAD + place * STEP, shown(key[2]), _fit(key[2]), abilities[key]) for place, key in enumerate(keys)
    )
    return Group(x, y, HEAD + len(keys) * STEP + 4, shown(server), _fit(server), nodes)


def _fit(text: str) -> str:
    text = shown(text)
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"


def _path(one: tuple[int, int], two: tuple[int, int], same: bool) -> str:  # noqa: FBT001 - both ends in one column
    """A curve from the right edge of one node to the left edge of another, or a bow beside one column."""
    right = COLUMN - 20
    x, y, to_x, to_y = one[0] + right, one[1], two[0] - 7, two[1]
    if same:
        return f"M{x} {y}C{x + 60} {y} {x + 60} {to_y} {x + 7} {to_y}"
    bend = (to_x - x) // 2
    return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"
