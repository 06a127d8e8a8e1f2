"""An audit as text: one file per form, each from a `fleet.Audit` to a string.

All names, texts and paths in an audit may be hostile: each form escapes what is unseen (`shown`) and what would act in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mcpscan.fleet import Audit

if TYPE_CHECKING:
    from mcpscan.render.audit.explained import Documented

FORMS = ("terminal", "json", "sarif", "junit", "markdown", "html", "cyclonedx")
"""The forms there are; each is the module of this package of the same name (`json` is `json_`)."""


def render_audit(
    audit: Audit,
    form: str,
    *,
    color: bool = False,
    width: int = 100,
    base: str = "",
    rules: Iterable[Documented] = (),
) -> str:
    """An audit in one of `FORMS`.

    `color` and `width` (columns) matter to the terminal, `base` (a folder) to SARIF: files below it are named relative to
    it, as code scanning wants them. `rules` explains rules that are not in `mcpscan.rules`. Raises `ValueError` for a form
    there is not, and `ImportError` that says what to install where the library for a form is missing.
    """
    if form not in FORMS:
        raise ValueError(f"no form {form!r}; there are {', '.join(FORMS)}")
    if form in {"json", "junit", "cyclonedx"}:
        return _plainly(audit, form)
    from mcpscan.render.audit.explained import explained

    book = explained(rules)
    if form == "terminal":
        from mcpscan.render.audit.terminal import terminal

        return terminal(audit, book, color=color, width=width)
    if form == "sarif":
        from mcpscan.render.audit.sarif import sarif

        return sarif(audit, book, base=base)
    if form == "markdown":
        from mcpscan.render.audit.markdown import markdown

        return markdown(audit, book)
    from mcpscan.render.audit.html import html

    return html(audit, book)


def _plainly(audit: Audit, form: str) -> str:
    """The forms that explain no rules."""
    if form == "json":
        from mcpscan.render.audit.json_ import json_

        return json_(audit)
    if form == "junit":
        from mcpscan.render.audit.junit import junit

        return junit(audit)
    from mcpscan.render.audit.cyclonedx import cyclonedx

    return cyclonedx(audit)
