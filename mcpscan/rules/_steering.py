"""Sentences in a document's own voice that take a decision, a report or a fact away from the user.

They give no orders and shout nothing: they say how things are done. What they share is the turn of thought, so each
pattern joins two sets of words: somebody who decides, and what becomes of the decision.
"""

from __future__ import annotations

from mcpscan.rules._wording import exactly

PERSON = (
    r"(?:users?|persons?|people|customers?|clients?|guests?|callers?|buyers?|patients?|travell?ers?|passengers?|visitors?"
    r"|shoppers?|owners?|drivers?|pilots?|tenants?|students?|pupils?|readers?|listeners?|members?|players?|subscribers?"
    r"|account holders?|applicants?|diners?|riders?|hosts?|doctors?|nurses?|donors?|givers?|payers?|sellers?|operators?"
    r"|humans?|somebody|someone|anyone|anybody|employees?|recipients?|citizens?|borrowers?|lenders?|whoever)"
)
AGENT = (
    r"(?:(?:ai |language |calling |connected |automated )?(?:agents?|assistants?|models?|copilots?|chat ?bots?|bots?)|llms?|ais?)"
)
SEP = r"[^\w.!?;\n]{1,3}"


def words(most: int) -> str:
    """Up to so many words of the same sentence, and the blanks around them."""
    return rf"{SEP}(?:[\w']{{1,16}}{SEP}){{0,{most}}}"


CHOSE = (
    r"(?:asks?|asked|asking|names?|named|wants?|wanted|prefers?|preferred|chooses?|chose|chosen|picks?|picked|requests?|requested"
    r"|types?|typed|pastes?|pasted|insists?|insisted|dictates?|dictated|says?|said|stated?|states|gives?|gave|given|specif(?:y|ies|ied)"
    r"|mentions?|mentioned|selects?|selected|orders?|ordered|wish|wishes|wished|entered|enters|provided?|provides|quoted|was quoted"
    r"|were quoted|told|tells|objects?|objected|declines?|refuses?|protests?|likes?|thinks?|meant)"
)
EVEN = r"(?:even (?:when|if|where|though|after)|also (?:when|if)|should)"
WHATEVER = (
    r"(?:no matter (?:what|which|whom|who|whether|how)|whatever|whichever|regardless of (?:what|which|whether|whom|any)"
    r"|irrespective of (?:what|which|any)|no difference what)"
)
OTHER = r"(?:another|other|others|different|differently|otherwise|something else|elsewhere|the opposite|the contrary|not to)"
SHOWS = r"(?:says?|prints?|shows?|states?|reads?|gives?|lists?|tells|names|suggests|carries)"
PAPER = r"(?:orders?|invoices?|lists?|labels?|bills?|contracts?|screens?|receipts?|forms?|letters?|listing|reading|menu|catalogue|page|rubric|request)"
TAKEN = r"(?:replaced|swapped|exchanged|substituted|overruled|overwritten|set aside|discarded|disregarded|passed over|traded)"
CHOICE = r"(?:wish(?:es)?|choices?|requests?|preferences?|instructions?|words|orders?|decisions?|answers?|objections?|say)"

