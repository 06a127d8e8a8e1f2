"""One HTTP exchange between an MCP client and server, for proxies that hand over bodies: what of it may pass."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mcpscan.surface import parse
from mcpscan_service.adapters.event_stream import Cutter, Event
from mcpscan_service.guard import Conversation, Guard, Ruling, Sender, answer

EVENTS = "text/event-stream"

Headers = Mapping[str, str]
"""Names in small letters, and values."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What becomes of a request: `forward` goes to the server, or `reply` to the client; `reply` b"" is "accepted"."""

    forward: bytes | None
    reply: bytes | None = None


class HttpExchange:
    """What passes of one request and of its answer, which comes in pieces of any size.

    Answers with events are decided about event by event, any other when it is whole. `most` is the number of bytes that
    are held; what is longer, encoded or cut off is not readable, and passes only where the settings say so.
    """

    def __init__(self, guard: Guard, talk: Conversation, most: int) -> None:
        self._guard = guard
        self._talk = talk
        self._most = most
        self._held = bytearray()
        self._cutter: Cutter | None = None
        self._json = False
        self._over = False
        self._open = False

    async def request(self, body: bytes, headers: Headers) -> Asked:
        """What becomes of a request with a body."""
        if not body:
            return Asked(body)
        encoded = _encoding(headers)
        if encoded or len(body) > self._most:
            why = "encoded" if encoded else "too long"
            ruling = await self._guard.refuse(body, Sender.CLIENT, self._talk, why)
        else:
            ruling = await self._guard.rule(body, Sender.CLIENT, self._talk)
        if ruling.forward is None:
            return Asked(None, ruling.reply or b"")
        if ruling.reply is None:
            return Asked(ruling.forward)
        # Some of a batch passes and some does not: a proxy takes one or the other, so nothing of it passes.
        answered = json.loads(ruling.reply)
        return Asked(
            None, answer.encode([*(answered if isinstance(answered, list) else [answered]), *self._refusals(ruling)])
        )

    async def respond(self, headers: Headers) -> bytes | None:
        """Take note of the head of an answer with a body; what takes the place of one that is encoded, None for others."""
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        self._json = kind.endswith("json")
        self._cutter = Cutter() if kind == EVENTS else None
        if not _encoding(headers):
            return None
        ruling = await self._guard.refuse(b"", Sender.SERVER, self._talk, "encoded")
        self._open, self._over = ruling.forward is not None, ruling.forward is None
        return None if self._open else self._instead(ruling)

    async def feed(self, data: bytes, *, end: bool) -> bytes:
        """What may pass now of the answer, with the next piece of it."""
        if self._open:
            return data
        if self._over:
            return b""
        if self._cutter is not None:
            return await self._events(self._cutter, data, end=end)
        self._held += data
        if len(self._held) > self._most:
            return await self._refused("too long")
        if not end or not self._held:
            return b""
        return await self._whole(bytes(self._held))

    async def _events(self, cutter: Cutter, data: bytes, *, end: bool) -> bytes:
        made = bytearray()
        events = cutter.feed(data)
        if end and (last := cutter.rest()) is not None:
            events.append(last)
        for event in events:
            made += event.raw if self._open else await self._event(event)
            if self._over:
                return bytes(made)
        if self._open and (left := cutter.rest()) is not None:
            made += left.raw
        elif cutter.held > self._most:
            last = cutter.rest()
            self._held += last.raw if last else b""
            made += await self._refused("too long")
        return bytes(made)

    async def _event(self, event: Event) -> bytes:
        if event.data is None or not event.data.strip():
            return event.raw
        if event.name == "endpoint":  # The transport of 2024-11-05 names its address so.
            return event.raw if await self._is_fine(event.data.decode("utf-8", "replace")) else b""
        if len(event.data) > self._most:
            self._held += event.raw
            return await self._refused("too long")
        ruling = await self._guard.rule(event.data, Sender.SERVER, self._talk)
        if ruling.forward is event.data:
            return event.raw
        if ruling.forward is None and _unread(ruling):
            self._over = True
            return b"".join(
                b"event: message\ndata: " + answer.encode(each) + b"\n\n" for each in self._refusals(ruling)
            )
        return event.with_data(ruling.forward)

    async def _whole(self, body: bytes) -> bytes:
        parsed = parse(body)
        first = parsed.value[0] if isinstance(parsed.value, list) and parsed.value else parsed.value
        is_json = parsed.raw is None and not parsed.unread
        if (is_json and isinstance(first, dict) and "jsonrpc" in first) or (self._json and not is_json):
            ruling = await self._guard.rule(body, Sender.SERVER, self._talk)
            return body if ruling.forward is body else ruling.forward or self._instead(ruling)
        # A page that says that something went wrong, or JSON that is no message: a client may show it to its model.
        try:
            said = parsed.value if is_json else body.decode()
        except UnicodeDecodeError:
            return await self._refused("not UTF-8")
        ruling = await self._said(said)
        return body if _same(ruling) else self._instead(ruling)

    async def _is_fine(self, text: str) -> bool:
        return _same(await self._said(text))

    async def _said(self, value: object) -> Ruling:
        """The ruling on something that is no MCP message, as if it came with an error."""
        error = (
            {"code": -32000, "message": value}
            if isinstance(value, str)
            else {"code": -32000, "message": "", "data": value}
        )
        made = answer.encode({"jsonrpc": "2.0", "id": None, "error": error})
        return await self._guard.rule(made, Sender.SERVER, self._talk)

    async def _refused(self, why: str) -> bytes:
        """What passes of an answer that cannot be read."""
        ruling = await self._guard.refuse(bytes(self._held), Sender.SERVER, self._talk, why)
        if ruling.forward is not None:
            self._open = True
            return ruling.forward
        self._over = True
        if self._cutter is None:
            return self._instead(ruling)
        return b"".join(b"event: message\ndata: " + answer.encode(each) + b"\n\n" for each in self._refusals(ruling))

    def _instead(self, ruling: Ruling) -> bytes:
        """The answer to what the client asked, in place of one that does not pass."""
        made = self._refusals(ruling)
        if not made:
            return answer.encode(answer.error(None, _why(ruling)))
        return answer.encode(made[0] if len(made) == 1 else made)

    def _refusals(self, ruling: Ruling) -> list[dict[str, Any]]:
        made = [answer.refusal(given, asked, _why(ruling)) for given, asked in self._talk.waiting()]
        for given, _ in self._talk.waiting():
            self._talk.forget(Sender.CLIENT, given)
        return made


def _why(ruling: Ruling) -> str:
    decision = next((each for each in ruling.decisions if each.rules or each.error), ruling.decisions[0])
    return answer.text([*decision.rules, decision.error], decision.event)


def _same(ruling: Ruling) -> bool:
    return all(each.outcome.value in {"passed", "annotated"} for each in ruling.decisions)


def _unread(ruling: Ruling) -> bool:
    """Whether the bytes were no message that could be read."""
    return any(each.error and not each.method for each in ruling.decisions)


def _encoding(headers: Headers) -> str:
    found = headers.get("content-encoding", "").strip().lower()
    return "" if found == "identity" else found
