"""A language server for tests: real HTTP on loopback, with answers that the test scripts."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from uniqa_desktop import decode


@dataclass(frozen=True)
class Reply:
    """What goes over the wire. `hang` keeps the client waiting until the server is closed;
    `drip` sends a byte of the body at a time, for ever."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    drip: bool = False
    cut: bool = False


def said(text: Any, *, model: str = "seer-1", finish: str = "stop", **message: Any) -> Reply:
    """An answer as the protocol has it."""
    choice = {"message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
    return Reply(json.dumps({"model": model, "choices": [choice]}).encode())


def error(status: int, text: str = "oh dear", **headers: str) -> Reply:
    return Reply(json.dumps({"error": {"message": text}}).encode(), status, headers)


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    document: dict[str, Any]

    @property
    def question(self) -> str:
        return self.document["messages"][0]["content"][0]["text"]

    @property
    def jpeg(self) -> bytes:
        link = self.document["messages"][0]["content"][1]["image_url"]["url"]
        kind, _, data = link.partition(",")
        assert kind == "data:image/jpeg;base64"
        return base64.b64decode(data)

    @property
    def picture(self) -> np.ndarray:
        return decode.decode_jpeg_thumb(self.jpeg)


@dataclass
class Server:
    address: str
    asked: list[Asked]
    most_at_once: int = 0


Script = Callable[[Asked, int], Reply]
"""The reply to a request and its number, from 0."""


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """A server that answers by `script` until the block ends."""
    closing, lock = threading.Event(), threading.Lock()
    now = 0

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal now
            size = int(self.headers["Content-Length"])
            asked = Asked(self.path, dict(self.headers), json.loads(self.rfile.read(size)))
            with lock:
                number = len(server.asked)
                server.asked.append(asked)
                now += 1
                server.most_at_once = max(server.most_at_once, now)
            try:
                self._send(script(asked, number))
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                with lock:
                    now -= 1

        def _send(self, reply: Reply) -> None:
            if reply.hang:
                closing.wait(30)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name.replace("_", "-"), value)
            if reply.cut:  # as if the server died: the stated length never comes
                self.send_header("Content-Length", str(len(reply.body) + 50))
            self.end_headers()
            while reply.drip and not closing.wait(0.02):
                self.wfile.write(b" ")
                self.wfile.flush()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, *_: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server = Server(f"http://127.0.0.1:{http.server_address[1]}/v1", [])
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            closing.set()
            http.shutdown()
            thread.join()
