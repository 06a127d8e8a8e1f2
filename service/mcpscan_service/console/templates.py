"""The templates, the style and the script of the console: those of the audit report, and what is its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mcpscan.render import place
from mcpscan.render.audit import templates as audit
from mcpscan.render.changes import pieces
from mcpscan_service.console.plots import duration
from mcpscan_service.console.standing import age
from mcpscan_service.console.wanted import Wanted
from mcpscan_service.console.words import done

if TYPE_CHECKING:
    from jinja2 import Environment

PAIRS = 20_000
"""Pairs of equal words that the comparison of two texts weighs, so that no text holds up the page."""

_OWN = (
    "base", "overview", "now", "numbers", "list", "counts", "decision", "missing", "quarantine", "sign_in",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of the page, and `version`, which changes with them."""

    style: bytes
    script: bytes
    icon: bytes
    version: str


@cache
def assets() -> Assets:
    """The style and the script."""
    style = (audit.asset("style.css") + _read("console.css")).encode()
    script = _read("console.js").encode()
    return Assets(style, script, _read("icon.svg").encode(), hashlib.sha256(style + script).hexdigest()[:12])


@cache
def _environment() -> Environment:
    shared = {name: audit.asset(name) for name in ("parts.html",)}
    made = audit.environment(shared | {f"{name}.html": _read(f"{name}.html") for name in _OWN})
    made.filters |= {"duration": duration, "age": age, "clock": clock, "stamp": stamp, "done": done}
    made.globals |= {
        "pieces": partial(pieces, pairs=PAIRS), "place": place, "link": _link, "known": frozenset[str](), "version": assets().version,
    }  # fmt: skip
    return made


def render(name: str, **values: Any) -> str:
    """A page. Takes milliseconds: not for the event loop."""
    return _environment().get_template(f"{name}.html").render(**values)


def _link(**wanted: str) -> str:
    """The address of the decisions that a filter keeps."""
    return Wanted.of(wanted).link()


def clock(time: float) -> str:
    """The time of a day in UTC, to the millisecond."""
    return datetime.fromtimestamp(time, UTC).strftime("%H:%M:%S.%f")[:-3]


def stamp(time: float) -> str:
    """A moment in UTC, to the second."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _read(name: str) -> str:
    return files("mcpscan_service.console").joinpath("page", name).read_text(encoding="utf-8")
