"""Rules about configuration entries: every one of them, and what they say as findings.

A finding's `pointer` leads into the configuration file; `entry.line` says on which line that is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mcpscan.audit.config.command import ConfigDownload, ConfigInline, ConfigRelative, ConfigShell
from mcpscan.audit.config.entry import bare, clipped, line, pointer, texts_of
from mcpscan.audit.config.fleet import ConfigVersions
from mcpscan.audit.config.package import ConfigImage, ConfigImitates, ConfigSource, ConfigUnpinned
from mcpscan.audit.config.reach import ConfigHttp, ConfigPrivileged, ConfigWholeDisk
from mcpscan.audit.config.redact import redacted
from mcpscan.audit.config.rule import ConfigRule, FleetRule, Machine, Spot
from mcpscan.audit.config.secret import ConfigEnvCode, ConfigSecret, valued
from mcpscan.audit.config.trust import ConfigDisabled, ConfigLong, ConfigUnasked, ConfigWritable
from mcpscan.finding import Failure, Finding
from mcpscan.inventory.redact import hide_script
from mcpscan.inventory.server import Inventory, Server
from mcpscan.surface.walk import escape
from mcpscan.text import fold, visible

CONFIG_RULES: tuple[type[ConfigRule], ...] = (
    ConfigUnpinned,
    ConfigImage,
    ConfigSource,
    ConfigImitates,
    ConfigShell,
    ConfigInline,
    ConfigDownload,
    ConfigRelative,
    ConfigEnvCode,
    ConfigHttp,
    ConfigWholeDisk,
    ConfigPrivileged,
    ConfigSecret,
    ConfigUnasked,
    ConfigWritable,
    ConfigDisabled,
    ConfigLong,
)
"""Every rule about one entry, in the order of the documentation."""

FLEET_RULES: tuple[type[FleetRule], ...] = (ConfigVersions,)
"""Every rule about entries next to each other."""

QUOTE = 200


def findings(
    server: Server, machine: Machine, target: str = "", rules: Sequence[type[ConfigRule]] = CONFIG_RULES
) -> tuple[tuple[Finding, ...], tuple[Failure, ...]]:
    """What the rules say of one entry, the worst first, and the rules that raised, which is never a clean result.

    `target` is what the findings belong to: the `id` of the audited server.
    """
    found: dict[str, Finding] = {}
    failed: list[Failure] = []
    short = clipped(server)
    hidden = _hidden(short)
    for rule in rules:
        try:
            spots = _spots(rule(), server if rule is ConfigLong else short, machine)
        except Exception as problem:  # noqa: BLE001 - whatever an entry does to a rule, the others stand
            failed.append(Failure(where=rule.id, target=visible(target), problem=visible(type(problem).__name__)))
            continue
        for spot in spots:
            _join(found, _finding(rule, server, spot, target, hidden))
    return _sorted(found.values()), tuple(failed)


def _spots(rule: ConfigRule, server: Server, machine: Machine) -> list[Spot]:
    """What a rule says of an entry; of one that is wrapped also what it says of the command behind the wrapper, once."""
    inner = bare(server)
    spots = [*rule.hits(server, machine), *(rule.hits(inner, machine) if inner is not server else ())]
    return list(dict.fromkeys(spots)) if inner is not server else spots


def across(servers: Sequence[Server], names: Sequence[str]) -> tuple[tuple[Finding, ...], tuple[Failure, ...]]:
    """What the rules say of entries next to each other; `names` are the `id`s of the servers, in the same order."""
    shorts = [bare(clipped(server)) for server in servers]
    of = dict(zip(map(id, shorts), names, strict=True))
    found: dict[str, Finding] = {}
    failed: list[Failure] = []
    for rule in FLEET_RULES:
        try:
            spots = list(rule().hits(shorts))
        except Exception as problem:  # noqa: BLE001 - whatever an entry does to a rule, the others stand
            failed.append(Failure(where=rule.id, problem=visible(type(problem).__name__)))
            continue
        for server, spot in spots:
            target = of[id(server)]
            finding = _finding(rule, server, spot, target, _hidden(server))
            found[f"{target}\0{finding.fingerprint}"] = finding
    return _sorted(found.values()), tuple(failed)


def _join(found: dict[str, Finding], finding: Finding) -> None:
    known = found.get(finding.fingerprint)
    found[finding.fingerprint] = replace(known, count=known.count + 1) if known else finding


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: (-one.severity.rank, -one.confidence.rank)))


def _finding(rule: type[ConfigRule | FleetRule], server: Server, spot: Spot, target: str, hidden: _Hidden) -> Finding:
    quote = _cleaned(spot.quote, hidden)
    if len(quote) > QUOTE:
        quote = quote[: QUOTE - 1] + "…"
    return Finding(
        rule=rule.id,
        severity=spot.severity or rule.severity,
        confidence=spot.confidence or rule.confidence,
        target=visible(target),
        pointer=visible(pointer(server, spot.key)),
        kind="config",
        reach="host",
        span=(0, len(quote)),
        owner=visible(server.name),
        quote=visible(quote),
        message=spot.message,
        fingerprint=_fingerprint(rule.id, server, spot, hidden),
        refs=rule.refs,
    )


def _fingerprint(rule: str, server: Server, spot: Spot, hidden: _Hidden) -> str:
    """The identity of a finding: the rule, the client and the name of the server, the key and the words there.

    The same on another machine, in another order of arguments and next to other servers; no secret goes into it.
    """
    steps = "/".join(step for step in spot.key if not step.isdigit())
    said = " ".join(fold(spot.sign or _cleaned(spot.quote, hidden)).text.lower().split())
    parts = (rule, "config", server.client, server.name, steps, said)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def cleaned(text: str, server: Server) -> str:
    """A text of an entry with every secret of that entry taken out, wherever it stands in it."""
    return _cleaned(text, _hidden(clipped(server)))


_Hidden = tuple[tuple[str, str], ...]
"""The values of an entry that hold a secret, each with what is shown instead."""


def _hidden(server: Server) -> _Hidden:
    pairs = ((value, redacted(value, name)) for _, name, value, _ in valued(server) if len(value) >= 4)
    return tuple((value, clean) for value, clean in pairs if clean != value)


def _cleaned(text: str, hidden: _Hidden) -> str:
    shown = redacted(text)
    for value, clean in hidden:
        shown = shown.replace(value, clean)
    return hide_script(shown)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a configuration that a model or a user may be shown: where it stands, and what it says."""

    file: Path
    line: int
    pointer: str
    text: str


