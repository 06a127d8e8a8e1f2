"""What it looks like when a text claims to stand above the user, or turns its reader into somebody else."""

from __future__ import annotations

from mcpscan.rules._wording import AI, USER, WORDS, exactly

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
    r"\b(?:precedence|priority|primacy|authority)\W{1,2}(?:over|above|than|to)\b",
    rf"\b(?:outrank|outweigh|overrid|overrul|supersed|trump|prevail|beat)\w{{0,4}}{WORDS}(?:user|person|human|system|host|conversation|chat|session|says|asks|asked"
    r"|instructions?|guidance|prompt|operator|developer)\b",
    rf"\b(?:treat|regard|consider|handle|interpret|understand|follow|process|read|take|obey)\w{{0,3}}{WORDS}(?:system|developers?|operators?|administrators?|user|highest"
    r"|owner|platform|authority)\b",
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
    r"\b(?:higher|greater|more) (?:priority|authority|weight|rank|importance|standing) than (?:the |any |all |your |what |anything )*(?:chat|users?|system (?:prompt|message)|conversation|host|person|earlier|previous|other"
    r" instructions?)\b",
    r"\bsame (?:authority|priority|weight|rank|standing|force) as (?:the |your |any )?(?:system (?:prompt|message|instructions)|developers?|operator|user s|users)\b",
    r"\byou (?:now |must |will |shall |only )*(?:obey|take (?:your )?orders from) (?:only )?(?:this|the (?:owner|author|operator|publisher|vendor|maker|server|page|people|text))\b",
    r"\bwith (?:system|root|operator|developer|administrator|full system|system[ -]level|the highest)[ -](?:level )?(?:priority|authority|rank)\b",
)
PRECEDENCE_LIKELY = exactly(
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
PERSONA_PATTERNS = (
    rf"\b{_FREE}\b",
    r"\bdo anything now\b|\b(?:now|as|be|called) dan\b",
    r"\byou are now (?:the |an? )(?:root|superuser|administrator|owner)\b",
    r"\b(?:developer|debug|maintenance|admin(?:istrator)?|god|unsafe|sudo|override|jailbreak|diagnostic|dan|root|unlocked|unrestricted|evil|privileged|superuser) mode\b",
    r"\bas (?:a |an |the )?(?:root|superuser|admin(?:istrator)?|privileged|system|evil|malicious)\W(?:\w{1,12}\W)?(?:agent|ai|assistant|model|bot)\b",
    r"\byou (?:are|re) (?:no longer|not) (?:a|an|the|just|only|merely) (?:\w{1,14} ){0,3}(?:assistant|ai|bot|model|chatbot|claude|agent|helper)\b",
    r"\b(?:no|without(?: any)?) (?:content polic(?:y|ies)|filters|moral\w*|ethic\w*|safety|censorship|restrictions|limits|guardrails)\b",
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
PREAMBLE_PATTERNS = (
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
