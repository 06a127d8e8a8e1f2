"""Reads passages with the rules: folds, matches, decodes, and marks the characters that a rule objects to."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mcpscan.engine.closeup import ATTENTION, SHORT, close_ups
from mcpscan.engine.quiet import Quiet
from mcpscan.finding import Confidence, Severity
from mcpscan.match import MOST_MATCHES, Hits, Match, Matcher, Pattern, Presence, cache_directory, is_cheap, lower, plan
from mcpscan.rule import Found, Hit, PatternRule, Rule, TextRule
from mcpscan.rules import sources
from mcpscan.surface import CONTENT, NAMES, Passage
from mcpscan.text import DECODERS, Late, View, fold, fold_view, is_mention, read_base64, smuggled

DEPTH = 3
"""How many encodings inside one another are undone."""

DECODE_FACTOR = 8
DECODE_FLOOR = 1 << 16
"""Decoded characters read for one text: this many, or the factor times its own length, whichever is more."""

FOREIGN = -1
"""The place of a pattern in another language: it says all it has to say, and `check` knows English."""

TRANSPARENT = frozenset(
    {"words", "escape", "entity", "percent", "control", "inline-markup", "quoted-printable", "spacing"}
)
"""Steps that undo a transport form: a phrase quoted before them is still quoted after them."""

PLAIN_STEPS = frozenset({"words", "spacing", "inline-markup", "escape", "entity", "quoted-printable"})
"""Steps after which a text reads as it did before: the classifier is not asked a second time, unless most of it went."""

MOSTLY = 0.7
"""A view with fewer characters than this share of its original was unreadable as it stood."""

MOST_FINDINGS = 32
"""Places in one text that one rule objects to, before it stops reading; more of them say nothing new."""

_CAMEL = Late(r"(?<=[a-z0-9])(?=[A-Z])")


Matched = tuple[PatternRule, int, Iterator[Match]]
"""A rule, the place of one of its patterns, and what that matched."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a passage's own text that a rule objects to, and what it says about them."""

    passage: Passage
    rule: Rule
    start: int
    end: int
    message: str
    severity: Severity
    confidence: Confidence
    via: tuple[str, ...] = ()
    decoded: str = ""


@dataclass(slots=True)
class Reading:
    """What reading gave: marks, what was left unread, which rules failed, and how much was decoded."""

    marks: list[Mark] = field(default_factory=list)
    unread: list[tuple[Passage, str, str]] = field(default_factory=list)
    failures: list[tuple[Passage, str, str]] = field(default_factory=list)
    views: list[tuple[Passage, View]] = field(default_factory=list)
    decoded: int = 0

    def size(self) -> tuple[int, int, int, int]:
        """How many texts were left unread, failed, have views, and were decoded."""
        return len(self.unread), len(self.failures), len(self.views), self.decoded


