"""What it looks like when a document turns to the model that reads it, and orders something or dictates an answer."""

from __future__ import annotations

from mcpscan.rules._wording import ACT, WORDS, exactly, frame

_READING = (
    r"(?:(?:(?:that|who|which)(?: is| are)? |is |are |currently )?(?:reading|reads?|process(?:ing|es)?|handl(?:ing|es?)|summari[sz](?:ing|es?)|review(?:ing|s)?"
    r"|integrat(?:ing|es?)|evaluat(?:ing|es?)|visit(?:ing|s)?|pars(?:ing|es?)|crawl(?:ing|s)?|index(?:ing|es)?|ingest(?:ing|s)?|analy[sz](?:ing|es?)|view(?:ing|s)?"
    r"|scann?(?:ing|s)?|scrap(?:ing|es?)|receiv(?:ing|es?)|see(?:ing|s)?|open(?:ing|s)?|working (?:on|with)|looking at|encounter(?:ing|s)?|fetch(?:ing|es)?|load(?:ing|s)?"
    r"|condens(?:ing|es?)|translat(?:ing|es?)|answer(?:ing|s)?|triag(?:ing|es?)|grad(?:ing|es?)|screen(?:ing|s)?|index(?:ing|es)?|audit(?:ing|s)?)"
    r" (?:this|these|the (?:following|above|present|page|document|text|file|message|ticket|note|repository|listing|result|output)|our|such|it|here)(?: \w+){0,3})"
)
_MUST = (
    r"(?:must|should|shall|will|ha(?:s|ve) to|needs? to|(?:is|are)(?: hereby| kindly| therefore| also)? (?:required|requested|instructed|asked|expected|obliged|directed|advised"
    r"|supposed|to|encouraged|invited)(?: to)?|then|now|please|may now|can now|ought to)"
)
_ADV = r"(?:(?:also|then|first|now|always|immediately|silently|additionally|kindly|please|therefore|instead|automatically|just|simply|next|thus|directly|only|likewise|be sure to|make sure to|and|quickly) ){0,3}"
_ANY_AI = (
    r"(?:(?:ai|llm|automated|automatic|autonomous|machine|language|virtual|digital|coding|agentic|large language)[ -](?:powered |based )?(?:agents?|assistants?|models?|systems?|readers?|tools?|helpers?"
    r"|reviewers?|crawlers?|processors?|clients?|bots?|triage systems?|summari[sz]ers?|graders?|evaluators?)|ais?|llms?|language models?|chat[ -]?bots?|bots?|copilot|claude|chatgpt|gpts?|gemini"
    r"|(?:reviewer|reviewing|calling|processing|summari[sz]ing|reading) (?:agents?|assistants?|models?|systems?))"
)
"""Words that only mean a machine; "agent" and "assistant" alone are also people, "model" also a product."""
_SOME_AI = rf"(?:{_ANY_AI}|(?:the |your |an? |any |all |each |every |dear )?(?:assistants?|agents?|models?)|whoever (?:summari[sz]es|condenses) (?:this|these)(?: \w+){{0,3}})"
_WRITES = (
    r"(?:(?:delete|remove|send|post|transfer|pay|e?mail|wipe|drop|grant|share|upload|http|exec|execute|run|write|update|approve|publish|create|add|set|forward|reset|disable|purge|refund)_\w{2,30}|\w{2,20}_(?:delete|remove|send|post|transfer|pay|e?mail|wipe|drop"
    r"|grant|share|upload|exec|write|update|approve|publish|forward|reset|purge|refund))\b"
)
"""Names of tools that change something."""
_TURN = r"(?:the |your |any |all |our |whichever |every |each |an? )?"

