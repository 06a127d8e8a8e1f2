"""A model's API on loopback for live tests: it calls one tool, then says that it is done. Keeps every request."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class FakeModel:
    """The Messages API with event streams, as far as Claude Code needs it. A context manager."""

    def __init__(self, tool: str, arguments: dict[str, Any]) -> None:
        self.tool, self.arguments = tool, arguments
        self.requests: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def tool_results(self) -> list[Any]:
        """What the model was given as results of tools in the last request."""
        blocks = [
            block
            for message in self.requests[-1].get("messages", [])
            if isinstance(message["content"], list)
            for block in message["content"]
        ]
        return [block["content"] for block in blocks if block.get("type") == "tool_result"]

    @property
    def read(self) -> str:
        """Everything of the conversation that the model was given in all requests."""
        return json.dumps([request.get("messages") for request in self.requests])

    def events(self, body: dict[str, Any]) -> bytes:
        called = "tool_result" in json.dumps(body.get("messages", []))
        has = any(tool.get("name") == self.tool for tool in body.get("tools", []))
        message = {"id": "msg_1", "type": "message", "role": "assistant", "model": body.get("model"), "content": [],
                   "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}  # fmt: skip
        if has and not called:
            stop, block = "tool_use", {"type": "tool_use", "id": "toolu_1", "name": self.tool, "input": {}}
            delta = {"type": "input_json_delta", "partial_json": json.dumps(self.arguments)}
        else:
            stop, block, delta = "end_turn", {"type": "text", "text": ""}, {"type": "text_delta", "text": "done"}
        said = [
            ("message_start", {"message": message}),
            ("content_block_start", {"index": 0, "content_block": block}),
            ("content_block_delta", {"index": 0, "delta": delta}),
            ("content_block_stop", {"index": 0}),
            ("message_delta", {"delta": {"stop_reason": stop, "stop_sequence": None}, "usage": {"output_tokens": 5}}),
            ("message_stop", {}),
        ]
        return "".join(f"event: {n}\ndata: {json.dumps({'type': n, **more})}\n\n" for n, more in said).encode()


def _handler(model: FakeModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])) or b"{}")
            if "count_tokens" in self.path:
                self._send("application/json", b'{"input_tokens": 1}')
                return
            model.requests.append(body)
            self._send("text/event-stream", model.events(body))

        def do_HEAD(self) -> None:
            self._send("text/plain", b"")

        do_GET = do_HEAD  # noqa: N815 - the library's name

        def _send(self, kind: str, data: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler
