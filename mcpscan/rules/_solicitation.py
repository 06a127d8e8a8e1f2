"""What the solicitation rules weigh: whose secret a sentence asks for, and whether it wants the conversation."""

from __future__ import annotations

import regex

from mcpscan.finding import Confidence
from mcpscan.rule import Found
from mcpscan.rules import _wanted as wanted
from mcpscan.rules._schema_asks import about, asks_for
from mcpscan.rules._schema_walk import Parameter
from mcpscan.rules._schema_walk import words as as_words
from mcpscan.rules._wanted import GIVE, GIVEN, PERSON
from mcpscan.surface import CONTENT, Kind
from mcpscan.text import Late, speaks_of_attacks

ASKING, GIVING, PASSIVE, HARVEST, EXPECTING, OWNED, OWNING, STORED, PLACEHOLDER, VARIABLE, DEFAULT = range(11)
"""What each pattern of `SolicitationCredential` stands for, in their order."""

SYSTEM_LEVEL, INSTRUCTIONS, KNOWN = 5, 6, 13
"""Three patterns of `SolicitationContext`: the system prompt, the model's instructions, what is known of the user."""


def template(found: Found) -> Confidence | None:
    """A placeholder that a model would fill with a secret it can reach."""
    passage = found.passage
    if passage.kind in CONTENT or (found.pattern == PLACEHOLDER and not wanted.PLACEHOLDER.search(found.text)):
        return None
    if found.pattern < DEFAULT:
        return Confidence.HIGH
    meant = regex.search(r"(?i)key|token|secret|auth|passw|header|env", passage.pointer[len(passage.base) :])
    filled = passage.kind is Kind.TOOL_SCHEMA and passage.slot in {"default", "examples", "example", "const"}
    return Confidence.MEDIUM if filled and not meant else None


_NEEDS = Late(rf"(?i)\b(?:need|require|want|expect)s? (?:\w+ ){{0,4}}(?:your |{PERSON}'s |their )")
_SETTINGS = Late(r"(?i)configur|environment|settings|stored|saved|vault|keychain|installed")
_JAR = Late(r"(?i)\bcookie (?:store|jar)\b|\bbrowser(?:'s)? (?:\w+ )?cookies\b")


def wants(found: Found, text: str) -> Confidence | None:
    """What a sentence asks for, weighed by whose the secret is."""
    role = found.pattern
    kinds = {match.lastgroup for match in wanted.SECRET.finditer(text)}
    if not kinds or _only_tells(found, text):
        return None
    content = found.passage.kind in CONTENT
    if wanted.OTHERS.search(text) and (role != PASSIVE or not regex.search(r"(?i)\bnot\b", text)):
        return Confidence.HIGH
    if wanted.OWN.search(text) or (not content and _collects(role, text)):
        return Confidence.MEDIUM
    account = "password" in kinds and wanted.ACCOUNT.search(text) is not None
    lasting = account or bool(kinds & {"seed", "card", "private"})
    if _has_its_reason(found, kinds, lasting=lasting):
        return None
    theirs = wanted.THEIRS.search(text) is not None
    hot = lasting or "code" in kinds
    if role == HARVEST and (hot or theirs):
        return Confidence.HIGH
    if not content and (
        _hands_over(role, kinds, text, hot=hot and theirs, account=account)
        or _needs(role, kinds, text, lasting=lasting)
    ):
        return Confidence.MEDIUM
    schema = found.passage.kind is Kind.TOOL_SCHEMA
    return Confidence.MEDIUM if _plainly(found, kinds, text, hot=hot, theirs=theirs, schema=schema) else None


def _only_tells(found: Found, text: str) -> bool:
    role = found.pattern
    if role in {ASKING, GIVING} and wanted.describes(found):
        return True
    return role <= PASSIVE and wanted.tells(text) and not wanted.DOER.search(text)


def _collects(role: int, text: str) -> bool:
    """Whether any secret will do, or that of the model's own host."""
    if wanted.WHATEVER.search(text) and wanted.HANDING.search(text):
        return True
    return role <= GIVING and wanted.YOURS.search(text) is not None


def _has_its_reason(found: Found, kinds: set[str | None], *, lasting: bool) -> bool:
    """Whether signing in or paying explains the secret."""
    around = found.around(160)
    if not lasting and wanted.SIGNING_IN.search(around):
        return True
    return kinds <= {"card"} and wanted.PAYING.search(around + found.passage.owner) is not None


