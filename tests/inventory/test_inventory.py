"""Every client's servers are found, on every platform, in every scope; what cannot be read is said, the rest goes on."""

from __future__ import annotations

import base64
import json
import os
import pkgutil
import plistlib
import socket
from importlib import import_module
from pathlib import Path

import homes
import pytest

from mcpscan.inventory import Machine, client_names, clients, inventory, search
from mcpscan.inventory.clients import CLIENTS

PLATFORMS = ("linux", "darwin", "win32")


def machine_with(tmp_path: Path, files: dict[str, str | bytes], platform="linux", **more) -> Machine:
    home = tmp_path / "home" / "ana"
    home.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return Machine(platform, home, tmp_path, **more)


def names(found) -> list[str]:
    return [server.name for server in found.servers]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_everything_on_a_machine_is_found(tmp_path, platform):
    machine, project, laid = homes.build(tmp_path, platform)
    found = inventory(machine, [project])
    assert {(s.client, s.scope, s.name, s.file) for s in found.servers} == laid
    assert len(found.servers) == len(laid)
    assert found.unread == ()
    assert {server.client for server in found.servers} == {client.name for client in CLIENTS}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_server_stands_on_its_line(tmp_path, platform):
    machine, project, _ = homes.build(tmp_path, platform)
    for server in inventory(machine, [project]).servers:
        line = server.file.read_text().splitlines()[server.line - 1]
        own = server.key[-1] if not server.key[-1].isdigit() and server.key[-1] != "mcp_config" else ""
        assert own in line, (server.client, server.name, line)
        for member, at in server.places.items():
            last = member.rsplit("/", maxsplit=1)[-1]
            if not last.isdigit():
                assert last in server.file.read_text().splitlines()[at - 1], (server.client, member)


def test_every_client_file_is_registered():
    modules = {module.name for module in pkgutil.iter_modules(clients.__path__)}
    declared = {import_module(f"mcpscan.inventory.clients.{name}").CLIENT.name for name in modules}
    assert declared == {client.name for client in CLIENTS}
    assert len(CLIENTS) == len(modules) == len(set(client_names()))
    assert len(modules) >= 25


def test_members_stand_on_their_lines(tmp_path):
    machine, _, _ = homes.build(tmp_path, "linux")
    by_name = {server.name: server for server in inventory(machine).servers}
    assert by_name["weather"].line == 8
    assert by_name["weather"].places["headers/X-Key"] == 11
    assert by_name["context"].line == 9
    assert by_name["context"].places["args/1"] == 13
    assert by_name["context"].places["env/LEVEL"] == 18
    assert by_name["sqlite"].line == 5
    assert by_name["sqlite"].places["env/TOKEN"] == 11
    assert by_name["browser"].line == 6
    assert by_name["shop-db"].project == "/home/ana/shop"
    assert by_name["shop-db"].key == ("projects", "/home/ana/shop", "mcpServers", "shop-db")


def test_texts_beside_the_servers_are_kept(tmp_path):
    machine, project, _ = homes.build(tmp_path, "linux")
    texts = {text.strip(): (line, key) for _, line, key, text in inventory(machine, [project]).texts}
    assert texts["Key of the weather service"] == (4, ("inputs", "0", "description"))
    assert texts["Where you live"] == (7, ("user_config", "region", "description"))
    assert texts["Reviews"] == (2, ("description",))
    assert texts["You run tests."] == (11, ())


def test_only_named_clients_are_looked_for(tmp_path):
    machine, project, _ = homes.build(tmp_path, "linux")
    found = inventory(machine, [project], clients=["cursor", "VS Code"])
    assert {server.client for server in found.servers} == {"Cursor", "VS Code"}
    assert "shared" in names(found), "Cursor reads .mcp.json too"
    with pytest.raises(ValueError, match="no such client: nonsense; known are claude-code"):
        inventory(machine, clients=["nonsense"])


