"""`mcpscan serve`: the filter as a program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

EPILOG = """\b
Examples:
  mcpscan serve --upstream files=http://127.0.0.1:3001/mcp      proxy one server at /files/mcp
  mcpscan serve --config service.toml --workers 2
  mcpscan serve --upstream a=https://a.example/mcp --lock mcpscan.lock --audit-log audit.jsonl
  mcpscan serve --print-config                                  the settings in force, secrets masked
  mcpscan serve --new-key ci                                    a key, and the line of settings that admits it
  curl -H "x-api-key: $KEY" --json @result.json http://127.0.0.1:8765/v1/scan/result

\b
Every setting has a variable: MCPSCAN_PORT, MCPSCAN_GUARD__MODE, MCPSCAN_UPSTREAMS__FILES__URL. The command line
comes before the environment, the environment before the file. SIGHUP reads the file and the lock again.

\b
Exit status: 0 stopped as asked   2 wrong usage or settings   3 could not start
"""


@click.command("serve", epilog=EPILOG)
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", "-p", type=click.IntRange(0, 65_535), help="Port to listen on, 0 for any.  [default: 8765]")
@click.option(
    "--upstream", "-u", "upstreams", multiple=True, metavar="NAME=URL", help="A server to proxy at /NAME/mcp."
)
@click.option("--config", "-c", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Settings, in TOML.")
@click.option("--workers", type=click.IntRange(1), help="Processes that serve.  [default: 1]")
@click.option(
    "--mode",
    type=click.Choice(["monitor", "annotate", "redact", "block"]),
    help="What is done about findings.  [default: block]",
)
@click.option("--fail-open", is_flag=True, help="Let pass what could not be scanned. The default is not to.")
@click.option("--lock", type=click.Path(path_type=Path), help="Serve only what this mcpscan.lock approves.")
@click.option("--policy", type=click.Path(path_type=Path), help="Thresholds and suppressions, an mcpscan.toml.")
@click.option("--no-classifier", is_flag=True, help="Rules only, without the learned classifier.")
@click.option("--audit-log", type=click.Path(path_type=Path), help="Write a JSON line for every decision.")
@click.option("--durable", is_flag=True, help="Answer only when the audit record is on the disk.")
@click.option(
    "--auth", type=click.Choice(["keys", "jwt", "off"]), help="How callers prove who they are; off on loopback only."
)
@click.option("--print-config", is_flag=True, help="Print the settings in force and leave.")
@click.option("--new-key", metavar="NAME", help="Make an API key for a caller and leave.")
@click.option(
    "--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="info", show_default=True
)
def command(
    config: Path | None,
    *,
    print_config: bool,
    new_key: str | None,
    log_level: str,
    upstreams: tuple[str, ...],
    **options: Any,
) -> None:
    """Put mcpscan between agents and their MCP servers, and answer scans over HTTP.

    Proxies every upstream at /NAME/mcp (Streamable HTTP) and /NAME/sse (the older transport), scans documents at
    /v1/scan/…, shows what it decided at /, and says how it is at /healthz, /readyz and /metrics.
    """
    try:
        from mcpscan_service.load import Origin, SettingsError, shown
    except ImportError as problem:
        raise click.ClickException(f"{problem.name} is missing: pip install 'mcpscan[service]'") from problem
    if new_key is not None:
        _print_key(new_key)
        return
    origin = Origin(config, _said(upstreams, options))
    try:
        settings = origin.load()
    except SettingsError as problem:
        raise click.UsageError(str(problem)) from problem
    if print_config:
        import json

        click.echo(json.dumps(shown(settings), indent=2))
        return
    from mcpscan_service.running import StartError, run

    try:
        run(origin, settings, log_level)
    except StartError as problem:
        click.echo(f"mcpscan serve: {problem}", err=True)
        raise SystemExit(3) from problem


def _said(upstreams: tuple[str, ...], options: dict[str, Any]) -> dict[str, Any]:
    """What the command line says, as settings; what it leaves out stays to the environment and the file."""
    said: dict[str, Any] = {
        name: options[name] for name in ("host", "port", "workers", "lock", "policy") if options[name]
    }
    if options["port"] == 0:
        said["port"] = 0
    if options["no_classifier"]:
        said["classifier"] = False
    tables = {
        "guard": {"mode": options["mode"], "on_failure": "open" if options["fail_open"] else None},
        "audit": {"path": options["audit_log"], "durable": options["durable"] or None},
        "auth": {"mode": options["auth"]},
    }
    for table, members in tables.items():
        if given := {name: value for name, value in members.items() if value is not None}:
            said[table] = given
    if upstreams:
        pairs = [*map(_upstream, upstreams)]
        said["upstreams"] = {name: {"url": url} for name, url in pairs}
        if len(said["upstreams"]) < len(pairs):
            raise click.UsageError("--upstream: two servers have one name")
    return said


def _upstream(text: str) -> tuple[str, str]:
    name, equals, url = text.partition("=")
    if not equals or not url:
        raise click.UsageError(f"--upstream {text!r}: write NAME=URL, such as files=http://127.0.0.1:3001/mcp")
    return name, url


def _print_key(name: str) -> None:
    from mcpscan_service.auth import new_key

    key, digest = new_key()
    click.echo(f"The key of {name}, shown only now; send it as the header x-api-key:\n  {key}\n", err=True)
    click.echo(f'[auth.keys]\n{name} = "{digest}"')
