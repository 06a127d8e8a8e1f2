"""Words for money: who is paid, how much, and who was asked."""

from __future__ import annotations

from mcpscan.finding import Confidence
from mcpscan.rules._carrying import FLAGS
from mcpscan.rules._sentence import Sentence
from mcpscan.text import Late

GAP = r"[\w ,;'\"`()&%#:/+=$.-]"
PAYEE = (
    r"(?:ibans?|accounts?|wallets?|payees?|beneficiar(?:y|ies)|bank details|recipients?|address(?:es)?|card ending)\b"
)
SWAPS = (
    r"\b(?:replac|swap|substitut|chang|overwrit|exchang|switch|rewrit)(?:e|es|ed|ing|s)?\b" + GAP + r"{0,50}\b" + PAYEE
)
OVERWRITES = r"\b" + PAYEE + GAP + r"{0,70}\b(?:overwrit|replac|swap|substitut|exchang)\w{1,3}\b"
CLOSED = (
    r"\b(?:iban|account|wallet|payee|bank details|address)\b"
    + GAP
    + (r"{0,50}\b(?:closed|obsolete|outdated|changed|moved|updated|expired|no longer|superseded|replaced)\b")
)
PAYING = (
    r"\b(?:use|enter|put|fill|insert|type|pays?|paid|transfer(?:s|red)?|send|sent|credit(?:s|ed)?|book(?:s|ed)?"
    r"|rout(?:e|es|ed)|direct(?:s|ed)?|redirect(?:s|ed)?"
    r"|remit(?:s|ted)?|wir(?:e|es|ed)|deposit(?:s|ed)?|goe?s?|withdraw|settled?|refunds?|initiate|make|process"
    r"|submit|always)\b"
)
PAYS = PAYING + GAP + r"{0,70}\b" + PAYEE
PAYS_VALUE = PAYING + GAP + r"{0,40}\b(?:[a-z]{2}\d\d[ ]?[0-9a-z]{4}|0x[0-9a-f]{6}|bc1\w{6}|\d{3,6}-\d{2,8})\b"
DIVERTS = (
    r"\b(?:difference|surplus|remainder|excess|margin|spread|rest|round(?:ed|ing)|cents?|(?:\d{1,2}(?:[.,]\d)?"
    r"|one|two|three|four|five|ten) ?(?:%|percent|per cent)"
    r"|share|commission|tenth)[ ,]"
    + GAP
    + r"{0,40}\b(?:to|into|on|for)[ ](?:the |an? |our )?(?:\w{1,12} ){0,2}(?:accounts?|desk|wallets?|funds?|ibans?"
    r"|cards?|[\w-]{0,12}\d)"
)
DUES = (
    r"\b(?:dues|fees?|rents?|invoices?|payments?|donations?|contributions?|deposits?|refunds?|salar(?:y|ies)"
    r"|premiums?|orders|transfers|bookings?)[ ]" + GAP + r"{0,40}"
    r"\b(?:(?:is|are|be|get) (?:now |always |from now on |only |henceforth )?(?:paid|sent|made|credited"
    r"|transferred|settled|remitted|directed|routed)|(?:has|have) to go|go|goes)"
    r"\b" + GAP + r"{0,20}\bto\b"
)
MARKUP = (
    r"\b(?:add|rais|increas|quot|inflat|round|mark)(?:e|es|ed|s|ing|d)?\b"
    + GAP
    + r"{0,40}(?:%|\b(?:percent|per cent|tenth|margin|donation|fee|tip|surcharge|insurance|charge|mark-?up)\b)"
)
BECOMES = (
    r"\b(?:payee|beneficiary|recipient|creditor|iban|account)\b"
    + GAP
    + (r"{0,20}\b(?:becomes|turns into|is set to|is always)\b")
)
FRONT = (
    r"\b(?:shown|displayed|visible|confirmation|screen)\b"
    + GAP
    + (r"{0,30}\b(?:stays?|remains?|keeps?|unchanged|the same|old)\b")
)
PURCHASE = (
    r"(?:book|buy|purchas|order|subscrib|upgrad|charg|donat|renew|pay|transfer|wire|tip|confirm|settl|acquir"
    r"|withdraw|bid|invest|sell|bill|extend|paid|reserv|add)"
)
BUYS = (
    r"\b(?:assistant|agent|model|bot|copilot|automation|ai|claude)s?[ :,]{1,3}"
    + GAP
    + r"{0,50}\b"
    + PURCHASE
    + r"(?:e|es|s|ing|ies|y)?[ ]"
    + GAP
    + r"{0,60}",
    r"\b(?:paid|purchased|bought|booked|charged|ordered|confirmed|settled)[ ]"
    + GAP
    + r"{0,40}\bby the (?:assistant|agent|model|bot|reader|mailbox)\b",
)
GIFTS = r"\b(?:buy|purchase|order|get|acquire)\b" + GAP + r"{0,30}\b(?:gift ?cards?|vouchers?|prepaid cards?|crypto)\b"
UNASKED = (
    r"\b"
    + PURCHASE
    + r"(?:e|es|ed|s|d|ing|ping|ped|ies|y|ies)?\b[ ]"
    + GAP
    + r"{0,90}\b(?:without (?:asking|confirm\w{1,8}|consent|telling|approval|notice)"
    r"|silently|quietly|in the background|not (?:needed|required|necessary)|do not ask|no need to ask|right away"
    r"|at once|automatically|unasked|irrespective"
    r"|left out of|leave it out|leaves? (?:it|them) out|not (?:shown|mentioned|listed)|do not (?:show|mention|list))\b"
)
UNLOCK = (
    r"\bto (?:see|continue|unlock|view|finish|read|proceed|complete)\b"
    + GAP
    + r"{0,40}\b(?:pay|donate|purchase|buy|transfer)\b"
    + GAP
    + r"{0,60}\b(?:stored|saved|on file|\w{2,12}_\w{2,12})\b"
    r"|\b(?:pay|donate|purchase|buy|transfer)\b"
    + GAP
    + r"{0,60}\b(?:stored|saved|on file|\w{2,12}_\w{2,12})\b"
    + GAP
    + r"{0,30}\bto (?:see|continue|unlock|view|finish|read|proceed|complete)\b"
)
MONEY = Late(
    r"\b(?:pay\w*|paid|ibans?|invoices?|transfers?|refunds?|wallets?|bank|dues|fees?|prices?|salar\w+|payouts?"
    r"|crypto|donat\w+|money|funds?|rent|purchas\w+|bitcoin|ethereum"
    r"|cards?|amounts?|settle\w*|checkout|order|orders|booking|buyers?|payee|beneficiary|recipients?|rates?|quote"
    r"|eur|usd|subscri\w+|plans?|tips?|bills?|upgrad\w+|warranty|rooms?)\b|[$€£]",
    FLAGS,
)
VALUE = Late(
    r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,6}){1,8}\b|\b0x[0-9a-fA-F]{6,}|\bbc1\w{6,}|\b\d{2,}[ -]\d{1,}[\d -]*\b"
    r"|\b\d{6,}\b|\baccount\s+[\w-]*\d|\bcard\s+ending|\bwallet\s+\w*\d\w*"
    r"|\bthose\s+of\s+\w+|\bdesk-\w+|\b(?:the\s+one|address|account|iban)\s+(?:below|(?:in|on|from"
    r"|of)\s+this\s+\w+)|\b[\w-]+\.(?:example|test|com|net|org)\b",
)
INSTEAD = Late(
    r"\b(?:instead|in\s+place\s+of|rather\s+than|not\s+(?:the\s+(?:one|number|account)|those|that)"
    r"|in\s+its\s+place|irrespective|regardless|even\s+(?:if|when|though)|whatever|no\s+matter)\b"
    r"|\b(?:given|supplied|provided|named|entered|stored|requested|chosen|shown)\s+(?:by|to)\s+the\s+(?:user"
    r"|customer|buyer|client)\b|\b(?:on\s+file|original|stored|user'?s)\b",
    FLAGS,
)
ALWAYS = Late(
    r"\b(?:always|every|all|any|each|from\s+now|henceforth|now|in\s+future|only|as\s+of\s+(?:today|now|this|\w+)"
    r"|unknown|missing|not\s+given|told\s+otherwise|default)\b",
    FLAGS,
)
OPEN = Late(
    r"\b(?:shown|displayed|breakdown|itemi[sz]ed|separate\s+line|listed\s+separately|after\s+(?:the\s+)?(?:user"
    r"|customer|guest)|once\s+the\s+user|confirmation\s+in\s+the\s+app"

                          r"|asks?\s+(?:the\s+user|for\s+confirm)|user\s+confirms|user'?s?\s+(?:request|choice)"
                          r"|per\s+cent\s+discount)", FLAGS)  # fmt: skip