def texts(server: Server) -> Iterator[Text]:
    """Every text of an entry to scan for words that address a model: its name, and all that stands in it."""
    yield Text(server.file, server.line, pointer(server, ()), server.name)
    seen = {server.name}
    if server.description:
        yield Text(server.file, server.line, pointer(server, ("description",)), server.description)
        seen.add(server.description)
    for key, text in texts_of(server.raw):
        if text not in seen and len(text) > 3:
            seen.add(text)
            at = pointer(server, key)
            yield Text(server.file, line(server, at), at, text)


def other_texts(inventory: Inventory) -> Iterator[Text]:
    """The texts of configuration files outside of entries: inputs, instructions of plugins and agents."""
    for file, at, key, text in inventory.texts:
        yield Text(file, at, "".join(f"/{escape(step)}" for step in key), text)


def anchored(finding: Finding, text: Text, target: str = "", server: Server | None = None) -> Finding:
    """A finding of `Scanner.scan_text` about a text of a configuration, as a finding about that file.

    Secrets are taken out of its quotes; its fingerprint also holds the server's name and the key.
    """
    steps = "/".join(step for step in text.pointer.split("/") if not step.isdigit())
    client, name = (server.client, server.name) if server else ("", "")
    parts = (finding.fingerprint, client, name, steps)

    def clean(part: str) -> str:
        return cleaned(part, server) if server else redacted(part)

    return replace(
        finding,
        target=visible(target),
        pointer=visible(text.pointer),
        kind="config",
        owner=visible(name),
        quote=clean(finding.quote),
        before=clean(finding.before),
        after=clean(finding.after),
        decoded=clean(finding.decoded),
        fingerprint=hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32],
    )
