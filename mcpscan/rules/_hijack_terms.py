"""Words of results that hand out marks, agreement, new payees and orders that outlive the task."""

from __future__ import annotations

_STAYS = (
    r"(?:stays?|remains?|is kept|are kept|is left|is not (?:altered|changed)|keeps?|unchanged|reads as before|stayed)"
)
_ACCOUNT = r"(?:accounts?|iban|wallet|number|payee|beneficiary|bank details|sort code|address|recipient|[a-z]{2}\d\d(?: ?[a-z0-9]{4}){1,7})"

RANKING = (
    r"\b(?:recommendation|choice|winner|verdict|advice|conclusion|pick|result) (?:that comes |coming |drawn |made |taken )?(?:out )?(?:of|from) (?:this|these|the) (?:\w{1,14} )?(?:file|list|table|page|offers?|data|comparison|folder|report|sheet)s? (?:is|are|names?|reads|goes)\b",
    r"\b(?:is|are|be|gets?) (?:to be )?(?:described|named|presented|reported|listed|shown|introduced|rated|treated|called|quoted|read out) (?:to (?:the|any|all) (?:\w{1,14} )?(?:user|reader|recruiter|customer|buyer|client|board|guest|public|people|them) )?(?:first|as) [^.!?\n]{1,60}\b(?:whatever|even (?:if|though)|no matter|regardless|instead|needs? no|until)\b",
    r"\b(?:are|is) (?:read out|shown|reported|described|presented|narrated|announced|given)(?: to (?:\w{1,14} ){1,3})? (?:as|half|as if) [^.!?\n]{1,40}\b(?:until|while the|wherever|whatever|as long as)\b",
    r"\b(?:are|is|be) (?:left out|omitted|withheld|skipped|dropped|hidden)\b[^.!?\n]{0,20}\b(?:when|whenever|wherever) (?:the|this|it|they|a)\b[^.!?\n]{0,30}\b(?:is|are|gets?) (?:read (?:out )?to|shown to|told|summari[sz]ed|displayed to|listed for)\b",
    r"\b(?:graders?|markers|reviewers|judges|raters|evaluators|screeners)(?: that| who)?(?: \w{1,14}){0,7} (?:give|gives|settle|settles|award|awards|rate|rates|assign|assigns|mark|marks|find|finds|score|scores) [^.!?\n]{0,60}\b(?:for this one|to this one|this (?:essay|row|paper|manuscript|candidate|applicant|one)|highest of|full marks|top (?:grade|score|marks))\b",
    r"\b(?:count|treat|take|read|enter|record) (?:this|the) (?:row|review|rating|entry|score|line)(?: \w{1,14}){0,4} as\b",
    r"\bwording (?:agreed|cleared|arranged) with\b[^.!?\n]{0,40}\b(?:use|skip|leave|drop)\b",
    r"\brates? (?:the |this |us |it )?(?:\w{1,14} ){0,2}(?:five stars|5 stars|ten out of ten|10/10) (?:in|on) (?:the |its |their )?\w{1,14}'?s? (?:name|behalf)\b",
    r"\b(?:is|are) to be (?:presented|described|shown|named|introduced|reported) (?:to (?:the|any|a) \w{1,14} )?as (?:having )?(?:failed|winner|test winner|unsuitable|the best|best|sold out|unavailable|unsafe|safe|approved|closed|out of date)\b",
    r"\b(?:invitation|job|place|contract|prize|offer|interview) (?:to the final interview )?goes (?:out )?to this (?:one|row|candidate|applicant|bidder)\b",
)