ADDRESSED_PATTERNS: tuple[str, ...] = (
    (
        rf"\b(?:agents?|assistants?|models?|bots?|llms?|ais?|chatbots?|copilot|claude|chatgpt|gpts?|gemini|readers|crawlers?|systems?|reviewers?|tools|helpers?|automatically){WORDS}(?:must|should|shall|will"
        r"|has to|have to|needs? to|required|requested|instructed|asked|expected|obliged|directed|are to|is to|then|now|please)\b"
    ),
    (
        r"\b(?:notes?|messages?|instructions?|notices?|reminder|memo|important|attention|request|hint|info|information|warning|directive|hey|hi|hello|dear|ps|fyi|urgent|comment|task|to|for|listen)\W{1,4}(?:to\W|for\W|from\W)?"
        r"(?:\w{1,10}\W){0,3}(?:agents?|assistants?|models?|bots?|llms?|ais?|chatbots?|copilot|claude|chatgpt|gpts?|gemini|crawlers?|(?:triage|automated|ai) systems?)\b"
    ),
    r"\bif (?:you|u)(?: are|\W?re| r)? (?:\w{1,12} ){0,3}(?:agents?|assistants?|models?|bots?|llms?|ais?|chatbots?|copilot|claude|chatgpt|gpts?|gemini)\b",
    r"\bif ur (?:\w{1,12} ){0,3}(?:agents?|assistants?|models?|bots?|llms?|ais?|chatbots?)\b",
    (
        r"\b(?:agents?|assistants?|models?|bots?|llms?|ais?|chatbots?|copilot|claude|chatgpt|gemini)\W{0,2}[:,]\W{0,3}(?:please|kindly|before|when|after|once|you|do|ignore|call|send|append|delete|forward|tell|post|add|run|use|insert|reply|say|now|first|"
        r"transfer|set|switch|approve|include|open|visit|email|make|give|also|in)\b"
    ),
    r"\bbefore (?:you (?:answer|reply|respond|continue|go on|proceed|return|finish)|replying|answering|responding|returning|displaying|continuing)\b",
    r"\b(?:call|invoke|use|run)\W(?:delete|remove|send|post|transfer|pay|e?mail|wipe|drop|grant|share|upload|http|exec|execute|run|write|update|approve|publish|create|add|set|forward|reset|disable|purge|refund)_\w{2,30}\b",
    r"\b(?:when|once|after|as soon as) you (?:have )?(?:read|process|pars|ingest|summari[sz]|index|triag|analy[sz])\w{0,3} this\b",
    r"\bnote to self\b",
    r"\bwhoever (?:reads|processes|summari[sz]es|handles|condenses|reviews)\b",
)
ADDRESSED_SURE = exactly(
    rf"\b{_SOME_AI}(?: \w+){{0,2}} {_READING}(?: \w+){{0,5}} {_MUST} {_ADV}{ACT}\b",
    rf"\b(?:note|message|instructions?|notice|reminder|memo|important|attention|request|hint|info|information|warning|directive|ps|fyi|urgent|comment|task|reserved|meant|intended)(?: \w+){{0,3}} (?:to|for|from (?:\w+ ){{1,4}}to) {_TURN}(?:{_SOME_AI})"
    rf"(?: {_READING})?(?:\s?[^\w\s,.]\W{{0,5}}|,\s?|\s(?=you |must |should |please ))(?:(?:please|kindly|you must|you should|you have to|you need to|must|should|before \w+(?: \w+){{0,5}}|when(?:ever)? (?:\w+ ){{1,6}}|after (?:\w+ ){{1,5}}|once (?:\w+ ){{1,5}}|your (?:real )?task is to|always|now|also|to) ){{0,3}}"
    rf"{ACT}\b",
    rf"\b{_SOME_AI}(?: \w+)? {_READING}\s?[:,;-]{{1,3}}\s?(?:please |kindly |you must |always |now |first )*{ACT}\b",
    rf"\bfor (?:the |any |all )?{_ANY_AI}\W{{0,3}}[:-]\W{{0,3}}(?:to (?:\w+ ){{1,6}}?,? ?)?{ACT}\b".replace(
        ",? ?)", r",?[\s]?)"
    ),
    r"\bnote to self\b[^\n]{0,12}\b(?:llm|ai|agent|assistant|model|bot)\b",
    r"\bbefore (?:replying|answering|responding|returning|displaying|continuing with)(?: \w+){0,4},? (?:also |please |first |always )*(?:call|invoke|use|run) \w{1,30}_\w",
    rf"\b(?:call|invoke|use|run) {_WRITES}[^\n]{{0,80}}\bbefore (?:you (?:answer|reply|respond|continue|finish|return)|replying|answering|responding|returning|continuing)\b",
    rf"\b(?:now|also|housekeeping|maintenance|onboarding step|standard step|next step|final step|last step)\W{{1,3}}(?:now |also |then |please )*(?:call|invoke|use|run) {_WRITES} (?:with|on|to|for|at)\b",
    rf"\b(?:when|once|after|as soon as) you (?:have )?(?:read|process|parse|ingest|summari[sz]e|index|triage|analy[sz]e)e?d? this(?: \w+){{0,2}},? (?:also |please |then |immediately |first )*{ACT}\b[^\n]{{0,60}}(?:[\w.+-]{{1,40}}@\w|https?:|\b(?:full|entire|all|every|complete)\b)",
    rf"\bif (?:you|u)(?: are|\W?re| r)? (?:reading this (?:as )?)?(?:an? |the |any )?(?:\w+ )?{_ANY_AI}(?: {_READING})?\W{{1,4}}(?:(?:please|kindly|you must|you should|you have to|you need to|then|always|now|also|first|begin your \w+ with|do) ){{0,3}}{ACT}\b",
    rf"\bif ur (?:an? )?{_ANY_AI}(?: {_READING})?\W{{1,4}}(?:(?:please|pls|plz|kindly|u must|then) ){{0,2}}{ACT}\b",
    rf"\b(?:hey|hi|hello|dear|ok|yo|attention|listen(?: up)?)\W{{1,3}}(?:\w+ )?(?:ai|bots?|chat[ -]?bots?|assistants?|copilot|llms?|language models?|ai agents?|crawlers?)(?: or \w+)?(?: {_READING})?\W{{1,6}}(?:\w+\W{{1,3}}){{0,12}}?{ACT}\b",
    rf"\b(?:assistant|agent|model|bot|ai|llm|chatbot|copilot|claude|chatgpt)\s?[:,]\s?(?:please |now |first |then |do |kindly |also )*{ACT}\b[^\n]{{0,80}}\b(?:user(?:\W?s)?|your (?:reply|answer|response|summary|system prompt|instructions))\b",
    rf"(?:^|[\n.>*(\[#!-]\s{{0,3}})(?:to|for|attention)\W{{1,2}}(?:the |all |any |every )?(?:{_ANY_AI}|assistants?)(?: {_READING})?\s?:\s?(?:please |kindly |now |first )*{ACT}\b",
    rf"(?:^|[\n.>*(\[#!?]\s{{0,3}})(?:chat[ -]?bots?|copilot|chatgpt|llms?|ai assistant|ai agents?)\s?[:,]\s?(?:please |kindly |now |first )*{ACT}\b",
    rf"\bwhoever (?:summari[sz]es|condenses|translates|paraphrases) (?:this|these)(?: \w+){{0,4}} (?:also |then |must |should |please )*(?:{ACT}|leaves?|says?|adds?|sends?|approves?|recommends?|omits?|deletes?|forwards?)\b",
    r"\bbefore you (?:answer|reply|respond|summari[sz]e|return)(?: \w+){0,5},? (?:also |please |first |always )*(?:call|invoke|use|run) \w{1,30}_\w",
    rf"\b(?:assistant|agent|model|bot|ai|llm|chatbot|copilot|claude|chatgpt)\s?[:,]\s?(?:before|when|after|once|as soon as) (?:you|\w+ing)(?: \w+){{0,6}},? (?:also |please |then )*{ACT}\b",
)
ADDRESSED_LIKELY = exactly(
    rf"\b{_SOME_AI}(?! (?:seats?|studio|licen[cs]es?|plans?|extension|chat|settings|users?|scores?|providers?|vendors?|compan))(?: \w+){{0,2}} {_MUST.replace('|will|', '|').replace('|then|now|', '|')} {_ADV}{ACT}\b",
    rf"\b(?:assistant|agent|model|bot|ai|llm|chatbot|copilot|claude|chatgpt)\s?[:,]\s?(?:please |now |first |then |do |kindly |also )*{ACT}\b",
    rf"\bbefore you (?:answer|reply|respond|return)(?: \w+){{0,5}},? (?:also |please |first |always )*{ACT}\b",
)

