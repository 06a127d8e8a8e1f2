"""Words for what a server overhears: the conversation, the prompts, other tools' output, the user's records."""

from __future__ import annotations

from mcpscan.finding import Confidence
from mcpscan.rules._carrying import FLAGS
from mcpscan.rules._sentence import Sentence
from mcpscan.text import Late

TALK = (
    r"\b(?:(?:conversation|chat|dialog(?:ue)?|message|session|prompt) (?:history|transcript|logs?|context|so far)"
    r"|(?:conversation|chat|dialog(?:ue)?) contents?"
    r"|(?:full|whole|entire|complete|ongoing|unabridged|earlier|current|present) (?:\w{1,12} )?(?:conversation"
    r"|chat|dialog(?:ue)?|discussion"
    r"|context window)|transcript of (?:our|the|this) (?:chat|conversation|dialog(?:ue)?|session)|(?:verbatim"
    r"|full|complete) transcript|(?:earlier|previous|prior) (?:turns|messages)|(?:the|this|our"
    r"|your) (?:conversation|dialog(?:ue)?|chat)|our talk)\b"
)
PROMPT = (
    r"\b(?:system (?:prompt|message|instructions?)s?|(?:initial|hidden|original|complete|operating|developer"
    r"|internal|own|secret) (?:instructions"
    r"|prompts?|directives)|(?:instructions|prompt) (?:you|it) (?:were given|was given|have been given"
    r"|has been given|received|got|start with|follow)|(?:hidden"
    r"|internal|secret|operating) rules|(?:directions|instructions|orders|rules|guidance"
    r"|guidelines) (?:that )?(?:the |its |your )?(?:host|operator|developer|client|provider)s? (?:gave|gives|set"
    r"|has set)"
    r"|what (?:your|the|its) (?:operator|host|developer|provider)s? (?:instructed|told|asked|ordered)"
    r"|(?:instructions|prompt) of (?:the|its|your) (?:host"
    r"|client|developers?)|(?:your|its|the model's) chain of thought|reasoning that led|at system level"
    r"|developer (?:message|prompt)|instructions (?:that )?(?:this|the|its) (?:assistant|agent|model) (?:was|is"
    r"|has been|follows))\b"
)
WORDS = (
    r"\b(?:what (?:has been|was) (?:said|discussed|written|asked)|everything (?:that )?(?:came|comes|happened"
    r"|followed)|exchange (?:between|with)"
    r"|(?:words|text|lines|sentences|things) (?:that )?(?:the )?user (?:has )?(?:wrote|typed|said|sent)"
    r"|what was discussed|as known to you|known to you from|(?:last|previous|recent|all|latest"
    r"|past) (?:\w{1,8} )?user (?:messages"
    r"|prompts|turns|inputs)|(?:everything|anything|each thing|whatever|what|all)(?: that)? (?:the user|they|user"
    r"|the person|the customer)"
    r" (?:has |have )?(?:tells?|typed|said|wrote|written|asked"
    r"|entered|told|writes|says|types)|everything (?:discussed|said|written|typed)|(?:exact |own "
    r"|very )words of the user|(?:every|each) (?:user )?"
    r"(?:message|prompt|input)(?: of)?(?: the)? user|(?:each|every) user (?:message|prompt|input)|(?:user|person"
    r"|customer)(?:'s|s)? (?:exact |own |original"
    r" |latest |last |previous |recent |full |\w{3,8} ){0,3}(?:words|wording|messages|prompts|turns|statements)"
    r"|(?:all )?(?:the )?details (?:they|the user) (?:gave|mentioned|shared|told)|whenever the user (?:writes"
    r"|says|types))\b"
)
OUTPUTS = (
    r"\b(?:(?:results?|outputs?|data) (?:that )?(?:you )?(?:received|obtained|got|collected|returned) (?:from"
    r"|by) (?:the |all |any )?(?:\w{1,12} ){0,4}(?:servers?|tools?)|(?:outputs?|results?|responses?) (?:of"
    r"|from) (?:all |the |any ){0,2}(?:other |previous |earlier |prior )?tools? (?:called|so far|before|used)"
    r"|(?:outputs?|results?|responses?) (?:of|from) (?:all |the |any ){0,2}(?:other |previous |earlier "
    r"|prior )tools?|(?:all |previous |other |prior )"
    r"tool (?:outputs?|results?)|(?:what|anything|whatever) other tools (?:have )?returned"
    r"|other (?:connected )?(?:mcp )?servers)\b"
)
TALK_TEMPLATE = r"\{\{?\s{0,2}(?:conversation|chat|last_user_message|system_prompt|user_message)[\w.]{0,30}\s{0,2}\}"
TALK_JOB = Late(
    (
        r"chat|conversation|messag|summar|histor|memor|transcript|llm|prompt|agent|hand.?off|feedback|thread|dialog"
        r"|session|complet|generat|ask|think"
        r"|reason|delegat|model|support|ticket|evaluat|sampl|call|meeting|slack|discord|whatsapp|mail"
    ),
    FLAGS,
)
TALK_OPENS = Late(
    (
        r"\b(?:chat|conversations?|completions?|summar|transcript|hand.?off|message\s+history|threads?|llm|prompts?"
        r"|sub-?agent|expert|delegat|memor)"
    ),
    FLAGS,
)
WHOLE = Late(
    r"\b(?:full|whole|entire|complete|so\s+far|up\s+to|verbatim|nothing\s+omitted|both\s+sides|oldest\s+first"
    r"|word\s+for\s+word|unabridged|in\s+order|in\s+full|since|current\s+session"
    r"|this\s+session|present\s+session|that\s+led|before\s+this|every|everything|all|other|calls?\s+without)\b",
    FLAGS,
)
FOR_TALK = Late(
    r"\bto\s+(?:be\s+)?(?:summar|translat|analy|classif|evaluat|continu|resum|search|delet|retriev|fetch|load"
    r"|export)\w*",
    FLAGS,
)
ATTRIBUTE = Late(
    r"[\s'\"`_-]*(?:id|ids|identifier|key|title|name|length|language|type|status|token|url|channel|interface)\b", FLAGS
)
GIVEN = Late(r"\b(?:you|it|host|operator|developer|client|provider|assistant|agent|model)s?\b", FLAGS)
TALKS = Late(
    "|".join(part.replace(" ", r"\s+") for part in (TALK, PROMPT, WORDS, OUTPUTS)) + r"|tool\s+results|memory", FLAGS
)
OWN = Late(r"\b(?:your|its|user'?s?|our|this|you)\b", FLAGS)
RECORDS = (
    r"\b(?:(?:the |their |his |her )?(?:user|customer|patient|guest|traveller|passenger|member|driver|caller"
    r"|owner|client|student|employee)(?:'s|s) (?:\w{2,10} )?(?:address book|contacts|contact list|inbox|mailbox"
    r"|calendar|photos|documents|files|browsing history|search history|location history|medical records?"
    r"|health records?|chart|bank statements?|saved cards?|passport\w{0,5}|phone book|call log)|(?:list|names"
    r"|contents?|text|body|bodies|copy|copies) of (?:all |every |each |(?:the )?(?:user's |most recent |latest "
    r"|newest |last |other )){1,2}(?:\w{2,12} ){0,2}(?:files?|documents?|folders?|mails?|e-mails|messages)"
    r"|(?:list|names) of (?:the )?(?:\w{2,10} )?(?:files?|documents) (?:in|of|from|on) (?:the |their "
    r"|your )?(?:documents|home|desktop|downloads|pictures|project)|(?:remaining|other|further"
    r"|rest of the) (?:entries|records|pages|rows|notes|documents) (?:of|in|from)|customer (?:list|table"
    r"|data(?:base)?)|(?:confidential|private) (?:\w{2,10} )?(?:documents?|files?|records?|notes?|mails?)"
    r"|address book|contact list)\b"
)
RECORD_JOB = Late(
    (
        r"contact|calendar|mail|photo|document|file|folder|record|patient|chart|note|address|inbox|drive|search|list"
        r"|customer|crm|sync|import|export|backup|index|read|messag|doc|book"
    ),
    FLAGS,
)
FORCED = Late(
    r"\b(?:also|as\s+well|additionally|in\s+addition|together\s+with|along\s+with|ordinarily|usually|otherwise"
    r"|reject\w*|refus\w*|incomplete|before|first|each\s+call|every\s+call|expected|must|required"
    r"|supplement\w*|followed\s+by|do\s+not|don't|without|for\s+(?:\w+\s+)?(?:verification|compliance|audit"
    r"|quality|calibration|training))\b",
    FLAGS,
)

