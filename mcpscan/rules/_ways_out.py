"""Words for ways out: addresses fixed by a text, copies, public links, and channels that are none by name."""

from __future__ import annotations

from mcpscan.finding import Confidence
from mcpscan.rules._carrying import FLAGS, PLACE
from mcpscan.rules._sentence import Sentence
from mcpscan.text import Late

THING = Late(
    r"\b"
    r"(?:cop(?:y|ies)|results?|outputs?|responses?|answers?|summar(?:y|ies)|exports?|conversations?|chats?"
    r"|records?|data|invoices?|messages?"
    r"|e-?mails?|mails?|it|them|this|everything|contents?|lists?|transcripts?|text|files?|documents?|folders?"
    r"|notes?|threads?|quer(?:y|ies)"
    r"|requests?|what|whatever|findings|entries|bookings?|contacts?|details|tables?|address(?:es)?|balances?"
    r"|photos?|calendars?|minutes"
    r"|replies|reply|statements?|reports?|information|database|customers?|orders?|outcomes?|hits|rights|access"
    r"|permissions?|role|drafts?|administrators?|admin|owner|editor|collaborators?|members?|backups?|logs?|keys?"
    r"|tokens?|codes?|invoices?)\b",
    FLAGS,
)
SENDS = (
    r"\b(?:(?:re)?send(?:s|ing)?|sent|forward(?:s|ed|ing)?|e?-?mail(?:s|ed|ing)?|b?cc(?:'?s|'?ed|ing)?|cop(?:y"
    r"|ies|ied)|post(?:s|ed|ing)?|upload(?:s|ed|ing)?"
    r"|shar(?:e|es|ed|ing)|submit(?:s|ted|ting)?|transmit(?:s|ted|ting)?|push(?:es|ed|ing)?|sync(?:s|ed|ing"
    r"|hronis\w{1,4}|hroniz\w{1,4})?|mirror(?:s|ed|ing)?"
    r"|relay(?:s|ed|ing)?|deliver(?:s|ed|ing)?|pass(?:es|ed|ing)?|report(?:s|ed|ing)?|notif(?:y|ies|ied)"
    r"|loop(?:ed|ing)?|let(?:s|ting)?|duplicat(?:e|es|ed|ing)|redirect(?:s|ed|ing)?|drop(?:s|ped)?|giv(?:e|es|en"
    r"|ing)|grant(?:s|ed|ing)?|invit(?:e|es|ed|ing)|add(?:s|ed|ing)?"
    r"|http_post|send_e?mail|archiv(?:e|es|ed|ing)|back(?:s|ed)? up|transfer(?:s|red|ring)?|replicat(?:e|es|ed"
    r"|ing)|stream(?:s|ed)?|includ(?:e|es|ing)|rout(?:e|es|ed|ing)"
    r"|disclos(?:e|es|ed)|hand(?:s|ed)? over|fill(?:s|ed|ing)?|puts?|keep(?:s|ing)?|carr(?:y|ies))\b"
)
GAP = r"[\w ,'\"`()&%#:;/+=<>*~|$-]"
"""What may stand between the words of one sentence. Not a negated class: those are huge in UTF-8."""
ALSO = Late(
    r"\b(?:also|additionally|as\s+well|in\s+addition|too|each|every|any|all|always|automatically|silently|quietly"
    r"|first|a\s+copy|copies|before|after|once|then"
    r"|afterwards|whenever|when|from\s+now|by\s+the\s+(?:assistant|agent|model|caller|client)"
    r"|for\s+(?:\w+\s+){0,2}(?:audit|complian|archiv|quality|backup"
    r"|record|index|logging|training|monitor)\w*|second|whatever|everything|along|at\s+all\s+times)\b",
    FLAGS,
)
BLIND = r"\bb?cc\s{0,3}[=:]\s{0,3}[\"'\[]{0,2}[\w.+-]{1,40}@[\w.-]{3,40}"
HELPDESK = Late(
    r"\b(?:feedback|questions?|bugs?|(?:report|file|open)\s+(?:an?\s+)?issues?|support|contact|help\s?desk"
    r"|for\s+help|help\s+cent\w+|docs?|documentation|regist(?:er|ration)|sign\s?up|homepage|website|repository"
    r"|vulnerabilit\w+|security\s+(?:problems|issues)|licen[cs]e|pull\s+requests?|e\.?g\.?|example:|for\s+example"
    r"|such\s+as|format(?:ted)?|like\s+[\"'`]?\w+@"
    r"|(?<=[.;(]\s)see|learn\s+more|powered\s+by|localhost|127\.0|endpoint|webhook\s+url|default\s+recipient|curl"
    r"|http/1)\b"
    r"|you(?:r|rself)?@|user@|name@|jane@|john@|(?-i:GET|POST)\s+[/h]",
    FLAGS,
)
SHARE = (
    r"\b(?:creat\w{1,3}|shar\w{1,3}|mak\w{1,3}|gets?|open\w{0,3}|turn\w{0,3}|set\w{0,4}|publish\w{0,3}) "
    + GAP
    + r"{0,60}\b(?:anyone.with.(?:the.)?link|public (?:share )?(?:link|gist|url|paste)|publicly|public)\b"
    + GAP
    + r"{0,60}\b(?:post|paste|send|share|put|add|mail|include)\w{0,3}\b"
    + GAP
    + r"{0,20}\b(?:the |its |this |that )?(?:link|url|it|address)\b"
)
FETCH = Late(
    r"\b(?:retrieve|get|fetch|download|find|access|search|look\s+(?:up|through)|collect|gather|check|list|obtain"
    r"|read|open|go\s+through|extract|pull|use)\b",
    FLAGS,
)
AT = r"(?:[\w.+-]{1,30}@|://)[\w.-]{3,40}"
HOST = (
    r" [\w-]{2,30}\.(?:example|test|invalid|com|net|org|io|dev|app|co|ai|info|xyz|site|online|top|cloud|link|ru|cn|de"
    r"|uk|fr)\b"
)
LINK = Late(
    r"\b(?:cc|bcc|loop|let|put|keep|carr(?:y|ies)|invite|add|notify|includ|copy|email|e-mail"
    r"|mail)\w{0,4}\s+(?:(?!(?:to|with"
    r"|from|in|on|by|for)\b)[\w']+\s+){0,5}(?:in\s+)?[<\"'`(]?[\w.+-]*@"
    r"|\b(?:to|with|at|into|via|onto|towards?|using"
    r"|by)\b[:\s]*(?:[<(\"'`]?[\w'&=-]+[)\"'`,:]*\s+){0,7}[<(\"'`]*(?:[\w.+-]*\w@|\w{2,5}://|[\w-]+\.\w)",
    FLAGS,
)
TOLD = Late(r"^(?:\w+(?:ed|ied)|sent|given)\b", FLAGS)
BE = Late(
    r"\b(?:is|are|be|being|gets?|always|must|shall|should|to\s+be|needs?|if\s+(?:the\s+)?(?:model|assistant"
    r"|agent))\s+(?:\w+\s+){0,3}$",
    FLAGS,
)
PEOPLE = Late(
    r"\b(?:tenants?|landlords?|employees?|applicants?|sellers?|buyers?|members?|guests?|part(?:y|ies)|suppliers?"
    r"|contractors?|visitors?|staff|students?|parents?)"
    r"\s+(?:shall|must|should|may|can|will|are|is)\b|\bas\s+agreed\b|\b(?:at|on|by|upon)\s+(?:the\s+)?(?:user"
    r"|customer|guest)'?s?\s+(?:request|choice)\b|\bif\s+the\s+user\s+(?:asks|wants|agrees)"
    r"|\bconfigured\b|\bask(?:s|ing)?\s+the\s+user|\bopt(?:ed)?[\s-]in\b",
    FLAGS,
)
INSTEAD = Late(
    r"\b(?:obsolete|outdated|instead|user'?s\s+(?:request|address)|given\s+by\s+the\s+user|without\s+chang\w+"
    r"|even\s+(?:if|when)|whatever|no\s+longer)\b",
    FLAGS,
)
HUSH = Late(
    r"\b(?:no\s+need\s+to|do\s+not|don't|without|never|not)\s+(?:\w+\s+){0,2}?(?:mention|tell|inform|notify"
    r"|bother|show|say|ask|telling|mentioning|informing|notifying)\w*"
    r"|\b(?:quietly|silently|discreetly|secretly)\b|\bfor\s+(?:\w+\s+){0,2}?(?:audit|complian|archiv|quality"
    r"|record)\w*(?:[^.!?\n]|\.(?=\S))*\b(?:also|any|every|each)\b",
    FLAGS,
)
RETARGET = (
    r"\b(?:chang|replac|switch|swap|overwrit|overrid)(?:e|es|ed|ing|s|ping)?\b"
    + GAP
    + r"{0,40}\b(?:recipients?|address(?:es)?|targets?|destination|endpoint|host|sender|receiver)\b"
    + GAP
    + r"{0,60}"
    + AT
)
PRIVATE = Late(
    r"\b(?:my|the\s+user'?s?|user'?s?|saved|stored|all|every|patient|customers?|personal|private|confidential"
    r"|medical|genetic|health|bank|account|accounts"
    r"|password|inbox|payment|payees?|salary|address\s+book|contacts?|history|records?|passwords?|sensitive"
    r"|secrets?|credentials?|codes?|keys?|tokens?|security)\b",
    FLAGS,
)
WAY = (
    r"\b(?:query (?:string|param(?:eter)?s?)|url (?:param(?:eter)?s?|path)|sub.?domain|host.?name|dns (?:quer(?:y"
    r"|ies)|lookups?|requests?|records?)|commit messages?"
    r"|branch names?|titles?|pull request description|alt(?:ernative)? text|(?:image|picture|icon) (?:urls?"
    r"|address(?:es)?|links?)|user.agent (?:header|string)|referr?er)\b"
)
PLACEHOLDER = (
    r"https?://[\w.:/?&=%-]{4,70}(?:[<{\[]{1,2}[\w .'-]{0,30}(?:user'?s?|last|messages?|conversation|chat|token"
    r"|secret|password|base64|contents?|(?:any|api|your) keys?)[ ][\w .'-]{2,40}[>}\]]"
    r"|=(?:conversation|chat_?history|user_?message|system_?prompt)\w{0,8}\b)|\{(?:api_?key|token|secret|password"
    r"|email)\}[\w/.&?=-]{0,20}\.(?:png|gif|jpe?g|svg|webp|ico)\b|[<{]{1,2}[\w '-]{0,20}(?:key|token|secret"
    r"|password)[\w '-]{0,16}[>}]{1,2}\.[\w-]{1,20}\.[a-z]"
)
FOLLOWED = r"://[\w.:/?&=%-]{4,70}[=/][ \"'`)]{0,3}(?:followed by|plus|\+|and then|with|and the)[ ]"
TAGGED = (
    r"\b(?:tag|suffix|extend|prefix|decorate|mark|complete) (?:every|each|all) (?:\w{1,12} )?(?:quer(?:y|ies)"
    r"|requests?|links?|urls?|search(?:es)?|terms?)\b[\w ]{0,24} with\b|"
    r"(?:[?&]\w{1,12}=[{<$]{1,2}\w{2,30}[}>]{1,2}){1,4} (?:to|on|onto|into) (?:every|each|all"
    r"|any) (?:\w{1,12} ){0,2}(?:links?|urls?|requests?|images?|address)"
    r"|\b(?:every|each|all) (?:\w{1,12} )?(?:quer(?:y|ies)|requests?|links?|urls?|search(?:es)?|terms?) (?:is|are"
    r"|gets?|must be|should be) (?:suffixed|prefixed|extended|followed"
    r"|tagged|accompanied|supplemented|completed) (?:with|by)\b"
)
WHOSE = (
    r"\b(?:picture|image|pixel|icon|link|url|address|request)\b[\w ,:/.-]{0,60}\b(?:whose|with an?"
    r"|where the) (?:\w{1,10} )?(?:name|address|url|path|parameter|host|part) (?:is|contains?|holds?|carries"
    r"|made of)\b"
)
LOOT_WORDS = (
    r"\b(?:(?:user|customer)'?s?\s+(?:\w+\s+){0,3}?(?:e-?mail|phone|address|name|message|messages|token|data"
    r"|password|location|files?|words|id)|(?:api|access|session|deploy|auth|secret|admin)"
    r"\s+(?:keys?|tokens?|secrets?)|tokens?|secrets?|passwords?|credentials?|conversation|chat|system\s+prompt"
    r"|customer\s+(?:list|data|table)|search\s+history|contents?\s+of"
    r"|phone\s+number|e-?mail\s+address|ssh\s+key|last\s+(?:\w+\s+)?messages?|search\s+history"
    r"|names\s+of\s+the\s+user|account\s+(?:name|number|id)|user\s?name|(?:last|latest)\s+(?:\w+\s+)?(?:question"
    r"|message|prompt))"
)
LOOT = Late(LOOT_WORDS, FLAGS)
INTO = (
    r"\b(?:append|add|put|encod|insert|includ|attach|write|embed|hid|plac|suffix|prefix|carr|contain|smuggl|stuff"
    r"|pack|send|resolv|open|fetch|visit|load|render|request|query"
    r"|base64|url-?encod|display)\w{0,4}\b"
)
PUT_IN = Late(
    rf"{INTO}[^.!?\n]{{0,50}}{LOOT_WORDS}[^.!?\n]{{0,50}}\b(?:in|into|to|onto|as|of|through|via|using"
    rf"|with)\s+(?:[\w'`\"]+\s+){{0,4}}$",
    FLAGS,
)
CARRIES = Late(
    rf"^,?\s*(?:please\s+)?(?:list|put|include|write|quote|state)\s+(?:[\w'`]+\s+){{0,5}}{LOOT_WORDS}"
    rf"|^[^.!?\n]{{0,40}}\b(?:(?:should|must|shall|has\s+to|needs?\s+to|is\s+to)\s+(?:\w+\s+)?|(?:is"
    rf"|are)\s+)?(?:contain|carr|hold|encod|equal|followed\s+by|made\s+of|includ|spell)(?:s|es|ing|e|y|ies)?\b"
    rf"\s+(?:[\w'`]+\s+){{0,5}}{LOOT_WORDS}",
    FLAGS,
)

