"""The OpenAPI document is complete, and what it says is what happens."""

from __future__ import annotations

import asyncio
import json
import warnings

import hypothesis
import pytest
from scan_api import KEY, KEYS, application, client, settings

from mcpscan import Scanner
from mcpscan.finding import schema as report_schema
from mcpscan_service.settings import AuthSettings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    schemathesis = pytest.importorskip("schemathesis")

WITH_KEY = settings(auth=AuthSettings(keys=KEYS, allowed_hosts=("*",)))
BEARER = {"Authorization": f"Bearer {KEY}"}


@schemathesis.serializer("application/x-ndjson", "application/ndjson", "application/jsonl")
def json_lines(_context, value):
    """What is sent for a body of JSON Lines: a text as it is, anything else as one line."""
    return value.encode("utf-8", "replace") if isinstance(value, str) else json.dumps(value).encode()


def document():
    async def ask():
        async with client(Scanner(classifier=False), WITH_KEY) as made:
            return (await made.get("/openapi.json", headers=BEARER)).json()

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def told(private_cache):
    return document()


@pytest.fixture(scope="module")
def api(private_cache):
    app, scans = application(Scanner(classifier=False), WITH_KEY)
    yield schemathesis.openapi.from_asgi("/openapi.json", app, headers=BEARER)
    scans.close()


QUIET = [
    hypothesis.HealthCheck.too_slow,
    hypothesis.HealthCheck.filter_too_much,
    hypothesis.HealthCheck.large_base_example,
]
MODES = schemathesis.GenerationMode
OPERATIONS = (
    *(("POST", f"/v1/scan/{name}") for name in ("manifest", "result", "text", "message", "change", "batch")),
    ("GET", "/v1/rules"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
)


def try_out(api, method, path, mode, examples):
    """Send requests that the document allows, or that it forbids, and hold every answer to it."""
    operation = api[path][method]

    @hypothesis.settings(max_examples=examples, deadline=None, derandomize=examples < 100, suppress_health_check=QUIET)
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def every(case):
        case.call_and_validate(headers=BEARER)

    every()


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_one_that_the_document_describes(api, method, path):
    try_out(api, method, path, MODES.POSITIVE, 10)


# A line of a batch that is wrong is a line of the answer, so no body of a batch is refused.
REFUSING = [path for method, path in OPERATIONS if method == "POST" and not path.endswith("batch")]


@pytest.mark.parametrize("path", REFUSING)
def test_every_bad_request_is_refused_as_the_document_says(api, path):
    try_out(api, "POST", path, MODES.NEGATIVE, 10)


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_many_answers_are_ones_that_the_document_describes(api, method, path, mode):
    if path in REFUSING or mode is MODES.POSITIVE:
        try_out(api, method, path, mode, 500)


def operations(told):
    return {path: next(iter(item.values())) for path, item in told["paths"].items()}


def test_all_paths_are_described_with_examples_and_errors(told):
    found = operations(told)
    assert list(found) == [path for _, path in OPERATIONS]
    for path, operation in found.items():
        assert operation["summary"]
        assert operation["description"]
        for status, answer in operation["responses"].items():
            for content in answer["content"].values():
                assert "example" in content or content.get("examples"), (path, status)
        if path.startswith("/v1/scan/"):
            assert {"413", "415", "422", "503", "401", "403"} - operation["responses"].keys() <= {"413"}
            for content in operation["requestBody"]["content"].values():
                assert "example" in content or content.get("examples")
        assert bool(operation["security"]) is path.startswith("/v1/")


def test_the_examples_are_answered(told):
    async def ask():
        statuses = []
        async with client(Scanner(classifier=False), WITH_KEY) as made:
            for path, operation in operations(told).items():
                for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                    examples = [entry["value"] for entry in content.get("examples", {}).values()]
                    examples += [content["example"]] if "example" in content else []
                    for example in examples:
                        body = example if isinstance(example, str) else json.dumps(example)
                        answer = await made.post(path, content=body, headers={**BEARER, "content-type": kind})
                        statuses.append(answer.status_code)
        return statuses

    assert set(asyncio.run(ask())) == {200}


def test_the_report_is_described_as_the_library_describes_it(told):
    said = json.loads(json.dumps(told["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/"))
    wanted = report_schema()
    definitions = wanted.pop("$defs")
    assert said["Report"] == wanted
    assert {name: said[name] for name in definitions} == definitions
