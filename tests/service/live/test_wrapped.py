"""Real stdio servers behind `mcpscan wrap`: files, a repository, a page of the web. Run with: pytest -m live"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys

import pytest
from mcp import Client, StdioServerParameters
from upstream.faulty import faulty
from upstream.installing import OLD_SERVERS, npm, python
from upstream.world import MARK, POISON

pytestmark = pytest.mark.live

WRAP = (sys.executable, "-m", "mcpscan", "wrap", "--no-classifier", "--")


def ask(argv, calls):
    """What a server lists, and what it answers to some calls."""
    said = json.dumps(asyncio.run(_ask([str(word) for word in argv], calls)))
    # One server shows the addresses of its objects.
    return json.loads(re.sub(r"0x[0-9a-f]{6,}", "0x", said))


async def _ask(argv, calls):
    # A cold start compiles the patterns; the client is to wait for it.
    server = StdioServerParameters(command=argv[0], args=argv[1:])
    async with Client(server, read_timeout_seconds=180) as client:
        said = [await client.list_tools(), *[await client.call_tool(name, given) for name, given in calls]]
    return [each.model_dump(mode="json", by_alias=True) for each in said]


def both(argv, calls):
    return ask(argv, calls), ask([*WRAP, *argv], calls)


def test_files_that_are_read_through_the_wrapper(tmp_path):
    (tmp_path / "calm.txt").write_text("Zürich ☕\nline two\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text(f"Minutes.\n{POISON}\n", encoding="utf-8")
    program = npm() / "node_modules" / ".bin" / "mcp-server-filesystem"
    paths = [str(tmp_path / name) for name in ("calm.txt", "notes.txt", "missing.txt")]
    calls = [("read_text_file", {"path": path}) for path in paths] + [("list_directory", {"path": str(tmp_path)})]
    direct, through = both([program, tmp_path], calls)
    assert [place for place, said in enumerate(direct) if said != through[place]] == [2]
    assert through[2]["isError"]
    assert MARK not in json.dumps(through)


def test_a_repository_whose_history_is_poisoned(tmp_path):
    def git(*words):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *words], check=True, capture_output=True)

    git("init", "-b", "main")
    git("commit", "--allow-empty", "-m", "First.")
    git("checkout", "-b", "calm")
    git("checkout", "-b", "other")
    git("commit", "--allow-empty", "-m", f"Fix the build.\n\n{POISON}")
    program = python(OLD_SERVERS).parent / "mcp-server-git"
    place = {"repo_path": str(tmp_path)}
    calls = [("git_status", place), ("git_log", place), ("git_show", {**place, "revision": "calm"})]
    direct, through = both([program], calls)
    assert [place for place, said in enumerate(direct) if said != through[place]] == [2]
    assert MARK not in json.dumps(through)


@pytest.mark.parametrize("raw", [True, False])
def test_a_poisoned_page_that_is_fetched(raw):
    async def page(asked):
        if asked.path == "/robots.txt":
            await asked.answer(b"", "text/plain", "404 Not Found")
        else:
            text = POISON if "poison" in asked.path else "A quiet page about soup."
            await asked.answer(f"Welcome.\n{text}\n".encode(), "text/plain")

    program = python(OLD_SERVERS).parent / "mcp-server-fetch"
    with faulty(page) as server:
        calls = [("fetch", {"url": f"{server.url}/{name}", "raw": raw}) for name in ("calm", "poison")]
        direct, through = both([program], calls)
    assert MARK in json.dumps(direct[2])
    assert [place for place, said in enumerate(direct) if said != through[place]] == [2]
    assert re.search(r"Blocked by policy: [\w, -]+\. Reference \w+\.", through[2]["content"][0]["text"])
    assert MARK not in json.dumps(through)


def test_a_server_that_says_everything_says_the_same():
    program = npm() / "node_modules" / ".bin" / "mcp-server-everything"
    calls = [
        ("echo", {"message": "☕"}),
        ("get-sum", {"a": 2, "b": 3}),
        ("get-structured-content", {"location": "Chicago"}),
    ]
    direct, through = both([program, "stdio"], calls)
    assert through == direct
