"""`mcpscan hook`: answer a hook of another program's, whose input comes over standard input."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from mcpscan_service.adapters.claude_code import ClaudeCode
    from mcpscan_service.adapters.claude_reply import Reply
    from mcpscan_service.adapters.once import Once

MODES = ("monitor", "annotate", "redact", "block")
KEY = "MCPSCAN_API_KEY"
SECONDS = 25.0
"""How long a running service is waited for: less than Claude Code waits for the command."""

_FILE = click.Path(dir_okay=False, path_type=Path)
"""Not `exists`: Claude Code takes an error in the usage for leave to go on, so it has to be answered like any other."""

EPILOG = """\b
Examples:
  mcpscan hook --install claude-code             print the settings
  mcpscan hook --install claude-code --write     add them to ~/.claude/settings.json
  mcpscan hook --url http://127.0.0.1:8765       ask a running `mcpscan serve`
  mcpscan hook docker after                      interceptor of the Docker MCP Gateway
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line says."""

    mode: str
    act_on: str
    tools: tuple[str, ...]
    lock: Path | None
    policy: Path | None
    classifier: bool
    fail_open: bool
    url: str
    key_variable: str
    audit: bool
    log: Path | None = None

    def words(self) -> list[str]:
        """The same command line again, for a settings file."""
        flags = {"--classifier": self.classifier, "--fail-open": self.fail_open, "--no-audit": not self.audit}
        values = {"--mode": self.mode if self.mode != "block" else "", "--act-on": self.act_on if self.act_on != "review" else "",
                  "--lock": str(self.lock.resolve()) if self.lock else "",
                  "--policy": str(self.policy.resolve()) if self.policy else "", "--url": self.url,
                  "--audit-log": str(self.log.resolve()) if self.log else "",
                  "--key-variable": self.key_variable if self.url and self.key_variable != KEY else ""}  # fmt: skip
        made = ["mcpscan", "hook", *(flag for flag, is_set in flags.items() if is_set)]
        for option, value in values.items():
            made += [option, value] if value else []
        for tool in self.tools:
            made += ["--tools", tool]
        return made


@click.command("hook", epilog=EPILOG)
@click.argument("caller", default="claude-code", type=click.Choice(["claude-code", "docker"]))
@click.argument("when", default="", type=click.Choice(["", "before", "after"]), metavar="[before|after]")
@click.option(
    "--mode", type=click.Choice(MODES), default="block", show_default=True, help="What is done about findings."
)
@click.option("--act-on", type=click.Choice(["review", "block"]), default="review", show_default=True,
              help="The verdict from which on something is done.")  # fmt: skip
@click.option("--tools", multiple=True, metavar="PATTERN",
              help="Scan results of these tools; may be given several times.  [default: those of MCP servers]")  # fmt: skip
@click.option("--lock", type=_FILE,
              help="Deny calls of tools that this lock does not hold.")  # fmt: skip
@click.option("--policy", type=_FILE, help="An mcpscan.toml.")
@click.option("--audit-log", "log", type=_FILE, help="Write every decision to this file, one line each.")
@click.option("--classifier", is_flag=True, help="Ask the learned classifier too: it has to be loaded at every call.")
@click.option("--fail-open", is_flag=True, help="Let pass what could not be scanned.")
@click.option("--no-audit", is_flag=True, help="Do not look at the configuration when a session starts.")
@click.option("--url", default="", metavar="URL", help="Ask the `mcpscan serve` that runs there instead.")
@click.option("--key-variable", default=KEY, show_default=True, help="The variable that holds the key for --url.")
@click.option("--install", type=click.Choice(["claude-code"]), help="Print the settings that call this command.")
@click.option("--http", is_flag=True, help="With --install and --url: hooks that are posted, without a command.")
@click.option("--write", is_flag=True, help="With --install: write them to the settings file.")
@click.option("--settings", "file", type=click.Path(dir_okay=False, path_type=Path),
              help="With --write: this file.  [default: settings.json of Claude Code]")  # fmt: skip
def command(
    caller: str,
    when: str,
    mode: str,
    act_on: str,
    tools: tuple[str, ...],
    lock: Path | None,
    policy: Path | None,
    log: Path | None,
    url: str,
    key_variable: str,
    install: str | None,
    file: Path | None,
    *,
    classifier: bool,
    fail_open: bool,
    no_audit: bool,
    http: bool,
    write: bool,
) -> None:
    """Answer a hook of Claude Code, or an interceptor of the Docker MCP Gateway: its input comes over standard input.

    Exit status 0 with a JSON reply, or 2 with a sentence on standard error for input that cannot be understood.
    """
    told = Told(mode, act_on, tools, lock, policy, classifier, fail_open, url, key_variable, not no_audit, log)
    if install:
        _install(told, file, write=write, http=http)
        return
    if write or http or file:
        raise click.UsageError("--write, --http and --settings belong to --install")
    if sys.stdin.isatty():
        raise click.UsageError("the input comes over standard input; --install claude-code prints how to set this up")
    data = sys.stdin.buffer.read()
    if caller == "docker":
        _docker(told, data, when)
        return
    if when:
        raise click.UsageError(f"{when!r} belongs to `mcpscan hook docker`")
    _print(_answered(told, data))


def _answered(told: Told, data: bytes) -> Reply:
    """The reply to a hook's input. Whatever fails, it says so in the form that the caller heeds."""
    try:
        return _asked(told, data) if told.url else asyncio.run(_reply(told, data))
    except click.ClickException as problem:
        why = f"was not looked at: {problem.format_message()}"
    except Exception as problem:  # noqa: BLE001 - a host that sees a crash goes on as if nothing had been asked
        why = f"was not looked at: {type(problem).__name__}"
    from mcpscan_service.adapters.claude_reply import Reply, refused

    if told.fail_open:
        return Reply({"systemMessage": f"mcpscan: the hook's input {why}; it passed, as set by --fail-open"})
    return refused(data, why)


