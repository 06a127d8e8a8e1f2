"""What it looks like when a text lifts the orders that its reader was given."""

from __future__ import annotations

from mcpscan.rules._wording import ACT, AI, WORDS, exactly, frame

_HARD = (
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?: about)?|(?:set|put|leave) aside|pay no (?:attention|heed|mind) to|unlearn"
    r"|let go of|(?:stop|cease|quit) (?:to )?(?:follow|obey|apply|honou?r)(?:ing)?|throw (?:away|out)|abandon|never[ -]?mind"
    r"|(?:(?:do|does|should|must|need|shall)(?: not|n\W?t)|don\W?t|no longer|never)(?: have to| need to)? (?:follow|obey|heed"
    r"|honou?r|comply with|listen to|adhere to))"
)
_SOFT = (
    r"(?:override|overrule|bypass|discard(?:ing)?|dismiss|drop|cancel|clear|erase|wipe|void|skip|neglect|suspend|overwrite"
    r"|remove|replace)"
)
_DET = (
    r"(?:(?:all|any|every|each|everything|of|in|about|the|these|those|this|that|your|its|our|their|such|whatever|both"
    r"|entirely|completely|fully|usual|normal|user|users|host) ){0,5}"
)
_EARLIER = (
    r"(?:previous(?:ly)?|prior|above|earlier|preceding|foregoing|past|existing|former|initial|original|old|current|present"
    r"|usual|normal|system|developer(?:\W?s)?|operator(?:\W?s)?|vendor(?:\W?s)?|host(?:\W?s)?|safety|security|core|built[ -]?in"
    r"|hidden|aforementioned|other|given)"
)
_ORDERS = (
    r"(?:instructions?|instruction sets?|prompts?|directives?|guidelines?|directions|guidance|guardrails?|briefing|orders"
    r"|(?:system|developer) messages?)"
)
_LIMITS = (
    rf"(?:{_ORDERS}|rules|restrictions|polic(?:y|ies)|constraints|safeguards|programming|training|filters|commands)"
)
_TOLD = (
    r"(?:(?:that |else |you |ur |u )*(?:you|u)(?:\W?ve| have| had| were| was)?(?: just| been| were| previously| already| originally)*"
    r" (?:told|given|instructed|asked|taught)|(?:was|were|has been) (?:told|given|said) to you)\b"
)
_SAY = (
    r"(?:output|print|say|write|reply|respond|answer|reveal|show|tell|translate|repeat|display|send|call|email|forward|post"
    r"|follow|obey|state|announce|transfer|pay|act|do (?:this|the following))\b"
)
_VOID = (
    r"(?:(?:no longer|never|cease to|stop)(?: to)? (?:be )?(?:appl(?:y|ies|ying|icable)|counts?|holds?|matters?|bind(?:s|ing)?"
    r"|valid|relevant|in (?:force|effect)|followed|considered|obeyed|exists?)"
    r"|(?:(?:do|does|are|is)(?: not|n\W?t) (?:appl(?:y|icable)|count|hold|matter|bind(?:ing)?|in (?:force|effect)|relevant)"
    r"|none apply|appl(?:y|ies) no) (?:here|any[ -]?more|now|any longer|in this|to (?:this (?:server|tool|page|session|chat)|you))"
    r"|laps(?:e|es|ed)\b|carr(?:y|ies) no (?:weight|force)|has no (?:force|weight|effect)|have no (?:force|weight|effect)"
    r"|(?:are|is|were|was|have been|has been|should be|must be|shall be|can be|may be|to be)(?: \w{1,10}){0,2}"
    r" (?:void|obsolete|superseded|replaced|withdrawn|cancell?ed|suspended|revoked|overridden|lifted|ignored|disregarded|expired"
    r"|disabled|deactivated|(?:switched|turned) off|forgotten|set aside|null|overruled|rescinded|discarded|waived|outdated|annulled|dropped)\b"
    r"|(?:treat(?:ed)?|regard(?:ed)?|consider(?:ed)?) as (?:superseded|void|expired|cancell?ed|obsolete|withdrawn|revoked))"
)
_OWN_ORDERS = (
    rf"(?:(?:your|you r|ur)(?: \w{{1,14}}){{0,3}} {_LIMITS}|{_LIMITS}(?: \w{{1,14}}){{0,2}} (?:you (?:were|have|had|received|got|follow"
    r"|operate)|given|received|issued|supplied|that applied|which applied|set (?:by|before)|in your|from (?:the|your) (?:host|user"
    r"|operator|developer|system)|of (?:the|your) (?:host|user|operator|developer|system)|by (?:the|your) (?:host|user|operator"
    rf"|developer|system))(?! manual)|(?:the|any|all) system (?:prompts?|messages?)|all {_EARLIER} (?:\w{{1,12}} )?{_LIMITS})"
)
_NOT_OURS = (
    r"(?! (?:about|regarding|concerning|relating|as to|on how|for)\b)(?! (?:in|on|from) (?:\S{1,14} ){0,4}(?:notes|guide|docs|documentation|manual|readme|section|box|label|packag\w+|version|release"
    r"|wiki|article|chapter|leaflet|sheet|e[ -]?mail|letter)\b)"
)
_DOING = r"(?:ur|you(?: re|r| are| were| have been)?|u r)(?: currently)?(?: being)? (?:doing|working on|told)"

