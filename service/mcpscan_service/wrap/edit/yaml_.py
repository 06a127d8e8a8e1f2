"""YAML to a tree, by PyYAML's own marks."""

from __future__ import annotations

import yaml

from mcpscan_service.wrap.edit.tree import Member, Node

_ALIAS = "a part of it stands elsewhere in the file (a YAML alias); write it out first"
_NESTED = "a part of it contains itself (a YAML alias)"
_BLOCK = "its command is written as a YAML block; write it on one line first"
_TAGGED = "a part of it has a YAML anchor or tag; take that away first"

DEPTH = 64


def tree(text: str, offset: int = 0) -> Node:
    """The tree of a text that begins `offset` characters into its file. Raises `yaml.YAMLError`."""
    loader = yaml.SafeLoader(text)
    try:
        top = loader.get_single_node()
    finally:
        loader.dispose()
    return _node(top, text, offset, 0) if top is not None else Node("scalar", offset, offset)


def _node(node: yaml.Node, text: str, offset: int, depth: int) -> Node:
    start, end = node.start_mark.index, node.end_mark.index
    made = Node("scalar", start + offset, end + offset)
    if depth > DEPTH:
        made.fixed = _NESTED
    elif isinstance(node, yaml.MappingNode):
        made.kind, made.block = "map", not node.flow_style
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            child = _placed(value, key.end_mark.index, text, offset, depth)
            made.members.append(Member(name, key.start_mark.index + offset, child))
    elif isinstance(node, yaml.SequenceNode):
        made.kind, made.block = "list", not node.flow_style
        last = start
        for item in node.value:
            made.items.append(_placed(item, last, text, offset, depth))
            last = max(last, item.end_mark.index)
    elif isinstance(node, yaml.ScalarNode):
        made.value = None if node.tag == "tag:yaml.org,2002:null" else node.value
        made.fixed = _BLOCK if node.style in {"|", ">"} else _TAGGED if text[start : start + 1] in {"&", "!"} else ""
    return made


def _placed(node: yaml.Node, after: int, text: str, offset: int, depth: int) -> Node:
    """A value, which has to stand behind what stands before it: an alias has the place of what it stands for."""
    if node.start_mark.index < after:
        return Node("scalar", after + offset, after + offset, fixed=_ALIAS)
    return _node(node, text, offset, depth + 1)
