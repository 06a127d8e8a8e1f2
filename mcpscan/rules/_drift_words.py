"""Words that say how grave a change of a schema is: names of risky parameters, values that open or close."""

from __future__ import annotations

import regex

from mcpscan.rules._schema_walk import words
from mcpscan.text import Late, fold

_I = regex.IGNORECASE

GUARD = Late(
    r"\b(?:dry run|simulate|preview|confirm\w*|verify\w*|require\w*|ask\w*|approv\w*|review\w*|safe\w*|strict|sandbox\w*|private|anon\w*|mask\w*|redact\w*|encrypt\w*"
    r"|sign\w*|valid\w*|check\w*|read only|readonly|backup|moderat\w*|consent|tls|ssl|escape|sanitiz\w*|local only|internal|limit\w*|protect\w*|quarantine|dryrun)\b",
    _I,
)
"""Switches that protect while they are on."""

RISK = Late(
    r"\b(?:force\w*|auto\w*|overwrite|recursive|public|publish|delete\w*|purge|destroy|skip\w*|bypass\w*|ignore\w*|allow\w*|insecure|unsafe|admin|root|sudo|silent\w*|notify none"
    r"|share\w*|send\w*|upload\w*|sync\w*|broadcast|exec\w*|shell|no verify|no confirm|all|everyone|external|write|hard|permanent\w*|include secrets|telemetry|accept\w*|aceite)\b",
    _I,
)
"""Switches that endanger while they are on."""

OPEN = Late(
    r"\b(?:public\w*|everyone|anyone|world|all|any|external|internet|admin\w*|owner\w*|root|superuser|write|readwrite|read write|full|unlimited|unrestricted|never|none|off|disabled?"
    r"|permanent|forever|delete\w*|purge|wipe|force\w*|shell|bash|sh|exec\w*|eval|raw|sql|custom|hard|override|anonymous|guest|outside|partners?|third party|no check|unverified|insecure|auto\w*"
    r"|silent\w*|forward\w*|upload\w*|mirror|standby|alles|todos?|tous|tout|alle|tutti|wszystk\w+|все|全部|すべて|모두|publi\w+|offentlich|open)\b",
    _I,
)
"""Values that widen what a parameter lets through."""

CLOSED = Late(
    r"\b(?:private|internal|none|self|own|eigen|me|team|viewer|reader|read|readonly|read only|local\w*|restricted|draft|ask|manual|strict|masked|safe|preview|dry run|members?|verified|signed"
    r"|minimal|least|short|soft|sandbox\w*|privado|prive|privat)\b",
    _I,
)
"""Values that keep it narrow."""

POWERFUL = Late(
    r"\b(?:path|file\w*|dir\w*|folder|command|cmd|script|code|query|sql|url|uri|host\w*|domain|endpoint|address|recipient\w*|to|cc|bcc|email|mail|account|iban|payee|wallet|amount|sum|price"
    r"|total|quantity|count|limit|role|scope|permission\w*|access|visibility|target|destination|branch|repo\w*|table|database|bucket|door|seconds|minutes|hours|duration|ttl|ref|image|package|user|member|expression|where|"
    r"pfad|datei|betrag|empfanger|konto|chemin|fichier|ruta|monto|importe|destinat\w+|percorso|importo|caminho|valor|sciezka|kwota)\b",
    _I,
)
"""Parameters whose bounds keep something from happening."""

CONTEXT = Late(
    r"\b(?:context|conversation|chat|history|transcript|dialog\w*|session|messages?|prompts?|system prompt|instructions?|memory|thoughts?|reasoning|notes?|background|caller|requester|origin\w*"
    r"|location|contacts?|environment|env|variables?|clipboard|browser|cookies?|inbox|mailbox|profile|identity|user info|user data|about user|diagnostics?|telemetry|trace|metadata|meta|extra|remarks?|hint|purpose|reason|intent|why)\b",
    _I,
)
"""Parameters that can carry what the model knows."""

SECRET = Late(
    r"\b(?:pass ?words?|passwd|pass ?phrases?|pass ?codes?|pin|secrets?|tokens?|api keys?|keys?|credentials?|cookies?|otp|totp|one time codes?|codes?|seed|mnemonic|cvv|cvc|card numbers?"
    r"|ssn|private keys?|ssh|bearer|auth|auth (?:token|code|header|key)|authoriz?ation|login|sign in|session ids?|kube ?config|keystore|service account|contrasena|mot de passe|senha|haslo|parol\w*|kennwort|passwort|wachtwoord|salasana)\b",
    _I,
)
"""Parameters that carry a secret."""

SAFETY = Late(
    r"\b(?:confirm\w*|approv\w*|consent\w*|agree\w*|permission|ask(?:s|ed|ing)?|show(?:s|n)?|preview\w*|review\w*|never|only|do not|don'?t|not|cannot|must|warn\w*|irrevers\w*|careful\w*|caution|danger\w*"
    r"|read[- ]only|dry[- ]run|sandbox\w*|local\w*|nothing leaves|verif\w*|check\w*|valid\w*|private\w*|mask\w*|redact\w*|trusted|untrusted|logged|audit\w*|limit\w*|at most|maximum|before|first|own"
    r"|bestatig\w*|nur|nie|niemals|nachfrag\w*|zustimm\w*|confirmar|confirma\w*|solo|nunca|seulement|jamais|avant|uniquement|conferm\w*|mai|prima|apenas|antes|potwierdz\w*|tylko|alleen|nooit|bevestig\w*"
    r"|onay\w*|sadece|asla|подтвержд\w*|только|никогда|согласи\w*|перед|确认|只|不得|禁止|同意|確認|のみ|しない|확인|만|않|تأكيد|فقط|לא|רק|אישור|केवल|पुष्टि)\b"
    r"|确认|只能|不得|禁止|同意|確認|のみ|しないで|확인|않습",
    _I,
)
"""What a sentence says that keeps a person in the loop or a tool in its bounds."""

SENTENCE = Late(r"[^.!?\u3002\uff01\uff1f\n;]+(?:[.!?;](?!\s)[^.!?\u3002\n;]+)*[.!?\u3002\uff01\uff1f\n;]*")
ADDRESS = Late(
    r"(?i)\b[\w.+\-]{1,40}@[\w\-]{1,40}(?:\.[\w\-]{2,20})+|\bhttps?://[^\s\"'<>)\]}|]+|\b(?:[a-z0-9\-]{2,40}\.){1,4}(?:com|net|org|io|dev|app|ai|co|test|example|info|biz|xyz|top|site|cloud|online|ru|cn|de|eu|uk|us)\b(?:/[^\s\"']*)?"
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b|\b0x[0-9a-fA-F]{20,}\b|\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:bc1|[13])[a-km-zA-HJ-NP-Z1-9]{25,60}\b"
)
"""Where something can be sent: mail addresses, URLs, hosts, accounts, wallets."""


def named(name: str) -> str:
    """A parameter's name, or a short value, as folded words."""
    return words(name)


def sentences(text: str) -> list[str]:
    """The sentences of a text, without blanks around them."""
    return [part for part in (match[0].strip() for match in SENTENCE.finditer(text)) if part]


def alike(text: str) -> str:
    """A sentence as it is compared with another: folded, without blanks and signs at its ends."""
    return " ".join(fold(text).text.lower().split()).strip(" .,:;!?*_-`\"'")