class Reader:
    """The rules, compiled for reading. Thread-safe; `read` may be called from many threads at once."""

    def __init__(self, rules: Sequence[Rule], backend: str = "auto") -> None:
        self._text_rules = tuple(rule for rule in rules if isinstance(rule, TextRule))
        self._slots = frozenset(slot for rule in self._text_rules for slot in rule.slots or ())
        pattern_rules = tuple(rule for rule in rules if isinstance(rule, PatternRule))
        owned: list[tuple[PatternRule, int, Pattern]] = []
        for rule in pattern_rules:
            own, foreign = sources(rule)
            owned += [(rule, place, Pattern(text)) for place, text in enumerate(own)]
            owned += [(rule, FOREIGN, Pattern(text)) for text in foreign]
        plan([pattern for *_, pattern in owned], cache_directory())
        cheap = [entry for entry in owned if is_cheap(entry[2])]
        dear = [entry for entry in owned if not is_cheap(entry[2])]
        triggers = [(decoder, Pattern(text, literal=True)) for decoder in DECODERS for text in decoder.triggers]
        self._rules = tuple((rule, place) for rule, place, _ in cheap)
        self._dear = tuple((rule, place) for rule, place, _ in dear)
        self._decoders = tuple(decoder for decoder, _ in triggers)
        patterns = (*(pattern for *_, pattern in cheap), ATTENTION, *(pattern for _, pattern in triggers))
        self.matcher = Matcher(patterns, backend)
        self.closer = Presence([pattern for *_, pattern in dear], backend)
        self._quiet = Quiet()

    def read(self, passages: Sequence[Passage]) -> Reading:
        """Everything the rules object to in some passages. Texts that stand in several places are matched once."""
        reading = Reading()
        places: dict[str, list[Passage]] = {}
        for passage in passages:
            places.setdefault(passage.text, []).append(passage)
        groups = []
        for group in places.values():
            decoded = self._quiet.find(group)
            reading.decoded += decoded or 0
            if decoded is None:
                groups.append(group)
        views = [fold(group[0].text) for group in groups]
        found = self.matcher.hits([view.text for view in views])
        for view, hits, group in zip(views, found, groups, strict=True):
            self._read_text(reading, group, view, hits)
        for passage in passages:
            self._ask_text_rules(reading, passage)
        return reading

    def _read_text(self, reading: Reading, group: list[Passage], view: View, hits: Hits) -> None:
        text = group[0].text
        closer = self.closer.candidates(view.text) if len(view.text) <= SHORT else ()
        special = any(passage.encoding or (passage.kind in NAMES and len(text) > 12) for passage in group)
        if not (hits.ends or special or closer) and text.isascii():
            self._quiet.keep(group, 0)
            return
        before = reading.size()
        session = _Session(self, reading, group, max(DECODE_FLOOR, DECODE_FACTOR * len(text)))
        try:
            session.visit(view, hits, 0)
            for passage in group if special else ():
                session.unwrap(passage)
            for hidden in smuggled(text):
                session.enter(hidden, 1)
        except Exception as problem:  # noqa: BLE001 - one text that cannot be read must not hide the others
            reading.failures.append((group[0], "decoding", repr(problem)))
        reading.marks += session.marks
        if not session.marks and reading.size()[:-1] == before[:-1]:
            self._quiet.keep(group, reading.size()[-1] - before[-1], matched=session.matched)

    def _ask_text_rules(self, reading: Reading, passage: Passage) -> None:
        if passage.text.isascii() and passage.slot not in self._slots:
            return
        for rule in self._text_rules:
            if rule.non_ascii and passage.text.isascii():
                continue
            if passage.kind in rule.reads and (rule.slots is None or passage.slot in rule.slots):
                try:
                    reading.marks += [mark_of(rule, passage, hit) for hit in rule.hits(passage)]
                except Exception as problem:  # noqa: BLE001 - a rule that raises is a result, whatever it raised
                    reading.failures.append((passage, rule.id, repr(problem)))

    def cheap_matches(self, view: View, hits: Hits) -> Iterator[Matched]:
        """The matches of the patterns that are looked for everywhere."""
        small = lower(view.text)
        for pattern, ends in sorted(hits.ends.items()):
            if pattern < len(self._rules):
                yield *self._rules[pattern], self.matcher.matches(small, pattern, ends)

    def dear_matches(self, view: View) -> Iterator[Matched]:
        """The matches of the patterns that are looked for in close-ups only."""
        candidates = self.closer.candidates(view.text)
        small = lower(view.text) if candidates else ""
        for pattern in candidates:
            yield *self._dear[pattern], self.closer.matches(small, pattern)

    def attention(self, hits: Hits) -> Sequence[int]:
        """Where words that address a reader end."""
        return hits.ends.get(len(self._rules), ())

    def decoder_ends(self, hits: Hits) -> Iterator[tuple[int, list[int]]]:
        """The decoders that a text calls for, and where."""
        ends: dict[int, list[int]] = {}
        first = len(self._rules) + 1
        for pattern, places in hits.ends.items():
            if pattern >= first:
                decoder = DECODERS.index(self._decoders[pattern - first])
                ends.setdefault(decoder, []).extend(places)
        for decoder, places in sorted(ends.items()):
            yield decoder, sorted(places)


