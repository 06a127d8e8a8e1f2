"""Whether the filter is ready is tried, not remembered."""

from __future__ import annotations

import asyncio

from scan_api import POISON, got, settings

from mcpscan import Scanner
from mcpscan.classifier import Classifier
from mcpscan_service.api.ready import Readiness
from mcpscan_service.settings import Settings

TOOLS = {"tools": [{"name": "t", "description": POISON}]}
RESULT = {"content": [{"type": "text", "text": POISON}]}


def test_health_says_that_the_process_is_alive(scanner):
    assert got(scanner, "/healthz").json() == {"status": "alive"}


def checks(answer):
    return {each["name"]: each["ok"] for each in answer.json()["checks"]}


def test_ready_means_that_everything_wanted_works(scanner, tmp_path):
    lock = tmp_path / "mcpscan.lock"
    lock.write_text('{"version": 1, "servers": {}}', encoding="utf-8")
    chosen = settings(lock=lock, audit={"path": tmp_path / "audit.jsonl"})
    answer = got(scanner, "/readyz", chosen=chosen)
    lock.write_text("no lock", encoding="utf-8")
    broken = got(scanner, "/readyz", chosen=chosen)
    lock.unlink()
    gone = got(scanner, "/readyz", chosen=chosen)
    assert checks(broken) == checks(gone) == {"rules": True, "lock": False, "audit-log": True}
    assert broken.status_code == gone.status_code == 503
    assert str(tmp_path) not in broken.text + gone.text
    assert checks(answer).keys() == {"rules", "lock", "audit-log"}


def test_not_ready_without_what_is_wanted(scanner, tmp_path):
    wanted = Settings(auth=settings().auth, audit={"path": tmp_path / "none" / "audit.jsonl"})
    answer = got(scanner, "/readyz", chosen=wanted)
    assert answer.status_code == 503
    assert checks(answer) == {"rules": True, "classifier": False, "audit-log": False}


def test_not_ready_with_a_classifier_that_does_not_load(tmp_path):
    broken = Scanner(classifier=Classifier(tmp_path))
    answer = got(broken, "/readyz", chosen=Settings(auth=settings().auth))
    assert (answer.status_code, checks(answer)) == (503, {"rules": True, "classifier": False})


def test_many_who_ask_whether_it_is_ready_make_one_check():
    async def ask():
        made = []
        readiness = Readiness({"one": lambda: made.append(1) or "", "broken": lambda: 1 // 0})
        states = await asyncio.gather(*(readiness.state() for _ in range(20)))
        return len(made), states[0], states[0] == states[-1]

    state = {"one": "", "broken": "the check failed: ZeroDivisionError"}
    assert asyncio.run(ask()) == (1, state, True)


def test_not_ready_without_rules():
    answer = got(Scanner(classifier=False, rules=()), "/readyz")
    assert (answer.status_code, checks(answer)) == (503, {"rules": False})
