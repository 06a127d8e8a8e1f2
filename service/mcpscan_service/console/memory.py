"""The last decisions of this process with what they rest on, and counts of all of them."""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, replace

from mcpscan_service.console.entry import Entry, Proof, trimmed
from mcpscan_service.console.latency import Latency
from mcpscan_service.guard import Channel, Decision, Evidence, Outcome
from mcpscan_service.record import safe

PROOFS = 16_000_000
"""Characters of evidence that are kept; beyond it the oldest evidence goes, its decisions stay."""

MINUTES = 24 * 60
"""Minutes whose outcomes are counted one by one."""

NAMES = 1_000
"""Names that are counted one by one; decisions of any further one are counted under OTHERS."""

OTHERS = "(others)"
SHARES = (0.5, 0.95, 0.99)
Quantiles = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is remembered at one moment: `entries` newest first, counts since the start.

    `minutes` counts outcomes by minute (of the Unix time); `latency` gives the number of decisions of each channel and
    the seconds that a half, 95 % and 99 % of them took at most.
    """

    entries: tuple[Entry, ...]
    total: int
    table: Counter[tuple[Channel, Outcome]]
    rules: Counter[str]
    servers: Counter[str]
    last: dict[str, float]
    unscanned: Counter[str]
    errors: Counter[str]
    minutes: tuple[tuple[int, Counter[Outcome]], ...]
    latency: dict[Channel, tuple[int, Quantiles]]

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many decisions had each outcome."""
        counts: Counter[Outcome] = Counter()
        for (_, outcome), count in self.table.items():
            counts[outcome] += count
        return counts


class Memory:
    """A watcher of the guard's that remembers. Safe to use from several threads; bounded whatever comes in.

    `remembered` is the number of decisions kept one by one.
    """

    def __init__(self, remembered: int = 2_000) -> None:
        self._guard = threading.Lock()
        self._entries: deque[Entry] = deque(maxlen=remembered)
        self._proofs: OrderedDict[str, Proof] = OrderedDict()
        self._weight = 0
        self._total = 0
        self._table: Counter[tuple[Channel, Outcome]] = Counter()
        self._names: dict[str, Counter[str]] = {kind: Counter() for kind in ("rule", "server", "unscanned", "error")}
        self._last: dict[str, float] = {}
        self._minutes: deque[tuple[int, Counter[Outcome]]] = deque(maxlen=MINUTES)
        self._latency: dict[Channel, Latency] = {}

    def __call__(self, decision: Decision, evidence: Evidence) -> None:
        """Remember one decision; a session by what the audit log calls it, as its id lets who knows it speak in it."""
        decision = trimmed(replace(decision, session=safe.session(decision.session)))
        proof = Proof.of(evidence)
        found = len(evidence.report.findings) if evidence.report else 0
        with self._guard:
            self._total += 1
            if len(self._entries) == self._entries.maxlen:
                self._drop(self._entries[0].decision.event)
            if proof:
                self._keep(decision.event, proof)
            self._entries.append(Entry(self._total, decision, found, proof is not None))
            self._count(decision)

    @property
    def total(self) -> int:
        """How many decisions were told of."""
        return self._total

    def find(self, event: str) -> tuple[Entry, Proof | None] | None:
        """A decision by its reference with its evidence, if both are still remembered."""
        with self._guard:
            for entry in reversed(self._entries):
                if entry.decision.event == event:
                    return entry, self._proofs.get(event)
        return None

    def snapshot(self) -> Snapshot:
        """What is remembered now."""
        with self._guard:
            names = {kind: counter.copy() for kind, counter in self._names.items()}
            return Snapshot(
                entries=tuple(reversed(self._entries)), total=self._total, table=self._table.copy(),
                rules=names["rule"], servers=names["server"], last=dict(self._last),
                unscanned=names["unscanned"], errors=names["error"],
                minutes=tuple((minute, counts.copy()) for minute, counts in self._minutes),
                latency={channel: (each.count, each.quantiles(SHARES)) for channel, each in self._latency.items()},
            )  # fmt: skip

    def _keep(self, event: str, proof: Proof) -> None:
        self._proofs[event] = proof
        self._weight += proof.size
        while self._weight > PROOFS and len(self._proofs) > 1:
            self._drop(next(iter(self._proofs)))

    def _drop(self, event: str) -> None:
        gone = self._proofs.pop(event, None)
        self._weight -= gone.size if gone else 0

    def _count(self, decision: Decision) -> None:
        self._table[decision.channel, decision.outcome] += 1
        server = self._add("server", decision.server)
        self._last[server] = decision.time
        for rule in decision.rules:
            self._add("rule", rule)
        for code in decision.unscanned:
            self._add("unscanned", code)
        if decision.error:
            self._add("error", decision.error[:100])
        minute = int(time.time() // 60)
        if not self._minutes or self._minutes[-1][0] < minute:
            self._minutes.append((minute, Counter()))
        self._minutes[-1][1][decision.outcome] += 1
        latency = self._latency.get(decision.channel)
        if latency is None:
            latency = self._latency[decision.channel] = Latency()
        latency.add(decision.seconds)

    def _add(self, kind: str, name: str) -> str:
        counter = self._names[kind]
        kept = name if name in counter or len(counter) < NAMES else OTHERS
        counter[kept] += 1
        return kept