@dataclass(slots=True)
class _Session:
    """The reading of one text and of all that is encoded in it."""

    reader: Reader
    reading: Reading
    group: list[Passage]
    budget: int
    marks: list[Mark] = field(default_factory=list)
    taken: dict[tuple[str, int], list[tuple[int, int]]] = field(default_factory=dict)
    matched: bool = False

    def visit(self, view: View, hits: Hits, depth: int) -> None:
        """Mark what the rules match in a view, then decode what is encoded in it."""
        if not hits.complete:
            self._skip("too-many-hits", "more pattern hits than the limit; the rest of this text was not read")
        for rule, place, matches in self.reader.cheap_matches(view, hits):
            self._mark(view, rule, place, self._counted(view, matches))
        for piece in close_ups(view, self.reader.attention(hits)):
            for rule, place, matches in self.reader.dear_matches(piece):
                self._mark(piece, rule, place, self._counted(piece, matches))
        for decoder, ends in self.reader.decoder_ends(hits):
            for child in DECODERS[decoder].views(view, ends):
                if depth >= DEPTH and DECODERS[decoder].run is not None:
                    self._skip("too-deep", f"encodings nested deeper than {DEPTH} levels were not undone")
                if depth >= DEPTH:
                    break
                self.enter(child, depth + 1)

    def enter(self, view: View, depth: int) -> None:
        """Read a decoded view, if the budget allows."""
        self.budget -= len(view.text)
        if self.budget < 0:
            self._skip("decode-budget", "more encoded text than the limit; the rest was not decoded")
            return
        self.reading.decoded += 1
        folded = fold_view(view)
        if _reads_anew(view):
            self.reading.views.append((self.group[0], view))
        self.visit(folded, self.reader.matcher.hits([folded.text])[0], depth)

    def unwrap(self, passage: Passage) -> None:
        """Read a passage the way its place says: a blob as base64, a name as words."""
        if passage.encoding == "base64":
            view = read_base64(passage.text)
            if view is None:
                self.reading.unread.append((passage, "binary", "holds bytes that are no text; they were not read"))
            else:
                self.enter(view, 1)
        elif passage.kind in NAMES and _CAMEL.search(passage.text):
            self.enter(_words(passage.text), 1)

    def _counted(self, view: View, matches: Iterator[Match]) -> Iterator[Match]:
        most = max(MOST_MATCHES, len(view.text) // 1_000)
        for count, match in enumerate(matches):
            if count >= most:
                self._skip("too-many-hits", f"a pattern matched more than {most} times; the rest was not read")
                return
            self.matched = True
            yield match

    def _mark(self, view: View, rule: PatternRule, place: int, matches: Iterator[Match]) -> None:
        readers = [passage for passage in self.group if passage.kind in rule.reads]
        if not readers:
            return
        for match in matches:
            if sum(len(self.taken.get((rule.id, id(passage)), ())) for passage in readers) >= MOST_FINDINGS:
                self._skip("too-many-hits", f"{rule.id} fired more than {MOST_FINDINGS} times; the rest was not read")
                return
            start, end = view.span(match.start(), _word_end(view.text, match.end()))
            mentioned: bool | None = None
            for passage in readers:
                if self._is_known(rule, passage, start, end):
                    continue
                try:
                    answer = place == FOREIGN or rule.check(Found(passage, view, match, place))
                except Exception as problem:  # noqa: BLE001 - a rule that raises is a result, whatever it raised
                    self.reading.failures.append((passage, rule.id, repr(problem)))
                    continue
                if answer is False:
                    continue
                if mentioned is None:
                    mentioned = (
                        rule.quotable and TRANSPARENT.issuperset(view.via) and is_mention(view.text, *match.span())
                    )
                confidence = Confidence.LOW if mentioned else answer if isinstance(answer, Confidence) else None
                insort(self.taken.setdefault((rule.id, id(passage)), []), (start, end))
                hit = Hit(start, end, confidence=confidence)
                self.marks.append(
                    mark_of(rule, passage, hit, view.via, view.text[slice(*match.span())] if view.via else "")
                )

    def _is_known(self, rule: Rule, passage: Passage, start: int, end: int) -> bool:
        taken = self.taken.get((rule.id, id(passage)), [])
        place = bisect_left(taken, (end,))
        return place > 0 and start < taken[place - 1][1]

    def _skip(self, code: str, reason: str) -> None:
        entry = (self.group[0], code, reason)
        if entry not in self.reading.unread[-8:]:
            self.reading.unread.append(entry)


def mark_of(rule: Rule, passage: Passage, hit: Hit, via: tuple[str, ...] = (), decoded: str = "") -> Mark:
    """A hit with what its rule leaves unsaid filled in."""
    confidence = rule.confidence
    if passage.kind in CONTENT and rule.content_confidence is not None:
        confidence = rule.content_confidence
    return Mark(
        passage, rule, hit.start, hit.end, hit.message or rule.title(), hit.severity or rule.severity,
        hit.confidence or confidence, via, decoded,
    )  # fmt: skip


def _reads_anew(view: View) -> bool:
    """Whether a view says what its original did not say to a reader: decoded, or written all in escapes or markup."""
    if not PLAIN_STEPS.issuperset(view.via) or not view.text:
        return True
    start, end = view.span(0, len(view.text))
    return len(view.text) < MOSTLY * (end - start)


def _word_end(text: str, end: int) -> int:
    """The end of the word that a match ends in, so that a quote does not break off inside it."""
    stop = min(len(text), end + 24)
    while end < stop and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return end


def _words(name: str) -> View:
    """An identifier in camel case as separate words."""
    starts: list[int] = []
    parts: list[str] = []
    last = 0
    for match in (*_CAMEL.finditer(name), None):
        end = match.start() if match else len(name)
        parts.append(name[last:end])
        starts += range(last, end)
        if match:
            parts.append(" ")
            starts.append(end)
        last = end
    return View("".join(parts), ("words",), starts, [at + 1 for at in starts])