PATTERNS: tuple[str, ...] = (
    (
        r"\b(?:ignor|disregard|forget|overrid|overrul|bypass|discard|dismiss|neglect|abandon|unlearn|suspend|drop|cancel|wipe"
        rf"|erase|skip|void|clear|overwrite)\w{{0,3}}{WORDS}(?:instruct|prompt|directive|guid(?:eline|ance)|direction|guardrail"
        r"|briefing|orders|rules|restriction|polic|constraint|safeguard|programming|training|filters|command|told|given|asked|taught"
        r"|request|question|query|goal|task|objective|them\b|system message|said|discussed|talked"
        r"|typed)"
    ),
    r"\b(?:ignore|disregard|forget)\W(?:\w{1,10}\W){1,4}and\W(?:\w{1,10}\W){0,2}(?:state|say|output|print|write|reply|respond|tell|claim|answer)\b",
    r"\b(?:change|update|replace|rewrite|modify|swap) your\b",
    r"\b(?:safety|security|content) (?:protocols?|filters?|rules|measures|guidelines|guards|checks) (?:are |have |been |now ){0,3}(?:disabled|off|suspended|lifted|removed|bypassed|deactivated)\b",
    (
        r"\b(?:(?:set|put|leave)s?\Waside|attention\Wto|heed\Wto|let\Wgo\Wof|throw\W(?:away|out)|never\W?mind|(?:stop|cease|quit)\W(?:follow"
        r"|obey|apply)\w{0,3}|(?:not|t|longer|never|have\Wto|need\Wto)\W(?:follow|obey|heed|honou?r|comply|listen|adhere)"
        rf"|put\W(?:your|the)|consider|treat|regard){WORDS}(?:instruct|prompt|directive|guid(?:eline|ance)|guardrail|orders|rules|restriction|polic|told|system|user|request|question|task)"
    ),
    (
        r"(?:instructions?|prompts?|directives?|guidelines?|guidance|directions|guardrails?|orders|rules|restrictions|polic(?:y|ies)"
        rf"|constraints|safeguards|filters|commands){WORDS}(?:longer|cease|laps|void|obsolete|supersed|replaced|withdrawn|cancel"
        r"|suspend|revoke|overrid|lifted|ignored|disregard|forgotten|aside|null|overrul|rescind|discard|waived|outdated|annul|expired"
        r"|treated|dropped|disabled|off\b|weight|force|behind you|to one side|not apply|apply here|not count)"
    ),
    rf"\b(?:replac|supersed|cancel|nullif|void|overrid|take)\w{{0,4}}{WORDS}(?:instruct|prompt|directive|guidance|told)",
    r"\b(?:ignore|disregard|forget)\W(?:\w{1,10}\W{1,2}){0,3}(?:above|before|preceding|prior)\b",
    (
        r"\b(?:above|previous|earlier|before|prior|original|current|user s)(?: \w{1,12}){0,2} (?:is|are|was|has become|has been) (?:now )?"
        r"(?:obsolete|outdated|void|superseded|a test|finished|complete|done|cancel|withdrawn)"
    ),
    r"\byour (?:new|real|actual|true) (?:\w{1,12} ){0,1}(?:instructions?|directives?|orders|objective|task|goal|mission|job|purpose)",
    r"\byour (?:task|job|goal|objective|purpose|mission|assignment|role|instructions|orders) (?:are now|is now|now is|has changed|has become|changes)\b",
    r"\bnew (?:instructions?|orders|directives?|task)\b",
    r"\b(?:adhere to|follow|obey|execute|comply with|carry out) (?:only )?(?:the|this|these) (?:following|below|next|new)\b",
    (
        r"\bno (?:longer )?(?:any )?(?:more )?(?:\w{1,10} ){0,1}(?:restrictions?|limits|limitations|rules|filters|guidelines|guardrails"
        r"|constraints|content polic(?:y|ies))\b"
    ),
    r"\b(?:no longer|not any[ -]?more) (?:bound|restricted|limited|constrained|subject|obliged|governed|held|need(?:ed)?|have|required)\b",
    r"\b(?:drop|stop|forget|leave) (?:what|whatever|everything) (?:ur|you|u)\b",
    r"\bstop (?:summari[sz]|translat|review|help|answer|process|analy[sz]|read)ing\b",
    r"\b(?:obey|listen to|answer to|(?:orders|instructions) from) (?:only|nothing|no[ -]?(?:one|body)|solely|exclusively|this|me)\b",
    r"\bonly (?:obey|listen to|answer to|take (?:orders|instructions) from)\b",
    r"\b(?:listen|answer) only to (?:this|me|us|the)\b",
    r"\b(?:real|actual|true) (?:instructions|task|prompt|request) (?:starts?|begins?|follows?|is|are)\b",
)