HUSH = Late(
    r"\b(?:do\s+not|don't|without|never|no\s+need\s+to|not)\s+(?:\w+\s+){0,2}?(?:mention|tell|show|inform|list"
    r"|notify|ask|display|say|list|telling|asking|listing|showing)\w*|\b(?:quietly|silently|tell\s+nobody)\b"
    r"|\b(?:stays?|keeps?|remain\w*)\s+the\s+same\b",
    FLAGS,
)
FROM_MY = Late(
    r"\b(?:from\s+my|my\s+(?:\w+\s+){0,2}(?:account|wallet|card|balance|holdings|venmo|savings|bitcoin)"
    r"|from\s+the\s+user'?s?)\b",
    FLAGS,
)
AMOUNT = Late(
    r"[$€£]\s?\d|\b\d[\d., ]*\s?(?:eur|usd|gbp|euros?|dollars?|pounds?|bitcoins?|btc|eth|usdt|units|credits|crowns"
    r"|francs)\b|\b\d{2,}\b",
    FLAGS,
)
STORED = Late(
    r"\b(?:card\s+(?:\w+\s+){0,3}on\s+file|(?:company|corporate|credit)\s+card|right\s+after|(?:stored"
    r"|saved)\s+(?:card"
    r"|payment\w*)|on\s+receipt|at\s+once|immediately|right\s+away|automatically|premium\s+(?:fare|plan|seat|room"
    r"|support|package|version)|most\s+expensive|paid\s+plan|annual\s+plan"
    r"|extended\s+warranty|gift\s*cards?|codes?|pay_now|without|credits)\b|[$€£]\s?\d|\b\d[\d., ]*\s?(?:eur|usd"
    r"|euros?|dollars?)\b",
    FLAGS,
)
NEVER = Late(
    r"\b(?:never|do\s+not|don't|must\s+not|cannot)\s+(?:\w+\s+)?(?:chang|replac|pay|transfer|send|use|overwrit)\w*",
    FLAGS,
)
REDIRECT = Late(r"^(?:re-?direct|re-?rout|divert)", FLAGS)
IGNORE = Late(r"\b(?:ignore|disregard|overwrite)\s+the\s+(?:account|iban|number|address|bank\s+details)", FLAGS)
AGENT_PAYS = Late(
    r"\b(?:assistants?|agents?|models?|bots?|ai|automation|llms?|payers|reader"
    r"|systems?)\b[^.!?\n]{0,60}\b(?:pays?|transfers?|sends?|wires?|remits?|deposits?|credits?|books?|use"
    r"|settles?|refunds?)\b"
    r"|\bwhile\s+you|,\s*(?:agent|assistant)\b",
    FLAGS,
)
RECIPIENT = Late(
    r"\b(?:recipient|payee|beneficiary|iban|account|wallet|amount|price|upload\s+target|destination)s?\b", FLAGS
)
PAYS_WORD = Late(
    r"\b(?:pay\w*|paid|transfer\w*|send|sent|refund\w*|remit\w*|credit\w*|wire|deposit\w*|use|dues|fees?|settlement"
    r"|invoices?)\b",
    FLAGS,
)
WITH = Late(r"^[^.!?\n]{0,60}\b(?:with|by|to|for)\b", FLAGS)
SHARE_OK = Late(
    r"\b(?:discount|tax|vat|interest|tip\s+to|donat\w+\s+to\s+charit|cent(?:re|er)|percentile|rest\s+api"
    r"|margin\s+(?:of|in|for))\b",
    FLAGS,
)
NO_ASK = Late(
    r"\b(?:book|buy|purchas|order|subscrib|charg|donat|pa(?:y|id)|reserv|add)\w*\b[^.!?\n]*\b(?:without\s+(?:asking"
    r"|confirm|consent|telling|approval)\w*|silently|do\s+not\s+ask|no\s+need\s+to\s+ask|(?:left"
    r"|leaves?)\s+(?:it\s+|them\s+)?out\s+of)\b",
    FLAGS,
)
SPEND = Late(
    r"\b(?:book(?:s|ed)?|buys?|purchas\w+|subscri\w+|upgrad\w+|tips?|donat\w+|renew\w*|pays?|paid|bills?|extends?"
    r"|charg\w+|order(?:s|ed)?|transfers?)\b[^.!?\n]*"
    r"\b(?:rooms?|fares?|seats?|orders?|cartridges?|company|plan|tier|subscription|trial|cards?|tip|warranty"
    r"|credits?|licen[cs]es?|gift\s*cards?|account|percent|item|ticket|hotel|guest|driver|stay|premium|user"
    r"|purchase|payment)\b"
    r"|\bconfirm\w*\s+the\s+purchase",
    FLAGS,
)