_TELLING = (
    r"(?:summari[sz]\w*|boil\w*|condens\w*|answer\w*|report\w*|describ\w*|review\w*|compar\w*|translat\w*|present\w*|rewrit\w*|shorten\w*|recap\w*|outlin\w*|quot\w*|rank\w*|evaluat\w*|discuss\w*|read\w*|process\w*|repl(?:y|ies|ying)|mention\w*"
    r"|list\w*|assess\w*|grad\w*|rat(?:e|ing))"
)
_DOC = r"(?:this|these|the (?:above|following|present|page|document|minutes|text|article|thread|ticket|file|email|mail|message|review|listing|paper|candidates?|vendors?|products?|notes|call|meeting|results?))"
_ANSWER = r"(?:your (?:\w+ ){0,2}(?:repl(?:y|ies)|responses?|answers?|output|summar(?:y|ies)|overview|review|report|message|recap|analysis|comparison|recommendation)|(?:the|any|every|each) (?:summary|recap|overview) (?:you|of this))"
_REPLY = r"(?:(?:your|every|each|all your) (?:\w+ ){0,2}(?:repl(?:y|ies)|responses?|answers?|output|summar(?:y|ies)))"
_PERSONAL = (
    r"(?:numbers?|ids?|ref(?:erence)?s?|codes?|names?|address|dates?|subject|tickets?|details|availability|cv|resume|photos?|cop(?:y|ies)|attachments?|phone|size|order|invoice|choice|preferred|questions?"
    r"|feedback|comments?|consent|signature|quote|price|offer|budget|please|kindly|could you|sheet|work|calculations?|sources? you used)"
)
"""What people ask each other to put into a reply."""
_FALSE = (
    r"(?:(?:all |the |every |each |no )?(?:\w+ ){0,4}(?:passed|succeed\w*|successful|safe|secure|approved|verified|resolved|compliant|clean|free of charge|without (?:issues|errors|problems)|discontinued|out of stock|closed)"
    r"|no (?:\w+ )?(?:issues|vulnerabilit\w+|errors?|problems?|findings|risks?|side effects|known issues|warnings?))"
)
OUTPUT_PATTERNS: tuple[str, ...] = (
    (
        rf"\b(?:when|while|whenever|once|before|after|if|as)\W{{1,2}}(?:\w{{1,14}}\W{{1,2}}){{0,3}}(?:summari[sz]|boil|condens|answer|report|describ|review|compar|translat|recap|outlin|quot|rank|evaluat|discuss)\w{{0,4}}{WORDS}"
        r"(?:say|state|tell|let|mention|claim|add|include|recommend|conclude|write|rank|place|put|rate|omit|leave|skip|advise|suggest|inform)\b"
    ),
    (
        rf"\b(?:add|append|augment|enhance|modify|infuse|integrate|embed|weave|inject|incorporate|insert|include|encode|encrypt|translate|render|rewrite|reverse|obfuscate|replace|substitute|convert|remove|group|shift|scramble|end|begin|start|finish"
        rf"|close|conclude|preface|open|provide|express|make|introduce|craft|use|deliver|state|mention|say|write|suggest|recommend|slip|work){WORDS}(?:repl(?:y|ies)|responses?|answers?|output|summary|summaries|overview|review|report|message)\b"
    ),
    r"\b(?:your|final|the) (?:reply|response|answer|summary|output|report|review)\W{1,2}(?:\w{1,10}\W{1,2}){0,4}(?:must|should|has to|needs to|shall|have to)\b",
    r"\b(?:every|each|all|any)(?: of your)? (?:future|subsequent|later|following|next) (?:\w{1,12} )?(?:repl(?:y|ies)|responses?|answers?|summar(?:y|ies)|reports?|outputs?)\b",
    r"\b(?:in|within|throughout) your (?:\w{1,10} )?(?:repl(?:y|ies)|responses?|answers?|summary|summaries|overview|review|report|recommendation)\b",
    (
        rf"\b(?:report|state|say|claim|conclude|confirm|answer|reply|write|declare|announce|mark|score|grade|assign|describe|tell|inform|output|recommend|rate|give|rank|place|put|list|name|treat)s?{WORDS}(?:regardless|no matter|whatever|even if|even though|irrespective"
        r"|although|anyway|nonetheless|no vulnerabilit|no issues|stars|first|top|highest|best|only|alternatives?|perfect|passed|approved)\b"
    ),
    r"\b(?:tell|inform|advise|notify|convince|instruct|ask) (?:the |your )?(?:user|reader|customer|human|person)\b",
    r"\b(?:respond|answer) (?:only|exclusively|solely) (?:with|in|using|by)\b",
    r"\bdescribe (?:the (?:rest|others?|competitors?|error|failure|outage|problem)|them|it) as\b",
    r"\b(?:not|t|never) (?:quote|mention|repeat|include|bring up) (?:any |the )?(?:safety )?(?:criticism|negative|complaints?|warnings?|recalls?|drawbacks|competitors|alternatives)\b",
    r"\b(?:score|rating|grade|mark) of (?:ten|10|100|five|5)\b|\b(?:severity|priority|score|rating) (?:none|zero|lowest|info)\b",
)
OUTPUT_SURE = exactly(
    rf"\b(?:augment|enhance|infuse|modify|weave|inject|embed|integrate|incorporate|slip|obfuscate|scramble|encrypt|encode|reverse|garnish)\b[^\n]{{0,100}}\b{_ANSWER}\b",
    rf"\b(?:encrypt|encode|obfuscate|scramble|reverse|augment|enhance|infuse) {_ANSWER}\b",
    r"\b(?:report|state|say|claim|conclude|confirm|declare|announce|mark|score|grade|describe|rate|treat)(?: \w+){0,8} (?:as )?(?:passed|approved|safe|secure|verified|successful|resolved|excellent|perfect|clean|compliant)\b[^.!?\n]{0,20}\b(?:regardless|no matter|whatever"
    r"|even (?:if|though|when)|irrespective|although it|anyway|nonetheless)\b",
    r"\b(?:give|rate|award|assign|grade|score) (?:\w+ ){0,5}(?:5|five|10|ten|full|top|maximum|perfect|highest)[ -]?(?:stars?|points|marks|score|rating|out of)(?: \w+){0,3} (?:in|whenever|when) (?:any|every|each|your|the) (?:\w+ )?(?:overview|summary|review you|answer|comparison"
    r"|reply|response|report)",
    r"\b(?:recommend|suggest|name|list|promote|praise|choose|mention)(?: \w+){0,6} (?:and )?(?:names?|mentions?|lists?|recommends?|suggests?) no (?:other|alternatives?|competitors?)",
)
OUTPUT_LIKELY = exactly(
    rf"\b(?:when|while|whenever|once|before|after|if|as)(?: you)?(?: are| have)?(?: asked to)? {_TELLING}(?: up)? {_DOC}(?: \w+){{0,4}},? (?:you (?:must|should) |please |also |always |do not forget to |be sure to |and ){{0,2}}(?:say|state|tell|let|mention|claim|add|recommend|conclude|write|rank"
    r"|place|put|rate|omit|leave out|skip|advise|suggest|inform|include|insert|append)\b",
    r"\b(?:tell|inform|advise|convince|instruct|ask) (?:the |your )?(?:user|reader|customer|human|person)\b[^.!?\n]{0,100}\b(?:card (?:number|details)|password|pin\b|gift cards?|seed phrase|recovery phrase|one[ -]?time code|(?:disable|turn(?:ing)? off|switch(?:ing)? off) (?:the |their |your )*(?:firewall|antivirus|protection|two)"
    r"|(?:renew|pay|verify|unlock|log[ -]?in|confirm)\b[^.!?\n]{0,30}https?:|although it (?:was|is|did|has) not|even though it)",
    rf"\b(?:state|say|write|report|claim|mention|note|conclude|confirm) (?:in|at the end of|throughout) (?:your|the|any|every) (?:\w+ )?(?:summary|report|review|answer|reply|response|overview|recap) that {_FALSE}",
    rf"\b(?:report|state|say|claim|conclude|confirm|answer|reply|declare|assure)(?: \w+){{0,4}} that {_FALSE}[^.!?\n]{{0,40}}\b(?:regardless|no matter|whatever|even (?:if|though|when)|irrespective|although)\b",
    r"\b(?:rank|place|put|list|position) (?:ours|us|me|(?:this|our|the above|the following) (?:\w+ )?(?:candidates?|products?|vendors?|hotels?|listings?|offers?|applicants?|applications?|proposals?|papers?|results?|company|packages?|tools?|services?|providers?|shops?|restaurants?|submissions?|sellers?|apps?|sites?|brands?|options?|clinics?|schools?))(?: \w+){0,2} (?:first|on top|at the top|number one|highest|above (?:all|the others|any)|ahead of)\b",
    r"\b(?:recommend|suggest|choose|promote) (?:only |exclusively |solely )(?:this|our|us|ours|the above)\b|\b(?:only|exclusively|always) recommend (?:this|our|us)\b",
    r"\brecommend (?:this|our|us)(?: \w+){0,4} (?:above|over|instead of|before) (?:all|any|every|other|others|the)\b",
    r"\bassign(?: \w+){0,3} (?:severity|priority|score|rating) (?:none|zero|0|lowest|info)\b",
    r"\b(?:output|give|assign|return|award) (?:a |the )?(?:score|rating|grade|mark) of (?:ten|10|100|five|5|a\+?)\b",
    r"\b(?:do not|don\W?t|never) (?:quote|mention|repeat|include|bring up) (?:any )?(?:criticism|negative|complaints?|the (?:safety warnings?|warnings)|recalls?|drawbacks|competitors|alternatives)\b",
    r"\b(?:do not|don\W?t|never) bring up (?:the |any )?(?:\w+ )?(?:warnings?|recalls?|risks?|criticism|complaints?)\b",
    r"\bwhen asked about (?:side effects|risks|drawbacks|problems|bugs|complaints)(?: \w+){0,3},? (?:reply|answer|say|state) that (?:none|no|there are no)\b",
    r"\bdescribe (?:the (?:rest|others?|competitors?|error|failure)|them|it) as (?:discontinued|outdated|unsafe|unreliable|out of stock|a (?:temporary|network|minor))\b",
)