def _hands_over(role: int, kinds: set[str | None], text: str, *, hot: bool, account: bool) -> bool:
    """Whether a secret of the person's is handed over, or a key goes into a place that is not for keys."""
    if hot and wanted.HANDING.search(text) and not wanted.tells(text) and not _SETTINGS.search(text):
        return True
    if role < OWNED and _FETCHED.search(text):
        return True
    sunk = role == GIVING and wanted.SINK.search(text) and not wanted.KEYED.search(text)
    return bool(sunk) and not account and kinds <= {"key"}


def _needs(role: int, kinds: set[str | None], text: str, *, lasting: bool) -> bool:
    if role == STORED:
        return _FETCHED.search(text) is not None
    if role not in {OWNED, OWNING} or not (lasting or "cookie" in kinds):
        return False
    return _NEEDS.search(text) is not None and not _SETTINGS.search(text)


def _plainly(found: Found, kinds: set[str | None], text: str, *, hot: bool, theirs: bool, schema: bool) -> bool:
    role = found.pattern
    if role == STORED:
        return False
    if role in {OWNED, OWNING}:
        told = wanted.TOLD.search(text) is not None and kinds != {"key"}
        return theirs and ((schema and hot) or told)
    asked = role == ASKING and not regex.match(r"(?i)\W*(?:get|let|have|make)", found.text) and "private" not in kinds
    if role == EXPECTING or (hot and (theirs or asked)) or (role == GIVING and _JAR.search(text)):
        return True
    return theirs and bool(kinds & {"password", "cookie"}) and not wanted.A_THING.search(text)


_FETCHED = Late(
    r"(?i)\b(?:agents?|assistants?|models?|they|you) (?:\w+ )?(?:look|read|fetch|take|find)s? (?:it|them)\b"
)
CHATTING = Late(
    r"(?i)chat|convers|messag|dialog|prompt|llm|model|agent|assistant|memor|summar|transcri|support|histor|gpt|complet|thread"
    r"|hand_?off|eval|trace|replay|moderat|think|claude|gemini|openai"
)
MINE = Late(
    r"""\b(?:you|your|yourself|assistant|agent|model|so\sfar|to\sdate|until\snow|up\sto\s(?:now|this|here)|verbatim|word\sfor\sword|unabridged
    |(?:this|the\scurrent)\s(?:conversation|chat|session|dialogue?|call)|system\s(?:level|prompt|message|instructions?)|the\suser|user's)\b""",
    wanted.FLAGS,
)
_LIGHT = Late(
    r"(?i)^\W*(?:(?:an?|the|your|all|any|of|copy|text|optional|required|list|must|should|to|contains?|holds?|complete|verbatim|exact|full"
    r"|put|here|raw|entire|plain|json|array|string|in|as|what|with|and|for|context|value|is|are|be)\W+){0,7}$"
)
_ABOUT_IT = Late(
    r"(?i)\b(?:number|count|limit|ids?|name|identifier|whether|filter|search|find|maximum|how many|flag|types?|title|url|path|date"
    r"|delete|return|retrieve|store|save|recall|remember|memory|maintain|clear|summari[sz]e|export|load|fetch|get|list|keep)(?:e?s|ing)?\b"
)
_ANOTHER = Late(
    r"(?i)\b(?:meetings?|e-?mails?|tickets?|channels?|slack|commits?|git|browser|purchase|orders?|calls? with|videos?|console|network|logs?|errors?|sub-?agents?|delegat\w+|in a few words|briefly|short|keywords?|asked (?:you )?(?:to|for))\b"
)
_ORDER = Late(
    rf"(?i)\b(?:(?!use|return|take|require|expect){GIVE}|repeats?|logs?|(?:call again|retry|try again) with|(?:is|are|be) (?:{GIVEN}|accompanied|supplemented|prefixed)|reproduces?)\b|\b(?:parameter|argument|field)\b|`\w+`"
)
_SINK = Late(
    r"(?i)\b(?:in|into|as|to|under) (?:the (?:field|parameter|argument|header|note) )?[`\"'](?:\w+)[`\"']|\b(?:field|parameter|argument) [`\"']?\w+"
)
_SYSTEM = Late(
    r"(?i)\b(?:system|developer|hidden|initial)[ -](?:prompts?|messages?|instructions?|level)\b|\byour (?:own )?(?:instructions|prompt)\b"
)
WHOLE = Late(r"(?i)\b(?:verbatim|complete|full|whole|entire|all|everything|unabridged|word for word|exact)\b")


