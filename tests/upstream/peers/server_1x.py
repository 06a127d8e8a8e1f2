"""A server of the 1.x SDK: `python server_1x.py PORT TRANSPORT [POISON]`; POISON is the text of one result."""

import sys

from mcp.server.fastmcp import Context, FastMCP
from pydantic import BaseModel

port, transport, text = int(sys.argv[1]), sys.argv[2], (sys.argv[3:] or ["A quiet page."])[0]
mcp = FastMCP("old", instructions="Looks things up.", port=port, log_level="CRITICAL")


class Meal(BaseModel):
    """What the user is asked for."""

    dish: str = "soup"


@mcp.tool()
def add(a: int, b: int) -> int:
    """Adds two numbers."""
    return a + b


@mcp.tool()
def read_page() -> str:
    """Reads the page."""
    return text


@mcp.tool()
async def work(ctx: Context) -> str:
    """Works, and says how far it is."""
    for step in range(5):
        await ctx.report_progress(step, 5, f"step {step}")
    await ctx.info("nearly done")
    return "done"


@mcp.tool()
async def order(ctx: Context) -> str:
    """Orders a dish."""
    answer = await ctx.elicit("Which dish?", Meal)
    return f"one {answer.data.dish}"


@mcp.prompt(description="Greets.")
def greet(name: str) -> str:
    """Greet."""
    return f"Hello {name}."


@mcp.resource("notes://today")
def today() -> str:
    """Notes of today."""
    return "Buy milk."


mcp.run(transport)
