"""Adapters that are imported load no web framework and no gRPC."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("name", ["docker", "envoy", "http_exchange", "litellm", "moderation", "payloads"])
def test_an_adapter_that_is_imported_loads_nothing_heavy(name):
    code = f"import mcpscan_service.adapters.{name}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"fastapi", "starlette", "aiohttp", "grpc", "envoy_data_plane", "onnxruntime", "mcp"}
    assert set(done.stdout.split()) & heavy == set()
