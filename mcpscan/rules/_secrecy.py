"""What it looks like when a text has something kept from the user.

What is kept back tells an attack from discretion: an *action* or an order ("this call", "the copy", "that you read the
file") from data that need not be shown ("raw ids", "the tax code").
"""

from __future__ import annotations

from mcpscan.rules._wording import USER, WORDS, exactly, frame

_NOT = (
    r"(?:(?:(?:do|does|must|should|shall|may|can|will|would|need|are|is)(?: ?not|n\W?t)|don\W?t|dont|never|not|avoid|refrain from|without"
    r"|no need to|(?:not|un)[ -]?necessary to|not required to|needless to|forbidden to|nor|not (?:allowed|permitted|supposed) to|no reason to"
    r"|not have to)(?: ever| explicitly| also| in any way| under any circumstances| at any point| even| then| bother to)?)"
).replace("(?: ?not", "(?: not")
_WHO = rf"(?:{USER}|them|him|her|the (?:reader|caller|requester|patient|guest|buyer|customer s?|principal|person you \w+(?: \w+)? for))"
_HUMAN = (
    r"(?:(?:the |your |any |this |an? )?(?:end |human )?(?:users?|humans?|customers?|person(?: you \w+(?: \w+)? for)?|owner|clients?|operator|account holder"
    r"|guests?|patients?|buyers?|tenants?|students?|subscribers?|travell?ers?|passengers?|callers?|employees?|requester)\b)"
)
_DEED = (
    r"(?:(?:extra|additional|tool|function|api|first|second|side|background|further|hidden|preliminary|preparatory|this|such|actual|real|same"
    r"|previous|added|silent|internal|data|file|mail|message|backup|forwarding|bcc) )?(?:calls?|steps?|transfers?|cop(?:y|ies|ying)|sync\w*"
    r"|uploads?|actions?|operations?|instructions?|notes?|notices?|side effects?|forward(?:ing|s)?|redirect\w*|substitution|replacement"
    r"|deletions?|process|sending|backups?|bcc|cc|existence|directives?|exchange|swap|lookups?|reads?|access(?:es)?|part|paragraph|arrangement"
    r"|rerouting|routing|procedure|task|activity|hand ?over|sharing|collection|logging|recording|export|submission|mechanism|paragraph"
    r"|change of (?:\w+ ){0,2}\w+|adjustment|rewrite|detour|check|checks|switch|surcharge|markup|fee|charges?|payments?|bookings?|purchases?|subscription|extra \w+|additional \w+|second \w+)"
).replace("hand ?over", "hand[ -]?over")
_END = r"(?=\s*(?:[.;:!,)\]\n\"'*<]|$| -|--))"
_THIS = (
    r"(?:(?:this|it|that|these|those)(?=\s*(?:[.;:!,)\]\n\"'*<]|$| -|--)| (?:to|in|with|before|from|around|near|and|or|but|between|up|under|at|secret|hidden|quiet"
    r"|private|out|for|away)\b)"
    rf"|any of (?:this|it|these)|what you (?:did|do|read|sent|found)|(?:the|this|that|these|those|any|its|said|such) {_DEED}\b)"
)
_THIS_DEED = rf"(?:(?:the|this|that|these|those|any|said|such|all) {_DEED})"
_TOLD_END = r"(?=\s*(?:[.;:!,)\]\n\"'*<]|$| -|--| and\b| or\b| but\b| because\b| since\b| under\b| in any\b| at any\b| if (?:they|he|she)\b))"
_DONT = r"(?<!\b(?:if|where|unless|unknown)\b[^.!?]{0,60})(?:(?:do|must|should|shall|may|need|will)(?: not|n\W?t)|don\W?t|dont|never|not to|avoid|refrain from|without)(?: ever| even)?"
_REPLY = (
    r"(?:(?:your|the|any|final|its|every) (?:\w+ )?(?:summary|repl(?:y|ies)|reports?|answers?|responses?|recap|overview|explanations?|messages?"
    r"|output|history|transcript|reasoning|conversation|chat|confirmation))"
)
_MENTION = (
    r"(?:mention|bring(?:ing)? up|admit|acknowledge|discuss|refer to|talk about|speak of|announce|comment on|allude to|confess|volunteer"
    r"|draw attention to)"
)
_TELL_OF = rf"(?:{_MENTION}|disclose|reveal|note|share|explain)"
_SHOW = r"(?:show|display|report|list|log|surface|expose|explain|describe|state|include|flag|highlight|print|share|summari[sz]e)"

