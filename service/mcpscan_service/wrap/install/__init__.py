"""Puts the wrapper into clients' configurations, and takes it out again."""
