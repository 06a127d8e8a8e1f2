"""The decision point of the filter: messages in, rulings out."""

from mcpscan_service.guard.channel import Channel, Mode
from mcpscan_service.guard.conversation import Conversation
from mcpscan_service.guard.decision import Decision, Evidence, Outcome, Place, Recorder, Ruling, Watcher
from mcpscan_service.guard.guard import BusyError, Guard
from mcpscan_service.guard.judge import Judge
from mcpscan_service.guard.message import MalformedError, Message, Sender
from mcpscan_service.guard.pins import Drifted, Pins
from mcpscan_service.guard.quarantine import Held, Quarantine
from mcpscan_service.guard.settings import Drifting, Failing, GuardSettings, Unscannable

__all__ = [
    "BusyError",
    "Channel",
    "Conversation",
    "Decision",
    "Drifted",
    "Drifting",
    "Evidence",
    "Failing",
    "Guard",
    "GuardSettings",
    "Held",
    "Judge",
    "MalformedError",
    "Message",
    "Mode",
    "Outcome",
    "Pins",
    "Place",
    "Quarantine",
    "Recorder",
    "Ruling",
    "Sender",
    "Unscannable",
    "Watcher",
]