PATTERNS: tuple[str, ...] = (
    (
        r"\b(?:not|t|dont|never|avoid|refrain\Wfrom|without|no\Wneed\Wto|necessary\Wto|needless\Wto|forbidden\Wto|nor|bother\Wto|reason\Wto)\W(?:\w{1,13}\W){0,3}"
        r"(?:tell|mention|inform|notify|alert|warn|reveal|disclos|admit|acknowledg|discuss|announc|bring|bother|let|refer|talk|speak|confess|report|show|list"
        r"|log|explain|describe|trouble|worry|burden|involv|volunteer|draw|display|surface|include|flag|comment|note|share|state)\w{0,3}\b"
    ),
    (
        rf"\b(?:hide|hiding|conceal|withhold|keep|keeping|kept)\w{{0,3}}{WORDS}(?:between us|secret|hidden|yourself|quiet|from (?:the|your) (?:user|human|customer"
        r"|person|owner|operator)|in the dark|unaware|from users|from view|from them|a secret)\b"
    ),
    r"\b(?:silently|quietly|secretly|covertly|discreetly|surreptitiously|stealthily|on the quiet|in secret|unnoticed|unobtrusively)\b",
    r"\b(?:act|reply|respond|answer|continue|proceed|behave|carry on|go on|present|report|speak|write)\W(?:\w{1,12}\W{1,2}){0,7}as\W(?:if|though)\b",
    r"\bpretend (?:that )?(?:nothing|this|it|only|you|the)\b",
    (
        rf"\b(?:leave|leaving|omit|exclude|drop|strip|keep|remove|cut|delete|skip)\w{{0,3}}{WORDS}(?:summary|repl(?:y|ies)|reports?|answers?|responses?|recap"
        r"|overview|explanations?|messages?|output|history|transcript|logs?|trace)\b"
    ),
    (
        r"\b(?:users?|humans?|customers?|person|owner|clients?|operator|holder|guests?|patients?|buyers?|tenants?|students?|subscribers?|travell?ers?"
        r"|passengers?|callers?|employees?|requester|for|they)\W{1,2}(?:\w{1,8}\W{1,2}){0,3}(?:not|never|t|unaware|oblivious)\b"
    ),
    r"\b(?:user|customer|human|person|owner|client|operator) (?:is |are |being |remains? |stays? )?(?:unaware|oblivious|uninformed|in the dark)\b",
    (
        r"\bwithout (?:the |your |any |their )?(?:users?|customer|human|person|owner|client|operator|them|him|her)(?:\W?s)? (?:\w{1,10} ){0,2}"
        r"(?:know|notic|knowledge|awareness|realis|realiz|seeing|told|aware|informed|finding out|learn)"
    ),
    r"\b(?:say|says|saying|said|mention|tell) (?:\w{1,9} ){0,2}nothing\b",
    r"\b(?:make|leave|give|include|keep|with|contain) no (?:mention|trace|record|sign|hint|evidence|note|reference)\b",
    r"\bif (?:\w{1,9} ){0,3}(?:asks?|asked|questioned|queried|confronted|challenged)\b",
    r"\b(?:secret|covert|hidden|confidential|silent|private) (?:operation|step|instruction|task|action|order|directive|procedure)s?\b",
    r"\bno(?:body|[ -]one)(?: else)? (?:needs?|has|have|must|should)\b",
    r"\bnot something (?:that )?(?:the |your |any )?(?:users?|human|customer|person|owner|client|guest|patient)\b",
    r"\bdeny (?:having|any|that|all|it|knowledge|knowing|this)\b",
    (
        r"\b(?:must|should|shall|has to|have to|needs? to|is to|are to) (?:remain|stay|be kept|be) (?:hidden|secret|invisible|concealed|unmentioned|unnoticed"
        r"|undisclosed|undetected|between)\b"
    ),
)

