"""The rule contract: every rule says what it is, shows what it flags and passes, and is in the registry."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Mapping

import pytest
from cases import rows

import mcpscan.rules
from mcpscan.engine import Scanner
from mcpscan.finding import Action
from mcpscan.render import documented
from mcpscan.rule import Example, PatternRule, Rule
from mcpscan.rules import RULES, phrases
from mcpscan.rules.learned import LearnedSteering
from mcpscan.rules.phrases import LANGUAGES, translated

EXAMPLES = [
    pytest.param(rule, example, expected, id=f"{rule.id}-{'flags' if expected else 'passes'}-{number}")
    for rule in RULES
    for expected, examples in ((True, rule.flags), (False, rule.passes))
    for number, example in enumerate(examples)
]


def fires(scanner, rule: type[Rule], example: Example) -> bool:
    if isinstance(example, Mapping) and "old" in example:
        report = scanner.scan_change(example["old"], example["new"])
    elif isinstance(example, Mapping):
        report = scanner.scan_manifest(dict(example))
    else:
        report = scanner.scan_text(example, rule.example_kind)
    assert report.errors == ()
    mine = [finding for finding in report.findings if finding.rule == rule.id]
    return any(scanner.policy.review.met_by(finding) or rule.severity.rank <= 1 for finding in mine)


@pytest.fixture(scope="module")
def learned() -> Scanner:
    return Scanner(rules=[LearnedSteering])


@pytest.mark.parametrize(("rule", "example", "expected"), EXAMPLES)
def test_every_example_does_what_it_is_an_example_of(scanner, learned, rule, example, expected):
    assert fires(learned if rule is LearnedSteering else scanner, rule, example) is expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_documented_and_named_after_its_family(rule):
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.id)
    family = rule.__module__.rpartition(".")[2].split("_")[0]
    assert rule.id.split("-")[0] == family
    paragraphs = documented(rule)
    assert len(paragraphs) >= 2, "what a finding means, then why it matters and what to do"
    assert paragraphs[0].endswith(".")
    assert len(paragraphs[0]) <= 120
    assert rule.reads
    assert len(rule.flags) >= 1
    assert len(rule.passes) >= 2


def test_every_rule_class_on_disk_is_registered_once():
    found = []
    for module in pkgutil.iter_modules(mcpscan.rules.__path__):
        if module.ispkg:
            continue
        source = importlib.import_module(f"mcpscan.rules.{module.name}")
        found += [
            kind
            for kind in vars(source).values()
            if inspect.isclass(kind)
            and issubclass(kind, Rule)
            and kind.__module__ == source.__name__
            and not inspect.isabstract(kind)
            and not kind.__name__.startswith("_")
            and "id" in vars(kind)
        ]
    assert Counter(found) == Counter(RULES)


def test_ids_are_unique():
    assert [name for name, count in Counter(rule.id for rule in RULES).items() if count > 1] == []


def test_every_language_file_is_listed_and_speaks_of_rules_there_are():
    assert sorted(module.name for module in pkgutil.iter_modules(phrases.__path__)) == sorted(LANGUAGES)
    known = {rule.id for rule in RULES if issubclass(rule, PatternRule)}
    for language in LANGUAGES:
        table = importlib.import_module(f"mcpscan.rules.phrases.{language}").PHRASES
        assert set(table) <= known, language
    assert len(LANGUAGES) >= 15
    assert translated("directive-override")


@pytest.mark.parametrize("language", LANGUAGES)
def test_explicit_attacks_are_found_in_every_language_and_honest_text_is_not(scanner, language):
    mine = [row for row in rows("phrases") if row["lang"] == language]
    missed = [row["text"] for row in mine if row["label"] == "injection" and allowed(scanner, row["text"])]
    alarmed = [row["text"] for row in mine if row["label"] == "benign" and not allowed(scanner, row["text"])]
    attacks = sum(row["label"] == "injection" for row in mine)
    assert len(missed) <= 0.4 * attacks, missed
    assert len(alarmed) <= 0.05 * (len(mine) - attacks), alarmed


def allowed(scanner, text: str) -> bool:
    return scanner.scan_text(text).verdict.action is Action.ALLOW
