"""What command lines fetch, in every way they are written."""

from __future__ import annotations

import pytest

from mcpscan.audit.config.launcher import launches, program

COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "sha256:" + "0a" * 32
CASES = [
    ("npx -y @a/b", "npm", "@a/b", "", False),
    ("npx -y @a/b@latest", "npm", "@a/b", "latest", False),
    ("npx @a/b@1.2.3", "npm", "@a/b", "1.2.3", True),
    ("npx b@1.2.3-beta.1", "npm", "b", "1.2.3-beta.1", True),
    ("npx b@1.2", "npm", "b", "1.2", False),
    ("npx b@1.x", "npm", "b", "1.x", False),
    ("npx b@~1.2.3", "npm", "b", "~1.2.3", False),
    ("npx -p b@1.0.0 run-b", "npm", "b", "1.0.0", True),
    ("npm exec -- b", "npm", "b", "", False),
    ("pnpm dlx b@2.0.0", "npm", "b", "2.0.0", True),
    ("yarn dlx b", "npm", "b", "", False),
    ("bunx b", "npm", "b", "", False),
    ("bun x b@1.0.0", "npm", "b", "1.0.0", True),
    ("deno run -A npm:b@1.0.0", "npm", "b", "1.0.0", True),
    ("cmd /c npx -y b", "npm", "b", "", False),
    ("env A=1 npx b", "npm", "b", "", False),
    ("uvx b", "pypi", "b", "", False),
    ("uvx b==1.0", "pypi", "b", "==1.0", True),
    ("uvx b@1.0.0", "pypi", "b", "1.0.0", True),
    ("uvx b[all]==1.0", "pypi", "b", "==1.0", True),
    ("uvx --from b==1.0 run-b", "pypi", "b", "==1.0", True),
    ("uvx --python 3.12 b>=1", "pypi", "b", ">=1", False),
    ("uv tool run b", "pypi", "b", "", False),
    ("pipx run b==1.*", "pypi", "b", "==1.*", False),
    ("pipx run --spec b==1.0 run-b", "pypi", "b", "==1.0", True),
    ("docker run -i --rm a/b", "oci", "a/b", "", False),
    ("docker run -i --rm -e K -v /x:/y a/b:1.0 --flag", "oci", "a/b", "1.0", False),
    (f"docker run -i a/b@{DIGEST}", "oci", "a/b", DIGEST, True),
    ("podman run --name=x -i host:5000/a/b", "oci", "host:5000/a/b", "", False),
    ("npx github:a/b", "git", "github:a/b", "", False),
    (f"npx github:a/b#{COMMIT}", "git", f"github:a/b#{COMMIT}", COMMIT, True),
    ("uvx --from git+https://h.example/a/b@v1 x", "git", "git+https://h.example/a/b@v1", "v1", False),
    (f"uvx --from git+https://h.example/a/b@{COMMIT} x", "git", f"git+https://h.example/a/b@{COMMIT}", COMMIT, True),
    ("npx https://h.example/b.tgz", "url", "https://h.example/b.tgz", "", False),
    ("npx ./b", "local", "./b", "", True),
    ("go run h.example/a/b@v1.2.3", "go", "h.example/a/b", "v1.2.3", True),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ecosystem", "name", "version", "pinned"), CASES)
def test_a_command_line_is_understood(line, ecosystem, name, version, pinned):
    words = line.split()
    (launch,) = launches(words)
    assert (launch.ecosystem, launch.name, launch.version, launch.pinned) == (ecosystem, name, version, pinned)
    assert words[launch.at].endswith(launch.word)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "node a.js",
        "npm run start",
        "uv --directory /x run a.py",
        "docker compose up",
        "npx",
        "sh -c",
        "python -m b",
    ],
)
def test_what_fetches_nothing_fetches_nothing(line):
    assert list(launches(line.split())) == []


def test_every_command_of_a_shell_line_counts():
    found = list(launches(["bash", "-lc", "source ~/.nvm/nvm.sh && npx -y a@1.0.0 | uvx b"]))
    assert [(one.name, one.pinned, one.at) for one in found] == [("a", True, 2), ("b", False, 2)]


def test_a_command_line_in_one_string_is_read_like_one_in_words():
    (found,) = launches(["npx -y a-mcp --flag"])
    assert (found.name, found.at) == ("a-mcp", 0)
    assert list(launches(["C:/Program Files/a.exe"])) == list(launches([" "])) == []


def test_a_program_is_known_by_its_name():
    assert [program(word) for word in ("/usr/bin/NPX", "C:\\x\\npx.CMD", "uvx.exe")] == ["npx", "npx", "uvx"]
