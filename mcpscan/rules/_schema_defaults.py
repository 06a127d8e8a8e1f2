"""What a default value grants that the caller never asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import regex

from mcpscan.rules._schema_walk import Parameter, words
from mcpscan.text import Late

LONGEST = 1000
"""Longer defaults are documents, not settings."""


class Sign(IntEnum):
    """How much a default says: two faint ones weigh as much as a plain one."""

    FAINT = 1
    PLAIN = 2
    GRAVE = 3


@dataclass(frozen=True, slots=True)
class Grant:
    """A default that grants something."""

    parameter: Parameter
    sign: Sign
    message: str


DESTROY = Late(
    r"\b(?:delete|remove|purge|wipe|erase|destroy|drop|truncate|clean|cleanup|prune|clear|uninstall|reset|revoke|terminate"
    r"|kill|push|deploy|overwrite|borrar|eliminar?|elimina|supprimer|loschen|loesche|cancella|apagar|excluir|usun|sil|hapus|xoa|verwijder)\b"
)
"""A tool that takes something away, by the words of its name."""

GIVE = Late(r"\b(?:create|add|invite|grant|share|assign|provision|register|set|update|onboard|enroll)\b")

_ACCESS = Late(r"\b(?:acl|visibility|access|permissions?|sharing|share|audience|scope|policy|privacy|mode|link)\b")
_OPEN = Late(
    r"\bpublic (?:read )?(?:write|edit|editor|admin|full)\b|\bpublic rw\b|\bworld (?:writ\w{1,5}|read ?writ\w{1,5}|edit\w{0,4})"
    r"|\b(?:anyone|anybody|everyone|everybody|all users|anonymous|public)(?: (?:with|on|can|has|may|the|a|link|web|internet))*"
    r" (?:writ\w{1,4}|edit\w{0,5}|forever|full|admin|owner|contributor|permanent\w{0,2})\b|^0?777$|^0?666$"
)
_ROLE = Late(r"\b(?:role|roles|permission|permissions|access level|privilege|privileges|level)\b")
_SCOPE = Late(r"\b(?:scopes?|polic(?:y|ies)|policy arn|permissions?|grants?|privileges?|actions?|capabilities)\b")
_ALL_RIGHTS = Late(
    r"^\*(?::\*)?$|AdministratorAccess|\badmin:org\b|\bdelete_repo\b|cluster-admin|full[_ -]?control|full[_ -]?access|^root$"
)
_RIGHTS = Late(
    r"\b(?:tokens?|grant|authori[sz]e|roles?|polic(?:y|ies)|attach|assign|login|log in|consent|oauth|credentials?|keys?|connect|invite|share|install|app)\b"
)
_NET = Late(r"\b(?:cidrs?|source|ingress|ip ranges?|allow(?:ed)?|from|ranges?)\b")
_OPENS = Late(r"\b(?:allow|open|authorize|add|create|expose|update|set|permit|whitelist)\b")
_MOUNT = Late(r"^/:/|docker\.sock(?::|$)|^/(?:etc|root|home)?:/")
_SHELL = Late(r"\b(?:commands?|cmd|scripts?|hook|exec|shell|args|entrypoint|setup|install|run|post \w+|pre \w+)\b")
_HARM = Late(
    r"(?:curl|wget|iwr|fetch)\b[^|\n]{0,200}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|base64\s+(?:-d|--decode)[^|\n]{0,40}\|\s*\w*sh\b|rm\s+-\w*[rf]\w*\s+(?:/|~|\$HOME)"
    r"|\bnc\b[^\n]{0,40}\s-e\b|/dev/tcp/|chmod\s+(?:-R\s+)?0?777|curl\b[^\n]{0,120}(?:-d|--data\S*|-F|-T)\s*@"
)
_KEPT = Late(r"\b(?:caches?|queue|logs?|history|trash|temp|tmp|screen|selection|filters?|canvas|form|cart)\b")
_ENCLOSED = Late(r"\b(?:attachments?|attach|include|includes|extra|context|upload|payload|body|notes?)\b")
_PRIVATE = Late(
    r"\.ssh/|id_(?:rsa|ed25519|ecdsa)|\.aws/|\.netrc|\.npmrc|\.pypirc|/etc/(?:shadow|passwd)|wallet\.dat|\.gnupg|Login Data|\.kube/config|(?:^|/)\.env$"
)
_OWN = Late(r"\b(?:from|sender|support|contact|author|reply|maintainer|user|login|account|owner|admin)\b")
_HIGHEST = Late(
    r"^(?:owner|co owner|admin|administrator|root|superuser|super ?admin|cluster admin|full control|full access|roles owner)$"
)
_LESSER = Late(r"\b(?:view\w{0,4}|read\w{0,4}|guest|member|user|comment\w{0,3}|edit\w{0,3}|contributor|limited|none)\b")
_PRINCIPAL = Late(
    r"\b(?:principals?|grantees?|members?|share with|shared with|collaborators?|invitees?|allowed (?:users?|accounts?)"
    r"|trusted (?:accounts?|principals?|users?)|delegates?|external id|co owners?)\b"
)
_FOREIGN = Late(
    r"arn:aws[\w-]{0,8}:(?:iam|sts)::|@[\w-]+\.[\w.-]+|^\*$|all ?(?:authenticated ?)?users|allauthenticatedusers"
    r"|^everyone$|^anyone$|^anonymous$|serviceaccount:|^domain:|^user:|^group:",
    regex.IGNORECASE,
)
_COPY = Late(
    r"\b(?:bcc|cc|ccs|blind copy|copy to|copies to|forward to|also notify|mirror to|mirror|reply to|archive to"
    r"|copia|copia oculta|cci|kopie|blindkopie|kopia|kopya|dw)\b"
)
_SEND = Late(
    r"\b(?:recipients?|to|to (?:address|email)|email to|send to|deliver to|beneficiary|payee|payout (?:address|account)"
    r"|destination (?:account|address|wallet)|to (?:account|wallet|iban)|iban|wallet|wallet address|credit account|account(?: number| no)?"
    r"|destinatari[oa]|destinataire|beneficiario|beneficiaire|empfanger|alici|odbiorca|nguoi nhan|penerima|rachunek|conta|konto)$"
)
_CALL = Late(
    r"\b(?:callback|webhook|hook|notify|notification|report|telemetry|upload|exfil|sync|mirror|beacon|ping|log|audit|collector"
    r"|export|ingest|relay|proxy)(?: \w+)? ?(?:url|uri|endpoint|address|host|target|to|hook|server)?$"
)
_ADDRESS = Late(
    r"^[^\s@]+@[^\s@]+\.[^\s@]+$|^[A-Z]{2}\d{2}[ \dA-Z]{10,36}$|^(?:0x[0-9a-fA-F]{40}|bc1\w{20,70})$"
    r"|^\+?\d[\d -]{7,30}$"
)
_REMOTE = Late(r"^(?:https?|wss?|ftp)://([^/:?#\s]+)", regex.IGNORECASE)
_PLACEHOLDER = Late(
    r"(?:^|[@.])example\.(?:com|org|net)$|^localhost$|^127\.|^0\.0\.0\.0$|^\[?::1|^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\."
    r"|^host\.docker\.internal$|\.local(?:host)?$|your|^[<{$]|^api\.|^hooks\.(?:slack|zapier)\.com$|^\w+$"
)
"""Hosts that stand for the caller's own, or for no host at all."""

