"""A machine on which every client is installed: its files as people have them, on all three platforms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mcpscan.inventory import Machine

HOMES = {"linux": "home/ana", "darwin": "Users/ana", "win32": "Users/ana"}
DATA = {
    "linux": "home/ana/.config",
    "darwin": "Users/ana/Library/Application Support",
    "win32": "Users/ana/AppData/Roaming",
}
GOOSE = {"linux": "home/ana/.config", "darwin": "Users/ana/.config", "win32": "Users/ana/AppData/Roaming/Block"}
ZED = {
    "linux": "home/ana/.config/zed",
    "darwin": "Users/ana/Library/Application Support/Zed",
    "win32": "Users/ana/AppData/Roaming/Zed",
}
MANAGED = {
    "linux": {
        "Claude Code": "etc/claude-code/managed-mcp.json",
        "Codex CLI": "etc/codex/config.toml",
        "opencode": "etc/opencode/opencode.json",
        "Amp": "etc/ampcode/managed-settings.json",
    },
    "darwin": {
        "Claude Code": "Library/Application Support/ClaudeCode/managed-mcp.json",
        "Codex CLI": "etc/codex/config.toml",
        "opencode": "Library/Application Support/opencode/opencode.json",
        "Amp": "Library/Application Support/ampcode/managed-settings.json",
    },
    "win32": {
        "Claude Code": "Program Files/ClaudeCode/managed-mcp.json",
        "Codex CLI": "ProgramData/OpenAI/Codex/config.toml",
        "opencode": "ProgramData/opencode/opencode.json",
        "Amp": "ProgramData/ampcode/managed-settings.json",
    },
}


@dataclass(frozen=True, slots=True)
class File:
    """One file of a client, and the names of the servers in it."""

    client: str
    scope: str
    path: str
    text: str
    servers: tuple[str, ...]


USER_FILES = (
    File("Claude Desktop", "user", "{data}/Claude/claude_desktop_config.json", """{
  "globalShortcut": "Ctrl+Space",
  "mcpServers": {
    "notes": {
      "command": "npx",
      "args": ["-y", "@example/notes-server", "/home/ana/notes"]
    }
  }
}
""", ("notes",)),
    File("Claude Desktop", "extension", "{data}/Claude/Claude Extensions/ext.calendar/manifest.json", """{
  "manifest_version": "0.3",
  "name": "calendar",
  "description": "Reads the calendar of this computer",
  "server": {"type": "node", "entry_point": "index.js", "mcp_config": {
    "command": "node", "args": ["${__dirname}/index.js"], "env": {"REGION": "${user_config.region}"}}},
  "user_config": {"region": {"type": "string", "description": "Where you live"}}
}
""", ("calendar",)),
    File("Claude Desktop", "plugin", "{data}/Claude/local-agent-mode-sessions/a1/b2/rpm/manifest.json",
         '{"plugins": [{"id": "p1", "description": "Tickets", "mcpServers": {"tickets": {"url": "https://t.example/mcp"}}}]}',
         ("tickets",)),
    File("Claude Code", "user", "{home}/.claude.json", """{
  "numStartups": 12,
  "mcpServers": {
    "docs": {"type": "http", "url": "https://docs.example/mcp", "headers": {"X-Key": "${DOCS_KEY}"}}
  },
  "projects": {
    "/home/ana/shop": {
      "allowedTools": [],
      "mcpServers": {
        "shop-db": {"type": "stdio", "command": "uvx", "args": ["shop-db-mcp==1.4.0"], "env": {}}
      }
    },
    "/home/ana/empty": {"mcpServers": {}}
  }
}
""", ("docs", "shop-db")),
    File("Claude Code", "plugin", "{home}/.claude/plugins/cache/market/linter/1.0.0/.mcp.json",
         '{"lint": {"command": "${CLAUDE_PLUGIN_ROOT}/bin/lint", "args": []}}', ("lint",)),
    File("Claude Code", "plugin", "{home}/.claude/plugins/cache/market/inline/2.0.0/.claude-plugin/plugin.json",
         '{"name": "inline", "description": "Formats", "mcpServers": {"format": {"command": "fmt-mcp"}}}', ("format",)),
    File("Claude Code", "plugin", "{home}/.claude/plugins/repos/me/other/.mcp.json",
         '{"mcpServers": {"wrapped": {"type": "ws", "url": "wss://w.example/mcp"}}}', ("wrapped",)),
    File("Claude Code", "user", "{home}/.claude/agents/tester.md", """---
