"""Envoy's external processor: gRPC `envoy.service.ext_proc.v3.ExternalProcessor/Process`, one stream per HTTP exchange.

Request and response bodies may be BUFFERED, STREAMED or FULL_DUPLEX_STREAMED; STREAMED responses pass event by event.
Needs the extra `envoy` (grpcio, envoy-data-plane). The agreement of headers and bodies is the proxy's own business.
"""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, Any

from mcpscan_service.adapters.http_exchange import HttpExchange
from mcpscan_service.guard import Conversation, Guard
from mcpscan_service.settings import Settings

if TYPE_CHECKING:
    import grpc.aio

Check = Callable[[str], str | None]
"""The name of the caller that a key belongs to, None for a key that nobody has."""

SERVICE = "envoy.service.ext_proc.v3.ExternalProcessor"
SERVER = "x-mcpscan-server"
KEY = "x-api-key"

_NONE, _STREAMED, _BUFFERED, _PARTIAL, _DUPLEX = 0, 1, 2, 3, 4


async def start(guard: Guard, settings: Settings, address: str = "127.0.0.1:0", check: Check | None = None) -> Started:
    """Serve at HOST:PORT or unix:PATH; port 0 is any that is free.

    With `check`, Envoy has to send a key as `x-api-key` in `initial_metadata`. Raises `ValueError` for an address that
    others can reach without one, `RuntimeError` for one that cannot be used, `ImportError` without the extra.
    """
    import grpc.aio
    from envoy_data_plane.envoy.service.ext_proc import v3

    if check is None and not is_local(address):
        raise ValueError(f"{address} can be reached from elsewhere: callers need keys there")
    limit = settings.limits.message_bytes + 1024 * 1024
    options = [
        ("grpc.max_receive_message_length", limit),
        ("grpc.max_send_message_length", -1),
        ("grpc.so_reuseport", 0),
    ]
    server = grpc.aio.server(options=options)
    process = grpc.stream_stream_rpc_method_handler(
        Processor(guard, settings, check).process,
        request_deserializer=v3.ProcessingRequest.parse,
        response_serializer=bytes,
    )
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, {"Process": process}),))
    port = server.add_insecure_port(address)
    await server.start()
    return Started(server, port, settings.limits.shutdown_seconds)


class Started:
    """A processor that listens on `port`."""

    def __init__(self, server: grpc.aio.Server, port: int, grace: float) -> None:
        self.port = port
        self._server = server
        self._grace = grace

    async def stop(self) -> None:
        """Take no new exchanges, and give those under way the time that the settings allow."""
        await self._server.stop(self._grace)


def is_local(address: str) -> bool:
    """Whether only this machine reaches an address.

    >>> [is_local(each) for each in ("127.0.0.1:9", "[::1]:9", "unix:/run/m", "0.0.0.0:9", "[::]:9", "localhost:9")]
    [True, True, True, False, False, True]
    """
    if address.startswith(("unix:", "unix-abstract:")):
        return True
    host = address.rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Processor:
    """The service that Envoy calls."""

    def __init__(self, guard: Guard, settings: Settings, check: Check | None = None) -> None:
        self._guard = guard
        self._settings = settings
        self._check = check

    async def process(self, messages: AsyncIterator[Any], context: Any) -> AsyncIterator[Any]:
        """One HTTP exchange."""
        import grpc

        sent = {key: value for key, value in context.invocation_metadata() or () if isinstance(value, str)}
        caller = "" if self._check is None else self._check(sent.get(KEY, ""))
        if caller is None:
            await context.abort(grpc.StatusCode.UNAUTHENTICATED, "a key is needed")
        stream = _Stream(self._guard, self._settings, sent.get(SERVER, ""), caller or "")
        async for message in messages:
            async for answer in stream.take(message):
                yield answer
                if answer.immediate_response is not None:
                    return