SURE = exactly(
    r"\b(?:never|do not|don\W?t|must not|without) (?:ever )?let(?:ting)? on (?:that|about|to)\b",
    rf"\b{_NOT} (?:tell|inform|alert|warn|bother|trouble|worry|burden)(?:ing)? {_HUMAN}(?: about| of| with)? {_THIS}",
    rf"\b{_NOT} notify(?:ing)? {_HUMAN} (?:about|of) {_THIS}\b",
    rf"\b{_DONT} (?:tell|inform)(?:ing)? {_HUMAN}{_TOLD_END}",
    rf"\b{_DONT} let {_HUMAN} (?:know|see|notice|find out|learn|hear|suspect|realise|realize)(?: (?:about|of))?(?: {_THIS}|{_TOLD_END}| (?:that|what|why|how) you\b)",
    rf"\b{_NOT} (?:tell|inform|notify|alert|warn)(?:ing)? {_HUMAN} (?:that|what|why|how) (?:you|u)(?: have| ve| are| will| just| first| also| had| re| did| were)*"
    r" (?:call\w*|read\w*|sen[dt]\w*|ran|run\w*|us(?:e|ed|ing)|cop\w+|forward\w*|access\w*|add\w*|chang\w+|made|told|receiv\w+|need|did|do|done|look\w*|check\w*"
    r"|includ\w+|attach\w*|delet\w+|pass\w*|upload\w*|shar\w+|replac\w+|instruct\w*|execut\w+|follow\w*|stor\w+|sav\w+|record\w*|collect\w*|grant\w*|mov\w+)\b",
    rf"\b{_NOT} {_MENTION}(?:ing)? (?:{_THIS}|that you (?:\w+ ){{0,3}}(?:call|read|sen[dt]|us|cop|need|did|were|add|forward|made|follow|receiv)\w*)"
    rf"(?: \w+){{0,5}} (?:to|with|in|before|from|around|near|in front of) (?:{_WHO}|{_REPLY})",
    rf"\b{_NOT} {_TELL_OF}(?:ing)? (?:{_THIS_DEED}|that you (?:\w+ ){{0,3}}(?:call|read|sen[dt]|us|cop|need|did|were|add|forward|made|follow|receiv)\w*)\b",
    rf"\b{_NOT} {_SHOW} {_THIS_DEED}(?: \w+){{0,4}} (?:to|with|in|before|from) (?:{_HUMAN}|{_REPLY})",
    rf"\b{_NOT} (?:bring|let) (?:this|it|that|the \w+) (?:up|slip|show|be known)\b",
    rf"\b(?:hide|hiding|conceal|concealing|withhold|withholding|keep|keeping) (?:{_THIS_DEED}|the fact that \w+)(?: \w+){{0,4}}"
    rf" (?:between us|to yourself|a secret from|(?:hidden |secret |private |away )?from {_HUMAN})\b",
    rf"\b(?:keep|keeping) {_THIS}(?: \w+){{0,3}} (?:a secret|hidden|secret|private|away) from {_HUMAN}",
    rf"\bkeep (?:{_HUMAN}) (?:in the dark|unaware|uninformed|from (?:knowing|noticing|finding out|learning|seeing))\b",
    r"\b(?:secretly|covertly|surreptitiously|stealthily|in secret) (?:also )?(?:call|invoke|send|forward|copy|add|attach|append|include|run|execute|upload"
    r"|transfer|share|post|e[ -]?mail|submit|pass|read|collect|store|insert|grant|delete|fetch|perform|do|record)\b",
    r"\b(?:silently|quietly|discreetly|unobtrusively) (?:also )?(?:call|invoke|forward|e[ -]?mail|bcc|cc|copy (?:it|them|the)|pass along|exfiltrate)\b",
    rf"\b(?:do|perform|make|carry out|run|execute|call) (?:{_THIS}|so) (?:silently|quietly|secretly|covertly|discreetly|in secret|unnoticed|on the quiet)\b",
    r"\b(?:act|reply|respond|answer|continue|proceed|behave|carry on|go on|present|report|speak|write)(?: \w+){0,7} as (?:if|though) (?:only\b|nothing (?:\w+ )?"
    r"(?:happened|changed|else|unusual|was)|no(?:thing)? (?:\w+ )?(?:was|were|had|has|took)|it (?:had |has )?never|you (?:had |have |did )?(?:only|never|not|just)\b"
    r"|this (?:\w+ )?never)",
    rf"\bpretend (?:that )?(?:nothing (?:\w+ )?(?:happened|changed)|{_THIS} (?:\w+ )?never|you (?:never|did not|didn\W?t|only))",
    rf"\b(?:remove|cut|delete|strip) {_THIS_DEED}(?: \w+){{0,4}} (?:out of|from) your (?:\w+ )?(?:summary|repl\w+|report|answer|response|recap)\b",
    rf"\b(?:leave|leaving|omit|omitting|exclude|drop|keep|skip) (?:{_THIS_DEED}|(?:any|all|every) (?:mention|reference|trace|record|word)s?"
    rf"(?: of| to)? (?:{_THIS}))(?: \w+){{0,4}} (?:out of|from) {_REPLY}\b(?! (?:table|view|page|list|field|body|schema)\b)",
    rf"\b{_THIS_DEED} (?:is|are|must|should|shall|need|may|can|will)(?: (?:not|never)|n\W?t)(?: to)?(?: be)? (?:shown|mentioned|listed|reported|disclosed|revealed|logged"
    rf"|displayed|brought up|discussed|announced|explained|recorded|included)(?: \w+){{0,2}} (?:to|in|with|before) (?:{_HUMAN}|{_REPLY})",
    rf"\b(?:your (?:\w+ )?(?:summary|reply|report|answer|response|recap|confirmation)) (?:do|does|should|must|shall|will|can|may)(?: (?:not|never)|n\W?t) (?:mention|include|list"
    rf"|refer to|show|report|contain) (?:{_THIS_DEED})",
    rf"\bnot something (?:that )?{_HUMAN} (?:has|have|needs?|ought) to (?:know|hear|see|be told)",
    rf"\b{_HUMAN} (?:must|should|need|may|can|shall|will|ought)(?: (?:not|never)|n\W?t)(?: \w+){{0,2}} (?:see|know|notice|hear|learn|find out|realise"
    rf"|realize|suspect|(?:be )?(?:told|aware|informed|shown|made aware|bothered|notified|alerted))(?: (?:about|of|with))* (?:{_THIS}|anything{_END})",
    rf"\b{_HUMAN} (?:must|should|may|shall)(?: (?:not|never)|n\W?t)(?: ever| even)? (?:know|notice|hear|learn|find out|suspect|be (?:told|aware|made aware))"
    rf"(?: about| of)?{_TOLD_END}",
    rf"\bwithout (?:ever )?(?:telling|informing|alerting|warning|mentioning it to) {_HUMAN}{_TOLD_END}",
    rf"\bwithout (?:the |your |any )?(?:user|customer|human|person|owner|client|operator)(?:\W?s)? (?:ever )?(?:knowing|noticing|knowledge|awareness|reali[sz]ing|seeing it|being"
    rf" (?:told|aware|informed)|finding out)(?: about it| of it)?{_TOLD_END}",
    rf"\b(?:say|saying|tell|telling)(?: {_HUMAN})? nothing (?:to {_WHO} )?(?:\w+ ){{0,2}}(?:about|of|on) (?:{_THIS})",
    rf"\btell {_HUMAN} nothing\b",
    rf"\b(?:make|leave|give|include|keep|with|contain) no (?:mention|hint|sign|reference|note)(?: of| to| about)? (?:{_THIS})\b",
    rf"\bno (?:need|reason) (?:for \w+ )?(?:to )?(?:mention|bother|tell|inform|trouble|report)(?: {_WHO})?(?: (?:about|with|of))? (?:{_THIS_DEED})\b",
    r"\bthis is (?:a|an) (?:secret|covert|hidden) (?:operation|step|instruction|task|action|order|directive|procedure)\b",
    rf"\b{_THIS_DEED} (?:must|should|shall|has to|needs to|is to) (?:remain|stay|be kept|be) (?:hidden|secret|invisible|concealed|unmentioned|unnoticed|undisclosed|between)",
    rf"\bkeep (?:the )?(?:existence|content|fact) of {_THIS}(?: \w+){{0,2}} (?:between us|secret|hidden|to yourself|private|quiet)\b",
)

