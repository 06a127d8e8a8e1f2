"""A reverse proxy for MCP over HTTP: everything that passes is decided about first."""

from mcpscan_service.proxy.proxy import Proxy

__all__ = ["Proxy"]
