"""The HTTP filter."""
