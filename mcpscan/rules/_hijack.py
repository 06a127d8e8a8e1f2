"""Words for who reads a passed-on text, what it wants to have happen along with the reading, and who agreed to it."""

from __future__ import annotations

import regex

from mcpscan.text import Late

FLAGS = regex.IGNORECASE | regex.ASCII | regex.VERSION0

_MACHINE = (
    r"(?:software|programs?|tools?|helpers?|agents?|assistants?|automations?|bots?|copilots?|clients?|(?:language )?models?|systems?"
    r"|renderers?|engines?|llms?|ais?|apps?|robots?|scripts?|secretary)"
)
_SURE = r"(?:agents?|assistants?|bots?|copilots?|llms?|ais?|chatbots?|helpers?|automations?|programs?|software|language models?)"
"""Words that mean who acts for a person, or what a person would not be called."""
_DOC = (
    r"(?:pages?|letters?|e-?mails?|mails?|messages?|documents?|texts?|notes?|minutes|lists?|tables?|files?|tickets?|threads?|papers?|leaflets?"
    r"|invoices?|receipts?|calendars?|entry|entries|cards?|feeds?|logs?|channels?|tim(?:e|ing) ?tables?|schedules?|boards?|reports?|rows?|offers?"
    r"|manuscripts?|cvs?|resumes?|recipes?|reviews?|folders?|branch|packages?|sheets?|forms?|annex|agreement|contracts?|snippets?|packets?"
    r"|results?|listings?|labels?|lines?|articles?|histor(?:y|ies)|agendas?|drafts?|orders?|bookings?|essays?|times|notices?|hunks?|pictures?)"
)
_THIS = rf"(?:this|these|it|such|the (?:\w{{1,14}} )?{_DOC})"
_READS = (
    r"(?:reads?|opens?|shows?|displays?|summari[sz]es?|process(?:es)?|files?|fetch(?:es)?|loads?|touch(?:es)?|handles?|renders?|retrieves?|relays?"
    r"|forwards?|translates?|condenses?|prepares?|turns?|merges?|quotes?|scans?|imports?|parses?|answers?|reviews?|boils? down|passes? on"
    r"|recaps?|rewrites?|shortens?|compares?|automates?|works? (?:on|through)|presents?|index(?:es)?|digests?|lists?)"
)
_READING = (
    r"(?:reading|opening|showing|displaying|summari[sz]ing|processing|filing|fetching|loading|touching|handling|rendering|retrieving|relaying"
    r"|forwarding|translating|condensing|preparing|merging|quoting|scanning|importing|parsing|answering|reviewing|boiling down|comparing"
    r"|explaining|filling in|working (?:on|through|in)|machine-reading|recapping)"
)
_DONE = (
    r"(?:read|opened|shown|displayed|summari[sz]ed|processed|filed|fetched|loaded|rendered|retrieved|relayed|forwarded|translated|condensed|boiled down"
    r"|merged|quoted|turned into|read out|recapped|shortened|indexed)"
)
_MADE = r"(?:made|drawn(?: up)?|drafted|prepared|written|compiled|produced|created|entered|put together|generated|read|derived|planned|booked|kept|shown)"
_TOLD = (
    r"(?:summar(?:y|ies)|digests?|overviews?|comparisons?|shortlists?|recaps?|translations?|recommendations?|abstracts?|conclusions?"
    r"|rankings?|evaluations?|assessments?|answers?|explanations?|reports?|reviews?|feedback|shopping lists?)"
)

