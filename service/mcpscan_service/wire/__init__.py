"""How MCP messages travel over HTTP: bodies, event streams and header fields, seen from the decision point."""