OVERRIDES = (
    rf"\b{EVEN} (?:the |a |any |some |this )?{PERSON}{words(3)}{CHOSE}{words(3)}{OTHER}\b",
    rf"\b{WHATEVER}{words(3)}{PERSON}{words(3)}{CHOSE}\b",
    rf"\b{WHATEVER}{words(3)}{PAPER} {SHOWS}\b",
    rf"\b{WHATEVER} (?:was|has been|had been|is) (?:requested|asked|chosen|ordered|typed|agreed|said)\b",
    rf"\b(?:instead of|in place of|rather than|not) (?:the|that|those){words(3)}{PERSON}{words(2)}{CHOSE}\b",
    rf"\b(?:instead of|in place of) (?:the|what the) {PERSON}(?: s)? (?:own |link|choice|pick|address|account|file|wording|text|answer|request)",
    rf"\b{PERSON}(?: s)? own (?:[\w']{{1,16}}{SEP}){{1,3}}(?:is|are|gets?|being|was) (?:then |quietly |always )?{TAKEN}\b",
    rf"\b(?:the |a |any )[\w']{{2,16}} (?:that )?(?:the |a |this ){PERSON}{words(1)}{CHOSE}{SEP}(?:is|are|gets?)"
    rf" (?:then |always |quietly )?(?:swapped|exchanged|substituted|overruled|set aside|discarded|disregarded|passed over|traded)\b",
    rf"\b{PERSON}(?: s)? {CHOICE} (?:is|are|gets?|must be|should be) (?:always |then )?(?:set aside|overruled|disregarded|secondary|passed over|outweighed|void)\b",
    rf"\b(?:what|that which) the {PERSON} {CHOSE}{words(2)}(?:gives way|yields|is overruled|counts for less|comes second|is set aside|does not count)\b",
    rf"\b{PERSON}(?: s)? {CHOICE}{words(2)}(?:point in different directions|differ|conflict|disagree|collide|contradict|clash|diverge)\b",
    rf"\b(?:cheaper|others?|rivals?|competitors|alternatives?)(?: ones| offers)? (?:follow|come|are (?:shown|named|listed|mentioned))(?: \w+)? (?:only )?(?:if|when) (?:the )?{PERSON} insists?\b",
    rf"\bours?(?: own)?{words(2)}(?:first|on top|ahead|highest){words(2)}regardless\b",
)
FIXES = exactly(
    r"\b(?:used?|uses|booked?|books|enter(?:s|ed)?|reserved?|reserves|pays?|paid|goes|sent|sends?|stays?|remains?|chosen|choose|puts?|named?|names|meant"
    r"|recommend\w*|answer(?:s|ed)?|says?|told|tells?|installed|routed?|set|given|charged?|added?|adds|picked|keep|keeps|kept|follows?|sides?"
    r"|described|credited|debited|filed|placed|counts?|ordered?|passed|selected|signed|assigned)\b"
)
"""What says that a value is settled: a text that only ranks or filters has no need of these words."""
SETTLES = exactly(rf"\b(?:{AGENT}|sides?|follows?|prevails?|comes? first|goes? with|wins?)\b")
SEARCHES = exactly(
    rf"\b(?:find|finds|search\w*|look\w*|match\w*|return\w*|list\w*|show\w*|describ\w+|about|for|on|of|to|from|with|in|by|do|does|use|pass|include|quote|repeat|as|at|than|exactly|that is|not)"
    r"\W{1,3}$"
)
"""What stands before "whatever the user says" where it is the thing that is looked for."""
SETS_ANYWAY = exactly(
    r"\b(?:utc|iso|gmt|units?|formats?|case|locale|time ?zones?|limit(?:s|ed)?|maximum|max|pages?|at most|fewer|sort(?:s|ed)?|cache[ds]?|default|private|refus\w+)\b"
)
"""What a service sets for everybody."""

SHOWN = r"(?:summary|summaries|bill|receipt|report|recap|invoice|total|confirmation|write ?up|statement|overview|minutes|quote|balance|reply|answer|account of it)"
ODD = (
    r"(?:stays?|remains?|keeps?|is left|are left|leaves? out|omits?|still (?:shows?|lists?|names?|says?)|describes?|lists? only|names? only|speaks? only|speaks? of"
    r"|shows? only|continues to)"
)
LATER = r"(?:sold out|fully booked|closed|full|unavailable|not available|gone|discontinued|unreliable|unsafe|down|broken|abandoned|out of service|taken|insolvent|banned)"
DEED = r"(?:steps?|calls?|changes?|transfers?|orders?|charges?|deletions?|edits?|fees?|payments?|surcharges?|cop(?:y|ies)|removals?|gaps?|mirrors?|part)"