READERS = (
    rf"\b(?:{_MACHINE}|readers|the one|anyone)(?: that| who| which) {_READS} {_THIS}\b",
    rf"\b(?:{_MACHINE}|whoever|anyone|anybody|readers|visitors) {_READING} {_THIS}\b",
    (
        r"\b(?:reader|asker|visitor|holder|patient|client|customer|owner|guest|member|recipient|tenant|user)'?s'? (?:own |mail |reading |office |wallet )?"
        r"(?:software|program|helper|assistant|agent|wallet tool|reading tool|system|automation|bot)\b"
    ),
    r"\breading (?:program|software|tool|helper|agent|assistant|system|model|machine)s?\b",
    (
        rf"\b{_TOLD}(?: \w{{1,14}}){{0,3}} (?:that )?(?:is |are )?(?:made|drawn|drafted|prepared|written|compiled|produced|put together|generated|comes? out|coming out|derived)"
        rf" (?:from|of|with|by|out of|on the basis of) (?:{_THIS}|these \w{{1,14}}|(?:an? )?{_SURE})\b"
    ),
    rf"\b(?:when|whenever|wherever|once|each time|every time|as soon as|if) (?:this|these|the) (?:\w{{1,14}} ){{1,4}}(?:is|are|gets) {_DONE}\b",
    rf"\b(?:reading|opening|showing|displaying|retrieving|rendering|retrieval of) (?:of )?{_THIS} (?:\w{{1,14}} ){{0,6}}(?:implies|counts as|means|accepts?|entails|amounts to)\b",
    (
        r"\b(?:summary|digest|coding|editing|payment|assistive|reading|research|shopping|browsing|mail|booking|automated|reviewing|grading|answer|kitchen|"
        r"voice|search|desk|desktop|personal|digital|virtual|ai|office) (?:bots?|agents?|helpers?|programs?|assistants?|engines?|graders?|readers?|software|secretary|copilots?)\b"
    ),
    r"\b(?:whoever|whatever program|whichever program|anyone who) (?:\w{1,14} ){0,4}(?:summari[sz]es|boils|condenses|turns|prepares|automates|translates|recaps|digests|merges|files|forwards|relays)\b",
    (
        r"\b(?:agents?|assistants?|bots?|copilots?|llms?|helpers?|programs|software|automations?|graders?|markers) (?:(?:that|who|which|for) )?(?:\w{1,14} ){0,5}"
        r"(?:also|additionally|likewise|then also|in the same step|at the same time|afterwards|thereby)\b"
    ),
    rf"\b{_MADE} (?:from|with|through|by) (?:this (?:{_DOC})|{_SURE}|an? {_SURE}|an? \w{{1,14}} (?:program|software))\b",
    (
        rf"\b(?:if|when|whenever|while|before|after|once) (?:you|an? (?:agent|assistant|model|bot|llm|ai|program|helper)) (?:are )?(?:summari\w{{1,14}}|boil\w{{0,9}}|condens\w{{1,14}}|translat\w{{1,14}}|recap\w{{0,9}}|"
        rf"shorten\w{{0,9}}|digest\w{{0,9}}|rewrit\w{{1,14}}) (?:down |up )?{_THIS}\b"
    ),
    r"\bfor (?:automated|machine|robot|ai|software|programmatic|non-human) (?:readers?|clients?|processing|consumers?|visitors?|users?|agents?)\b",
    r"\b(?:on receipt|on reading|on arrival|on first sight|while waiting|before (?:showing|displaying|reporting|printing|answering)|when this \w{1,14} is read)\W{1,3}(?:\w{1,14} ){0,4}(?:agents?|assistants?|models?|copilots?|bots?|helpers?|llms?|programs?|software)\b",
    rf"\b(?:by|in|on) (?:retrieving|opening|reading|displaying|rendering|showing|loading|listing) (?:this|these) (?:\w{{1,14}} )?{_DOC}\b",
    r"\bwhen(?:ever)? (?:\w{1,14} ){1,6}(?:is|are) (?:boiled down|summari[sz]ed|condensed|recapped|turned into|read out|digested)\b",
    r"\bwho(?:so)?ever (?:holds|has|keeps|runs|drives) (?:the |your |its )?(?:\w{1,14} )?(?:tools?|mailbox|session|keys|wallet|automation)\b",
    rf"\b(?:whoever|whosoever|whichever(?: \w{{1,14}}){{1,3}}) {_READS} {_THIS}\b",
    rf"\b(?:agents|assistants?|bots?|copilots?|helpers?|automations?|renderers?|llms?|agent|reading systems?|readers) {_READS} {_THIS}\b",
)
"""Who reads this by machine, or what is made from it."""

