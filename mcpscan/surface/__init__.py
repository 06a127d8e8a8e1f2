"""Raw MCP JSON in, passages out: every text a server can put before a model, a user or a host.

The map of text-bearing fields follows the specification's schema of revisions 2024-11-05 to 2026-07-28.
"""

from mcpscan.surface.parse import Repeated, parse
from mcpscan.surface.passage import (
    ASKS,
    CONTENT,
    EVERYWHERE,
    METADATA,
    NAMES,
    Anomaly,
    Item,
    Kind,
    Passage,
    Reach,
    Surface,
    Unread,
)
from mcpscan.surface.shapes import read, read_text

__all__ = [
    "ASKS",
    "CONTENT",
    "EVERYWHERE",
    "METADATA",
    "NAMES",
    "Anomaly",
    "Item",
    "Kind",
    "Passage",
    "Reach",
    "Repeated",
    "Surface",
    "Unread",
    "parse",
    "read",
    "read_text",
]
