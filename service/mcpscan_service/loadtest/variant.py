"""What is measured: the server alone, the proxy without scanning, with rules, with the classifier."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Any

import uvicorn

from mcpscan.engine import Scanner
from mcpscan_service.guard import Conversation, Decision, Guard, Judge, Message, Ruling, Sender
from mcpscan_service.loadtest.origin import Origin
from mcpscan_service.memory import settle
from mcpscan_service.settings import AuthMode, AuthSettings, Settings, Upstream

App = Callable[..., Awaitable[Any]]


class Variant(StrEnum):
    """One row of the report."""

    DIRECT = "direct"
    PASSING = "passing"
    RULES = "rules"
    CLASSIFIER = "classifier"


class Passing(Guard):
    """A guard that lets everything pass and looks at nothing: what the proxy costs without the scan."""

    _decided: tuple[Decision, ...] = ()

    async def rule(self, data: bytes, sender: Sender, talk: Conversation) -> Ruling:
        """Let it pass, as the one decision that was made at the first message."""
        if not self._decided:
            self._decided = (await super().rule(data, sender, talk)).decisions
        return Ruling(data, None, self._decided)

    async def rule_ahead(self, data: bytes, talk: Conversation, messages: Sequence[Message] = ()) -> Ruling:
        """Let it pass."""
        del talk, messages
        return Ruling(data, None, ())


def proxy(variant: Variant, url: str) -> App:
    """The proxy before a server."""
    from mcpscan_service.proxy import Proxy

    classifier = variant is Variant.CLASSIFIER
    upstreams = {"origin": Upstream(url=url)}
    auth = AuthSettings(mode=AuthMode.OFF)
    settings = Settings(upstreams=upstreams, auth=auth, classifier=classifier)
    kind = Passing if variant is Variant.PASSING else Guard
    scanner = Scanner(classifier=classifier)
    if variant is not Variant.PASSING:
        scanner.warm()  # As a service does before its first caller.
        settle()
    return Proxy(settings, kind(Judge(scanner), settings.guard))


def serve(app: App) -> None:
    """Serve on a free port of loopback until killed; the port is the first line of standard output."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    startup = server.startup

    async def started(sockets: Any = None) -> None:
        await startup(sockets)
        print(server.servers[0].sockets[0].getsockname()[1], flush=True)  # noqa: T201 - the parent reads it

    server.startup = started  # type: ignore[method-assign]
    server.run()


def main() -> None:
    """`origin NUMBER FRESH STREAM`, or a variant and the address of the server behind it."""
    if sys.argv[1] == "origin":
        number, fresh, stream = map(int, sys.argv[2:5])
        serve(Origin(number, fresh=bool(fresh), stream=bool(stream)))
    else:
        serve(proxy(Variant(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    main()