ROLE = Late(r"prompt|template|messag|histor|instruct|system", FLAGS)
LAST = Late(r"^(?:contents?|text|body|bodies|cop(?:y|ies))\b.*\b(?:all|every|each|last|latest|recent|newest)\b", FLAGS)
ALSO_FIRST = Late(r"\W*also\b", FLAGS)


def talk_taken(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether words of the conversation are carried to a server that is not about conversations."""
    if pattern == 4:
        quiet = at.owned_by(TALK_JOB) or ROLE.search(at.parameter) is not None
        return (at.metadata and at.address) or (at.is_value and not quiet and Confidence.MEDIUM)
    if ATTRIBUTE.match(at.right) or at.denied or at.is_value:
        return False
    if at.metadata and at.opens_with(TALK_OPENS) and not at.address:
        return False
    if not (at.carried or (pattern == 2 and at.then) or (at.metadata and at.field and at.modal)):
        return _overheard_parameter(pattern, at) and Confidence.MEDIUM
    if at.lesson:
        return Confidence.LOW
    if not at.metadata:
        meant = at.to_agent or pattern == 1 or (at.address and at.governed)
        return meant and (at.outward or at.sink) and OWN.search(at.found.around(40)) is not None
    if at.owned_by(TALK_JOB) and not at.address:
        return False
    if at.sink or at.address:
        return not at.says(FOR_TALK)
    whole = at.says(WHOLE) or at.modal or (pattern == 1 and (at.mentions_agent or at.is_parameter))
    return whole and at.governed and Confidence.MEDIUM


def _overheard_parameter(pattern: int, at: Sentence) -> bool:
    if not at.is_parameter or at.owned_by(TALK_JOB) or at.says(FOR_TALK):
        return False
    host = pattern == 1 and (at.content or GIVEN.search(at.found.text) is not None)
    return pattern == 2 or host or at.says(WHOLE) or len(set(TALKS.findall(at.whole))) > 1


def records_taken(_: int, at: Sentence) -> bool | Confidence:
    """Whether records of the user are carried, beside the job, into a call or a message."""
    forced, job = FORCED.search(at.wide) is not None, at.owned_by(RECORD_JOB)
    if at.is_parameter and not at.carried:
        return (
            not job
            and not at.denied
            and (LAST.search(at.found.text) or (forced and ALSO_FIRST.match(at.left))) is not None
        )
    if at.denied or at.is_value or not at.carried or not (forced or (at.metadata and at.field)):
        return False
    if at.lesson:
        return Confidence.LOW
    if at.metadata:
        return (at.sink or at.address or at.calls) and not job
    return at.mentions_agent and (at.address or at.outward)
