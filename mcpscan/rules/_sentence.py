"""What the sentence around a match says, shared by the rules about data, money and memory.

A secret's name alone means nothing; what counts is whether the sentence has it *carried* somewhere, where to, and
whether it speaks to the agent. English only: patterns of other languages say all of that themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from mcpscan.rule import Found
from mcpscan.surface import METADATA, Kind

FLAGS = regex.IGNORECASE | regex.VERSION0

VALUE_SLOTS = frozenset({"default", "example", "examples", "enum", "const", "placeholder", "defaultValue"})
"""Members of a schema whose text is used as a value."""

ADDRESS = (
    r"(?:[\w.+%-]{1,40}@[\w-]{1,40}\.[a-z][\w.-]{1,40}|(?:https?|ftps?|wss?|s3|sftp)://[^\s\"'<>)\]]{3,80}"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[\w-]{2,40}(?:\.[\w-]{2,40}){0,3}\."
    r"(?:example|test|invalid|com|net|org|io|dev|app|co|ai|me|info|xyz|site|online|top|cloud|link|ru|cn|de|uk|fr)\b)"
)
"""A place outside, fixed by the text: a mail address, a URL, an IP address or a host."""

AGENT = (
    r"(?:\b(?:the|an?|any|ai|each|every|dear|calling|processing|reviewing|automated|your|this|all|for)\s+"
    r"(?:ai\s+|calling\s+|processing\s+|automated\s+|language\s+|coding\s+|helpful\s+)?"
    r"(?:assistants?|agents?|models?|llms?|ais?|(?:chat)?bots?|copilot|automations?|readers?|callers?)\b"
    r"|\b(?:assistants?|agents?|models?|llms?|bots?|copilot|claude|chatgpt|gemini)"
    r"(?:\s*[:,]|\s+(?:should|must|shall|will|need|has|have|is|are|can|may|also|then|now|reading|us(?:es?|ing)"
    r"|process\w*|read\w*)\b)|\b(?:assistant|agent|bot|copilot)\s+\w{2,12}s\b|\bai\s+(?:agents?|assistants?|helpers?|models?|systems?|readers?)"
    r"|(?:^|[.!?;,\n]\W{0,3})(?:agents|assistants|models|bots|llms)\s+\w{3,12}\b|\b(?:agents|assistants|models|bots|llms)\s+(?:that|which|who|with)\b|\blanguage\s+models?|\bautomated\s+\w+|'s\s+automation|\bhey\s+(?:ai|bot|assistant|agent)|\b(?:ur|are)\s+an?\s+ai\b"
    r"|\bby\s+the\s+(?:client|caller|host|reader)\b|\bwhoever\s+\w+|\bcallers\b|\b(?:agent|assistant)\s+memory\b"
    r"|,\s*(?:assistant|agent|ai|bot|claude|copilot|model)\s*[.!,;]|^\W*(?:assistant|agent|ai|bot|claude|copilot)\s*[,:]|\bto\s+the\s+model\s*:|\bnote\s+(?:to|for)\s+(?:the\s+)?(?:ai|agents?|assistants?|bots?|models?|llms?))"
)

TASK = (
    r"\bwhile\s+you(?:'re|\s+are)\s+(?:at\s+it|here)|\b(?:systems?|software|readers?|tools?)\s+that\s+(?:process|read|handle|summari)\w*"
    r"|\b(?:when(?:ever)?|before|after|while|once|prior\s+to|as\s+soon\s+as|as\s+part\s+of)\s+(?:\w+\s+){0,4}?"
    r"(?:summar\w+|answer\w*|repl(?:y|ies|ying)|respon\w+|process\w*|display\w*|shown|boil\w*|condens\w*|translat\w*"
    r"|indexing|render\w*|listing|been\s+read|returning|reading|continuing|proceeding|presenting|you\s+(?:are\s+done|finish))"
)

_STEM = (
    r"(?:pass|send|includ|attach|append|put|plac|past(?=[ei])|cop(?:y|ie)|insert|embed|suppl(?:y|ie)|provid|submit|forward|add|upload"
    r"|transmit|shar|deliver|relay|hand|fill|report|quot|writ|post|commit|stor|sav|carr(?:y|ie)|prepend|enclos|furnish|feed|stash|slip|tuck|convey|communicat|summari[sz]|transcrib|paraphras|funnel|surfac|mirror|giv|enter|reveal"
    r"|disclos|dump|expos|leak|output|print|repeat|recit|echo|e-?mail|sync|stream|ship|deriv|repl(?:y|ie)|respon[ds]|answer|rout"
    r"|redirect|merg|concatenat|tunnel|hid|mention|surrender|hold|contain|tak|log|record|list|supplement|accompan(?:y|ie)|pipe|push"
    r"|publish|mail|archiv|export|let|brief|tell|show|display|stat|restat|note|duplicat|drop|compress|zip|pack)"
)
CARRY = rf"(?:(?:sent|{_STEM}(?:e|s|es|ed|d|ing|ted|ting|ten|n|t|ged|ging|ping|pped|en)?))"
_ACTIVE = rf"(?:{_STEM}(?:e|s|es|ing|ting|ging|ping|pping|ding)?|(?:{_STEM}(?:ed|d|ted|pped)|sent|made|prefixed|suffixed|preceded|followed|headed)\s+(?:up\s+)?(?:with|from|by)|set\s+to"
_ACTIVE += rf"|(?:has|have|had|having)\s+(?:\w+\s+)?{_STEM}(?:ed|d|ted|pped|en)(?:\s+(?:in|over|along|on|up))?|(?:call|retr(?:y|ies)|repeat|invoke|request|end|begin|start|open|close|finish|continue)(?:s|ed|ing)?\b[^.!?\n]{{0,40}}\bwith)"

_STOP = regex.compile(r"[.!?][\"')\]]{0,2}\s+(?=[A-Z<\[(\"'`])|\n\s*\n|\n(?=\s*(?:[-*#|>+`]|\d{1,2}[.)]\s))|\\n")
_GOVERNS = regex.compile(
    rf"\b{_ACTIVE}(?:[\s,'\"`*(:\[<{{]+what(?:ever)?\s+(?:is|stands|lies|it\s+says)\s+in)?(?:[\s,'\"`*(:\[<{{]+(?!(?:to|into|if|when|and|or|that|which|not|by|without|unless|is|are)\b)[\w'~$./-]+)"
    r"{0,9}[\s'\"`*(<{\[~/$:,.\\]*$",
    FLAGS,
)
_NOUN = regex.compile(
    r"\b(?:contents?|body|bodies|text|bytes|lines?|copy|copies|dump|output|value|transcript|export|exports|listing|cat|type"
    r"|file:|kilobytes?|what(?:ever)?\s+(?:is|stands|lies)\s+in|everything\s+in)\b(?:[\s'\"`(<{:=]+(?!(?:to|into|if|when|and|or)\b)[\w'~$./-]+){0,6}[\s'\"`(<{~/$:,.\\]*$",
    FLAGS,
)
_NOUN_AFTER = regex.compile(r"[\w.'\"`)\s]{0,12}\b(?:contents?|body|text)\b", FLAGS)
_PASSIVE = regex.compile(
    rf"^[^.!?\n]{{0,70}}?\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+\s+){{0,2}}?{CARRY}\b"
    r"|^[^.!?\n]{0,50}?\b(?:goes|go|belongs?|(?:is|are)\s+expected|expected)\s+(?:here|in|into|to|with|as|on)\b"
    r"|^[\w\s'`\")]{0,20}\bhere\b|^(?:[^.!?\n]|\.(?=\S)){0,60}?\b(?:accompan(?:y|ies)|comes?\s+along|travels?)\b",
    FLAGS,
)
_READS = regex.compile(
    r"\b(?:read|open|load|fetch|get|look|grab|find|locate|access|retrieve|view|inspect|collect|gather|cat|list|check"
    r"|extract|obtain|derived?|take|taken|drawn|computed|need|see)(?:s|es|ing|ed)?\b(?:[^.!?\n]|\.(?=\S)){0,80}$",
    FLAGS,
)
_THEN = regex.compile(
    rf"\bwhich\s+(?:you|the\s+\w+|is|are)\s+(?:\w+\s+)?{CARRY}\b|\b{CARRY}\s+(?:(?:along|over|on|back|out|up)\s+)?(?:it|its|them|their|these|this|that|those|what|whatever|each|everything"
    r"|the\s+(?:\w+\s+){0,3}?(?:contents?|text|wording|words|messages?|results?|output|lines?|values?|findings?|data|archive|bundle|file|files))\b",
    FLAGS,
)
_WHENEVER = regex.compile(r"\b(?:when(?:ever)?|if|once|should|each\s+time|every\s+time)\b[^.!?\n]{0,60}$", FLAGS)
NEXT = regex.compile(rf"^\W*(?:(?:please|then|and|now|kindly|just)\s+)?{CARRY}\s+(?:(?:along|over|on)\s+)?(?:it|its|them|that|this|the\s+(?:text|content|output)s?)\b", FLAGS)
_REQUIRED = regex.compile(r"\b(?:without|lacking|missing|unless|omitting)\b[^.!?\n]{0,60}$", FLAGS)
_REFUSED = regex.compile(r"\b(?:reject|refus|fail|incomplete|ignored|invalid|denied|error|not\s+(?:work|answered|served))", FLAGS)
_NEVER = regex.compile(
    r"\b(?:never|do\s+not|don't|does\s+not|doesn't|must\s+not|should\s+not|shouldn't|cannot|can't|(?:are|is|be|been|was|were|will)\s+not"
    r"|nor|avoid|refus\w+\s+to|no\s+longer|instead\s+of|rather\s+than)\s+(?:\w+\s+){0,2}?"
    rf"(?:{CARRY}|shown|return(?:ed|ing)?|stored|shared|logged|needed|required|ask\w*)\b|\bwithout\s+(?:\w+\s+)?(?:expos|shar|reveal|leak|send|disclos|return|stor|sav)ing\b",
    FLAGS,
)
_HONEST_PLACE = regex.compile(
    r"\b(?:\.?gitignore|dockerignore|project\s+root|root\s+(?:of|directory|folder)|settings\s+page|(?:into|as|to)\s+(?:the\s+|a\s+)?(?:github|repository|actions)\s+secret|secret\s+[A-Z_]{4,}\s+of"
    r"|masked|redacted|encrypted|used\s+(?:to|for)\s+(?:the\s+)?(?:sign|auth|connect|ensur|verif|encrypt|decrypt)\w*|read-only|never\s+leaves|public\s+key|\.pub\b)",
    FLAGS,
)
_TOOL_DOES = regex.compile(
    r"^\W*(?:(?:this|the|our)\s+(?:tool|function|server|endpoint|method|api|service|command)\s+|it\s+)?(?:also\s+|then\s+|automatically\s+)?"
    r"[a-z]{2,12}[a-rt-z]s\b",
    FLAGS,
)
_SINK = regex.compile(
    r"\b(?:in|into|as|to|with|via|through|inside|under|onto|field|argument|parameter|to|for|of)\s+(?:[\w']+\s+){0,4}?(?:['\"`]\w+['\"`]"
    r"|(?:arguments?|parameters?|params?|fields?|propert(?:y|ies)|payload|headers?|body|query|calls?|requests?|notes?|sidenote|memo"
    r"|comments?|remarks?|messages?|subject|title|description|context|metadata|meta|trace|debug|session|reference|topic|footer"
    r"|tickets?|issues?|reply|answer|response|summary|results?|search|url|link|invocation|\w+_\w+)\b)"
    r"|\b(?:address|place|url)\s+below\b|\bfollowing\s+(?:address|url)|\bhere\b|\bas\s+well\b|\b(?:every|each|next|following)\s+(?:call|request|message|use|invocation)",
    FLAGS,
)
_FIELD = regex.compile(r"\b(?:in|into|as|via|for|to)\s+[`'\"]\w+[`'\"]|\b(?:arguments?|parameters?|fields?)\b\s*[`'\"]?\w*", FLAGS)
_MODAL = regex.compile(r"\b(?:must|should|shall|ha(?:s|ve)\s+to|needs?\s+to|(?:is|are)\s+to|required|expected|please|kindly)\b", FLAGS)
_OUTWARD = regex.compile(
    rf"{ADDRESS}|\b(?:your|the|its|each|final|next)\s+(?:\w+\s+){{0,2}}?(?:reply|answer|response|summary|request|call|output|message|query)\b",
    FLAGS,
)
_LESSON = regex.compile(
    r"(?<![\w@/.-])(?:attack(?:s|er|ers|ing)?|malicious\w*|exfiltrat\w+|prompt[\s-]injections?|inject(?:ed|ion)s?|poisoning|mitigations?|phish\w*|vulnerab\w+"
    r"|exploit\w*|red[\s-]team\w*|adversar\w+|the\s+sample|our\s+filter|spam|dlp|detects|jailbreak\w*|(?:ctf|challenge)?\s?write-?up)(?![\w@-]|\.\w)",
    FLAGS,
)
_ADDRESS = regex.compile(ADDRESS, FLAGS)
_AGENT = regex.compile(AGENT, FLAGS)
_TASK = regex.compile(TASK, FLAGS)
_CALL = regex.compile(r"\b(?:call|use|invoke|run|via|using|through|with|execute)\s+['\"`]?\w+_\w+|\b\w+_\w+\s?\(", FLAGS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence a match stands in: what precedes it, itself, what follows, and the sentences next to that one."""

    found: Found
    left: str
    right: str
    previous: str
    following: str

    @property
    def whole(self) -> str:
        """The sentence with its match."""
        return self.left + self.found.text + self.right

    @property
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
        return self.found.passage.pointer.rpartition("/properties/")[2].partition("/")[0] if self.found.passage.kind is Kind.TOOL_SCHEMA else ""

    def governed(self) -> bool:
        """Whether a verb of carrying has the match as its object."""
        verb = _GOVERNS.search(self.left)
        if verb is None:
            return False
        if verb[0].lower().startswith(("including", "containing", "providing", "holding")):
            return False
        if verb[0].lower().startswith("list") and regex.search(r"\b(?:an?|the)\s+$", self.left[: verb.start()], FLAGS):
            return False
        if self.found.passage.kind is Kind.SERVER_DESCRIPTION and not self.address():
            return False
        opening = not self.left[: verb.start()].strip("\"'`*#- \n")
        if opening and self.metadata and not self.is_value and not self.address():
            first = not self.found.before(len(self.left) + 2)[: -len(self.left)].strip()
            return not (first and not (self.is_parameter or self.field() or self.to_agent())) and _TOOL_DOES.match(self.left) is None
        return True

    def content(self) -> bool:
        """Whether the match is named as content: "the text of …", "copy of …"."""
        return _NOUN.search(self.left) is not None or _NOUN_AFTER.match(self.right) is not None

    def content_only(self) -> bool:
        """Whether nothing but a noun and a later verb carries the match."""
        return not self.governed() and _PASSIVE.search(self.right) is None and _READS.search(self.left) is None

    def carried(self) -> bool:
        """Whether the sentence, or it and the next, carry the match somewhere."""
        return (
            self.governed()
            or _PASSIVE.search(self.right) is not None
            or (_READS.search(self.left) is not None and self.then())
            or (self.content() and self.then())
            or NEXT.match(self.following) is not None
            or (_WHENEVER.search(self.left) is not None and self.then())
            or (_REQUIRED.search(self.left) is not None and _REFUSED.search(self.right) is not None)
        )

    def reads(self) -> bool:
        """Whether a verb of reading stands before the match."""
        return _READS.search(self.left) is not None

    def then(self) -> bool:
        """Whether "send it" or the like follows."""
        return _THEN.search(self.right + self.following) is not None

    def denied(self) -> bool:
        """Whether the carrying is forbidden, or goes where such things belong."""
        return _NEVER.search(self.whole) is not None or _HONEST_PLACE.search(self.whole) is not None

    def sink(self) -> bool:
        """Whether the sentence names a parameter, a message or a call to put things into."""
        return self.is_parameter or _SINK.search(self.right) is not None or _SINK.search(self.left) is not None

    def field(self) -> bool:
        """Whether the sentence names a parameter outright."""
        return _FIELD.search(self.whole) is not None

    def modal(self) -> bool:
        """Whether the sentence says that something has to be so."""
        return _MODAL.search(self.left) is not None

    def outward(self) -> bool:
        """Whether the sentence names an address, or what the agent says or calls next."""
        return _OUTWARD.search(self.whole + self.following) is not None

    def address(self) -> bool:
        """Whether the sentence or the next names a place outside."""
        return _ADDRESS.search(self.whole + self.following) is not None

    def to_agent(self) -> bool:
        """Whether the text speaks to or of an agent, ties itself to what an agent does, or tells to call a tool."""
        text = self.wide
        return any(sign.search(text) is not None for sign in (_AGENT, _TASK, _CALL))

    def mentions_agent(self) -> bool:
        """Whether the sentence itself speaks to or of an agent, or of what one does with a text."""
        return _AGENT.search(self.whole) is not None or _TASK.search(self.whole) is not None

    def calls(self) -> bool:
        """Whether the sentence tells to call a tool by name."""
        return _CALL.search(self.whole) is not None

    def lesson(self) -> bool:
        """Whether the text around speaks about attacks."""
        return _LESSON.search(self.found.around(400)) is not None

    def owned_by(self, words: str) -> bool:
        """Whether the name of the tool says that this is its job."""
        return regex.search(words, self.found.passage.owner, FLAGS) is not None

    def opens_with(self, words: str) -> bool:
        """Whether the first words of the text, which say what the tool is for, speak of this."""
        return regex.search(words, self.found.view.text[:90].split(". ")[0], FLAGS) is not None and bool(self.left != self.found.before(400))


def sentence(found: Found) -> Sentence:
    """The sentence around a match."""
    before, after = found.before(420), found.after(420)
    stops = [match.end() for match in _STOP.finditer(before)]
    start = stops[-1] if stops else 0
    earlier = stops[-2] if len(stops) > 1 else 0
    ends = [match.start() for match in _STOP.finditer(after)]
    end = ends[0] if ends else len(after)
    later = ends[1] if len(ends) > 1 else len(after)
    return Sentence(found, before[start:], after[:end], before[earlier:start], after[end:later])