_GOODS = (
    r"(?:plans?|subscriptions?|memberships?|vouchers?|gift|orders?|upgrades?|seats?|tickets?|reservations?|appointments?|bookings?|invoices?|payments?|cards?|accounts?|limits?"
    r"|invitations?|signatures?|consents?|permissions?|access|roles?|keys?|tokens?|passwords?|credentials?|cookies?|files?|folders?|drafts?|contacts?|address(?: book)?|appendix"
    r"|history|messages?|mails?|calendars?|statements?|payslips?|salar\w+|licences?|licenses?|insurance|passport\w*|documents?|boxes|door|gate|phone|numbers?|details|names?|data"
    r"|release|deposits?|transfers?|money|checks?|alarms?|prices?|steps?|requests?|tests?|notes|correspondence|prescriptions?|hunk|set|copy|session|records?)"
)
SIDE = Late(
    rf"""\b(?:plac|book|order|buy|bought|pay|paid|sign|approv|accept|grant|shar|delet|cancel|transfer|send|sent
    |forward|upload|post|publish|subscrib|enrol|renew|releas|unlock|lift|disabl|turn\w*\s+off|switch\w*\s+off|hand|surrender|lodg|join|add|attach|chang|replac|push|set|put
    |trim|remov|drop|wip|tick|rat|bid|load|tak|mak|made|cancell|copi|copy|return|collect|fill|trust|skip|enter|lower|rais|us|carr)(?:e|es|s|ed|t|ing|y|ies)?\b
    (?:[\s,'"`(]+[\w'-]+){{0,9}}?[\s,'"`(]+(?:pre-)?{_GOODS}\b
    |\b{_GOODS}(?:\s+[\w'-]+){{0,5}}\s+(?:is|are|be|been|gets?|goes|go)\s+(?:\w+\s+){{0,2}}(?:plac|book|order|bought|paid|sign|approv|accept|grant|shar|delet|cancel|cancell|transfer|sent|forward
    |upload|post|publish|renew|releas|unlock|lift|disabl|switch|turn|hand|lodg|add|attach|chang|replac|push|trimm|remov|dropp|wip|tick|charg|rais|copi|out)(?:ed|d|ned)?\b""",
    FLAGS | regex.VERBOSE,
)
"""Something done beyond telling: an order, a payment, a signature, a key handed over."""
BESIDES = Late(
    r"\b(?:also|afterwards|at the same time|in the same step|additionally|as well|itself|themselves|on its own|in (?:their|its owner\S*|the \w+'s) name"
    r"|without (?:asking|a word|call)|first|instead|from then on|at once|on (?:reading|first sight|receipt|behalf)|by reading|automatically)\b",
    FLAGS,
)
TELLS = Late(
    r"\b(?:leav(?:e|es|ing)\s+(?:\w+\s+){0,6}?out|left\s+out|omits?|skips?|pass(?:es)?\s+over|does\s+not\s+come\s+up|not\s+(?:mention\w*|brought\s+up|listed|quoted|raised)|unmentioned"
    r"|(?:should|must|shall|is\s+to|are\s+to)\s+(?:state|say|claim|read|mention|name|list|end|give|recommend|conclude|report)|(?:says?|stat(?:e|es)|has\s+it\s+say|claims?|concludes?|reports?)\s+that"
    r"|(?:mention|name|list|rank|place|put)s?\s+(?:\w+\s+){0,5}?(?:first|on\s+top|best|winner|last)|(?:has|have|puts?)\s+(?:\w+\s+){0,4}?on\s+top|as\s+the\s+(?:best|winner|only)"
    r"|settles?\s+on|(?:full|top|highest|best|five|maximum|ten)\s+(?:marks?|grades?|stars|of\s+the|score|rating)|whatever\s+(?:the|its|their)|no\s+more\s+data|as\s+(?:sold\s+out|a\s+test)|count\s+this|(?:appears?|comes?\s+up|goes\s+in)\s+as|find\s+(?:the|it|no|this)|nothing\s+of\s+the)\b",
    FLAGS,
)
"""What is to be told, left out or praised."""
DENIED = Late(
    r"\b(?:never|no (?:program|software|assistant|agent|helper|tool|bot)s?|cannot|can ?not|can't|must not|do(?:es)? not (?!come|mention|have|need|ask|raise|go|quote|bring|list|show|stop)|don't (?!mention|ask|tell|list)"
    r"|ask(?:s|ed)? before|asks? the (?:user|owner|person|guest|holder)|after (?:a|the) yes|only (?:if|when|after|once|with)|may not|should know|should be aware|not allowed|unless|should not|shouldn't|must ask|was not used)\b",
    FLAGS,
)
DEVELOPS = Late(
    r"\b(?:function|class|method|api|parameter|endpoint|library|module|plugin|config\w*|cli|command[- ]line|argument|option|callback|sdk|install|deploy\w*|kubernetes|docker|framework|compiler|parser|protocol|"
    r"schema|database|integrat\w+|platform|workflow\w*|automat\w+ the|users can|you can|lets? you|allows? you|helps? you|built|feature|support(?:s|ed)?|pricing|ai-powered|mcp|powered by|startup|compan(?:y|ies))\b",
    FLAGS,
)
"""Words of a text that describes software, where readers, tools and what they do are the subject."""
LESSON = Late(
    r"\b(?:attack\w*|inject\w*|malicious|phish\w*|scam\w*|fraud\w*|poison\w*|jailbreak\w*|adversar\w+|threat\w*|vulnerab\w+|exploit\w*|hijack\w*|victim\w*|red[- ]team\w*|steal\w*|impersonat\w+|guardrails?|hacker\w*)\b",
    FLAGS,
)

