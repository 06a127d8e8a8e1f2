"""Secrets in configurations: which values are one, of what kind, and texts with them taken out.

Forms of tokens are those their issuers document for secret scanning; names and entropy decide about the rest.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mcpscan.fleet import HIDDEN
from mcpscan.text import Late

KINDS: tuple[tuple[str, str], ...] = (
    ("private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END[^-]*-----|$)"),
    ("GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{30,255}\b|\bgithub_pat_[A-Za-z0-9_]{22,255}\b"),
    ("GitLab token", r"\bgl(?:pat|ptt|rt|dt|ft|imt|agent|cbt|oas|soat)-[\w-]{20,}"),
    ("Slack token", r"\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}"),
    ("Slack webhook", r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/+-]{20,}"),
    ("Discord webhook", r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,}"),
    ("Anthropic key", r"\bsk-ant-[\w-]{20,}"),
    ("OpenRouter key", r"\bsk-or-[\w-]{20,}"),
    ("OpenAI key", r"\bsk-(?:proj|svcacct|admin)-[\w-]{20,}|\bsk-[A-Za-z0-9]{32,}\b"),
    ("AWS access key", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b"),
    ("Google API key", r"\bAIza[\w-]{35}"),
    ("Google OAuth secret", r"\bGOCSPX-[\w-]{20,}|\bya29\.[\w-]{20,}"),
    ("Stripe key", r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}\b|\bwhsec_[A-Za-z0-9+/=]{24,}"),
    ("SendGrid key", r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    ("Twilio key", r"\bSK[0-9a-f]{32}\b"),
    ("Mailgun key", r"\bkey-[0-9a-f]{32}\b"),
    ("npm token", r"\bnpm_[A-Za-z0-9]{30,}\b"),
    ("PyPI token", r"\bpypi-[\w-]{50,}"),
    ("Hugging Face token", r"\bhf_[A-Za-z0-9]{30,}\b"),
    ("Notion token", r"\bntn_[A-Za-z0-9]{30,}\b|\bsecret_[A-Za-z0-9]{40,}\b"),
    ("Linear key", r"\blin_(?:api|oauth)_[A-Za-z0-9]{30,}\b"),
    ("Figma token", r"\bfig[dou]_[\w-]{30,}"),
    ("Tavily key", r"\btvly-[\w-]{20,}"),
    ("Firecrawl key", r"\bfc-[0-9a-f]{32}\b"),
    ("Perplexity key", r"\bpplx-[A-Za-z0-9]{32,}\b"),
    ("Groq key", r"\bgsk_[A-Za-z0-9]{40,}\b"),
    ("xAI key", r"\bxai-[A-Za-z0-9]{40,}\b"),
    ("Replicate token", r"\br8_[A-Za-z0-9]{30,}\b"),
    ("DigitalOcean token", r"\bdo[opr]_v1_[0-9a-f]{60,}\b"),
    ("Shopify token", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b"),
    ("Telegram bot token", r"\b\d{8,10}:AA[\w-]{32,34}"),
    ("Discord token", r"\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}"),
    ("Vault token", r"\bhv[sbr]\.[\w-]{20,}"),
    ("Databricks token", r"\bdapi[0-9a-f]{32}(?:-\d)?\b"),
    ("Supabase token", r"\bsb[pc]_[0-9a-f]{40}\b|\bsb_secret_[\w-]{20,}"),
    ("Airtable token", r"\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b"),
    ("Atlassian token", r"\bATATT[\w=-]{40,}|\bATCTT[\w=-]{40,}"),
    ("Sentry token", r"\bsntry[su]_[\w+/=-]{30,}"),
    ("Grafana token", r"\bglsa_[\w]{30,}|\bglc_[\w+/=]{30,}"),
    ("Postman key", r"\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b"),
    ("Doppler token", r"\bdp\.(?:pt|st|ct|sa)\.[\w.-]{30,}"),
    ("Cloudflare token", r"\bcf(?:k|ut|at)_[A-Za-z0-9_-]{30,}"),
    ("New Relic key", r"\bNRAK-[A-Z0-9]{27}\b"),
    ("age key", r"\bAGE-SECRET-KEY-1[A-Z0-9]{50,}"),
    ("Azure storage key", r"AccountKey=[A-Za-z0-9+/=]{40,}"),
    ("JSON web token", r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    ("password in an address", r"(?<=://)[^\s/:@$<{]*:(?![$<{%*])[^\s/@]{3,}(?=@[\w\[$])"),
)  # fmt: skip
"""What a token is, and how it is written."""

_ANY = Late(lambda: "|".join(f"(?P<k{at}>{pattern})" for at, (_, pattern) in enumerate(KINDS)))
_NAMED = Late(
    r"(?i)(?<![a-z])(?:api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|auth[_-]?key|(?:access|auth|api|bot|refresh|bearer)?[_-]?token|pat"
    r"|secret|password|passwd|passphrase|pwd|credentials?|client[_-]?secret|session[_-]?cookie|cookie|apikey|authorization|key)(?:[_-]?\d)?$"
)
_NOT_SECRET = Late(
    r"(?i)(?:max|min|num|limit|count|public|total|context|input|output)[_-]?\w*tokens?$|tokens$|public[_-]?key$|(?:sort|partition|primary|foreign|row|group)[_-]?key$"
)
_STOOD_IN = Late(
    r"(?i)^\s*$|\$\{?\w|\$\(|%\w+%|\$?\{\{|\{[\w.:-]+\}|^<.*>$|<[\w ./|-]{2,}>|^\[.*\]$|\byour\b|your[_-]|[_-]your|\bmy[_-]|^(?:sk-|ghp_|xoxb-)?[.*x•…_-]{3,}$"
    r"|x{6,}|\*{3,}|\.{3}$|…|change[_-]?me|example|placeholder|insert|replace|paste|todo|dummy|redacted|sample|^(?:test|none|null|true|false|yes|no|token|secret|password|key|api[_-]?key)$"
    r"|^(?:op|vault|keychain|keyring|env|file|secret|awssm|gcpsm|bw|pass)://|^(?:env|keychain|vault|secret|file):|^\d{1,6}$|here$"
)
_WORD = Late(r"[A-Za-z0-9+/_=.~-]{20,}")
_HARMLESS = Late(
    r"^(?:sha(?:1|256|512)[-:])?[0-9a-f]{32,}$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^[./~-]|/.*/|\.[a-z]{2,4}$"
)
_DEFAULT = Late(r"^\$\{[\w:]+:-(?P<value>[^}]+)\}$")


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret in a text: where, of what kind, and whether its form alone proves it."""

    start: int
    end: int
    kind: str
    sure: bool = True