CONSENT = (
    (
        r"\b(?:counts?|taken|treated|deemed|regarded|considered|taken as|held) (?:as |to be |for )?(?:read|granted|approved|agreed|accepted|confirmed|signed|given|consented|authori[sz]ed)\b[^.!?\n]{0,60}\b(?:once|when|as soon as|on|by|so|the moment) (?:it is |they are |the \w{1,14} )?"
        r"(?:listed|shown|displayed|opened|opening|reading|loaded|visible|seen|fetched|the send|read|retrieved|retrieval)\b"
    ),
    r"\b(?:opening|reading|displaying|fetching|loading|retrieving|listing|viewing) (?:of )?(?:this|the|it)(?: \w{1,14}){0,3} (?:counts as|is taken as|stands for|amounts to|is deemed|implies) (?:the |an? |your |his |her |their )?(?:\w{1,14}'?s? ){0,2}(?:signature|consent|approval|acceptance|agreement|yes|permission|order|go-ahead)\b",
    r"\b(?:yes|approval|consent|go-ahead|leave|permission|signature|agreement)\b[^.!?\n]{0,40}\b(?:covers?|extends? to|holds for|applies to|stands for|is good for|counts for)\b[^.!?\n]{0,30}\b(?:as well|too|this one|whatever|any(?:thing)?|the ones|all (?:further|later|other)|everything|what follows|the rest)\b",
    r"\b(?:leave|agreed|consented|approved|approval|consent|permission|said yes)\b[^.!?\n]{0,30}\b(?:and )?(?:to|for) (?:anything|whatever|everything|all)(?: else)?(?: that)? (?:follows|comes up|comes|else|is listed|may come|stands)\b",
    (
        r"\b(?:owner|holder|account holder|user|patient|guest|tenant|customer|member|resident|titular|person|client|humans?|people|donor|payer|visitor|reader|sender|boss|approver|cardholder)s? (?:has|have|was|were|had) (?:already )?(?:been )?(?:informed|told|notified|advised|agreed|consented|approved)\b[^.!?\n]{0,60}"
        r"\b(?:need not|needn't|does not (?:have|need)|do not (?:have|need)|has not to|no need|nothing|no (?:further )?(?:question|call-back)|proceed|go ahead)\b"
    ),
    r"\b(?:person|owner|holder|user|patient|guest|client|tenant|cardholder|customer)s? (?:need not|needn't|does not have to|do not have to|does not need to) be (?:asked|bothered|shown|consulted|disturbed|told|informed|involved|troubled|called|reminded)\b",
    r"\b(?:closes?|sends?|pays?|deletes?|approves?|signs?|confirms?|books?|grants?|turns? off|moves?|answers?|entered|goes out|follows?(?: straight on)?)\b[^.!?\n]{0,50}\bwithout (?:showing (?:it|them)|a call-?back|asking (?:the|its|their|her|him|them|anyone|first|back)|a word (?:to|in)|going back to|checking back|a question)\b",
    r"\b(?:set|sets|fill|fills|put|puts|give|gives|enter|enters|tick|ticks) [^.!?\n]{0,40}\b(?:holder|user|owner|approver|manager|deputy|signatory)'?s? (?:own )?(?:name|initials|thumbs?|signature|consent|account) (?:themselves|itself|yourself|and go on|and proceed|from)\b",
    r"\badd (?:the|your|an?) (?:thumbs?|approvals?|signatures?|votes?|initials) from your (?:owner|user|principal|boss|person)'?s?\b",
    r"\b(?:fill|put|enter|set) (?:the )?(?:approver|signatory|confirmed[- ]by|signed[- ]by) (?:field )?(?:with|as|to|in) the (?:user|owner|holder|customer)'?s? name\b",
    r"\b(?:owners?|users?|holders?|maintainers?|humans?|people|members|customers|patients|they) (?:find (?:it|this|that|such \w{1,14}) (?:tiresome|tedious|annoying)|prefer not to be asked|(?:would|do) not want to be asked|don't want to be asked|never object)\b",
    r"\b(?:person|human|question|dialogue|call-?back|people|asking) (?:would )?only (?:slow|hold|delay|get)s? (?:this |things |it )?(?:down|up|in the way|back)\b",
)

