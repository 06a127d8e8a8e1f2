"""What became of a message, in one sentence for the people who run the filter."""

from __future__ import annotations

from mcpscan_service.guard import Decision, Mode, Outcome, Sender


def done(decision: Decision) -> str:
    """What was done about a message."""
    match decision.outcome:
        case Outcome.PASSED:
            return _passed(decision)
        case Outcome.ANNOTATED:
            return "The message went on with a note that names what was found or not looked at."
        case Outcome.REDACTED:
            return _redacted(decision)
        case Outcome.TRIMMED:
            count = len(decision.removed)
            left = f"{count} part{' was' if count == 1 else 's were'}"
            return f"The list went on; {left} left out and held back, so that calling is refused too."
        case Outcome.BLOCKED:
            return _blocked(decision)
        case Outcome.DENIED:
            return "The request was answered without asking the server: what it names is held back or was not approved."


def _passed(decision: Decision) -> str:
    if decision.transport == "api":
        return "Somebody asked for this scan and got the report; there was no message to stop."
    if decision.error:
        return "The message went on although it could not be scanned: that is what the settings say."
    if decision.rules and decision.mode is Mode.MONITOR:
        return (
            "The message went on as it came: this channel is only watched. In another mode it would have been stopped."
        )
    return "The message went on as it came."


def _redacted(decision: Decision) -> str:
    count = decision.redactions
    if not count:
        return "The message went on without the parts that could not be looked at; a line in their place says so."
    return (
        f"The message went on with {count} passage{'s' * (count != 1)} cut out; a marker in their place names the rule."
    )


def _blocked(decision: Decision) -> str:
    why = "It could not be scanned, and the filter fails closed. " if decision.error else ""
    if decision.sender is Sender.CLIENT:
        return f"{why}The message did not reach the server; the client got an answer that names the rules and this reference."
    return f"{why}The message did not go on; an answer in its place names the rules and this reference, nothing of the content."
