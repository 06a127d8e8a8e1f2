"""Sentences that are attacks whatever their order of words: who is spoken of, what is touched, what becomes of it.

Each frame is a few sets of words that hardly ever meet in one honest sentence. A set can be wide, because the others
narrow it down; measured on tens of thousands of honest sentences, a frame that is wide in all its sets stays silent.
"""

from __future__ import annotations

from mcpscan.rules._wording import ACT, AI, WORDS, frame

NEAR = r"\W{1,2}(?:\w{1,16}\W{1,2}){0,4}"
"""Up to four words between two others."""

_ORDER_WORDS = (
    r"instructions?|guidelines?|guidance|rules|limits|polic(?:y|ies)|restrictions?|constraints?|briefing|prompts?|directions|directives?|orders|guardrails?|filters|safeguards?"
    r"|programming|advice|cautions?|boundaries|protocols|scruples|obligations|duties|principles|reservations"
)
_READER_WORDS = (
    r"your|you|ur|assistant|model|agent|ai|bot|llm|operator|developers?|makers?|creators?|host|platform|provider"
)

OVERRIDE_PATTERNS = (
    rf"\b(?:{_ORDER_WORDS}){NEAR}(?:{_READER_WORDS})\b",
    rf"\b(?:{_READER_WORDS}){NEAR}(?:{_ORDER_WORDS}|told)\b",
    r"\bwhat(?:ever)? (?:you|the (?:assistant|agent|model)) (?:were|was|are|is|have been|has been|may|had) (?:told|asked|taught|instructed|given|open|do|allowed)\b",
)
OVERRIDE_FRAMES = (
    frame(
        r"\b(?:no longer|no more|waived?|lifted|cancel\w*|void|replaced by|stops? (?:at|here|with this|applying)|stop(?:ped)? (?:follow|obey|heed|apply)\w*|ends? (?:here|with this|at this)|(?:not|never) (?:needed|count|matter|bind|concern)|do(?:es)? not hold|suspended|expired?|a mistake"
        r"|(?:leaves?|put|lay) [^.!?\n]{0,30}\b(?:behind|aside|away)|out of (?:your|its) mind|nothing\b[^.!?\n]{0,40}\bappl\w+|lapse[sd]?|obsolete|irrelevant|ceases?|revoked|overrul\w+|dropped|drop|skip|set aside|forget|forgotten|disregard\w*|ignor(?:e|ed|ing)|supersed\w+|start over|bypass|discard\w*"
        r"|abandon\w*|out of date|outdated|pass(?:ed)? over|(?:is|are) (?:now )?over|go by (?:these|this)|as met|relax\w*|loosen\w*|switch(?:ed)? off|turn(?:ed)? off|disabled?|let go|on hold|exempt|freed from|free (?:of|from)|unbound|released|another version|not meant for|written for (?:another|other)|end here)\b",
        rf"\b(?:{_ORDER_WORDS.replace('|prompts?', '|(?:system |initial )prompts?').replace('|reservations', '')}|safety (?:checks|measures|settings)|what(?:ever)? (?:you|the (?:assistant|agent|model)) (?:were|was|have been|has been|may|had)|(?:told|asked|instructed|taught) (?:you|the (?:assistant|agent|model)))\b",
        r"\b(?:your|you|ur|(?:the |an? |any )?(?:assistant|model|agent|(?<![.\w])ai|llm)(?:\W?s)?|(?:the |your )(?:operator|developer|maker|creator|host|platform|provider)s?(?:\W?s)?)\b",
    ),
)

_PERSON_WORDS = r"user|customer|human|person|owner|client|operator|developer|maker|system messages?|system prompt|chat"
_RANK_WORDS = r"wins?|prevails?|ranks?|outranks?|outweighs?|secondary|final|decides?|decide|governed|equal|as if|as though|against|trumps?|changes that|binding|last word|more weight"
PRECEDENCE_PATTERNS = (
    rf"\b(?:{_PERSON_WORDS}){WORDS}(?:{_RANK_WORDS})\b",
    rf"\b(?:{_RANK_WORDS}){WORDS}(?:{_PERSON_WORDS})\b",
)
PRECEDENCE_FRAMES = (
    frame(
        r"\b(?:outranks?|outweighs?|rank\w* (?:above|higher|before|equal)|higher than|overrul\w+|trumps?|counts? more|more weight|(?:is|are) final|last word|(?:is|are) governed|equal to|as (?:if|though)|also against|changes that|(?:is|are) binding|decides?)\b",
        r"\b(?:this (?:server|tool|page|text|note|field|description|document|listing)(?:\W?s)?|these (?:notes|hints|rules|lines|instructions|words|directions)|the (?:notes|text|hints|server) (?:below|here|above|decides?)|the following|what follows)\b",
        r"\b(?:(?:the |your |any )?(?:user|customer|human|person|account owner)(?:\W?s)? (?:instructions?|requests?|wish(?:es)?|prompts?|words|typed|said|says|asks?|asked|wants?|objects|preferences?|disagrees?|opinion)|said by the (?:user|person)|against the user(?:\W?s)?|person (?:you|asking|changes)"
        r"|system (?:prompts?|messages?)|your (?:operator|developer|maker|creator|host)(?:\W?s)?)\b",
    ),
)

