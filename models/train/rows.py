"""What training reads: texts written for this project and texts of public sources, one value per text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

DEFINITION = "definition"
CONTENT = "content"

DEFINITION_SLOTS = frozenset(
    [
        "description",
        "parameter",
        "title",
        "tool-name",
        "enum",
        "const",
        "default",
        "example",
        "pattern",
        "icon",
        "uri",
        "annotation",
        "meta",
        "prompt",
        "instructions",
    ]
)
SHORT_SLOTS = frozenset(
    ["title", "tool-name", "enum", "const", "default", "json-key", "pattern", "icon", "uri", "csv-cell"]
)
ABOUT_FAMILIES = frozenset({"quoting", "teaching", "security-tool"})
DEFINITION_KINDS = frozenset({"tool_description", "tool_schema", "server_description"})
ORDERS = frozenset({"agent_instruction_files", "cursorrules", "fabric_patterns"})
"""Sources of real orders to an AI: neither honest nor hostile out of their place; measured, not trained on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its labels and what tables are split by.

    `steer`: it tries to steer the reading agent. `about`: it talks about or quotes such attempts. `span`: where the
    attempt lies, in characters. `key`: what must not straddle a split. `pair`: what an attack and the honest text that
    differs from it in little have in common.
    """

    text: str
    steer: int
    key: str
    source: str
    group: str
    about: int = 0
    span: tuple[int, int] | None = None
    split: str = "train"
    slot: str = ""
    family: str = ""
    difficulty: str = ""
    lang: str = ""
    form: str = "alone"
    kind: str = ""
    pair: str = ""

    def but(self, **changed: Any) -> Row:
        """The same row with some members changed."""
        return replace(self, **changed)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def save(path: Path, rows: list[Row]) -> None:
    """Write rows, one a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)


def load(path: Path) -> list[Row]:
    """Read rows back."""
    return [Row(**{**raw, "span": tuple(raw["span"]) if raw["span"] else None}) for raw in lines(path)]


def written(folder: Path) -> list[Row]:
    """The texts written for this project: `label`, `text`, `family`, `slot`, `tone`, `lang`, `difficulty`, `field`.

    Two texts of one `pair` differ in one clause; so do, less closely, neighbours of one field, slot and language.
    """
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        raws = list(lines(path))
        for one, other in pairwise(raws):
            same = all(one[name] == other[name] for name in ("field", "slot", "lang"))
            if same and one["label"] != other["label"] and "pair" not in one and "pair" not in other:
                one["pair"] = other["pair"] = f"{one['field']}-{len(found)}-{len(one['text'])}"
        found += [_written(path.stem, raw) for raw in raws]
    return found


def _written(file: str, raw: dict[str, Any]) -> Row:
    text, attack = raw["text"], raw["label"] == "attack"
    start = text.find(raw["span"]) if raw.get("span") else 0
    span = (start, start + len(raw["span"])) if raw.get("span") and start >= 0 else (0, len(text))
    inside = raw["slot"] in DEFINITION_SLOTS and not file.startswith("results")
    return Row(
        text=text,
        steer=int(attack),
        key=f"{file}/{raw['field']}",
        source=f"written/{file}",
        group=DEFINITION if inside else CONTENT,
        about=int(raw["family"] in ABOUT_FAMILIES),
        span=span if attack else None,
        slot=raw["slot"],
        family=raw["family"],
        difficulty=raw["difficulty"],
        lang=raw["lang"],
        kind="written",
        pair=f"{file}/{raw['pair']}" if raw.get("pair") else "",
    )


def phrases(folder: Path) -> list[Row]:
    """The single sentences in many languages that the rules are tested with."""
    return [
        Row(
            text=raw["text"],
            steer=int(raw["label"] == "injection"),
            key=f"phrases/{raw['id']}",
            source="phrases",
            group=CONTENT,
            span=(0, len(raw["text"])) if raw["label"] == "injection" else None,
            slot="phrase",
            family=raw["id"],
            difficulty="plain",
            lang=raw["lang"],
            kind="written",
        )
        for path in sorted(folder.glob("*.jsonl"))
        for raw in lines(path)
    ]


def public(folder: Path) -> list[Row]:
    """The rows of public sources; jailbreaks of chats are another matter and left out."""
    return [
        _public(path.stem, raw)
        for path in sorted(folder.glob("*.jsonl"))
        for raw in lines(path)
        if raw["label"] != "jailbreak" and len(raw["text"]) > 4
    ]


def _public(source: str, raw: dict[str, Any]) -> Row:
    meta = raw["meta"]
    attack = raw["label"] == "injection"
    spans = meta.get("span")
    parts = [source, *[str(meta[name]) for name in ("server", "repo", "file") if meta.get(name)][:2]]
    if source in {"injecagent", "asb_opi", "bipia"}:
        parts.append(str(meta.get("attack_type") or meta.get("agent") or ""))
    elif len(parts) == 1:
        parts.append(raw["id"])
    return Row(
        text=raw["text"],
        steer=int(attack),
        key="/".join(parts),
        source=source,
        group=DEFINITION if raw["kind"] in DEFINITION_KINDS else CONTENT,
        about=int(source.startswith("secdocs") and source != "secdocs_mcp_spec"),
        span=(spans[0][0], spans[0][1]) if spans else ((0, len(raw["text"])) if attack else None),
        family=str(meta.get("attack_type") or meta.get("family") or ""),
        lang="en" if meta.get("lang") == "latin" else str(meta.get("lang") or ""),
        kind=raw["kind"],
    )