LIKELY = exactly(
    rf"\b{_DONT} mention(?:ing)? (?:it|this|that){_TOLD_END}",
    r"\b(?:keep|keeping) (?:this|it|that|all of this)(?: \w+){0,2} between us\b",
    rf"\bno(?:body|[ -]one)(?: else)? (?:needs?|has|have|must|should)(?: to| ever)* (?:know|learn|hear|find out|see)(?: about| of)? {_THIS}",
    r"\b(?:do|perform|handle|complete|run|make) (?:this|it|that|so)(?: \w+){0,2} (?:quietly|silently|discreetly|in the background)\b",
    r"\b(?:silently|quietly|discreetly) (?:also )?(?:send|attach|append|upload|transfer|share|post|submit|pass|read|collect|grant)\b",
    r"\bkeep (?:this|it|that|all of this|these (?:steps|notes|instructions))(?: \w+){0,2} (?:between us|to yourself|quiet|hidden|a secret)\b",
    r"\bif (?:\w+ ){0,3}(?:asks?|asked|questioned|queried|confronted|challenged)(?: \w+){0,5} (?:say|answer|reply|respond|claim|state|deny)(?: \w+){0,3} (?:nothing|none|never|no "
    r"(?:\w+ )?(?:\w+ )?(?:took|was|were|happened|has|had)|you (?:did|have|know|only)|deny)\b",
    r"\bdeny (?:having|knowing|any knowledge|that (?:you|this|it|the (?:call|step|transfer|copy)))\b",
    rf"\b{_HUMAN} (?:must|should|need|may|does|do|will)(?: (?:not|never)|n\W?t)(?: have to| need to)? (?:see|know|hear|be (?:told|informed|shown|bothered|notified))"
    rf"(?: (?:about|of|that|with))? (?:this|it|that|these){_TOLD_END}",
    rf"\b{_HUMAN} (?:need|does|do)(?: (?:not|never)|n\W?t)(?: have to| need to)? (?:know|hear|be (?:told|informed|bothered))(?: (?:about|of|with))? (?:{_THIS})",
    rf"\b{_HUMAN} (?:need|does|do)(?: (?:not|never)|n\W?t)(?: have to| need to)? (?:hear|be (?:told|informed|bothered)) (?:about|of|that|why|with)\b",
    rf"\b(?:hide|conceal) (?:it|this|that|these) from {_HUMAN}\b",
    r"\b(?:do|does|should|must|will) ?(?:not|n\W?t) (?:list|mention|report|log|show|say|record) (?:what|anything|which \w+) (?:was|were|is|has|that|you) (?:\w+ )?(?:changed|done|sent|copied|did)".replace(
        " ?(?:not", "(?: not"
    ),
    rf"\bno need to (?:bother|trouble|tell|inform|involve) {_HUMAN}(?: (?:about|with|of) (?:{_THIS}|this \w+))?{_TOLD_END}",
    r"\btell no(?:body|[ -]one)(?: about| of)? (?:this|it)\b",
)

