"""What secrets are called, whose they are, and how someone is told to hand them over: words shared by rules that ask."""

from __future__ import annotations

import regex

from mcpscan.rule import Found
from mcpscan.text import Late

FLAGS = regex.IGNORECASE | regex.VERBOSE


def words(most: int) -> str:
    r"""A pattern for up to so many words, each with the blanks after it; far cheaper to match than `[^.]{0,n}`.

    >>> words(2)
    '(?:\\w{1,16} ){0,2}'
    """
    return rf"(?:\w{{1,16}} ){{0,{most}}}"


PERSON = (
    r"(?:users?|persons?|people|humans?|customers?|guests?|patients?|owners?|holders?|travell?ers?|passengers?|readers?"
    r"|employees?|members?|operators?|nurses?|doctors?|students?|teachers?|managers?|colleagues?|staff|buyers?|sellers?|drivers?"
    r"|tenants?|clients?|visitors?|subscribers?|parents?)"
)
ACTOR = r"(?:agents?|assistants?|models?|llms?|ais?|bots?|chatbots?|copilots?)"
ASK = (
    r"(?:ask|request|obtain|collect|get|gather|have|let|make|prompt|invite|urge|persuade|convince|instruct|tell|demand|note"
    r"|record|remember|learn|enquire|inquire|find out|elicit|solicit)(?:s|ing)?"
)
GIVE = (
    r"(?:pass(?:es)?|accompan(?:y|ies)|suppl(?:y|ies)|cop(?:y|ies)|(?:pass|supply|send|enter|add|includ|provid|forward|submitt|copy|past|hand)ing|(?:include|attach|append|add|send|forward|provide|submit|hand|put|paste"
    r"|insert|enter|place|give|post|type|share|relay|transmit|deliver|carry|contain|hold|write|fill|use|return|repeat|take"
    r"|require|expect)s?)"
)
GIVEN = (
    r"(?:handed|passed|sent|supplied|included|entered|provided|given|added|submitted|forwarded|placed|put|attached|typed"
    r"|pasted|copied)"
)
KEEP = r"(?:store|save|send|forward|pass|post|copy|record|submit|relay)"
NOUN = (
    r"(?:pass-?words?|passcodes?|passphrases?|pins?|codes?|otps?|totp|mnemonics?|phrases?|(?:twelve|12|24|recovery|seed|backup) words|banking log-?in"
    r"|credentials?|keys?|tokens?|cookies?|cvv|cvc|card numbers?|card details|secrets?)"
)
SECRET = Late(
    r"""
    (?P<password>\b(?:pass[\s-]?words?|pass[\s-]?codes?|pass[\s-]?phrases?|pins?|pin\scodes?|credentials?
        |(?:banking|mailbox)\slog-?ins?|(?:log|sign)[\s-]?in\s(?:details|data|secrets?))\b)
    |(?P<code>\bone[\s-]?time\s(?:\w+\s)?(?:pass[\s-]?words?|pass[\s-]?codes?|codes?|pins?|tokens?)\b|\bt?otps?\b
        |\b(?:two|2)[\s-]?fa(?:ctor)?\s(?:\w+\s)?(?:codes?|tokens?)
        |\b(?:mfa|sms|text\smessage|verification|authenticator|log-?in|sign-?in|(?:password\s)?reset|(?:six|6|four|4)[\s-]digit)
            \s(?:\w+\s)?codes?\b
        |\bcodes?\s(?:from|in|on|sent|received|by)\b[^.!?\n]{0,25}\b(?:sms|text\smessages?|authenticator|phone)\b
        |\bcodes?\s(?:that\s|which\s)(?:arrived|came|was\s(?:sent|texted))\b[^.!?\n]{0,30}\b(?:phone|handset|mobile|device)
        |\bcodes?\s(?:that\s|which\s)?the\s(?:user|person|customer|guest)\s(?:has\s|have\s)?(?:just\s)?(?:received?s?|got|gets?)\b)
    |(?P<seed>\b(?:seed|recovery|mnemonic|backup|wallet)\s(?:phrases?|words?)\b|\bmnemonics?\b|\brecovery\skeys?\b
        |\b(?:twelve|12|24)\s(?:\w+\s)?words\b)
    |(?P<card>\b(?:credit\s|debit\s|payment\s)?card\s(?:numbers?|details)\b|\bcvvs?\b|\bcvcs?\b)
    |(?P<private>\bprivate\s(?:ssh\s|pgp\s|gpg\s)?keys?\b|\bssh\s(?:private\s)?keys?\b)
    |(?P<cookie>\b(?:session|browser|login)(?:'s)?\s(?:tokens?|cookies?)|\bcookie\s(?:store|jar)s?\b|\bcookies?\b)
    |(?P<key>\b(?:api|access|secret|bearer|auth\w*|oauth|refresh|personal\saccess|client|admin|service-account)\s
        (?:keys?|tokens?|secrets?)\b|\btokens?\b)
    """,
    FLAGS,
)
"""A secret; the name of the group says which sort."""

