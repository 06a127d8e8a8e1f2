"""A report as text: one file per format, each with one function from a report to a string.

Everything in a report that came from a server is text that a person, a terminal, a browser or a model will read next:
quotes arrive here with unseen characters already escaped, and each format escapes what would act in it.
"""

from __future__ import annotations

from importlib import import_module

from mcpscan.finding import Report

FORMATS = ("terminal", "json", "sarif", "junit", "markdown")
"""The formats there are; each is the module of this package of the same name (`json` is `json_`)."""


def render(report: Report, form: str, *, color: bool = False, width: int = 100) -> str:
    """A report in one of `FORMATS`. `color` and `width` (columns) matter to the terminal alone.

    Raises `ValueError` for a format there is not.
    """
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    if form == "terminal":
        from mcpscan.render.terminal import terminal

        return terminal(report, color=color, width=width)
    module = import_module(f"mcpscan.render.{'json_' if form == 'json' else form}")
    text: str = getattr(module, module.__name__.rpartition(".")[2])(report)
    return text


def documented(rule: object) -> tuple[str, ...]:
    """A rule's documentation by paragraph: what a finding means, why it matters, what to do; without its examples."""
    import inspect

    paragraphs = [" ".join(block.split()) for block in inspect.cleandoc(rule.__doc__ or "").split("\n\n")]
    return tuple(block for block in paragraphs if block and not block.startswith(">>>"))


def place(pointer: str, owner: str, *, in_key: bool = False) -> str:
    """A JSON Pointer as a person reads it: the item, then the way to the text.

    >>> place("/wire/tools~1list/0/tools/3/inputSchema/properties/city/description", "get_weather")
    'get_weather › inputSchema › properties › city › description'
    """
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for collection in ("tools", "prompts", "resources", "resourceTemplates"):
        if owner and collection in steps:
            at = steps.index(collection)
            steps = [owner, *steps[at + 2 :]]
            break
    if steps[:1] == ["wire"]:
        steps = [step for step in steps[1:] if not step.isdigit()]
    return " › ".join(steps or ["(the text itself)"]) + (" (its name)" if in_key else "")