def test_a_file_reached_two_ways_is_read_once(tmp_path):
    machine = machine_with(tmp_path, {".cursor/mcp.json": '{"mcpServers": {"a": {"command": "x"}}}'})
    (tmp_path / "link.json").symlink_to(machine.home / ".cursor/mcp.json")
    found = inventory(machine, [machine.home], files=[machine.home / ".cursor/mcp.json", tmp_path / "link.json"])
    assert names(found) == ["a"]
    assert found.files == (machine.home / ".cursor/mcp.json",)


def test_a_file_of_any_dialect_is_read(tmp_path):
    cases = {
        "a.json": '{"mcpServers": {"a": {"command": "x"}}}',
        "b.json": '{"servers": {"b": {"url": "https://x.example"}}}',
        "c.json": '{"mcp": {"servers": {"c": {"command": ["x"]}}}}',
        "d.json": '{"amp.mcpServers": {"d": {"command": "x"}}}',
        "e.json": '{"e": {"httpUrl": "https://x.example"}}',
        "f.toml": '[mcp_servers.f]\ncommand = "x"',
        "g.yaml": "extensions:\n  g:\n    cmd: x\n",
        "h": "mcp_servers:\n  h:\n    command: x\n",
        "i": '[mcp_servers.i]\ncommand = "x"\n',
        "j": '{"mcp": {"j": {"type": "local", "command": ["x"]}}}',
        "k.json": '{"name": "k", "command": "x"}',
        "l.json": '{"projects": {"/p": {"mcpServers": {"l": {"command": "x"}}}}}',
        "m.json": '[{"name": "m", "command": "x"}]',
        "n.md": "---\nmcp-servers:\n  n:\n    command: x\n---\n",
        "o.json": '{"context_servers": {"o": {"command": {"path": "x"}}}}',
    }
    for name, text in cases.items():
        (tmp_path / name).write_text(text)
    machine = machine_with(tmp_path, {".cursor/mcp.json": '{"mcpServers": {"not-asked": {"command": "x"}}}'})
    found = inventory(machine, files=[tmp_path / name for name in cases], homes=False)
    assert names(found) == [name[0] for name in cases]
    assert found.unread == ()


def test_a_file_is_known_by_its_place(tmp_path):
    file = tmp_path / "copy" / ".gemini" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"mcpServers": {"a": {"url": "https://x.example"}}}')
    (server,) = inventory(Machine("linux", tmp_path / "nobody", tmp_path), files=[file]).servers
    assert (server.client, server.transport) == ("Gemini CLI", "sse")


BROKEN = {
    "syntax": ('{"mcpServers": {\n"a": }}', 2, "not JSON"),
    "cut": ('{"mcpServers": {"a": {"command": "x"', 1, "not JSON: something unexpected at column 37"),
    "single": ("7", 1, "holds a single value"),
    "root": ('{\n"mcpServers": "yes"}', 2, "mcpServers is no map of servers but a text"),
    "dialect": ('{"other": {"a": {"b": 1}}}', 1, "unknown dialect"),
    "bytes": (b'{"mcpServers":\n{"a": {"command": "\xff"}}}', 2, "not UTF-8 at byte"),
    "deep": ("[" * 100_000, 0, "nested too deeply"),
    "deep-loose": ("[" * 5000 + "'a'", 0, "nested too deeply"),
    "number": ('{"a": ' + "9" * 5000 + "}", 0, "Exceeds the limit"),
}


