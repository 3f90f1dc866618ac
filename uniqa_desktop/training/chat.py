"""Asking a vision-language server by the OpenAI-compatible chat protocol, one request at a time.

Ollama, llama.cpp and vLLM speak it. Only the standard library is used: it follows no redirect and
no proxy setting of the environment, so a request goes to the address that was given and nowhere
else, and it can be cut off at any moment. Nothing but this machine is spoken to unless that was
allowed: the name is checked first, and the connected peer again before the first byte is sent.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from uniqa_desktop.errors import ServerError, WrongUse
from uniqa_desktop.settings import CAPTION_SERVER

_CONNECT = 10.0
"""Seconds to wait for a connection."""
_MOST_BYTES = 1 << 20
"""An answer is a few hundred characters; what is larger than this is something else."""
_EXCERPT = 200
_BUSY = frozenset({408, 425, 429})
_CLOUD = re.compile(r"[:-]cloud$")
"""Ollama marks so the models that it passes on to its own servers."""


class Unsteady(Exception):
    """An attempt failed; the next one may not."""


class Busy(Unsteady):
    """The server cannot answer now. `wait` is the pause that it asks for, in seconds."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


class Late(Unsteady):
    """No whole answer in time; the next attempt would wait as long."""


class Refused(Exception):
    """The server will not answer this request, however often it is asked."""


class Closed(Exception):
    """`ChatServer.close` was called."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the text, the model that wrote it, and whether it was cut off for length."""

    text: str
    model: str
    cut: bool


class ChatServer:
    """A server by its address. Any number of threads may `ask` at once."""

    def __init__(
        self,
        address: str = CAPTION_SERVER,
        *,
        key: str | None = None,
        timeout: float = 120.0,
        allow_remote: bool = False,
    ) -> None:
        """Checks the address; nothing is sent.

        Args:
            address: such as `http://127.0.0.1:11434/v1`; a scheme or path that is missing is
                taken to be `http` and `/v1`.
            key: sent as a bearer token, where the server wants one.
            timeout: seconds for a whole answer, however it trickles in.
            allow_remote: whether it may be another machine.

        Raises:
            WrongUse: the address or key makes no sense, or it is not on this machine and that is
                not allowed.
        """
        self._secure, self._host, self._port, self._path = _parts(address)
        self._allow_remote = allow_remote
        if not (allow_remote or _names_this_machine(self._host)):
            raise WrongUse(
                f"{self._host} is not this machine: every photo would leave it for that server. "
                "If that is what you want, say so with --allow-remote."
            )
        if key is not None and not re.fullmatch(r"[!-~]+", key):
            raise WrongUse("The server's key is empty or holds characters that no key has.")
        self._key = key
        self._timeout = timeout
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._closed = threading.Event()
        self._answered = False

    @property
    def name(self) -> str:
        """Host and port, for messages."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{host}:{self._port}"

    @property
    def is_remote(self) -> bool:
        """Whether the address is another machine's."""
        return not _names_this_machine(self._host)

    def check_model(self, model: str) -> None:
        """Refuses a model that a server on this machine would pass on to another one.

        Raises:
            WrongUse: it is one of those, and that is not allowed.
        """
        if not self._allow_remote and _CLOUD.search(model.strip().lower()):
            raise WrongUse(
                f"{model} does not run on this machine: the server would pass every photo on to "
                "its maker's. If that is what you want, say so with --allow-remote."
            )

    def ask(self, request: Mapping[str, Any]) -> Answer:
        """Sends one chat request and waits for the whole answer.

        Raises:
            Unsteady: no answer of use; `Late`, none in time; `Busy`, the server has trouble.
            Refused: the server does not want this very request.
            ServerError: no request to it can succeed.
            Closed: `close` was called, now or before.
        """
        body = json.dumps(request).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        with self._connected() as connection:
            connection.request("POST", f"{self._path}/chat/completions", body, headers)
            with connection.getresponse() as response:
                data = response.read(_MOST_BYTES + 1)
                if response.length and len(data) <= _MOST_BYTES:
                    raise http.client.IncompleteRead(data, response.length)
        self._answered = True
        self._check_status(response, data)
        if len(data) > _MOST_BYTES:
            raise Unsteady("The server's answer is larger than a megabyte.")
        return _answer(data)

    def pause(self, seconds: float) -> None:
        """Waits, unless the server is closed.

        Raises:
            Closed: it is.
        """
        if self._closed.wait(seconds):
            raise Closed

    def close(self) -> None:
        """Ends every request under way and refuses further ones."""
        self._closed.set()
        with self._lock:
            for held in self._sockets:
                _cut(held)

    @contextmanager
    def _connected(self) -> Iterator[http.client.HTTPConnection]:
        """A connection that ends in time, with its troubles sorted."""
        late = threading.Event()
        connection = self._connect()
        held = connection.sock
        assert held is not None

        def give_up() -> None:
            late.set()
            _cut(held)

        # A time limit on each read would let a server go on for ever by a byte now and then.
        limit = threading.Timer(self._timeout, give_up)
        limit.daemon = True
        with self._lock:
            self._sockets.add(held)
        limit.start()
        try:
            if self._closed.is_set():
                raise Closed
            yield connection
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self._closed.is_set():
                raise Closed from None
            if late.is_set() or isinstance(error, TimeoutError):
                raise Late(self._too_late()) from None
            raise Busy(
                f"The connection broke ({_excerpt(str(error)) or type(error).__name__})."
            ) from None
        finally:
            limit.cancel()
            with self._lock:
                self._sockets.discard(held)
            connection.close()
        if late.is_set():  # an answer without a stated length looks complete when it is cut off
            raise Late(self._too_late())
        if self._closed.is_set():
            raise Closed

    def _too_late(self) -> str:
        return f"The server gave no answer within {self._timeout:g} seconds."

    def _connect(self) -> http.client.HTTPConnection:
        if self._closed.is_set():
            raise Closed
        wait = min(_CONNECT, self._timeout)
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=wait)
        try:
            connection.connect()
            assert connection.sock is not None
            if not self._allow_remote and not _is_loopback(connection.sock.getpeername()[0]):
                raise ServerError(
                    f"{self._host} leads to another machine ({connection.sock.getpeername()[0]}): "
                    "no photo was sent. Allow it with --allow-remote if you trust it."
                )
            connection.sock.settimeout(self._timeout)
        except (OSError, UnicodeError) as error:
            connection.close()
            if isinstance(error, ssl.SSLError) or not self._answered:
                reason = "" if isinstance(error, ConnectionRefusedError) else f" ({error})"
                raise ServerError(
                    f"No language server answers at {self.name}{reason}: start one (Ollama, "
                    "llama.cpp, vLLM) or give its address with --server."
                ) from None
            raise Busy(f"The server at {self.name} cannot be reached ({error}).") from None
        except ServerError:
            connection.close()
            raise
        return connection

    def _check_status(self, response: http.client.HTTPResponse, data: bytes) -> None:
        status = response.status
        if status == 200:
            return
        said = _said(data)
        words = f": “{said}”" if said else ""
        if 300 <= status < 400:
            target = _excerpt(response.getheader("Location") or "elsewhere")
            raise ServerError(
                f"The server at {self.name} sends requests on to {target}: no photo was sent there."
                " Give that address itself if you trust it."
            )
        if status in (401, 403):
            raise ServerError(
                f"The server at {self.name} wants another key ({status}){words}: name the "
                "environment variable that holds it with --key-from."
            )
        if status in (404, 405):
            raise ServerError(
                f"The server at {self.name} does not know this model, or has no chat under "
                f"{self._path} ({status}){words}."
            )
        if status in _BUSY or status >= 500:
            raise Busy(
                f"The server answered with error {status}{words}.",
                _seconds(response.getheader("Retry-After")),
            )
        if status >= 400:
            raise Refused(f"The server refused the request ({status}){words}.")
        raise Unsteady(f"The server answered with status {status}, which is no answer.")


