"""A request and its answer as a host's plug-in sees them, put before the decision point as the messages they stand for."""

from __future__ import annotations

import json
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from mcpscan_service.guard import BusyError, Conversation, Decision, Guard, Outcome, Ruling, Sender, answer
from mcpscan_service.guard.message import Message

ID = 1
"""The id of the one request of an exchange."""


class StoppedError(RuntimeError):
    """Something that may not go on. The message is for a model: rules and a reference, nothing of the content."""

    def __init__(self, said: str, decision: Decision | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Passed:
    """What may go on: `value` is the very object that came in where `same`."""

    value: Mapping[str, Any]
    decision: Decision
    same: bool = True


@dataclass(slots=True)
class Exchange:
    """One request of a client's and what comes back, ruled on by a guard.

    `server` is the name the host knows the server by, `adapter` names the plug-in in records and metrics, `pin` is the
    server's identity in the lock ("" to go by `server`).
    """

    guard: Guard
    adapter: str
    server: str
    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    pin: str = ""
    session: str = ""
    identity: str = ""
    talk: Conversation = field(init=False)

    def __post_init__(self) -> None:
        self.talk = Conversation(
            self.server, self.pin, self.identity, f"adapter:{self.adapter}"[:60], session=self.session
        )
        self.talk.note(Message(self._request, Sender.CLIENT, self.method, ID))

    @property
    def _request(self) -> dict[str, Any]:
        return {"jsonrpc": "2.0", "id": ID, "method": self.method, "params": dict(self.params)}

    async def ask(self) -> None:
        """Rule on the request. Raises `StoppedError` where it may not reach the server as it is.

        No host takes a request back rewritten: one of which something was cut is stopped.
        """
        decision = (await self._ruled(self._request, Sender.CLIENT, "params", self.params)).decision
        if decision.outcome not in {Outcome.PASSED, Outcome.ANNOTATED}:
            raise StoppedError(answer.text(decision.rules, decision.event), decision)

    async def answer(self, result: Mapping[str, Any]) -> Passed:
        """Rule on the result. Raises `StoppedError` where it may not reach the client."""
        message = {"jsonrpc": "2.0", "id": ID, "result": result}
        return await self._ruled(message, Sender.SERVER, "result", result)

    async def fail(self, text: str) -> Passed:
        """Rule on the text of an error that came instead of a result. Raises `StoppedError` where it may not pass."""
        failed = {"code": -32603, "message": text}
        return await self._ruled({"jsonrpc": "2.0", "id": ID, "error": failed}, Sender.SERVER, "error", failed)

    async def told(self, method: str, params: Mapping[str, Any]) -> Passed:
        """Rule on a request or a notification of the server's. Raises `StoppedError` where it may not pass."""
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": dict(params)}
        if not method.startswith("notifications/"):
            message["id"] = ID
        return await self._ruled(message, Sender.SERVER, "params", params)

    async def _ruled(self, message: dict[str, Any], sender: Sender, part: str, given: Mapping[str, Any]) -> Passed:
        data, ruling = b"", None
        try:
            data = answer.encode(message)
        except (TypeError, ValueError, RecursionError):
            ruling = await self._guarded(self.guard.refuse(b"", sender, self.talk, "malformed: not JSON"))
        if ruling is None:
            ruling = await self._guarded(self.guard.rule(data, sender, self.talk))
        decision = ruling.decisions[0]
        if decision.outcome in {Outcome.BLOCKED, Outcome.DENIED}:
            raise StoppedError(_said(ruling), decision)
        if ruling.forward is None or ruling.forward == data:
            return Passed(given, decision)
        made = json.loads(ruling.forward).get(part)
        if not isinstance(made, dict):
            raise StoppedError(_said(ruling), decision)
        return Passed(made, decision, same=False)

    @staticmethod
    async def _guarded(ruled: Coroutine[Any, Any, Ruling]) -> Ruling:
        """A ruling; where none can be had nothing may pass."""
        try:
            return await ruled
        except BusyError as problem:
            raise StoppedError("Could not be scanned: too many messages wait. Try again later.") from problem
        except OSError as problem:
            raise StoppedError("Could not be scanned: the decision could not be recorded.") from problem


def _said(ruling: Ruling) -> str:
    """What is said instead: the rules and the reference of a decision."""
    decision = ruling.decisions[0]
    why = "Could not be scanned" if decision.error and not decision.rules else "Blocked by policy"
    return answer.text([*decision.rules, decision.error, *decision.unscanned][:8], decision.event, why)


def note(decision: Decision) -> str:
    """What is said beside content that passed: that it is flagged, or was not looked at; "" for nothing.

    It is for hosts whose answers have no place for the note that the decision point leaves in `_meta`.
    """
    if decision.outcome is Outcome.ANNOTATED and decision.rules:
        return answer.text(decision.rules, decision.event, "Flagged by mcpscan in the content above")
    if decision.unscanned and decision.outcome is not Outcome.PASSED:
        return answer.text(decision.unscanned, decision.event, "Not scanned by mcpscan in the content above")
    return ""


def survivors(before: list[Any], after: list[Any]) -> list[int]:
    """Which places of a list are left in a shorter one, or all of them where parts were rewritten in place.

    >>> survivors(["a", "b", "a"], ["b", "a"])
    [1, 2]
    """
    if len(before) == len(after):
        return list(range(len(before)))
    found: list[int] = []
    for place, part in enumerate(before):
        if len(found) < len(after) and part == after[len(found)]:
            found.append(place)
    return found


def default_guard() -> Guard:
    """The guard of a plug-in that was given none: rules and classifier, blocking, without records."""
    from mcpscan.engine import Scanner
    from mcpscan_service.guard import Judge

    return Guard(Judge(Scanner()))
