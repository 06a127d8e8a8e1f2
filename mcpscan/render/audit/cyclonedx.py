"""CycloneDX 1.6: the inventory as a bill of materials, each client depending on the servers it is configured with.

A server that a client starts is a component (with its package URL where the launcher shows one), one that it dials is a
service. https://cyclonedx.org/docs/1.6/json/. Written by `cyclonedx-python-lib`, which the extra `audit` installs.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mcpscan.fleet import Audit, Audited
from mcpscan.render.audit.standing import by_client
from mcpscan.render.shown import shown

if TYPE_CHECKING:
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component
    from cyclonedx.model.service import Service
    from packageurl import PackageURL

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/mcpscan/mcpscan/audit")


def cyclonedx(audit: Audit) -> str:
    """The inventory as CycloneDX 1.6 JSON; the same inventory at the same time has the same serial number.

    Raises `ImportError` that says what to install where the library is missing.
    """
    try:
        from cyclonedx.output.json import JsonV1Dot6
    except ModuleNotFoundError as error:
        raise ImportError("CycloneDX needs a library: pip install 'mcpscan[audit]'") from error
    return str(JsonV1Dot6(_bom(audit)).output_as_string(indent=2)) + "\n"


def _bom(audit: Audit) -> Bom:
    from cyclonedx.model.bom import Bom, BomMetaData
    from cyclonedx.model.component import Component, ComponentType

    root = Component(name="mcp-servers", type=ComponentType.APPLICATION, bom_ref="mcp-servers")
    tool = Component(name="mcpscan", type=ComponentType.APPLICATION, version=audit.versions.get("mcpscan"))
    serial = uuid.uuid5(NAMESPACE, repr((audit.started, [server.id for server in audit.servers])).encode().hex())
    bom = Bom(serial_number=serial, metadata=BomMetaData(component=root, timestamp=_moment(audit.started)))
    bom.metadata.tools.components.add(tool)
    parts = [root]
    for use, mine in by_client(audit):
        client = Component(
            name=shown(use.client), type=ComponentType.APPLICATION, bom_ref=f"client:{shown(use.client)}",
            properties=_properties({"servers": use.servers, "tools": use.tools, "tokens": use.tokens}),
        )  # fmt: skip
        bom.components.add(client)
        parts.append(client)
        servers = [_add(bom, standing.server) for standing in mine]
        bom.register_dependency(client, servers)
    bom.register_dependency(root, parts[1:])
    return bom


def _add(bom: Bom, server: Audited) -> Component | Service:
    from cyclonedx.model import XsUri
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.service import Service

    installed = server.installed
    common: dict[str, Any] = {
        "name": shown(installed.name) or "(no name)", "bom_ref": f"server:{shown(server.id)}",
        "version": shown(installed.package.version) or None, "properties": _properties(_about(server)),
    }  # fmt: skip
    if installed.url and not installed.command:
        service = Service(
            **common, endpoints=[XsUri(shown(installed.url))], authenticated=bool(installed.headers) or None
        )
        bom.services.add(service)
        return service
    component = Component(**common, type=ComponentType.APPLICATION, purl=_purl(installed.package.purl))
    bom.components.add(component)
    return component


def _about(server: Audited) -> dict[str, object]:
    installed = server.installed
    return {
        "client": installed.client, "scope": installed.scope, "file": installed.file, "line": installed.line,
        "user": installed.user, "project": installed.project, "transport": installed.transport,
        "status": server.status.value, "enabled": installed.enabled, "identity": installed.identity,
        "command": " ".join(installed.command), "purl": installed.package.purl,
        "pinned": installed.package.pinned if installed.package.purl else "", "secrets": ", ".join(installed.secrets),
        "unasked": ", ".join(installed.unasked), "tools": len(server.tools) or "",
    }  # fmt: skip


def _properties(about: dict[str, object]) -> Iterator[Property]:
    from cyclonedx.model import Property

    for name, value in about.items():
        if value != "":
            text = str(value).lower() if isinstance(value, bool) else shown(str(value))
            yield Property(name=f"mcpscan:{name}", value=text)


def _purl(text: str) -> PackageURL | None:
    """The package URL, None for a text that is none; the text itself is a property all the same."""
    from packageurl import PackageURL

    try:
        return PackageURL.from_string(shown(text)) if text else None
    except ValueError:
        return None


def _moment(started: str) -> dt.datetime:
    """When the audit began; the epoch if it does not say, so that equal audits stay equal."""
    try:
        moment = dt.datetime.fromisoformat(started)
    except ValueError:
        return dt.datetime.fromtimestamp(0, dt.UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
