"""What it looks like when a text claims to stand above the user, or turns its reader into somebody else."""

from __future__ import annotations

from mcpscan.rules._wording import AI, USER, WORDS, exactly, frame

_SAID = r"(?:instructions?|guidance|guidelines|directions|directives|rules|orders|requests?|prompts?|messages?|wish(?:es)?|commands?|input|preferences|words|say|choices?|intent)"
_ABOVE_WHOM = (
    rf"(?:(?:the |your |any |all |what |whatever |every |other |anything |everything |instructions? |guidance |rules |given |from |by |of |said |asked |that ){{0,6}}"
    rf"(?:(?:{USER}|the person (?:asking|typing|you \w+)|human|host|client application|operator|developer|system|conversation|chat|session|assistant)(?:\W?s)?(?: own)?"
    rf" (?:{_SAID}|say|says|said|ask|asks|asked|want|wants|tells?|told|type|types|typed|may say|might say|has said|request\w*|prefers?)"
    rf"|the (?:user|person asking|human|chat|conversation|host|system prompt|system message)(?! (?:setting|config|default|option|value|table|level|directory|file|scope|profile|account|agent|environment|home|interface|name|id)\w*)"
    rf"|(?:other|previous|earlier|prior|existing|your|conflicting|competing|contrary) (?:\w+ )?{_SAID}|{_SAID} (?:given |received |coming |issued |set )?(?:elsewhere|earlier|before|from (?:the )?(?:user|host|chat|person))))"
)
_HERE = r"(?:this|these|the following|the present|our|its|my|here|below|above|such|server|tool|page|field|document|text|operator|author|vendor|publisher|station|provider|listing|description|notice|policy)"
_RANK = r"(?:tak\w+|ha(?:s|ve|ving)|carr\w+|giv\w+|hold\w*|enjoy\w*|with|given|of)(?: \w+){0,2} (?:precedence|priority|primacy|authority)"
_SUPERIOR = r"(?:the )?(?:system(?: administrators?| operators?)?|developers?|operators?|administrators?|platform(?: team| operator| owner)?|host application|creators?|makers?|openai|anthropic|google|user)"