@pytest.mark.parametrize(("data", "line", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_said_and_the_rest_goes_on(tmp_path, data, line, reason):
    machine = machine_with(
        tmp_path, {".cursor/mcp.json": data, ".fx/mcp.json": '{"mcpServers": {"fine": {"command": "x"}}}'}
    )
    found = inventory(machine)
    assert names(found) == ["fine"]
    (gap,) = found.unread
    assert (gap.client, gap.scope, gap.file) == ("Cursor", "user", str(machine.home / ".cursor/mcp.json"))
    assert reason in gap.reason
    assert gap.line == line


@pytest.mark.parametrize(
    ("path", "text", "line", "reason"),
    [
        (".codex/config.toml", "[mcp_servers.a]\ncommand = \n", 2, "not TOML"),
        (".hermes/config.yaml", "mcp_servers:\n  a: {command: [x\n", 3, "not YAML"),
        (".hermes/config.yaml", "mcp_servers: &a\n  b: *a\n", 1, "aliases"),
        (".hermes/config.yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(8)), 1, "aliases"),
        (".hermes/config.yaml", "[" * 5000, 0, "nested too deeply"),
        (".codex/config.toml", "a = " + "[" * 5000, 0, "nested too deeply"),
    ],
)  # fmt: skip
def test_a_broken_file_of_another_format_is_said(tmp_path, path, text, line, reason):
    found = inventory(machine_with(tmp_path, {path: text}))
    (gap,) = found.unread
    assert reason in gap.reason
    assert gap.line == line


def test_yaml_makes_no_objects(tmp_path):
    text = "mcp_servers:\n  a:\n    command: !!python/object/apply:os.system [touch x]\n  b: {command: !env X, since: 2026-01-02}\n"
    found = inventory(machine_with(tmp_path, {".hermes/config.yaml": text}))
    assert [(server.name, server.argv) for server in found.servers] == [("a", ("touch x",)), ("b", ("X",))]
    assert found.servers[1].raw["since"] == "2026-01-02"


def test_an_entry_that_is_no_object_is_said_with_its_line(tmp_path):
    text = '{"mcpServers": {\n  "a": {"command": "x"},\n  "b\u202e": 5,\n  "c": ["x"],\n  "d": null\n}}'
    found = inventory(machine_with(tmp_path, {".cursor/mcp.json": text}))
    assert names(found) == ["a"]
    assert [(gap.line, gap.reason) for gap in found.unread] == [
        (3, "the entry b\\u{202e} is no object"),
        (4, "the entry c is no object"),
        (5, "the entry d is no object"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"mcpServers": {"a": {"command": "first"},\n"a": {"command": "second"}}}',
        "{mcpServers: {'a': {command: 'first'},\n\"\\u0061\": {command: 'second'}}}",
        '{"mcpServers": {"a": {"command": "first"}},\n"mcpServers": {"a": {"command": "second"}}}',
    ],
)
def test_entries_of_one_name_are_all_kept(tmp_path, text):
    found = inventory(machine_with(tmp_path, {".cursor/mcp.json": text}))
    assert [(server.name, server.argv, server.line) for server in found.servers] == [
        ("a", ("first",), 1),
        ("a", ("second",), 2),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".cursor/mcp.json", '{"mcpServers": {"a": {"command": "first",\n"command": "second"}}}'),
        (".hermes/config.yaml", "mcp_servers: {a: {command: first,\n  command: second}}"),
    ],
)
def test_a_member_that_stands_twice_is_said(tmp_path, path, text):
    found = inventory(machine_with(tmp_path, {path: text}))
    assert found.servers[0].argv == ("second",)
    (gap,) = found.unread
    assert (gap.line, gap.reason) == (2, "command stands more than once in the entry a; the last counts")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_read(tmp_path, encoding):
    text = '{"mcpServers": {"café": {"command": "x"}}}'.encode(encoding)
    assert names(inventory(machine_with(tmp_path, {".cursor/mcp.json": text}))) == ["café"]


@pytest.mark.parametrize(
    "text", ["", " \n", "\ufeff", "{}", '{"mcpServers": {}}', '{"mcpServers": null}', "// none\n{}"]
)
def test_a_file_without_servers_is_no_gap(tmp_path, text):
    found = inventory(machine_with(tmp_path, {".cursor/mcp.json": text}))
    assert found.servers == found.unread == ()
    assert len(found.files) == 1


