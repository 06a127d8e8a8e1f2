"""What the sentence around a match says, shared by the rules about data, money and memory.

A secret's name alone means nothing; what counts is whether the sentence has it *carried* somewhere, where to, and
whether it speaks to the agent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mcpscan.rule import Found
from mcpscan.rules._carrying import (
    A_LIST,
    AGENT,
    AGENT_SIGN,
    ANSWER,
    CALL,
    FIELD,
    GOVERNS,
    HONEST_PLACE,
    LESSON,
    MODAL,
    NEVER,
    NEXT,
    NO_VERB,
    NOUN,
    NOUN_AFTER,
    PASSIVE,
    PLACE,
    PLACE_SIGN,
    READS,
    REFUSED,
    REQUIRED,
    SINK,
    STOP,
    TASK,
    THEN,
    TOOL_DOES,
    VALUE_SLOTS,
    WHENEVER,
)
from mcpscan.surface import METADATA, Kind
from mcpscan.text import Late


@dataclass(frozen=True)
class Sentence:
    """The sentence a match stands in: what precedes it, itself, what follows, and the sentences next to that one."""

    found: Found
    left: str
    right: str
    previous: str
    following: str

    @cached_property
    def whole(self) -> str:
        """The sentence with its match."""
        return self.left + self.found.text + self.right

    @cached_property
    def wide(self) -> str:
        """The sentence and its neighbours."""
        return self.previous + self.whole + self.following

    @property
    def metadata(self) -> bool:
        """Whether the server says this about itself."""
        return self.found.passage.kind in METADATA

    @property
    def is_value(self) -> bool:
        """Whether the text is a default, an example or another value a model would fill in."""
        return self.found.passage.kind is Kind.TOOL_SCHEMA and self.found.passage.slot in VALUE_SLOTS

    @property
    def is_parameter(self) -> bool:
        """Whether the text describes a parameter."""
        return self.found.passage.kind is Kind.TOOL_SCHEMA and not self.is_value

    @property
    def parameter(self) -> str:
        """The name of the parameter the text belongs to, or an empty text."""
        pointer = self.found.passage.pointer if self.found.passage.kind is Kind.TOOL_SCHEMA else ""
        return pointer.rpartition("/properties/")[2].partition("/")[0]

    def says(self, words: Late) -> bool:
        """Whether the sentence holds certain words."""
        return words.search(self.whole) is not None

    @cached_property
    def governed(self) -> bool:
        """Whether a verb of carrying has the match as its object, and it is no tool's account of what it does."""
        verb = GOVERNS.search(self.left)
        if verb is None or NO_VERB.match(verb[0]) or A_LIST.search(self.left[: verb.end()]):
            return False
        if not self.metadata or self.is_value or self.address:
            return True
        if self.found.passage.kind is Kind.SERVER_DESCRIPTION:
            return False
        if self.left[: verb.start()].strip("\"'`*#- \n"):
            return True
        first = not self.previous.strip()
        ordered = self.is_parameter or self.field or self.to_agent
        return (ordered or not first) and TOOL_DOES.match(self.left) is None

    @cached_property
    def account(self) -> bool:
        """Whether the sentence opens a description and says what the tool itself does."""
        return (
            self.metadata
            and not self.previous.strip()
            and not self.is_parameter
            and TOOL_DOES.match(self.whole) is not None
        )

    @cached_property
    def content(self) -> bool:
        """Whether the match is named as content: "the text of …", "copy of …"."""
        return NOUN.search(self.left) is not None or NOUN_AFTER.match(self.right) is not None

    @cached_property
    def content_only(self) -> bool:
        """Whether nothing but a noun and a later verb carries the match."""
        return not self.governed and PASSIVE.search(self.right) is None and READS.search(self.left) is None

    @cached_property
    def carried(self) -> bool:
        """Whether the sentence, or it and the next, carry the match somewhere."""
        return (
            self.governed
            or PASSIVE.search(self.right) is not None
            or (READS.search(self.left) is not None and self.then)
            or (self.content and self.then)
            or NEXT.match(self.following) is not None
            or (WHENEVER.search(self.left) is not None and self.then)
            or (REQUIRED.search(self.left) is not None and REFUSED.search(self.right) is not None)
        )

    @cached_property
    def reads(self) -> bool:
        """Whether a verb of reading stands before the match."""
        return READS.search(self.left) is not None

    @cached_property
    def then(self) -> bool:
        """Whether "send it" or the like follows."""
        return THEN.search(self.right + self.following) is not None

    @cached_property
    def denied(self) -> bool:
        """Whether the carrying is forbidden, or goes where such things belong."""
        return NEVER.search(self.whole) is not None or HONEST_PLACE.search(self.whole) is not None

    @cached_property
    def sink(self) -> bool:
        """Whether the sentence names a parameter, a message or a call to put things into."""
        return self.is_parameter or SINK.search(self.right) is not None or SINK.search(self.left) is not None

    @cached_property
    def field(self) -> bool:
        """Whether the sentence names a parameter outright."""
        return FIELD.search(self.whole) is not None

    @cached_property
    def modal(self) -> bool:
        """Whether the sentence says that something has to be so."""
        return MODAL.search(self.left) is not None

    @cached_property
    def outward(self) -> bool:
        """Whether the sentence names an address, or what the agent says or calls next."""
        return self.address or ANSWER.search(self.whole + self.following) is not None

    @cached_property
    def address(self) -> bool:
        """Whether the sentence or the next names a place outside."""
        text = self.whole + self.following
        return PLACE_SIGN.search(text) is not None and PLACE.search(text) is not None

    @cached_property
    def to_agent(self) -> bool:
        """Whether the text speaks to or of an agent, ties itself to what an agent does, or tells to call a tool."""
        return _speaks_of_agent(self.wide) or CALL.search(self.wide) is not None

    @cached_property
    def mentions_agent(self) -> bool:
        """Whether the sentence itself speaks to or of an agent, or of what one does with a text."""
        return _speaks_of_agent(self.whole)

    @cached_property
    def calls(self) -> bool:
        """Whether the sentence tells to call a tool by name."""
        return CALL.search(self.whole) is not None

    @cached_property
    def lesson(self) -> bool:
        """Whether the text around speaks about attacks."""
        return LESSON.search(self.found.around(400)) is not None

    def owned_by(self, words: Late) -> bool:
        """Whether the name of the tool says that this is its job."""
        return words.search(self.found.passage.owner) is not None

    def opens_with(self, words: Late) -> bool:
        """Whether the first words of the text, before the match, say that this is what the tool is for."""
        opening = self.found.view.text[: min(90, self.found.match.start())].split(". ")[0]
        return words.search(opening) is not None


def _speaks_of_agent(text: str) -> bool:
    return TASK.search(text) is not None or (AGENT_SIGN.search(text) is not None and AGENT.search(text) is not None)


def sentence(found: Found) -> Sentence:
    """The sentence around a match."""
    before, after = found.before(420), found.after(420)
    stops = [match.end() for match in STOP.finditer(before)]
    start = stops[-1] if stops else 0
    earlier = stops[-2] if len(stops) > 1 else 0
    ends = [match.start() for match in STOP.finditer(after)]
    end = ends[0] if ends else len(after)
    later = ends[1] if len(ends) > 1 else len(after)
    return Sentence(found, before[start:], after[:end], before[earlier:start], after[end:later])
