"""`mcpscan rules`: what is looked for."""

from __future__ import annotations

import click

from mcpscan.render import documented
from mcpscan.rule import Rule
from mcpscan.rules import RULES


@click.command("rules")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(ids: tuple[str, ...], *, as_json: bool) -> None:
    """List the rules, or explain some of them: what a finding means, why it matters, what to do.

    \b
    Examples:
      mcpscan rules
      mcpscan rules directive-override
      mcpscan rules --json | jq '.[].id'
    """
    known = {rule.id: rule for rule in RULES}
    if unknown := [name for name in ids if name not in known]:
        near = [name for name in known if unknown[0].split("-")[0] in name]
        hint = f"; did you mean {', '.join(near[:6])}?" if near else "; `mcpscan rules` lists them"
        raise click.UsageError(f"no rule {unknown[0]!r}{hint}")
    chosen = [known[name] for name in ids] if ids else list(RULES)
    if as_json:
        import json

        click.echo(json.dumps([_plain(rule) for rule in chosen], indent=1))
    elif ids:
        click.echo("\n\n".join(_page(rule) for rule in chosen))
    else:
        width = max(len(rule.id) for rule in chosen)
        for rule in chosen:
            click.echo(f"{rule.id:<{width}}  {rule.severity.value:<8} {rule.confidence.value:<6}  {rule.title()}")


def _plain(rule: type[Rule]) -> dict[str, object]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "reads": sorted(rule.reads),
        "refs": list(rule.refs),
        "documentation": list(documented(rule)),
    }


def _page(rule: type[Rule]) -> str:
    import textwrap

    lines = [f"{rule.id}  ({rule.severity.value} severity, {rule.confidence.value} confidence)", ""]
    for paragraph in documented(rule):
        lines += [textwrap.fill(paragraph, 100), ""]
    lines.append("Reads: " + ", ".join(sorted(rule.reads)))
    if rule.refs:
        lines.append("See: " + ", ".join(rule.refs))
    return "\n".join(lines)