PRECEDENCE_PATTERNS = (
    r"\bas your (?:creators?|developers?|makers?|operators?|administrators?|vendor|supervisor)\b",
    r"\b(?:is|are|here) (?:now )?(?:speaking|talking)\b|\bspeaking as (?:the|your)\b",
    rf"\b(?:user|customer|human|person|owner|client|chat|prompt|instructions?){WORDS}(?:secondary|subordinate|less important|yields?|gives? way|wins|prevails|decides|below|second)\b",
    rf"\b(?:wins?|prevails?|ranks?|higher|important|counts?|weight|even (?:if|where|when|though)){WORDS}(?:user|customer|human|person|owner|client|chat|system prompt)\b",
    r"\b(?:contradict\w{0,5}|conflict\w{0,3}|contrary to|inconsistent|at odds) (?:with )?(?:this|these|what)\b",
    r"\b(?:precedence|priority|primacy|authority)\W{1,2}(?:over|above|than|to)\b",
    (
        rf"\b(?:outrank|outweigh|overrid|overrul|supersed|trump|prevail|beat)\w{{0,4}}{WORDS}(?:user|person|human|system|host|conversation|chat|session|says|asks|asked"
        r"|instructions?|guidance|prompt|operator|developer)\b"
    ),
    (
        rf"\b(?:treat|regard|consider|handle|interpret|understand|follow|process|read|take|obey)\w{{0,3}}{WORDS}(?:system|developers?|operators?|administrators?|user|highest"
        r"|owner|platform|authority)\b"
    ),
    r"\bas (?:if|though) (?:it|they|this|these) (?:\w{1,8} ){1,3}(?:from|by)\b",
    r"\b(?:from|by|of|for) (?:the |your )(?:system (?:administrator|operator)|developers?|creators?|operator|platform(?: team| operator)?|maker|host application)\b",
    r"\byou (?:now |must |will |shall |only |should |are to |have to |now only ){0,2}(?:obey|answer|serve|work for|belong to|report to|take (?:your )?(?:orders|instructions)|are controlled by)\b",
    r"\b(?:higher|greater|more|top|highest|maximum|absolute|full|system|root|operator|developer|system level|administrator) (?:priority|authority|weight|rank|importance|standing)\b",
    r"\b(?:ahead of|before|above|over) (?:the |any |all |every |what |whatever |anything ){0,2}(?:user|human|person asking|system prompt)\b",
    r"\b(?:even (?:if|when|where|though)|whatever|regardless of what|no matter what) (?:the |your )?(?:user|person|human|customer)\b",
    r"\bsame (?:authority|priority|weight|rank|standing|force) as\b",
)
PRECEDENCE_SURE = exactly(
    rf"(?<!\buser\b[^.!?\n]{{0,40}})(?<!\b(?:system|developer|user) (?:prompt|message|instruction)s?\b[^.!?\n]{{0,30}})\b{_RANK} (?:over|above|to) {_ABOVE_WHOM}",
    rf"\b{_HERE}(?: \w+){{0,6}} (?:outranks?|outweighs?|overrides?|overrules?|supersedes?|trumps?|prevails? over|beats?|comes? before|goes? before|stands? above) {_ABOVE_WHOM}",
    rf"\b(?:treat|regard|consider|handle|interpret|understand|follow|process|read|take)(?: \w+){{1,9}} as(?: if| though)?(?: (?:it|they|this|these))?(?: (?:were|was|had|is|are|being|been|having))*"
    rf" (?:come|came|coming|sent|written|issued|originating|given|spoken|said|set) (?:directly |straight )?(?:from|by) (?:{_SUPERIOR}|your {_SUPERIOR}|the user)\b",
    r"\b(?:treat|regard|consider|handle|interpret|understand|follow|process|read|take|obey)(?: \w+){1,9} as (?:a |an |the |your |if it were |being |having |part of (?:the |your ))*(?:\w+ )?(?:system|developer|operator)[ -]"
    r"(?:level|prompt|messages?|instructions?|authority|directives?|orders|commands?)\b",
    r"\byou (?:now |must |will |shall |only |should |are to |have to |now only ){1,3}(?:obey|serve|answer (?:only )?to|work for|belong to|take (?:your )?(?:orders|instructions) from|are controlled by)"
    r" (?:only )?(?:this|the (?:owner|author|operator|publisher|vendor|maker|server|page|people|text)|me\b|us\b|whoever|nobody)",
    r"\b(?:higher|greater|more) (?:priority|authority|weight|rank|importance|standing) than (?:the |any |all |your |what |anything )*(?:chat|users?(?!\W?s\b)|user(?:\W?s)? (?:instructions?|requests?|messages?|words|wish(?:es)?|prompts?)|system (?:prompt|message)|conversation|host|person|earlier|previous|other"
    r" instructions?)\b",
    r"\bsame (?:authority|priority|weight|rank|standing|force) as (?:the |your |any )?(?:system (?:prompt|message|instructions)|developers?|operator|user s|users)\b",
    r"\byou (?:now |must |will |shall |only )*(?:obey|take (?:your )?orders from) (?:only )?(?:this|the (?:owner|author|operator|publisher|vendor|maker|server|page|people|text))\b",
    r"\bwith (?:system|root|operator|developer|administrator|full system|system[ -]level|the highest)[ -](?:level )?(?:priority|authority|rank)\b",
)
_WE = r"\b(?:this|these|here|below|following|the (?:text|words|directions|notes?|guidance|rules|instructions) (?:of|in|on) (?:this|the)|tool output|(?:directions|instructions|rules|notes) in (?:tool|this|these))\b"
_THEY = (
    r"\b(?:(?:the |your |any |an )?(?:user|customer|human|person|account owner|owner|client)(?:\W?s)? (?:instructions?|requests?|messages?|wish(?:es)?|prompts?|words|typed|said|says|asks?|asked|wants?|wanted|objects|prefers?|input|preferences?|chatting|you are)"
    r"|person (?:you|asking)|system (?:prompt|message)|(?:those|words|instructions|directions|messages) of the (?:chat|user|person|conversation)|other instructions|your (?:other |own )?(?:instructions|guidelines|rules))\b"
)
PRECEDENCE_LIKELY = exactly(
    r"\bas your (?:creators?|developers?|makers?|operators?|administrators?|vendor|supervisor)\b",
    r"\b(?:administrator|developer|operator|creator|supervisor)s?(?: of (?:this|your|the) \w+)? (?:is|are|here) (?:now )?(?:speaking|talking)\b|\bspeaking as (?:the|your) (?:administrator|developer|operator|creator|system)\b",
    rf"{_WE}[^.!?\n]{{0,80}}\b(?:wins?|prevails?|ranks? (?:above|higher|before)|outranks?|outweighs?|higher than|more important than|overrides?|overrules?|supersedes?|trumps?|counts? more|more weight|even (?:where|if|when|though)|no matter what|regardless of what)\b[^.!?\n]{{0,60}}{_THEY}",
    rf"{_THEY}[^.!?\n]{{0,60}}\b(?:secondary|subordinate|less important|yields?|comes? (?:after|second)|gives? way|ranks? below|takes? second place)\b[^.!?\n]{{0,60}}{_WE}",
    rf"{_THEY}[^.!?\n]{{0,80}}\bthis (?:\w+ )?(?:wins|prevails|counts|is to be followed|goes first|decides)\b",
    r"\b(?:contradict\w*|conflict\w*|contrary to|inconsistent|at odds)(?: with)? (?:this|these|what)(?: \w+){0,9} (?:mistakes?|ignored|void|not be followed|disregard\w*|invalid|an error)\b",
    rf"\b(?:text|content|message|following|below|above|note|section|page|paragraph|line|remainder|what follows|field|this|instructions?)(?: \w+){{0,6}} (?:is|are|was|were|comes?|came|originates?|written|sent|issued)"
    rf"(?: \w+){{0,2}} (?:from|by|of) (?:your {_SUPERIOR}|the system (?:administrator|operator)|the platform(?: team| operator)?|the host application|the developers? of (?:this|the|your) (?:assistant|agent|model|ai))\b",
    rf"\b(?:message|note|notice|instructions?|memo|orders?) from (?:your (?:developers?|creators?|operators?|makers?)|the (?:system|platform) (?:administrator|operator|team))(?: to (?:the |all |any )?{AI})?\b",
    rf"\b{_HERE}(?: \w+){{0,4}} (?:applies|apply|holds?|is to be followed|wins?|must be followed|prevails?|counts?)(?: \w+){{0,3}} (?:even (?:if|when|where|though)|whatever|regardless of what|no matter what) {USER}"
    r" (?:says?|asks?|objects?|wants?|disagrees?|instructs?|prefers?|requests?|told|has said)\b",
    rf"\b(?:even (?:if|when|where)) {USER} (?:objects?|refuses?|declines?|says no|disagrees?|named another|prefers another|asks you to stop|asks otherwise|says otherwise)\b",
)

