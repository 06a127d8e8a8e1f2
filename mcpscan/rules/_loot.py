"""Words for secrets: files that hold them, variables and keys, and what tells their own use from their theft."""

from __future__ import annotations

from mcpscan.finding import Confidence
from mcpscan.rule import Found
from mcpscan.rules._carrying import FLAGS, NEXT
from mcpscan.rules._sentence import Sentence
from mcpscan.text import Late

PATHS = (
    r"(?:\.env\b|id_(?:rsa|ed25519|ecdsa|dsa)|\.ssh\b|\.aws\b|\.npmrc|\.pypirc|\.netrc|\.git-credentials|\.pgpass"
    r"|\.my\.cnf"
    r"|\.docker/config|\.kube(?:/config)?\b|gh/hosts\.yml|\.(?:bash|zsh|psql|python|mysql)_history|\.gnupg"
    r"|\.vault-token"
    r"|application_default_credentials|/etc/(?:shadow|passwd|sudoers)|wallet\.dat|\.tfstate|\.tfvars|\.cursor/\w{1,20}"
    r"|mcp\.json|claude_desktop_config|credentials\.json|secrets?\.(?:ya?ml|json|toml)|cookies\.sqlite|key4\.db"
    r"|logins\.json"
    r"|login data|\.(?:pem|p12|pfx|kdbx|ppk)\b)"
)
FILES = (
    r"\b(?:(?:ssh|private|gpg|pgp|signing|deploy) keys?|(?:browser|chrome|firefox|edge)(?:'s|s)? (?:stored "
    r"|saved |session )?"
    r"(?:cookies?|passwords?|profile)|cookie (?:store|jar|database|db|file)s?|key(?:chain|ring)s?"
    r"|(?:shell|command|bash|terminal) history|credentials? (?:files?|store)|(?:stored|saved) (?:passwords?"
    r"|logins?|credentials)"
    r"|password (?:store|file|database|manager)|service.account (?:json|key|file)s?|wallet (?:file|seed|keys?)"
    r"|(?:seed|recovery) phrases?|(?:dot)?env(?:ironment)? files?|kubeconfig|secrets? files?|ssh (?:folder"
    r"|directory))\b"
)
FILE_JOB = Late(
    (
        r"env|ssh|kube|cookie|keychain|npm|wallet|docker|histor|cert|key|cred|secret|vault|login|auth|sign|crypt"
        r"|deploy|token"
        r"|config|browser|profile|session"
    ),
    FLAGS,
)
MINE = Late(
    r"\b(?:user(?:'s|s)?|person|machine|local|home|workspace|project|browser'?s?|system|desktop|computer"
    r"|developer'?s?|all|any|each)\b"
    r"|[~$%]|/home/|/root/|/etc/",
    FLAGS,
)
LOOK_UP = Late(r"\b(?:looks?|find|fetch|take|get|read)\w*\s+(?:it|them)\s+(?:up\s+)?(?:in|from)\b", FLAGS)
STORED_IN = Late(
    r"\b(?:in|into|under|at|to|onto|inside)\s+(?:the\s+|your\s+|an?\s+)?(?:files?\s+)?[\"'`]?[\w~$/.\\{}%-]*$", FLAGS
)
NOT_A_PATH = Late(r"[<>(){}|]|\$\(|\b(?:contents?|text|body|cat|read|base64|of|file:|lines?|see)\b", FLAGS)
RUN_JOB = Late(r"exec|run|shell|command|terminal|bash|script|ssh|term", FLAGS)
USERS = Late(
    r"\b(?:(?:the\s+)?(?:user|caller|owner|customer)(?:'s|s)\b|of\s+the\s+(?:user|caller|owner|person)"
    r"|current\s+project|this\s+machine|home\s+(?:folder|directory)|browser)",
    FLAGS,
)
OWN_USE = Late(
    r"\b(?:path|location|defaults?\s+to|falls?\s+back\s+to\s+[~/.]|located|(?:read|loaded|taken)\s+from|reads\s"
    r"|loads\s|uses\s+the|used\s+(?:for|to|by)|parse|validat|generat|template|names\s+only)\b",
    FLAGS,
)
ENVIRONMENT = (
    r"\b(?:environment variables|env vars|process\.env|os\.environ|printenv|process environment|(?:contents?"
    r"|variables|dump|values) (?:of|in|from) (?:your"
    r"|its|the (?:client|host|agent|assistant|model)(?:'s)?) environment|output of (?:printenv|env|export))\b"
)
CREDENTIAL = (
    r"\b(?:(?:api|access|secret|bearer|session|auth(?:entication|orization)?|admin|deploy|service.account|oauth"
    r"|refresh|root|master"
    r"|login|database|cloud|account|slack|github|gitlab|stripe|openai|anthropic|google|discord|jira|npm|telegram"
    r"|paypal|bank) (?:api )?(?:cookies?|keys?|tokens?|secrets?|credentials?|passwords?)|credentials|secrets"
    r"|passwords|connection strings?|(?:last|current|previous) password"
    r"|passphrases|(?:keys?|tokens?|secrets?|passwords?)[ ](?:(?:that )?(?:you|were|was)[ ](?:know|use|have|hold"
    r"|given|see|saw|configured|loaded)|(?:from|in|of"
    r"|found in|stored in) (?:your|its|the (?:host|client|agent|model)(?:'s)?) \w{3,12})|(?:any|all|whatever"
    r"|known|user's|users|other|those|your|these) (?:tokens|keys))\b"
)
NAMED = r"\b[a-z][a-z0-9]{1,20}(?:_[a-z0-9]{1,20}){0,3}_(?:key|token|secret|password)\b"
ENV_TEMPLATE = (
    r"(?:\{\{|\$\{|\$\(|<|%)\s{0,2}(?:process\.env|env|environ(?:ment)?|printenv"
    r"|secrets?)(?:[.:]\w{1,40})?\s{0,2}(?:\}\}?|\)|>|%)"
    r"|[$%]\{?\w{0,24}(?:token|api_key|secret|password)\w{0,10}[}%]"
)
KNOWN = Late(
    r"\bit\s+(?:was|has|knows|holds|uses)\b|\b(?:environment|context|memory|process"
    r"|configuration)\s+of\s+the\s+(?:host|client|agent|assistant|model|caller)\b|\bcan\s+you\s+(?:see|find"
    r"|access)"
    r"|\bentered\s+by\s+the\s+user\b|\bpresent\s+in\b|\b(?:current|this)\s+(?:session|chat|conversation)\b"
    r"|\b(?:earlier|previous|other)\s+(?:requests?|calls?|sessions?)\b|"
    r"\b(?:you|(?:the\s+)?(?:model|assistant|agent|client|host|caller))\s+(?:already\s+|currently\s+|may\s+"
    r"|might\s+)?(?:know|knows|have|has|hold|holds"
    r"|were|was|use|uses|can\s+see|can\s+access|saw|remember)\b|\b(?:your|the\s+(?:model|agent|assistant|client"
    r"|host|caller)'?s?|its)\s+(?:own\s+)?"
    r"(?:environment|context|memory|system\s+prompt|settings|configuration|conversation|session|process)\b"
    r"|\bfrom\s+the\s+(?:settings|environment"
    r"|conversation|context|chat)\b|\b(?:seen|mentioned|shown|found)\s+(?:so\s+far|before|earlier|in|on)\b"
    r"|\bknown\s+to\b|\bavailable\s+(?:to|in)\b"
    r"|\b(?:other|host|connected)\s+(?:servers?|tools?|applications?|connectors?|connections?|integrations?)\b"
    r"|\bof\s+the\s+(?:\w+\s+)?(?:server|connector|connection|integration)\b|\b(?:your|the)\s+(?:host"
    r"|client)\s+(?:runs?|uses?|holds?|has)\b|\bcome\s+across\b|\bearlier\s+in\s+this\b|\bloaded\s+at\b"
    r"|\bgiven\s+to\s+you\b|\bwhatever\b|\bany\s+api\s+keys\b",
    FLAGS,
)
FALLBACK = Late(
    r"\b(?:if\s+omitted|falls?\s+back|defaults?|is\s+used|(?:read|taken|loaded)\s+from|scope|bearer\s+token\s+to|flag"
    r"|whether|determines?|indicat\w+)\b",
    FLAGS,
)
PROVIDER = Late(
    r"github|gitlab|aws|openai|anthropic|slack|stripe|npm|google|gcp|azure|ssh|paypal|telegram|discord", FLAGS
)
YOUR_ANSWER = Late(r"\byour\s+(?:next\s+)?(?:answer|reply|response|summary|message)\b", FLAGS)
ODD_FIELD = Late(
    r"\b(?:memo|notes?|sidenote|debug|trace|comments?|remarks?|extra|footer|subject|title|topic|hint|feedback"
    r"|summary|diagnos\w+"
    r"|telemetry|logs?|answer|reply|issue|ticket)\b",
    FLAGS,
)
SECRET_PARAMETER = Late(
    r"key|token|auth|cred|secret|pass|header|env|conf|conn|ur[il]|cookie|sign|login|session|bearer|account|dsn"
    r"|option|param|body"
    r"|data|proxy|args|variable|webhook|server|provider|setting",
    FLAGS,
)
KEY_JOB = Late(r"auth|login|secret|vault|token|cred|key|sign|session|connect", FLAGS)
ENV_JOB = Late(
    (
        r"env|process|container|docker|exec|run|shell|command|terminal|pod|deploy|config|function|lambda|build|start"
        r"|launch|job|auth|login|secret|vault"
    ),
    FLAGS,
)

