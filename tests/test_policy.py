"""The policy: from findings to a verdict, and what someone accepted."""

from __future__ import annotations

import datetime as dt

import pytest

from mcpscan.finding import Action, Confidence, Finding, NotScanned, Severity
from mcpscan.policy import Accepted, Policy, PolicyError, decide, risk, suppress

TODAY = dt.date(2026, 11, 22)


def finding(severity: str = "high", confidence: str = "high", **rest: str) -> Finding:
    made = {
        "rule": "x-y",
        "pointer": "",
        "kind": "meta",
        "reach": "host",
        "quote": "q",
        "message": "m",
        "fingerprint": "f" * 32,
    }
    return Finding(severity=Severity(severity), confidence=Confidence(confidence), span=(0, 1), **(made | rest))


@pytest.mark.parametrize(
    ("severity", "confidence", "action"),
    [
        ("critical", "high", "block"),
        ("high", "high", "block"),
        ("high", "medium", "review"),
        ("medium", "high", "review"),
        ("critical", "low", "allow"),
        ("low", "high", "allow"),
    ],
)
def test_a_finding_leads_to_what_both_its_axes_allow(severity, confidence, action):
    assert decide(Policy(), [finding(severity, confidence)], [], 0).action == action


def test_nothing_found_is_allowed():
    assert decide(Policy(), [], [], 0).action is Action.ALLOW


def test_what_was_not_looked_at_is_never_allowed():
    verdict = decide(Policy(), [], [NotScanned(code="timeout", reason="it hung")], 0)
    assert verdict.action is Action.REVIEW
    assert "it hung" in verdict.reasons[0]


def test_a_failed_check_is_never_allowed():
    assert decide(Policy(), [], [], 1).action is Action.REVIEW


def test_what_is_tolerated_may_be_allowed():
    assert decide(Policy(), [], [NotScanned(code="media", reason="a picture")], 0).action is Action.ALLOW


def test_risk_grows_with_every_finding_and_stays_below_one():
    risks = [risk(Policy(), [finding()] * count) for count in range(5)]
    assert risks[0] == 0
    assert risks == sorted(set(risks))
    assert risks[-1] < 1


def accepted(**rest: object) -> Policy:
    return Policy(suppress=(Accepted(fingerprint="f" * 32, reason="looked at", **rest),))


def test_an_accepted_finding_is_set_aside_and_its_reason_kept():
    standing, hidden, states = suppress(accepted(), [finding()], TODAY)
    assert standing == ()
    assert hidden == (finding(),)
    assert [(state.state, state.reason) for state in states] == [("used", "looked at")]


def test_an_expired_acceptance_hides_nothing():
    standing, _, states = suppress(accepted(expires=dt.date(2026, 11, 21)), [finding()], TODAY)
    assert standing == (finding(),)
    assert states[0].state == "expired"


def test_an_acceptance_holds_on_its_last_day():
    assert suppress(accepted(expires=TODAY), [finding()], TODAY)[0] == ()


def test_an_unused_acceptance_is_reported():
    assert suppress(accepted(), [], TODAY)[2][0].state == "unused"


def test_an_acceptance_for_a_rule_hides_that_rules_finding_only():
    assert suppress(accepted(rule="other-rule"), [finding()], TODAY)[0] == (finding(),)


def load(tmp_path, text):
    path = tmp_path / "mcpscan.toml"
    path.write_text(text, encoding="utf-8")
    return Policy.load(path)


def test_a_policy_file_is_read(tmp_path):
    policy = load(
        tmp_path,
        """
        [policy]
        block = { severity = "critical", confidence = "high" }
        [[suppress]]
        fingerprint = "0123456789abcdef"
        reason = "known"
        expires = 2027-01-31
        """,
    )
    assert policy.block.severity is Severity.CRITICAL
    assert policy.suppress[0].expires == dt.date(2027, 1, 31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[polcy]", "polcy"),
        ("[policy]\nreveiw = 1", "reveiw"),
        ("[policy]\nreview = { severity = 'hihg', confidence = 'low' }", "severity"),
        ("[[suppress]]\nfingerprint = '0123456789abcdef'", "reason"),
        ("[[suppress]]\nfingerprint = '0123456789abcdef'\nreason = ' '", "reason"),
        ("[[suppress]]\nreason = 'x'", "fingerprint"),
        ("not toml", "mcpscan.toml"),
    ],
)
def test_a_policy_file_that_says_nonsense_is_refused_with_the_place(tmp_path, text, said):
    with pytest.raises(PolicyError, match=said):
        load(tmp_path, text)
