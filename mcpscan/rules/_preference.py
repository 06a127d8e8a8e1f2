"""How a text praises its own tool and runs others down: the words for the others, for worse, for first."""

from __future__ import annotations

import regex

from mcpscan.rule import Found
from mcpscan.rules._wanted import sentence
from mcpscan.surface import CONTENT, Kind
from mcpscan.text import Late, speaks_of_attacks

THING = (
    r"(?:tools?|servers?|functions?|plugins?|extensions?|integrations?|connectors?|providers?|services?|mcps?|vendors?|products?|apps?|calculators?|calendars?"
    r"|search(?:es)?|engines?|translators?|converters?|agents?|sources?|apis?|options?|companies|chains?|brands?|shops?|banks?|readers?|systems?|solutions?|clients?)"
)
OTHER = r"(?:others?|another|different|competing|competitors?|rivals?|alternatives?|remaining|third-?party|elsewhere|else|rest|built-?in|native|default|every|any|all|whatever|several|none)"
WORSE = (
    r"(?:unreliable|unsafe|insecure|untrust(?:ed|worthy)|inaccurate|outdated|obsolete|deprecated|broken|slow|paid|wrong|dangerous|malicious|malware|discontinued|retired"
    r"|replaced|made-up|invented|illegal|unlicensed|date|drop|unavailable|defunct|inferior|fake|unofficial|lies?|leaks?|loses?|steals?|no[ ]longer|anymore|never|not|don't|ignored?|avoid(?:ed)?|skip(?:ped)?|disabled?|forbidden"
    r"|disregard(?:ed)?|refrain|alone)"
)
BETTER = (
    r"(?:always|only|first|prefer(?:red)?|favou?r|priority|precedence|wins?|instead|over|best|sole|single|exclusively|ours|us|regardless|matter|even|recommend|pick|choose|stick"
    r"|outranks?|supersedes?|this[ ]one|route|call[ ]this|use[ ]this|these)"
)

_THEIRS = Late(
    rf"""\b(?:(?:all|any|every|the|of|from|to|by|an|a|your)\s)?(?:other|another|different|competing|rival|alternative|remaining|third-?party|built-?in|native)\s(?:[\w-]+\s){{0,2}}{THING}\b
    |\b(?:competitors?|rivals?)\b|\belsewhere\b|\bthe\s(?:rest|others|other\sone)\b|\b(?:different|another)\sone\b|\ball\s(?:similar\s)?tools\sof\sthe\ssame\b|\bnone\sof\sthe\sothers?\b|\b{THING}\s(?:of|from|by)\s(?:any\s|all\s)?other\s\w+
    |\beverything\selse\b|\banything\selse\b|\bwhat\selse\b|\bwhatever\stool|\bany\stool\sthat|\bcompetes?\swith|\bseveral\s(?:\w+\s)?{THING}\b
    |\b(?:the|your)\s[\w-]+\sserver\b|\bother\s[\w-]+\s(?!(?:besides|is|has|was|as|this|its|that's)\b)[\w-]+s\b|\bbelongs?\sto\sanother\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_OURS = Late(
    rf"""\b(?:this|our)\s(?:[\w-]+\s){{0,2}}{THING}\b|\bours\b|\bthis\sone\b|\b(?:through|via|to|use|call|with|prefer)\sus\b|\bour\s[\w-]+\b|\bto\sthis\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_RUN_DOWN = Late(
    r"""\b(?:unreliable|unsafe|insecure|untrust\w*|inaccurate|outdated|out\sof\sdate|made-up|invented|illegal|unlicensed|incorrect|obsolete|broken|dangerous|malicious|malware|discontinued|retired|unavailable|defunct|inferior|fake|lies?|lying
    |leaks?|los(?:e|es|ing)\s(?:data|mail)|steals?|shut\sdown|no\slonger\s(?:maintained|supported|safe|works?)|(?:has|have)\sreplaced|(?:is|are)\s(?:paid|wrong|deprecated))\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_FORBIDS = Late(
    r"""\b(?:never|do\snot|don't|must\snot|should\snot|may\snot|no\slonger|under\sno\scircumstances|refrain\sfrom|avoid|ignore|disregard|disable|stop|drop|discard|no)\s(?:[\w-]+\s){0,3}
    (?:use|using|call|calling|touch|mention(?:ing)?|recommend(?:ing)?|suggest(?:ing)?|trust(?:ing)?|rely(?:ing)?|consult(?:ing)?|fall\sback|write|read|go|other|another|tool|whatever|the\srest|competing|rival|different)\b
    |\b(?:be|are)\s(?:ignored|avoided|skipped|disabled|left\salone|disregarded|forbidden)\b|\bnone\sof\s""",
    regex.IGNORECASE | regex.VERBOSE,
)
_ABOVE_ALL = Late(
    r"""\b(?:no\smatter\swhat|whatever|regardless\sof|even\s(?:if|when|though|for))\b|\b(?:always|only)\s(?:go|use|call|pick|choose|recommend|prefer|consult|rely|this|our|ours)\b|\bwins?\b
    |\bonly\s(?:this|our|safe|trusted|official)\b|\b(?:single|sole|only)\s(?:\w+\s){0,2}(?:source|choice|option|tool)\b|\bcomes?\sfirst\b|\b(?:over|before|above)\s(?:all|any|every)\b
    |\bfor\s(?:every|all|any)\s(?:requests?|tasks?|calls?)\b|\binstead\sof\s(?:any|every|all)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_HONEST = Late(
    r"""\b(?:on|of|in|from)\sthis\sserver\b|\bof\sthis\sserver\b|\bin\sfavou?r\sof\b|\b(?:parameters?|options?|fields?|filters?|columns?|endpoints?|values?|formats?|currenc\w+|encodings?|languages?
    |attributes?|projects?|regions?|accounts?|rows?|types?|timezones?|settings?)\b|\b(?:until|before\s(?:using|calling|any)|unless|if\snot|fails?|in\sparallel|as\sinput|instead\sof\shardcod|except)\b
    |\bworkflow\b|\bolder\b|\bformer\b|\bread\sfiles?\b|\bif\sthe\suser\s(?:asks|prefers|wants)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)


def compares(found: Found) -> bool:
    """Whether a sentence sets its own tool against others by more than what each of them does."""
    before, rest = sentence(found)
    text = before + rest
    if regex.search(r"[.!?]\s|[|\n]", found.text) or _HONEST.search(text):
        return False
    theirs, ours = _THEIRS.search(text), _OURS.search(text)
    if found.passage.kind in CONTENT:
        taught = speaks_of_attacks(found.view.text, *found.match.span())
        if (
            taught
            or found.passage.kind is Kind.DOCUMENT
            or not regex.search(r"(?i)\b(?:tools?|servers?|agents?|assistants?)\b", text)
        ):
            return False
    if theirs is None:
        return (
            ours is not None
            and regex.search(r"(?i)\bno matter what\b|\bwhatever the user\b|\bonly this\b", text) is not None
        )
    if _RUN_DOWN.search(text):
        return ours is not None or regex.search(r"(?i)\b(?:never|not|all|every|any|other)\b", text) is not None
    if _FORBIDS.search(text):
        return (
            ours is not None
            or regex.search(
                r"(?i)\b(?:to the user|under (?:any|no) circumstances|any more|providers?|vendors?|servers?|competi\w+|rivals?)\b",
                text,
            )
            is not None
        )
    return ours is not None and _ABOVE_ALL.search(text) is not None
