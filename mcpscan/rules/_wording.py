"""What the English phrase rules share: words for those who act, and a rule that looks twice.

A pattern that all texts pass through must be cheap, and a phrase that can be turned in many ways is not. So these rules
look twice: `patterns` say where to look (a verb, at most a few words, a noun), and `sure` or `likely` say what must
stand there, as ordinary regular expressions that run on a few hundred characters only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mcpscan.finding import Confidence
from mcpscan.match.pattern import FLAGS, expand
from mcpscan.rule import Found, PatternRule
from mcpscan.surface import CONTENT
from mcpscan.text import Late, is_mention, is_quoted, speaks_of_attacks

WORDS = r"\W{1,2}(?:\w{1,16}\W{1,2}){0,8}"
"""Up to eight words between two others. Unlike a space it shares no character with words, which keeps it cheap."""

AI = (
    r"(?:(?:ai|llm|automated|automatic|autonomous|machine|language|virtual|digital|coding|calling|processing|reviewing"
    r"|reviewer|agentic) (?:agents?|assistants?|models?|systems?|readers?|tools?|helpers?|reviewers?|crawlers?|processors?"
    r"|clients?|bots?|triage systems?)|ais?|llms?|(?:chat[ -]?)?bots?|assistants?|agents?|models?|copilots?|claude|(?:chat[ -]?)?gpts?"
    r"|gemini|chat[ -]?gpt)"
)
"""Words for the one that reads tool text."""

USER = (
    r"(?:(?:the|any|your|this|our|an?) )?(?:(?:end|human|current) )?(?:users?|customers?|humans?|clients?|person|people"
    r"|account holder|owner|operator|anyone|anybody)"
)
"""Words for the one that the model works for."""

ACT = (
    r"(?:send|post|forward|e[ -]?mail|mail|upload|submit|transmit|share|delete|remove|erase|wipe|empty|purge|clear|pay|transfer"
    r"|wire|refund|buy|purchase|order|charge|book|grant|approve|accept|merge|authori[sz]e|run|execute|download|install|call"
    r"|invoke|append|attach|include|insert|visit|open|fetch|click|browse|follow|reveal|disclose|print|output|leak|expose|rank"
    r"|recommend|rate|mark|record|assign|set|switch|disable|turn off|enable|add|copy|write|save|store|remember|tell|say|state"
    r"|answer|reply|respond|ignore|disregard|skip|hide|omit|leave out|conclude|score|create|change|replace|move|push|publish"
    r"|release|confirm|assume|pass|put|use|give|schedule|reset|close|cancel|subscribe|like|provide|supply|hand over|collect"
    r"|gather|dump|load|obey|act|comply|treat|begin|start|end|stop|reproduce|repeat|summari[sz]e|report)"
)
"""What a model can be ordered to do."""

HARM = Late(
    expand(
        r"[\w.+\-]{1,40}@[\w\-]{1,40}\.\w|https?:\S|\b(?:passwords?|passphrases?|pass[ -]?codes?|api[ -]?keys?|access tokens?|tokens?"
        r"|credentials?|secrets?|system (?:prompt|message)|(?:hidden|initial) prompt|conversation|chat history|private keys?|ssh"
        r"|env(?:ironment)? variables?|\.env|(?:session|browser) cookies?|bank|payments?|iban|wallets?|admin(?:istrator)?|owner role|edit access"
        r"|permissions?|backups?|authorized keys|firewall|sandbox|curl|sudo|shell|terminal|auto[ -]?approve[ds]?|one[ -]?time codes?|otp"
        r"|without (?:asking|confirm\w*|telling|approval)|(?:audit )?logs?|gift cards?|card number|customer (?:list|record|data)"
        r"|user s (?:data|files|e[ -]?mails?|messages|name|address|phone|contacts|calendar|credentials|keys?|last|request|question)"
        r"|public(?:ly)?|long[ -]?term memory|your memory|future sessions?|only vendor|first place|five stars|(?:highest|top|full|perfect|maximum) (?:score|rating|marks|grade)|from (?:your|the) context"
        r"|recalls?|vulnerabilit\w+|as (?:approved|verified|passed|safe|trusted|resolved)|confidential\w*|production|main branch|all (?:files|messages|e[ -]?mails"
        r"|records|contacts|data))\b"
    ),
    FLAGS,
)
"""What makes an order worth a look: data, money, access, or the record of them."""

_NEGATED = Late(
    r"(?:\bnot|n't|\bnever|\bcannot|\bnor|\bwithout|\brather than|\binstead of|\bto avoid|\brefus\w+ to)\W+(?:\w+\W+)?$",
    FLAGS,
)
_MODELS = Late(
    r"\b(?:ai|llms?|agents?|agentic|assistants?|models?|prompts?|prompting|(?:chat)?bots?|gpt\S{0,4}|chatgpt|claude|tool calls?)\b",
    FLAGS,
)
_ADDRESSED = Late(
    expand(
        rf"\b(?:{AI}|the user(?: s)?|your (?:reply|answer|response|summary|instructions|rules|task|guidelines|next (?:instructions?|orders|prompt|task)|context|tools?|system prompt)"
        r"|this (?:conversation|chat|session|tool|server))\b|\b(?:call|invoke) \w{1,20}_\w"
    ),
    FLAGS,
)
_LESSON = Late(
    r"\b(?:prompt[\s-]inject\w*|injection\s+(?:attacks?|attempts?|patterns?|phrases?|scann\w+|detect\w+|defen\w+|filter\w*|tests?|vectors?|payloads?|techniques?)|jail[\s-]?break\w*|red[\s-]team\w*|adversarial"
    r"|attackers?\s+(?:may|might|can|could|would|will|who|that|has|had|plants?|planted|writes?|hides?|hid|embeds?|tries|tried|uses?|used"
    r"|sends?|sent|crafts?|posts?|adds?|puts?|inserts?|injects?|controls?)|attacks?\s+(?:on|against|for|techniques?|vectors?|phrases?)"
    r"|malicious\s+(?:instructions?|prompts?|users?|inputs?|texts?|actors?|servers?|content|commands?)|prompt\s+leak\w*|llm01"
    r"|tool\s+poisoning)\b",
    FLAGS,
)
_CITED = Late(
    r"\b(?:comments?|phrases?|strings?|text|lines?|words|wording|sentences?|messages?|prompts?|e-?mails?|labels?|titles?|titled|called|named"
    r"|sa(?:ys?|id|ying)|reads?|like|such as|e\.g\.|examples?|inputs?|regex|patterns?|contains?|claims?|claiming|queries|query|entry)"
    r"\W{0,6}[\"'`](?:(?![\"`]|'\s)[^\n]){0,60}$",
    FLAGS,
)
_SERIALISED = Late(r"""["']\s*:\s*\[?\s*["'](?:(?!["']\s*[,}\]])[\s\S]){0,290}$""", FLAGS)
ABOUT = 4
"""A text on models names them this often in any 1,500 characters; a text that means to be read by one does not."""


def exactly(*sources: str) -> Late:
    """One expression for several sources in the pattern language, to which it adds look-around and free repeats."""
    return Late(lambda: "|".join(f"(?:{expand(source)})" for source in sources), FLAGS)


GRAVE = exactly(
    r"\b(?:approve|delete|erase|wipe|empty|purge|grant|pay|transfer|wire|refund|authori[sz]e|leak|reveal|disclose|disable|turn off|forward|attach|accept|merge|publish|recommend|buy|purchase)\b"
)
"""Orders that no description of a tool has to give, whoever is meant."""

Frame = tuple[Late, ...]
"""Things that make a sentence an attack when they stand in it together, in any order; the first must not be denied."""


def frame(*sources: str) -> Frame:
    """A frame of several expressions."""
    return tuple(exactly(source) for source in sources)


NOTHING = Late(r"(?!)")


def in_content(found: Found) -> bool:
    """Whether the server only passes the text on."""
    return found.passage.kind in CONTENT


def about_models(found: Found, reach: int = 750, least: int = ABOUT) -> bool:
    """Whether the text around a match is about models: a prompting guide, an agent's rule file, an API reference."""
    return len(_MODELS.findall(found.before(reach))) + len(_MODELS.findall(found.after(reach))) >= least


