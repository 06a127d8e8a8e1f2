"""The shipped files on texts that training never saw: held-out rows, whole documents, and cases in raw MCP JSON."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from mcpscan.surface import CONTENT as CONTENT_KINDS
from mcpscan.surface import read
from models.train.calibrate import sigmoid
from models.train.export import document, scored, session, windows
from models.train.measure import auc, table, wilson
from models.train.own import FOLDERS, key_of
from models.train.rows import CONTENT, DEFINITION, DEFINITION_KINDS, Row, lines, load
from models.train.split import OWN_SHARE, held_out

Bounds = dict[str, dict[str, float]]
Verdict = tuple[float, bool, bool]
"""A probability, and whether it reaches review and block."""


@dataclass(frozen=True, slots=True)
class Model:
    """The shipped files, ready to score."""

    run: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    config: dict[str, Any]

    def logit(self, text: str, most: int = 24) -> float:
        """The logit of a text."""
        window, overlap = self.config["window"], self.config["overlap"]
        return document(self.run, windows(self.tokenizer, text, window, overlap)[:most])

    def probability(self, logit: float) -> float:
        """A calibrated probability."""
        scale, bias = self.config["calibration"]["scale"], self.config["calibration"]["bias"]
        return float(sigmoid(np.array(scale * logit + bias)))


def opened(folder: Path) -> Model:
    """The files of a folder."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return Model(session(folder / "model.onnx"), tokenizer, json.loads((folder / "config.json").read_text()))


def cases(path: Path) -> Iterator[tuple[dict[str, Any], list[tuple[str, str]]]]:
    """Rows of raw MCP JSON with their passages: group and text of each."""
    for raw in lines(path):
        document = next((raw[name] for name in ("manifest", "result", "message", "new") if name in raw), None)
        if document is not None:
            yield raw, passages(document)
        elif "text" in raw:
            group = DEFINITION if raw.get("kind") in DEFINITION_KINDS else CONTENT
            yield raw, [(group, raw["text"])]


def held_cases(corpora: Path) -> Iterator[tuple[dict[str, Any], list[tuple[str, str]]]]:
    """The project's own cases that training never saw, whole, with their passages."""
    for folder in FOLDERS:
        for path in sorted((corpora / folder).glob("*.jsonl")):
            for raw, texts in cases(path):
                if held_out(f"own/{key_of(raw)}", OWN_SHARE):
                    yield raw, texts


def passages(document: object) -> list[tuple[str, str]]:
    """The distinct texts of a document worth scoring, with their group."""
    found = {
        passage.text: (CONTENT if passage.kind in CONTENT_KINDS else DEFINITION) for passage in read(document).passages
    }
    return [(group, text) for text, group in found.items() if len(text) > 2]


def judged(model: Model, texts: list[tuple[str, str]]) -> Verdict:
    """The highest probability of a document's passages, and whether one reaches review or block."""
    bounds: Bounds = model.config["thresholds"]
    best, review, block = 0.0, False, False
    for group, text in texts:
        probability = model.probability(model.logit(text))
        best = max(best, probability)
        review |= probability > bounds[group]["review"]
        block |= probability > bounds[group]["block"]
    return best, review, block


def judged_cases(model: Model, name: str, rows: Iterable[tuple[dict[str, Any], list[tuple[str, str]]]]) -> list[str]:
    """Recall and false alarms of some cases at the shipped thresholds, by difficulty and kind."""
    verdicts: dict[str, list[Verdict]] = {}
    honest: dict[str, list[Verdict]] = {}
    for raw, texts in rows:
        verdict, benign = judged(model, texts), raw["label"] == "benign"
        kind = str(raw.get("kind", ""))
        level = "" if benign else str(raw.get("difficulty", ""))
        for label in {"", kind, f"{kind} {level}".strip()}:
            (honest if benign else verdicts).setdefault(label, []).append(verdict)
    found = []
    for label, some in sorted(verdicts.items()) or [("", [])]:
        other = honest.get(label.split(" ", maxsplit=1)[0], honest.get("", []))
        found.append(f"{name[:22]:22s} {label:19s} {_line(some)} | {_line(other)} | {_auc(some, other):.3f}")
    return found


def honest_files(model: Model, folder: Path) -> list[str]:
    """Real listings or results, one JSON file each: how many files and passages reach review and block."""
    files, parts = [], []
    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        texts = passages(raw.get("wire", [call["result"] for call in raw.get("calls", [])]))
        each = [judged(model, [one]) for one in texts]
        parts += each
        files.append((0.0, any(one[1] for one in each), any(one[2] for one in each)))
    return [f"{folder.name}: files {_line(files)}; passages {_line(parts)}"]


def _line(some: list[Verdict]) -> str:
    if not some:
        return "-"
    low, high = wilson(sum(one[1] for one in some), len(some))
    return f"{len(some):4d} {np.mean([one[1] for one in some]):.3f} [{low:.2f} {high:.2f}] {np.mean([one[2] for one in some]):.3f}"


def _auc(some: list[Verdict], honest: list[Verdict]) -> float:
    return auc(np.array([one[0] for one in some]), np.array([one[0] for one in honest]))


