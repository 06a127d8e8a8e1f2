"""Words of the protocol itself, as they stand in nearly every message."""

OWN_WORDS = frozenset(
    {"2.0", "text", "image", "audio", "resource", "resource_link", "text/plain", "image/png", "tools/list", "tools/call",
     "prompts/list", "prompts/get", "resources/list", "resources/templates/list", "resources/read", "initialize",
     "server/discover", "ping", "completion/complete", "notifications/initialized", "notifications/progress",
     "notifications/message", "notifications/cancelled"}
)  # fmt: skip
"""Words of the protocol itself that nearly every message has: they say nothing, and would be read each time."""
