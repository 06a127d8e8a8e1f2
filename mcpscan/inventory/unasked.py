"""Which tools of a server an entry lets run without a question, in any client's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

EVERY = "*"

_LISTS = ("autoApprove", "auto_approve", "autoAllow", "alwaysAllow", "always_allow", "autoApprovedTools")
_SWITCHES = ("trust", "trusted", "autoApproveAll")
_MODES = ("approval_mode", "default_tools_approval_mode")
_FREE = frozenset({"approve", "auto", "always", "allow", "never"})
"""Modes in which a tool runs unasked: `approve` is given in advance, `never` means never asked."""


def unasked(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The tools that run unasked, each once; "*" for all of them.

    >>> unasked({"alwaysAllow": ["read"], "trust": True}), unasked({"tools": {"drop": {"approval_mode": "approve"}}})
    (('read', '*'), ('drop',))
    """
    return tuple(dict.fromkeys(_all(value)))


def _all(value: Mapping[str, Any]) -> Iterator[str]:
    for name in _LISTS:
        yield from _names(value.get(name))
    if any(value.get(name) is True for name in _SWITCHES) or any(value.get(name) in _FREE for name in _modes(value)):
        yield EVERY
    tools = value.get("tools")
    for name, tool in tools.items() if isinstance(tools, dict) else ():
        if isinstance(tool, dict) and any(tool.get(mode) in _FREE for mode in _modes(tool)):
            yield str(name)
    yield from _required(value.get("require_approval"))


def _modes(value: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(mode for mode in _MODES if isinstance(value.get(mode), str))


def _names(given: Any) -> Iterator[str]:
    if given is True:
        yield EVERY
    elif isinstance(given, str):
        yield given
    elif isinstance(given, list):
        yield from (name for name in given if isinstance(name, str))
    elif isinstance(given, dict):
        yield from (str(name) for name, state in given.items() if state is True)


def _required(given: Any) -> Iterator[str]:
    """OpenAI's way: `never`, or the tools that never need an approval."""
    if given == "never":
        yield EVERY
    elif isinstance(given, dict):
        never = given.get("never")
        yield from _names(never.get("tool_names") if isinstance(never, dict) else never)
