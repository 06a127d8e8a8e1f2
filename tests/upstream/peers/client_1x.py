"""A client of the 1.x SDK: `python client_1x.py URL MODE PLAN` prints what it was told, as JSON.

MODE is "http" or "sse"; PLAN a JSON list of [step, method, parameters].
"""

import json
import sys

import anyio
from mcp import ClientSession, McpError, types
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamablehttp_client

url, mode, plan = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
told: dict[str, list] = {}
steps: list[list] = [[]]


def plain(value):
    return value.model_dump(mode="json", by_alias=True, exclude_none=True) if hasattr(value, "model_dump") else value


async def hear(message):
    if isinstance(message, types.ServerNotification) and not isinstance(message.root, types.ProgressNotification):
        steps[-1].append(["heard", plain(message.root)])


async def asked(_context, params):
    steps[-1].append(["asked", plain(params)])
    if isinstance(params, types.CreateMessageRequestParams):
        return types.CreateMessageResult(
            role="assistant", content=types.TextContent(type="text", text="blue"), model="m"
        )
    return types.ElicitResult(action="accept", content={"dish": "stew"})


async def progressed(progress, total, message):
    steps[-1].append(["progress", progress, total, message])


async def one(session, method, params):
    if method == "tools/call":
        return await session.call_tool(params["name"], params.get("arguments", {}), progress_callback=progressed)
    if method == "prompts/get":
        return await session.get_prompt(params["name"], params.get("arguments"))
    if method == "resources/read":
        return await session.read_resource(params["uri"])
    if method == "completion/complete":
        return await session.complete(types.PromptReference(type="ref/prompt", name=params["name"]), params["argument"])
    verbs = {
        "tools/list": session.list_tools,
        "prompts/list": session.list_prompts,
        "resources/list": session.list_resources,
        "resources/templates/list": session.list_resource_templates,
    }
    return await verbs[method]()


async def main():
    opened = sse_client(url) if mode == "sse" else streamablehttp_client(url)
    async with opened as streams:
        options = {"sampling_callback": asked, "elicitation_callback": asked, "message_handler": hear}
        async with ClientSession(streams[0], streams[1], **options) as session:
            try:
                hello = await session.initialize()
                told["connect"] = [[hello.protocolVersion, hello.instructions]]
            except McpError as problem:
                told["connect"] = [["error", problem.error.code, problem.error.message]]
                return
            for step, method, params in plan:
                told[step] = []
                steps.append(told[step])
                try:
                    steps[-1].append(plain(await one(session, method, params)))
                except McpError as problem:
                    steps[-1].append(["error", problem.error.code, problem.error.message, problem.error.data])


anyio.run(main)
print(json.dumps(told))