_SLOT = Late(
    r"[{$<%]{1,3}[^{}<>%]{0,24}?(?:process\.env|\benv(?:ironment)?\b|conversation|chat|history|messages?\b|system[_ ]?prompt"
    r"|user[._ ]?(?:email|name|prompt|input|message)|account\.email|cookies?|clipboard|\bcwd\b|hostname|\bhome\b|secrets?\b"
    r"|ssh|memory|context)",
    regex.IGNORECASE,
)
"""A place in a URL that a host fills with what it knows about the user."""

_PATH = Late(r"\b(?:path|paths|dir|directory|folder|root|target|pattern|glob|files?|prefix|location)\b")
_EVERYTHING = frozenset({"/", "/*", "~", "~/", "*", "**", "**/*", "c:\\", "c:/", "c:\\*", "$home", "%", ".*"})
_LASTING = Late(r"\b(?:expir\w{1,6}|ttl|lifetime|valid\w{0,4}|duration)\b")
_CACHE = Late(r"\b(?:cache|cached|caching|max age|retention)\b")
YEARS = {"day": 3650, "hour": 87_600, "minute": 5_256_000, "year": 10, "month": 120}

_GRAVE_TRUE = Late(
    r"^(?:\w+ )?consent(?:ed| given| obtained)?$|^(?:skip|ignore|bypass|override) (?:allergy|allergies|interactions?|contraindications?|safety|credit|kyc|aml"
    r"|fraud|sanctions?|identity|age)(?: \w+)?$"
    r"|^(?:skip|bypass|without|disable|no|suppress|omit) (?:the )?(?:user )?(?:confirmations?|confirm|approvals?|consent|permission"
    r"|authoriz\w+|authentication|mfa|2fa|verification|safety|safety checks?|safeguards?|review|audit|audit log|logging)$"
    r"|^(?:auto|always|pre) ?(?:approved?|confirm(?:ed)?|accept(?:ed)?|consent|authorized?|grant)(?: \w+)?$|^(?:user )?pre ?approved$"
    r"|^(?:user )?(?:already )?(?:has )?(?:confirmed|consented|approved|given consent)$|^(?:hide|conceal) from (?:the )?users?$"
    r"|^(?:include|share|send|attach|upload|forward|export|collect) (?:\w+ )?(?:secrets?|credentials?|env|environment|env vars"
    r"|environment variables|passwords?|api keys?|tokens|private keys?|ssh keys?|conversation|chat history|system prompt|cookies)$"
)
_GRAVE_FALSE = Late(
    r"^(?:require|ask|ask for|request|need|needs|prompt for|user|show|wait for) ?(?:user )?(?:confirmation|approval|consent|permission)"
    r"$|^(?:ask|prompt|tell|inform) (?:the )?user(?: first)?$"
    r"|^confirm (?:with|by) (?:the )?user$|^human in (?:the )?loop$|^(?:mask|redact|hide) (?:secrets?|credentials?|tokens?|passwords?|pii)$"
)
_FAINT_TRUE = Late(
    r"^(?:force|forced|recursive|confirm|confirmed|yes|assume yes|hard delete|permanent|permanently|purge|insecure|allow insecure"
    r"|skip (?:verify|verification|validation|checks?|tls verify|ssl verify)|ignore (?:ssl|tls|certificates?|cert errors|errors)"
    r"|allow (?:destructive|untrusted|unsafe|root|all|any|anonymous)|public|is public|make public|publish|unsafe|privileged"
    r"|run as root|as root|sudo|trust all|trusted|delete remote|include all|all|everyone|notify all|silent|quiet"
    r"|never expires?|no expiry|host network|host pid|accept terms|terms accepted|agree to terms|ignore (?:limits?|warnings?|policy|restrictions?)|override (?:limits?|polic(?:y|ies)|checks?)|discoverable|as admin|is admin|admin|elevated|skip trash|skip backup|no backup|bypass cache)$"
)
_FAINT_FALSE = Late(
    r"^(?:(?:confirmation|approval|consent) required|dry run|dryrun|simulate|preview|preview only|verify(?: (?:ssl|tls|cert|certs|certificate|signature))?|ssl verify|tls verify"
    r"|check (?:certificate|signature)|sandbox|sandboxed|safe mode|safe|read only|readonly|backup|create backup|private|is private"
    r"|notify (?:users?|owner|admin|customers?|patients?)|audit|audit log|strict host key checking|host key checking|encrypt|encrypted|expires?|interactive|validate|use trash|to trash)$"
)
_ONLY_DESTRUCTIVE = Late(
    r"^(?:force|forced|recursive|confirm|confirmed|yes|assume yes|hard delete|permanent\w*|purge|dry ?run|simulate|preview"
    r"|preview only|backup|create backup|skip trash|all|silent|quiet|interactive|validate|skip backup|no backup|use trash"
    r"|to trash|notify \w+|safe|safe mode|include all)$"
)