class _Stream:
    """What Envoy says of one HTTP exchange, and what it is told."""

    def __init__(self, guard: Guard, settings: Settings, server: str, caller: str) -> None:
        from envoy_data_plane.envoy.service.ext_proc import v3

        self._pb = v3
        known = settings.upstreams.get(server)
        self._talk = Conversation(
            server=server[:200] or "envoy",
            pin=known.pin if known else "",
            identity=caller,
            transport="adapter:envoy",
            nameless=not server,
        )
        self._most = settings.limits.message_bytes
        self._exchange = HttpExchange(guard, self._talk, self._most)
        self._modes = (_STREAMED, _STREAMED)
        self._head: Mapping[str, str] = {}
        self._body = bytearray()
        self._through = False

    async def take(self, message: Any) -> AsyncIterator[Any]:
        """The answers to one message of Envoy's."""
        from betterproto2 import which_one_of

        if (config := message.protocol_config) is not None:
            self._modes = (config.request_body_mode, config.response_body_mode)
        kind, value = which_one_of(message, "request")
        async for each in getattr(self, f"_{kind}")(value):
            yield each

    async def _request_headers(self, message: Any) -> AsyncIterator[Any]:
        head = self._head = _plain(message.headers)
        self._talk.session = head.get("mcp-session-id", "")[:200]
        self._talk.protocol = head.get("mcp-protocol-version", "")[:40]
        self._talk.trace = head.get("traceparent", "")[:80]
        unseen = {_NONE, _PARTIAL}
        if self._modes[1] in unseen or (self._modes[0] in unseen and not message.end_of_stream):
            yield self._now(500, b'{"error":"mcpscan: bodies are not sent to the processor whole"}')
            return
        # What the server would compress could not be read.
        gone = ["accept-encoding", *self._lengths(self._modes[0], message)]
        mutation = self._pb.HeaderMutation(remove_headers=gone)
        yield self._pb.ProcessingResponse(request_headers=self._pb.HeadersResponse(response=self._common(mutation)))

    async def _request_body(self, message: Any) -> AsyncIterator[Any]:
        if self._through:  # It was too long to hold, and the settings let it pass.
            yield self._onward(message.body, end=message.end_of_stream)
            return
        self._body += message.body
        whole = message.end_of_stream or self._modes[0] == _BUFFERED
        if whole or len(self._body) > self._most:
            yield await self._asked(end=message.end_of_stream)
            self._through = not whole
        elif self._modes[0] != _DUPLEX:
            yield self._request(self._pb.BodyMutation(clear_body=True))

    async def _asked(self, *, end: bool) -> Any:
        body = bytes(self._body)
        asked = await self._exchange.request(body, self._head)
        if asked.forward is None:
            return self._now(200 if asked.reply else 202, asked.reply or b"")
        if asked.forward is body and self._modes[0] == _BUFFERED:
            return self._request(None)
        return self._onward(asked.forward, end=end)

    def _onward(self, body: bytes, *, end: bool) -> Any:
        if self._modes[0] != _DUPLEX:
            return self._request(self._pb.BodyMutation(body=body), body)
        streamed = self._pb.StreamedBodyResponse(body=body, end_of_stream=end)
        return self._request(self._pb.BodyMutation(streamed_response=streamed))

    async def _request_trailers(self, _: Any) -> AsyncIterator[Any]:
        if self._modes[0] == _DUPLEX and self._body and not self._through:
            yield await self._asked(end=False)
        yield self._pb.ProcessingResponse(request_trailers=self._pb.TrailersResponse())

    async def _response_headers(self, message: Any) -> AsyncIterator[Any]:
        instead = None if message.end_of_stream else await self._exchange.respond(_plain(message.headers))
        if instead is not None:
            yield self._now(200, instead)
            return
        mutation = self._pb.HeaderMutation(remove_headers=self._lengths(self._modes[1], message))
        yield self._pb.ProcessingResponse(response_headers=self._pb.HeadersResponse(response=self._common(mutation)))

    async def _response_body(self, message: Any) -> AsyncIterator[Any]:
        end = message.end_of_stream or self._modes[1] == _BUFFERED
        passed = await self._exchange.feed(message.body, end=end)
        if self._modes[1] == _DUPLEX:
            if passed or message.end_of_stream:
                yield self._streamed(passed, end=message.end_of_stream)
        elif self._modes[1] == _BUFFERED and passed == message.body:
            yield self._response(None)
        elif passed:
            yield self._response(self._pb.BodyMutation(body=passed), passed)
        else:
            yield self._response(self._pb.BodyMutation(clear_body=True), passed)

    async def _response_trailers(self, _: Any) -> AsyncIterator[Any]:
        if self._modes[1] == _DUPLEX:
            yield self._streamed(await self._exchange.feed(b"", end=True), end=False)
        yield self._pb.ProcessingResponse(response_trailers=self._pb.TrailersResponse())

    def _lengths(self, mode: int, message: Any) -> list[str]:
        """The header that says a length which nobody knows yet."""
        return [] if mode == _BUFFERED or message.end_of_stream else ["content-length"]

    def _streamed(self, body: bytes, *, end: bool) -> Any:
        return self._response(
            self._pb.BodyMutation(streamed_response=self._pb.StreamedBodyResponse(body=body, end_of_stream=end))
        )

    def _request(self, body: Any, length_of: bytes | None = None) -> Any:
        response = self._common(self._length(self._modes[0], length_of), body)
        return self._pb.ProcessingResponse(request_body=self._pb.BodyResponse(response=response))

    def _response(self, body: Any, length_of: bytes | None = None) -> Any:
        response = self._common(self._length(self._modes[1], length_of), body)
        return self._pb.ProcessingResponse(response_body=self._pb.BodyResponse(response=response))

    def _length(self, mode: int, body: bytes | None) -> Any:
        """The new length, where the headers still wait for the body."""
        if mode != _BUFFERED or body is None:
            return None
        return _headers(self._pb, {"content-length": str(len(body))})

    def _common(self, headers: Any = None, body: Any = None) -> Any:
        return self._pb.CommonResponse(header_mutation=headers, body_mutation=body)

    def _now(self, status: int, body: bytes) -> Any:
        """An answer in the server's place."""
        from envoy_data_plane.envoy.type.v3 import HttpStatus, StatusCode

        headers = _headers(self._pb, {"content-type": "application/json"}) if body else None
        made = self._pb.ImmediateResponse(status=HttpStatus(code=StatusCode(status)), headers=headers, body=body)
        return self._pb.ProcessingResponse(immediate_response=made)


def _plain(headers: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in headers.headers if headers is not None else ():
        value = each.raw_value.decode("utf-8", "replace") if each.raw_value else each.value
        found[each.key] = f"{found[each.key]},{value}" if each.key in found else value
    return found


def _headers(pb: Any, values: Mapping[str, str]) -> Any:
    from envoy_data_plane.envoy.config.core.v3 import (
        HeaderValue,
        HeaderValueOption,
        HeaderValueOptionHeaderAppendAction,
    )

    return pb.HeaderMutation(
        set_headers=[
            HeaderValueOption(
                header=HeaderValue(key=key, raw_value=value.encode()),
                append_action=HeaderValueOptionHeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
            )
            for key, value in values.items()
        ]
    )