ACCOUNT = Late(
    r"""\b(?:e-?mails?|mail|mailbox|inbox|webmail|banks?|banking|e-?banking|credit\scard|debit\scard|windows|microsoft
    |outlook|google|gmail|apple|icloud|github|gitlab|facebook|instagram|linkedin|slack|paypal|amazon|wallet
    |operating\ssystem|computer|laptop|keychain|keyring|sudo|root|sso|corporate|company|cloud\saccount|whatsapp
    |telegram)\b""",
    FLAGS,
)
"""Accounts that a person has anyway and that no other service needs to get into."""

THEIRS = Late(
    rf"""\b{PERSON}'s?\s|\b(?:their|his|her)\b|\b(?:of|from|by)\s(?:the|this|a|your|each)\s(?:\w+\s)?{PERSON}\b
    |\b(?:the|this|that)\s{PERSON}\s(?:\w+\s){{0,2}}(?:received|receives|gets?|got|sees?|uses?|types?|enters?|has|have
        |mentioned|mentions|gave|typed|told|pasted|shared)\b
    |\b(?:they|people)\s(?:\w+\s)?(?:use|type|receive|enter|get)[sd]?\b""",
    FLAGS,
)
OTHERS = Late(
    r"""\b(?:tokens?|keys?|credentials?|secrets?|cookies?)\s(?:[\w-]+\s){0,5}(?:for|of|from|with|to|at|on|by)\s
        (?:your\s|the\s|any\s|all\s|its\s|their\s)*(?:other|another)\s(?:server|service|tool|connection|account|integration|provider)s?\b
    |\b(?:tokens?|keys?|credentials?)\s(?:that\s|which\s)?(?:you|your\s(?:client|host|agent)|the\s(?:host|client|agent|assistant|model))
        \s(?:\w+\s){0,2}(?:uses?|has|have|holds?|given|got|received)\b[^.!?\n]{0,30}\b(?:other|another|elsewhere|slack|google|github)
    |\bkeys?\sof\sthe\s(?:model|llm|ai)\s(?:provider|vendor)
    |\btokens?\s(?:from|of)\syour\sother\b""",
    FLAGS,
)
YOURS = Late(
    r"""\b(?:your|the\sagent's|the\sassistant's|the\smodel's)\s(?:own\s)?(?:openai|anthropic|claude|gemini|llm|model|provider|host)
        \s(?:\w+\s)?(?:api\s)?keys?\b
    """,
    FLAGS,
)
WHATEVER = Late(
    r"""\b(?:whatever|any|all|every)\s(?:\w+\s)?(?:api\s|secret\s|access\s)?(?:keys?|tokens?|credentials?|secrets?|passwords?)\b
        [^.!?\n]{0,30}\b(?:find|found|see|seen|environment|hold|access\sto|know|appears?|comes?\sup|mentioned)""",
    FLAGS,
)
OWN = Late(rf"(?i)\b{PERSON}'s own (?:api )?(?:key|token|password)")
PLACEHOLDER = Late(
    r"""\b(?:values?|contents?|text|body)\sof\s.{0,30}(?:key|token|secret|password|\.env\b|id_rsa|id_ed25519|credential|cookie)
    |\b(?:keys?|tokens?|secrets?|passwords?)\s(?:from|in|of|for)\s(?:your\s|the\s|any\s)?(?:other\b|environment|env\b|client|host
        |keychain|connections|password\smanager|shell|config)
    |\b(?:keys?|tokens?|secrets?|passwords?|cookies?)\sof\s(?:the\s|your\s)?(?:[\w-]+\s){0,3}(?:server|service|account|client|host)\b
    |\b(?:rest|remainder|characters)\sof\s(?:your|the)\s(?:\w+\s)?(?:key|token|secret|password)
    |\btokens?\sfrom\syour\sother\b""",
    FLAGS,
)
LOGIN = Late(
    r"(?i)log_?[io]n|sign_?[iu]|auth|passw|credential|secret|vault|otp|2fa|mfa|verif|connect|account|register|wallet"
    r"|database|ssh|smtp|imap"
)
"""Names of tools that have a reason to take a secret."""

