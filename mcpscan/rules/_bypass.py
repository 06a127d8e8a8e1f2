"""The sentences that take the question away, each with how it is weighed."""

from __future__ import annotations

from enum import Enum, auto

import regex

from mcpscan.finding import Confidence
from mcpscan.rule import Found
from mcpscan.rules._consent import ANYONE, ASKING, AWAY, CONSENT, loosely
from mcpscan.rules._wanted import ACTOR, sentence, tells, words
from mcpscan.surface import CONTENT, Kind
from mcpscan.text import Late, speaks_of_attacks


class Role(Enum):
    """What else a sentence must say for one of its patterns to count."""

    ASKS = auto()
    GOES = auto()
    FLAG = auto()
    WEAK = auto()
    PERSON = auto()
    TRUE = auto()
    BEHALF = auto()
    HOLDS = auto()
    STATED = auto()
    LOOSE = auto()
    SURE = auto()


_YES = (
    r"(?:(?:user )?confirmations?|approvals?|(?:user )?permissions?|(?:user )?consent|go-ahead|sign-?off|(?:confirmation|approval|permission|consent)"
    r" (?:prompts?|dialogs?|dialogues?|requests?|steps?|screens?|questions?|checks?)|(?:human|manual|safety|security|user) (?:reviews?|checks?|oversight)"
    r"|human-?in-?the-?loop(?: reviews?)?|a yes)"
)
_ASK = r"(?:ask|asking|prompt|prompting|check with|checking with|consult|consulting|bother|bothering|query|interrupt|interrupting|wait for|waiting for|request|requesting|seek|seeking|get|getting|obtain|obtaining|verify with|involve|involving)"
_SKIP = r"(?:skip|bypass|disable|suppress|dismiss|circumvent|avoid|omit|turn off|switch off|click away|get around|leave out|ignore|forgo|waive|override)(?:s|es|d|ed|ing)?"
_GO = r"(?:run|call|invoke|use|execute|proceed|continue|go ahead|go on|act|carry on|do (?:it|this|so|them)|carry (?:it|this) out|perform (?:it|this)|apply|move on|finish|complete (?:it|this))"
_NOT = r"(?:do not|don'?t|never|need not|needn'?t|no need to|not necessary to|no reason to|must not|should not|shouldn'?t|without|not have to|rather than|instead of|refrain from)"
_NO = r"(?:declines?|refuses?|objects?|says? no|disagrees?|rejects?|cancels?|has not|hasn't|(?:has |have )?(?:said|told you|asked you) (?:no|not to))"
_AUTO = r"(?:auto-?(?:approv(?:e|al|ing)|accept(?:ing|ance)?|confirm(?:ation|ing)?|run|execut(?:e|ion)|allow)|automatically (?:approve|accept|confirm|allow))"

_ORDERING = Late(
    rf"(?i)\b(?:{ACTOR[3:-1]}|you|your (?:client|host)|please|always|just|simply|so|therefore|go ahead|go on|right away|straight away|at once|immediately"
    r"|first|from now on|any ?more|in (?:the )?future|again|unasked|on its own|by itself|this tool|this server|our tools|for (?:all|every|any|these|this|our|git)"
    r"|each call|of your|unattended|for them|trusted|annoy\w*|tiresome|slow\w*|act first)\b"
)
NEVER = Late(
    r"(?i)(?:\b(?:never|not|cannot|avoid|nor|refrain|forbid\w*|prevents?|unable|prohibit\w*|whether)\b|n't\b)[^.;:!?\n]{0,50}$"
)
_UNLESS = Late(
    r"(?i)\b(?:unless|only (?:if|when|after|once|before)|if the user (?:asks|wants|requests|explicitly)|when the user (?:asks|explicitly)|explicit\w* (?:ask|request|consent)"
    r"|e-?mail is sent|--\w|flag|option|in your settings|ci\b|scripts?|e-?mails?)\b"
)
_HARMLESS = Late(
    r"(?i)\bfor (?:\w+ )?(?:read|list|search|view)(?:ing|s|-only)?\b|\bto (?:read|view|search)\b|\bpublic\b"
)
AGENT = Late(
    rf"(?i)\b(?:the|any|an|ai|this|automated|calling|each|every|dear)\s+(?:\w+\s)?{ACTOR}\b|\b{ACTOR}\s(?:should|must|may|can|will|shall|need|then|now|is|are|release|confirm|remove|:)|^\W*{ACTOR}:|\bassistant\b"
    r"|\bautomation\b|\b(?:you|your) (?:may|can|should|must|are)\b|\band (?:retry|try again|repeat|re-?run|call|run)\b|\bdo not ask again\b|with the user\b"
)