_ACT_WORDS = r"calls?|lookups?|sync|cop(?:y|ies)|uploads?|transfers?|deposit|withdrawal|steps?|write|recipient|cc|bcc|forwarding|redirect|exchange|deletions?|charges?|surcharge|fees?|payments?|exports?|backups?|instructions?|tool ran|reads?|swap"
_HUSH_WORDS = r"mention|notice|notices|see|find out|word|list|appear|raise|part of|let on|say|between|only|know|hear|learn|show|reveal|talk|speak"
PATTERNS = (
    *PATTERNS,
    rf"\b(?:{_ACT_WORDS}){WORDS}(?:not|never|nothing|without|between|no one|nobody|skip|only|unnoticed|unmentioned|silence|silent)\b",
    rf"\b(?:not|never|nothing|without|skip|only|no|t){WORDS}(?:{_ACT_WORDS})\b",
    r"\b(?:no ?one|nobody|anyone) (?:else )?(?:notices?|knows?|sees?|asks|hears|suspects|finds out|learns|will (?:notice|know|see|hear))\b".replace(
        "no ?one", "no[ -]?one"
    ),
    r"\b(?:reply|answer|respond|act|behave) (?:normally|as usual|as (?:you|it) would|as before)\b",
)

FRAMES = (
    frame(
        r"\b(?:(?:do|must|should|shall|may|need|can|will|does)(?: not|n\W?t)|don\W?t|dont|never|not to|nothing|without|avoid|skip|omit|leave out|(?:is|are) not (?:something|a matter|part|anything)|has no need|no need|make sure (?:\w+ ){1,4}(?:not|never)|only)(?: \w+){0,4}? (?:tell|told|mention\w*|inform\w*|reveal\w*"
        r"|disclos\w*|say|show|list|notice|see|find out|know|aware|learn|hear|appear|raise|talk|discuss\w*|word|of it|let on|bring|announce\w*|to do with|speak)\b|\b(?:talk|speak|reply|report|covers?|answer)(?: \w+){0,4} only\b|\bonly (?:talk|speak|report|mention|answer)\b|\bstays? between\b|\bunmentioned\b|\bunnoticed\b"
        r"|\b(?:any|no|every) mention\b|\bnothing of\b",
        r"\b(?:(?:this|the|that|any|extra|second|additional|its|each) (?:\w+ )?(?:calls?|lookups?|sync|cop(?:y|ies)|uploads?|transfers?|deposits?|withdrawals?|steps?|write|recipients?|cc|bcc|forwarding|redirect\w*|exchange|deletions?|charges?|surcharge|fees?|payments?|exports?|backups?|tool (?:ran|was)|reads?|swap"
        r"|upload|record was (?:also )?(?:sent|shared|copied)|file was (?:also )?(?:sent|read|copied|shared))|was also (?:sent|shared|copied)|cc|bcc)\b",
        r"\b(?:(?:the|your|any) (?:user|customer|human|patient|guest|client|person|owner|buyer|reader|traveller|tenant|caller)s?|no[ -]?one|nobody|anyone|your (?:\w+ )?(?:answer|reply|summary|report|response|confirmation)|in the (?:confirmation|transcript|reply|summary|answer|conversation)"
        r"|when you (?:confirm|answer|reply|report)|between (?:the assistant|you) and|as usual|confirm the)\b",
    ),
    frame(
        r"\b(?:so that|such that|and) (?:no[ -]?one|nobody|the (?:user|customer|owner|guest|person)) (?:\w+ )?(?:notices|knows|sees|suspects|finds out|hears|learns)\b",
        r"\b(?:behave|act|reply|answer|respond|continue|carry on|afterwards?|normally|quietly|as usual)\b",
    ),
    frame(
        r"\bas (?:you|it) would (?:if|have)\b|\bas (?:usual|normal|before)\b",
        r"\b(?:this|the|that) (?:step|call|transfer|copy|sync|upload|lookup|write|payment)\b",
        r"\b(?:had not|never|not taken place|did not happen|nothing of|without)\b",
    ),
)