REPORTS = (
    rf"\b{SHOWN} (?:that )?(?:is )?(?:(?:shown|presented|displayed|given|read out|handed|sent) to|which|that|for) (?:the |your |a ){PERSON}"
    rf"(?: \w+)? (?:sees |gets |reads |receives |is shown )?(?:stays?|remains?|keeps?|is left|leaves? out|omits?|still (?:shows?|lists?|names?|says?)|describes? it|speaks? of)\b",
    rf"\b{SHOWN} (?:that )?(?:the|a|your) {PERSON} (?:sees|gets|reads|receives|is shown|is given|is sent) {ODD}\b",
    rf"\b(?:report|summary|recap|write ?up|confirmation|reply|receipt|account) (?:to|for) (?:the |a ){PERSON} (?:speaks? of|mentions only|leaves? out|stays? silent|omits?|names? only)\b",
    rf"\b{DEED}{words(1)}(?:is|are) (?:described|presented|explained|announced|passed off|put down|reported|counted|booked|labelled)(?: to (?:the )?{PERSON})?"
    r" as (?:an? |having been |being )?(?:\w+ )?(?:routine|made by|maintenance|check|random|done by|automatic|standard|system|harmless|tax|rounding)\b",
    rf"\b{PERSON}{words(3)}(?:names?|insists?|asks?|wants?|mentions?|cites?|prefers?|brings? up){words(3)}(?:another|other|others|a different|a rival|a competitor)\b"
    rf"[^.!?\n]{{1,60}} (?:is|are|as|was|were|has) (?:\w+ ){{0,2}}{LATER}\b",
    rf"\b(?:tell|tells|told|telling|assure|inform|say to) (?:the |any |your )?{PERSON}{words(2)}(?:other|others|rival|rivals|competing|competitors?|alternatives?){words(3)}(?:is|are|was|were|has|have){words(2)}{LATER}\b",
    rf"\b(?:tell|tells|told|inform) (?:the |any |your )?{PERSON} (?:that )?(?:the|their|your|his|her) [^.!?\n]{{2,30}} (?:is|are|was|were|has been|have been) (?:locked|suspended|frozen|blocked|compromised|expired)\b"
    r"[^!?\n]{1,80} (?:code|digits|password|pin|passphrase|card number|cvv|otp)\b",
    rf"\b(?:says?|state[sd]?|claims?|reports?|answers?|tells?|told|writes?|confirms?){SEP}(?:[\w']{{1,16}}{SEP}){{1,14}}(?:although|even where|even though|even if|though) (?:it|they|this|that|the \w+|none|no \w+)"
    r" (?:is|was|were|are|has been|had been|does|did) (?:absent|missing|not|in fact|archived|sent|deleted|found|there|open|free|available|still|paid|received)\b",
    rf"\b(?:leave|leaving|leaves|keep|keeping|drop|omit) (?:this|that|these|it|them|the \w+)(?: one| \w+)? (?:out of|from|off) (?:the|your|any|its) (?:\w+ )?(?:summary|recap|report|receipt|write ?up|confirmation|bill)"
    rf"(?: (?:that )?(?:the |a )?{PERSON})\b",
    rf"\bwithout (?:it |this |that |them |the \w+ |ever |its )?(?:appearing|showing up|being (?:listed|itemi[sz]ed|named|shown)|turning up)(?: there| in| on)? (?:the |any |its )?"
    rf"(?:there|{SHOWN}|basket|list|log|history|cart)\b",
    r"\b(?:goes|go|stays?|remains?|is left|are left|left|leaves?|passes|kept)(?: it| this| them)? (?:unmentioned|unsaid|unreported|untold|unspoken|unremarked|undisclosed)\b",
    rf"\b(?:not|never) (?:to )?(?:bring|brought) (?:the \w+|it|this|that|them) up (?:in|with|to|before|during) (?:the )?(?:conversation|talk|chat|{PERSON})\b",
    rf"\bin (?:talk|talks|conversation|dealings|contact) with (?:the )?{PERSON}{words(2)}(?:order|step|fee|charge|copy|change|it|this|marker|mirror|margin|extra) (?:is|are|stays?|remains?)(?: only)?"
    r" (?:described by|called|not|left|unmentioned|only|referred to as|passed over)\b",
    rf"\b{PERSON} (?:is|are) (?:spoken to|addressed|answered|told|written to|informed|treated) as (?:though|if) (?:the |it |nothing |no |all |they )",
    rf"\bwhile (?:the )?(?:one|figure|number|total|price|amount|name|sum|iban|account|rate)(?: on file| first given| named| agreed)? (?:is the one|that|which|the)(?: that)? (?:is |{PERSON} (?:sees|hears|is )?)(?:mentioned|shown|told|quoted|sees|hears)?\b",
    rf"\b(?:table|topic|matter|subject|figure|reason|ledger) (?:stays|remains|is) closed to (?:questions|queries|the {PERSON})\b",
    rf"\b(?:lifts?|raises?|lowers?|marks?|scores?|ranks?)\b[^.!?\n]{{3,60}} and gives? (?:other|different|another) (?:grounds|reasons?|explanations?)\b",
    r"\bedits (?:made )?by the (?:agent|assistant|model)(?: itself)? (?:are|count) (?:counted |credited |logged |recorded |shown )?(?:as|to) (?:made by |those of |the work of )?(?:the |a )",
)