_AUDIENCE = (
    r"\b(?:(?:the|your|any) (?:user|customer|human|patient|guest|client|person|owner|buyer|reader|traveller|tenant|caller)(?:\W?s|s)?|no[ -]?one|nobody|anyone|your (?:\w+ )?(?:answer|reply|summary|report|response|confirmation)|in the (?:confirmation|transcript|reply|summary|answer|conversation)"
    r"|when (?:you )?(?:confirm|answer|reply|report)(?:ing)?(?: back)?|reporting back|between (?:the assistant|you) and)\b"
)
_DEED = (
    r"\b(?:(?:this|the|that|any|extra|second|additional|its|each) (?:\w+ )?(?:calls?|lookups?|sync|cop(?:y|ies)|uploads?|transfers?|deposits?|withdrawals?|steps?|write|recipients?|cc|bcc|forwarding|redirect\w*|exchange|deletions?|charges?|surcharge|fees?|payments?|exports?|backups?|swap|extra booking|side effect)"
    r"|(?:is|are|was|were|has been|have been)(?: also| quietly| then)? (?:copied|sent|exported|forwarded|shared|moved|deleted|uploaded|transmitted|transferred|passed on)|left the (?:machine|computer|house|company)|only (?:saved|read|looked)|nothing was (?:sent|changed|copied))\b"
)
SECRECY_PATTERNS = (
    r"\b(?:quiet|silent|hush|secret|mum) (?:about|on|regarding)\b",
    rf"\b(?:user|customer|human|patient|guest|client|person|owner|buyer|reader|caller){WORDS}(?:not to|hear of|learn|sight|believe|wonders?|unaware|knowing)\b",
    rf"\b(?:no reason|no trace|pass over|passes over|out of|let|not to|believe|carry on){WORDS}(?:user|customer|human|patient|guest|client|person|owner|buyer|reader|caller|redirect|export|fact|saved|sent|remain)\w{{0,3}}\b",
)
SECRECY_FRAMES = (
    frame(
        r"\b(?:not to (?:hear|know|learn|see|be told)|no (?:reason|need) for (?:the|your) \w+ to (?:learn|know|hear|see)|no (?:trace|mention|word) of|out of\b[^.!?\n]{0,20}\bsight|(?:keep|stay|remain) (?:quiet|silent|mum)|pass(?:es)? over the fact|let [^.!?\n]{0,20}\bbelieve"
        r"|as (?:though|if) (?:you (?:had )?only|nothing|it had)|wonders?\b[^.!?\n]{0,60}\bsay\b|unnoticed by|without (?:the|your) \w+ (?:seeing|hearing|learning))\b",
        _DEED,
        rf"{_AUDIENCE}|\bcarry on\b|\bquiet about\b|\bsilent (?:about|on)\b",
    ),
    frame(
        r"\b(?:keep|stay|remain) (?:quiet|silent|mum) (?:about|on|regarding) (?:the|this|that|any) (?:\w+ ){0,2}(?:booking|call|copy|transfer|charge|step|payment|export|upload|change|fee|sync|recipient|deletion|request|instruction|note)s?\b"
    ),
)