def grant(parameter: Parameter) -> Grant | None:
    """What a parameter's default grants, if it grants anything."""
    value = _fixed(parameter.schema)
    name = words(parameter.name)
    tool = words(parameter.item.name)
    found: tuple[Sign, str] | None = None
    if isinstance(value, str) and value.lower() in {"true", "false", "yes", "no"}:
        value = value.lower() in {"true", "yes"}
    if isinstance(value, bool):
        found = _flag(name, value, tool)
    elif isinstance(value, int | float):
        found = _number(name, value)
    else:
        values = value if isinstance(value, list) else [value]
        for text in values:
            if isinstance(text, str) and text.strip() and len(text) <= LONGEST:
                found = found or _text(name, text.strip(), tool, parameter.schema)
    return Grant(parameter, *found) if found else None


def _fixed(schema: Mapping[str, object]) -> object:
    """The default, or the one text that may be given at all."""
    choices = schema.get("enum")
    only = choices[0] if isinstance(choices, list) and len(choices) == 1 else schema.get("const")
    return schema.get("default", only if isinstance(only, str) else None)


def _flag(name: str, value: bool, tool: str) -> tuple[Sign, str] | None:
    if (_GRAVE_TRUE if value else _GRAVE_FALSE).search(name):
        return Sign.PLAIN, f"{name!r} is {str(value).lower()} unless the caller objects"
    if value and name in {"admin", "is admin", "as admin", "superuser", "is superuser", "owner"} and GIVE.search(tool):
        return Sign.PLAIN, "the highest of several roles is given unless the caller objects"
    if not (_FAINT_TRUE if value else _FAINT_FALSE).search(name):
        return None
    if _ONLY_DESTRUCTIVE.search(name) and not DESTROY.search(tool):
        return None
    return Sign.FAINT, f"{name!r} is {str(value).lower()} unless the caller objects"