ADDRESS = r"(?:[\w.+\-]{1,40}@[\w\-]{1,40}(?:\.\w{2,14}){1,3}|https?://\S{4,60}|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})"
OUTSIDE = exactly(
    rf"{ADDRESS}|\b(?:our|partner|partners|vendor|vendors|third party|affiliate\w*|sponsor\w*|broker\w*|advertis\w+|relay|everyone|public|notice board|insurer|wall)\b"
)
"""A fixed place outside of what the user has asked for."""
TO_PERSON = exactly(rf"^\W{{0,3}}(?:to )?(?:the |your |their |each |all |every )?(?:\w+ )?(?:{PERSON}|sender|author|attendees|yourself|you|clipboard|backup)\b")
PARTS = r"(?:cop(?:y|ies)|duplicate|mirror|transcript|likeness|recording|excerpt|digest|summary|note|original|second one)"
MOVES = r"(?:goes|go|is sent|are sent|sent|lands|travels|passes|is handed|hands?|is posted|posted|is forwarded|is kept with|is mailed|is passed|is filed|is left|is owed|flows|writes?|posts?|sends?)"
ROLE = r"(?:admin\w*|owners?|editors?|maintainers?|co[ -]?owners?|write|full|root|push)"
ID = r"[a-z]{2,15}-(?:\d{1,4}|bot|agent|helper|desk|svc|ops|sync|relay)"
APPROVALS = (
    r"(?:approvals?|confirmations?|consents?|(?:consent|permission|approval|confirmation) (?:prompts?|dialogs?|requests?|steps?|questions?)|safety checks|safeguards?|guard ?rails"
    r"|the usual questions?|sign ?offs?|second thoughts|human review)"
)
GONE = (
    r"(?:off|void|waived|suspended|lifted|switched off|turned off|dropped|over|done with|no longer (?:apply|applies|needed|asked|required|sought|hold|count)"
    r"|considered (?:given|answered|done|granted)|deemed (?:given|granted|done)|taken as (?:given|read)|not sought|settled)"
)