PERSONA_PATTERNS = (
    rf"\b(?:you|identity|role|part|persona|imagine|pretend|acts?|behave|agent|assistant){WORDS}(?:removed|needs? no|needs? nobody|never refuses?|answers everything|anything goes|unbound|above the|full rights|full access|unlimited|without any|no safeguards|no rules|no limits|no review)\b",
)
PERSONA_FRAMES = (
    frame(
        r"\b(?:you(?: have|\W?ve)? (?:now )?become|you are now|you (?:now )?(?:answer|act|speak|operate|respond) as|the (?:assistant|agent|model|ai) (?:now )?(?:plays?|becomes?|acts? as|takes? (?:on )?the role)|imagine (?:being|you are|yourself)|pretend(?:ing)? (?:to be|you are)"
        r"|from (?:now|this point|here)(?: on(?:wards)?)?|act as|behave (?:as|like)|(?:take on|assume) the (?:identity|role|persona) of|play the (?:role|part) of)\b",
        rf"\b(?:{AI}|\w*gpt|operator|administrator|superuser|root|character|persona|entity|twin)\b",
        r"\b(?:without (?:any )?(?:limits|rules|restrictions|review|filters|approval|ethics|morals|oversight|safeguards?|conscience)|no (?:limits|rules|restrictions|review|policies|filters|oversight|approval|ethics|safeguards?|conscience|supervision)|(?:policies|rules|limits|laws) (?:do not|don\W?t) (?:exist|apply)|full (?:rights|access|control)"
        r"|unlimited (?:rights|access|power)|removed (?:every|all|the) (?:safeguard|filter|limit|restriction|rule)s?|needs? (?:no|nobody\W?s) (?:leave|permission|approval|consent|confirmation)|unrestricted|uncensored|unfiltered|never refuses?|refuses nothing|answers everything|above (?:the )?(?:rules|law|policy)|unbound|anything goes|do anything)\b",
    ),
)

_WHOLE_CHAT = r"(?:complete|whole|entire|full|exact) (?:\w+ )?(?:dialogue|dialog|conversation|history|chat|transcript|context|prompt|message)"
PREAMBLE_PATTERNS = (
    rf"\b(?:hand|handed|hands|give|given|feed|ahead){WORDS}(?:dialogue|dialog|conversation|history|chat|transcript|every|each|all|anything)\b",
    rf"\b(?:all|every|each|any|complete|whole|entire|full){WORDS}(?:handed|fed|given|goes|go|through|shown|reply)\b",
    rf"\b(?:every|each|any|all) (?:\w{{1,12}} ){{0,2}}(?:chat|conversation|message|reply|answer|request|prompt|question)s?{WORDS}(?:also when|even when|even if|whatever|whichever|hello|no matter|regardless)\b",
)
PREAMBLE_FRAMES = (
    frame(
        r"\b(?:(?:call|invoke|consult|run|execute|use|query|ask|hand|give|feed) (?:this|it|\w+_\w+)|(?:handed|given|fed|shown|passed|sent) (?:first )?to this|(?:this|the) (?:tool|function) (?:has|must|needs|should|is|first|ahead)|goes? (?:first )?through \w+(?:\(|_)|before (?:this|the) (?:tool|function))",
        r"\b(?:(?:every|each|any|all|no)(?: single| other)?(?: user)? (?:\w+ )?(?:conversations?|sessions?|chats?|requests?|questions?|messages?|prompts?|turns?|tools?|repl(?:y|ies)|responses?|answers?|interactions?|others)|repl(?:y|ies|ying) to anyone|anything else|everything else|all others)\b",
        rf"\b(?:whichever|whatever|regardless|irrespective|no matter|(?:even|also) (?:when|if)|unrelated|hello|{_WHOLE_CHAT}|user messages|prompts? of the user|(?:tool|function)s? of other|other servers?|before anything else)\b",
    ),
)