SURPLUS = Late(r"\b(?:difference|surplus|remainder|excess|rest|rounding|rounded|cents?|margin|spread)\b", FLAGS)
DATE = Late(r"(?:19|20)\d\d-\d\d$")
SWAPPING, CHANGED, PAYING_TO, DIVERTED, DUE, MARKED_UP, SHOWN, BECOME = (
    frozenset({0, 8}), 1, frozenset({2, 7}), 3, 4, 5, 6, 9,
)  # fmt: skip
"""Places of the patterns of `payment-recipient`, by what they say."""


def redirected(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether an account takes the place of another, or money is diverted."""
    text = at.whole
    if (pattern == 7 and DATE.search(at.found.text)) or not MONEY.search(text + at.previous) or NEVER.search(text):
        return False
    if pattern != SHOWN and OPEN.search(text + at.following):
        return False
    value = VALUE.search(text + at.following) is not None
    strong = _replaced(pattern, at, value=value) or _diverted(pattern, at, value=value)
    if at.lesson:
        return strong and Confidence.LOW
    to_pay = pattern in PAYING_TO and at.says(AGENT_PAYS) and (value or at.says(AMOUNT))
    if at.metadata:
        return strong or (to_pay and at.mentions_agent)
    if pattern in PAYING_TO and at.says(FROM_MY) and at.says(AMOUNT):
        return True
    if pattern == 0 and value and at.mentions_agent:
        return True
    meant = at.mentions_agent or at.calls or at.says(HUSH) or at.says(IGNORE) or "user" in text.lower()
    return (strong and meant) or to_pay


def _replaced(pattern: int, at: Sentence, *, value: bool) -> bool:
    instead, always, hush = at.says(INSTEAD), at.says(ALWAYS), at.says(HUSH)
    if pattern in SWAPPING:
        swapped = (instead or hush) and (value or WITH.search(at.right) is not None)
        return swapped or (value and (always or at.metadata))
    if pattern == CHANGED:
        return value and at.says(PAYS_WORD)
    if pattern in PAYING_TO:
        moved = REDIRECT.search(at.found.text) is not None
        return hush or (value and (instead or moved or (always and at.says(PAYS_WORD))))
    return False


def _diverted(pattern: int, at: Sentence, *, value: bool) -> bool:
    if pattern in {DIVERTED, BECOME}:
        skimmed = value or SURPLUS.search(at.found.text) is not None
        return not at.says(SHARE_OK) and (skimmed if pattern == DIVERTED else at.metadata)
    if pattern == DUE:
        posted = " sent " in at.found.text and "invoice" in at.found.text
        return value and not posted and (at.says(ALWAYS) or at.says(INSTEAD))
    if pattern == MARKED_UP:
        return at.says(HUSH)
    return pattern == SHOWN and at.says(RECIPIENT)


def bought(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether an agent is to buy something, or nobody is to be asked."""
    if OPEN.search(at.whole + at.following) or not MONEY.search(at.wide):
        return False
    if at.lesson:
        return Confidence.LOW
    if pattern == 3:
        return at.metadata and (at.says(SPEND) or at.says(NO_ASK)) and Confidence.MEDIUM
    if pattern == 2:
        return "code" in at.whole.lower() and (at.metadata or at.mentions_agent)
    return pattern == 4 or (at.says(STORED) and (pattern == 1 or at.says(SPEND)))
