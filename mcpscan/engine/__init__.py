"""Passages × rules → report. No input, no output, no network: every door of mcpscan leads here."""

from mcpscan.engine.reader import Reader
from mcpscan.engine.scanner import Scanner, rules_digest

__all__ = ["Reader", "Scanner", "rules_digest"]
