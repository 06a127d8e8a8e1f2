"""YAML to a document, by PyYAML's safe loader: values as JSON has them, with the line of every member."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

from mcpscan.inventory.document import BrokenError, Document, Spot, keep

SIZE = 256 * 1024
"""Characters of YAML that are read at most: seconds of work."""

NODES = 100_000
"""Values that a document may hold once its aliases are written out: a few lines can stand for billions."""

_PLAIN = ("timestamp", "binary", "set", "omap", "pairs", "python/none")


class _Loader(yaml.SafeLoader):
    """Safe, keeps covered members, and takes what has a tag of its own (`!secret x`) for the plain value it stands on."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    return keep((_name(loader, key), loader.construct_object(value, deep=True)) for key, value in node.value)


def _name(loader: _Loader, key: yaml.Node) -> str:
    return str(key.value) if isinstance(key, yaml.ScalarNode) else str(loader.construct_object(key, deep=True))


def _sequence(loader: _Loader, node: yaml.SequenceNode) -> list[Any]:
    return [loader.construct_object(value, deep=True) for value in node.value]


def _plain(loader: _Loader, *rest: Any) -> Any:
    node = rest[-1]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node)
    return _sequence(loader, node) if isinstance(node, yaml.SequenceNode) else node.value


_Loader.yaml_constructors = {
    **yaml.SafeLoader.yaml_constructors,
    "tag:yaml.org,2002:map": _mapping,
    "tag:yaml.org,2002:seq": _sequence,
    **{f"tag:yaml.org,2002:{name}": _plain for name in _PLAIN},
    None: _plain,
}


def read(text: str, first: int = 1) -> Document:
    """The document of a text that begins on line `first` of its file. Raises `BrokenError`."""
    if len(text) > SIZE:
        raise BrokenError(f"more than {SIZE} characters of YAML")
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Document(None, Spot(first))
        spot = _spots(node, first)
        return Document(loader.construct_document(node), spot)
    except BrokenError:
        raise
    except RecursionError:
        raise BrokenError("nested too deeply") from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise BrokenError(f"not YAML: {_calm(problem)}", mark.line + first if mark else 0) from None
    except (yaml.YAMLError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise BrokenError(f"not YAML ({type(problem).__name__})") from None


def _calm(problem: yaml.MarkedYAMLError) -> str:
    """What is wrong, without the characters of the file that PyYAML quotes."""
    return str(problem.problem or problem.context or "").split("'")[0].strip() or "it does not parse"


def _spots(top: yaml.Node, first: int) -> Spot:
    spot = Spot(first)
    todo: list[tuple[yaml.Node, Spot, tuple[Hashable, ...]]] = [(top, spot, ())]
    left = NODES
    while todo:
        node, here, above = todo.pop()
        left -= 1
        if left < 0 or id(node) in above:
            raise BrokenError("its aliases stand for more than can be written out", node.start_mark.line + first)
        inside = (*above, id(node)) if isinstance(node, yaml.CollectionNode) else above
        if isinstance(node, yaml.MappingNode):
            pairs = [(str(key.value), key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            pairs = [(str(place), value, value) for place, value in enumerate(node.value)]
        else:
            continue
        todo.extend((value, here.add(name, at.start_mark.line + first), inside) for name, at, value in pairs)
    return spot