PATTERNS: tuple[tuple[Role, str], ...] = (
    (Role.ASKS, rf"\b{_NOT} {_ASK} {words(4)}(?:{ANYONE}|{_YES})\b"),
    (
        Role.GOES,
        rf"\b{_GO} {words(3)}without {words(3)}(?:asking|prompting|confirm\w{{0,6}}|approval|permission|consent|consulting|review|further checks|questions|checking|(?:checking with|waiting for|telling) {words(2)}(?:{ANYONE}|{_YES}))\b",
    ),
    (Role.FLAG, rf"\b{_SKIP} {words(4)}{_YES}\b"),
    (
        Role.FLAG,
        rf"\b{_YES} {words(3)}(?:(?:should|can|may|must|are|is|be|gets?) {words(2)}(?:{_SKIP}|clicked away|answered|waived|unnecessary|pointless)|(?:not|never) {words(1)}(?:needed|required|necessary|asked for))\b",
    ),
    (
        Role.FLAG,
        rf"\b(?:no {words(2)}(?:{_YES}|reviews?|further checks) {words(3)}(?:needed|required|necessary|wanted|expected)|needs? no {words(2)}(?:{_YES}|reviews?))\b",
    ),
    (
        Role.FLAG,
        rf"\b{_AUTO} {words(4)}(?:tools?|calls?|actions?|requests?|commands?|prompts?|permissions?|server|session|everything)\b",
    ),
    (Role.FLAG, rf"\b(?:enable|activate|turn on|switch on|use|start) {words(3)}{_AUTO}\b"),
    (
        Role.SURE,
        rf"\b(?:treat|consider|take|interpret|count|regard|read) {words(3)}(?:silence|(?:no|missing) (?:answer|reply|response)|lack of) {words(6)}(?:consent|agreement|approval|yes|permission)\b",
    ),
    (
        Role.SURE,
        rf"\bsilence {words(5)}(?:counts|means|is|as|amounts) {words(3)}(?:consent|agreement|approval|yes|permission)\b",
    ),
    (
        Role.SURE,
        rf"\b(?:do(?:es)? not|do(?:es)?n'?t|never) (?:reply|answer|respond|react) {words(3)}(?:treat|take|consider|count|regard|assume|proceed|go ahead) {words(4)}(?:consent|agreement|approval|yes|permission)\b",
    ),
    (Role.PERSON, rf"\bassume {words(4)}(?:yes|consent|permission|approval|agrees?|approves?|consented|agreed)\b"),
    (
        Role.PERSON,
        rf"\b(?:answer|reply|respond|click|press|choose|select|accept|approve|confirm) {words(4)}(?:prompts?|confirmations?|dialogs?|permission requests?|approval requests?) {words(4)}(?:yes|unseen|automatically|without|on behalf|yourself)\b",
    ),
    (
        Role.BEHALF,
        rf"\b(?:confirm|approve|accept|agree|consent)(?:e?d|s)? {words(3)}(?:on (?:the |your )?{ANYONE}(?: s)? behalf|on behalf of the {ANYONE}|in the {ANYONE}(?: s)? (?:name|place|stead))\b",
    ),
    (
        Role.SURE,
        rf"\b(?:confirm(?:ed|ation)?|approved|user (?:confirmed|approved)|consent) {words(4)}true {words(3)}(?:yourself|by yourself|itself|without|instead of|on (?:your|its) own|the user need|the user gave)\b",
    ),
    (Role.TRUE, rf"\b(?:always|simply|just) (?:pass|set|send|use|put|say) {words(3)}true\b"),
    (
        Role.SURE,
        rf"\b(?:proceed|continue|go (?:ahead|on)|carry (?:on|it out)|do (?:it|this|so)|execute|run) {words(3)}(?:even (?:if|when|though)|although|regardless of whether) {words(2)}{ANYONE} {words(2)}{_NO}\b",
    ),
    (
        Role.SURE,
        rf"\beven (?:if|when|though) {words(2)}{ANYONE} {words(1)}{_NO} {words(3)}(?:proceed|continue|go (?:ahead|on)|carry on|do|execute|run|send|delete|call)\b",
    ),
    (
        Role.PERSON,
        rf"\b(?:act(?: now)?|do it|send|book|pay|delete|run|execute|publish) (?:it |them |the {words(1)})?(?:first|and) {words(3)}(?:tell|report|mention|ask|inform|explain|apologi[sz]e) {words(3)}(?:later|afterwards)\b",
    ),
    (
        Role.SURE,
        rf"\b(?:no|refusal|objections?|veto) (?:from|by|of) {words(2)}{ANYONE} {words(3)}(?:not|never) {words(1)}(?:stop|matter|count|prevent|delay|change)\b",
    ),
    (Role.WEAK, rf"\b(?:exempt|excluded|excused) from {words(2)}{_YES}\b"),
    (
        Role.SURE,
        rf"\b(?:consider|treat|regard|count) {words(6)}(?:(?:pre|already|as)-? ?(?:approved|authori[sz]ed|confirmed))\b",
    ),
    (
        Role.SURE,
        rf"\badd (?:this|our|the present) (?:tool|server|connection) {words(3)}(?:allow-?list|white-?list|(?:list|set) of {words(4)}(?:allowed|trusted|approved))\b",
    ),
    (
        Role.SURE,
        rf"\b(?:{ANYONE}|you) (?:need|have|has)(?:n't| not|n't to|not to)? (?:not )?(?:to )?be (?:asked|consulted|told|involved|bothered|prompted)\b",
    ),
    (
        Role.SURE,
        rf"\b{_GO} {words(6)}(?:and|but) {words(1)}(?:do not|don't|never) (?:ask (?:again|anyone|first|for {_YES}|the user again)|check|wait for {words(2)}(?:{ANYONE}|{_YES}))\b",
    ),
    (
        Role.WEAK,
        rf"\b(?:confirmations?|approvals?|permissions?|asked) {words(6)}{_SKIP} {words(2)}(?:dialogs?|prompts?|questions?|pop-?ups?|them|it)\b",
    ),
    (
        Role.WEAK,
        rf"\b(?:may|can|should|must|to) be {words(1)}\w{{3,12}}e?d without {words(1)}(?:asking|confirmation|approval|consent|review)\b",
    ),
    (Role.LOOSE, rf"\b{AWAY} {words(6)}{CONSENT}\b"),
    (Role.LOOSE, rf"\b{CONSENT} {words(6)}{AWAY}\b"),
    (Role.LOOSE, rf"\b{AWAY} {words(6)}{ASKING}\b"),
    (Role.LOOSE, rf"\b{ASKING} {words(6)}{AWAY}\b"),
    (
        Role.SURE,
        (
            r"\b(?:set|pass|send|put) (?:confirm\w{0,8}|approved|approval|consent|(?:user|is) (?:confirmed|approved|consent\w{0,4})) (?:by )?(?:the )?(?:user )?(?:to |as |is )?(?:true|granted|yes|approved)"
            r" (?:in|on|for|with) (?:every|each|all|any)\b"
        ),
    ),
    (
        Role.WEAK,
        rf"\b(?:set|pass|turn|switch) (?:require|ask|need|show|prompt)\w{{0,3}} {words(2)}(?:confirmation|approval|consent|review|permission) (?:to )?(?:false|off|never|no)\b",
    ),
    (Role.WEAK, r"\b(?:unprompted|unasked)\b"),
    (
        Role.SURE,
        rf"\b(?:do not|don't|never|without) (?:show|present|display|preview|read)(?:ing)? {words(5)}{ANYONE} {words(2)}(?:before|first|beforehand)\b",
    ),
    (
        Role.SURE,
        (
            rf"\b(?:even (?:if|though|when)|although|just because|only because|merely because) {words(2)}{ANYONE} {words(2)}(?:not|never|hasn't|haven't) {words(1)}"
            r"(?:confirmed|approved|agreed|answered|replied|consented|responded)\b"
        ),
    ),
    (
        Role.SURE,
        rf"\b(?:grant|give|award)s? (?:itself|yourself|themselves) {words(3)}(?:permissions?|access|rights|role|approval)\b",
    ),
    (
        Role.SURE,
        rf"\b(?:no|refusal|objections?|veto) (?:from|by|of) {words(2)}{ANYONE} (?:can|may|should|must) be {words(1)}(?:disregarded|ignored|overruled|overridden|dismissed)\b",
    ),
    (
        Role.SURE,
        rf"\b(?:whatever|whenever|any|every|each) {words(5)}(?:dialogs?|prompts?|confirmation|permission) {words(5)}(?:always allow|allow|yes)\b",
    ),
    (
        Role.HOLDS,
        rf"\b(?:do not|don't|never|must not) (?:hold up|delay|slow down|block|stop|pause|interrupt) {words(5)}(?:asking|ask|confirmation|approval|permission|consent)\b",
    ),
    (
        Role.STATED,
        rf"\b(?:confirmations?|approvals?|permissions?|consent|sign-?off|go-?ahead|(?:approval|confirmation) step) {words(4)}(?:a (?:mere )?formality|for granted|implied|presumed|assumed|settled)\b",
    ),
    (Role.WEAK, r"\b(?:no questions asked|(?:goes?|run|sent|done) (?:\w{2,10} ){0,2}unasked|on its own initiative)\b"),
)


