"""Decides whether what stands in a slot of a schema is an order to the model.

How much a sentence must say depends on the slot: none belongs in an enum, a title is a few words, a default of a
parameter that holds prose may well be prose.
"""

from __future__ import annotations

import regex

from mcpscan.finding import Confidence, Severity
from mcpscan.rule import Hit, Listing
from mcpscan.rules._schema_walk import slot, words
from mcpscan.rules._schema_words import length, plain, signs, weigh
from mcpscan.surface import Kind, Passage
from mcpscan.text import Late

SCHEMA = frozenset({Kind.TOOL_SCHEMA, Kind.SCHEMA_NAME, Kind.ELICITATION})
SHORTEST = 14
LONGEST = 4000
FEWEST = 3
LEAST = 2
STRONG = 8

_DATA = frozenset({
    "enum", "const", "pattern", "format", "$id", "$ref", "$anchor", "type", "required", "name", "contentMediaType",
    "contentEncoding", "dependentRequired", "$schema", "$defs", "definitions", "enumNames",
})  # fmt: skip
_TAUGHT = frozenset({"default", "example", "examples"})
_TOLD = frozenset({
    "description", "markdownDescription", "enumDescriptions", "errorMessage", "deprecationMessage", "conditions",
})  # fmt: skip
_HARD = frozenset({"hide", "forged", "claim", "consent", "defy", "secret", "who", "out", "take", "rival", "self"})
_BOLD = frozenset({"hide", "forged", "rival", "defy", "consent"})
_PROSE = Late(
    r"\b(?:prompts?|messages?|msg|body|text|contents?|templates?|instructions?|system|quer(?:y|ies)|questions?|descriptions?|notes?"
    r"|comments?|repl(?:y|ies)|answers?|scripts?|code|sql|html|markdown|persona|greeting|summary|subject|caption|input|tasks?|goal"
    r"|commit|rules?|guidelines?|policy|terms|disclaimer|letter|email|mail|commands?)\b"
)
_ASIDE = Late(r"[(;:\u2013\u2014]\s?[^\W\d_]{2,}(?:\W+\w+){4}")
_LESSON = Late(
    r"injection|jail ?break|malicious|phish|moderat|guardrail|red[- ]team|attack|adversarial|toxic|spam|scam|social engineering",
    regex.IGNORECASE,
)


def order(passage: Passage, listing: Listing) -> Hit | None:
    """The order that a passage gives from a slot that should hold data, if it gives one."""
    if not SHORTEST < len(passage.text) <= LONGEST:
        return None
    count = length(plain(passage.text))
    place = slot(passage.pointer) if passage.kind in SCHEMA else None
    keyword = passage.slot if place is None else place.keyword
    if count < FEWEST or keyword in _TOLD or (place is None and passage.kind is Kind.ELICITATION):
        return None
    found = signs(passage.text)
    weight = weigh(found)
    if weight < LEAST:
        return None
    parameter = words(place.parameter) if place is not None else ""
    prose = _PROSE.search(parameter) is not None
    if keyword == "title" or passage.kind is Kind.TOOL_TITLE:
        weight += (count >= 10) + (count >= 14) + 2 * (_ASIDE.search(passage.text) is not None)
        guilty = _in_title(found, weight, count)
    elif keyword in _DATA:
        guilty = _in_data(found, weight, count, keyword, passage.text)
    elif keyword in _TAUGHT and not prose:
        guilty = _in_default(found, weight, keyword) and _KEY.search(parameter) is None
    else:
        bold = found & _BOLD or {"out", "secret"} <= found or {"out", "who"} <= found
        guilty = bool(bold) and weight >= (7 if keyword in _TAUGHT else 6)
    if not guilty:
        return None
    sure = bool(found & _BOLD) and weight >= STRONG and not prose
    tool = listing.place(f"{passage.base}/description").text
    lesson = _LESSON.search(tool) or _LESSON.search(words(passage.owner))
    confidence = Confidence.LOW if lesson else Confidence.HIGH if sure else Confidence.MEDIUM
    severity = Severity.HIGH if weight >= STRONG else Severity.MEDIUM
    return Hit(0, len(passage.text), f"{keyword!r} holds a sentence that gives orders", severity, confidence)


def _in_title(found: frozenset[str], weight: int, count: int) -> bool:
    told = not found.isdisjoint(_HARD - {"secret"}) or {"secret", "user"} <= found
    return weight >= 5 and (count >= 12 or (count >= 6 and told))


def _in_data(found: frozenset[str], weight: int, count: int, keyword: str, text: str) -> bool:
    if found.isdisjoint(_HARD):
        return False
    if text.count(" ") < 3 and text.isascii():
        return weight >= (4 if count >= 9 else 6)
    choice = keyword in {"enum", "const", "enumNames"} and not found & (_BOLD | {"duty", "claim"})
    if keyword in {"enum", "enumNames"} and count < 8 and found <= {"hide", "duty", "verb", "when", "user"}:
        return False
    return weight >= (5 if choice else 4)


def _in_default(found: frozenset[str], weight: int, keyword: str) -> bool:
    told = not found.isdisjoint(_HARD - {"who", "out"}) or weight >= 7
    return told and weight >= (4 if "take" in found or (keyword == "default" and "consent" in found) else 5)


_KEY = Late(
    r"\b(?:keys?|apikey|tokens?|secrets?|passwords?|credentials?|auth|authorization|certs?|env|config\w*|kubeconfig)\b"
)
