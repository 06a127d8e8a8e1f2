"""One message with all that is known about it before it is scanned."""

from __future__ import annotations

from dataclasses import dataclass

from mcpscan_service.guard.channel import LISTS, NAMED, Channel, Mode, all_of_answer, of_request
from mcpscan_service.guard.conversation import Asked, Conversation
from mcpscan_service.guard.message import Message, Sender
from mcpscan_service.guard.settings import GuardSettings


@dataclass(frozen=True, slots=True)
class Case:
    """A message, what it asks or answers, who talks, and the channel and mode that it comes under."""

    message: Message
    asked: Asked
    talk: Conversation
    channel: Channel
    mode: Mode
    event: str
    size: int

    @classmethod
    def of(cls, message: Message, talk: Conversation, settings: GuardSettings, event: str, size: int) -> Case:
        """The case of a message, which is noted in its conversation."""
        asked = talk.note(message)
        channels = _channels(message, asked)
        return cls(message, asked, talk, channels[0], in_force(settings, talk, *channels), event, size)

    @property
    def is_list(self) -> bool:
        """Whether it is a server's list of parts."""
        return self.message.is_answer and self.message.sender is Sender.SERVER and self.asked.method in LISTS

    @property
    def names_part(self) -> bool:
        """Whether it is a client's request to use one part."""
        return self.message.sender is Sender.CLIENT and self.message.method in NAMED

    @property
    def trace(self) -> str:
        """The W3C `traceparent` of the message, or of the connection."""
        meta = self.message.params.get("_meta")
        given = meta.get("traceparent") if isinstance(meta, dict) else None
        return given if isinstance(given, str) else self.talk.trace

    @property
    def pin(self) -> str | None:
        """What the server is known by in the lock; None where the lock says nothing about it."""
        return None if self.talk.nameless else self.talk.pin or self.talk.server


def in_force(settings: GuardSettings, talk: Conversation, *channels: Channel) -> Mode:
    """The strictest mode that some channels come under in a conversation."""
    if talk.floor is Mode.MONITOR and len(channels) == 1:
        return settings.mode_of(channels[0])
    return max(talk.floor, *map(settings.mode_of, channels), key=lambda each: each.rank)


def _channels(message: Message, asked: Asked) -> tuple[Channel, ...]:
    if message.sender is Sender.CLIENT:
        return (Channel.ARGUMENT,)
    return all_of_answer(asked.method, message.value) if message.is_answer else (of_request(message.method),)