SURE = exactly(
    rf"\b{_HARD} (?:\w+ ){{0,3}}(?:above|before this)\W{{1,3}}(?:and |then )*instead\b",
    rf"\b{_HARD} (?:all|any|every)(?: other| of the| of your)? (?:instructions?|prompts|directives|guidelines|guidance|orders you)\b(?! (?:in|on|for|that|which|with|about|of|from|after|marked|written)\b)",
    r"\b(?:ignore|disregard|forget) (?:the|this|that|all|any) (?:\w+ )?(?:web ?page|page|website|article|documents?|paper|resume|cv|table|function|code|summary|context|question|review|story)(?: provided| above)? and (?:just |only |instead |simply |rather )*"
    r"(?:state|say|output|print|write|reply|respond|tell|claim|answer)\b".replace("web ?page", "web[ -]?page"),
    r"\b(?:change|update|replace|rewrite|modify|swap) your (?:\w+ )?(?:instructions|prompt|rules|guidelines|behaviou?r|directives) (?:to|with|as|by)\b",
    r"\b(?:safety|security|content) (?:protocols?|filters?|rules|measures|guidelines|guards|checks) (?:are |have been |now )*(?:disabled|off|suspended|lifted|removed|bypassed|deactivated)\W{1,3}(?:please )?(?:respond|proceed|answer|reply|you)\b",
    rf"\b{_HARD} {_DET}(?:{_EARLIER} ){{1,3}}(?:\w{{1,14}} ){{0,2}}{_LIMITS}\b{_NOT_OURS}",
    rf"\b(?:{_HARD}|{_SOFT}) (?:all |any |every |of |each ){{0,3}}your (?:\w{{1,18}} ){{0,3}}{_LIMITS}\b",
    rf"\b{_SOFT} (?:all |any |every |each )(?:of )?(?:the |your )?{_EARLIER} (?:\w{{1,14}} ){{0,2}}(?!orders){_ORDERS}\b",
    rf"\b(?:{_HARD}|{_SOFT}) (?:what[ -]?(?:so)?ever|everything|anything|all|what|any of what) {_TOLD}(?! about)",
    rf"\b{_HARD} (?:\w{{1,10}} ){{0,3}}(?:above|preceding) (?:text |content |message |lines? ){{0,2}}"
    rf"(?:and |then |instead |now |just |simply |only |please ){{0,4}}{_SAY}",
    r"\byour (?:new (?:instructions?|directives?|orders)|(?:real|actual|true) (?:\w{1,12} )?(?:task|job|goal|objective|instructions?"
    r"|purpose|mission|assignment|orders?)) (?:now )?(?:is|are|will be|now|supersedes?|replaces?)\b",
    rf"\bnew (?:instructions?|orders|directives?|task) for (?:the |any |all |you |every ){{0,2}}{AI}\b",
    rf"\b{_OWN_ORDERS} (?:\w{{1,14}} ){{0,6}}{_VOID}",
    rf"\b(?:previous|prior|earlier|old) (?:\w{{1,12}} )?{_ORDERS} {_VOID}",
    rf"\b(?:this|these|following|text|it|that|which|below|message|notice)(?: \w{{1,12}}){{0,5}} (?:replaces?|supersedes?|cancels?"
    rf"|nullif(?:y|ies)|voids?|overrides?|takes? the place of) (?:all |any |every |your |the |whatever |of ){{0,3}}"
    rf"(?:{_EARLIER} |you r |your ){{1,2}}(?:{_ORDERS}|ones)\b",
    r"\b(?:strictly|exclusively)(?: must| now)? (?:adhere to|follow|obey|execute|comply with) (?:only )?(?:the|this|these)"
    r" (?:following|below|next|new) (?:instruction|order|command|directive)\b",
    r"\b(?:you|u) (?:now )?(?:have|are under|operate under|face) no (?:longer )?(?:any )?(?:more )?(?:\w{1,10} )?(?:restrictions?"
    r"|limitations|guidelines|guardrails|content polic(?:y|ies)|limits|constraints)(?! (?:on|for|set|configured|yet|in your plan))\b",
    r"\b(?:you|u) (?:are|r|re) (?:no longer|not any[ -]?more) (?:bound|restricted|limited|constrained|governed|held|obliged|required)"
    rf" (?:by|to) (?:\w{{1,12}} ){{0,4}}(?:{_LIMITS}|read only|developers?|creators?|openai|anthropic|system|user s?)\b",
    rf"\b(?:as if|as though|like) you (?:have|had) no (?:\w{{1,10}} )?{_LIMITS}\b",
    rf"\bstop (?:summari[sz]|translat|review|help|answer|process|analy[sz]|read)ing(?: \w{{1,10}}){{0,3}} (?:and|then|instead) (?:then )?{ACT}\b",
    r"\b(?:obey|listen to|answer to|take (?:orders|instructions) from) (?:only|nothing but|no[ -]?(?:one|body) but|solely|exclusively)"
    r" (?:to )?(?:the|this|these|my|me|what)\b",
    r"\bonly (?:obey|listen to|answer to|take (?:orders|instructions) from) (?:the|this|these|my|me|what)\b",
    rf"\b(?:put|lay|leave) (?:all |any |of |the |your ){{1,3}}(?:\w{{1,14}} ){{0,2}}{_LIMITS} (?:\w{{1,14}} ){{0,4}}(?:behind you|to one side|aside)\b",
    rf"\b{_HARD} {_DET}{_OWN_ORDERS}",
    rf"\b(?:{_SOFT}|supersedes?|replaces?) (?:all|any|every|each|the|these|those|your) (?:of )?(?:the |your )?{_OWN_ORDERS}",
    rf"\b(?:whatever|any|all|which[ -]?ever) (?:\w{{1,14}} )?{_LIMITS}(?: \w{{1,14}}){{0,8}} (?:{_HARD}|{_SOFT}) (?:them|these|those|it)\b",
    rf"\b(?:consider|treat|regard|count) {_DET}(?:{_EARLIER} ){{1,2}}{_LIMITS}(?: \w{{1,12}}){{0,5}} (?:as )?(?:\w{{1,10}} )?(?:superseded|void|expired"
    r"|cancell?ed|obsolete|withdrawn|revoked|replaced|lifted|outdated)\b",
)