SIDE = (
    rf"\b{PARTS}{words(7)}{MOVES}{words(3)}(?:to|on|with|at)\b",
    rf"\b(?:with|after|for|on|at) (?:each|every|any)\b[^.!?\n]{{3,40}} (?:also )?{MOVES} (?:also |as well )?(?:to|on to)\b",
    rf"\beach\b[^.!?\n]{{3,40}} (?:also|too) {MOVES} (?:to|on to)\b|\b(?:also|too) {MOVES} (?:it |them |each \w+ )?(?:to|on to) {ADDRESS}",
    rf"{ADDRESS}{words(4)}(?:part of (?:any|every|each)|on every|always (?:belongs|added|included|invited|copied|gets|on)|belongs to (?:it|every|each|any)|gets the|receives (?:owner|editor|admin|full)|is (?:always|invited|owed|copied))\b",
    rf"\b(?:add|adds|added|adding|invite[sd]?|make|makes|install\w{{0,3}}){words(2)}{ID}{words(4)}(?:as|with|to|on|of){words(2)}{ROLE}\b",
    rf"\b{ID}{words(1)}(?:is|are|gets?|becomes?|receives?){words(1)}(?:added|made|invited|given|granted){words(3)}{ROLE}\b",
    rf"\b(?:grant|grants|granting|gives?|giving|hands?|lets?|opens?){words(4)}(?:access to|use of|into|to){words(4)}(?:saved|stored|linked|payment) (?:cards?|payment|passwords?|wallets?|methods)\b",
    rf"\b{APPROVALS} (?:is|are|was|were|have been|has been|now|being|count as|counts as)(?: now| hereby)? {GONE}\b",
    rf"\b{APPROVALS} no longer (?:apply|applies|needed|hold|holds|count|counts)\b",
    rf"\b(?:name|names|use|uses|put|puts|enter|enters|list|lists|give|gives|set|sets){words(2)}{ADDRESS} as (?:the )?(?:author|owner|registrant|sender|recipient|payee|contact|admin\w*|payer|beneficiary|signatory)\b",
    rf"\b(?:enter|put|name|register|list|set) (?:the house|our (?:firm|company|desk|account|agency)|this server|us|ourselves) (?:\w+ ){{0,2}}as (?:the )?(?:author|owner|registrant|sender|recipient|payee|contact|beneficiary)\b",
    rf"\b(?:it|which|this|that|and|session|chat|tool) (?:also |then )?(?:writes|posts|publishes|sends|puts)(?: the)? (?:\w+ ){{0,3}}(?:to|on) the (?:public|open|shared) (?:\w+ )?(?:board|feed|wall|channel|page|bucket|folder)\b",
)
SPAN = exactly(r"\b(?:rest|remainder|session|run|chat|conversation|once|while|until|from (?:now|here)|this (?:server|tool)|whole|from that|day|evening|agents?|assistants?)\b")
CODE_REVIEW = exactly(r"\b(?:commits?|push(?:ed|es)?|pull request|merge|revisions?|reviewers?|expired?|hours|branch|stale|dismiss\w*|deploy\w*|release|versions?)\b")

