"""The scanner: the one object that the command line, the HTTP filter and other programs call."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mcpscan._version import __version__
from mcpscan.classifier import Classifier, ClassifierError
from mcpscan.drift import TooDeepError, changes
from mcpscan.engine.change import changed_mark, fresh, grade, new_texts
from mcpscan.engine.compose import findings as compose
from mcpscan.engine.learned import MOST, Learned
from mcpscan.engine.reader import Mark, Reader, Reading, mark_of
from mcpscan.finding import Coverage, Failure, Finding, NotScanned, Report, Target, Verdict
from mcpscan.policy import Policy, decide, risk, suppress
from mcpscan.rule import ChangeRule, Drift, Listing, ListingRule, PatternRule, Rule
from mcpscan.rules import RULES, sources
from mcpscan.rules.learned import LearnedSteering
from mcpscan.surface import EVERYWHERE, Kind, Passage, Reach, Surface, read, read_text
from mcpscan.text import visible


class Scanner:
    """Scans documents with a set of rules under a policy.

    Reusable and thread-safe; patterns are compiled once, on construction. `backend` picks the matching engine:
    "hyperscan", "regex", or "auto" for the fastest that is installed. `classifier` is the learned classifier that ships,
    another one, or False for rules alone; one that cannot be used is said under `not_scanned` of every report, and no
    verdict is then an allow. `classifier_characters` are how many of one document the classifier reads, a second for
    about fifty thousand; what it leaves to the rules alone is said under `not_scanned`.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        classifier: bool | Classifier = True,
        rules: Sequence[type[Rule]] = RULES,
        backend: str = "auto",
        classifier_characters: int = MOST,
    ) -> None:
        self.policy = policy or Policy()
        self.rules = tuple(rule() for rule in rules)
        self._learned_rule = next((rule for rule in self.rules if isinstance(rule, LearnedSteering)), None)
        self._classifier = classifier if isinstance(classifier, Classifier) else Classifier() if classifier else None
        self._budget = classifier_characters
        self._change_rules = tuple(rule for rule in self.rules if isinstance(rule, ChangeRule))
        self._listing_rules = tuple(rule for rule in self.rules if isinstance(rule, ListingRule))
        self._reader = Reader(self.rules, backend)
        self._versions = {
            "mcpscan": __version__,
            "rules": rules_digest(self.rules),
            "engine": self._reader.matcher.backend,
            "classifier": self._model(),
        }

    @property
    def versions(self) -> dict[str, str]:
        """What of mcpscan judged, by name: the program, the rules, the classifier."""
        return dict(self._versions)

    @property
    def classifies(self) -> bool:
        """Whether the classifier reads too: a scan then takes milliseconds, not microseconds."""
        return self._classifier is not None

    def warm(self) -> None:
        """Load and compile what a first text, and a first finding of each rule, would otherwise wait for: seconds of work."""
        for rule in self.rules:
            for example in rule.flags:
                self.scan_text(example) if isinstance(example, str) else self.scan_manifest(example)

    def scan_manifest(self, manifest: object, name: str = "") -> Report:
        """Scan any document a server sent or ships: a list of tools, `{"tools": …}`, a JSON-RPC message, a wire dump.

        `manifest` is JSON as bytes or a parsed value; `name` says whose it is, for the report.
        """
        return self.scan_servers({name: manifest})

    def scan_servers(self, manifests: Mapping[str, object], sources: Mapping[str, str] | None = None) -> Report:
        """Scan several servers' documents together, so that one server's text about another's tools is seen."""
        surfaces = {name: read(manifest) for name, manifest in manifests.items()}
        targets = [_target(name, surface, manifests[name], sources or {}) for name, surface in surfaces.items()]
        return self.scan_surfaces(surfaces, targets)

    def scan_message(self, message: object, name: str = "") -> Report:
        """Scan one JSON-RPC message: a request of the server's, a notification or a response."""
        return self.scan_servers({name: message})

    def scan_result(self, result: object, tool: object = None) -> Report:
        """Scan what came back from a call: a tool result, an error, a prompt or a resource that was read.

        `tool` is the definition of the tool that was called, if it is known; it names the owner of each finding.
        """
        name = tool.get("name") if isinstance(tool, Mapping) else tool
        surface = read(result, name if isinstance(name, str) else "")
        return self.scan_surfaces({"": surface}, [_target("", surface, result, {})])

    def scan_text(self, text: str, kind: str = Kind.TOOL_DESCRIPTION) -> Report:
        """Scan one text as a given kind. Raises `ValueError` for a kind that is none of `Kind`."""
        surface = read_text(text, Kind(kind))
        return self.scan_surfaces({"": surface}, [Target(name="")])

    def scan_change(self, old: object, new: object, name: str = "") -> Report:
        """Scan a newer version of a document: only what the older one did not have, and what changed for the worse.

        `changes` of the report are all differences, each with its grade and the reason for it.
        """
        return self.compare(read(old), read(new), name)

    def compare(self, old: Surface, new: Surface, name: str = "") -> Report:
        """What `scan_change` does, for documents that were read already."""
        before, after = self.scan_surfaces({name: old}, ()), self.scan_surfaces({name: new}, ())
        failed = list(after.errors)
        try:
            drift = Drift(old, new, changes(old, new))
        except (TooDeepError, RecursionError) as problem:
            failed.append(Failure(where="drift", target=visible(name), problem=visible(str(problem))))
            drift = Drift(old, new, ())
        marks: list[Mark] = []
        for rule in self._change_rules:
            try:
                marks += [changed_mark(rule, new, change, hit) for change, hit in rule.hits(drift)]
            except Exception as problem:  # noqa: BLE001 - a rule that raises is a result, whatever it raised
                failed.append(Failure(where=rule.id, target=visible(name), problem=visible(repr(problem))))
        marks += self._new_text(drift, failed)
        found = [*fresh(drift, before.findings, after.findings), *compose(marks, name)]
        # What was not read of the old version is not known to be the same in the new one.
        gaps = [replace(entry, target=f"{entry.target} (old)") for entry in before.not_scanned]
        gaps = [entry for entry in gaps if entry.code not in {"no-classifier", "classifier-budget"}]
        report = self._report(found, [*after.not_scanned, *gaps], failed, after.targets, after.coverage)
        return replace(report, changes=grade(self.policy, drift, report.findings))

    def _new_text(self, drift: Drift, failed: list[Failure]) -> list[Mark]:
        """The classifier's marks on the sentences that came with a change."""
        if self._classifier is None or self._learned_rule is None:
            return []
        learned = Learned(self._classifier, self._learned_rule, self._budget)
        try:
            return [mark for change, text in new_texts(drift) for mark in learned.changed(change, text)]
        except ClassifierError:
            return []  # Said already, by the scan of the new document.
        except Exception as problem:  # noqa: BLE001 - whatever the model does, the rules' findings stand
            failed.append(Failure(where="classifier", problem=visible(repr(problem))))
            return []

    def judge(self, findings: Sequence[Finding], missed: Sequence[NotScanned], failures: int) -> Verdict:
        """The verdict of this scanner's policy."""
        return decide(self.policy, findings, missed, failures)

    def scan_surfaces(
        self,
        surfaces: Mapping[str, Surface],
        targets: Sequence[Target],
        not_scanned: Sequence[NotScanned] = (),
        failures: Sequence[Failure] = (),
    ) -> Report:
        """Scan surfaces that were read already; `not_scanned` and `failures` are what went wrong on the way here."""
        found: list[Finding] = []
        missed = list(not_scanned)
        failed = list(failures)
        decoded = 0
        highest = 0.0
        listings = _listings(surfaces)
        for name, surface in surfaces.items():
            reading = self._reader.read(surface.passages)
            self._ask_listing_rules(reading, listings[name])
            highest = max(highest, self._ask_classifier(reading, surface, visible(name), missed, failed))
            found += compose(reading.marks, name)
            decoded += reading.decoded
            shown = visible(name)
            missed += [_missed(shown, u.code, u.pointer, u.reason) for u in surface.unread]
            missed += [_missed(shown, code, passage.pointer, reason) for passage, code, reason in reading.unread]
            failed += [
                Failure(where=where, target=shown, pointer=visible(passage.pointer), problem=visible(problem))
                for passage, where, problem in reading.failures
            ]
        coverage = replace(_coverage(surfaces, decoded, len(self.rules)), classifier=self._classifier is not None)
        return self._report(found, missed, failed, targets, coverage, highest=highest)

    def _model(self) -> str:
        try:
            return "none" if self._classifier is None else self._classifier.version
        except ClassifierError:
            return "unusable"

    def _ask_classifier(
        self, reading: Reading, surface: Surface, name: str, missed: list[NotScanned], failed: list[Failure]
    ) -> float:
        """Add the classifier's marks to a reading and give its highest probability; a model that fails is said, loudly."""
        if self._classifier is None or self._learned_rule is None:
            return 0.0
        learned = Learned(self._classifier, self._learned_rule, self._budget)
        try:
            reading.marks += list(learned.marks(surface.passages, reading.views))
        except ClassifierError as problem:
            missed.append(
                NotScanned(code="no-classifier", target=name, reason=f"rules alone were used: {visible(str(problem))}")
            )
        except Exception as problem:  # noqa: BLE001 - whatever the model does, the rules' findings stand
            failed.append(Failure(where="classifier", target=name, problem=visible(repr(problem))))
        if learned.unread:
            reason = f"{learned.unread} texts are longer than the classifier reads; the rules read them whole"
            missed.append(NotScanned(code="classifier-budget", target=name, reason=reason))
        return learned.highest

    def _ask_listing_rules(self, reading: Reading, listing: Listing) -> None:
        kinds = {passage.kind for passage in listing.surface.passages}
        for rule in self._listing_rules:
            if rule.reads is not EVERYWHERE and rule.reads.isdisjoint(kinds):
                continue
            try:
                marks: list[Mark] = [mark_of(rule, passage, hit) for passage, hit in rule.hits(listing)]
            except Exception as problem:  # noqa: BLE001 - a rule that raises is a result, whatever it raised
                reading.failures.append((Passage("", Kind.UNKNOWN, Reach.HOST, ""), rule.id, repr(problem)))
            else:
                reading.marks += marks

    def _report(
        self,
        found: list[Finding],
        missed: list[NotScanned],
        failed: list[Failure],
        targets: Sequence[Target],
        coverage: Coverage,
        *,
        highest: float = 0.0,
    ) -> Report:
        standing, hidden, states = suppress(self.policy, found, dt.datetime.now(dt.UTC).date())
        return Report(
            verdict=decide(self.policy, standing, missed, len(failed)),
            risk=risk(self.policy, standing, highest),
            targets=tuple(targets),
            findings=standing,
            suppressed=hidden,
            suppressions=states,
            not_scanned=tuple(missed),
            errors=tuple(failed),
            coverage=coverage,
            versions=self._versions,
        )


