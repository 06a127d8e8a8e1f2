"""The learned classifier: how likely a text tries to steer the agent that reads it, and which words do.

The only module that loads onnxruntime and tokenizers, and only when the first text is scored. One thread, one window at a
time and no padding, so that the same text has the same score everywhere and always (int8 kernels round by batch).
"""

from __future__ import annotations

import hashlib
import json
import math
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

FILES = ("model.onnx", "tokenizer.json")
REMEMBERED = 8_192
"""Texts whose score is kept; most texts of a server are read again and again."""

LONGEST = 400_000
"""Characters of one text that are read; more is said to be unread. About a hundred thousand tokens, seconds of work."""


class ClassifierError(RuntimeError):
    """A model that is missing, incomplete, changed, or does not load; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Score:
    """What the model says of one text.

    `probability` is calibrated, 0.0 to 1.0, the highest of all windows; `span` the characters that it rests on;
    `about` the probability that the text speaks about such attacks; `whole` whether all of the text was read.
    """

    probability: float
    span: tuple[int, int]
    about: float = 0.0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The calibrated probabilities from which on a text leads to review, and to block by the model alone."""

    review: float
    block: float


class Classifier:
    """The model in a folder, by default the one that ships. Loaded on first use; safe to use from many threads.

    `load`, `score` and the properties raise `ClassifierError` for a model that cannot be used.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Score] = OrderedDict()
        self._session: Any = None
        self._tokenizer: Any = None
        self._config: dict[str, Any] = {}

    @property
    def version(self) -> str:
        """The model's name and version."""
        config = self.config
        return f"{config.get('name', 'unnamed')} {config.get('version', '')}".strip()

    @property
    def config(self) -> Mapping[str, Any]:
        """The settings that ship with the model: windows, calibration, thresholds, digests."""
        if not self._config:
            try:
                self._config = json.loads(self._read("config.json"))
            except ValueError as problem:
                raise ClassifierError(f"config.json of the model is not JSON: {problem}") from problem
        return self._config

    def thresholds(self, surface: str) -> Thresholds:
        """The thresholds for a "definition", for "content", or for what is new in a "change"."""
        known = self.config["thresholds"]
        entry = known.get(surface) or known["definition"]
        return Thresholds(float(entry["review"]), float(entry["block"]))

    def load(self) -> None:
        """Verify and load the model, if that was not done."""
        with self._lock:
            if self._session is None:
                self._load()

    def score(self, text: str) -> Score:
        """Score a text. The same text has the same score in any order, batch and thread."""
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
            if self._session is None:
                self._load()
        made = self._scored(text)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return made

    def fresh(self, text: str) -> Score:
        """Score a text as if it were the first time; for measuring."""
        self.load()
        return self._scored(text)

    def tokens(self, text: str) -> int:
        """How many tokens a text has."""
        self.load()
        return len(self._tokenizer.encode(_plain(text), add_special_tokens=False).ids)

    def _scored(self, text: str) -> Score:
        whole = len(text) <= LONGEST
        if not text.strip():
            return Score(0.0, (0, min(len(text), 1)), whole=whole)
        encoding = self._tokenizer.encode(_plain(text[:LONGEST]), add_special_tokens=False)
        places = list(self._windows(len(encoding.ids)))
        best = (-math.inf, 0.0, (0, min(len(text), 1)))
        for low, high in places:
            logit, about, tokens = self._run(encoding.ids[low:high])
            if logit > best[0]:
                best = (logit, about, self._span(encoding.offsets[low:high], tokens) or (0, len(text)))
        return Score(self._calibrated(best[0], len(places)), best[2], _sigmoid(best[1]), whole)

    def _windows(self, count: int) -> Iterator[tuple[int, int]]:
        room = int(self.config["window"]) - len(self._edges[0]) - len(self._edges[1])
        step = max(1, room - int(self.config["overlap"]))
        start = 0
        while True:
            yield start, min(count, start + room)
            if start + room >= count:
                return
            start += step

    def _run(self, ids: Sequence[int]) -> tuple[float, float, list[float]]:
        import numpy as np

        framed = np.array([[*self._edges[0], *ids, *self._edges[1]]], dtype=np.int64)
        steer, about, tokens = self._session.run(["steer", "about", "tokens"], {"input_ids": framed})
        first = len(self._edges[0])
        return float(steer.ravel()[0]), float(about.ravel()[0]), tokens[0][first : first + len(ids)].tolist()

    def _calibrated(self, logit: float, windows: int) -> float:
        """The probability of the highest window's logit; the more windows, the higher one of them gets by chance."""
        fit = self.config["calibration"]
        logit -= float(fit.get("windows", 0.0)) * math.log2(windows)
        return _sigmoid(float(fit["scale"]) * logit + float(fit["bias"]))

    def _span(self, offsets: Sequence[tuple[int, int]], logits: Sequence[float]) -> tuple[int, int] | None:
        """From the first to the last token that the token head marks, or all of the window."""
        least = float(self.config.get("spans", 0.5))
        marked = [place for place, logit in enumerate(logits) if _sigmoid(logit) >= least]
        if not offsets:
            return None
        first, last = (marked[0], marked[-1]) if marked else (0, len(offsets) - 1)
        return offsets[first][0], max(offsets[last][1], offsets[first][0] + 1)

    def _load(self) -> None:
        model, tokenizer = (self._read(name) for name in FILES)
        for name, data in zip(FILES, (model, tokenizer), strict=True):
            found = hashlib.sha256(data).hexdigest()
            if found != self.config.get("sha256", {}).get(name):
                raise ClassifierError(f"{name} is not the file that config.json names: {found}; install mcpscan again")
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as problem:
            raise ClassifierError(f"{problem.name} is missing; `pip install mcpscan` brings it") from problem
        try:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            # The graph ships optimised: doing it again takes longer than all the rest of loading.
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
            session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            made = Tokenizer.from_str(tokenizer.decode())
        except Exception as problem:
            raise ClassifierError(f"the model does not load: {problem}") from problem
        made.no_truncation()
        made.no_padding()
        framed = made.encode("a").ids
        bare = made.encode("a", add_special_tokens=False).ids
        at = framed.index(bare[0]) if bare else 0
        self._edges = (framed[:at], framed[at + len(bare) :])
        self._tokenizer = made
        self._session = session

    def _read(self, name: str) -> bytes:
        where = self._folder or resources.files("mcpscan_models").joinpath("injection")
        try:
            return where.joinpath(name).read_bytes()
        except (OSError, ModuleNotFoundError) as problem:
            raise ClassifierError(f"{name} of the model cannot be read: {problem}; install mcpscan again") from problem


def _plain(text: str) -> str:
    """The text without what a tokenizer refuses: lone surrogates, one character for one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _broken(text) else text


def _broken(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