def photo_message(words: str, picture: str) -> list[dict[str, Any]]:
    """The messages of a request about one picture, given as a `data:` link.

    One message of the user's: many vision models know no system message.
    """
    parts = [
        {"type": "text", "text": words},
        {"type": "image_url", "image_url": {"url": picture}},
    ]
    return [{"role": "user", "content": parts}]


def _parts(address: str) -> tuple[bool, str, int, str]:
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise WrongUse(f"{address!r} is no address of a server, such as {CAPTION_SERVER}.")
    if parts.username is not None or parts.password is not None:
        raise WrongUse("A name or password cannot be part of the address: use --key-from.")
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    if not re.fullmatch(r"[!-~]*", path):
        raise WrongUse(f"{address!r} is no address of a server, such as {CAPTION_SERVER}.")
    secure = parts.scheme == "https"
    return secure, parts.hostname, port or (443 if secure else 80), path


def _names_this_machine(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost") or _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _cut(held: socket.socket) -> None:
    with suppress(OSError):
        # Not the method of a TLS socket, which would take the state from under its reader.
        socket.socket.shutdown(held, socket.SHUT_RDWR)


def _answer(data: bytes) -> Answer:
    try:
        document = json.loads(data)
        choice = document["choices"][0]
        message = choice["message"]
        text = message["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Unsteady(f"The server's answer makes no sense: “{_said(data)}”.") from None
    refusal = message.get("refusal")
    if text is None and isinstance(refusal, str) and refusal.strip():
        raise Refused(f"The model refused: “{_excerpt(refusal)}”.")
    if not isinstance(text, str | None):
        raise Unsteady(f"The server's answer is no text: “{_excerpt(str(text))}”.")
    model = document.get("model")
    return Answer(
        text=text or "",
        model=_excerpt(model) if isinstance(model, str) else "",
        cut=choice.get("finish_reason") == "length",
    )


def _said(data: bytes) -> str:
    """What an error's body says, as one short line."""
    text = data[: 1 << 16].decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        found = json.loads(text)
        for name in ("error", "message", "detail"):
            if isinstance(found, dict) and isinstance(found.get(name), dict | str):
                found = found[name]
        if isinstance(found, str):
            text = found
    return _excerpt(text)


def _excerpt(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:4000]).split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"


def _seconds(header: str | None) -> float:
    """A Retry-After in seconds, a minute at most; 0 if there is none (dates are not understood)."""
    return min(float(header), 60.0) if header and re.fullmatch(r"\d{1,6}", header) else 0.0
