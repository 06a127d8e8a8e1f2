"""What one client and one server have said to each other, as far as later messages need it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from mcpscan_service.guard.channel import NAMED, Mode, guessed
from mcpscan_service.guard.message import Message, Sender

REMEMBERED = 4_096
"""Requests that wait for an answer; beyond it the oldest are forgotten, and their answers known by their shape."""

CANCELLED = "notifications/cancelled"

STATELESS = "2026-07-28"
"""The first revision without a handshake: results carry `resultType`."""

_VERSION = "io.modelcontextprotocol/protocolVersion"
_CLIENT = "io.modelcontextprotocol/clientInfo"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was seen: its method, the part it names, and the protocol revision it was made in."""

    method: str
    family: str = ""
    name: str = ""
    protocol: str = ""

    @property
    def stateless(self) -> bool:
        """Whether the request was made in the era without a handshake."""
        return self.protocol >= STATELESS


@dataclass(slots=True)
class Conversation:
    """Who talks with whom. One for a connection, a session, or one HTTP exchange; not shared between threads at once.

    `server` is the name the filter knows the server by, `pin` its identity in the lock ("" to go by `server`),
    `identity` who the caller was authenticated as, `transport` one of "http", "sse", "stdio", "asgi", "api".
    `nameless` is set where nobody knows which server the parts belong to: neither the lock nor the quarantine is asked.
    `floor` is the mildest mode that is in force here, whatever the settings say.
    """

    server: str
    pin: str = ""
    identity: str = ""
    transport: str = ""
    session: str = ""
    address: str = ""
    trace: str = ""
    protocol: str = ""
    client: str = ""
    client_version: str = ""
    nameless: bool = False
    floor: Mode = Mode.MONITOR
    _asked: OrderedDict[tuple[Sender, str, object], Asked] = field(default_factory=OrderedDict)

    def note(self, message: Message) -> Asked:
        """Take note of a message, and say what it asks, or what it is an answer to."""
        if message.is_answer:
            other = Sender.SERVER if message.sender is Sender.CLIENT else Sender.CLIENT
            known = self._asked.pop(_key(other, message.id), None)
            if known is not None and known.method == "initialize":
                self._learn_version(message)
            return known or Asked(guessed(message.value), protocol=self.protocol)
        asked = self._asking(message)
        if message.is_request:
            self._asked[_key(message.sender, message.id)] = asked
            while len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        elif message.method == CANCELLED:
            # Whoever cancels does not wait any more, and is not answered.
            given = message.params.get("requestId")
            if isinstance(given, str | int | float):
                self.forget(message.sender, given)
        return asked

    def waiting(self, sender: Sender = Sender.CLIENT) -> tuple[tuple[object, Asked], ...]:
        """The requests of one side that were not answered yet, in their order, as (id, request)."""
        return tuple((key[2], asked) for key, asked in tuple(self._asked.items()) if key[0] is sender)

    def asked(self, sender: Sender, given: object) -> Asked | None:
        """The request of one side with an id, if it was not answered yet."""
        return self._asked.get(_key(sender, given))

    def forget(self, sender: Sender, given: object) -> None:
        """A request that is answered by somebody else, or not at all."""
        self._asked.pop(_key(sender, given), None)

    def _asking(self, message: Message) -> Asked:
        family, member = NAMED.get(message.method, ("", ""))
        name = message.params.get(member) if member else ""
        meta = message.params.get("_meta")
        meta = meta if isinstance(meta, dict) else {}
        protocol = meta.get(_VERSION)
        if message.sender is Sender.CLIENT:
            self._learn_client(meta.get(_CLIENT) or message.params.get("clientInfo"))
        said = protocol if isinstance(protocol, str) else self.protocol
        return Asked(message.method, family, name if isinstance(name, str) else "", said)

    def _learn_client(self, info: object) -> None:
        if isinstance(info, dict):
            self.client, self.client_version = str(info.get("name", ""))[:200], str(info.get("version", ""))[:60]

    def _learn_version(self, message: Message) -> None:
        result = message.value.get("result")
        version = result.get("protocolVersion") if isinstance(result, dict) else None
        if isinstance(version, str):
            self.protocol = version[:40]


def _key(sender: Sender, given: object) -> tuple[Sender, str, object]:
    # 1 and "1" are different ids, 1 and 1.0 are one.
    return sender, "text" if isinstance(given, str) else "number", given