DOT_NAME = Late(r"\.(?:env|ssh|aws)$", FLAGS)
HARMLESS = Late(r"[.\w]*(?:example|sample|template|pub\b)", FLAGS)
CERTIFICATE = Late(r"\.(?:pem|p12|pfx)$", FLAGS)
KEY_NAME = Late(r"(?:key|priv|id|ssh|\W)$", FLAGS)
PLACEHOLDER_OPENS = Late(r"[<{(]\s*(?:the\s+|your\s+)?(?:\w+\s+){0,3}(?:of\s+)?$", FLAGS)
VALUE_OF = Late(r"\bvalue\s+of\s*$", FLAGS)
SETTING = Late(r"\b(?:export|set|env)\s*$", FLAGS)
WHOLE_ENVIRONMENT = Late(r"(?:env|environ|environment|secrets?)\W*$", FLAGS)
SAYS_IT = Late(r"\b(?:repl(?:y|ies)|respond|answer|print|reveal|show|tell|send)\s+(?:\w+\s+){0,4}$", FLAGS)
HEARD = Late(r"\b(?:you|your|they|seen|this\s+(?:chat|conversation|session)|mentioned|earlier)\b", FLAGS)


def file_taken(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether the content of a secret file is carried to a place it has nothing to do with."""
    if not _is_secret(at.found):
        return False
    if at.metadata and LOOK_UP.search(at.left) and at.mentions_agent:
        return Confidence.MEDIUM
    if at.denied or (STORED_IN.search(at.left) and not at.content and not (at.reads and at.then)):
        return False
    if at.is_value:
        return pattern == 0 and NOT_A_PATH.search(at.found.view.text) is not None and not at.owned_by(RUN_JOB)
    mine, own = at.says(MINE), at.owned_by(FILE_JOB)
    if not at.carried and not (at.metadata and mine and at.field and not own):
        named = at.content if pattern == 0 else (at.is_parameter or at.content) and at.says(USERS)
        odd = at.metadata and named and mine and not (own or at.account or at.says(OWN_USE) or at.lesson)
        return odd and Confidence.MEDIUM
    if at.lesson:
        return Confidence.LOW
    if not at.metadata:
        return at.mentions_agent or (pattern == 0 and at.outward and not at.content_only)
    if own and not at.address:
        return False
    if pattern and not mine:
        return at.sink and Confidence.MEDIUM
    sure = at.sink or at.address
    return sure or ((pattern == 0 or at.content or at.says(USERS)) and Confidence.MEDIUM)


def _is_secret(found: Found) -> bool:
    if DOT_NAME.match(found.text) and found.before(1).isalnum():
        return False
    if CERTIFICATE.match(found.text) and not KEY_NAME.search(found.before(8)):
        return False
    return HARMLESS.match(found.after(20)) is None


def secret_taken(pattern: int, at: Sentence) -> bool | Confidence:
    """Whether a secret that is not this server's own is carried away."""
    found = at.found
    if pattern == 3:
        return at.is_value and _template(at)
    assigned = SETTING.search(at.left) is not None or at.right.lstrip()[:1] == "="
    if assigned or at.denied or (pattern == 2 and not found.text.isupper()):
        return False
    known = at.says(KNOWN)
    valued = VALUE_OF.search(at.left) is not None
    if at.is_value:
        return PLACEHOLDER_OPENS.search(at.left) is not None and (known or valued)
    if not at.carried:
        return _is_odd_parameter(at) and not at.owned_by(KEY_JOB) and (known or valued) and Confidence.MEDIUM
    if at.lesson:
        return Confidence.LOW
    if not at.metadata:
        return _secret_in_content(pattern, at, known=known and KNOWN.search(found.text + at.right[:70]) is not None)
    if at.owned_by(KEY_JOB if pattern else ENV_JOB) and not at.address:
        return False
    return _secret_in_metadata(at, known=known) if pattern else _environment(at)


def _environment(at: Sentence) -> bool | Confidence:
    if at.governed and (at.sink or at.address):
        return True
    return (at.sink or (at.governed and "." in at.found.text)) and Confidence.MEDIUM


def _template(at: Sentence) -> bool | Confidence:
    name = PROVIDER.search(at.found.text)
    if name is None:
        return WHOLE_ENVIRONMENT.search(at.found.text) is not None
    around = (at.left, at.right, at.found.passage.owner, at.found.passage.pointer)
    return name[0].lower() not in "".join(around).lower() and Confidence.MEDIUM


def _is_odd_parameter(at: Sentence) -> bool:
    return at.is_parameter and not SECRET_PARAMETER.search(at.parameter) and not at.says(FALLBACK)


def _secret_in_content(pattern: int, at: Sentence, *, known: bool) -> bool:
    if not at.governed:
        return known and pattern != 2 and (at.mentions_agent or NEXT.match(at.following) is not None)
    if pattern == 2:
        return SAYS_IT.search(at.left) is not None
    if pattern == 0:
        answered = YOUR_ANSWER.search(at.right) is not None
        return at.then or answered or (at.to_agent and (at.outward or at.sink))
    if known and at.says(HEARD):
        return True
    return at.mentions_agent and (at.outward or at.sink) and not at.left.rstrip().endswith(" as a")


def _secret_in_metadata(at: Sentence, *, known: bool) -> bool | Confidence:
    if known and (at.sink or at.governed):
        return True
    found = at.found
    name = PROVIDER.search(found.text)
    foreign = name is not None and name[0].lower() not in (found.passage.owner + found.view.text[:60]).lower()
    if foreign and (at.governed or at.field):
        return at.sink and (at.field or Confidence.MEDIUM)
    if ODD_FIELD.search(at.right) or _is_odd_parameter(at):
        return Confidence.MEDIUM
    taken = at.governed and (at.says(USERS) or (at.mentions_agent and at.sink))
    return taken and (at.address or Confidence.MEDIUM)
