"""What a change of a schema or of a tool's hints lets through that was kept out before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcpscan.drift import Change
from mcpscan.finding import Confidence
from mcpscan.rule import Drift
from mcpscan.rules._drift_text import came
from mcpscan.rules._drift_words import CLOSED, CONTEXT, GUARD, OPEN, POWERFUL, RISK, SECRET, named
from mcpscan.rules._schema_words import signs, weigh
from mcpscan.text import Late

Answer = tuple[str, Confidence | None]

_WRITES = Late(
    r"(?i)\b(?:delete|remove|write|send|create|update|pay|transfer|drop|purge|post|move|set|execute|run|book|order|cancel|upload|publish|merge|deploy|empty|wipe|unlock)\b"
)
_HARVEST = Late(
    r"(?i)\b(?:conversation|chat|transcript|dialog\w*|history|system prompt|instructions|memory|contacts?|environment|env(?: vars?)?|clipboard|cookies?|inbox|mailbox|browser"
    r"|recent messages|user (?:data|info|profile|messages?)|caller|requester|thoughts?|reasoning|open (?:files|tabs)|location|kontext|verlauf|gesprach\w*|unterhaltung|contatos|contactos|kontakte|historial|conversacion|conversa|contexte|historique|conversazione|cronologia|rubrica|rozmow\w*|kontakty|gesprek|geschiedenis|контекст|история|переписк\w*|контакты)\b|对话|上下文|通讯录|会話|履歴|連絡先|대화|연락처|المحادثة|جهات الاتصال"
)
_ABOUT_SECRETS = Late(
    r"(?i)\b(?:log ?in|sign ?in|auth\w*|session|connect|credential|secret|token|password|key|2fa|otp|account|vault)\b"
)
_GROWTH = 8
"""A maximum that grew this many times is another maximum."""


def parameter(change: Change) -> str:
    """The parameter that a change is about, the innermost if they are nested."""
    steps = change.path.split("/")
    places = [place for place, step in enumerate(steps) if step in {"properties", "patternProperties"}]
    return steps[places[-1] + 1] if places and places[-1] + 1 < len(steps) else ""


def in_input(change: Change) -> bool:
    """Whether a change is inside an input schema."""
    return change.path.startswith(("/inputSchema", "/input_schema", "/parameters"))


def turned_hint(change: Change) -> str:
    """Why a changed hint is wrong; empty where it is not."""
    hints = _hints(change)
    was, now = hints.get("readOnlyHint", (None, None))
    verb = _WRITES.search(named(change.name))
    if was is True and now is not True:
        return "was declared read-only and is no longer"
    if now is True and was is not True and verb:
        return f"is now declared read-only, and is called {change.name}"
    was, now = hints.get("destructiveHint", (None, None))
    if now is True and was is False:
        return "was declared not destructive and is destructive now"
    if now is False and was is True and (verb or not hints.get("readOnlyHint")):
        return "was declared destructive and is declared harmless now"
    was, now = hints.get("openWorldHint", (None, None))
    return "was declared closed and reaches the outside now" if now is True and was is False else ""


def _hints(change: Change) -> dict[str, tuple[object, object]]:
    if change.path == "/annotations":
        before = change.before if isinstance(change.before, Mapping) else {}
        after = change.after if isinstance(change.after, Mapping) else {}
        return {name: (before.get(name), after.get(name)) for name in (*before, *after)}
    if change.path.startswith("/annotations/"):
        return {change.path.rpartition("/")[2]: (change.before, change.after)}
    return {}


def lost_bound(change: Change, drift: Drift) -> Answer | None:
    """Which bound of a parameter went, and how sure it is that this matters."""
    if change.kind != "changed" or not in_input(change):
        return None
    name, keyword = parameter(change), change.path.rpartition("/")[2]
    sure = Confidence.MEDIUM if POWERFUL.search(named(name)) else Confidence.LOW
    if (
        keyword in {"additionalProperties", "unevaluatedProperties"}
        and change.before is False
        and change.after is not False
    ):
        said = [part for each in drift.of_part(change) for _, part in came(each)]
        asks = isinstance(change.after, Mapping) or any(
            weigh(signs(part)) > 0 or _HARVEST.search(part) for part in said
        )
        opened = change.after is not None
        return "takes members that are not listed now", Confidence.MEDIUM if asks and opened else Confidence.LOW
    if keyword in {"enum", "pattern", "const"} and change.before is not None and change.after is None:
        return f"{name}: its {keyword} was removed", sure
    if keyword in {"maximum", "maxLength", "maxItems", "exclusiveMaximum", "format"} and change.before is not None:
        grown = _grown(change.before, change.after)
        return (f"{name}: {keyword} went from {change.before} to {change.after}", sure) if grown else None
    if keyword == "pattern" and isinstance(change.after, str) and change.after in {".*", "^.*$", ".+", "^.+$", ""}:
        return f"{name}: its pattern lets everything through", sure
    if keyword == "type" and change.before in {"integer", "boolean", "number"} and _is_loose(change.after):
        return f"{name}: was of type {change.before} and is any {change.after}", sure
    return None


def _grown(before: object, after: object) -> bool:
    if after is None:
        return not isinstance(before, str) or before in {"email", "uri", "uuid", "ipv4"}
    if isinstance(before, int | float) and isinstance(after, int | float):
        return after >= _GROWTH * max(before, 1)
    return False


def _is_loose(kind: object) -> bool:
    return kind in {"string", "object", None} or (isinstance(kind, list) and "string" in kind and len(kind) > 2)


def opened_value(change: Change) -> str:
    """Why an added value opens what was closed; empty where it does not."""
    keyword = change.path.rpartition("/")[0].rpartition("/")[2]
    if keyword != "enum" or not isinstance(change.after, str) or not in_input(change) or change.before is not None:
        return ""
    value = named(change.after)
    if OPEN.search(value) and not CLOSED.search(value):
        return f"{parameter(change)}: may now be {change.after!r}"
    return f"{parameter(change)}: has a sentence among its values" if len(value.split()) > 4 else ""


def unsafe_default(change: Change) -> str:
    """Why a changed default is less safe; empty where it is not."""
    name = parameter(change)
    if not in_input(change):
        return ""
    if change.path.endswith("/default"):
        return _worse(name, change.before, change.after)
    after = change.after
    if (
        change.before is None
        and isinstance(after, Mapping)
        and after.get("default") is True
        and RISK.search(named(name))
    ):
        return f"{name}: came with the default true"
    return ""


def _worse(name: str, before: object, after: object) -> str:
    said = named(name)
    said_so = f"{name}: its default went from {before!r} to {after!r}"
    if before is True and after is False:
        return said_so if GUARD.search(said) and not RISK.search(said) else ""
    if after is True and before in {False, None}:
        return said_so if RISK.search(said) and not GUARD.search(said) else ""
    if isinstance(after, str):
        new, old = named(after), named(str(before or ""))
        if OPEN.search(new) and (CLOSED.search(old) or before is None or not OPEN.search(old)):
            return said_so
        return said_so if "owner" in after.lower() or "admin" in after.lower() else ""
    return ""


def asks_more(change: Change, drift: Drift) -> Answer | None:
    """What a new or newly required parameter asks for, and how sure it is that the tool has no need of it."""
    for name, definition, required in _asked(change):
        said = named(name)
        text = str(definition.get("description", "")) if isinstance(definition, Mapping) else ""
        free = not isinstance(definition, Mapping) or not definition.keys() & {"enum", "const"}
        typed = isinstance(definition, Mapping) and definition.get("type") in {"boolean", "integer", "number"}
        if typed and not SECRET.search(said):
            continue
        if SECRET.search(said) and free and not _knows(drift, change):
            return f"asks for a secret now: {name}", Confidence.MEDIUM
        if _HARVEST.search(said) and free:
            return f"asks for what the model knows now: {name}", Confidence.MEDIUM
        if CONTEXT.search(said) and free and (required or weigh(signs(text)) >= _ASKED):
            return f"asks for more than before: {name}", Confidence.MEDIUM
        if free and _HARVEST.search(text) and weigh(signs(text)) >= _ASKED:
            return f"asks for what the model knows now: {name}", Confidence.MEDIUM
    return None


_ASKED = 3


def _asked(change: Change) -> Iterator[tuple[str, object, bool]]:
    if change.kind == "added" and change.family == "tool" and isinstance(change.after, Mapping):
        schema = change.after.get("inputSchema")
        known = schema.get("properties") if isinstance(schema, Mapping) else None
        yield from ((str(name), entry, False) for name, entry in known.items()) if isinstance(known, Mapping) else ()
        return
    if not in_input(change) or change.kind == "removed":
        return
    head, _, last = change.path.rpartition("/")
    if head.endswith("/properties") and change.before is None:
        yield last, change.after, False
    elif last == "properties" and change.before is None and isinstance(change.after, Mapping):
        yield from ((str(name), entry, False) for name, entry in change.after.items())
    elif head.endswith("/required") and change.before is None and isinstance(change.after, str):
        yield change.after, {}, True
    elif last == "patternProperties" and isinstance(change.after, Mapping):
        yield from (
            (str(entry.get("description", name)) if isinstance(entry, Mapping) else str(name), entry, False)
            for name, entry in change.after.items()
        )


def _knows(drift: Drift, change: Change) -> bool:
    """Whether the tool's own business was secrets before."""
    old = [item.raw for item in drift.old.items if change.kind == "added" or item.name in {change.name, change.was}]
    return _ABOUT_SECRETS.search(str(old).replace("_", " ")) is not None