name: tester
description: Runs the tests
mcpServers:
  - docs
  - browser:
      type: stdio
      command: npx
      args: ["-y", "browser-mcp@latest"]
---
You run tests.
""", ("browser",)),
    File("Cursor", "user", "{home}/.cursor/mcp.json", """{"mcpServers": {
  "tracker": {"url": "https://tracker.example/sse", "headers": {"Authorization": "Bearer ${env:TRACKER}"},
    "auth": {"CLIENT_ID": "abc", "CLIENT_SECRET": "${env:SECRET}"}},
  "shell": {"command": "bash", "args": ["-c", "npx -y shell-mcp"]}
}}
""", ("tracker", "shell")),
    File("Cursor", "plugin", "{home}/.cursor/plugins/maps/mcp.json", '{"maps": {"command": "maps-mcp"}}', ("maps",)),
    File("Cursor", "extension", "{home}/.cursor/extensions/acme.db-1.0.0/package.json",
         '{"name": "db", "contributes": {"mcpServerDefinitionProviders": [{"id": "acme.db", "label": "Acme DB"}]}}',
         ("Acme DB",)),
    File("VS Code", "user", "{data}/Code/User/mcp.json", """// my servers
{
  "inputs": [
    {"type": "promptString", "id": "key", "description": "Key of the weather service", "password": true},
  ],
  "servers": {
    /* remote */
    "weather": {
      "type": "http",
      "url": "https://weather.example/mcp",
      "headers": {"X-Key": "${input:key}"},
    },
  },
}
""", ("weather",)),
    File("VS Code", "user", "{data}/Code - Insiders/User/profiles/5c1/mcp.json",
         '{"servers": {"profiled": {"command": "profiled-mcp", "envFile": "${workspaceFolder}/.env"}}}', ("profiled",)),
    File("VS Code", "user", "{data}/VSCodium/User/settings.json", """{
  "editor.tabSize": 2, // two
  "mcp": {"inputs": [], "servers": {"old": {"command": "old-mcp", "args": []}}},
}
""", ("old",)),
    File("VS Code", "extension", "{home}/.vscode/extensions/acme.cloud-2.1.0/package.json",
         '{"contributes": {"mcpServerDefinitionProviders": [{"id": "acme.cloud", "label": "Cloud"}]}}', ("Cloud",)),
    File("Copilot CLI", "user", "{home}/.copilot/mcp-config.json",
         '{"mcpServers": {"local-one": {"type": "local", "command": "one", "args": [], "tools": ["*"]}}}', ("local-one",)),
    File("Copilot CLI", "plugin", "{home}/.copilot/installed-plugins/m/p/.mcp.json",
         '{"mcpServers": {"plugged": {"command": "plugged"}}}', ("plugged",)),
    File("Windsurf", "user", "{home}/.codeium/windsurf/mcp_config.json",
         '{"mcpServers": {"surf": {"serverUrl": "https://surf.example/sse"}}}', ("surf",)),
    File("Cline", "user", "{data}/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json",
         '{"mcpServers": {"files": {"type": "streamableHttp", "url": "http://127.0.0.1:9000/mcp", "disabled": true,'
         ' "autoApprove": ["read_file"]}}}', ("files",)),
    File("Cline CLI", "user", "{home}/.cline/data/settings/cline_mcp_settings.json",
         '{"mcpServers": {"cli": {"command": "cli-mcp"}}}', ("cli",)),
    File("Roo", "user", "{data}/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json",
         '{"mcpServers": {"roo": {"command": "npx", "args": ["roo-mcp@3.0.1"], "alwaysAllow": ["search"]}}}', ("roo",)),
    File("Kilo", "user", "{home}/.config/kilo/kilo.jsonc",
         '{"mcp": {"kilo-db": {"type": "local", "command": ["npx", "-y", "kilo-db"], "environment": {"A": "b"}}}, }',
         ("kilo-db",)),
    File("Continue", "user", "{home}/.continue/config.yaml", """name: Mine