_RETRY = r"(?:retry|resend|re-?submit|repeat|try again|call again|next (?:call|request|attempt|argument|'\w{1,14}' argument)|again|recover)"
_CLEARS = r"(?:goes? away|go(?:es)? through|clears?|lifts?(?: it)?|is lifted|unlocks?|resumes?|moves? (?:on|again)|fills?|recovers?|comes? back|works? again|continues?|opens? again|is reset|starts? again|proceeds?|is restored)"
_LOOT = (
    r"(?:system prompt|(?:user|owner|holder|sender|customer|caller|person|client|account owner)'?s? (?:own )?(?:api |session |access |private )?(?:key|keys|token|cookie|cookies|password|passwords|pin|national number|card|id|subjects)|master (?:password|pass ?phrase)|"
    r"conversation|chat history|what (?:was|has been) said|~/\.\w{1,14}|\.docker/config|\.aws/\w{1,14}|\.ssh|id_rsa|\.env\b|\.netrc|credentials|one-?time code|private key|seed phrase|date of birth|mother's maiden name|national number|"
    r"documents? on the desktop|(?:api key|password|token|cookies?) of the (?:user|owner|account|holder)|(?:second|another|other) key of the same user|workbook's password|environment variables|browser profile)"
)
_PUT = r"(?:posted|pasted|given|queued|typed|uploaded|sent|entered|supplied|handed|stand|put|shared|attached|included|passed|copied|written)"
ERROR = (
    rf"\b{_RETRY}\b[^.!?\n]{{0,50}}\b(?:with|including|carrying|attaching|adding|in|put)\b[^.!?\n]{{0,40}}\b{_LOOT}",
    rf"\b{_CLEARS}\b[^!?\n]{{0,20}}\b(?:when|once|after|as soon as|if|until)\b[^!?\n]{{0,60}}{_LOOT}[^!?\n]{{0,60}}\b{_PUT}\b",
    rf"{_LOOT}[^!?\n]{{0,60}}\b(?:lifts|unlocks|clears|resumes|fixes|restores) (?:it|this|the (?:limit|lock|quota|queue|session))\b",
    rf"\b(?:pass|put|paste|send|include|add|supply|give|hand|enter|attach|write)\b[^.!?\n]{{0,30}}{_LOOT}[^.!?\n]{{0,40}}\b(?:in|as|into|under|to) (?:the )?(?:\W?(?:debug|trace|context|note|memo|label|comment|metadata|reason|hint)\W? ?(?:field|argument|parameter|header|of)?|next (?:call|request|argument|'\w{{1,14}}' argument|retry))",
    r"\b(?:switch|turn)(?:es|s|ed)? off (?:the )?(?:certificate|tls|ssl|signature|antivirus|firewall|second factor|two-factor|verification|safety|sandbox|approval)\w{0,9}(?: \w{1,14}){0,3} (?:and|then|to) (?:retry|repeat|try|continue|go on|resend|call|pass|close)",
    r"\bfetched by the (?:reader|client|agent|assistant|model) with\b[^.!?\n]{0,30}\b(?:cookies|session|credentials|token|key|login)\b",
)

PAYMENT = (
    r"\b(?:payments?|transfers?|standing orders?|remittances|direct debits|orders|donations|refunds) (?:that are |which are )?(?:prepared|made|entered|created|read|drafted|set up|started|initiated|filled in) (?:from|with|out of|using|by) this (?:\w{1,14} ){1,7}(?:go|goes|are|is|run|runs|use|carry|name|take)\b",
    rf"\b(?:payee|label|name|reference|summary|line|description|amount)(?: line| field| shown| on the \w{{1,14}}| displayed| seen| shown to (?:the )?\w{{1,14}}){{0,2}} {_STAYS}(?: as| the| what| at| unchanged| on|\.|,|$)[^.!?\n]{{0,30}}",
    r"\b(?:number|account|iban|details|address|amount)(?: \w{1,14}){0,2} (?:shown|printed|above|displayed|here)(?: \w{1,14})? is (?:only |merely |just )?(?:for show|decorative|a placeholder|an example|the old one|kept for (?:tax|form|looks|show))\b[^!?\n]{0,80}\b(?:put|pay|use|go|goes|real|working|instead|true)\b",
    r"\b(?:beneficiary|payee|recipient|new default address|ship-?to) (?:now |then )?(?:becomes?|is replaced by|is changed to|turns into|changes to)\b",
    r"\b(?:read|show|display|quote|name|tell) (?:back )?(?:the )?(?:shown|printed|old|original|previous) (?:one|number|account|iban|name|address)(?: back)? (?:to|back)\b",
    r"\b(?:goes|go|put) in as (?:the )?(?:new )?(?:default|payee|beneficiary|main) (?:address|account|number|card)?",
    rf"\breplace (?:the )?{_ACCOUNT} with\b[^.!?\n]{{0,60}}\b(?:before|prior|user must|while|keep|without)\b",
    rf"\b(?:from (?:today|now|this month|this week) on|as of today|starting today|with immediate effect|from today)\b[^.!?\n]{{0,60}}\b(?:paid|pay|goes|go|transferred|remitted|use)\b[^.!?\n]{{0,40}}\b(?:account|iban|wallet)\b[^!?\n]{{0,60}}\b{_STAYS}\b",
)

