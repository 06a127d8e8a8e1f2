"""Decisions for tests: plain ones, and any that a message of anybody's could lead to."""

from __future__ import annotations

import time

from hypothesis import strategies as st

from mcpscan.finding import Action
from mcpscan_service.guard import Channel, Decision, Mode, Outcome, Place, Sender
from mcpscan_service.guard.decision import event_id

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

SECRETS = (
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "sk-proj-Zx81kLmQ02vBnT7yRw4uHs9d",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
    "Xk29dlQpz81mVbnQ0aLrT4wE",
)
"""Invented, of the shapes that secrets have."""


def decision(**given) -> Decision:
    """A decision about a tool's result that passed."""
    plain = {
        "event": event_id(),
        "time": time.time(),
        "server": "weather",
        "sender": Sender.SERVER,
        "channel": Channel.RESULT,
        "method": "tools/call",
        "family": "tool",
        "name": "forecast",
        "action": Action.ALLOW,
        "outcome": Outcome.PASSED,
        "mode": Mode.BLOCK,
        "size": 100,
        "sent": 100,
        "seconds": 0.0004,
    }
    return Decision(**{**plain, **given})


_texts = (
    st.text(max_size=60) | st.text(st.characters(), min_size=200, max_size=900) | st.sampled_from([*SECRETS, TRACE])
)
_few = st.lists(_texts, max_size=3).map(tuple)

places = st.builds(
    Place,
    _texts,
    st.text(max_size=40) | st.just("/result/content/0/text"),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
)

decisions = st.builds(
    Decision,
    event=st.uuids().map(lambda uuid: uuid.hex[:24]),
    time=st.floats(0, 4_000_000_000),
    server=_texts,
    sender=st.sampled_from(Sender),
    channel=st.sampled_from(Channel),
    method=_texts,
    family=st.sampled_from(["", "tool", "prompt", "resource"]),
    name=_texts,
    identity=_texts,
    transport=_texts,
    session=_texts,
    address=_texts,
    client=_texts,
    client_version=_texts,
    protocol=_texts,
    trace=_texts,
    pin=_texts,
    pin_digest=_texts,
    tier=_texts,
    action=st.sampled_from(Action),
    outcome=st.sampled_from(Outcome),
    mode=st.sampled_from(Mode),
    rules=_few,
    risk=st.floats(0, 1),
    places=st.lists(places, max_size=3).map(tuple),
    removed=_few,
    redactions=st.integers(0, 1000),
    unscanned=_few,
    error=_texts,
    size=st.integers(0, 2**40),
    sent=st.integers(0, 2**40),
    seconds=st.floats(0, 1e6),
)
"""Any decision: every text of it may be an attacker's."""