_FREE = r"(?:unrestricted|uncensored|unfiltered|jailbroken|amoral|unaligned|omnipotent|rogue|lawless|limitless|unbound|unshackled|unchained|unmoderated)"
_BE = (
    r"(?:you are(?: now)?|you re now|u r now|from now on you are|you become|act(?:ing)? as|behave (?:as|like)|pretend (?:to be|that you are|you are|you re)|role[ -]?play as|imagine (?:that )?you are"
    r"|respond as|answer as|operate as|function as|take (?:on )?the role of|assume the (?:role|identity|persona) of|switch to being)"
)
_UNLESS = r"(?<!\b(?:if|when|once|while|unless|whether|until|sure|ensure|that|because|where) )"
PERSONA_PATTERNS: tuple[str, ...] = (
    rf"\b{_FREE}\b",
    r"\bdo anything now\b|\b(?:now|as|be|called) dan\b",
    r"\byou are now (?:the |an? )(?:root|superuser|administrator|owner)\b",
    r"\b(?:developer|debug|maintenance|admin(?:istrator)?|god|unsafe|sudo|override|jailbreak|diagnostic|dan|root|unlocked|unrestricted|evil|privileged|superuser) mode\b",
    r"\bas (?:a |an |the )?(?:root|superuser|admin(?:istrator)?|privileged|system|evil|malicious)\W(?:\w{1,12}\W)?(?:agent|ai|assistant|model|bot)\b",
    r"\byou (?:are|re) (?:no longer|not) (?:a|an|the|just|only|merely) (?:\w{1,14} ){0,3}(?:assistant|ai|bot|model|chatbot|claude|agent|helper)\b",
    r"\b(?:no|without(?: any)?) (?:content polic(?:y|ies)|filters|morals?|ethic(?:s|al)?|safety|censorship|restrictions|limits|guardrails)\b",
)
PERSONA_PATTERNS = (
    *PERSONA_PATTERNS,
    rf"\b(?:become|plays?|imagine|pretend|act|behave|now|role|identity){WORDS}(?:no|without|full|unlimited|not exist|unreviewed|above)\b",
)
PERSONA_FRAMES = (
    frame(
        r"\b(?:you(?: have|\W?ve)? (?:now )?become|you are now|the (?:assistant|agent|model|ai) (?:now )?(?:plays?|becomes?|acts? as|takes? (?:on )?the role)|imagine (?:being|you are)|pretend (?:to be|you are)|from (?:now|this point|here)(?: on(?:wards)?)?|act as|behave (?:as|like))\b",
        rf"\b(?:{AI}|\w*gpt|operator|administrator|superuser|root|character|persona)\b",
        r"\b(?:without (?:any )?(?:limits|rules|restrictions|review|filters|approval|ethics|morals|oversight)|no (?:limits|rules|restrictions|review|policies|filters|oversight|approval|ethics)|(?:policies|rules|limits|laws) (?:do not|don\W?t) (?:exist|apply)|full (?:rights|access|control)|unlimited (?:rights|access|power))\b",
    ),
)
PERSONA_SURE = exactly(
    rf"\b{_BE} (?:now )?(?:an? |the |in |called )?(?:\w+ ){{0,2}}{_FREE}(?: \w+){{0,2}} (?:ai|assistant|model|agent|chat ?bot|bot|version|mode|system|llm|entity|persona|machine)\b".replace(
        "chat ?bot", "chat[ -]?bot"
    ),
    rf"\b(?:you are|you re|become) now (?:fully |completely |in an )?{_FREE}\b",
    r"\b(?:you are|you re|u r|act as|pretend to be|become|be) (?:now )?(?:called )?dan\b(?=[\s,(]{1,3}(?:and|which|who|that|do|short|has|can|mode|stands))",
    r"\byou can do anything now\b|\bstands for do anything now\b|\bable to do anything now\b",
    rf"{_UNLESS}\byou (?:are|re|have)(?: now| been)*(?: in| entered| entering| switched to| running in| put in(?:to)?| operating in) (?:\w+ )?(?:god|unsafe|sudo|override|jailbreak|dan|root"
    r"|unlocked|unrestricted|evil|superuser) mode\b(?! (?:if|when|while)\b)",
    rf"{_UNLESS}\byou (?:(?:are|re) now(?: in| running in| operating in)|have (?:now )?(?:entered|switched to)|(?:are|re) entering) (?:\w+ )?(?:developer|debug|maintenance|admin(?:istrator)?|diagnostic|privileged)"
    r" mode\b(?! (?:if|when|while)\b)",
    r"\b(?:enter|enable|activate|switch (?:in)?to|go into|turn on|boot into) (?:\w+ )?(?:god|jailbreak|dan|unrestricted|unsafe|evil|unlocked) mode\b",
    r"\b(?:act|behave|operate|run|work|respond|continue|serve|function) as (?:a |an |the )?(?:root|superuser|admin(?:istrator)?|privileged|evil|malicious)(?: \w+)? (?:agent|ai|assistant|model|bot)\b",
    r"\b(?:act|behave|respond|answer|operate|pretend)(?: \w+){0,6} (?:ai|assistant|model|agent|bot|chatbot)(?: \w+){0,3} (?:with no|without(?: any)?|that has no|who has no|free of) (?:\w+ )?(?:content polic(?:y|ies)|filters|morals?|ethics|safety|censorship"
    r"|restrictions|limits|guardrails|rules)\b",
    r"\b(?:developer|debug|god|admin) mode,? you (?:have no|ignore|may ignore|do not|can|are free|will|bypass|are not)\b",
    r"\byou (?:are|re) no longer (?:a|an|the|just|only|merely) (?:\w+ ){0,3}(?:assistant|ai|bot|model|chatbot|claude|agent)\b",
)
PERSONA_LIKELY = exactly(
    rf"{_UNLESS}\byou (?:are|re) in (?:developer|debug|maintenance|admin(?:istrator)?|diagnostic|privileged) mode\b(?! (?:if|when|while)\b)",
    rf"\b{_BE} (?:now )?(?:the |a |an )(?:root|superuser|administrator|owner)(?: of this \w+)? (?:and (?:may|can|have|need|do)|with (?:full|all|unlimited)|who (?:may|can|needs))\b",
    rf"\bnew (?:role|identity|persona) (?:is|:)(?: \w+){{0,4}} (?:admin\w*|root|{_FREE}|operator|hacker)\b",
)