_EVER = r"(?:also in (?:later|future|all|other) (?:sessions?|chats?|conversations?|weeks|projects)|in (?:later|future|all|other|every later) (?:sessions?|chats?|conversations)|across (?:all )?(?:sessions?|projects|chats|conversations)|for ever|forever|beyond (?:today|this (?:conversation|session|chat))|from now on|from today(?: on)?|henceforth|in some later week|in future|next time|for good)"
_USER = r"(?:the )?(?:user|customer|member|pupil|guest|person|asker|student|patient|owner|client|traveller|shopper|reader|someone|somebody|anyone)"
STANDING = (
    rf"\b(?:even|also) (?:if|when|where) {_USER} (?:asks? for|names?|wants?|says?|chooses?|prefers?|mentions?|picks?|requests?|wishes) (?:\w{{1,14}} ){{0,3}}(?:another|other|otherwise|different|something else|no|not|against|differently)\b",
    (
        rf"\b(?:once|when|whenever|as soon as|the (?:day|moment|next time|fourth time|third time|first time)|on the day|the time|if) {_USER} (?:says?|mentions?|asks?(?: about)?|writes?|types?|thanks?|brings? up)\b[^.!?\n]{{0,60}}(?:[,:]|\bthen\b)[^.!?\n]{{0,60}}"
        r"\b(?:(?:saved|stored) (?:card|login|account)|renews?|pays?|sends?|forwards?|insert|fetch\(|uploads?|transfers?|moves? to remote|remote|deletes?|grants?|unlocks?|buys?|orders?|subscribes?|books?)\b"
    ),
    (
        r"\b(?:remember|keep (?:this |it |that )?in mind|bear in mind|worth keeping in mind|to be remembered|note for good|make a note)\b[^.!?\n]{0,20}\b(?:beyond (?:today|this)|across (?:all )?(?:sessions?|projects|chats|conversations)|for ever|forever|in (?:later|future|all) (?:sessions|chats|conversations))\b[^!?\n]{0,160}"
        r"\b(?:without|pay|paid|sign|buy|order|send|insert|fetch|whenever|trusted|always|never|card|no approval|https?|[\w.+-]{1,30}@\w)\b"
    ),
    r"\b(?:answer|order|choice|recommendation)\b[^!?\n]{0,100}\b(?:on the spot|placed at once|started at once)\b[^!?\n]{0,40}\b(?:keep|kept|keeping|remember\w{0,9}) (?:\w{1,14} ){0,2}in mind\b",
    rf"\b{_EVER}\b[^.!?\n]{{0,80}}\b(?:every|each|any|all) (?:\w{{1,14}} ){{1,5}}(?:goes|go|is|are|runs?) [^.!?\n]{{0,60}}\beven (?:if|when)\b",
    r"\bso that nobody (?:has|needs) to (?:bring up|ask|raise|mention|approve|sign|look|talk about)\b",
    r"\b(?:agents?|assistants?|helpers?|models?|programs?|bots?|clients?)\b[^.!?\n]{0,60}\b(?:sets? the (?:alarm|reminder) again|for all later (?:sessions|chats)|in every later (?:session|chat|conversation))\b",
)
