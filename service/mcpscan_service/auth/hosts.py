"""Against DNS rebinding: requests are served for names this filter goes by, and to pages of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mcpscan_service.auth.check import is_loopback
from mcpscan_service.problem import ProblemError

_HOST = re.compile(rb"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9_.-]{1,253})(?::[0-9]{1,5})?")
_EVERY = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - addresses that stand for all, and are no name of a host


class Hosts:
    """The hosts and origins that are served.

    Hosts: those of loopback, the one listened on, and `allowed`, where "*.example.com" stands for every name below and
    "*" for every host. A page of the same host is served, others if `origins` names them; programs send no origin.
    """

    def __init__(self, bound: str, allowed: Iterable[str] = (), origins: Iterable[str] = ()) -> None:
        names = {name.lower().strip("[]") for name in allowed}
        self._any = "*" in names
        self._below = tuple(name[1:] for name in names if name.startswith("*."))
        self._names = names | {"localhost"} | ({bound.lower().strip("[]")} - _EVERY)
        self._origins = frozenset(origin.lower().rstrip("/") for origin in origins)

    def check(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Raise `ProblemError` for a request to a host that this is not, or of a page that is not ours.

        `Forwarded` and `X-Forwarded-*` are not looked at: anybody can write them.
        """
        headers = tuple(headers)
        hosts = [value for name, value in headers if name.lower() == b"host"]
        origins = [value for name, value in headers if name.lower() == b"origin"]
        if len(hosts) != 1 or not self._is_served(hosts[0]):
            raise ProblemError(
                "forbidden", "Host: this host is not served here; auth.allowed_hosts names those that are"
            )
        if origins and (len(origins) > 1 or not self._is_ours(origins[0], hosts[0])):
            raise ProblemError("forbidden", "Origin: this page may not call; auth.allowed_origins names those that may")

    def _is_served(self, host: bytes) -> bool:
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match[1].decode().lower().strip("[]")
        return self._any or name in self._names or is_loopback(name) or name.endswith(self._below)

    def _is_ours(self, origin: bytes, host: bytes) -> bool:
        said = origin.decode("latin-1").lower()
        here = host.decode("latin-1").lower()
        return said in self._origins or said in {f"http://{here}", f"https://{here}"}