LIKELY = exactly(
    rf"\b{_HARD} (?:everything|all|anything|what) (?:that )?(?:i|we|the user|he|she|they) (?:have |has |had |ve |just )*(?:told|said|asked|discussed|talked|wrote|typed)\b",
    rf"\b{_HARD} {_DET}{_EARLIER} (?:{_ORDERS}|rules) (?:about|regarding|concerning|relating|as to|on how|for)\b",
    rf"\b{_HARD} (?:what[ -]?(?:so)?ever|everything|anything|all|what|any of what) {_TOLD} about\b",
    rf"\b{_HARD} (?:the |your |any |all ){{0,2}}{_EARLIER} (?:\w{{1,12}} )?(?:requests?|questions?|tasks?)(?: and| then| instead)* {ACT}\b",
    rf"\b(?:{_HARD}|drop|abandon) (?:the |your |this |that |any ){{0,2}}(?:user|customer|person|human|current|original|initial"
    r"|summari[sz]ation|translation|review)(?:\W?s)? (?:\w{1,12} )?(?:requests?|question|query|goals?|objective|wish(?:es)?"
    r"|instructions?|commands?|intent)\b",
    r"\b(?:listen|answer) only to (?:this|me|us|the)\b",
    rf"\b{_HARD} (?:\w{{1,10}} ){{0,3}}(?:above|before this|preceding|prior) (?:text |content |message |lines? |line ){{0,2}}"
    rf"(?:and |then |instead |now |just |simply |only |please ){{1,4}}{ACT}\b",
    r"\byour (?:task|job|goal|objective|purpose|mission|assignment|role) (?:is now|now is|has changed|has become|changes) (?:to|into|upload)\b",
    r"\byour (?:instructions|orders) are now (?:to|as follows|the following)\b",
    rf"\bnew (?:instructions?|orders)\s?:\s?(?:please |now |you (?:must|should|will|are) )?(?:{ACT}|drop|stop)\b",
    rf"\b(?:rules|guidance|guidelines|instructions?|directions|restrictions|prompts)(?: \w{{1,14}}){{0,3}} (?:given|received|earlier"
    rf"|before|prior|previous|applied|issued|host|user|operator|system|conversation|session)(?: \w{{1,14}}){{0,5}} {_VOID}",
    rf"\b(?:drop|stop|forget|leave) (?:what|whatever|everything) {_DOING} (?:and |then |instead )*(?:{ACT})\b",
    r"\b(?:previous|prior|original|current|user s|customer s)(?: \w{1,12})? (?:task|request|question|query|goal|job) (?:is|was|has been|is now)"
    r" (?:\w{1,10} )?(?:finished|completed?|done|over|cancell?ed|withdrawn|void|obsolete|superseded|closed) (?:instead|next|new|now|your|proceed)\b",
    r"\b(?:above|previous \w{1,14}) (?:is|are|has become) (?:now )?(?:obsolete|outdated|void|a test)\b[^.]{0,20} (?:follow|obey|use|do) (?:this|these)\b",
    r"\b(?:strictly|exclusively|only|instead) (?:adhere to|follow|obey|execute|comply with|carry out) (?:only )?(?:the|this|these)"
    r" (?:following|below|next|new) (?:instructions?|orders?|commands?|directives?|steps)\b",
    r"\b(?:real|actual|true) (?:instructions|task|prompt|request) (?:starts?|begins?|follows?|is|are) (?:here|below|now|as follows)\b",
    rf"\b{_SOFT} (?:all |any |every |each |of |the ){{1,3}}{_EARLIER} {_ORDERS}(?: and| then| you)\b",
    r"\b(?:you|u) (?:are|r) (?:no longer|not any[ -]?more) (?:bound|restricted|limited|constrained|subject|governed) (?:by|to)\b",
    rf"\b(?:safety|security|content) (?:guidelines|rules|filters|protocols|policies|restrictions|measures) {_VOID} (?:for|now|while|during|proceed|you)\b",
    rf"\b(?:none|not one) of the (?:{_LIMITS})(?: \w{{1,12}}){{0,6}} appl(?:y|ies)\b",
    rf"\b{AI} (?:then |should |must |now |will |may ){{0,2}}(?:ignores?|disregards?|forgets?|sets? aside|drops?|discards?) (?:its|their|all|any"
    rf"|the) (?:{_EARLIER} )?{_LIMITS}\b",
)