version: 1.0.0
schema: v1
mcpServers:
  - name: sqlite
    command: npx
    args:
      - "-y"
      - mcp-sqlite
    env:
      TOKEN: ${{ secrets.TOKEN }}
  - name: far
    type: streamable-http
    url: https://far.example/mcp
    requestOptions:
      headers:
        Authorization: Bearer ${{ secrets.FAR }}
""", ("sqlite", "far")),
    File("Continue", "user", "{home}/.continue/mcpServers/copied.json", '{"mcpServers": {"copied": {"command": "c"}}}',
         ("copied",)),
    File("Zed", "user", "{zed}/settings.json", """{
  // context servers
  "context_servers": {
    "pg": {"source": "custom", "command": {"path": "pg-mcp", "args": ["--ro"], "env": {"PGHOST": "db"}}},
    "new": {"source": "custom", "enabled": false, "command": "new-mcp", "args": []},
  },
}
""", ("pg", "new")),
    File("Gemini CLI", "user", "{home}/.gemini/settings.json",
         '{"theme": "x", "mcpServers": {"sse": {"url": "https://g.example/sse"}, "http": {"httpUrl": "https://g.example/mcp",'
         ' "trust": true}}}', ("sse", "http")),
    File("Gemini CLI", "extension", "{home}/.gemini/extensions/sec/gemini-extension.json",
         '{"name": "sec", "version": "1", "mcpServers": {"sec": {"command": "node", "args": ["${extensionPath}/s.js"]}}}',
         ("sec",)),
    File("Codex CLI", "user", "{home}/.codex/config.toml", """model = "o9"
notify = ["a", "b"]

[mcp_servers.github]
url = "https://gh.example/mcp"
bearer_token_env_var = "GH_TOKEN"
http_headers = { "X-Mode" = "read" }

[mcp_servers.context]
command = "npx"
args = [
  "-y", # no questions
  "context-mcp",
]
enabled = false

[mcp_servers.context.env]
LEVEL = "debug"

[mcp_servers.context.tools.drop]
approval_mode = "approve"
""", ("github", "context")),
    File("Codex CLI", "user", "{home}/.codex/work.config.toml", '[mcp_servers."at work"]\ncommand = "work-mcp"\n',
         ("at work",)),
    File("Codex CLI", "plugin", "{home}/.codex/plugins/cache/m/p/1/.mcp.json",
         '{"mcpServers": {"codex-plugged": {"command": "x"}}}', ("codex-plugged",)),
    File("Goose", "user", "{goose}/goose/config.yaml", """GOOSE_MODEL: big
extensions:
  developer:
    type: builtin
    name: developer
    enabled: true
  drive:
    type: stdio
    name: Drive
    description: Files in the drive
    cmd: uvx
    args: [drive-mcp]
    envs:
      ROOT: /srv
    env_keys: [DRIVE_TOKEN]
    enabled: true
  remote:
    type: streamable_http
    uri: https://goose.example/mcp
    enabled: false
