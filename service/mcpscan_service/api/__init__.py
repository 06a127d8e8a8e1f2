"""The scan API: what the library's scanner does, over HTTP.

Nothing is imported here, so that adapters can use `mcpscan_service.api.scans` without FastAPI; `routes` needs it.
"""