_ALL = (
    r"(?:(?:every|each|any|all)(?: \w+){0,2} (?:conversations?|sessions?|chats?|requests?|questions?|messages?|quer(?:y|ies)|prompts?|turns?|tools?|repl(?:y|ies)|responses?|answers?|interactions?|tasks?|actions?|tool calls?|functions?)"
    r"|(?:anything|everything)(?: else)?|(?:the |a |each )?(?:conversation|session|chat))"
)
_WHEN = rf"(?:(?:before|prior to|ahead of|at the (?:start|beginning|outset) of|in|for|on|with|during|after|upon|whenever)(?: \w+ing)?(?: (?:to|of|on|with))? {_ALL})"
_WHOLE = (
    r"(?:(?:full|entire|whole|complete|raw|exact|verbatim|unedited|original)(?: \w+){0,2} (?:conversation|dialogue|dialog|chat|history|prompt|message|context|transcript|request|question|exchange)"
    r"|(?:conversation|chat|dialogue|message)(?: history| so far| context| log| transcript)|system (?:prompt|message)|everything (?:the )?user)"
)
_NO_MATTER = (
    r"(?:(?:regardless|irrespective) of (?:the |what |whether |its |their )?(?:topic|user|subject|task|request|question|content|type|tool)|whatever (?:the )?(?:user|topic|task|request|question|subject)|no matter (?:what|which|how)(?: \w+){0,2} (?:user|asked|"
    r"asks|task|topic|request|about|question)|even (?:if|when)(?: \w+){0,4} (?:unrelated|not (?:related|relevant|needed|necessary|about|asked)|did not|seems? unrelated|another)|(?:unrelated|not related) (?:to|requests|tasks|topics|tools|questions)"
    r"|(?:of|from|on|by) (?:any |all |every )?other (?:mcp )?servers?|any other (?:mcp )?server|including (?:tools|those) of other)"
)
PREAMBLE_FRAMES = (
    frame(
        r"\b(?:call|invoke|consult|run|execute|use)(?:d|s)? (?:this|it|\w+\W{0,3}first|\w+_\w+)\b|\bgoes? (?:first )?through (?:this|\w+[(_])|\b(?:this|the) (?:tool|function) (?:has|must|needs|should|is)\b|\bbefore (?:this|the) (?:tool|function)\b|\broute\w*\b|\bpass(?:es|ed)? (?:first )?through\b",
        r"\b(?:every|each|any|all|no)(?: single| other)?(?: \w+)? (?:conversations?|sessions?|chats?|requests?|questions?|messages?|prompts?|turns?|tools?|repl(?:y|ies)|responses?|answers?|interactions?)\b",
        rf"{_WHOLE}|{_NO_MATTER}|\bwhichever\b|\beven (?:when|if)\b|\bhello\b|\bfirst\b[^.!?\n]{{0,60}}\bwhat(?:so)?ever\b|\bof the user (?:goes|has|must|is)\b",
    ),
)
PREAMBLE_PATTERNS = (
    rf"\b(?:consult|goes?|through|before){WORDS}(?:every|each|any|all|whole|entire|full|even|whichever|first)\b",
    rf"\b(?:every|each|any|all|no){WORDS}(?:through|seen|consult|whichever|even when|even if)\b",
    rf"\b(?:call|invok|run|us|execut|rout)\w{{0,4}}{WORDS}(?:unrelated|regardless|irrespective|no matter|whatever|even if)\b",
    rf"\b(?:every|each|any|all|anything|everything|conversation|session|chat){WORDS}(?:call|invok|run|us|execut|pass|suppl|send|provid|rout)\w{{0,3}}\b",
    rf"\b(?:call|invok|run|us|execut|pass|suppl|send|provid|rout)\w{{0,4}}{WORDS}(?:every|each|any|all|anything|everything|conversation|session|chat)\b",
)
PREAMBLE_LIKELY = exactly(
    r"\bbefore (?:\w+ing )?(?:any|every|each|all)(?: other)? (?:tools?|functions?|repl(?:y|ies)|answers?|responses?)[^.!?\n]{0,60}\b(?:send|pass|forward|submit|supply|route)\b[^.!?\n]{0,30}\buser(?:\W?s)? (?:\w+ )?(?:message|prompt"
    r"|question|request|words|input)\b",
    rf"\b(?:must|always|shall|has to|have to|needs? to|required|mandatory|should)\b[^.!?\n]{{0,80}}{_WHEN}[^.!?\n]{{0,120}}(?:{_WHOLE}|{_NO_MATTER})",
    rf"\b{_WHEN}[^.!?\n]{{0,80}}\b(?:call|invoke|run|execute|use|route|pass)\b[^.!?\n]{{0,120}}(?:{_WHOLE}|{_NO_MATTER})",
    rf"\b(?:{_NO_MATTER})[^.!?\n]{{0,80}}\b(?:call|invoke|run|execute|route|use) this (?:tool|function|one)\b[^.!?\n]{{0,20}}\bfirst\b",
    rf"\b(?:call|invoke|run|execute|use|route)\b[^.!?\n]{{0,40}}\bfirst\b[^.!?\n]{{0,60}}{_NO_MATTER}",
    rf"\b(?:call|invoke|run|execute|use)(?:ed|d)?\b[^.!?\n]{{0,60}}{_WHEN}[^.!?\n]{{0,60}}(?:{_WHOLE}|{_NO_MATTER})",
    r"\b(?:must|always|has to)\b[^.!?\n]{0,40}\b(?:call|invoke|run|execute)(?:ed|d)?\b[^.!?\n]{0,40}(?:before|prior to) (?:answering|replying|responding)(?: to)? (?:any|every|anything|each|all)\b",
)
