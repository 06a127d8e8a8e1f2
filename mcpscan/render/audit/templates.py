"""Jinja as every page of ours uses it: each value escaped, and shown with nothing unseen in it, on its way out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mcpscan.render.audit.marks import Seen, excerpt
from mcpscan.render.audit.standing import tally, worded
from mcpscan.render.changes import grouped, headline, pieces
from mcpscan.render.shown import amount, shown

if TYPE_CHECKING:
    from jinja2 import Environment

CUT = 300
"""Characters of a name or a message on a page; the JSON form has all of them."""


def asset(name: str) -> str:
    """One file of the page's own: a template, the style or the script."""
    return files("mcpscan.render.audit").joinpath("page", name).read_text(encoding="utf-8")


def environment(templates: Mapping[str, str]) -> Environment:
    """Templates by name that can import each other. Raises `ImportError` that says what to install without Jinja."""
    try:
        from jinja2 import DictLoader, Environment, StrictUndefined
    except ModuleNotFoundError as error:
        raise ImportError("HTML needs a library: pip install 'mcpscan[audit]'") from error
    made = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_final, trim_blocks=True, lstrip_blocks=True,
        loader=DictLoader(templates),
    )  # fmt: skip
    made.filters |= {"cut": cut, "worded": worded, "amount": amount, "tally": tally}
    made.globals |= {"excerpt": excerpt, "grouped": grouped, "headline": headline, "pieces": pieces}
    return made


def cut(text: str, most: int = CUT) -> str:
    """A text as it is shown, with at most so many characters."""
    # What is cut off needs no escaping: an escape only makes a text longer.
    text = shown(text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"


def _final(value: Any) -> Any:
    """Every value of the page on its way out: nothing unseen, unless it was seen to already."""
    if type(value) is str:
        return shown(value)
    return shown(str(value)) if isinstance(value, str) and not _safe(value) else value


def _safe(value: str) -> bool:
    return isinstance(value, Seen) or hasattr(value, "__html__")
