"""What speaks against passing a message on."""

from __future__ import annotations

from dataclasses import dataclass

from mcpscan.finding import Finding
from mcpscan_service.guard.decision import Place


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason against one place of a message.

    `rule` is a rule's id, or "lock-new", "lock-changed", "lock-unknown" for what nobody approved and "quarantined" for a
    part that was left out of a list before. `span` are characters of the string at `pointer`, None where the whole
    value is meant.
    """

    rule: str
    pointer: str
    span: tuple[int, int] | None = None

    @classmethod
    def of(cls, finding: Finding) -> Objection:
        """The objection that a finding is."""
        return cls(finding.rule, finding.pointer, None if finding.in_key else finding.span)

    def place(self) -> Place:
        """Where it stands, for the record."""
        return Place(self.rule, self.pointer, *(self.span or (0, 0)))
