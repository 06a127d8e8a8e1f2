"""Passages × rules → report. No input, no output, no network: every door of mcpscan leads here."""

from mcpscan.engine.scanner import Scanner, rules_digest

__all__ = ["Scanner", "rules_digest"]
