"""All patterns of all rules in one pass: Hyperscan for where, `re` for exactly which characters."""

from mcpscan.match.matcher import MOST_MATCHES, Hits, Match, Matcher, cache_directory
from mcpscan.match.pattern import FLAGS, Pattern, expand, lower
from mcpscan.match.plan import is_cheap, plan
from mcpscan.match.presence import Presence

__all__ = [
    "FLAGS",
    "MOST_MATCHES",
    "Hits",
    "Match",
    "Matcher",
    "Pattern",
    "Presence",
    "cache_directory",
    "expand",
    "is_cheap",
    "lower",
    "plan",
]
