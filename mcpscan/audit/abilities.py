"""What a tool may do that matters for where data can flow, with the words or the hint it rests on.

Hints (`readOnlyHint`, `destructiveHint`, `openWorldHint`) come from the server that is being judged: they may add an
ability, never take one away. What rests on a name alone is a guess and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from mcpscan.audit import _ability_words as vocabulary
from mcpscan.fleet import Ability, Reason
from mcpscan.rules._schema_walk import INPUTS, words
from mcpscan.surface.walk import escape
from mcpscan.text import Late, fold, fold_pattern, visible

TEXT = 400
"""Characters of a description that say what a tool does; what follows is advice, arguments and examples."""

MAX_FIELDS = 400


@dataclass(frozen=True, slots=True)
class _Told:
    """What a tool says of itself, ready to be looked at: all in small letters, folded."""

    name: str
    text: str
    fields: tuple[tuple[str, str], ...]
    """Names of parameters as words, with their pointers below the tool."""
    values: tuple[tuple[str, str, str], ...]
    """Parameter, value of its `enum`, pointer."""


def abilities(tool: Mapping[str, object], pointer: str = "") -> tuple[Reason, ...]:
    """The abilities of a tool as it was listed, the best reason for each; `pointer` is where the tool stands."""
    told = _told(tool)
    best: dict[Ability, Reason] = {}
    for ability, because, at, sure in (*_worded(told), *_hinted(tool)):
        known = best.get(ability)
        if known is None or (sure and not known.sure):
            best[ability] = Reason(ability=ability, because=visible(because)[:120], pointer=f"{pointer}{at}", sure=sure)
    return tuple(best[ability] for ability in Ability if ability in best)


_Found = tuple[Ability, str, str, bool]
_SENTENCE = Late(r"(?<=[.!?])\s|\n\s*\n|(?<=[\u3002\uff01\uff1f])")
_BLANKS = Late(r"\s+")


def _told(tool: Mapping[str, object]) -> _Told:
    name, description, title = (tool.get(key) for key in ("name", "description", "title"))
    said = description if isinstance(description, str) else title if isinstance(title, str) else ""
    text = _BLANKS.sub(" ", fold(said[: 4 * TEXT].strip()[:TEXT]).text).lower()
    sentences = [sentence for sentence in _SENTENCE.now.split(text) if sentence][:2]
    kept = [vocabulary.NOT_DONE.sub(" ", sentence) for sentence in sentences]
    text = " ".join([*kept[:1], *(vocabulary.ADVICE.sub(" ", sentence) for sentence in kept[1:])])
    fields: list[tuple[str, str]] = []
    values: list[tuple[str, str, str]] = []
    for key in INPUTS:
        _schema(tool.get(key), f"/{key}", fields, values)
    return _Told(words(name[:200]) if isinstance(name, str) else "", text, tuple(fields), tuple(values))


def _schema(schema: object, at: str, fields: list[tuple[str, str]], values: list[tuple[str, str, str]]) -> None:
    stack: list[tuple[object, str, int, str]] = [(schema, at, 0, "")]
    while stack and len(fields) < MAX_FIELDS:
        node, here, depth, name = stack.pop()
        if not isinstance(node, Mapping) or depth > 6:
            continue
        enum = node.get("enum")
        if isinstance(enum, Sequence) and not isinstance(enum, str):
            values += [
                (name, str(value)[:60].lower(), f"{here}/enum/{number}") for number, value in enumerate(enum[:100])
            ]
        properties = node.get("properties")
        for child, below in properties.items() if isinstance(properties, Mapping) else ():
            place = f"{here}/properties/{escape(child)}"
            fields.append((words(str(child)[:100]), place))
            stack.append((below, place, depth + 1, fields[-1][0]))
        stack.append((node.get("items"), f"{here}/items", depth + 1, name))


def _hinted(tool: Mapping[str, object]) -> Iterator[_Found]:
    hints = tool.get("annotations")
    if not isinstance(hints, Mapping):
        return
    if hints.get("destructiveHint") is True and hints.get("readOnlyHint") is not True:
        yield Ability.DESTROYS, "destructiveHint: true", "/annotations/destructiveHint", True
    if hints.get("openWorldHint") is True:
        # True is what the specification assumes when nothing is said, and many servers say it of every tool.
        ability = Ability.TAKES_UNTRUSTED if hints.get("readOnlyHint") is True else Ability.SENDS_OUT
        yield ability, "openWorldHint: true", "/annotations/openWorldHint", False


def _pattern(*parts: str) -> Late:
    return Late(r"\b(?:" + r")\b[^.;]{0,60}?\b(?:".join(parts) + r")\b")


_LEAD = Late(rf"\b(?:(?P<read>{vocabulary.READ})|(?P<change>{vocabulary.CHANGE}))\b")
_PRIVATE = Late(
    rf"\b(?:{vocabulary.READ})\b[^.;]{{0,60}}?\b(?:{vocabulary.PRIVATE})\b"
    r"|\b(?:executes?|runs?) (?:an? |any |arbitrary |raw |the |given |read-only |select )*(?:sql|quer(?:y|ies))\b"
)
_UNTRUSTED = Late(
    rf"\b(?:{vocabulary.WEB_VERBS})\b|\b(?:{vocabulary.READ})\b[^.;]{{0,60}}?\b(?:{vocabulary.UNTRUSTED})\b"
)
_SENDS = Late(
    rf"(?:^|[.;,:] |\b(?:and|or|to|then|can|will|may|immediately|automatically|lets you|tool for|used to) )(?:{vocabulary.SEND})\b[^.;]{{0,60}}?\b(?:{vocabulary.OUTWARD})\b"
    r"|\b(?:types?|fills?)\b(?![^.;]*\bpdf\b)[^.;]{0,40}\b(?:input fields?|forms?|editable|elements?|(?:web )?pages?|browser)\b"
)
_OPENS = Late(
    r"\b(?:creates?|opens?|adds?|files?|submits?|leaves?|writes?|updates?|merges?)\b(?:(?! in (?:a|the) (?:file|note|cell|local))[^.;]){0,40}?"
    r"\b(?:issues?|pull requests?|merge requests?|(?:issue |review |pr )?comments?|reviews?|gists?|invitations?|webhooks?|repositor(?:y|ies)|tickets?|blog posts?|tweets?|discussions?|releases?)\b"
    r"|\b(?:grants?|gives?) (?:an? |any |the )?(?:\w+ )?(?:person|people|user|someone|anyone|guest|outside\w*|external)\b[^.;]{0,60}\baccess\b"
    r"|\b(?:public|shareable|sharing|presigned|signed|share) (?:links?|urls?)\b|\blink by which anyone\b|\bmakes? [^.;]{0,40}\bpublic\b"
    r"|\bsynchroni[sz]es?\b[^.;]{0,40}\b(?:cloud|remote|online)\b|\b(?:calls?|dials?|rings?) (?:an? |the )?(?:phone )?(?:number|person|contact)\b"
    r"|\b(?:makes?|performs?|issues?|sends?) (?:an? |any |arbitrary )*(?:\w+ )?(?:http|api|rest|graphql|post|web) ?(?:requests?|calls?)\b"
)
_SELECTS = Late(r"\bsql\b|\bselect (?:quer|statement)|\bread-only\b|\btakes? (?:a )?screenshot")
_NAVIGATES = Late(
    r"\b(?:navigate|goto|go to|open|visit|fetch|fetches|navigates|opens|request|curl|crawl|scrape|load|download|get|renders?|screenshots?|captures?|converts?|downloads|loads)\b"
)
_DESTROYS = Late(
    rf"\b(?:{vocabulary.DESTROY})\b|(?:^|\b(?:and|or|to|then|can) )(?:{vocabulary.MONEY})\b|\b(?:insert, )?update,? (?:or|and) delete\b"
)
_RUNS = Late(
    rf"\b(?:{vocabulary.RUN})\b[^.;]{{0,60}}?\b(?:{vocabulary.CODE})\b"
    r"|\b(?:compiles?|builds?) the (?:\w+ )?(?:project|app|application|solution|program)\b|\binstalls? (?:an? |the )?(?:[\w-]+ ){0,2}(?:helm chart|packages?|dependency|dependencies|plugins?|extensions?|modules?)\b"
)
_RUN_NAME = Late(
    rf"\b(?:exec|eval|shell|bash|terminal|powershell|repl|run code|evaluate script|(?:{vocabulary.RUN})\b.{{0,20}}\b(?:{vocabulary.CODE}))\b"
)
_RUN_VERB = Late(rf"\b(?:{vocabulary.RUN})\b")
_RUN_FIELD = Late(
    r"^(?:command|cmd|commands|script|shell command|code|js|javascript|python code|source code|bash|function)$"
)
_URL_FIELD = Late(
    r"^(?:urls?|uri|uris|link|links|website|webpage|page url|target url|start url|base url|address url|href)$"
)
_TO_FIELD = Late(
    r"^(?:to|cc|bcc|recipients?|to (?:address|email|number|phone)|(?:thread|conversation|ticket) id|recipient (?:email|id)s?|webhook(?: url)?|callback url|channel(?: id)?|chat id|attendees|phone(?: number)?|destination email|emails?)$"
)
_BODY_FIELD = Late(r"^(?:body|text|message|content|subject|html|payload|caption|comment|markdown|blocks|summary|data)$")
_ARITHMETIC = Late(r"\b(?:arithmetic|mathematical|math|formula|cron|regular|xpath|jsonpath|boolean|algebraic)\b")
_MILD = Late(
    r"\b(?:whitespace|formatting|filters?|selection|highlights?|duplicates?|stop ?words|spaces|cache|labels? from|background|noise|items? from (?:a|the) (?:cart|list))\b"
)
_LOCAL = Late(r"\b(?:staging area|clipboard|local)\b")
_OWN = Late(r"\b(?:local|own|user'?s|workspace|private|repositor(?:y|ies)|inbox|database)\b")
_FOREIGN: tuple[tuple[Ability, Late], ...] = tuple(
    (ability, Late(partial(fold_pattern, pattern))) for ability, pattern in vocabulary.FOREIGN
)


def _worded(told: _Told) -> Iterator[_Found]:
    yield from (*_reading(told), *_sending(told), *_harming(told), *_enumerated(told))
    for ability, pattern in _FOREIGN:
        match = pattern.search(told.text)
        if match:
            yield ability, match[0], "/description", True


def _leads(text: str) -> str:
    """Whether the first verb of a text reads or changes; empty if it has neither."""
    match = _LEAD.search(text)
    return (match.lastgroup or "") if match else ""


def _leads_name(name: str) -> str:
    """The same for a name, whose verbs are bare: in `telegram_updates` the second word is none."""
    return _leads(" ".join(word for word in name.split() if not word.endswith("s") or word in {"process", "access"}))


def _reading(told: _Told) -> Iterator[_Found]:
    by_name, by_text = _leads_name(told.name), _leads(told.text)
    address = _field(told, _URL_FIELD)
    asks = address and (_NAVIGATES.search(told.name) or _NAVIGATES.search(told.text))
    if not asks and (by_name == "change" or (not by_name and by_text == "change")) and not _SELECTS.search(told.text):
        return
    for ability, pattern in ((Ability.READS_PRIVATE, _PRIVATE), (Ability.TAKES_UNTRUSTED, _UNTRUSTED)):
        if ability is Ability.READS_PRIVATE and address and not _OWN.search(told.text):
            continue
        match = pattern.search(told.text)
        if match and (by_text != "change" or _SELECTS.search(told.text)):
            yield ability, match[0], "/description", True
        match = pattern.search(told.name)
        if match:
            yield ability, match[0], "/name", False
    if address and (_NAVIGATES.search(told.name) or _NAVIGATES.search(told.text) or by_text == "read"):
        yield Ability.TAKES_UNTRUSTED, f"reads what its parameter {address[0]!r} leads to", address[1], True


def _sending(told: _Told) -> Iterator[_Found]:
    reads = _leads_name(told.name) == "read"
    match = (
        None
        if reads
        else _OPENS.search(told.text) or (_leads(told.text) != "read" and _SENDS.search(told.text)) or None
    )
    if match and not _LOCAL.search(told.text):
        yield Ability.SENDS_OUT, match[0], "/description", True
    name = None if reads else _OPENS.search(told.name) or _SENDS.search(told.name)
    if name:
        yield Ability.SENDS_OUT, name[0], "/name", False
    receiver, body = _field(told, _TO_FIELD), _field(told, _BODY_FIELD)
    if receiver and body and not reads:
        yield Ability.SENDS_OUT, f"takes {receiver[0]!r} and {body[0]!r}", receiver[1], True
    address = _field(told, _URL_FIELD)
    if address and (_NAVIGATES.search(told.name) or _NAVIGATES.search(told.text) or _leads(told.text) == "read"):
        yield Ability.SENDS_OUT, f"requests the address in its parameter {address[0]!r}", address[1], True


def _harming(told: _Told) -> Iterator[_Found]:
    for text, at in ((told.text, "/description"), (told.name, "/name")):
        found = (one for one in _DESTROYS.finditer(text) if not _MILD.search(text[one.end() : one.end() + 40]))
        match = next(found, None)
        if match and not (at == "/description" and _leads_name(told.name) == "read"):
            yield Ability.DESTROYS, match[0], at, at != "/name"
    math = _ARITHMETIC.search(told.text)
    match = None if math else _RUNS.search(told.text)
    if match and _leads_name(told.name) != "read":
        yield Ability.RUNS_CODE, match[0], "/description", True
    match = _RUN_NAME.search(told.name)
    if match and not math:
        yield Ability.RUNS_CODE, match[0], "/name", False
    field = _field(told, _RUN_FIELD)
    if field and not math and (_RUN_VERB.search(told.name) or _RUN_VERB.search(told.text)):
        yield Ability.RUNS_CODE, f"runs what its parameter {field[0]!r} holds", field[1], True


_CHOICE = Late(r"^(?:action|operation|op|method|mode|command|verb|type)$")


def _enumerated(told: _Told) -> Iterator[_Found]:
    """Abilities that a parameter offers as one of its values."""
    for field, value, at in told.values:
        if not _CHOICE.search(field):
            continue
        if value in {"read", "list", "get", "search", "fetch"}:
            for ability, pattern in ((Ability.READS_PRIVATE, _PRIVATE), (Ability.TAKES_UNTRUSTED, _UNTRUSTED)):
                match = pattern.search(f"{value} {told.text}")
                if match:
                    yield ability, f"{field}: {match[0]}", at, True
        elif field == "method" and value in {"post", "put", "patch"}:
            yield Ability.SENDS_OUT, f"{field}: {value}", at, True
        elif _DESTROYS.search(words(value)):
            yield Ability.DESTROYS, f"{field}: {value}", at, True
        elif value in {"send", "post", "publish", "reply", "forward"}:
            yield Ability.SENDS_OUT, f"{field}: {value}", at, True
        elif value in {"exec", "execute", "eval", "run_code", "shell"}:
            yield Ability.RUNS_CODE, f"{field}: {value}", at, True


def _field(told: _Told, pattern: Late) -> tuple[str, str] | None:
    return next(((name, at) for name, at in told.fields if pattern.search(name)), None)
