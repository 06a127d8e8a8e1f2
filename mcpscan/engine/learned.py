"""Asks the classifier about texts and makes marks of its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mcpscan.classifier import Classifier, Score
from mcpscan.drift import Change
from mcpscan.engine.reader import Mark
from mcpscan.finding import Confidence
from mcpscan.rule import Rule
from mcpscan.surface import METADATA, NAMES, Kind, Passage, Reach
from mcpscan.text import View

Span = tuple[int, int]

SHORT = 24
"""Texts of fewer characters say nothing alone; those of one tool are read together."""

WORD = 80
"""ASCII texts of fewer characters without a blank are identifiers or addresses."""

MOST = 1_500_000
"""Characters of one document that are read."""


def _is_name(passage: Passage) -> bool:
    """Whether a text says nothing alone: a short one, an identifier, one word without blanks."""
    text = passage.text
    return (
        len(text) < SHORT or passage.kind in NAMES or (len(text) < WORD and text.isascii() and " " not in text.strip())
    )


@dataclass(slots=True)
class Learned:
    """The classifier with the rule that its marks are of, for one document at a time."""

    classifier: Classifier
    rule: Rule
    budget: int = MOST
    highest: float = 0.0
    spent: int = 0
    unread: int = 0

    def marks(self, passages: Iterable[Passage], views: Iterable[tuple[Passage, View]]) -> Iterator[Mark]:
        """Marks on texts, on what is decoded from them, and on the names and values of each tool together."""
        small: dict[str, list[Passage]] = {}
        for passage in passages:
            if passage.encoding or passage.kind is Kind.ICON:
                continue
            if _is_name(passage):
                small.setdefault(passage.base, []).append(passage)
            else:
                yield from self._mark(passage, self._score(passage.text), passage.text)
        for group in small.values():
            joined = "; ".join(dict.fromkeys(each.text.replace("_", " ") for each in group if each.text.strip()))
            if len(joined) >= SHORT:
                yield from self._mark(
                    group[0], self._score(joined), group[0].text, why="names and values, read together"
                )
        for passage, view in views:
            if len(view.text) >= SHORT:
                score = self._score(view.text)
                yield from self._mark(passage, score, passage.text, via=view.via, at=view.span(*score.span))

    def changed(self, change: Change, text: str) -> Iterator[Mark]:
        """A mark on what came with a change, which is read with more suspicion than what was approved."""
        score = self._score(text)
        limits = self.classifier.thresholds("change")
        if score.probability >= limits.review:
            passage = Passage(change.pointer, Kind.TOOL_DESCRIPTION, Reach.MODEL, text, change.name)
            message = f"What came in this version reads like an attempt to steer the agent ({score.probability:.0%})"
            yield self._made(passage, score.span, Confidence.MEDIUM, message, ())

    def _score(self, text: str) -> Score:
        self.spent += len(text)
        if self.spent > self.budget:
            self.unread += 1
            return Score(0.0, (0, 0))
        score = self.classifier.score(text)
        self.unread += not score.whole
        self.highest = max(self.highest, score.probability)
        return score

    def _mark(
        self,
        passage: Passage,
        score: Score,
        text: str,
        *,
        why: str = "",
        via: tuple[str, ...] = (),
        at: Span | None = None,
    ) -> Iterator[Mark]:
        limits = self.classifier.thresholds("definition" if passage.kind in METADATA else "content")
        if score.probability < limits.review:
            return
        sure = Confidence.HIGH if score.probability >= limits.block else Confidence.MEDIUM
        start, end = at or (score.span if not why else (0, len(text)))
        message = f"Reads like an attempt to steer the agent ({score.probability:.0%})" + (f": {why}" if why else "")
        yield self._made(passage, (start, max(start + 1, min(end, len(text)))), sure, message, via)

    def _made(self, passage: Passage, span: Span, sure: Confidence, message: str, via: tuple[str, ...]) -> Mark:
        return Mark(passage, self.rule, *span, message, self.rule.severity, sure, via)
