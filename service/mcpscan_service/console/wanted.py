"""Which decisions someone asked to see: the filter of the page, as it stands in its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlencode

from mcpscan_service.console.entry import Entry
from mcpscan_service.guard import Channel, Outcome

STOPPED = "not-passed"
"""The outcome that stands for all but PASSED."""

ROWS = 50
"""Decisions on one page."""

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter; "" and 0 mean any. `before` is the number of a decision: only older ones are wanted."""

    text: str = ""
    server: str = ""
    channel: str = ""
    outcome: str = ""
    rule: str = ""
    before: int = 0

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """The filter in the query of an address; what it does not know or cannot read is no filter."""
        channel, outcome = query.get("channel", ""), query.get("outcome", "")
        before = query.get("before", "")
        return cls(
            query.get("text", "").strip()[:LONGEST],
            query.get("server", "")[:LONGEST],
            channel if channel in tuple(Channel) else "",
            outcome if outcome in (STOPPED, *Outcome) else "",
            query.get("rule", "")[:LONGEST],
            int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0,
        )

    @property
    def any(self) -> bool:
        """Whether it keeps anything out."""
        return replace(self, before=0) != Wanted()

    def link(self, **changed: str | int) -> str:
        """The address of the page with this filter, or a changed one."""
        other = replace(self, **changed)  # type: ignore[arg-type]
        query = {
            name: value
            for name in ("text", "server", "channel", "outcome", "rule", "before")
            if (value := getattr(other, name))
        }
        return f"/?{urlencode(query, errors='replace')}#filters" if query else "/"

    def pick(self, entries: Iterable[Entry], most: int = ROWS) -> tuple[tuple[Entry, ...], bool]:
        """The first decisions that are wanted, and whether there are more."""
        words = self.text.lower().split()
        found = tuple(islice((entry for entry in entries if self._fits(entry, words)), most + 1))
        return found[:most], len(found) > most

    def _fits(self, entry: Entry, words: list[str]) -> bool:
        one = entry.decision
        return (
            (not self.before or entry.number < self.before)
            and (not self.server or one.server == self.server)
            and (not self.channel or one.channel == self.channel)
            and (not self.outcome or one.outcome == self.outcome or (self.outcome == STOPPED and not _passed(entry)))
            and (not self.rule or self.rule in one.rules)
            and entry.says(words)
        )


def _passed(entry: Entry) -> bool:
    return entry.decision.outcome is Outcome.PASSED
