"""The stdio wrapper: stands between a client and the server that the client would start."""
