"""One HTTPS request that can be stopped at any moment, with one sentence for what goes wrong.

Redirects are followed to https only. What is sent is the address, two headers, and nothing else.
"""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from uniqa_desktop.errors import DownloadError

Item = TypeVar("Item")

SCHEMES = ("https",)
"""What links and redirects may lead to."""
_CONNECT_TIMEOUT = 8.0
_SILENT_FOR = 30.0
"""Seconds without a byte after which a connection counts as lost."""
_LOOK_EVERY = 0.1
"""Seconds after which a stop is noticed, however silent the network is."""


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to https only; keeps what the hub says of the file on the way.

    The hub's own answer names the file's size and sha256 and sends on to another server, which
    does not (`x-linked-size` and `x-linked-etag`, as the hub's client reads them too).
    """

    def __init__(self) -> None:
        self.etag = ""
        self.size = ""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: Any,
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:
        self.etag = headers.get("x-linked-etag") or self.etag
        self.size = headers.get("x-linked-size") or self.size
        try:
            _check_scheme(newurl)
        except DownloadError:
            fp.close()
            raise
        onward = super().redirect_request(req, fp, code, msg, headers, newurl)
        if onward is not None:
            onward.method = req.get_method()  # before 3.13 a HEAD request became a GET
        return onward


class _Connection(http.client.HTTPSConnection):
    """Gives up soon where nobody answers, later where a known server is silent for a while."""

    def connect(self) -> None:
        super().connect()
        self.sock.settimeout(_SILENT_FOR)


class _Https(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, req, context=ssl.create_default_context())


def request(link: str, method: str, start: int = 0) -> tuple[http.client.HTTPResponse, Redirects]:
    """Opens `link`.

    Raises:
        DownloadError: one sentence; the cause is kept as its `__cause__`.
    """
    _check_scheme(link)
    redirects = Redirects()
    opener = urllib.request.build_opener(redirects, _Https())
    opener.addheaders = [("User-Agent", "uniqa-desktop"), ("Accept-Encoding", "identity")]
    asked = urllib.request.Request(link, method=method)
    if start:
        asked.add_header("Range", f"bytes={start}-")
    host = urlsplit(link).hostname or link
    try:
        answer = opener.open(asked, timeout=_CONNECT_TIMEOUT)
    except HTTPError as error:
        error.close()
        raise DownloadError(_refusal(host, link, error.code)) from error
    except (OSError, http.client.HTTPException) as error:
        raise DownloadError(_silence(host, error)) from error
    if "text/html" in (answer.headers.get("Content-Type") or "").lower():
        answer.close()
        raise DownloadError(
            f"A web page came instead of the file from {host}: if this network wants you to sign "
            "in, do so in a browser and try again."
        )
    return answer, redirects


def _check_scheme(link: str) -> None:
    if urlsplit(link).scheme not in SCHEMES:
        raise DownloadError(f"{link} is not a secure address (https): nothing was fetched.")


def _refusal(host: str, link: str, code: int) -> str:
    if code in (404, 410):
        return f"There is no file at {link} any more: see the model's page for where it is now."
    if code in (401, 403, 407, 451):
        return f"{host} does not hand out the file ({code}): get it with a browser instead."
    return f"{host} cannot send the file now ({code}): try again later."


def _silence(host: str, error: Exception) -> str:
    """Why nobody answered, in one sentence."""
    why = error.reason if isinstance(error, URLError) else error
    if isinstance(why, socket.gaierror):
        return f"{host} cannot be found: this computer seems to be offline."
    if isinstance(why, TimeoutError):
        return f"{host} does not answer: is this computer online?"
    if isinstance(why, ssl.SSLError):
        return (
            f"There is no secure connection to {host} ({why.reason or why}): something on this "
            "network is in between."
        )
    said = getattr(why, "strerror", None) or str(why) or type(why).__name__
    return f"{host} cannot be reached ({said}): is this computer online?"


def heard(source: Callable[[], Iterable[Item]], stop: threading.Event) -> Iterator[Item]:
    """The items of `source()`, which waits for the network in a thread of its own.

    So `stop` is noticed while the network is silent, and so is that the caller has gone: the
    thread then ends by its own time limit.
    """
    box: queue.Queue[tuple[str, Any]] = queue.Queue(maxsize=8)
    gone = threading.Event()

    def put(kind: str, item: object = None) -> bool:
        while not gone.is_set():
            try:
                box.put((kind, item), timeout=_LOOK_EVERY)
            except queue.Full:
                continue
            return True
        return False

    def run() -> None:
        try:
            for item in source():
                if not put("item", item):
                    return
        except Exception as error:
            put("error", error)
        else:
            put("end")

    threading.Thread(target=run, name="download", daemon=True).start()
    try:
        while not stop.is_set():
            try:
                kind, item = box.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                continue
            if kind == "error":
                raise item
            if kind == "end":
                return
            yield item
    finally:
        gone.set()
