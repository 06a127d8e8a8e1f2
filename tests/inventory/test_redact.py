"""What leaves the process holds no secret, still tells what is run, and names what holds a secret."""

from __future__ import annotations

import json
from pathlib import Path

import homes
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcpscan.finding import plain
from mcpscan.inventory import inventory
from mcpscan.inventory.document import Spot
from mcpscan.inventory.entry import read
from mcpscan.inventory.package import package
from mcpscan.inventory.redact import hide_words, installed
from mcpscan.inventory.roots import Entry
from mcpscan.inventory.server import Server

GITHUB = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
RANDOM = "9f8c1e5ab27d43f0a6e19f8c1e5ab27d"


def entry(value):
    told = read(Entry("x", ("mcpServers", "x"), value, Spot(3)))
    return installed(Server(client="Cursor", scope="user", file=Path("/f.json"), **told))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["a", "--token=s3cret"], ("a", "--token=•••")),
        (["a", "--token", "s3cret", "b"], ("a", "--token", "•••", "b")),
        (["a", "--token", "${TOKEN}"], ("a", "--token", "${TOKEN}")),
        (["a", "--token=${TOKEN:-s3cret}"], ("a", "--token=${TOKEN:-•••}")),
        (["a", "-p", "8080", "--port=80"], ("a", "-p", "8080", "--port=80")),
        (["a", "--verbose-token", "--quiet"], ("a", "--verbose-token", "--quiet")),
        (["a", GITHUB], ("a", "•••")),
        (["a", RANDOM], ("a", "•••")),
        (["a", "--key-file=/etc/key.pem"], ("a", "--key-file=•••")),
        (["a", "Bearer abcdef"], ("a", "Bearer •••")),
        (["npx", "mcp-remote", "https://u:p@x.example/a?k=v&d=${D}#frag"],
         ("npx", "mcp-remote", "https://•••@x.example/a?k=•••&d=${D}#•••")),
        (["npx", "mcp-remote", "https://x.example", "--header", "Authorization: Bearer abc"],
         ("npx", "mcp-remote", "https://x.example", "--header", "Authorization: Bearer •••")),
        (["npx", "mcp-remote", "--header=X-Key:abc"], ("npx", "mcp-remote", "--header=X-Key: •••")),
        (["docker", "run", "-e", "A=b", "-e", "C", "--env=D=e", "img"],
         ("docker", "run", "-e", "A=•••", "-e", "C", "--env=D=•••", "img")),
        (["env", "API_KEY=abc", "x"], ("env", "API_KEY=•••", "x")),
        (["sh", "-c", "API_KEY=abc npx -y srv --token tok --root /x"],
         ("sh", "-c", "API_KEY=••• npx -y srv --token ••• --root /x")),
        (["bash", "-c", "exec npx foo --api-key hunter2"], ("bash", "-c", "exec npx foo --api-key •••")),
        (["sh", "-c", "npx -y --api-key hunter2 --root /x"], ("sh", "-c", "npx -y --api-key ••• --root /x")),
        (["sh", "-c", "export TOKEN=hunter2; run"], ("sh", "-c", "export TOKEN=•••; run")),
        (["sh", "-c", "cd /x && env TOKEN='hunter 2' npx y"], ("sh", "-c", "cd /x && env TOKEN='•••' npx y")),
        (["sh", "-c", 'x --token "hunter2'], ("sh", "-c", "x --token •••")),
        (["sh", "-c", 'x --token "$TOKEN" --api-key --quiet'], ("sh", "-c", 'x --token "$TOKEN" --api-key --quiet')),
        (["sh", "-c", "curl -H 'X-Key: hunter2' -u me:pw"], ("sh", "-c", "curl -H 'X-Key: •••' -u me:•••")),
        (["sh", "-c", "docker run -e A=b -u 1000:1000 -e C i"], ("sh", "-c", "docker run -e A=••• -u 1000:1000 -e C i")),
        (["sh", "-c", "my-api-key start"], ("sh", "-c", "my-api-key start")),
        (["a", "--token", "-hunter2", "--password", "--hunter2"], ("a", "--token", "•••", "--password", "•••")),
        (["a", "--token", "-e", "A=b"], ("a", "--token", "-e", "A=•••")),
        (["curl", "--user", "me:pw", "--user=me:pw", "-u", "me:${PW}"],
         ("curl", "--user", "me:•••", "--user=me:•••", "-u", "me:${PW}")),
        (["docker", "run", "-u", "1000:1000", "--user=node:node", "-u", "https://x.example", "-u", r"C:\x"],
         ("docker", "run", "-u", "1000:1000", "--user=node:node", "-u", "https://x.example", "-u", r"C:\x")),
        (["psql-mcp", "postgresql://bob:hunter2@db:5432/shop"], ("psql-mcp", "postgresql://•••@db:5432/shop")),
        (["npx", "-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "/home/ana/Documents"],
         ("npx", "-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "/home/ana/Documents")),
        (["uvx", "--from", "git+https://github.com/a/b@main", "b"], ("uvx", "--from", "git+https://github.com/a/b@main", "b")),
    ],
)  # fmt: skip
def test_secrets_in_a_command_line_are_hidden(words, shown):
    assert hide_words(words) == shown


def test_a_digest_and_a_commit_are_no_secrets():
    words = ["docker", "run", "img@sha256:" + "ab12cd34" * 8]
    assert hide_words(words) == tuple(words)
    words = ["uvx", "--from", "git+https://github.com/a/b@" + "0123456789abcdef0123456789abcdef01234567", "b"]
    assert hide_words(words) == tuple(words)


@pytest.mark.parametrize(
    "word",
    [
        "/home/ana/projects/2024/q3/report12/data",
        "/Users/ana/Library/Application Support/Code/User/workspaceStorage",
        "--root=/srv/data/customers-2026/exports/week-07",
        "modelcontextprotocol/server-sequential-thinking",
        "chrome-devtools-mcp@0.10.2",
        "C:/Users/ana/AppData/Local/Programs/Python/Python312/python.exe",
        "https://mcp.example.com/v1/projects/shop-2026/mcp",
        "2026-11-22T15:00:00Z",
        "--allowed-origins=https://a.example,https://b.example",
        "src/github.com/acme/tools2/v3/internal",
    ],
)
def test_what_is_no_secret_stays(word):
    assert hide_words(["x", word]) == ("x", word)


@pytest.mark.parametrize(
    "word",
    [
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "sk-proj-abcdefghijklmnop",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "AKIAIOSFODNN7EXAMPLE",
        "xoxb-1234567890-abcdefghij",
    ],
)
def test_what_looks_like_a_secret_goes(word):
    assert hide_words(["x", word]) == ("x", "•••")


@pytest.mark.parametrize(
    "text",
    [
        "aB3",
        "a://",
        "a+",
        "${a:-",
        "${",
        "{{",
        "-----BEGIN PRIVATE KEY-----",
        "eyJ",
        "eyJ-",
        "--a",
        "/a",
        "a",
        " ",
        "$A-",
        '"a":',
    ],
)
def test_long_words_are_hidden_whole(text):
    words = [text * 100_000, f"--x={text * 100_000}", f"Bearer {text * 100_000}"]
    assert all(len(word) < 5000 or not word.strip() for word in hide_words(words))


def test_a_long_script_keeps_what_is_no_secret():
    script = "echo 1\n" * 2000 + f"export API={GITHUB}\n"
    assert hide_words(["sh", "-c", script])[2] == script.replace(GITHUB, "•••")


@pytest.mark.parametrize("text", ["-u=a:b", "-u=a://", "-e=", "A=", "a=", "--key --a=", "-H 'a: ", '--key "', "\\"])
def test_a_script_is_read_once_however_long_it_is(text):
    words = hide_words(["sh", "-c", f"x --token hunter2 {text * 100_000}"])
    assert "hunter2" not in words[2]


def test_no_secret_of_a_script_is_in_what_a_lock_knows_it_by():
    shown = entry({"command": "sh", "args": ["-c", "export TOKEN=hunter2; npx y"]})
    assert shown.secrets == ("-c",)
    assert "hunter2" not in json.dumps(plain(shown))
    assert "npx" not in shown.identity
    other = entry({"command": "sh", "args": ["-c", "export TOKEN=hunter3; npx y"]})
    assert (shown.identity, len(shown.identity)) == (other.identity, len("script:sh-0123456789ab"))


def test_a_token_where_a_key_belongs_is_hidden_in_keys_and_places():
    spot = Spot(3, {"env": [Spot(4, {GITHUB: [Spot(5)]})], "args": [Spot(6)]})
    told = read(Entry("x", ("mcpServers", GITHUB, "x"), {"command": "srv", "env": {GITHUB: ""}}, spot))
    shown = installed(Server(client="Cursor", scope="user", file=Path("/f.json"), **told))
    assert (shown.key, shown.places) == (("mcpServers", "•••", "x"), {"env": 4, "env/•••": 5, "args": 6})
    assert GITHUB not in json.dumps(plain(shown))


def test_members_of_json_in_an_argument_are_hidden_by_their_name():
    words = ['{"user": "ana", "password": "hunter2", "n": 5}', "--config={'apiKey': '${KEY}', 'token':'x'}"]
    assert hide_words(words) == (
        '{"user": "ana", "password": "•••", "n": 5}',
        "--config={'apiKey': '${KEY}', 'token':'•••'}",
    )


def test_a_token_where_a_name_belongs_is_named_and_hidden():
    shown = entry({"url": "https://x.example", "bearer_token_env_var": GITHUB, "env_vars": [GITHUB]})
    assert shown.secrets == ("bearer_token_env_var",)
    assert shown.variables == ("•••",)
    assert entry({"url": "https://x.example", "bearer_token_env_var": "GH_TOKEN"}).secrets == ()


def test_names_stay_and_values_go():
    shown = entry(
        {
            "url": f"https://x.example/s/{RANDOM}/mcp?key=abc",
            "headers": {"Authorization": "Bearer abc", "X-Team": "${TEAM}", "Accept": "application/json"},
            "env": {
                "API_KEY": "abc",
                "LOG_LEVEL": "debug",
                "TOKEN": "${TOKEN}",
                "D_KEY": "${D:-lit}",
                "KEY_PATH": "/etc/k",
            },
            "auth": {"CLIENT_ID": "abc", "CLIENT_SECRET": "xyz"},
        }
    )
    assert shown.url == "https://x.example/s/•••/mcp?key=•••"
    assert shown.headers == ("Authorization", "X-Team", "Accept")
    assert shown.variables == ("API_KEY", "LOG_LEVEL", "TOKEN", "D_KEY", "KEY_PATH")
    assert shown.secrets == ("API_KEY", "D_KEY", "Authorization", "url", "auth/CLIENT_SECRET")
    assert shown.identity == "https://x.example/s/•••/mcp"
    assert "abc" not in json.dumps(plain(shown))


def test_secrets_in_arguments_are_named():
    argv = ["--token=abc", "--api-key", "xyz", GITHUB, "-e", "A_KEY=b", "https://u:p@x.example", "--header", "X-Key: v"]
    shown = entry({"command": "srv", "args": argv})
    assert shown.secrets == ("--token", "--api-key", "argument 4", "A_KEY", "argument 7", "X-Key")


@pytest.mark.parametrize(
    ("argv", "purl", "version", "pinned"),
    [
        ("npx -y @scope/server@1.2.3", "pkg:npm/%40scope/server@1.2.3", "1.2.3", True),
        ("npx -y server@latest", "pkg:npm/server@latest", "latest", False),
        ("npx server@^1.2", "pkg:npm/server@%5E1.2", "^1.2", False),
        ("npx -y server", "pkg:npm/server", "", False),
        ("npx -p tools@2.0.0 serve", "pkg:npm/tools@2.0.0", "2.0.0", True),
        ("npx --package=tools -c serve", "pkg:npm/tools", "", False),
        ("npx.cmd server@1.0.0", "pkg:npm/server@1.0.0", "1.0.0", True),
        (r"C:\node\npx.cmd server@1.0.0", "pkg:npm/server@1.0.0", "1.0.0", True),
        ("cmd /c npx -y server@1.0.0", "pkg:npm/server@1.0.0", "1.0.0", True),
        ("bunx server@1.0.0", "pkg:npm/server@1.0.0", "1.0.0", True),
        ("bun x server", "pkg:npm/server", "", False),
        ("pnpm dlx server", "pkg:npm/server", "", False),
        ("pnpm --silent dlx server@1.0.0", "pkg:npm/server@1.0.0", "1.0.0", True),
        ("yarn dlx -p a@1.0.0 b", "pkg:npm/a@1.0.0", "1.0.0", True),
        ("npm exec -- server@1.0.0", "pkg:npm/server@1.0.0", "1.0.0", True),
        ("npm run start", "", "", False),
        ("npx github:owner/repo", "pkg:github/owner/repo", "", False),
        ("npx ./local", "", "", False),
        ("uvx server", "pkg:pypi/server", "", False),
        ("uvx My_Server==1.4.0", "pkg:pypi/my-server@1.4.0", "1.4.0", True),
        ("uvx server@1.4.0", "pkg:pypi/server@1.4.0", "1.4.0", True),
        ("uvx server@latest", "pkg:pypi/server@latest", "latest", False),
        ("uvx server>=1", "pkg:pypi/server", ">=1", False),
        ("uvx server[cli]==1.0", "pkg:pypi/server@1.0", "1.0", True),
        ("uvx server==1.*", "pkg:pypi/server@1.%2A", "1.*", False),
        ("uvx --python 3.12 --from tools==2.0.0 serve", "pkg:pypi/tools@2.0.0", "2.0.0", True),
        ("uvx --with extra server", "pkg:pypi/server", "", False),
        ("uvx --from git+https://github.com/o/r serve", "pkg:github/o/r", "", False),
        ("uvx --from git+https://github.com/o/r@v1.0 serve", "pkg:github/o/r@v1.0", "v1.0", False),
        ("uvx --from git+https://github.com/o/r.git@" + "a" * 40 + " s", "pkg:github/o/r@" + "a" * 40, "a" * 40, True),
        ("uvx --from git+ssh://git@github.com/o/r@main s", "pkg:github/o/r@main", "main", False),
        ("uv tool run server==1.0.0", "pkg:pypi/server@1.0.0", "1.0.0", True),
        ("uv run server.py", "", "", False),
        ("uv --directory /srv run server.py", "", "", False),
        ("pipx run --spec tools==1.0.0 serve", "pkg:pypi/tools@1.0.0", "1.0.0", True),
        ("docker run -i --rm -e A mcp/time", "pkg:docker/mcp/time", "", False),
        ("docker run -i ghcr.io/o/s:1.2", "pkg:docker/o/s@1.2?repository_url=ghcr.io", "1.2", False),
        ("docker run s@sha256:" + "b" * 64, "pkg:docker/s@sha256:" + "b" * 64, "sha256:" + "b" * 64, True),
        ("docker exec box serve", "", "", False),
        ("podman container run --name x localhost:5000/s", "pkg:docker/s?repository_url=localhost:5000", "", False),
        ("deno run -A jsr:@o/s@1.0.0", "pkg:jsr/%40o/s@1.0.0", "1.0.0", True),
        ("deno run npm:s@1.0.0", "pkg:npm/s@1.0.0", "1.0.0", True),
        ("deno run -A https://deno.land/x/s@v1.0/mod.ts", "", "1.0", False),
        ("go run github.com/o/s@v1.0.0", "pkg:golang/github.com/o/s@v1.0.0", "v1.0.0", True),
        ("dnx Server@1.0.0 --yes", "pkg:nuget/Server@1.0.0", "1.0.0", True),
        ("env A=b npx -y server", "pkg:npm/server", "", False),
        ("/opt/bin/server --x", "", "", False),
        ("npx", "", "", False),
    ],
)
def test_the_package_of_a_command(argv, purl, version, pinned):
    found = package(argv.split(" "))
    assert (found.purl, found.version, found.pinned) == (purl, version, pinned)


def test_the_package_inside_a_shell_is_seen():
    assert package(["bash", "-lc", "npx -y server@1.0.0 --x"]).purl == "pkg:npm/server@1.0.0"
    assert package(["npx -y server@1.0.0"]).purl == "pkg:npm/server@1.0.0"
    assert package(["sh", "-c", "echo 'unclosed"]).purl == ""
    assert package([]).purl == ""


def test_everything_that_homes_hold_can_be_shown(tmp_path):
    machine, project, laid = homes.build(tmp_path, "linux")
    shown = [installed(server) for server in inventory(machine, [project]).servers]
    assert len(shown) == len(laid)
    by_name = {server.name: server for server in shown}
    assert by_name["shop-db"].package.purl == "pkg:pypi/shop-db-mcp@1.4.0"
    assert by_name["shop-db"].identity == "pypi:shop-db-mcp"
    assert by_name["shell"].package.purl == "pkg:npm/shell-mcp"
    assert {name for server in shown for name in server.secrets} == set()


SECRET = "Zx9Qw8Er7Ty6Ui5Op4As3Df2Gh1J"
SHAPES = st.sampled_from(
    ["--token={}", "--x={}", "{}", "Bearer {}", "https://u:{}@h/x", "https://h/x?k={}", "https://h/{}/mcp", "A={}",
     "Authorization: Bearer {}", "sh -c 'x --password {}'", "${{X:-{}}}", "x; export K={}; y", '{{"token": "{}"}}',
     "https://h/#{}", "prefix:{}:suffix", "-H{}", "/p:{}"]
)  # fmt: skip


@given(st.lists(SHAPES, min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_a_secret_never_comes_out(shapes):
    words = [shape.format(SECRET) for shape in shapes]
    shown = entry(
        {"command": "npx", "args": ["-y", "server", *words], "url": f"https://h/?a={SECRET}", "env": {"A": SECRET},
         "headers": {"B": SECRET}, "cwd": f"/x/{SECRET}"}
    )  # fmt: skip
    assert SECRET not in json.dumps(plain(shown))


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_words_can_be_shown(words, url):
    entry({"command": words, "url": url, "env": {word: word for word in words}})
