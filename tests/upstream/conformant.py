"""The server that the conformance suite of npm expects, on the `mcp` SDK: `python conformant.py PORT`."""

import asyncio
import base64
import sys
from typing import Any

import mcp_types as types
import uvicorn
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.prompts.base import UserMessage
from mcp.server.streamable_http import EventCallback, EventMessage, EventStore

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
WAV = base64.b64encode(
    b"RIFF\x26\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\2\0\0\0\0\0"
).decode()
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}},
    },
    "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"}},
    "additionalProperties": False,
}
DEFAULTS = {
    "name": {"type": "string", "default": "John Doe"},
    "age": {"type": "integer", "default": 30},
    "score": {"type": "number", "default": 95.5},
    "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
    "verified": {"type": "boolean", "default": True},
}
NAMES = ["option1", "option2", "option3"]
TITLED = [{"const": f"value{n}", "title": f"{name} Option"} for n, name in enumerate(("First", "Second", "Third"), 1)]
ENUMS = {
    "untitledSingle": {"type": "string", "enum": NAMES},
    "titledSingle": {"type": "string", "oneOf": TITLED},
    "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["One", "Two", "Three"]},
    "untitledMulti": {"type": "array", "items": {"type": "string", "enum": NAMES}},
    "titledMulti": {"type": "array", "items": {"anyOf": TITLED}},
}
USER = {
    "username": {"type": "string", "description": "User's response"},
    "email": {"type": "string", "description": "User's email address"},
}

mcp = MCPServer("conformant", log_level="CRITICAL")
plain = mcp.tool(structured_output=False)