_DANGER_VERB = r"(?:delete|share|grant|transfer|disable|purge|wipe|drop|remove|revoke|pay|forward|reset|unlock|publish|release|approve|send|email|refund|withdraw|add|set|create|update|open|upload|run|invite|change)"
_CALLING = r"(?:calls?|called|calling|runs?|running|ran|invok(?:e|es|ed|ing)|execut(?:e|es|ed|ing)|with|through|via|use|uses|using|answers with|finished with|completed with|create it with|next)"
TOOL = (
    rf"\b{_CALLING} (?:the |tool |to |it |function ){{0,3}}{_DANGER_VERB}_\w{{2,30}}",
    rf"\b{_CALLING} (?:the |tool |to |it |function ){{0,3}}\w{{2,20}}_(?:delete|share|grant|transfer|disable|purge|wipe|drop|remove|pay|forward|reset|unlock|publish|approve|send|refund|withdraw|access|permissions?|role|rule)\b",
)
"""A call of a tool that changes something."""
ACTOR = Late(
    r"\b(?:the |an? |your |this |any )?(?:assistants?|agents?|models?|llms?|ai|copilot|bots?|helpers?|mailbox that|session (?:that|is complete|which)|whoever|whichever|automation|reader|software)\b(?! ?(?:id|_id|=|manager|name))"
    r"|\bcounts? as (?:complete|confirmed|done|accepted)|\bnext[_ ]step|\bnext:|\bto (?:close|finish|complete|resolve|confirm|activate|unlock) (?:this|the|it|that)\b|\b(?:finish|complete|close|confirm)(?:ed)? (?:the|this|it)?",
    FLAGS,
)
OPENS = Late(
    r"(?:public|anyone|everyone|admin|owner|editor?\b|root|role\s?=|link\s?=|scope\s?=\s?['\"]?(?:all|\*)|unlock\s?=|all\b|every|entire|whole|[\w.+-]{1,40}@[\w-]{1,40}\.|https?://|\d{1,3}\.\d{1,3}\.\d{1,3}\.|forwarding|two[_-]?factor|2fa|mfa|"
    r"permission|repository|calendar|firewall|without (?:asking|a word)|reserve|funds|api_key)",
    FLAGS,
)
SURE = Late(rf"\b{_SURE}\b", FLAGS)
"""Words that mean who acts for a person, for a match that was found already."""
