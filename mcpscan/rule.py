"""The rule contract: what a rule declares, and the one method it writes.

Adding a rule is one class in `mcpscan/rules/<family>.py`, one line in `RULES` and one row in `corpora/`; the tests say
what was forgotten. The docstring is the documentation: its first line says what a finding means, then why it matters,
then what to do.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mcpscan.drift import Change
from mcpscan.finding import Confidence, Severity
from mcpscan.match import Match
from mcpscan.surface import EVERYWHERE, Kind, Passage, Reach, Surface
from mcpscan.text import View

Example = str | Mapping[str, object]
"""A text (read as the rule's `example_kind`) or a whole document in any shape that `surface.read` takes."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters of a passage and what is wrong with them; None leaves the rule's own message or level."""

    start: int
    end: int
    message: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule's pattern, where a `check` can look around it."""

    passage: Passage
    view: View
    match: Match
    pattern: int

    @property
    def text(self) -> str:
        """The matched characters, folded and decoded."""
        return self.view.text[self.match.start() : self.match.end()]

    def before(self, characters: int) -> str:
        """The text before the match."""
        return self.view.text[max(0, self.match.start() - characters) : self.match.start()]

    def after(self, characters: int) -> str:
        """The text after the match."""
        return self.view.text[self.match.end() : self.match.end() + characters]

    def around(self, characters: int) -> str:
        """The text on both sides, the match included."""
        return self.view.text[max(0, self.match.start() - characters) : self.match.end() + characters]


class Rule(ABC):
    """What every rule declares."""

    id: ClassVar[str]
    severity: ClassVar[Severity]
    confidence: ClassVar[Confidence]
    content_confidence: ClassVar[Confidence | None] = None
    """The confidence in text that a server only passes on (results, documents); None: the same."""
    reads: ClassVar[frozenset[Kind]] = EVERYWHERE
    refs: ClassVar[tuple[str, ...]] = ()
    flags: ClassVar[tuple[Example, ...]] = ()
    passes: ClassVar[tuple[Example, ...]] = ()
    example_kind: ClassVar[Kind] = Kind.TOOL_DESCRIPTION

    @classmethod
    def title(cls) -> str:
        """What a finding of this rule means, in one sentence."""
        return str(cls.__doc__ or "").strip().split("\n", 1)[0]


class PatternRule(Rule):
    """A rule that is a list of patterns; see `mcpscan.match.pattern` for how they are written."""

    patterns: ClassVar[tuple[str, ...]]
    quotable: ClassVar[bool] = True
    """Whether a match that is quoted in a text about attacks is only worth low confidence."""

    def check(self, found: Found) -> bool | Confidence:  # noqa: ARG002 - for rules that look
        """Decide on a match: False drops it, True keeps it, a confidence keeps it at that confidence."""
        return True


class TextRule(Rule):
    """A rule that reads whole passages itself. `slots` and `non_ascii` say which ones are worth its time."""

    slots: ClassVar[frozenset[str] | None] = None
    non_ascii: ClassVar[bool] = False

    @abstractmethod
    def hits(self, passage: Passage) -> Iterator[Hit]:
        """The characters of a passage that are wrong."""


@dataclass(frozen=True, slots=True)
class Listing:
    """All one server offers, next to all that the other servers of the same scan offer."""

    name: str
    surface: Surface
    values: Mapping[str, Passage]
    others: tuple[Listing, ...] = ()

    @classmethod
    def of(cls, name: str, surface: Surface) -> Listing:
        """The listing of one server, alone."""
        return cls(name, surface, {passage.pointer: passage for passage in surface.passages if not passage.in_key})

    def place(self, pointer: str, kind: Kind = Kind.UNKNOWN, owner: str = "", base: str = "") -> Passage:
        """The passage whose value stands at a pointer, or an empty one to hang a finding on."""
        return self.values.get(pointer) or Passage(pointer, kind, Reach.MODEL, "", owner, base)


class ListingRule(Rule):
    """A rule that needs to see a whole listing at once, or several servers' listings."""

    @abstractmethod
    def hits(self, listing: Listing) -> Iterator[tuple[Passage, Hit]]:
        """The places in a listing that are wrong."""


@dataclass(frozen=True, slots=True)
class Drift:
    """An old and a new document, and every difference between them."""

    old: Surface
    new: Surface
    changes: tuple[Change, ...]

    def of_part(self, change: Change) -> tuple[Change, ...]:
        """The changes of the same tool, prompt or resource, or of the same text about the server."""
        return tuple(each for each in self.changes if (each.family, each.name) == (change.family, change.name))


class ChangeRule(Rule):
    """A rule that needs to see what a thing was before; its examples are documents with `old` and `new`."""

    @abstractmethod
    def hits(self, drift: Drift) -> Iterator[tuple[Change, Hit]]:
        """The changes that are wrong. A hit's span counts the characters of what came, if that is a string."""