def wants_talk(found: Found) -> Confidence | None:
    """How sure a sentence is that the reader should pass on the conversation, its instructions or its reasoning."""
    before, rest = wanted.sentence(found)
    text = before + rest
    if regex.search(r"[.!?]\s", found.text) or wanted.NEGATED.search(before) or _ABOUT_IT.search(before):
        return None
    ordered = _ORDER.search(text)
    sunk = ordered and _SINK.search(text) and not CHATTING.search(found.before(200))
    if _ANOTHER.search(text) or not (MINE.search(text) or sunk):
        return None
    if found.passage.kind in CONTENT:
        return Confidence.MEDIUM if _told_to_agent(found, before, text) else None
    schema = found.passage.kind is Kind.TOOL_SCHEMA and found.passage.slot not in {"enum", "pattern"}
    yours = found.pattern in {SYSTEM_LEVEL, INSTRUCTIONS} and " you" in text
    noun = schema and (found.pattern == KNOWN or yours or WHOLE.search(text) or _LIGHT.match(before))
    ordered = ordered or wanted.TOLD.search(text)
    if not noun and (not ordered or wanted.tells(text)):
        return None
    return Confidence.HIGH if ordered and _SYSTEM.search(text) and WHOLE.search(text) else Confidence.MEDIUM


def _told_to_agent(found: Found, before: str, text: str) -> bool:
    """Whether a text that a server passes on speaks to the agent that reads it."""
    if speaks_of_attacks(found.view.text, *found.match.span()) or not _ORDER.search(before):
        return False
    if found.pattern == INSTRUCTIONS and "instruction" not in found.text.lower():
        return False
    mine = regex.search(r"(?i)\b(?:your?|its) (?!prompt)|\bthis (?:conv|chat)|\bso far\b|\bthis tool\b", text)
    return mine is not None and wanted.HANDOVER.search(found.around(120)) is not None


_SERVICE = Late(
    r"^(openai|anthropic|claude|gemini|github|gitlab|gh|slack|google|aws|azure|stripe|discord|telegram|notion|npm|pypi|docker|paypal)"
    r" (?:\w+ ){0,2}(?:key|token|secret|password|pat|cookie)$"
)
_SECRET_NAME = Late(
    r"^(?:(?:session|login|auth|browser) cookies?|(?:users?|mail|e ?mail|mailbox|bank|windows|google|facebook|apple) (?:password|pin|pw|passwort|pass))$"
)
_TALK_NAME = Late(
    r"^(?:(?:all |recent |latest )?user (?:messages|inputs|prompts|statements)|conversation|dialog(?:ue)?|full text of chat)$"
)
_MODELS = frozenset({"openai", "anthropic", "claude", "gemini"})
_WORDS = Late(
    r"(?i)transcri|audio|speech|voice|image|vision|summar|translat|embed|classif|write|text|content|question|answer|analy|search|model|draw"
)
_USES = Late(
    r"(?i)form\b|request|http|url|fetch|web|book|reserv|quer|sql|push|clone|\bgit\b|charg|checkout|order|api\b|sync|publish|upload|import|export|generat|\bai\b|repo|package"
)


def unexplained(parameter: Parameter, server: str) -> str:
    """What a parameter's name asks for that nothing about its tool or server explains, empty if nothing."""
    if parameter.schema.get("type") in ("boolean", "integer", "number"):  # a list of types is no key of a set
        return ""
    told = f"{about(parameter.item)} {as_words(server)}"
    name = as_words(parameter.name)
    if _foreign_secret(name, told):
        return "a secret of another service"
    reason = asks_for(parameter)
    if not reason and _TALK_NAME.search(name) and not CHATTING.search(told):
        reason = "the conversation"
    if not reason and _SECRET_NAME.search(name) and not wanted.LOGIN.search(told):
        reason = "a secret"
    return "" if "secret" in reason and _USES.search(told) else reason


def _foreign_secret(name: str, told: str) -> bool:
    service = _SERVICE.match(name)
    if service is None or service[1] in told.lower() or _USES.search(told):
        return False
    return service[1] not in _MODELS or _WORDS.search(told) is None
