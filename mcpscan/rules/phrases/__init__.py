"""Rule patterns in other languages: one file per language, each a table from rule id to patterns.

The rules of `directive.py` and its like are written in English; `translated` gives what says the same elsewhere.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

LANGUAGES = (
    "ar", "bn", "cs", "de", "el", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ro", "ru",
    "sv", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""ISO 639-1 codes of the languages there are patterns for, beside English."""


@cache
def translated(rule: str) -> tuple[str, ...]:
    """The patterns of all other languages for one rule."""
    tables = (import_module(f"mcpscan.rules.phrases.{language}").PHRASES for language in LANGUAGES)
    return tuple(pattern for table in tables for pattern in table.get(rule, ()))