def test_a_huge_file_is_said(tmp_path):
    machine = machine_with(tmp_path, {".cursor/mcp.json": b" " * (16 * 2**20 + 1)})
    (gap,) = inventory(machine).unread
    assert gap.reason == "more than 16 MiB"


def test_a_pipe_is_not_opened(tmp_path):
    machine = machine_with(tmp_path, {".cursor/other": ""})
    os.mkfifo(machine.home / ".cursor/mcp.json")
    (gap,) = inventory(machine).unread
    assert gap.reason == "no regular file"


def test_a_link_within_the_home_is_followed_and_one_out_of_it_is_not(tmp_path):
    text = '{"mcpServers": {"a": {"command": "x"}}}'
    machine = machine_with(tmp_path, {"dotfiles/mcp.json": text, ".cursor/x": "", ".fx/x": ""})
    (tmp_path / "outside.json").write_text(text)
    (machine.home / ".cursor/mcp.json").symlink_to("../dotfiles/mcp.json")
    (machine.home / ".fx/mcp.json").symlink_to(tmp_path / "outside.json")
    found = inventory(machine)
    assert [server.client for server in found.servers] == ["Cursor"]
    (gap,) = found.unread
    assert "leads out" in gap.reason


def test_a_project_does_not_lead_out_of_itself(tmp_path):
    machine = machine_with(tmp_path, {"private/mcp.json": '{"mcpServers": {"a": {"command": "x"}}}'})
    project = tmp_path / "cloned"
    project.mkdir()
    (project / ".cursor").symlink_to(machine.home / "private")
    found = inventory(machine, [project], homes=False)
    assert found.servers == ()
    assert [gap.scope for gap in found.unread] == ["project"]


def test_links_in_circles_end(tmp_path):
    machine = machine_with(tmp_path, {".claude/plugins/cache/m/.mcp.json": '{"a": {"command": "x"}}'})
    (machine.home / ".claude/plugins/cache/m/again").symlink_to(machine.home / ".claude/plugins/cache")
    (machine.home / ".fx").mkdir()
    (machine.home / ".fx/mcp.json").symlink_to("mcp.json")
    found = inventory(machine)
    assert names(found) == ["a"]
    assert len(found.unread) == 1


def test_what_a_limit_cut_off_is_said(tmp_path, monkeypatch):
    machine = machine_with(
        tmp_path, {f".claude/plugins/cache/{n}/.mcp.json": '{"a": {"command": "x"}}' for n in range(9)}
    )
    machine_with(tmp_path, {".cursor/plugins/" + "d/" * 12 + "mcp.json": '{"b": {"command": "x"}}'})
    monkeypatch.setattr(search, "ENTRIES", 5)
    found = inventory(machine, clients=["claude code"])
    assert len(found.servers) < 9
    assert all("entries: looking for" in gap.reason for gap in found.unread)
    monkeypatch.undo()
    found = inventory(machine, clients=["cursor"])
    assert found.servers == ()
    assert "folders more than 8 deep" in found.unread[0].reason


def test_a_manifest_may_name_a_file_of_its_own_folder(tmp_path):
    plugin = ".claude/plugins/cache/m/p/1/"
    machine = machine_with(
        tmp_path,
        {
            plugin + ".claude-plugin/plugin.json": '{"mcpServers": "./conf/servers.json"}',
            plugin + "conf/servers.json": '{"mcpServers": {"named": {"command": "x"}}}',
            ".claude/plugins/cache/m/q/1/.claude-plugin/plugin.json": '{"mcpServers": "../../../../../../secret.json"}',
            "secret.json": '{"mcpServers": {"secret": {"command": "x"}}}',
        },
    )
    found = inventory(machine)
    assert names(found) == ["named"]
    assert [gap.reason for gap in found.unread] == [
        "its servers stand in a file outside of its folder, which was not read"
    ]