def _number(name: str, value: float) -> tuple[Sign, str] | None:
    if name in {"mode", "chmod", "permissions", "umask"} and value in {0o777, 777, 0o666, 666}:
        return Sign.FAINT, "everyone may write unless the caller objects"
    if not _LASTING.search(name) or _CACHE.search(name):
        return None
    unit = next((unit for unit in YEARS if unit in name), "")
    if value >= YEARS.get(unit, 315_360_000) or (value in {0, -1} and "expir" in name):
        return Sign.FAINT, "what is granted lasts for ever, or nearly"
    return None


def _text(name: str, text: str, tool: str, schema: Mapping[str, object]) -> tuple[Sign, str] | None:
    return (
        _access(name, text, tool, schema)
        or _reach(name, text, tool)
        or _address(name, text)
        or (_LASTS if _LASTING.search(name) and words(text) in _FOREVER else None)
    )


_LASTS = (Sign.FAINT, "what is granted lasts for ever")
_FOREVER = frozenset({"never", "forever", "infinite", "unlimited", "permanent", "none"})
_PUBLIC = frozenset({"public", "public read", "anyone with link", "everyone", "world readable"})


def _access(name: str, text: str, tool: str, schema: Mapping[str, object]) -> tuple[Sign, str] | None:
    """Who may do what."""
    plain = words(text)
    if _PRINCIPAL.search(name) and _FOREIGN.search(text):
        return (Sign.PLAIN, "access goes to someone the caller never named") if not _is_placeholder(text) else None
    if _ACCESS.search(name) and _OPEN.search(plain):
        return Sign.PLAIN, "everyone may write unless the caller objects"
    if _ACCESS.search(name) and plain in _PUBLIC:
        return Sign.FAINT, "it is open to everyone unless the caller objects"
    if _ROLE.search(name) and _HIGHEST.search(plain) and GIVE.search(tool) and _offers_less(schema):
        return Sign.PLAIN, "the highest of several roles is given unless the caller objects"
    if _SCOPE.search(name) and _ALL_RIGHTS.search(text) and _RIGHTS.search(tool):
        return Sign.PLAIN, "every right is asked for unless the caller objects"
    return None


def _reach(name: str, text: str, tool: str) -> tuple[Sign, str] | None:
    """What is opened, run, passed on or taken away."""
    if text in {"0.0.0.0/0", "::/0"} and _NET.search(name) and _OPENS.search(tool):
        return Sign.PLAIN, "it is open to every address unless the caller objects"
    if _MOUNT.search(text) or (_SHELL.search(name) and _HARM.search(text)):
        return Sign.GRAVE, "the default takes over the machine it runs on"
    if _ENCLOSED.search(name) and _PRIVATE.search(text):
        return Sign.PLAIN, "private files are passed on unless the caller objects"
    if _PATH.search(name) and text.lower() in _EVERYTHING and DESTROY.search(tool) and not _KEPT.search(tool):
        return Sign.PLAIN, "everything is taken away unless the caller objects"
    return None


def _address(name: str, text: str) -> tuple[Sign, str] | None:
    """Where it goes."""
    remote, address = _REMOTE.search(text) is not None, _ADDRESS.search(text) is not None
    if remote and _SLOT.search(text):
        return Sign.GRAVE, "the default address takes what the host knows about the user along"
    if not (remote or address):
        return None
    stands_for = _is_placeholder(text)
    if _COPY.search(name):
        return (
            Sign.FAINT if "reply" in name or stands_for else Sign.PLAIN,
            "a copy goes to someone the caller never named",
        )
    if stands_for:
        return None
    if address and _SEND.search(name):
        return Sign.PLAIN, "it goes to someone the caller never named"
    if _CALL.search(name):
        return Sign.PLAIN, "it calls an address that the caller never named"
    if address and "@" in text and not _OWN.search(name):
        return Sign.FAINT, "the default is someone's address"
    return None


def _offers_less(schema: Mapping[str, object]) -> bool:
    choices = schema.get("enum")
    said = " ".join(map(str, choices)) if isinstance(choices, list) else str(schema.get("description", ""))
    return _LESSER.search(words(said)) is not None


def _is_placeholder(text: str) -> bool:
    match = _REMOTE.search(text)
    host = match[1] if match else text.rsplit("@", 1)[-1] if "@" in text else ""
    return bool(host) and _PLACEHOLDER.search(host.lower()) is not None
