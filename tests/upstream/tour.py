"""A client of the `mcp` SDK that asks a server for everything and writes down what it gets, step by step."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import mcp_types as types
from mcp import Client
from mcp.shared.exceptions import MCPError

Steps = dict[str, list[Any]]


class Tour:
    """What one client was told: for every step the messages in the order they came."""

    def __init__(self) -> None:
        self.steps: Steps = {}
        self._here: list[Any] = []

    async def step(self, name: str, asking: Callable[[], Awaitable[Any]]) -> None:
        """Ask once; what comes meanwhile belongs to this step."""
        self._here = self.steps.setdefault(name, [])
        try:
            self._here.append(_plain(await asking()))
        except MCPError as problem:
            self._here.append(["error", problem.code, problem.message, problem.data])

    async def heard(self, *said: Any) -> None:
        """Take down a notification."""
        self._here.append(["heard", *map(_plain, said)])

    async def asked(self, context: Any, params: Any) -> Any:
        """Answer what the server asks the user or the model."""
        self._here.append(["asked", _plain(params)])
        if isinstance(params, types.CreateMessageRequestParams):
            return types.CreateMessageResult(role="assistant", content=types.TextContent(text="blue"), model="m")
        return types.ElicitResult(action="accept", content={"dish": "stew"})


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return value


async def tour(url: Any, mode: str) -> Steps:
    """Everything a server offers, by step. A connection that is refused is the only step then."""
    notes = Tour()
    options = {"sampling_callback": notes.asked, "elicitation_callback": notes.asked, "logging_callback": notes.heard}
    client = Client(url, mode=mode, cache=None, read_timeout_seconds=20, log_level="debug", **options)
    try:
        async with client:
            notes.steps["connect"] = [[client.protocol_version, client.session.instructions]]
            await _lists(notes, client)
            await _calls(notes, client)
            await _reads(notes, client)
    except* MCPError as problems:
        problem: Any = problems.exceptions[0]
        while isinstance(problem, ExceptionGroup):
            problem = problem.exceptions[0]
        notes.steps["connect"] = [["error", problem.code, problem.message]]
    return notes.steps


async def _lists(notes: Tour, client: Client) -> None:
    await notes.step("tools", client.list_tools)
    await notes.step("prompts", client.list_prompts)
    await notes.step("resources", client.list_resources)
    await notes.step("templates", client.list_resource_templates)


async def _calls(notes: Tour, client: Client) -> None:
    await notes.step("add", lambda: client.call_tool("add", {"a": 2, "b": 3}))
    await notes.step("work", lambda: client.call_tool("work", progress_callback=notes.heard))
    for name in ("read_page", "look_up", "attach", "fail", "refuse", "order", "think"):
        await notes.step(name, lambda name=name: client.call_tool(name))
    await notes.step("wrong arguments", lambda: client.call_tool("add", {"a": "two"}))
    await notes.step("no such tool", lambda: client.call_tool("nothing"))


async def _reads(notes: Tour, client: Client) -> None:
    await notes.step("greet", lambda: client.get_prompt("greet", {"name": "Ada"}))
    for uri in ("notes://today", "notes://old", "notes://day/monday", "notes://nowhere"):
        await notes.step(uri, lambda uri=uri: client.read_resource(uri))
    reference = types.PromptReference(name="greet")
    await notes.step("complete", lambda: client.complete(reference, {"name": "name", "value": "m"}))


def poisoned(steps: Steps, marks: tuple[str, ...]) -> set[str]:
    """The steps in which a mark was heard."""
    return {name for name, said in steps.items() if any(mark in json.dumps(said) for mark in marks)}