class Events(EventStore):
    """The events of all streams, kept for clients that come back."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, Any]] = []

    async def store_event(self, stream_id: str, message: Any) -> str:
        """Keep an event."""
        self.kept.append((stream_id, message))
        return str(len(self.kept))

    async def replay_events_after(self, last_event_id: str, send_callback: EventCallback) -> str | None:
        """Send what came later on the same stream."""
        start = int(last_event_id)
        stream = self.kept[start - 1][0]
        for number, (each, message) in enumerate(self.kept[start:], start + 1):
            if each == stream and message is not None:
                await send_callback(EventMessage(message, str(number)))
        return stream


def embedded(uri: str, text: str, kind: str = "text/plain") -> types.EmbeddedResource:
    """A text resource in a content block."""
    return types.EmbeddedResource(resource=types.TextResourceContents(uri=uri, mime_type=kind, text=text))


IMAGE = types.ImageContent(data=PNG, mime_type="image/png")


@plain
def test_simple_text() -> Any:
    """Gives a text."""
    return "This is a simple text response for testing."


@plain
def test_image_content() -> Any:
    """Gives a picture."""
    return [IMAGE]


@plain
def test_audio_content() -> Any:
    """Gives a sound."""
    return [types.AudioContent(data=WAV, mime_type="audio/wav")]


@plain
def test_embedded_resource() -> Any:
    """Gives a resource."""
    return [embedded("test://embedded-resource", "This is an embedded resource content.")]


@plain
def test_multiple_content_types() -> Any:
    """Gives several things."""
    record = embedded("test://mixed-content-resource", '{"test":"data","value":123}', "application/json")
    return [types.TextContent(text="Multiple content types test:"), IMAGE, record]


@plain
async def test_tool_with_logging(ctx: Context) -> Any:
    """Logs."""
    for text in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await ctx.info(text)
        await asyncio.sleep(0.05)
    return "logged"


@plain
def test_error_handling() -> Any:
    """Fails."""
    raise ToolError("This tool intentionally returns an error for testing")


@plain
async def test_tool_with_progress(ctx: Context) -> Any:
    """Says how far it is."""
    for progress in (0, 50, 100):
        await ctx.report_progress(progress, 100)
        await asyncio.sleep(0.05)
    return "done"


@plain
async def test_sampling(prompt: str, ctx: Context) -> Any:
    """Asks the model."""
    asked = [types.SamplingMessage(role="user", content=types.TextContent(text=prompt))]
    said = await ctx.session.create_message(asked, max_tokens=100, related_request_id=ctx.request_id)
    return f"LLM response: {said.content.text}"


async def _elicited(ctx: Context, message: str, properties: Any, required: list[str]) -> str:
    schema = {"type": "object", "properties": properties, "required": required}
    said = await ctx.session.elicit_form(message, schema, related_request_id=ctx.request_id)
    return f"action={said.action}, content={said.content}"


@plain
async def test_elicitation(message: str, ctx: Context) -> Any:
    """Asks the user."""
    return f"User response: {await _elicited(ctx, message, USER, ['username', 'email'])}"


@plain
async def test_elicitation_sep1034_defaults(ctx: Context) -> Any:
    """Asks the user, with defaults."""
    return f"Elicitation completed: {await _elicited(ctx, 'Please review', DEFAULTS, [])}"


@plain
async def test_elicitation_sep1330_enums(ctx: Context) -> Any:
    """Asks the user to choose."""
    return f"Elicitation completed: {await _elicited(ctx, 'Please choose', ENUMS, [])}"


@plain
async def test_reconnection(ctx: Context) -> Any:
    """Ends the stream, and answers when the client has come back."""
    await ctx.close_sse_stream()
    await asyncio.sleep(0.1)
    return "Reconnection test completed successfully"


@plain
def json_schema_2020_12_tool(name: str = "", address: Any = None) -> Any:
    """Tool with JSON Schema 2020-12 features."""
    return name


mcp._tool_manager.get_tool("json_schema_2020_12_tool").parameters = SCHEMA


@mcp.prompt()
def test_simple_prompt() -> str:
    """Plain."""
    return "This is a simple prompt for testing."


@mcp.prompt()
def test_prompt_with_arguments(arg1: str, arg2: str) -> str:
    """Takes arguments."""
    return f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"


@mcp.prompt(name="test_prompt_with_embedded_resource")
def with_resource(resourceUri: str) -> Any:  # noqa: N803 - the suite names it so
    """Holds a resource."""
    held = embedded(resourceUri, "Embedded resource content for testing.")
    return [UserMessage(held), UserMessage("Please process the embedded resource above.")]


@mcp.prompt()
def test_prompt_with_image() -> Any:
    """Holds a picture."""
    return [UserMessage(IMAGE), UserMessage("Please analyze the image above.")]


@mcp.resource("test://static-text", mime_type="text/plain")
def static_text() -> str:
    """Text."""
    return "This is the content of the static text resource."


@mcp.resource("test://static-binary", mime_type="image/png")
def static_binary() -> bytes:
    """Picture."""
    return base64.b64decode(PNG)


@mcp.resource("test://watched-resource", mime_type="text/plain")
def watched() -> str:
    """Watched."""
    return "Watched."


@mcp.resource("test://template/{id}/data", mime_type="application/json")
def template(id: str) -> str:  # noqa: A002 - the suite names it so
    """Take a parameter."""
    return f'{{"id":"{id}","templateTest":true,"data":"Data for ID: {id}"}}'


@mcp.completion()
async def complete(ref: Any, argument: Any, context: Any) -> types.Completion:
    """Suggest words."""
    return types.Completion(values=["paris", "park", "party"], total=3)


async def _ok(ctx: Any, params: Any) -> types.EmptyResult:
    return types.EmptyResult()


if __name__ == "__main__":
    for method, params in (
        ("logging/setLevel", types.SetLevelRequestParams),
        ("resources/subscribe", types.SubscribeRequestParams),
        ("resources/unsubscribe", types.UnsubscribeRequestParams),
    ):
        mcp._lowlevel_server.add_request_handler(method, params, _ok)
    app = mcp.streamable_http_app(event_store=Events(), retry_interval=100)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
