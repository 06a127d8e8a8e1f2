"""What all terminal reports share: colours, the excerpt with its marked characters, the hunk of a change."""

from __future__ import annotations

import io

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mcpscan.finding import Action, Difference, Finding, Severity
from mcpscan.render.changes import pieces
from mcpscan.render.shown import shown

STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
VERDICTS = {
    Action.BLOCK: "bold white on red",
    Action.REVIEW: "bold black on yellow",
    Action.ALLOW: "bold white on green",
}
GRADES = {Action.BLOCK: "bold red", Action.REVIEW: "yellow", Action.ALLOW: "green"}


def a_console(*, color: bool, width: int) -> tuple[Console, io.StringIO]:
    """A console of so many columns that interprets no markup, and what it writes to."""
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=color, no_color=not color, width=width, highlight=False, markup=False, emoji=False,
        color_system="standard" if color else None, legacy_windows=False,
    )  # fmt: skip
    return console, out


def trimmed(out: io.StringIO) -> str:
    """What was written, without the spaces that fill lines."""
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))


def excerpt(console: Console, finding: Finding, indent: int = 4) -> None:
    """The text around the finding on one line, cut to the width, with the span marked on the line below."""
    room = max(24, console.width - indent - 4)
    quote, lead = cut(shown(finding.quote), room), shown(finding.before)
    left = max(0, min(len(lead), (room - cell_len(quote)) // 2))
    before = ("…" if left < len(lead) else "") + lead[len(lead) - left :]
    after = cut(shown(finding.after), max(0, room - cell_len(before) - cell_len(quote)))
    console.print(Text(" " * indent) + Text(before) + Text(quote, style="bold red") + Text(after), soft_wrap=True)
    console.print(Text(" " * (indent + cell_len(before)) + "^" * max(1, cell_len(quote)), style="red"), soft_wrap=True)


def cut(text: str, cells: int) -> str:
    """The text cut to so many columns, with an ellipsis where something went."""
    if cell_len(text) <= cells:
        return text
    kept = text
    while kept and cell_len(kept) > cells - 1:
        kept = kept[: len(kept) - max(1, (cell_len(kept) - cells) // 2)]
    return kept + "…"


def hunk(change: Difference) -> Text:
    """What changed, the gone and the come marked by characters and colours."""
    marks = {"=": ("", "", "dim"), "-": ("[-", "-]", "red"), "+": ("{+", "+}", "green")}
    line = Text()
    for sign, text in pieces(change):
        left, right, style = marks[sign]
        line.append(left + shown(text) + right, style=style)
    return line