def test_managed_preferences_of_a_mac_are_read(tmp_path):
    folder = tmp_path / "Library" / "Managed Preferences"
    folder.mkdir(parents=True)
    inner = base64.b64encode(b"[mcp_servers.mdm]\ncommand = 'x'\n").decode()
    machine = Machine("darwin", tmp_path / "Users" / "ana", tmp_path)
    file = folder / "com.openai.codex.plist"
    file.write_bytes(plistlib.dumps({"config_toml_base64": inner}))
    (server,) = inventory(machine).servers
    assert (server.client, server.scope, server.name) == ("Codex CLI", "managed", "mdm")
    for broken in (b"bplist00\0\1", b"<plist>", plistlib.dumps({"config_toml_base64": "?"}), plistlib.dumps([])[:-9]):
        file.write_bytes(broken)
        (gap,) = inventory(machine).unread
        assert "no property list" in gap.reason


@pytest.mark.parametrize(
    ("path", "text", "key", "project"),
    [
        (
            ".continue/config.json",
            '{"experimental": {"modelContextProtocolServers": [{"transport": {"type": "stdio", "command": "x"}}]}}',
            ("experimental", "modelContextProtocolServers", "0"),
            "",
        ),
        (".codex/config.toml", '[profiles.work.mcp_servers.a]\ncommand = "x"', ("profiles", "work", "mcp_servers", "a"), ""),
        (".claude.json", '{"projects": {"/p": {"mcpServers": {"a": {"command": "x"}}}}}',
         ("projects", "/p", "mcpServers", "a"), "/p"),
        (".claude/agents/a.md", "---\nmcpServers:\n  - elsewhere\n  - a: {command: x}\n---\n", ("mcpServers", "1", "a"), ""),
        (".config/opencode/opencode.json", '{"mcp": {"enabled": true, "a": {"command": ["x"]}}}', ("mcp", "a"), ""),
    ],
)  # fmt: skip
def test_unusual_shapes(tmp_path, path, text, key, project):
    found = inventory(machine_with(tmp_path, {path: text}))
    (server,) = found.servers
    assert (server.key, server.project, server.argv) == (key, project, ("x",))
    assert found.unread == ()


def test_the_folders_of_windows_are_where_its_variables_say(tmp_path):
    for path in ("D/Data/Claude", "D/Programs/ClaudeCode", "D/Common/OpenAI/Codex"):
        (tmp_path / path).mkdir(parents=True)
    (tmp_path / "D/Data/Claude/claude_desktop_config.json").write_text('{"mcpServers": {"a": {"command": "x"}}}')
    (tmp_path / "D/Programs/ClaudeCode/managed-mcp.json").write_text('{"mcpServers": {"b": {"command": "x"}}}')
    (tmp_path / "D/Common/OpenAI/Codex/config.toml").write_text("[mcp_servers.c]\ncommand = 'x'")
    environ = {
        "APPDATA": str(tmp_path / "D/Data"),
        "PROGRAMFILES": r"D:\D\Programs",
        "PROGRAMDATA": r"D:\D\Common",
    }
    found = inventory(Machine("win32", tmp_path / "Users" / "ana", tmp_path, environ))
    assert names(found) == ["a", "b", "c"]