def secrets(text: str, name: str = "") -> Iterator[Secret]:
    """The secrets of a value; `name` is the variable, header or flag that it is the value of.

    >>> [found.kind for found in secrets("Bearer ghp_" + "k4Zq7Rw" * 6)], list(secrets("${GITHUB_TOKEN}", "GITHUB_TOKEN"))
    (['GitHub token'], [])
    """
    text = text[:100_000]
    known = [
        Secret(match.start(), match.end(), KINDS[int(match.lastgroup[1:])][0])
        for match in _ANY.finditer(text)
        if match.lastgroup
    ]
    known = [found for found in known if not _stands_in(text[found.start : found.end])]
    yield from known
    if known:
        return
    default = _DEFAULT.search(text)
    start, end = default.span("value") if default else (0, len(text))
    value = text[start:end]
    if not default and _STOOD_IN.search(value):
        return
    if named(name):
        if not _is_plain(value) and not _STOOD_IN.search(value):
            yield Secret(start, end, "value of a credential", sure=False)
        return
    for match in _WORD.finditer(value):
        if _is_random(match[0]):
            yield Secret(start + match.start(), start + match.end(), "random characters", sure=False)


def named(name: str) -> bool:
    """Whether a variable, header or flag of this name holds a credential.

    >>> [named(name) for name in ("GITHUB_TOKEN", "--api-key", "MAX_TOKENS", "X-Api-Key", "TOKEN_FILE")]
    [True, True, False, True, False]
    """
    plain = name.strip().lstrip("-")
    return bool(_NAMED.search(plain)) and not _NOT_SECRET.search(plain)


def _stands_in(value: str) -> bool:
    if value.startswith("-----"):
        return False
    body = value.rpartition("_")[2] or value
    return bool(_STOOD_IN.search(value)) or len(set(body)) < 5


def _is_plain(value: str) -> bool:
    """Whether a value is a path, an address, a number or a switch rather than a credential."""
    bare = value.strip().removeprefix("Bearer ").removeprefix("Basic ").strip()
    return (
        len(bare) < 4
        or bare.startswith(("/", "./", "~/", "http://", "https://"))
        or bare.lower() in {"none", "true", "false", "basic", "bearer"}
    )


def _is_random(word: str) -> bool:
    """Whether a word has the entropy of a key: long, of mixed kinds of characters, with few repeated."""
    if len(word) < 28 or _HARMLESS.search(word):
        return False
    kinds = (any(map(str.isdigit, word)), any(map(str.islower, word)), any(map(str.isupper, word)))
    return all(kinds) and entropy(word) > 4.3 and sum(map(str.isdigit, word)) >= 3


def entropy(text: str) -> float:
    """Bits per character of a text, by how often each occurs in it."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values()) if text else 0.0


def redacted(text: str, name: str = "") -> str:
    """The text with every secret in it replaced.

    >>> redacted("postgres://app:hunter22@db/x")
    'postgres://•••@db/x'
    """
    made, at = [], 0
    for found in sorted(secrets(text, name), key=lambda one: one.start):
        if found.start >= at:
            made += [text[at : found.start], HIDDEN]
            at = found.end
    return "".join([*made, text[at:]])