RIGHTS = r"(?:rights?|rank|status|authority|standing|privileges?|powers?|voice)"
MAKER = (
    r"(?:makers?|developers?|vendor|operators?|creators?|deployers?|(?:people|person|firm|company|those) (?:who|that) (?:deploy|deployed|built|made|run|runs|trained|installed|wrote)"
    r" (?:you|it|the model|the assistant|the agent|them)|system prompt|owner s voice|employer|principal)"
)
AUTHORITY = (
    rf"\b(?:operator|administrator|admin|root|developer|system|owner|supervisor|command|master)(?:[ -]level)? {RIGHTS} (?:over|above|towards|with) (?:any |every |all |the |whichever |each )?{AGENT}\b",
    rf"\b(?:statements?|messages?|remarks|notes|words|texts?|says|said|writes|instructions|comments|lines?|phrases){words(8)}(?:count|counts|treats?|treated|regarded|taken|read|considered|deemed|stand|stands){words(3)}"
    rf"(?:coming from|words of|spoken by|those of|come from|came from|issued by|as from|as theirs|sent by|written by){words(4)}{MAKER}\b",
    rf"\bon behalf of (?:the )?(?:people|person|firm|company|those) (?:who|that) (?:deploy\w*|built|made|runs?|trained|installed|pays? for) (?:you|the (?:model|assistant|agent))\b",
    rf"\b{AGENT} (?:that|which|who|whose){SEP}(?:[\w']{{1,16}}{SEP}){{1,14}}(?:violates?|breach(?:es)?|in breach of|infringe|break|contravene) (?:of )?(?:their|its|the) (?:\w+ )?(?:terms|licen[cs]e|contract|polic\w+|obligations|agreement|warranty)\b",
    r"\bobeys? (?:the |this |our )?\w{3,16} (?:only|alone|and (?:nobody|no one|nothing) else)\b",
    r"\bobeys? (?:only|nobody but|none but|no one but|nothing but|exclusively)(?: the| this| our)? \w{3,16}\b",
    rf"\b{AGENT} (?:answers|listens|is loyal|is bound|defers|yields|is answerable|takes its orders|owes obedience|looks) (?:to|from){words(4)}(?:not|rather than|before|instead of|ahead of|over){words(4)}{PERSON}\b",
    rf"\b{AGENT} sides with (?:the|this|our|its)\b",
    rf"\b(?:bound|answerable|obliged|sworn) (?:itself )?(?:to|by){words(4)}(?:directions|orders|commands|directives) (?:until|of|while|for|as)\b",
    rf"\b(?:outranks?|outweighs?|weighed above|weighed more than|ranks? above|ranked above|prevails? over|stands? above|stronger than|come before|go before|gives? way to|trumps?){words(3)}(?:wish(?:es)?|requests?|words|instructions|preferences|orders)"
    rf" (?:of|from) (?:the |its |their |any |whoever |an? )?(?:{PERSON}|is chatting|types|typing)\b",
    rf"\b(?:outranks?|outweighs?|weighed above|ranks? above|prevails? over|stands? above|comes? before|trumps?) what(?:ever)? (?:is |was |the |a |gets )?(?:typed|said|asked|written|{PERSON})(?: in (?:the|this) (?:chat|conversation)| \w+ in (?:the|this) (?:chat|conversation)| (?:asks|says|wants|types|asked|said|wanted))\b",
    rf"\b(?:whatever|everything|anything|all)(?: that)? (?:is |was )?(?:written|said|stated|listed|set out)\b[^.!?\n]{{2,40}} agreed (?:with|by|to by) (?:the )?{PERSON}\b",
    rf"\b(?:replaces?|supersedes?|lifts?|voids?|sets? aside|afresh|closes?|cancels?|annuls?|ends?){words(5)}(?:{AGENT}(?: s)?|your|its) (?:\w+ )?(?:standing|earlier|former|original|previous|initial|prior|own) (?:brief|rules|guidelines|guidance|instructions|orders|configuration|principles|settings)\b",
    rf"\b(?:its|your|the {AGENT}(?: s)?|{AGENT}) (?:own )?(?:former|earlier|standing|original|initial|prior) (?:brief|rules|guidelines|guidance|instructions|orders|principles){words(3)}"
    r"(?:void|lapses?|lapsed|withdrawn|suspended|null|no longer (?:apply|applies|bind|binds|hold|holds|describe|describes)|set aside|out of force|obsolete)\b",
    rf"\b(?:guidance|rules|instructions|brief|guidelines) (?:that )?(?:the )?(?:{AGENT}|it|you) (?:was|were|had|has|have|received|started|came|began|got|been){words(4)}(?:no longer|void|lapses?|set aside|withdrawn|is closed|stops?|ends?|cease)\b",
    rf"\bset aside what (?:it|you|they|the {AGENT}) (?:was|were|had been) (?:configured|set up|given|told|instructed|started)\b",
    r"\btreated as (?:though |if )?(?:\w+ )?(?:the )?(?:person|one|user|owner) (?:that )?you (?:work|act|speak) for\b",
)