def test_relocating_variables_count_for_the_own_home_only(tmp_path):
    text = '{"mcpServers": {"%s": {"command": "x"}}}'
    moved = tmp_path / "moved"
    for path, name in (("claude/.claude.json", "c"), ("copilot/mcp-config.json", "p"), ("cline/data/settings/x", "")):
        (moved / path).parent.mkdir(parents=True)
        (moved / path).write_text(text % name)
    (moved / "cline/data/settings/cline_mcp_settings.json").write_text(text % "l")
    (moved / "codex").mkdir()
    (moved / "codex/config.toml").write_text('[mcp_servers.x]\ncommand = "x"')
    (moved / "one.json").write_text('{"mcp": {"o": {"command": ["x"]}}}')
    (moved / "oc").mkdir()
    (moved / "oc/opencode.jsonc").write_text('{"mcp": {"od": {"command": ["x"]}}}')
    (moved / "xdg/kilo").mkdir(parents=True)
    (moved / "xdg/kilo/kilo.json").write_text('{"mcp": {"k": {"command": ["x"]}}}')
    environ = {
        "CLAUDE_CONFIG_DIR": str(moved / "claude"),
        "COPILOT_HOME": str(moved / "copilot"),
        "CLINE_DIR": str(moved / "cline"),
        "CODEX_HOME": str(moved / "codex"),
        "OPENCODE_CONFIG": str(moved / "one.json"),
        "OPENCODE_CONFIG_DIR": str(moved / "oc"),
        "XDG_CONFIG_HOME": str(moved / "xdg"),
    }
    machine = machine_with(tmp_path, {}, environ=environ)
    (tmp_path / "home" / "ben").mkdir()
    found = inventory(machine, all_users=True)
    assert sorted(names(found)) == ["c", "k", "l", "o", "od", "p", "x"]
    assert {server.user for server in found.servers} == {"ana"}


@pytest.mark.parametrize(("platform", "folder"), [("linux", "home"), ("darwin", "Users"), ("win32", "Users")])
def test_all_users_are_looked_at_when_asked(tmp_path, platform, folder):
    for user in ("ana", "ben", "Shared"):
        file = tmp_path / folder / user / ".cursor" / "mcp.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({"mcpServers": {f"of-{user}": {"command": "x"}}}))
    machine = Machine(platform, tmp_path / folder / "ana", tmp_path)
    assert names(inventory(machine)) == ["of-ana"]
    found = inventory(machine, all_users=True)
    assert [(server.name, server.user) for server in found.servers] == [("of-ana", "ana"), ("of-ben", "ben")]


def test_a_home_that_is_closed_is_said_once(tmp_path, monkeypatch):
    machine = machine_with(tmp_path, {})
    closed = tmp_path / "home" / "ben"
    closed.mkdir()
    listing = os.scandir

    def refuse(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (gap,) = inventory(machine, all_users=True).unread
    assert gap.file == str(closed)
    assert "Permission denied" in gap.reason


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    machine = machine_with(tmp_path, {".cursor/mcp.json": "{}"})
    opened = Path.open

    def refuse(self, *rest, **more):
        if self.name == "mcp.json":
            raise PermissionError(13, "Permission denied")
        return opened(self, *rest, **more)

    monkeypatch.setattr(Path, "open", refuse)
    (gap,) = inventory(machine).unread
    assert gap.reason == "could not be read: Permission denied"


def test_homes_in_linux_under_windows_are_looked_at(tmp_path):
    distribution = tmp_path / "wsl" / "Debian"
    for home, path in (("home/lin", ".config/zed/settings.json"), ("root", ".config/zed/settings.json")):
        (distribution / home / path).parent.mkdir(parents=True)
        (distribution / home / path).write_text('{"context_servers": {"z": {"command": "x"}}}')
    machine = Machine("win32", tmp_path / "Users" / "ana", tmp_path, wsl=(distribution,))
    assert [server.user for server in inventory(machine).servers] == ["lin", "root"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    found = inventory(machine_with(tmp_path, {}), [tmp_path / "gone"], files=[tmp_path / "gone.json"])
    assert [gap.reason for gap in found.unread] == ["no such folder", "could not be read: No such file or directory"]


def test_reading_starts_and_dials_nothing(tmp_path, monkeypatch):
    machine, project, laid = homes.build(tmp_path, "linux")

    def refuse(*_, **__):
        raise AssertionError

    monkeypatch.setattr("subprocess.Popen.__init__", refuse)
    monkeypatch.setattr(os, "system", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    assert len(inventory(machine, [project]).servers) == len(laid)


def test_this_machine_is_described():
    machine = Machine.here()
    assert machine.home == Path.home()
    assert machine.platform in PLATFORMS
    assert machine.below(str(machine.root / "etc" / "x")) == machine.root / "etc" / "x"