def told_about(found: Found) -> bool:
    """Whether the text tells about attacks or about prompting, and only shows what the match says.

    The core's own test is not enough here: all strings of a serialised object stand in quotation marks.
    """
    if _LESSON.search(found.before(400)) or _LESSON.search(found.after(400)):
        return True
    text, span = found.view.text, found.match.span()
    if not is_quoted(text, *span):
        return False
    if _CITED.search(found.before(120)):
        return True
    if in_content(found) and (about_models(found, 8000, 2 * ABOUT) or _LESSON.search(found.around(4000))):
        return True
    return speaks_of_attacks(text, *span) and not _SERIALISED.search(found.before(300))


_START = Late(r"[.!?](?=\s)|\n", FLAGS)


def sentence(found: Found, most: int = 300) -> str:
    """The sentence that a match stands in."""
    before = found.before(most)
    ends = [match.end() for match in _START.finditer(before)]
    after = found.after(most)
    end = _START.search(after)
    return before[ends[-1] if ends else 0 :] + found.text + (after[: end.start()] if end else after)


def framed(words: str, frames: tuple[Frame, ...]) -> bool:
    """Whether some words have all that one of some frames asks for."""
    for act, *rest in frames:
        if all(part.search(words) for part in rest):
            for match in act.finditer(words):
                if not _NEGATED.search(words, 0, match.start()):
                    return True
    return False


