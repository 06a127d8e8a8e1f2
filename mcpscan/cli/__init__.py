"""The command line: one file per verb, loaded when it is called, so that a scan starts without the rest."""

from __future__ import annotations

import os
from importlib import import_module

import click

from mcpscan._version import __version__

# pydantic would look through every installed distribution for plugins, which costs more than a scan, and run them.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

VERBS = {
    "scan": "scan",
    "audit": "audit",
    "lock": "lock",
    "diff": "diff",
    "approve": "approve",
    "rules": "rules",
    "eval": "evaluate",
    "bench": "bench",
    "serve": "mcpscan_service.commands.serve",
    "wrap": "mcpscan_service.commands.wrap",
    "hook": "mcpscan_service.commands.hook",
    "records": "mcpscan_service.commands.records",
}
"""Each verb and the module that holds it, as `command`: one of this package, or of another by its whole name."""


class Verbs(click.Group):
    """A group that imports a verb's module only when it is that verb's turn."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every verb, in the order of the documentation."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of a verb, or None for a word that is none."""
        if cmd_name not in VERBS:
            return None
        module = VERBS[cmd_name]
        command: click.Command = import_module(module if "." in module else f"mcpscan.cli.{module}").command
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mcpscan")
def main() -> None:
    """Find text in MCP servers that tries to steer the agent reading it. Offline."""
