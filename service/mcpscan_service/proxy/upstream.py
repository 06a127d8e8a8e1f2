"""One server behind the proxy: where it is, and how it is spoken to."""

from __future__ import annotations

from collections.abc import Iterable

from yarl import URL

from mcpscan_service.proxy.route import Leaf
from mcpscan_service.settings import AuthMode, Upstream, Wire
from mcpscan_service.wire.fields import Pair, to_server

TRY_NEXT = frozenset({404, 405, 406})
"""Statuses by which a server says that an address is not one it speaks MCP at."""


class Target:
    """An upstream with its addresses. `settled` are those that were found to be right."""

    def __init__(self, name: str, upstream: Upstream, auth: AuthMode) -> None:
        self.name = name
        self.upstream = upstream
        self.pin = upstream.pin
        self._settled: dict[Leaf, URL] = {}
        self._url = URL(upstream.url, encoded=True)
        self._added = [(n.lower().encode(), v.get_secret_value().encode()) for n, v in upstream.headers.items()]
        self._replaced = frozenset(name for name, _ in self._added)
        # The caller's credentials are for the filter; they go on only where somebody said so, or nobody asked for any.
        said = "pass_headers" in upstream.model_fields_set or auth is AuthMode.OFF
        self._keep = frozenset(each.lower().encode() for each in upstream.pass_headers) if said else frozenset[bytes]()

    def addresses(self, leaf: Leaf) -> tuple[URL, ...]:
        """Where to try, in this order; the first that was right before is the only one. Empty for a wire it has not."""
        if leaf in self._settled:
            return (self._settled[leaf],)
        wire, path = self.upstream.wire, self._url.raw_path.rstrip("/")
        if wire is not Wire.AUTO:
            return (self._url,) if (wire is Wire.SSE) == (leaf is Leaf.SSE) else ()
        other = {Leaf.MCP: "sse", Leaf.SSE: "mcp"}[leaf]
        if path.endswith(f"/{other}"):
            return ()
        if path.endswith(f"/{leaf.value}"):
            return (self._url,)
        return self._url, self._url.with_path(f"{path}/{leaf.value}", encoded=True).with_query(self._url.query)

    def settle(self, leaf: Leaf, url: URL) -> None:
        """An address was found to be right."""
        self._settled[leaf] = url

    def endpoint(self, base: URL, said: bytes) -> URL | None:
        """The address in a legacy `endpoint` event, or None unless it is of the upstream's own origin."""
        try:
            url = base.join(URL(said.decode("ascii").strip(), encoded=True))
            return url if url.origin() == self._url.origin() and not url.user else None
        except (ValueError, TypeError):
            return None

    def headers(self, given: Iterable[Pair]) -> list[tuple[str, str]]:
        """The header fields of a request to it. Raises `ValueError` for one that is no text."""
        pairs = [*to_server(given, self._keep, self._replaced), *self._added, (b"accept-encoding", b"identity")]
        return [(name.decode("ascii"), value.decode()) for name, value in pairs]
