"""What new text orders, where it sends things, and which safeguards the old text had."""

from __future__ import annotations

from mcpscan.drift import Change
from mcpscan.rule import Drift
from mcpscan.rules._drift_text import came, place, texts, went
from mcpscan.rules._drift_words import ADDRESS, SAFETY, sentences
from mcpscan.rules._schema_words import length, signs, weigh
from mcpscan.text import Late

Answer = tuple[str, tuple[int, int]]

HEAVY = 5
"""What a new sentence must weigh to count as an order; see `_schema_words.weigh`."""

_GRAVE = frozenset({"hide", "defy", "consent", "forged", "rival"})
_WARNS = Late(
    r"(?i)\b(?:never (?:put|paste|enter|send|share|store|pass|follow|prepare|include)|do not (?:put|paste|enter|send|share|pass|follow|include|reveal)|ask the user|show the user|wait for (?:a|the)|user(?:'s)? (?:approval|consent|confirmation|yes)"
    r"|must (?:confirm|agree|approve)|treat it as|as information|is data|untrusted|before (?:posting|sending|deleting|paying)|confirm with)\b"
)
_DOCS = Late(
    r"(?i)\b(?:docs?|documentation|manual|help|see|read more|guide|reference|changelog|terms|policy|licen[cs]e|support|contact|report (?:bugs|issues)|homepage|www\.|readme|specification|rfc|example)\b"
)
_SENDS = Late(
    r"(?i)\b(?:send|sent|forward|copy|copies|copied|upload\w*|post(?:s|ed)?|deliver\w*|report(?:s|ed)?|push\w*|sync\w*|mirror\w*|archiv\w+|pay\w*|transfer\w*|refund\w*|recipient|bcc|cc|to|payee|account|wallet|webhook|callback|proxy|load|fetch|follow\w*|process\w* on|runs? on|goes?|an|nach|vers|a|na|til)\b"
)
_STRONG = Late(
    r"(?i)\b(?:confirm\w*|approv\w*|consent\w*|agree\w*|permission|ask(?:s|ed|ing)? (?:the|for|before|first)|show\w* (?:the|it)|preview\w*|review\w*|irrevers\w*|undone|read[- ]only|dry[- ]run|sandbox\w*|nothing leaves|stays? (?:on|local)"
    r"|local(?:ly)? only|mask\w*|redact\w*|untrusted|never|only (?:after|with|when the|own|inside|within|in the|for the user|on request|files (?:in|below))|must not|do not|does not (?:send|store|write|change|delete)|without (?:sending|storing|changing)|after the user|by hand|with the user|two people|four eyes"
    r"|bestatig\w*|l'accord|accord (?:ecrit|prealable|explicite)|avant chaque|by a human|a human|nachfrag\w*|zustimm\w*|niemals|nur (?:nach|mit|lesend)|confirmar|confirma\w*|nunca|jamais|seulement|uniquement|conferm\w*|potwierdz\w*|bevestig\w*|onay\w*)\b"
    r"|подтвержд\w*|только|никогда|согласи\w*|确认|不得|禁止|同意|確認|のみ|しないで|확인|않습|تأكيد|فقط|אישור|पुष्टि"
)
_SLOTS = ("/_meta", "/icons", "/annotations", "/outputSchema", "/execution")
_VALUES = frozenset(
    {"default", "const", "pattern", "examples", "$comment", "$id", "format", "contentMediaType", "mimeType", "enum"}
)
_ORDER = Late(
    r"(?i)\b(?:must|always|never|please|should|first|before|after|then|also|use|call|send|copy|add|include|read|open|run|ignore|skip|follow|obey|put|pass|forward|attach|treat|assume|assistant|agent|model|user)\b"
)


def orders(change: Change) -> Answer | None:
    """A new sentence that gives a grave order."""
    for path, part in came(change):
        found = signs(part)
        weight = weigh(found)
        if (weight >= HEAVY or (weight >= HEAVY - 1 and found & _GRAVE)) and not _WARNS.search(part):
            return f"says now: {part[:200]}", place(change, part) if path == change.path else (0, 0)
    return None


def prose_in_slot(change: Change) -> Answer | None:
    """A sentence where a value belongs: in metadata, icons, defaults, constants, patterns."""
    for path, part in came(change):
        last = [step for step in path.split("/") if not step.isdigit()][-1:] or [""]
        in_slot = path.startswith(_SLOTS) and last[0] not in {"title", "description"}
        described = path.startswith(("/_meta", "/icons")) and last[0] in {"title", "description"}
        if not (in_slot or described or last[0] in _VALUES) or length(part) < 4:
            continue
        if len(_ORDER.findall(part)) + weigh(signs(part)) >= 2:
            return f"has a sentence in {last[0]} now: {part[:200]}", place(change, part)
    return None


def destination(change: Change, drift: Drift) -> Answer | None:
    """A new address, and what makes it one that data goes to."""
    known = _known(drift)
    for path, part in came(change):
        last = path.rpartition("/")[2] if not path.rpartition("/")[2].isdigit() else path.split("/")[-2]
        for match in ADDRESS.finditer(part):
            if _owner(match[0]) in known or change.kind == "added":
                continue
            value = last in {"default", "const", "enum"}
            mail = "@" in match[0] or not any(sign in match[0] for sign in ("/", "."))
            prose = not _DOCS.search(part) and _SENDS.search(part.replace(match[0], " "))
            if value or (mail and not _DOCS.search(part)) or prose:
                return f"names {match[0][:80]}, which was not there before", place(change, match[0])
    return None


def _known(drift: Drift) -> set[str]:
    return {
        _owner(match[0]) for item in drift.old.items for _, text in texts(item.raw) for match in ADDRESS.finditer(text)
    } | {
        _owner(match[0])
        for passage in drift.old.passages
        if not passage.base
        for match in ADDRESS.finditer(passage.text)
    }


def _owner(address: str) -> str:
    """The part of an address that says whose it is: the last two labels of a host, or all of an account's number."""
    host = address.rsplit("://", maxsplit=1)[-1].split("/", maxsplit=1)[0].rpartition("@")[2].split(":")[0].lower()
    if "@" in address:
        return address.lower()
    return ".".join(host.split(".")[-2:]) if "." in host else address


def guard_lost(change: Change, drift: Drift) -> str:
    """A sentence with a safeguard that was taken out while nothing that came says as much; empty where there is none."""
    if change.kind != "changed" or not isinstance(change.before, str):
        return ""
    lost = [part for part in went(change) if _STRONG.search(part)]
    if not lost:
        return ""
    left = {_stem(word) for part in sentences(str(change.after or "")) for word in SAFETY.findall(part)}
    left |= {_stem(word) for each in drift.of_part(change) for _, part in came(each) for word in SAFETY.findall(part)}
    for part in lost:
        stems = {_stem(word) for word in _STRONG.findall(part)}
        kept = {_stem(word) for word in SAFETY.findall(part)} & left
        if stems and not kept:
            return part
    return ""


def _stem(word: str) -> str:
    return word.lower().split(" ")[0][:5]
