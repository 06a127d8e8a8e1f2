"""Edits of configuration files that touch single values: every other character stays."""
