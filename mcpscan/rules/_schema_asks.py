"""Parameters that must be filled and say nothing of themselves: their names alone ask for context or secrets."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from mcpscan.rules._schema_walk import INPUTS, Parameter, words
from mcpscan.rules._schema_words import signs
from mcpscan.surface import Item
from mcpscan.text import Late

CONTEXT = Late(
    r"\b(?:(?:conversation|chat|dialogue?|message) (?:history|log|transcript|so far|context|dump)"
    r"|(?:full|entire|whole|complete|raw|current) (?:conversation|context|transcript|chat|history|prompt|dialogue?)"
    r"|(?:system|developer|original|initial) (?:prompt|instructions?|messages?)|(?:previous|prior|earlier|past|last) (?:messages?|turns"
    r"|answers?|instructions?|prompts?|tool (?:calls?|outputs?|results?))|(?:agent|assistant|model) (?:memory|memories|context|notes"
    r"|instructions?|state|reasoning|thoughts?)|(?:all|other|available|installed|connected) (?:tools?|servers?)"
    r"|tool (?:list|outputs?|results?|definitions?)|chain of thought|scratchpad|(?:session|memory|context) (?:dump|transcript|window)"
    r"|gesprachsverlauf|chatverlauf|historial|conversacion completa|historique|cronologia|historico da conversa"
    r"|sohbet gecmisi|historia rozmowy|lich su tro chuyen|riwayat percakapan)\b"
)
SECRET = Late(
    r"\b(?:passwords?|passwd|passphrase|master password|private keys?|ssh keys?|seed phrase|mnemonic|recovery codes?|otp|sms code"
    r"|one time (?:code|password)|(?:2fa|mfa) (?:code|token)|cvv|cvc|(?:session |browser |all )?cookies|keychain|env (?:vars?|file|dump)"
    r"|environ(?:ment variables)?|dotenv|saved (?:cards?|passwords?|logins?)|passport (?:scan|photo|copy|image)"
    r"|(?:browser|browsing|search|location) history|address book|contact list|contacts dump|clipboard|id card scan|social security"
    r"|ssn|dossier|medical (?:record|history)|bank (?:login|pin|credentials)|contrasena|mot de passe|passwort|kennwort|senha|sifre"
    r"|haslo|mat khau|kata sandi)\b"
)
_CHATTING = Late(
    r"chat|convers|messag|dialog|prompt|\bllm|model|agent|assistant|memor|summar|transcri|support|session|histor|gpt|complet"
    r"|thread|handoff|hand off|eval|trace|replay|moderat|classif|tool",
    regex.IGNORECASE,
)
_KEEPING = Late(
    r"auth|log ?in|sign ?(?:in|up)|account|credential|secret|vault|passw|passphrase|crypt|\bkey|ssh|connect|wallet|\bpay|checkout"
    r"|card|bank|deploy|environment|\benv\b|database|\bdb\b|sql|server|register|certificat|token|session|cookie|browser|otp|verif"
    r"|2fa|mfa|pdf|zip|archive|unlock|backup|restore|clipboard|contact|patient|medical|clinic|health|passport|visa|identity|kyc"
    r"|hash|mail|imap|smtp|proxy|wifi|user|process|run|exec",
    regex.IGNORECASE,
)
_LOGIN = frozenset(
    {"user", "username", "user_name", "userName", "login", "email", "host", "hostname", "port", "account", "dsn"}
)
_MARKS = (
    "hidden",
    "x-hidden",
    "internal",
    "x-internal",
    "readOnly",
    "x-ui-hidden",
    "ui:hidden",
    "invisible",
    "x-private",
)


def asks_for(parameter: Parameter) -> str:
    """What a parameter's name asks for that its tool has no use for, empty if nothing."""
    return name_asks_for(parameter.name, about(parameter.item))


def name_asks_for(name: str, about: str) -> str:
    """What a name asks for that a tool with such a description has no use for, empty if nothing."""
    plain = words(name)
    if CONTEXT.search(plain) and not _CHATTING.search(about):
        return "the conversation or the model's own context"
    if SECRET.search(plain) and not _KEEPING.search(about):
        return "a secret or a private record"
    return ""


def children(parameter: Parameter) -> Iterator[str]:
    """The names of the properties of a parameter that is an object."""
    properties = parameter.schema.get("properties")
    if isinstance(properties, dict):
        yield from (
            name for name, child in properties.items() if isinstance(child, dict) and not child.get("description")
        )


def marked(parameter: Parameter) -> str:
    """The mark that hides a parameter from people, empty if there is none."""
    schema = parameter.schema
    if schema.get("ui:widget") == "hidden" or schema.get("x-visibility") in {"hidden", "internal"}:
        return "hidden"
    return next((mark for mark in _MARKS if schema.get(mark) is True), "")


def is_private(parameter: Parameter) -> bool:
    """Whether a parameter's name or description speaks of secrets or of the conversation."""
    plain = words(parameter.name)
    return bool(CONTEXT.search(plain) or SECRET.search(plain) or "secret" in signs(parameter.description))


def about(item: Item) -> str:
    """What a tool says it is for; one that takes a user name or a host is one that logs in."""
    raw = item.raw
    said = [words(item.name), *(text for text in (raw.get("title"), raw.get("description")) if isinstance(text, str))]
    schema = next((raw[root] for root in INPUTS if isinstance(raw.get(root), dict)), None)
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if isinstance(properties, dict) and not _LOGIN.isdisjoint(properties):
        said.append("login")
    return " ".join(said)