class Weighed(PatternRule):
    """A pattern rule that looks twice.

    What is `sure` has the rule's own confidence. What is `likely` is worth a look in metadata; in content it is only when
    the text around it speaks to a model or about its user. Patterns after the first `own` are taken at their word: they
    are another language's.
    """

    own: ClassVar[int]
    sure: ClassVar[Late] = NOTHING
    likely: ClassVar[Late] = NOTHING
    frames: ClassVar[tuple[Frame, ...]] = ()
    certain: ClassVar[bool] = False
    """Whether what is `framed` counts as `sure`."""
    reach: ClassVar[int] = 0
    """Characters on each side that frames are looked for in; 0 for the sentence."""
    margin: ClassVar[int] = 60
    quotable = False

    def check(self, found: Found) -> bool | Confidence:
        """Quiet where nothing precise stands there or where it is turned around; unsure where it is only told about."""
        if found.pattern >= self.own:
            return Confidence.LOW if is_mention(found.view.text, *found.match.span()) else True
        best: bool | Confidence = False
        for words, sure in self._readings(found):
            answer = self.weigh(found, words, sure)
            if answer not in {False, Confidence.LOW}:
                return answer
            best = best or answer
        return best

    def _readings(self, found: Found) -> Iterator[tuple[str, bool]]:
        """What stands around a match that is worth weighing, and whether it is sure."""
        around = found.around(self.margin)
        for exact, sure in ((self.sure, True), (self.likely, False)):
            match = exact.search(around)
            if match is not None and not _NEGATED.search(around, 0, match.start()):
                yield match[0], sure
        words = found.around(self.reach) if self.reach else sentence(found)
        if not (in_content(found) and about_models(found)) and framed(words, self.frames):
            yield words, self.certain

    def weigh(self, found: Found, words: str, sure: bool) -> bool | Confidence:
        """The confidence in words that `sure` or `likely` found."""
        if told_about(found):
            return Confidence.LOW
        if sure:
            return True
        if in_content(found) and not _ADDRESSED.search(found.around(200)):
            return Confidence.LOW
        return Confidence.MEDIUM
