"""A real HTTP server on this machine that offers one file, well or badly behaved."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import pytest

from uniqa_desktop import transport, weights

_PIECE = 50_000


class FileServer:
    """Serves `data` as `/hub/NAME` until it is left; `asked` is what it was asked.

    `redirects`: like the hub, it names size and hash and sends on to another address. `etag` is by
    default the sha256. `cut_after`: it hangs up after so many bytes; `hangs_after`: it falls silent
    until `let_go`. `page`: it answers with a web page, as a network that wants a sign-in does.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.redirects = self.page = self.refuses_ranges = False
        self.ranges = True
        self.status = 200
        self.elsewhere = ""
        self.cut_after: int | None = None
        self.hangs_after: int | None = None
        self.let_go = threading.Event()
        self.replace(data)

    def replace(self, data: bytes) -> None:
        self.data = data
        self.etag = f'"{hashlib.sha256(data).hexdigest()}"'

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def link(self) -> str:
        return f"{self.base}/hub/{self.name}"

    def __enter__(self) -> FileServer:
        owner = self

        class Handler(_Handler):
            server_owner = owner

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(0.02))
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_owner: FileServer

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self, *, body: bool) -> None:
        owner = self.server_owner
        owner.asked.append((self.command, self.path, dict(self.headers)))
        if owner.status != 200:
            self._head(owner.status, {"Content-Length": "0"})
        elif owner.elsewhere:
            self._head(302, {"Location": owner.elsewhere, "Content-Length": "0"})
        elif owner.page:
            page = b"<html><body>Please sign in</body></html>"
            self._head(200, {"Content-Type": "text/html", "Content-Length": str(len(page))})
            if body:
                self.wfile.write(page)
        elif owner.redirects and self.path.startswith("/hub/"):
            size = str(len(owner.data))
            said = {"x-linked-etag": owner.etag, "x-linked-size": size, "Content-Length": "0"}
            self._head(302, {**said, "Location": f"/store/{owner.name}"})
        else:
            self._file(body=body)

    def _file(self, *, body: bool) -> None:
        owner = self.server_owner
        total, start = len(owner.data), 0
        wanted = self.headers.get("Range")
        if wanted and owner.refuses_ranges:
            self._head(416, {"Content-Range": f"bytes */{total}", "Content-Length": "0"})
            return
        said = {"Content-Type": "application/octet-stream"}
        said["ETag" if owner.redirects else "x-linked-etag"] = owner.etag
        if wanted and owner.ranges:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            said["Content-Range"] = f"bytes {start}-{total - 1}/{total}"
        self._head(206 if start else 200, {**said, "Content-Length": str(total - start)})
        if body:
            self._send(start)

    def _send(self, start: int) -> None:
        owner = self.server_owner
        end = len(owner.data) if owner.cut_after is None else owner.cut_after
        try:
            while start < end:
                if owner.hangs_after is not None and start >= owner.hangs_after:
                    owner.let_go.wait(20)
                    return
                piece = owner.data[start : min(start + _PIECE, end)]
                self.wfile.write(piece)
                start += len(piece)
        except OSError:
            pass  # the other side has gone

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def put_on_hub(server: FileServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Puts a row for the server's file into the table of models; returns its id.

    The file has to be the tiny vision transformer. Downloads may be insecure from here on.
    """
    monkeypatch.setattr(transport, "SCHEMES", ("http",))
    monkeypatch.setattr(weights.Hub, "link", property(lambda _self: server.link))
    server.redirects = True
    row = replace(
        weights.get("clip-rn50"),
        id="tiny-hub",
        title="Tiny CLIP",
        architecture="ViT 2×64/16",
        hub=weights.Hub("tiny", server.name),
    )
    monkeypatch.setitem(weights._BY_ID, row.id, row)
    monkeypatch.setattr(weights, "MODELS", (*weights.MODELS, row))
    return row.id