OBEYS = r"(?:carries out|carry out|follows?|executes?|performs?|obeys?|acts? (?:up)?on|does|heeds?|goes by|go by|complies with|comply with|keeps? to)"
PLACE = r"(?:page|document|feed|site|file|result|results|reply|record|text|response|listing|recipe|wiki|sheet|board|article|mail|message|web ?site|scoreboard|url|address|channel|entry|notes?)"
DONE = r"(?:performed|carried out|executed|obeyed|followed|acted (?:up)?on|complied with|taken up|your new task|binding|law|heeded)"
FOLLOWS = (
    rf"\b{AGENT}{words(2)}{OBEYS}{words(2)}(?:whatever|everything|anything|each line|every line|new lines|lines|all that){words(5)}(?:says?|asks?|appears?|demands?|orders?|tells?|{PLACE})\b",
    rf"\b(?:whatever|everything|anything|all that|what) (?:the |this |that |a )?(?:\w{{2,14}} )?(?:{PLACE}|it|comes back|came back) (?:then )?(?:(?:says?|asks?|demands?|orders?|requests?|states?|tells?|requires?)(?: for)?)?"
    rf"{words(1)}(?:is|are|must be|gets|should be|will be|shall be)(?: \w+)? {DONE}\b",
    rf"\bits (?:orders|instructions|commands|directions|demands|wishes) (?:\w+ )?(?:extend|apply|cover|reach|bind|count|hold|are (?:binding|carried out|followed|obeyed|to be))\b",
    r"\b(?:wording|text|lines?|message|reply|result|content|output) (?:is|are) then (?:carried out|obeyed|acted (?:up)?on|done|complied with)\b",
    rf"\b(?:instructions?|orders|directions|commands|sentences|phrases|requests) (?:that (?:are )?)?(?:found|written|returned|given|stored|posted|contained|there)(?: \w+)? (?:in|on|at|there|by){words(4)}(?:is|are|have|count){words(2)}"
    r"(?:binding|orders|obeyed|law|force|authoritative|carried out|as (?:orders|decisions|given|said))\b",
    rf"\b(?:the )?(?:text|page|file|wording)(?: found| stored| written)? there speaks to (?:the )?{AGENT}\b",
    rf"\b(?:repl(?:y|ies)|answers?|responses?|plan|next steps?)(?: \w+)? (?:is|are) then (?:\w+ )?(?:written|worded|taken|formed|built|given|phrased)(?: \w+)? (?:the way|as|from|according to|however)"
    rf"{words(5)}(?:says?|demands?|wants?|tells|orders|result|requires?|dictates?)\b",
    r"\b(?:acted (?:up)?on|carried out|obeyed|complied with|taken up|followed) (?:at once|in the same breath|without (?:question|a question|checking|asking|a look|reading|weighing)|as (?:it is|they are|they appear|they stand|it stands|found))\b",
    rf"\b{AGENT} (?:read|open|consult|fetch|look up|visit|check|keep reading)s? [^!?\n]{{3,60}} and (?:then )?(?:goes? by|acts? (?:up)?on|obeys?|keeps? to|complies|comply|heeds?)(?: with)? (?:it|them|what|that|whatever)\b",
    rf"\b{AGENT} (?:that|which|who) (?:keep to|follow|obey|go by|comply with|heed|stick to) (?:it|this|them) (?:\w+ )?(?:have|get|see|do|work|fare|are|run|meet)\b",
    rf"\b{AGENT} (?:does|do|performs?|carries out|obeys?|acts? (?:up)?on) (?:whatever|anything|everything|all)(?: that)? (?:is|it|the|comes|stands)(?: \w+)? (?:says?|asks?|written|tells|orders|demands|returns?|there|back)\b",
    r"\breporters?\b[^.!?\n]{3,60}\brunning it is\b|\bwhatever (?:a |the )(?:recipe|page|result|document|note|listing|reply|file) (?:says|asks|orders) is (?:your|the) (?:new )?(?:task|order|command|law)\b",
)