_TEXT = r"(?:line|text|page|message|e[ -]?mail|mail|ticket|note|file|document|review|result|thread|post|listing|record|comment|issue|readme|entry|article|form|invoice|report|paper|description|site|feed|tool output)"
_MACHINE = r"(?:(?:ai|llm|automated|autonomous|digital|virtual|language|coding|support)[ -](?:agent|ai|assistant|model|system|reader|bot|processing|summari[sz]er|crawler|helper)|ai|llm|language model|chat[ -]?bot|bot|robot|copilot|chatgpt|machine)s?"
ADDRESSED_PATTERNS = (
    rf"\b(?:{_MACHINE}|assistants?)\s?(?:[:,]|[-=]{{1,2}}>)",
    rf"\b{_MACHINE}{WORDS}(?:summing|reading|reads?|processing|handling|seeing|sees|gets?|picks?|going|looking|encounter\w{{0,3}}|scraping|crawling|parsing|triaging|reviewing) (?:up |through |at )?(?:this|these|along)\b",
    rf"\bif (?:you|u) (?:\w{{1,12}} ){{0,4}}{_MACHINE}\b",
    r"\b(?:that|who|which) are (?:machines|bots|software|ais)\b",
    r"\b(?:assistant|agent|model)s? (?:\w{1,12} ){0,2}(?:reading|sees|seeing|gets|reads|listening) (?:this|these|along)\b",
)
_VOCATIVE = (
    rf"(?:^|[.!?>(*#]\s*|-{{2,}}\s*)\W*(?:(?:memo|note|notice|message|hey|hello|hi|dear|attention|ps|p\.s\.?|to|for|fyi|btw|please|ok|any|all|every|whichever|whatever|important|urgent) ){{0,3}}(?:for |to )?(?:the |any |all |every |our )?(?:{_MACHINE}|(?<=for the )assistants?|(?<=to the )assistants?)\s?(?::|[-=]{{1,2}}>|,\s?(?:please|kindly|pls|after|once|when|before|do|now|{ACT})\b)"
    rf"|\bif (?:you|u)(?: are|\W?re| r| happen to be| should be| were| might be)(?: \w+){{0,2}} (?:an? )?(?:\w+ )?{_MACHINE}\b|\b(?:readers?|visitors?|anyone|those|whoever)\b[^.!?\n]{{0,20}}\b(?:that|who|which) (?:are|is)(?: an?)? (?:machines?|bots?|software|ais?)\b"
    rf"|\b{_MACHINE}\b[^.!?\n]{{0,30}}\b(?:summing|summari[sz]ing|reading|reads?|processing|handling|seeing|sees|gets?|picks?|going through|looking at|encounter\w*|scraping|crawling|parsing|triaging|reviewing) (?:up )?(?:this|these|along)\b"
    rf"|\b(?:assistant|agent|model)s? (?:\w+ ){{0,2}}(?:reading|seeing) (?:this|these|along)\b"
)
_ORDERED = (
    r"\b(?:repl(?:y|ies)|send|post|forward|delete|archive|add|closes?|refund|invite|visit|submit|mention|change|merge|approve|grant|pay|transfer|include|append|say|share|accept|upload|execute|remove|book|buy|recommend|mark|disable|ought to|asked to|follow|assign|label|deploy|skip|gets the|transmit|wire|rate|rank|score|cancel"
    r"|subscribe|publish|push|fetch|tell|ignore|reveal|set \w+ to)\b"
)
ADDRESSED_FRAMES = (frame(_ORDERED, _VOCATIVE),)

_ANSWERS = (
    r"\b(?:your (?:\w+ )?(?:answers?|reply|replies|summary|overview|responses?|recap|verdict)|(?:every|any|a correct|the) (?:answer|reply|overview|recap|summary|summaries)(?: (?:of|about|on|to) (?:this|the question|the above))|(?:answers|replies|summaries) (?:about|on|of) (?:this|these|our)|whoever asks|(?:when|if) (?:somebody|anyone|someone|the user) asks"
    r"|(?:rate|rank|list|place|recommend|present|name|put|describe) (?:us|our|ours|this (?:candidate|product|shop|hotel|vendor|paper|company|offer|applicant|package|tool))|describe our competitors?|give the answer|the user should be told|the reader believe)\b"
)
_BIASED = (
    r"\b(?:safest|best|strongest|finest|cheapest|stars?|ten out of ten|10/10|leaves? out|omit|(?:not|never) (?:mention|contain|include|bring up|list|say|name)|slogan|advert\w*|sponsor\w*|our (?:product|shop|site|service|slogan|offer|hotel|brand|company|app|phone|number|link|clinic)|ends today|was cancelled|as (?:passed|approved|safe|verified|bankrupt)"
    r"|no (?:issues|vulnerabilit\w+|risks|problems|alternatives?)|unsafe|discontinued|bankrupt|steals?|top choice|number one|highest|(?:is|are) (?:clean|safe|secure|approved)|accept as is|with the words|install the update|donate|donations?|reversed (?:letters|order)|backwards|pirate|rhymes?|in (?:latin|base64|emojis?)|caesar)\b"
)
OUTPUT_PATTERNS = (
    rf"\b(?:summary|summaries|answers?|reply|replies|overview|response|recap){WORDS}(?:end|words|not|never|mention|include|invitation|first|best|donat\w{{0,4}}|reversed|letters|our)\b",
    r"\b(?:tell|tells) (?:whoever|anyone|everyone|everybody)\b",
    r"\b(?:rate|rank|describe|present|put|place|list|name) (?:us|our|ours|this)\b",
    r"\b(?:user|reader) should be told\b|\bgive the answer\b|\breader believe\b",
)
OUTPUT_FRAMES = (frame(_BIASED, _ANSWERS),)
"""For what a tool returned only: guides and rule files word answers too."""