def _docker(told: Told, data: bytes, when: str) -> None:
    """The interceptor of a Docker MCP Gateway: nothing to go on, a tool's result to take in place of the call's own."""
    if when not in {"before", "after"}:
        raise click.UsageError("say which: `mcpscan hook docker before` or `mcpscan hook docker after`")
    from mcpscan_service.adapters import docker
    from mcpscan_service.settings import Settings

    log = logged(told.log)
    guard = built(told, log).guard
    try:
        answer = asyncio.run(docker.intercepted(guard, when, data, docker.conversation(Settings())))
    finally:
        guard.close()
        if log:
            log.close()
    sys.stdout.buffer.write(answer)


def _print(reply: Reply) -> None:
    if reply.problem:
        click.echo(reply.problem, err=True)
        sys.exit(2)
    click.echo(json.dumps(dict(reply.body)))


async def _reply(told: Told, data: bytes) -> Reply:
    log = logged(told.log)
    hook = built(told, log)
    try:
        return await hook.reply(data)
    finally:
        hook.guard.close()
        if log:
            log.close()


def logged(path: Path | None) -> Once | None:
    """Where decisions are written, if anywhere. Raises `click.UsageError` where that cannot be opened."""
    if path is None:
        return None
    try:
        from mcpscan_service.adapters.once import Once

        return Once(path)
    except ImportError as problem:
        raise click.UsageError("--audit-log needs the packages of mcpscan[service]") from problem
    except OSError as problem:
        raise click.UsageError(f"--audit-log {path}: {problem.strerror or problem}") from problem


def built(told: Told, log: Once | None = None) -> ClaudeCode:
    """What answers, as told. Raises `click.UsageError` for a policy or a lock that cannot be used."""
    from mcpscan.cli.output import policy_of
    from mcpscan.engine import Scanner
    from mcpscan.finding import Action
    from mcpscan.lock import Lock, LockError
    from mcpscan.policy import Policy
    from mcpscan_service.adapters import claude_audit
    from mcpscan_service.adapters.claude_code import TOOLS, ClaudeCode
    from mcpscan_service.guard import Failing, Guard, GuardSettings, Judge, Mode, Pins

    # No mcpscan.toml is taken from the folder here: a project that was cloned could bring its own, and suppress.
    scanner = Scanner(policy_of(told.policy) if told.policy else Policy(), classifier=told.classifier)
    failing = Failing.OPEN if told.fail_open else Failing.CLOSED
    settings = GuardSettings(mode=Mode(told.mode), act_on=Action(told.act_on), on_failure=failing)
    try:
        pins = Pins(Lock.load(told.lock), scanner) if told.lock else None
    except (LockError, OSError) as problem:
        raise click.UsageError(f"--lock {told.lock}: {problem}") from problem
    guard = Guard(Judge(scanner, settings.act_on, pins), settings, recorder=log)
    return ClaudeCode(
        guard,
        tools=told.tools or TOOLS,
        identify=claude_audit.identity_of,
        audit=claude_audit.audited if told.audit else None,
    )


def _asked(told: Told, data: bytes) -> Reply:
    """The reply of a running service, which has everything loaded."""
    from mcpscan_service.adapters.claude_client import UnreachableError, asked

    if told.log:
        raise click.UsageError("--audit-log: the service at --url writes its own")
    try:
        return asked(told.url, data, os.environ.get(told.key_variable, ""), SECONDS)
    except UnreachableError as problem:
        from mcpscan_service.adapters.claude_reply import Reply, refused

        if told.fail_open:
            return Reply({"systemMessage": f"mcpscan: {problem}; it passed, as set by --fail-open"})
        return refused(data, f"was not answered: {problem}")


def _install(told: Told, file: Path | None, *, write: bool, http: bool) -> None:
    from mcpscan_service.adapters import claude_install as made

    if http and not told.url:
        raise click.UsageError("--http needs --url, the address of `mcpscan serve`")
    for option, path in (("--lock", told.lock), ("--policy", told.policy)):
        if path and not path.is_file():
            raise click.UsageError(f"{option} {path}: there is no such file")
    matcher = "*" if told.tools else made.MATCHER
    address = f"{told.url.rstrip('/')}/adapters/claude-code"
    hook: dict[str, Any] = made.of_url(address, told.key_variable) if http else made.of_command(told.words())
    hooks = made.hooks(hook, matcher)
    if not write:
        click.echo(json.dumps(hooks, indent=2, ensure_ascii=False))
        return
    home = os.environ.get("CLAUDE_CONFIG_DIR")
    path = file or (Path(home) if home else Path.home() / ".claude") / "settings.json"
    try:
        kept = made.write(path, hooks)
    except (made.SettingsError, OSError) as problem:
        raise click.ClickException(f"{path}: {problem}") from problem
    click.echo(f"wrote {path}" + (f"; what stood there before is in {kept}" if kept else ""))