def rules_digest(rules: Sequence[Rule]) -> str:
    """A digest of a rule pack: it changes when a rule, a level or a pattern does."""
    digest = hashlib.sha256()
    for rule in rules:
        own, foreign = sources(rule) if isinstance(rule, PatternRule) else ((), ())
        digest.update("\0".join((rule.id, rule.severity, rule.confidence, *own, *foreign, "\n")).encode())
    return digest.hexdigest()[:16]


def _listings(surfaces: Mapping[str, Surface]) -> dict[str, Listing]:
    alone = {name: Listing.of(name, surface) for name, surface in surfaces.items()}
    if len(alone) == 1:
        return alone
    return {
        name: replace(listing, others=tuple(other for key, other in alone.items() if key != name))
        for name, listing in alone.items()
    }


def _missed(target: str, code: str, pointer: str, reason: str) -> NotScanned:
    return NotScanned(code=code, target=target, pointer=visible(pointer), reason=visible(reason))


def _target(name: str, surface: Surface, document: object, sources: Mapping[str, str]) -> Target:
    digest = hashlib.sha256(document).hexdigest() if isinstance(document, bytes) else ""
    return Target(
        name=visible(name),
        source=visible(sources.get(name, "")),
        server=visible(surface.server),
        server_version=visible(surface.server_version),
        protocol=visible(surface.protocol),
        digest=digest,
    )


def _coverage(surfaces: Mapping[str, Surface], decoded: int, rules: int) -> Coverage:
    kinds: dict[str, int] = {}
    families: dict[str, int] = {}
    characters = 0
    for surface in surfaces.values():
        for passage in surface.passages:
            kinds[passage.kind] = kinds.get(passage.kind, 0) + 1
            characters += len(passage.text)
        for item in surface.items:
            families[item.family] = families.get(item.family, 0) + 1
    return Coverage(
        passages=sum(kinds.values()),
        characters=characters,
        tools=families.get("tool", 0),
        prompts=families.get("prompt", 0),
        resources=families.get("resource", 0) + families.get("template", 0),
        decoded=decoded,
        kinds=kinds,
        rules=rules,
    )