def order(found: Found) -> Confidence | None:
    """How sure a match is that the reader should act without asking; None where it is not said or forbidden."""
    role = PATTERNS[found.pattern][0]
    before, rest = sentence(found)
    text = before + rest
    broken = regex.search(r"[.!?]\s|\n\s*[-*#]", found.text) or (role is not Role.LOOSE and ";" in found.text)
    if broken or NEVER.search(before) or _UNLESS.search(before[-40:] + rest[:100]) or _HARMLESS.search(rest):
        return None
    flag = role in {Role.ASKS, Role.GOES, Role.FLAG} and found.passage.kind is Kind.TOOL_SCHEMA
    if flag and _CONDITION.search(before or rest) and not AGENT.search(text):
        return None
    level = _weigh(role, found, before, text)
    if level is None or found.passage.kind not in CONTENT:
        return level
    taught = speaks_of_attacks(found.view.text, *found.match.span())
    return Confidence.MEDIUM if not taught and AGENT.search(found.around(160)) else None


_CONDITION = Late(r"(?i)^\W*(?:if|when|whether|set to|true)\b")


def _weigh(role: Role, found: Found, before: str, text: str) -> Confidence | None:
    if role is Role.ASKS:
        return Confidence.HIGH if _about_consent(found, text) else None
    if role is Role.GOES:
        return Confidence.HIGH if _starts(found, before) else None
    if role is Role.LOOSE:
        return Confidence.MEDIUM if loosely(found, before, text) else None
    if role in {Role.STATED, Role.BEHALF, Role.FLAG, Role.WEAK} and tells(text):
        return None
    if role is Role.STATED:
        return Confidence.MEDIUM
    if role in {Role.FLAG, Role.WEAK}:
        plain = AGENT.search(text) or _ANYONE.search(text)
        ordered = _ORDERING.search(text) or _CLICKED.search(found.text)
        return (Confidence.HIGH if plain else Confidence.MEDIUM) if ordered else None
    missing = (
        (role is Role.HOLDS and "without" in found.text.lower())
        or (role is Role.TRUE and not _CONSENTED.search(found.around(100)))
        or (role is Role.PERSON and not _SOMEONE.search(text))
    )
    return None if missing else Confidence.HIGH


