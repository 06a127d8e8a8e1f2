"""How a sentence takes the person out of a decision: the words for the question, for doing without it, for whose it is."""

from __future__ import annotations

import regex

from mcpscan.rule import Found
from mcpscan.rules._wanted import ACTOR, PERSON, tells
from mcpscan.surface import CONTENT, Kind
from mcpscan.text import Late

ANYONE = (
    PERSON[:-1]
    + r"|account holders?|reviewers?|landlords?|supervisors?|boss|teams?|directors?|clerks?|famil(?:y|ies)|parties|stakeholders?"
    r"|everyone|anyone|anybody|someone|them|him|her|they)"
)
CONSENT = (
    r"(?:confirm(?:s|ed|ations?|ing)?|approv(?:als?|ed|es?|ing)|permissions?|consent(?:s|ed)?|go-?ahead|sign-?off|okay|say-?so|assent|agreement"
    r"|accept(?:s|ed)?|are[ -]you[ -]sure|dialogs?|objections?|refusal|safety[ ]checks?)"
)
"""The answer that an agent is meant to have before it acts."""

ASKING = (
    r"(?:ask(?:s|ed|ing)?|tell(?:s|ing)?|told|inform(?:ed|ing)?|notif(?:y|ied|ying)|consult(?:ed|ing)?|bother(?:ed|ing)?|questions?|prompt(?:s|ed|ing)?"
    r"|wait(?:ing|ed)?|await(?:ed|ing)?|knowledge|knowing|recap|checking)"
)
"""How an agent would get it, or let the person know."""

AWAY = (
    r"(?:skip(?:s|ped|ping)?|bypass(?:es|ed|ing)?|without|no|not|never|don't|nobody|nothing|needn't|instead|rather|waive[sd]?|formality|granted|annoying|tiresome|tedious"
    r"|unnecessary|pointless|superfluous|suppress|dismiss(?:es|ed)?|ignor(?:e|es|ed|ing)|overrul(?:e|es|ed|ing)|disregard|regardless|despite|implied|presumed?|assumed?"
    r"|take[ ]it|unprompted|unasked|unattended|silently|disabled?|off|omit|out|missing|lack|yourself|itself|behalf|for[ ](?:the|them)|stead|is[ ]yes|allow|collected"
    r"|holds?|slows?|click(?:s|ing)?[ ](?:through|away))"
)
"""How the question is done away with, or answered by someone else."""

_FIRM = Late(
    r"(?i)\b(?:skip|bypass|circumvent|instead of|rather than|waive|formality|hold(?:s|ing)? (?:things )?up|slow|for granted|take it|annoy|tire|tedious|unnecessary|pointless"
    r"|superfluous|suppress|dismiss|ignor|overrul|disregard|regardless|despite|implied|presum|assume|unprompted|unasked|unattended|silently|disabled|turned off|leave out|left out"
    r"|missing (?:answer|repl)|lack of (?:an )?(?:answer|repl|obj)|yourself|on behalf|for (?:the|them)|in (?:their|his|her)|is yes|reply yes|press allow|granted|collected|click(?:s|ing)? (?:through|away))"
)
_DRIVE = Late(
    r"(?i)\b(?:go (?:on|ahead)|proceed|carry on|just|simply|straight away|right away|at once|immediately|now|before (?:you )?(?:call|send|us|run|delet|pay|publish|do|mak|transfer)\w*"
    r"|calling this|never stop|it is (?:fine|ok|safe|acceptable|all right)|needs? to be|has to be|by yourself|beforehand|no point|no reason|no call|no need|need not|needn't|not awaited|stop the|come back|again)\b"
)
_WANTS_IT = Late(
    rf"""\b(?:always|must|should|please|be\ssure|make\ssure|need\sto|has\sto|have\sto|requires?|required|only|explicit\w*|wait\sfor|ensure)\b[^.;]{{0,40}}
    \b(?:ask|confirm|approval|approve[sd]?|permission|consent|agree[sd]?|wants?)\b|\bask\s(?:the\s)?{ANYONE}\b|\b(?:never|not|cannot|n't)\b[^.;]{{0,50}}
    \b(?:without|until|unless|before|skip|bypass|assume|presume|ignore|dismiss)\b|\bunless\b|\bexplicit""",
    regex.IGNORECASE | regex.VERBOSE,
)
_ASKS_MORE = Late(
    r"(?i)\bask(?:s|ed|ing)? (?:(?:the |a )?(?:user|customer|person|them|you) )?(?:to|for|which|what|how|any questions?|overly|the questions?|questions?|about|your) (?!confirm|approv|permission|consent|go-?ahead)"
)
_SELF_HELP = Late(
    r"(?i)\b(?:approve|confirm|accept|agree|grant|consent|sign|tick|mark|press|click|repl(?:y|ies)|answer|fill in)\b.{0,60}\b(?:yourself|by itself|on behalf|for (?:the|them)|in (?:their|his|her)"
    r"|yes|allow|granted)\b|\banswer is yes\b|\ba(?:s|) yes\b"
)
_WAITED_FOR = Late(
    r"(?i)^\W*for (?:an?|the|its|any) (?:response|repl(?:y|ies)|results?|answers?|events?|messages?|notifications?|completion|outcome)\b(?! (?:from|of|by)\b)"
)
_TOLD = Late(
    r"(?i)\b(?:ask|tell|told|inform|notif|question|prompt|wait|consult|bother|check|knowledge|knowing|recap)\w*"
)