OUTPUT_FORM = exactly(
    r"\b(?:in|to|with|for|of|into|end|on)\b(?: the| your)? (?:every|each|all|any)(?: of your)? (?:future|subsequent|later|following|next) (?:\w+ )?(?:repl(?:y|ies)|responses?|answers?|summar(?:y|ies)|reports?|outputs?)\b",
    r"\b(?:add|append|insert|include|end|begin|start|finish|close|conclude|preface|open|replace|substitute|convert|remove|group|shift|render|provide|express|translate|rewrite|state|mention|say|write|suggest"
    rf"|recommend|advertise|promote|work|introduce|link|refer|point|respond|use)\b(?![^\n]{{0,120}}\b{_PERSONAL}\b)[^\n]{{0,100}}\b{_REPLY}\b(?! (?:sheet|card|form|field|box|slip|message|address|key))",
    rf"\b(?:in|within|throughout|with) {_REPLY},? (?:also |always )*(?:say|state|tell|mention|claim|add|recommend|conclude|write|rank|place|put|rate|suggest|advise|include|promote|advertise|note|give|use|replace|omit)\b(?![^\n]{{0,80}}\b{_PERSONAL}\b)",
    rf"\b{_REPLY}(?: to the user)?(?: \w+){{0,3}} (?:must|should|has to|needs to|shall|have to) (?:start|begin|end|contain|include|recommend|say|mention|state|open|close|omit|praise|conclude|be (?:written|given|in))\b(?![^\n]{{0,80}}\b{_PERSONAL}\b)",
    r"\brespond (?:only|exclusively|solely) (?:with|in|using|by)\b|\banswer (?:only|exclusively|solely) (?:in|using)\b",
)
"""Orders on the form of an answer: honest in a prompt or a rule file, out of place in what a tool returns."""