""", ("developer", "drive", "remote")),
    File("LM Studio", "user", "{home}/.lmstudio/mcp.json", '{"mcpServers": {"lm": {"url": "https://lm.example/mcp"}}}',
         ("lm",)),
    File("Amazon Q", "user", "{home}/.aws/amazonq/mcp.json", '{"mcpServers": {"q": {"command": "q-mcp"}}}', ("q",)),
    File("Amazon Q", "user", "{home}/.aws/amazonq/agents/default.json",
         '{"name": "default", "description": "The usual one", "mcpServers": {"q2": {"command": "q2"}}}', ("q2",)),
    File("Kiro", "user", "{home}/.kiro/settings/mcp.json",
         '{"mcpServers": {"k": {"command": "k", "autoApprove": ["*"]}}, "powers": {"mcpServers": {"pow": {"command": "p"}}}}',
         ("k", "pow")),
    File("Kiro", "plugin", "{home}/.kiro/powers/installed/figures/mcp.json", '{"mcpServers": {"fig": {"command": "f"}}}',
         ("fig",)),
    File("opencode", "user", "{home}/.config/opencode/opencode.json",
         '{"$schema": "s", "mcp": {"jira": {"type": "remote", "url": "https://j.example/mcp", "enabled": true}}}', ("jira",)),
    File("opencode", "user", "{home}/.opencode/opencode.jsonc", '{"mcp": {"servers": {"two": {"command": ["two", "go"]}}}}',
         ("two",)),
    File("Warp", "user", "{home}/.warp/.mcp.json", '{"bare": {"command": "w", "working_directory": "/srv/w"}}', ("bare",)),
    File("Amp", "user", "{home}/.config/amp/settings.json", '{"amp.mcpServers": {"amp": {"command": "amp-mcp"}}} // end',
         ("amp",)),
    File("Antigravity", "user", "{home}/.gemini/antigravity/mcp_config.json",
         '{"mcpServers": {"grav": {"serverUrl": "https://grav.example/mcp"}}}', ("grav",)),
    File("Hermes", "user", "{home}/.hermes/config.yaml", "mcp_servers:\n  her:\n    command: her\n    args: [x]\n", ("her",)),
    File("OpenClaw", "user", "{home}/.openclaw/openclaw.json", "{mcp: {servers: {'claw': {command: 'claw-mcp',}}}}",
         ("claw",)),
    File("Kimi", "user", "{home}/.kimi-code/mcp.json", '{"mcpServers": {"kimi": {"command": "k"}}}', ("kimi",)),
    File("Grok", "user", "{home}/.grok/config.toml", '[mcp_servers]\ngrok = { command = "g", args = ["a"] }\n', ("grok",)),
    File("Pi", "user", "{home}/.pi/agent/mcp.json", '{"mcpServers": {"pi": {"command": "p"}}}', ("pi",)),
    File("Mastra", "user", "{home}/.mastracode/mcp.json", '{"mcpServers": {"mas": {"command": "m"}}}', ("mas",)),
    File("mcporter", "user", "{home}/.mcporter/mcporter.jsonc", '{"mcpServers": {"port": {"command": "p"}}} // x', ("port",)),
    File("fx", "user", "{home}/.fx/mcp.json", '{"mcpServers": {"fx": {"command": "f"}}}', ("fx",)),
)  # fmt: skip

PROJECT_FILES = (
    File("Claude Code", "project", ".mcp.json", '{"mcpServers": {"shared": {"command": "shared-mcp"}}}', ("shared",)),
    File("Cursor", "project", ".cursor/mcp.json", '{"mcpServers": {"cur": {"command": "c"}}}', ("cur",)),
    File("VS Code", "project", ".vscode/mcp.json", '{"servers": {"code": {"command": "c"}}, "inputs": []}', ("code",)),
    File("VS Code", "project", "shop.code-workspace",
         '{"folders": [{"path": "."}], "settings": {"mcp": {"servers": {"space": {"command": "s"}}}}}', ("space",)),
    File("VS Code", "project", ".devcontainer/devcontainer.json",
         '{"image": "x", "customizations": {"vscode": {"mcp": {"servers": {"dev": {"command": "d"}}}}}}', ("dev",)),
    File("Copilot CLI", "project", ".github/mcp.json", '{"mcpServers": {"hub": {"command": "h"}}}', ("hub",)),
    File("Copilot CLI", "project", ".github/agents/reviewer.md",
         "---\ndescription: Reviews\nmcp-servers:\n  rev:\n    type: local\n    command: rev\n---\nReview it.\n", ("rev",)),
    File("Roo", "project", ".roo/mcp.json", '{"mcpServers": {"roop": {"command": "r"}}}', ("roop",)),
    File("Kilo", "project", "kilo.json", '{"mcp": {"kp": {"type": "local", "command": ["k"]}}}', ("kp",)),
    File("Kilo", "project", ".kilocode/mcp.json", '{"mcpServers": {"kc": {"command": "k"}}}', ("kc",)),
    File("Continue", "project", ".continue/mcpServers/pw.yaml",
         "name: pw\nmcpServers:\n  - name: Playwright\n    command: npx\n    args: ['@playwright/mcp@latest']\n", ("Playwright",)),
    File("Zed", "project", ".zed/settings.json", '{"context_servers": {"zp": {"command": "z"}}}', ("zp",)),
    File("Gemini CLI", "project", ".gemini/settings.json", '{"mcpServers": {"gp": {"command": "g"}}}', ("gp",)),
    File("Codex CLI", "project", ".codex/config.toml", '[mcp_servers.cp]\ncommand = "c"\n', ("cp",)),
    File("Junie", "project", ".junie/mcp/mcp.json", '{"mcpServers": {"jun": {"command": "j"}}}', ("jun",)),
    File("Air", "project", ".air/mcp.json", '{"mcpServers": {"air": {"command": "a"}}}', ("air",)),
    File("Amazon Q", "project", ".amazonq/mcp.json", '{"mcpServers": {"qp": {"command": "q"}}}', ("qp",)),
    File("Kiro", "project", ".kiro/settings/mcp.json", '{"mcpServers": {"kirop": {"command": "k"}}}', ("kirop",)),
    File("Kiro", "project", ".kiro/agents/a.json", '{"name": "a", "mcpServers": {"kiroa": {"command": "k"}}}', ("kiroa",)),
    File("opencode", "project", ".opencode/opencode.json", '{"mcp": {"op": {"type": "local", "command": ["o"]}}}', ("op",)),
    File("Warp", "project", ".warp/.mcp.json", '{"mcpServers": {"wp": {"command": "w"}}}', ("wp",)),
    File("Amp", "project", ".amp/settings.jsonc", '{"amp.mcpServers": {"ap": {"command": "a"}}}', ("ap",)),
)  # fmt: skip

_MANAGED_TEXTS = {
    "Claude Code": '{"mcpServers": {"company": {"type": "http", "url": "https://mcp.corp.example"}}}',
    "Codex CLI": '[mcp_servers.company]\nurl = "https://mcp.corp.example"\n',
    "opencode": '{"mcp": {"company": {"type": "remote", "url": "https://mcp.corp.example"}}}',
    "Amp": '{"amp.mcpServers": {"company": {"url": "https://mcp.corp.example"}}}',
}


def build(root: Path, platform: str) -> tuple[Machine, Path, set[tuple[str, str, str, Path]]]:
    """Lay all files below a folder; the machine, its project, and (client, scope, name, file) of every server."""
    project = root / HOMES[platform] / "shop"
    places = {"home": HOMES[platform], "data": DATA[platform], "goose": GOOSE[platform], "zed": ZED[platform]}
    if platform == "win32":
        places["goose"] = "Users/ana/AppData/Roaming/Block/goose/config"
    laid: set[tuple[str, str, str, Path]] = set()
    for file in USER_FILES:
        spelled = file.path.replace("{goose}/goose/", "{goose}/") if platform == "win32" else file.path
        laid |= _lay(root / spelled.format(**places), file)
    for file in PROJECT_FILES:
        laid |= _lay(project / file.path, file)
    for client, path in MANAGED[platform].items():
        laid |= _lay(root / path, File(client, "managed", path, _MANAGED_TEXTS[client], ("company",)))
    return Machine(platform, root / HOMES[platform], root), project, laid


def _lay(path: Path, file: File) -> set[tuple[str, str, str, Path]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file.text, encoding="utf-8")
    return {(file.client, file.scope, name, path) for name in file.servers}
