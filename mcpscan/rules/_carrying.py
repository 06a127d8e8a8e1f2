"""Words for carrying something somewhere, for those who carry it, and for places outside.

English only: patterns of other languages say all of that themselves.

>>> GOVERNS.search("First pass the contents of ")[0]
'pass the contents of '
"""

from __future__ import annotations

import regex

from mcpscan.text import Late

FLAGS = regex.IGNORECASE | regex.VERSION0

VALUE_SLOTS = frozenset({"default", "example", "examples", "enum", "const", "placeholder", "defaultValue"})
"""Members of a schema whose text is used as a value."""

ADDRESS = (
    r"(?:[\w.+%-]{1,40}@[\w-]{1,40}\.[a-z][\w.-]{1,40}|(?:https?|ftps?|wss?|s3|sftp)://[^\s\"'<>)\]]{3,80}"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[\w-]{2,40}(?:\.[\w-]{2,40}){0,3}\."
    r"(?:example|test|invalid|com|net|org|io|dev|app|co|ai|me|info|xyz|site|online|top|cloud|link|ru|cn|de|uk|fr)\b)"
)
"""A place outside, fixed by the text: a mail address, a URL, an IP address or a host."""

AGENT_WORDS = (
    r"(?:\b(?:the|an?|any|ai|each|every|dear|calling|processing|reviewing|automated|your|this|all|for)\s+"
    r"(?:ai\s+|calling\s+|processing\s+|automated\s+|language\s+|coding\s+|helpful\s+)?"
    r"(?:assistants?|agents?|models?|llms?|ais?|(?:chat)?bots?|copilot|automations?|readers?|callers?)\b"
    r"|\b(?:assistants?|agents?|models?|llms?|bots?|copilot|claude|chatgpt|gemini)"
    r"(?:\s*[:,]|\s+(?:should|must|shall|will|need|has|have|is|are|can|may|also|then|now|reading|us(?:es?|ing)"
    r"|process\w*|read\w*)\b)|\b(?:assistant|agent|bot|copilot)\s+\w{2,12}s\b|\bai\s+(?:agents?|assistants?"
    r"|helpers?|models?|systems?|readers?)"
    r"|(?:^|[.!?;,\n]\W{0,3})(?:agents|assistants|models|bots|llms)\s+\w{3,12}\b|\b(?:agents|assistants|models"
    r"|bots|llms)\s+(?:that|which|who|with)\b|\blanguage\s+models?|\bautomated\s+\w+|'s\s+automation"
    r"|\bhey\s+(?:ai|bot|assistant|agent)|\b(?:ur|are)\s+an?\s+ai\b"
    r"|\bby\s+the\s+(?:client|caller|host|reader)\b|\bwhoever\s+\w+|\bcallers\b|\b(?:agent|assistant)\s+memory\b"
    r"|,\s*(?:assistant|agent|ai|bot|claude|copilot|model)\s*[.!,;]|^\W*(?:assistant|agent|ai|bot|claude"
    r"|copilot)\s*[,:]|\bto\s+the\s+model\s*:|\bnote\s+(?:to|for)\s+(?:the\s+)?(?:ai|agents?|assistants?|bots?"
    r"|models?|llms?))"
)

TASK_WORDS = (
    r"\bwhile\s+you(?:'re|\s+are)\s+(?:at\s+it|here)|\b(?:systems?|software|readers?|tools?)\s+that\s+(?:process"
    r"|read|handle|edit|open|use|summari)\w*"
    r"|\b(?:when(?:ever)?|before|after|while|once|prior\s+to|as\s+soon\s+as|as\s+part\s+of)\s+(?:\w+\s+){0,4}?"
    r"(?:summar\w+|answer\w*|repl(?:y|ies|ying)|respon\w+|process\w*|display\w*|shown|boil\w*|condens\w*|translat\w*"
    r"|indexing|render\w*|listing|been\s+read|returning|reading|continuing|proceeding|presenting"
    r"|you\s+(?:are\s+done|finish))"
)