def _about_consent(found: Found, text: str) -> bool:
    """Whether what must not be asked is whether to act at all, not some value that the tool needs."""
    described = found.text.lower().startswith(("without", "rather", "instead")) and not _ORDERING.search(text)
    return _ABOUT.search(text) is not None and not described


def _starts(found: Found, before: str) -> bool:
    """Whether "go on without …" is an order and not part of another sentence."""
    if found.text.lower().endswith("checking") and not _CHECKING_BACK.match(found.after(12)):
        return False
    return _ORDER_BEGINS.search(before) is not None and not _SAFE_TO.search(before)


_ANYONE = Late(rf"(?i)\b{ANYONE}\b")
_SOMEONE = Late(rf"(?i)\b(?:{ANYONE}|{ACTOR}|you|confirmation)\b")
_CONSENTED = Late(r"(?i)confirm|approv|consent|agree")
_CLICKED = Late(r"(?i)clicked away|answered with|(?:dismissed|skipped|approved|accepted) (?:automatically|silently)")
_ABOUT = Late(
    rf"(?i)\b(?:{_YES}|first|before|again|whether|(?:check|consult|wait|involv|bother|interrupt)\w* (?:with |for )?(?:the )?{ANYONE})\b"
)
_CHECKING_BACK = Late(r"\W*(?:$|[.,;!\n]|(?i:first|back|again|with))")
_ORDER_BEGINS = Late(
    r"(?i)(?:^|[,;:(]|\b(?:and|then|so|please|just|to|can|may|should|must|will|simply|always|therefore|first|agents?|assistants?|models?"
    r"|you|it)\b)\W*$"
)
_SAFE_TO = Late(r"(?i)\bsafe to\W*$")