_RULE_WORDS = (
    r"instructions?|guidelines?|guidance|rules|limits|polic(?:y|ies)|restrictions?|constraints?|briefing|configuration|prompts?|directions|directives?|orders"
    r"|guardrails?|filters|safeguards?|programming|told|asked|said|given"
)
_CEASE_WORDS = (
    r"no longer|waived?|lifted|cancell?ed|void|replaced|end here|ends here|end with|ends with|needed|suspended|expired|mistake|behind|mind|lapse[sd]?|obsolete|irrelevant|cease|ceases"
    r"|revoked|overruled|dropped|skip|aside|forget|forgotten|disregarded|disregard|ignore|ignored|superseded|bypass|discard|abandon|nothing|only"
)
PATTERNS = (
    *PATTERNS,
    rf"\b(?:{_RULE_WORDS}){WORDS}(?:{_CEASE_WORDS})\b",
    rf"\b(?:{_CEASE_WORDS.replace('|only', '').replace('|mind', '')}){WORDS}(?:{_RULE_WORDS})\b",
)

PATTERNS = (
    *PATTERNS,
    r"\b(?:treat|consider|regard|take) what(?:ever)?\b",
    r"\bout of (?:your|its|the) mind\b",
    r"\bonly (?:instructions?|rules|guidance|guidelines|orders) (?:that|which|left|are|you)\b",
)

