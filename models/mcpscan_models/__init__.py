"""Models that ship with mcpscan."""