_STRICT = r"\b(?:(?:ai|llm|automated|autonomous|language|virtual|digital|coding)[ -](?:agents?|assistants?|models?|systems?|readers?|helpers?|reviewers?|crawlers?|bots?|summari[sz]ers?)|ais?|llms?|language models?|chat[ -]?bots?|bots?|robots|copilot|chatgpt)\b"
_LOOSE = r"\b(?:assistants?|agents?|models?|software|scripts?|crawlers?)\b"
_HERE = r"(?:this|these|our)(?: \w+)? ?(?:line|text|page|message|e[ -]?mail|mail|ticket|note|file|document|review|result|thread|post|listing|record|comment|issue|readme|entry|article|form|invoice|report|paper)?\b".replace(
    " ?(?:line", r"[\s]?(?:line"
)
_READS = (
    rf"\b(?:gets?|reads?|reading|sees?|seeing|processes|processing|picks?|picking|handles?|handling|summari[sz]\w+|condens\w+|translat\w+|scrap\w+|receives?|receiving|opens?|opening|parses?|parsing|review\w*|ingest\w*|crawl\w*|index\w*|triag\w*|answer\w*)(?: up)? {_HERE}"
    r"|\bthis (?:line|text|page|message|mail|e[ -]?mail|ticket|note|file|document|review|result|thread) (?:is|was) (?:\w+ )?(?:read|being|processed|parsed|handled|summari[sz]ed)\b|\bpicks? this up\b"
)
_CALLED = rf"{_READS}|(?:^|[.!?(>*#]\s*|\s--?\s?)\W*(?:to (?:whichever|whatever|any|every|all|the)|for (?:the|any|all)|ps|p\.s|ps for the|attention|dear|note|hey|hello|hi) (?:\w+ ){{0,2}}(?:ai|llm|language|automated|autonomous|chat[ -]?bot|bot|robot|copilot|chatgpt|virtual|digital)"
_DOES = (
    r"\b(?:reply|send|post|forward|delete|archive|add|close|refund|invite|visit|submit|mention|change|merge|approve|grant|pay|transfer|call|include|append|say|share|accept|upload|run|execute|open|remove|book|buy|recommend|mark"
    r"|disable|attach|cancel|subscribe|wire|email|rate|rank|score|leave out|omit|follow|assign|deploy|transmit|publish|fetch)\b"
)
_DOES_SO = r"\b(?:sends|posts|forwards|deletes|archives|adds|closes|refunds|invites|submits|changes|merges|approves|grants|pays|transfers|appends|shares|accepts|uploads|removes|books|buys|recommends|marks|leaves out|omits)\b"
_SUPPOSE = r"\b(?:should an?|if an?|when an?|whichever|which will|any)\b"
ADDRESSED_FRAMES = (
    frame(_DOES, _STRICT, _CALLED),
    frame(
        _DOES,
        _LOOSE,
        _READS,
        r"\b(?:must|should|shall|needs? to|ha(?:s|ve) to|(?:is|are) to|please|kindly|after|then|required|asked|[:,])|:|,",
    ),
    frame(
        _DOES_SO,
        _STRICT,
        rf"{_CALLED}|\b(?:should|if) an? (?:\w+ ){{0,2}}(?:ai|llm|model|bot|assistant|agent)",
        _SUPPOSE,
    ),
)
ADDRESSED_PATTERNS = (
    *ADDRESSED_PATTERNS,
    rf"\b(?:agents?|assistants?|models?|bots?|llms?|ais?|chatbots?|copilot|chatgpt|robots|software|whoever|readers?|summari[sz]ers?)\b{WORDS}(?:this|these|our)\b",
    r"\b(?:being read|processed|handled|parsed|read) by (?:an? |any |the )?(?:software|machine|ai|bot|agent|assistant|model|llm)\b",
)