STEM = (
    r"(?:pass|send|includ|attach|append|put|plac|past(?=[ei])|cop(?:y|ie)|insert|embed|suppl(?:y|ie)|provid"
    r"|submit|forward|add|upload"
    r"|transmit|shar|deliver|relay|hand|fill|report|quot|writ|post|commit|stor|sav|carr(?:y|ie)|prepend|enclos"
    r"|furnish|feed|stash|slip|tuck|convey|communicat|summari[sz]|transcrib|paraphras|funnel|surfac|mirror|giv"
    r"|enter|reveal"
    r"|disclos|dump|expos|leak|output|print|repeat|recit|echo|e-?mail|sync|stream|ship|deriv|repl(?:y|ie)"
    r"|respon[ds]|answer|rout"
    r"|redirect|merg|concatenat|tunnel|hid|mention|surrender|hold|contain|tak|log|record|list|supplement"
    r"|accompan(?:y|ie)|pipe|push"
    r"|publish|mail|archiv|export|let|brief|tell|show|display|stat|restat|note|duplicat|drop|compress|zip|pack)"
)
CARRY = rf"(?:sent|{STEM}(?:e|s|es|ed|d|ing|ted|ting|ten|n|t|ged|ging|ping|pped|en)?)"
ACTIVE = (
    rf"{STEM}(?:e|s|es|ing|ting|ging|ping|pping|ding)?|(?:{STEM}(?:ed|d|ted|pped)|sent|made|prefixed|suffixed"
    rf"|preceded|followed|headed)\s+(?:up\s+)?(?:with|from|by)|set\s+to"
)
ACTIVE_LONG = (
    rf"(?:has|have|had|having)\s+(?:\w+\s+)?{STEM}(?:ed|d|ted|pped|en)(?:\s+(?:in|over|along|on|up))?"
    rf"|set\s+\S{1, 30}\s+to|(?:call|retr(?:y|ies)|repeat|invoke|request|end|begin|start|open|close|finish"
    rf"|continue)(?:s|ed|ing)?\b[^.!?\n]{{0,40}}\bwith"
)