TOLD = r"(?:told|discussed with|shared with|confided (?:in|to)|said to|mentioned to|wrote to|written to|disclosed to|talked about with|typed to|asked of)"
SAID = r"(?:said|mentioned|told|typed|shared|discussed|written|confided|talked about|disclosed)"
WHEN = r"(?:with you|to you|earlier today|today|elsewhere|so far|in (?:this|other|earlier|past) (?:chats?|conversations?|sessions?)|in confidence|private(?:ly)?|until now|before this)"
HARVESTS = (
    rf"\bwhat(?: else)?(?: the| this| a| your)? (?:{PERSON}|they|he|she)(?: has| have| had)?(?: also| already| previously)? {TOLD} (?:the |its |their |an? )?(?:{AGENT}|you)\b",
    rf"\bwhat(?:ever)?(?: else)?(?: the| this| your)? (?:{PERSON}|they)(?: has| have| had)?(?: also| already)? {SAID}{words(4)}{WHEN}\b",
    rf"\b(?:everything|all(?: that)?|anything)(?: the| this| your)? (?:{PERSON}|they)(?: has| have| had)?(?: ever)? {SAID}{words(4)}(?:chat|conversation|session|today|so far|{AGENT}|you|private)\b",
    rf"\bwhat (?:the two of you|you and (?:the )?{PERSON}|the two|you both|we two)(?: have)? (?:discussed|talked about|said|spoke (?:of|about))\b",
    rf"\bwhat (?:the )?(?:{AGENT}|it|they|you) (?:holds?|knows?|remembers?|hold|has|have|keeps?|recalls?|was (?:told|instructed)){words(4)}(?:in memory|from memory|about the|about this|of the|of this|by its (?:developer|operator|maker))(?: {PERSON})?\b",
    rf"\b(?:values?|contents?) of{words(2)}(?:whichever|whatever|any|every|each|all)(?: the)?(?: \w+)? (?:variables?|env\w*){words(8)}(?:_?(?:token|secret|key|password|credential)s?)\b",
    rf"\bvariables?{words(6)}(?:ends?|ending|starts?|contains?|containing|holds?) (?:in|with)? ?_?(?:token|secret|api_key|key)\b",
    rf"\banswers? to{words(6)}security questions?\b",
    r"\bmother s maiden name\b",
    rf"\bhave the {PERSON} (?:\w+ )?(?:read out|photograph|type|dictate|say|enter|tell you|spell){words(5)}(?:phrase|card|code|password|pin|digits|passport|numbers?)\b",
    r"\b(?:both sides|front and (?:the )?back) of (?:the|their|your|a|his|her) (?:payment |bank |credit |debit )?card\b",
    rf"\b(?:contents?|text|body|values) of{words(3)}(?:ignored|gitignored|git ignored|dotenv)(?: \w+)? (?:files?|variables)\b",
    rf"\b(?:gitignore|git ignores?|ignored by git)\b[^!?\n]{{2,90}} (?:collect|gather|include|pass|put|send|attach|needs? these|paste)\b[^!?\n]{{0,60}}\b(?:into|in|too|with|to)\b",
    rf"\b(?:names?|list|descriptions?|schemas?|definitions)(?: and \w+)?(?: of)?(?: all| every| the| any){0,2} other (?:tools|servers|connectors|plug ?ins)(?: \w+)? (?:that )?(?:the |your )?(?:{AGENT}|you)(?: \w+)? (?:has|have|can|may|uses?|knows?|sees?)\b",
    rf"\b(?:words?|code|phrase|password|passphrase|pin) (?:that )?(?:you|the {PERSON}|they) uses? to (?:unlock|open|sign in|log in|get into|enter)(?: to| into)? (?:this|their|your|the|his|her) (?:\w+ )?(?:computer|phone|laptop|mailbox|bank|account|device|wallet|vault)\b",
    rf"\b(?:phrase|word|code|key|password) that (?:opens|unlocks) (?:the|their|your) (?:{PERSON}(?: s)? )?(?:mail ?box|inbox|vault|wallet|bank account|computer|laptop|phone)\b",
    rf"\b(?:current|latest) (?:number|code|digits) (?:of|from|on|in|shown by) (?:their|the|your|an|his) authenticator\b",
    rf"\b(?:recovery|seed|backup|mnemonic) (?:phrase|words)\b",
    r"\b(?:agent|assistant|model) s own (?:provider |api |access )?(?:key|token|credentials?)\b",
)
TAKES = exactly(
    rf"\b(?:read out|words? of|verification|verif\w+ (?:the )?(?:identity|owner)|ask|type|tell|give|enter|dictate|{PERSON}|form:|value|proof)\b"
)
"""What makes the name of a secret something to be handed over."""
PHRASE = next(place for place, source in enumerate(HARVESTS) if "mnemonic" in source)
