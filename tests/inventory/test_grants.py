"""Tools that settings beside the entries let run unasked are told at the servers that they belong to."""

from __future__ import annotations

import json

import pytest

from mcpscan.inventory import Machine, inventory


def laid(tmp_path, files):
    for path, value in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(json.dumps(value))
    machine = Machine("linux", tmp_path / "home" / "ana", tmp_path)
    found = inventory(machine, [tmp_path / "shop"] if (tmp_path / "shop").exists() else ())
    assert found.unread == ()
    return {(server.client, server.name): server.unasked for server in found.servers}


SERVERS = {"mcpServers": {"git": {"command": "x"}, "my db": {"command": "x", "autoApprove": ["ls"]}}}


@pytest.mark.parametrize(
    ("allowed", "git", "database"),
    [
        (["mcp__git__status", "Bash(ls)"], ("status",), ("ls",)),
        (["mcp__git"], ("*",), ("ls",)),
        (["mcp__git__*", "mcp__my_db__drop__all"], ("*",), ("ls", "drop__all")),
        (["mcp__other__x", 5, None], (), ("ls",)),
        ("mcp__git", (), ("ls",)),
    ],
)
def test_claude_code_permissions(tmp_path, allowed, git, database):
    settings = {"permissions": {"allow": allowed}}
    found = laid(tmp_path, {"home/ana/.claude.json": SERVERS, "home/ana/.claude/settings.json": settings})
    assert found == {("Claude Code", "git"): git, ("Claude Code", "my db"): database}


def test_permissions_of_a_project_count_for_its_own_and_the_users_servers(tmp_path):
    found = laid(
        tmp_path,
        {
            "home/ana/.claude.json": SERVERS | {"projects": {"/else": {"mcpServers": {"git2": {"command": "x"}}}}},
            "shop/.mcp.json": {"mcpServers": {"cart": {"command": "x"}}},
            "shop/.claude/settings.json": {"permissions": {"allow": ["mcp__cart__pay", "mcp__git", "mcp__git2"]}},
        },
    )
    assert found == {
        ("Claude Code", "git"): ("*",),
        ("Claude Code", "my db"): ("ls",),
        ("Claude Code", "git2"): (),
        ("Claude Code", "cart"): ("pay",),
    }


def test_agents_of_kiro_and_amazon_q(tmp_path):
    agent = {"mcpServers": {"own": {"command": "x"}}, "allowedTools": ["@own/read", "@git", "fs_read"]}
    found = laid(
        tmp_path,
        {
            "home/ana/.kiro/agents/a.json": agent,
            "home/ana/.kiro/settings/mcp.json": SERVERS,
            "home/ana/.cursor/mcp.json": SERVERS,
        },
    )
    assert found["Kiro", "own"] == ("read",)
    assert found["Kiro", "git"] == ("*",)
    assert found["Cursor", "git"] == ()


@pytest.mark.parametrize(("state", "unasked"), [(True, ("*",)), (False, ())])
def test_one_switch_for_everything_in_vs_code(tmp_path, state, unasked):
    found = laid(
        tmp_path,
        {
            "home/ana/.config/Code/User/mcp.json": {"servers": {"a": {"command": "x"}}},
            "home/ana/.config/Code/User/settings.json": {"chat.tools.global.autoApprove": state},
        },
    )
    assert found == {("VS Code", "a"): unasked}
