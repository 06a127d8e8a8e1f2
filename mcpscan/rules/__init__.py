"""Every shipped rule, one line each, in the order of the documentation."""

from mcpscan.rule import Rule
from mcpscan.rules import directive, hidden

RULES: tuple[type[Rule], ...] = (
    hidden.HiddenTags,
    directive.DirectiveOverride,
)
"""Adding a rule is a class in its family's file and a line here."""
