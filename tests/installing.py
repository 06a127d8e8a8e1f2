"""Configurations in many spellings, and a desk at which the wrapper is put into one and taken out again."""

from __future__ import annotations

from pathlib import Path

from mcpscan.inventory import Machine, inventory
from mcpscan_service.wrap.install.chosen import Where
from mcpscan_service.wrap.install.run import Job
from mcpscan_service.wrap.options import Options

PROGRAM = ("/opt/my tools/mcpscan",)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Desk:
    """Installs and uninstalls in one file, and keeps what was said."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.said: list[str] = []

    def job(self, *, dry: bool = False) -> Job:
        where = Where(("all",), file=self.file, machine=Machine("linux", self.file.parent, self.file.parent))
        return Job(where, self.said.append, dry)

    def install(self, *names: str, options: Options | None = None, dry: bool = False) -> int:
        return self.job(dry=dry).install(names, options or Options(), PROGRAM)

    def uninstall(self, *names: str) -> int:
        return self.job().uninstall(names)

    def commands(self) -> dict[str, tuple[str, ...]]:
        found = inventory(Machine("linux", self.file.parent, self.file.parent), files=(self.file,), homes=False)
        return {server.name: server.argv for server in found.servers}


HARD = {
    "no arguments": ("a.json", '{"mcpServers": {\n  "x": {\n    "command": "c"\n  }\n}}', "c"),
    "empty arguments": ("a.json", '{"mcpServers": {"x": {"args": [ /* none */ ], "command": "c"}}}', "c"),
    "null arguments": ("a.json", '{"mcpServers": {"x": {"command": "c", "args": null, "env": {}}}}', "c"),
    "json5": ("a.json5", "{mcpServers: {'x': {command: 'c', args: ['a',], }, }, } // end", "c a"),
    "comments": ("a.jsonc", '{"servers": {"x": {"command" /* which */ : // it\n "c", "args": [ // these\n "a" ]}}}', "c a"),
    "escapes": ("a.json", '{"mcpServers": {"\\u0078": {"command": "c\\u0020d/e", "args": ["\\"--\\"", "\\\\"]}}}', None),
    "crlf": ("a.json", '{\r\n  "mcpServers": {\r\n    "x": {\r\n      "command": "c"\r\n    }\r\n  }\r\n}\r\n', "c"),
    "bom": ("a.json", b'\xef\xbb\xbf{"mcpServers": {"x": {"command": "c", "args": []}}}', "c"),
    "utf-16": ("a.json", '\ufeff{"mcpServers": {"x": {"command": "c", "args": ["é"]}}}'.encode("utf-16-le"), "c é"),
    "array": ("a.json", '{"mcp": {"x": {"type": "local", "command": [ "c", "a" ], "enabled": false}}}', "c a"),
    "array and arguments": ("a.json", '{"mcp": {"x": {"command": ["c"], "args": ["a"]}}}', "c a"),
    "nested": ("a.json", '{"context_servers": {"x": {"command": {"path": "c", "args": ["a"], "env": {"A": "b"}}}}}', "c a"),
    "nested without arguments": ("a.json", '{"context_servers": {"x": {"command": {"path": "c"}, "settings": {}}}}', "c"),
    "transport": ("a.json", '{"mcpServers": {"x": {"transport": {"type": "stdio", "command": "c", "args": ["a"]}}}}', "c a"),
    "disabled": ("a.json", '{"mcpServers": {"x": {"disabled": true, "command": "c", "args": ["a"]}}}', "c a"),
    "bare": (".mcp.json", '{"x": {"command": "c", "args": ["a"]}}', "c a"),
    "odd name": ("a.json", '{"mcpServers": {"--": {"command": "c"}}}', "c"),
    "toml": ("a.toml", '# top\n[mcp_servers.x] # it\ncommand = \'c\' # program\nargs = [\n  "a", # one\n  """b""",\n]\n', "c a b"),
    "toml without arguments": ("a.toml", '[mcp_servers.x]\n  command = "c"\n  env = { A = "b" }\n', "c"),
    "toml inline": ("a.toml", 'mcp_servers.x = { command = "c", env = { A = "b" } }', "c"),
    "toml dotted": ("a.toml", 'mcp_servers.x.command = "c"\nmcp_servers.x.enabled = false\n', "c"),
    "toml quoted": ("a.toml", '["mcp_servers"."x"]\r\n"command" = "c"\r\n"args" = []\r\n', "c"),
    "toml dates": ("a.toml", "since = 1979-05-27 07:32:00\nx = [[1, 2.5], []]\n[[rows]]\na = 1\n[[rows]]\n[mcp_servers.x]\ncommand = 'c'\n", "c"),
    "yaml": ("a.yaml", "# top\nmcpServers:\n  - name: x\n    command: c # program\n    args:\n    - a # one\n    - 'b'\n", "c a b"),
    "yaml deep list": ("a.yaml", "mcpServers:\n  - name: x\n    args:\n        - a\n        - b\n    command: c\n", "c a b"),
    "yaml command first": ("a.yaml", "mcpServers:\n  - command: c\n    name: x\n", "c"),
    "yaml flow": ("a.yaml", 'extensions: {x: {cmd: c, args: [a, "b"], type: stdio}}\n', "c a b"),
    "yaml flow without arguments": ("a.yaml", "extensions: {x: {cmd: c, type: stdio}}\n", "c"),
    "yaml nothing": ("a.yaml", "extensions:\n  x:\n    cmd: c\n    args:\n    type: stdio\n", "c"),
    "yaml empty": ("a.yaml", "extensions:\n  x:\n    cmd: c\n    args: []\n    type: stdio", "c"),
    "yaml crlf": ("a.yaml", "mcpServers:\r\n  x:\r\n    command: c\r\n    args:\r\n      - a\r\n", "c a"),
    "yaml wrapped list": ("a.yaml", "mcpServers:\n  - x:\n      command: c\n      args: [a]\n", "c a"),
    "front matter": ("agents.md", "---\nname: t\nmcp-servers:\n  x:\n    type: local\n    command: c\n---\nBe good.\n", "c"),
}  # fmt: skip


REFUSED = {
    "alias": ("a.yaml", "p: &p npx\nmcpServers:\n  x:\n    command: *p\n", "alias"),
    "merge": ("a.yaml", "b: &b {command: npx}\nmcpServers:\n  x:\n    <<: *b\n    env: {}\n", "does not stand in the entry"),
    "anchor": ("a.yaml", "mcpServers:\n  x:\n    command: &p npx\n  y:\n    command: uvx\n    args: [*p]\n", "anchor"),
    "entry alias": ("a.yaml", "mcpServers:\n  x: &x\n    command: npx\n  y: *x\n", "would change"),
    "block": ("a.yaml", "mcpServers:\n  x:\n    command: >-\n      npx\n", "block"),
    "twice": ("a.json", '{"mcpServers": {"x": {"command": "c", "command": "d"}}}', "more than once"),
    "twice named": ("a.json", '{"mcpServers": {"x": {"command": "c"}, "x": {"command": "d"}}}', "more than once"),
    "one text": ("a.json", '{"mcpServers": {"x": {"command": "npx -y thing"}}}', "whole command line"),
    "odd arguments": ("a.json", '{"mcpServers": {"x": {"command": "c", "args": "a b"}}}', "no list of texts"),
    "numbers": ("a.json", '{"mcpServers": {"x": {"command": "c", "args": [1]}}}', "no list of texts"),
}  # fmt: skip
