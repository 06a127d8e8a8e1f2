"""The conversations that go on over several HTTP exchanges."""

from __future__ import annotations

from collections import OrderedDict

from mcpscan_service.guard import Conversation

MOST = 10_000
"""Sessions that are remembered; beyond it the longest unused are forgotten, and their answers known by their shape."""

_Key = tuple[str, str, str]


class Sessions:
    """Conversations by server, caller and session id. Belongs to one event loop."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[_Key, Conversation] = OrderedDict()

    def find(self, server: str, identity: str, session: str) -> Conversation | None:
        """The conversation of a session that this caller opened, or None."""
        key = (server, identity, session)
        found = self._known.get(key)
        if found is not None:
            self._known.move_to_end(key)
        return found

    def keep(self, talk: Conversation) -> None:
        """Remember a conversation under its session id."""
        self._known[talk.server, talk.identity, talk.session] = talk
        while len(self._known) > self._most:
            self._known.popitem(last=False)

    def end(self, talk: Conversation) -> None:
        """Forget a conversation whose session ended."""
        self._known.pop((talk.server, talk.identity, talk.session), None)
