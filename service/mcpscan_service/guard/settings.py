"""What the decision point is told: modes, thresholds, what is done about what cannot be scanned."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator

from mcpscan.finding import Action
from mcpscan_service.guard.channel import Channel, Mode


class Failing(StrEnum):
    """What becomes of a message that could not be scanned."""

    CLOSED = "closed"
    OPEN = "open"


class Unscannable(StrEnum):
    """What becomes of a message with a part that cannot be read: pictures, sound, binary data."""

    PASS = "pass"  # noqa: S105 - a word that means "let it pass"
    ANNOTATE = "annotate"
    BLOCK = "block"


class Redacting(StrEnum):
    """How much is cut out around what is flagged: those characters, or the sentence that they stand in."""

    SPAN = "span"
    SENTENCE = "sentence"


class Drifting(StrEnum):
    """Which changes of an approved part put it out: those graded above allow, or any."""

    GRADED = "graded"
    ANY = "any"


class Model(BaseModel):
    """What all settings share: they do not change, and a setting that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GuardSettings(Model):
    """What is done about what is found.

    `mode` holds for every channel that `modes` does not name; arguments of calls are watched only, unless named there.
    `act_on` is the verdict from which on a mode acts, `redact` how much is cut out around flagged characters.
    `on_failure` closed stops what could not be scanned; `unscannable` says what becomes of pictures, sound and binary
    data. `drift` graded holds back an approved part whose changes are graded above allow, any one that changed at all.
    Messages up to `inline_bytes` are scanned by rules without a thread; a scan takes `scan_seconds` at most, of
    `scans_at_once` threads, before which `scans_waiting` messages may wait.
    """

    mode: Mode = Mode.BLOCK
    modes: dict[Channel, Mode] = Field(default_factory=dict)
    act_on: Action = Action.REVIEW
    redact: Redacting = Redacting.SENTENCE
    on_failure: Failing = Failing.CLOSED
    unscannable: Unscannable = Unscannable.ANNOTATE
    drift: Drifting = Drifting.GRADED
    inline_bytes: int = Field(default=64 * 1024, ge=0)
    scan_seconds: float = Field(default=10.0, gt=0)
    scans_at_once: int = Field(default=2, ge=1)
    scans_waiting: int = Field(default=256, ge=0)

    @field_validator("act_on")
    @classmethod
    def _is_a_level(cls, value: Action) -> Action:
        if value is Action.ALLOW:
            raise ValueError("acting on 'allow' would stop everything; use 'review' or 'block'")
        return value

    def mode_of(self, channel: Channel) -> Mode:
        """The mode in force on a channel."""
        if channel in self.modes:
            return self.modes[channel]
        return Mode.MONITOR if channel is Channel.ARGUMENT else self.mode

    def summary(self) -> str:
        """The modes in force in one line, for the header of every answer.

        >>> GuardSettings().summary()
        'block; argument=monitor; on-failure=closed'
        """
        shown = {Channel.ARGUMENT: Mode.MONITOR, **self.modes}
        named = [f"{channel}={mode}" for channel, mode in sorted(shown.items()) if mode is not self.mode]
        return "; ".join([self.mode.value, *named, f"on-failure={self.on_failure.value}"])