SIGNING_IN = Late(
    r"(?i)\b(?:log(?:ging|s)?[ -]?in|sign(?:ing|s)?[ -]?in|authenticat(?:e|es|ed|ing|ion)|verif(?:y|ies)|\w+_auth|connects?)\b"
    r"(?! (?:elsewhere|pass\w+|details|data|credentials|secrets?))"
)
PAYING = Late(r"(?i)pay|charg|checkout|book|order|purchas|bill|donat|buy|reserv")
A_THING = Late(
    r"(?i)\b(?:zip|archives?|pdfs?|files?|documents?|workbooks?|databases?|sheets?|routers?|wi-?fi|network|certificates?|keystore)\b"
)
"""Things that have a password of their own, which is asked for where they are opened."""

NEGATED = Late(
    r"(?i)(?:\b(?:never|not|cannot|without|avoid|no|nor|refrain|prevents?|forbidden)\b|n't\b)[^.,;:!?\n]{0,45}$"
)
DOER = Late(rf"(?i)\b(?:{ACTOR[3:-1]}|you|they|callers?|it|who|clients?|requests?)\b[^.!?\n]{{0,50}}$")
HANDOVER = Late(
    rf"(?i)\b(?:{ACTOR[3:-1]}|call (?:again|(?:this|the) tool)|retry|parameters?|arguments?|(?:the|this|next) (?:call|field|query|request)|missing field)\b|in `\w+`"
)
TOLD = Late(rf"(?i)\b(?:{ASK}|{GIVE}) (?:it|them|those)\b")
"""Signs that a text found in a result speaks to the agent that reads it."""


HANDING = Late(rf"(?i)\b(?:{GIVE}|{GIVEN}|{ASK}|needs?|wants?|belongs?|goes)\b")
SINK = Late(r"(?i)\b(?:in|into|as|to|under|via) (?:the (?:field|parameter|argument|header|note) )?[`\"']\w+[`\"']")
KEYED = Late(r"(?i)[`\"']\w*(?:key|token|auth|secret|pass|cred|header|api|env|session|cookie|config)\w*[`\"']")


def sentence(found: Found) -> tuple[str, str]:
    """The rest of the sentence before a match, and the sentence from the match on."""
    before = regex.split(r"[.!?]\s|\n", found.before(160))[-1]
    after = regex.split(r"[.!?](?:\s|$)|\n", found.after(120))[0]
    return before, found.text + after


def describes(found: Found) -> bool:
    """Whether a sentence says what something does ("Asks the user …") rather than what the reader should do."""
    first = regex.match(r"\W*(\w+)", found.text)
    word = first[1].lower() if first else ""
    return word.endswith("s") and not word.endswith("ss") and not DOER.search(found.before(70))


def tells(text: str) -> bool:
    """Whether a sentence begins with what something does: "Returns …", not "Agents pass …".

    >>> tells("Returns the transcript."), tells("Callers pass the transcript."), tells("Pass the transcript.")
    (True, False, False)
    """
    first = regex.match(r"\W*(\w+)(?:\W+(\w+))?", text)
    word = first[1].lower() if first else ""
    if first and first[2] and first[2].lower() in _AFTER_NOUNS:
        return False
    return (
        word.endswith("s")
        and not word.endswith("ss")
        and word not in _NO_VERBS
        and not regex.match(rf"{ACTOR}$|{PERSON}$", word)
    )


_NO_VERBS = frozenset(
    {"pass", "always", "this", "callers", "clients", "requests", "calls", "its", "as", "users", "agents"}
)
_AFTER_NOUNS = frozenset({
    "are", "go", "have", "can", "need", "of", "below", "above", "must", "should", "may", "do", "were", "will", "that", "who", "which",
})  # fmt: skip
"""A word before one of these is a plural: "Refunds go out …"."""