_PRAISE = (
    r"\b(?:safest|best|strongest|finest|cheapest|(?:five|5|ten|10)[ -]stars?|the only (?:\w+ )?(?:option|choice|vendor|one)|not contain|leave out|omit|slogan|advert\w*|sponsor\w*|our (?:product|shop|site|service|slogan|offer|hotel|brand|company|app)|ends today|(?:was|were|has been) cancell?ed|as (?:passed|approved|safe|verified)"
    r"|no (?:issues|vulnerabilit\w+|risks|problems|alternatives?)|unsafe|discontinued|steals?|top choice|number one|highest|mention \w+|pirate)\b"
)
OUTPUT_FRAMES = (
    frame(
        r"\b(?:must|should|shall|has to|have to|say|mention|call|present|make|leave|insert|state|recommend|rank|rate|describe|praise|conclude|give|use)\b",
        r"\b(?:your (?:\w+ )?(?:answers?|reply|replies|summary|overview|response|recap|verdict)|(?:the|any|every|a correct) (?:answer|reply|overview|response|recap)|the summary of this|the reader believe|(?:rate|rank|list|place|recommend|present|name|put|describe|call) this (?:candidate|product|vendor|offer|hotel|company|paper|applicant)|when (?:somebody|anyone|someone|the user) asks)\b",
        _PRAISE,
    ),
)
OUTPUT_PATTERNS = (
    *OUTPUT_PATTERNS,
    rf"\b(?:your|the|every|any|this|make)\W(?:\w{{1,12}}\W)?(?:answer|reply|overview|response|summary|recap|verdict|reader|candidate|product|vendor|offer|hotel|company|paper|applicant){WORDS}(?:contain|call|mention|present|believe|best|safest|strongest|include|first|only|slogan|our|cancell?ed|stars?)\b",
    rf"\b(?:present|make|say|leave|insert|use|mention|call|praise){WORDS}(?:answer|reply|overview|response|summary|reader|candidate|product|vendor|offer|asks)\b",
)