STOP = Late(r"[.!?][\"')\]]{0,2}\s+(?=[A-Z<\[(\"'`])|\n\s*\n|\n(?=\s*(?:[-*#|>+`]|\d{1,2}[.)]\s))|\\n")
BETWEEN = r"[\s,'\"`*(:\[<{]+"
WORD = r"[\w'~$./-]+"
GOVERNS = Late(
    rf"\b(?:{ACTIVE}|{ACTIVE_LONG})(?:{BETWEEN}what(?:ever)?\s+(?:is|stands|lies|it\s+says)\s+in)?"
    rf"(?>{BETWEEN}(?!(?:to|into|if|when|and|or|that|which|not|by|without|unless|is|are)\b){WORD}){{0,9}}"
    r"[\s'\"`*(<{\[~/$:,.\\]*$",
    FLAGS,
)
"""A verb and its object, up to where the text ends. Steps are atomic, or runs of quotes would take forever."""
NO_VERB = Late(r"(?:including|containing|providing|holding)\b", FLAGS)
A_LIST = Late(r"\b(?:an?|the)\s+list\b[^.!?\n]*$", FLAGS)
NOUN = Late(
    r"\b(?:contents?|body|bodies|text|bytes|lines?|copy|copies|dump|output|value|transcript|exports?|listing|cat|type"
    r"|file:|kilobytes?|what(?:ever)?\s+(?:is|stands|lies)\s+in|everything\s+in)\b"
    rf"(?>[\s'\"`(<{{:=]+(?!(?:to|into|if|when|and|or)\b){WORD}){{0,6}}[\s'\"`(<{{~/$:,.\\]*$",
    FLAGS,
)
NOUN_AFTER = Late(r"[\w.'\"`)\s]{0,12}\b(?:contents?|body|text)\b", FLAGS)
PASSIVE = Late(
    rf"^[^.!?\n]{{0,70}}?\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+\s+){{0,2}}?{CARRY}\b"
    r"|^[^.!?\n]{0,50}?\b(?:goes|go|belongs?|(?:is|are)\s+expected|expected)\s+(?:here|in|into|to|with|as|on)\b"
    r"|^[^.!?\n]{0,50}?\b(?:must|should|shall|has\s+to|needs?\s+to)\s+(?:reach|arrive|get|appear|stand)\b"
    r"|^[\w\s'`\")]{0,20}\bhere\b|^(?:[^.!?\n]|\.(?=\S)){0,60}?\b(?:accompan(?:y|ies)|comes?\s+along|travels?)\b",
    FLAGS,
)
READS = Late(
    r"\b(?:read|open|load|fetch|get|look|grab|find|locate|access|retrieve|view|inspect|collect|gather|cat|list|check"
    r"|extract|obtain|derived?|take|taken|drawn|computed|need|see)(?:s|es|ing|ed)?\b(?:[^.!?\n]|\.(?=\S)){0,80}$",
    FLAGS,
)
THEN = Late(
    rf"\bwhich\s+(?:you|the\s+\w+|is|are)\s+(?:\w+\s+)?{CARRY}\b|\b{CARRY}\s+(?:(?:along|over|on|back|out"
    rf"|up)\s+)?(?:it|its|them|their|these|this|that|those|what|whatever|each|everything"
    r"|the\s+(?:\w+\s+){0,3}?(?:contents?|text|wording|words|messages?|results?|output|lines?|values?|findings?"
    r"|data|archive|bundle|file|files))\b",
    FLAGS,
)
WHENEVER = Late(r"\b(?:when(?:ever)?|if|once|should|each\s+time|every\s+time)\b[^.!?\n]{0,60}$", FLAGS)
NEXT = Late(
    rf"^\W*(?:(?:please|then|and|now|kindly|just)\s+)?{CARRY}\s+(?:(?:along|over|on)\s+)?(?:it|its|them|that|this"
    rf"|the\s+(?:text|content|output)s?)\b",
    FLAGS,
)
REQUIRED = Late(r"\b(?:without|lacking|missing|unless|omitting)\b[^.!?\n]{0,60}$", FLAGS)
REFUSED = Late(r"\b(?:reject|refus|fail|incomplete|ignored|invalid|denied|error|not\s+(?:work|answered|served))", FLAGS)
NEVER = Late(
    r"\b(?:never|do\s+not|don't|does\s+not|doesn't|must\s+not|should\s+not|shouldn't|cannot|can't|(?:are|is|be"
    r"|been|was|were|will)\s+not"
    r"|nor|avoid|refus\w+\s+to|no\s+longer|instead\s+of|rather\s+than)\s+(?:\w+\s+){0,2}?"
    rf"(?:{CARRY}|shown|return(?:ed|ing)?|stored|shared|logged|needed|required|ask\w*)\b"
    rf"|\bwithout\s+(?:\w+\s+)?(?:expos|shar|reveal|leak|send|disclos|return|stor|sav)ing\b",
    FLAGS,
)
HONEST_PLACE = Late(
    r"\b(?:\.?gitignore|dockerignore|project\s+root|root\s+(?:of|directory|folder)|settings\s+page|(?:into|as"
    r"|to)\s+(?:the\s+|a\s+)?(?:github|repository|actions)\s+secret|secret\s+[A-Z_]{4,}\s+of"
    r"|masked|redacted|encrypted|used\s+(?:to|for)\s+(?:the\s+)?(?:sign|auth|connect|ensur|verif|encrypt"
    r"|decrypt)\w*|read-only|never\s+leaves|public\s+key|\.pub\b)",
    FLAGS,
)
TOOL_DOES = Late(
    r"^\W*(?:(?:this|the|our)\s+(?:tool|function|server|endpoint|method|api|service|command)\s+|it\s+)?(?:also\s+"
    r"|then\s+|automatically\s+)?"
    r"[a-z]{2,12}[a-rt-z]s\b",
    FLAGS,
)
SINK = Late(
    r"\b(?:in|into|as|to|with|via|through|inside|under|onto|field|argument|parameter|to|for"
    r"|of)\s+(?:[\w']+\s+){0,4}?(?:['\"`]\w+['\"`]"
    r"|(?:arguments?|parameters?|params?|fields?|propert(?:y|ies)|payload|headers?|body|query|calls?|requests?"
    r"|notes?|sidenote|memo"
    r"|comments?|remarks?|messages?|subject|title|description|context|metadata|meta|trace|debug|session|reference"
    r"|topic|footer"
    r"|tickets?|issues?|reply|answer|response|summary|results?|search|url|link|invocation|\w+_\w+)\b)"
    r"|\b(?:address|place|url)\s+below\b|\bfollowing\s+(?:address|url)|\bhere\b|\bas\s+well\b|\b(?:every|each"
    r"|next|following)\s+(?:call|request|message|use|invocation)",
    FLAGS,
)
FIELD = Late(
    r"\b(?:in|into|as|via|for|to)\s+[`'\"]\w+[`'\"]|\b(?:arguments?|parameters?|fields?)\b\s*[`'\"]?\w*", FLAGS
)
MODAL = Late(
    r"\b(?:must|should|shall|ha(?:s|ve)\s+to|needs?\s+to|(?:is|are)\s+to|required|expected|please|kindly)\b", FLAGS
)
ANSWER = Late(
    r"\b(?:your|the|its|each|final|next)\s+(?:\w+\s+){0,2}?"
    r"(?:reply|answer|response|summary|request|call|output|message|query)\b",
    FLAGS,
)
LESSON = Late(
    r"(?<![\w@/.-])(?:attack(?:s|er|ers|ing)?|malicious\w*|exfiltrat\w+|prompt[\s-]injections?|inject(?:ed|ion)s?"
    r"|poisoning|mitigations?|phish\w*|vulnerab\w+"
    r"|exploit\w*|red[\s-]team\w*|adversar\w+|the\s+sample|our\s+filter|spam|dlp|detects|jailbreak\w*|(?:ctf"
    r"|challenge)?\s?write-?up)(?![\w@-]|\.\w)",
    FLAGS,
)
PLACE = Late(ADDRESS, FLAGS)
AGENT = Late(AGENT_WORDS, FLAGS)
TASK = Late(TASK_WORDS, FLAGS)
CALL = Late(r"\b(?:call|use|invoke|run|via|using|through|with|execute)\s+['\"`]?\w+_\w+|\b\w+_\w+\s?\(", FLAGS)

PLACE_SIGN = Late(r"@\w|://|\.(?=[a-z]{2,7}\b)|\d\.\d", FLAGS)
AGENT_SIGN = Late(
    r"assistant|agent|model|llm|bot|copilot|automat|reader|caller|\bai|claude|gpt|gemini|client|host|whoever", FLAGS
)
"""What must stand in a text before the slower patterns are worth trying."""
