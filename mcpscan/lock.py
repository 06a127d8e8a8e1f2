"""mcpscan.lock: the definitions that someone approved, as a text for code review and for git.

One block a server, in the order of their names; under it every tool, prompt, resource and text of the server with its
digest and its full text, so that a later difference can be shown without the server. No secret and no path of a machine
is in it: a server is known by its package, its program's name or its address.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mcpscan.drift import Change, Part, TooDeepError, compare, digest, parts
from mcpscan.surface import Kind, Passage, Reach, Surface, read
from mcpscan.text import Late, is_hidden

FORMAT = "mcpscan-lock/1"
NAME = "mcpscan.lock"
WAIT = 30.0
"""Seconds that a writer waits for another one."""

FAMILIES = {
    "tool": "tools", "prompt": "prompts", "resource": "resources", "template": "resourceTemplates",
    "instructions": "instructions", "server": "server",
}  # fmt: skip
"""The families of parts and what their blocks are called in the file."""

_UNSEEN = Late(r"[^\x20-\x7e]")


class LockError(ValueError):
    """A lock file that cannot be used; the message says which, where and why. The file is left as it is."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who accepted what, when and why. `when` is an ISO 8601 time in UTC; `what` names parts, or is empty for all."""

    who: str
    when: str
    why: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pinned:
    """One server as it was approved."""

    identity: str
    name: str = ""
    version: str = ""
    parts: Mapping[tuple[str, str], Part] = field(default_factory=dict)
    approvals: tuple[Approval, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over the digests of all parts, whatever their order."""
        return digest({f"{family}/{name}": part.digest for (family, name), part in self.parts.items()})

    def surface(self) -> Surface:
        """The approved texts, as reading the server gave them then."""
        document = {
            block: [part.value for (family, _), part in self.parts.items() if family == name]
            for name, block in FAMILIES.items()
            if name not in {"instructions", "server"}
        }
        surface = read(document)
        said = tuple(
            Passage(f"/{name or family}", _KINDS[family], Reach.MODEL, str(part.value))
            for (family, name), part in self.parts.items()
            if family in _KINDS
        )
        return replace(surface, passages=surface.passages + said, server=self.name, server_version=self.version)


_KINDS = {"instructions": Kind.INSTRUCTIONS, "server": Kind.SERVER_DESCRIPTION}


@dataclass(frozen=True, slots=True)
class Lock:
    """All approved servers."""

    servers: Mapping[str, Pinned] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Lock:
        """The lock in a file.

        Raises `LockError` for one that is missing, half-written, edited by hand or of another version, `OSError` for one
        that cannot be read.
        """
        if not path.is_file():
            raise LockError(f"{path}: there is no lock here; `mcpscan lock TARGET` makes one")
        return cls.parse(path.read_bytes(), str(path))

    @classmethod
    def parse(cls, data: bytes, where: str = NAME) -> Lock:
        """The lock in some bytes. Raises `LockError`; `where` names them in its message."""
        try:
            document = json.loads(data)
        except ValueError as problem:
            hint = "; it holds a merge conflict" if b"<<<<<<<" in data else "; restore it from version control"
            raise LockError(f"{where}: not a whole lock file ({problem}){hint}") from problem
        except RecursionError as problem:
            raise LockError(f"{where}: nested too deeply for a lock file; restore it from version control") from problem
        version = document.get("format") if isinstance(document, dict) else None
        if version != FORMAT:
            raise LockError(f"{where}: has format {version!r}, and this mcpscan reads {FORMAT!r}")
        try:
            return cls({identity: _pinned(identity, entry) for identity, entry in document["servers"].items()})
        except (KeyError, TypeError, AttributeError) as problem:
            raise LockError(f"{where}: a server's block is not whole: {problem!r}") from problem
        except LockError as problem:
            raise LockError(f"{where}: {problem}") from problem

    def text(self) -> str:
        """The file: stable in order, one line a value, nothing in it unseen."""
        servers = {identity: _block(self.servers[identity]) for identity in sorted(self.servers)}
        written = json.dumps({"format": FORMAT, "servers": servers}, indent=1, ensure_ascii=False)
        return _UNSEEN.sub(lambda found: _escaped(found[0]), written) + "\n"

    def with_server(self, pinned: Pinned) -> Lock:
        """The lock with a server added or replaced."""
        return Lock({**self.servers, pinned.identity: pinned})

    def verify(self, manifest: object, identity: str = "") -> tuple[Change, ...]:
        """Every difference between what was approved and a document; none if it is what was approved.

        `identity` may be left out for a lock of one server, or where the document names a server of the lock. Raises
        `LockError` for a server that is not in the lock.
        """
        surface = manifest if isinstance(manifest, Surface) else read(manifest)
        return compare(self.find(identity, surface).parts, parts(surface))

    def find(self, identity: str, surface: Surface | None = None) -> Pinned:
        """The approved server of an identity, or else the one that a document names."""
        if identity in self.servers:
            return self.servers[identity]
        named = [pinned for pinned in self.servers.values() if surface and pinned.name == surface.server]
        if not identity and len(named or self.servers) == 1:
            return (named or list(self.servers.values()))[0]
        known = ", ".join(sorted(self.servers)) or "none"
        raise LockError(
            f"{identity or (surface.server if surface else '') or 'this server'} is not in the lock; it has {known}"
        )


def pin(identity: str, surface: Surface, approval: Approval | None = None) -> Pinned:
    """A server as it is now, to be approved."""
    approvals = () if approval is None else (approval,)
    made = Pinned(identity, surface.server, surface.server_version, parts(surface), approvals)
    try:
        made.digest  # noqa: B018 - a definition that has no digest cannot be pinned
    except TooDeepError as problem:
        raise LockError(f"{identity}: {problem}") from problem
    return made


def accept(pinned: Pinned, surface: Surface, approval: Approval, only: str = "") -> Pinned:
    """A server with its drift accepted: all of it, or the part named `only`, and the approval kept.

    Raises `LockError` when no drift is named so.
    """
    now = parts(surface)
    if not only:
        return replace(
            pinned,
            name=surface.server,
            version=surface.server_version,
            parts=now,
            approvals=(*pinned.approvals, approval),
        )
    kept = dict(pinned.parts)
    touched = {
        (change.family, change.name): change
        for change in compare(pinned.parts, now)
        if only in {change.name, change.was}
    }
    if not touched:
        raise LockError(f"{pinned.identity}: nothing named {only!r} has drifted")
    for key, change in touched.items():
        kept.pop((change.family, change.was or change.name), None)
        if key in now:
            kept[key] = now[key]
    return replace(pinned, parts=kept, approvals=(*pinned.approvals, replace(approval, what=(only,))))


def update(path: Path, change: Callable[[Lock], Lock]) -> Lock:
    """Change a lock file so that no other writer's change is lost and no reader sees half of it.

    Raises `LockError` when the file cannot be used, or another writer does not finish within `WAIT` seconds.
    """
    import filelock

    try:
        with filelock.FileLock(f"{path}.writing", timeout=WAIT):
            made = change(Lock.load(path) if path.exists() else Lock())
            _replace(path, made.text())
    except filelock.Timeout as problem:
        raise LockError(f"{path}: another program has been writing it for {WAIT:.0f} s; try again") from problem
    return made


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _block(pinned: Pinned) -> dict[str, Any]:
    block: dict[str, Any] = {
        "name": pinned.name,
        "version": pinned.version,
        "digest": pinned.digest,
        "approvals": [
            {"who": each.who, "when": each.when, "why": each.why, "what": list(each.what)} for each in pinned.approvals
        ],
    }
    for family, title in FAMILIES.items():
        mine = {name: part for (kind, name), part in pinned.parts.items() if kind == family}
        if mine:
            block[title] = {
                name: {"digest": mine[name].digest, "approved": _sorted(mine[name].value)} for name in sorted(mine)
            }
    return block


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(entry) for entry in value] if isinstance(value, list) else value


def _pinned(identity: str, block: Mapping[str, Any]) -> Pinned:
    found: dict[tuple[str, str], Part] = {}
    for family, title in FAMILIES.items():
        for name, entry in block.get(title, {}).items():
            part = Part(family, name, f"/{title}", entry["approved"])
            if part.digest != entry["digest"]:
                raise LockError(f"{identity}: {title} {name!r} is not what its digest says; it was edited by hand")
            found[family, name] = replace(part, known=entry["digest"])
    approvals = tuple(
        Approval(entry["who"], entry["when"], entry["why"], tuple(entry["what"])) for entry in block["approvals"]
    )
    return Pinned(identity, block["name"], block["version"], found, approvals)


def _escaped(char: str) -> str:
    if char == "\n" or not (is_hidden(char) or not char.isprintable()):
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