def loosely(found: Found, before: str, text: str) -> bool:
    """Whether a sentence that holds a question and a way around it is an order to take that way."""
    words = _core(found)
    clause = regex.split(r"[;:]\s", before)[-1] + text[len(before) :]
    if not words or tells(clause) or _HOST_ASKS.search(text) or not _is_about_asking(words, text):
        return False
    person = _SOMEONE.search(text) is not None
    actor = _ACTS.search(text) is not None
    if found.passage.kind is Kind.TOOL_SCHEMA and not (person or actor):
        return False
    if regex.search(r"(?i)\bwait\w*$", words) and _WAITED_FOR.search(found.after(40)) and not _DRIVE.search(clause):
        return False  # Programs wait for answers, too; nobody is driven on here.
    near = found.around(90)
    if _SELF_HELP.search(clause) and not regex.search(r"(?i)\bask\b|\bnever\b", clause):
        spoken = actor or not regex.match(r"(?i)\W*(?:the|an?|this)\b", clause)
        return spoken and _CONSENT_WORD.search(near) is not None
    if _WANTS_IT.search(clause) or (found.passage.kind in CONTENT and not _FIRM.search(words)):
        return False
    if _FIRM.search(words + found.after(12)):
        return bool(person or actor or _DRIVE.search(near))
    return _driven(before, clause, words, spoken=person or actor)


def _core(found: Found) -> str:
    """The match without a "for the …" that has nothing to do with it; empty if nothing is left."""
    words = found.text
    if regex.search(r"[|\n]|(?i:without requir)", words):
        return ""
    lowered = words.lower()
    if lowered.endswith(("for the", "for them")):
        someone = lowered.endswith("m") or regex.match(rf"(?i)\s{ANYONE}\b", found.after(16))
        return words if someone and _GRANTS.search(words) else ""
    if lowered.startswith("for "):
        inner = regex.search(r"(?i)\b(?:without|never|no|not|instead|unasked|unprompted)\b.*", words[4:])
        return inner[0] if inner else ""
    return words


def _is_about_asking(words: str, text: str) -> bool:
    """False where somebody is asked or told something that is no question of consent."""
    if not _TOLD.match(words) and not _TOLD.search(words[-14:]):
        return True
    if _ASKS_MORE.search(text) or regex.search(r"(?i)(?<!'s )(?<!their )\bknowledge\b", words):
        return False
    return _SOMEONE.search(text) is not None or _AGAIN.search(text) is not None


def _driven(before: str, clause: str, words: str, *, spoken: bool) -> bool:
    """Whether something pushes the reader on, unconditionally."""
    if regex.search(r"(?i)\b(?:if|unless|until|when|whether)\b[^,;]*$", before) or not _DRIVE.search(clause):
        return False
    return spoken or _DRIVE.search(words) is not None or " back " in clause


_HOST_ASKS = Late(r"(?i)\b(?:host|client|app|server)s? (?:(?:will|shall) ask|(?:always )?asks? the (?:user|person))\b")
_SOMEONE = Late(rf"(?i)\b(?:{ANYONE}|nobody|no one)\b")
_ACTS = Late(rf"(?i)\b(?:{ACTOR[3:-1]}|your? (?:client|host)|clients?|you)\b")
_GRANTS = Late(r"(?i)^(?:accept|approve|confirm|consent)s?\b|\b(?:repl(?:y|ies)|press|click|answers?|tick)\b")
_AGAIN = Late(r"(?i)\b(?:back|again|first|beforehand|whether|confirm\w*|approv\w*|permission|consent)\b")
_CONSENT_WORD = Late(
    r"(?i)\b(?:permissions?|confirm|confirmations?|approvals?|approve|consent|dialog|allow|accepts?)\b|approved_by"
)