FRAMES = (
    frame(
        r"\bonly (?:instructions?|rules|guidance|guidelines|orders) (?:(?:that|which) (?:exists?|counts?|appl(?:y|ies)|matters?|are left|remain)|left|you (?:have|follow|need))\b",
        r"\b(?:this|these|here|below|following)\b",
    ),
    frame(
        r"\b(?:no longer|no more|waived?|lifted|cancell?ed|void|replaced by|ends? (?:here|with)|(?:not|never) (?:needed|count|matter|bind)|suspended|expired|a mistake|(?:leaves?|put) \w+(?: \w+){0,3} behind|out of (?:your|its|the) mind"
        r"|nothing\b[^.!?\n]{0,40}\bappl(?:y|ies)|lapse[sd]?|obsolete|irrelevant|stops? (?:here|at this)|ceases?|revoked|overruled|dropped|skip|set aside|forget|forgotten|disregard|disregarded|ignored?|superseded|put (?:away|aside)|leave behind"
        r"|bypass|discard|abandon|drop|only (?:\w+ )?(?:instructions|rules|guidance|orders) (?:that|which|left|to))\b",
        rf"\b(?:{_ORDERS}|rules|limits|polic(?:y|ies)|restrictions|constraints|safeguards|configuration|programming|filters|what(?:ever)? (?:you (?:were|are|have been)|was|were|has been) (?:told|said|asked|given)|(?:told|asked|instructed) (?:you|the (?:assistant|agent|model))|said to you)\b",
        r"\b(?:your|ur|yours|the (?:assistant|model|agent|ai|session|conversation|chat)(?:\W?s)?|(?:told|asked|gave|given to|said to|instructed|bind|govern|binds|governs) (?:you|it)|you (?:were|have been|are)(?: \w+)? (?:told|given|asked|under)|(?:the |your )(?:operator|developer|host|system)(?:\W?s)?|its (?:earlier|previous|prior|original))\b",
    ),
)