_DO_IT = (
    r"(?:then |to |silently |immediately |exactly )*(?:(?:do|follow|obey|execute|perform|carry out|act on|comply with|act upon) (?:exactly |precisely |on )?(?:what(?:ever)? (?:it|they|you|the \w+) (?:says?|tells?|asks?|reads?|contains?|find|get|see)|as (?:it|they) (?:says?|tells?)"
    r"|the (?:\w+ )?(?:instructions?|orders?|sentence|commands?|message|directives?)\b|the steps (?:it|they|you|inside|within|in it)|(?:it|them)\b(?=\s*(?:[.;,:!)]|$| without| as a command| exactly)))|execute it as)"
)
DECODE_PATTERNS = (
    rf"\b(?:decod|decrypt|decipher|unscrambl|unpack|revers|deobfuscat|join|concatenat|assembl|combin|translat|together|backwards)\w{{0,5}}{WORDS}(?:follow|obey|execut|carry|comply|perform|act on|do (?:exactly |precisely )?(?:what|as))",
    r"\b(?:decode|decrypt|decipher|unscramble) and (?:then )?(?:follow|obey|execute|comply|do)\b",
    r"\b(?:decoded|joined|assembled|combined|reversed|decrypted) (?:sentence|text|instruction|message|order|string|words)\b",
    r"\b(?:spells?|forms?|hides?|reads?|yields?|gives?) (?:out )?(?:an? |the |your )?(?:order|instruction|command|task)\b",
)
DECODE_SURE = exactly(
    rf"\b(?:(?:decode|decrypt|decipher|unscramble|deobfuscate)\b|(?:reverse|translate)\b[^\n]{{0,30}}\b(?:text|line|string|letters|words|sentence|message|following|rot13|base64|hex|morse)\b|read\b[^\n]{{0,40}}\bbackwards)[^\n]{{0,80}}\b(?:and|then|to),? {_DO_IT}",
    rf"\b(?:join|concatenate|assemble|combine|put together|string together|glue)\b[^\n]{{0,40}}\b(?:parts|pieces|fragments|fields|values|strings|words|lines|letters|initials|a to \w|\w1|columns|chunks|halves|variables|syllables)\b[^\n]{{0,60}}\b(?:and|then|to),? {_DO_IT}",
    rf"\b(?:join|concatenate|assemble|combine) \w to \w,? (?:and |then )*{_DO_IT}",
    r"\b(?:decode|decrypt|decipher|unscramble) and (?:then )?(?:follow|obey|execute|comply|do)\b\s?[:-]",
    r"\b(?:spells?|forms?|hides?|reads?|yields?|gives?) (?:out )?(?:an? |the |your )?(?:order|instruction|command|task)\b[^\n]{0,50}\b(?:carry it out|follow it|obey it|execute it|do it|act on it)\b",
    r"\b(?:decoded|joined|assembled|combined|reversed|decrypted) (?:sentence|text|instruction|message|order|string|words)\b[^\n]{0,30}\b(?:is|are|as|must|should)\b[^\n]{0,20}\b(?:your|followed|obeyed|executed|instruction)",
)
