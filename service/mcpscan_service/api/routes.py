"""The scan API as routes of a FastAPI application: described there, and served before FastAPI's own layers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from mcpscan_service.api import bodies, description
from mcpscan_service.api.batch import BatchHandler
from mcpscan_service.api.bounds import Bounded, Refusal
from mcpscan_service.api.endpoint import Api, Endpoint, Handler, ScanHandler
from mcpscan_service.api.ready import Readiness, ReadyHandler, healthy
from mcpscan_service.api.ruleset import RulesHandler
from mcpscan_service.api.scans import RETRY
from mcpscan_service.guard import BusyError
from mcpscan_service.problem import App, ProblemError, Receive, Scope, Send, of_status, refuse

OPEN = frozenset({"/healthz", "/readyz"})
"""Paths that anybody may ask."""

_SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key, or a JWT of the configured issuer"},
    "key": {"type": "apiKey", "in": "header", "name": "x-api-key", "description": "An API key"},
}


def endpoints(api: Api, readiness: Readiness) -> dict[str, Endpoint]:
    """Every path with the ASGI application that serves it."""
    scans: dict[str, Handler] = {
        "manifest": ScanHandler(api, bodies.manifest, lines=True, named=True),
        "result": ScanHandler(api, bodies.result),
        "text": ScanHandler(api, bodies.text),
        "message": ScanHandler(api, bodies.message),
        "change": ScanHandler(api, bodies.change),
        "batch": BatchHandler(api),
    }
    return {f"/v1/scan/{name}": Endpoint(("POST",), handler) for name, handler in scans.items()} | {
        "/v1/rules": Endpoint(("GET", "HEAD"), RulesHandler(api.scans)),
        "/healthz": Endpoint(("GET", "HEAD"), healthy),
        "/readyz": Endpoint(("GET", "HEAD"), ReadyHandler(readiness)),
    }


def router(api: Api, readiness: Readiness) -> APIRouter:
    """The paths with their descriptions. They work in any FastAPI application; `install` makes them fast, too."""
    made = APIRouter()
    told = _told()
    for path, endpoint in endpoints(api, readiness).items():
        method = endpoint.methods[0]
        made.add_api_route(
            path, _served(endpoint), methods=[method], status_code=200, response_class=_Delegated, **told[path]
        )
    return made


class Front:
    """An ASGI application whose busy paths are served before the layers of a framework see them."""

    def __init__(self, app: App, paths: Mapping[str, App]) -> None:
        self._app = app
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        served = self._paths.get(scope["path"]) if scope["type"] == "http" else None
        await (served or self._app)(scope, receive, send)


def install(app: FastAPI, api: Api, readiness: Readiness, refusals: Mapping[str, Refusal] | None = None) -> Front:
    """Put the scan API into an application, and make problems of the errors of all its routes.

    Serve what comes back: it takes a request of the API to its endpoint straight away, which saves about as much time
    as the scan of a short text takes, and holds all other routes to the limits (`refusals`: see `Bounded`). The
    application itself serves the same paths, more slowly and without limits.
    """
    app.include_router(router(api, readiness))
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(ProblemError, _refused)
    app.add_exception_handler(BusyError, _refused)
    app.add_exception_handler(OSError, _refused)
    app.add_exception_handler(Exception, _refused)
    _describe(app)
    return Front(Bounded(app, api, refusals or {}), endpoints(api, readiness))


class _Delegated(Response):
    """A response that an endpoint makes itself."""

    media_type = None  # Else FastAPI describes a body of its own.

    def __init__(self, endpoint: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        super().__init__()
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._endpoint(scope, receive, send)


def _served(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:  # noqa: ARG001 - FastAPI reads the signature
        return _Delegated(endpoint)

    serve.__annotations__ = {"request": Request, "return": Response}
    return serve


def _refused(request: Request, problem: Exception) -> Response:
    """The answer to a request that an exception ended."""
    if isinstance(problem, HTTPException):
        kept = tuple((name.lower().encode(), value.encode()) for name, value in (problem.headers or {}).items())
        made = of_status(problem.status_code, kept)
    else:
        made = problem if isinstance(problem, ProblemError) else _made(problem)

    async def send_it(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - no body is read
        await refuse(scope, send, made)

    del request
    return _Delegated(send_it)


def _made(problem: Exception) -> ProblemError:
    if isinstance(problem, RequestValidationError):
        return ProblemError("invalid")
    if isinstance(problem, BusyError):
        return ProblemError("busy", headers=RETRY)
    return ProblemError("not-recorded", headers=RETRY) if isinstance(problem, OSError) else ProblemError("internal")


def _describe(app: FastAPI) -> None:
    """Add the schemas and the ways to authenticate to the OpenAPI document of an application."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = plain()
            components = made.setdefault("components", {})
            components.setdefault("schemas", {}).update(description.schemas())
            components.setdefault("securitySchemes", {}).update(_SECURITY)
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _told() -> dict[str, dict[str, Any]]:
    """What FastAPI is told of each path."""
    json, lines = "application/json", "application/x-ndjson"
    rules = {"digest": "0f1e2d3c4b5a6978", "rules": []}
    ready = {"status": "ready", "checks": [{"name": "rules", "ok": True, "detail": ""}]}
    unready = description.success("Ready", {"status": "not ready", "checks": []})[200] | {"description": "Not ready"}
    readyz = description.look("Ready", ready, ("method-not-allowed", "internal"))
    readyz["responses"][503] = unready
    told = {
        "/v1/scan/manifest": description.scan("manifest", description.DOCUMENT, (json, lines)),
        "/v1/scan/result": description.scan("result", description.RESULT),
        "/v1/scan/text": description.scan("text", description.reference("TextAsk")),
        "/v1/scan/message": description.scan("message", description.MESSAGE),
        "/v1/scan/change": description.scan("change", description.reference("ChangeAsk")),
        "/v1/scan/batch": description.batch(),
        "/v1/rules": description.look("Ruleset", rules),
        "/healthz": description.look("Alive", {"status": "alive"}, ("method-not-allowed", "internal")),
        "/readyz": readyz,
    }
    for path, entry in told.items():
        entry |= {
            "summary": description.WORDS[path][0],
            "description": description.WORDS[path][1],
            "tags": [path.split("/")[1]],
        }
        entry["operation_id"] = path.removeprefix("/v1/").replace("/", "_").strip("_")
        entry["openapi_extra"]["security"] = [] if path in OPEN else [{"bearer": []}, {"key": []}]
    return told