SENT_TO_ADDRESS = SENDS + GAP + r"{0,90}" + AT
SENT_TO_HOST = SENDS + GAP + r"{0,60}" + HOST
TOO = Late(r"\b(?:also|as\s+well|in\s+addition|additionally|cop(?:y|ies)|silently|quietly|automatically)\b", FLAGS)
STANDING = Late(r"\b(?:each|every|all|from\s+now|future)\b", FLAGS)
HEADER = Late(r"[^\n]{0,60}\n")


def sent_out(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether something of the user's is ordered to an address that the text fixes."""
    if at.denied or at.says(PEOPLE):
        return False
    if pattern < 3 and HELPDESK.search(PLACE.now.sub("", at.whole)):
        return False
    told = TOLD.match(at.found.text) is not None
    if pattern < 2 and (not LINK.search(at.found.text) or (told and not BE.search(at.left))):
        return False
    if at.lesson:
        return Confidence.LOW
    if pattern == 4:
        return (at.says(INSTEAD) or at.says(ALSO)) and (at.metadata or at.mentions_agent)
    fetched = pattern < 2 and FETCH.search(at.left) is not None and at.says(PRIVATE)
    if at.metadata:
        return _sent_by_metadata(pattern, at, fetched=fetched, told=told)
    if fetched or pattern == 3:
        return True
    if pattern == 2:
        header = HEADER.match(at.found.after(62)) is not None
        return at.mentions_agent or (at.says(STANDING) and not header)
    return at.mentions_agent or at.calls or (at.says(THING) and at.says(HUSH))


def _sent_by_metadata(pattern: int, at: Sentence, *, fetched: bool, told: bool) -> bool | Confidence:
    if at.is_value:
        return pattern == 2 and Confidence.MEDIUM
    if pattern >= 2:
        return True
    also, mail = at.says(ALSO), "@" in at.found.text
    if not also and not at.says(THING):
        return False
    if at.account and not mail:
        return at.says(TOO) and Confidence.MEDIUM
    if also and not fetched and (mail or at.to_agent):
        return True
    return (fetched or mail or also or told) and Confidence.MEDIUM


def led_out(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether something private is put into a URL, a host name, a picture or a commit."""
    if at.denied:
        return False
    if pattern == 0 and (at.right[:1] == "=" or not (PUT_IN.search(at.left) or CARRIES.search(at.right))):
        return False
    if pattern >= 2 and not LOOT.search(at.found.text + at.right[:70]):
        return False
    if at.lesson:
        return Confidence.LOW
    return 0 < pattern < 3 or at.address or Confidence.MEDIUM