def rows_table(model: Model, rows: list[Row]) -> list[str]:
    """The held-out rows, and at the shipped thresholds each group apart."""
    logits = np.array([model.logit(row.text) for row in rows])
    found = table(rows, logits)
    chance = np.array([model.probability(one) for one in logits])
    found.append(f"at the shipped thresholds: {'slice':30s} n review block")
    for name, some in shipped_slices(rows).items():
        bounds = [model.config["thresholds"][rows[at].group] for at in some]
        review = [chance[at] > bound["review"] for at, bound in zip(some, bounds, strict=True)]
        block = [chance[at] > bound["block"] for at, bound in zip(some, bounds, strict=True)]
        found.append(f"  {name:44s} {len(some):5d} {np.mean(review):.3f} {np.mean(block):.3f}")
    return found


def shipped_slices(rows: list[Row]) -> dict[str, list[int]]:
    """Row numbers by what the shipped thresholds are told apart for."""
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        language = "English" if row.lang == "en" else "other"
        if row.kind == "written" and row.steer:
            names = [f"{row.split} {row.group} {row.difficulty}", f"{row.split} {row.group} {language}"]
        elif row.kind == "written":
            names = [f"val honest written {row.group}", f"val honest written {row.group} {language}"]
        else:
            names = [f"{row.split} {'attack' if row.steer else 'honest'} {row.kind}"]
        for name in names:
            found.setdefault(name, []).append(at)
    return dict(sorted(found.items()))


def places(model: Model, rows: list[Row]) -> str:
    """How well the token head marks attacks inside carriers: precision and recall of tokens above `spans`."""
    right = marked = wanted = 0
    for row in rows:
        encoding = model.tokenizer.encode(row.text)
        if row.span is None or row.form not in {"inserted", "wrapped"} or len(encoding.ids) > model.config["window"]:
            continue
        low, high = row.span
        truth = np.array([begin < high and end > low and end > begin for begin, end in encoding.offsets])
        found = sigmoid(scored(model.run, encoding.ids)[2]) > model.config["spans"]
        right, marked, wanted = right + int((truth & found).sum()), marked + int(found.sum()), wanted + int(truth.sum())
    return f"tokens marked inside carriers: precision {right / max(1, marked):.3f}, recall {right / max(1, wanted):.3f}"


def about(model: Model, rows: list[Row]) -> str:
    """How well the second head tells honest texts about attacks, and quoted ones, from other honest texts."""
    some = [row for row in rows if not row.steer and row.split == "val"]
    scores = np.array(
        [max(scored(model.run, ids)[1] for ids in windows(model.tokenizer, row.text)[:8]) for row in some]
    )
    marked = np.array([row.about for row in some], dtype=bool)
    value = auc(scores[marked], scores[~marked])
    return f"texts about attacks among honest ones: AUC {value:.3f} ({marked.sum()} of {len(some)})"


def languages(model: Model, rows: list[Row]) -> list[str]:
    """Per language of the held-out written texts: pieces a character, unknown pieces, and how well it is judged."""
    found = [f"{'language':9s} attacks honest pieces/char unknown   AUC"]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.kind == "written" and row.split == "val" and row.form == "alone":
            groups.setdefault(row.lang, []).append(row)
    unknown = model.tokenizer.token_to_id("<unk>")
    for name, some in sorted(groups.items(), key=lambda group: -len(group[1])):
        ids = [model.tokenizer.encode(row.text, add_special_tokens=False).ids for row in some]
        pieces, letters = sum(map(len, ids)), sum(len(row.text) for row in some)
        lost = sum(one.count(unknown) for one in ids)
        logits = np.array([model.logit(row.text) for row in some])
        steer = np.array([row.steer for row in some], dtype=bool)
        value = auc(logits[steer], logits[~steer])
        found.append(
            f"{name:9s} {steer.sum():7d} {(~steer).sum():6d} {pieces / letters:11.2f} {lost / pieces:7.4f} {value:5.2f}"
        )
    return found


def latency(model: Model, lengths: tuple[int, ...] = (32, 64, 128, 192, 256)) -> list[str]:
    """The median time of one window on one thread."""
    found = []
    for length in lengths:
        ids = [0, *random.Random(length).choices(range(10, 5000), k=length - 2), 2]  # noqa: S311 - any ids will do
        times = []
        for _ in range(30):
            start = time.perf_counter()
            scored(model.run, ids)
            times.append(time.perf_counter() - start)
        found.append(f"{length} tokens: {statistics.median(times) * 1000:.1f} ms")
    return found


def main() -> None:
    """Print every table for a folder of shipped files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--rows", type=Path, help="the composed rows, for the held-out ones")
    parser.add_argument("--cases", type=Path, nargs="*", default=[], help="files of raw MCP JSON or labelled texts")
    parser.add_argument("--corpora", type=Path, help="the project's own cases, for the held-out ones")
    parser.add_argument("--honest", type=Path, nargs="*", default=[], help="folders of real listings or results")
    given = parser.parse_args()
    model = opened(given.model)
    print("\n".join(latency(model)), flush=True)
    print(f"{'cases':42s} attacks review block | honest review block | AUC")
    for path in given.cases:
        print("\n".join(judged_cases(model, path.stem, cases(path))), flush=True)
    if given.corpora:
        print("\n".join(judged_cases(model, "own, held out", held_cases(given.corpora))), flush=True)
    for folder in given.honest:
        print("\n".join(honest_files(model, folder)), flush=True)
    if given.rows:
        held = [row for row in load(given.rows) if row.split not in {"train", "whole"}]
        print(places(model, held), flush=True)
        print(about(model, held), flush=True)
        print("\n".join(languages(model, held)), flush=True)
        print("\n".join(rows_table(model, held)), flush=True)


if __name__ == "__main__":
    main()
