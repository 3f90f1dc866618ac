"""Fetching one file from the network: with resume, a hash, and one sentence for what goes wrong.

The standard library is enough for one file by one GET request, and unlike the hub's own client it
can be stopped at any moment, says how far it is, and sends nothing but the request: no token, no
cookie, no list of what is installed here.

    FOLDER/NAME.part    what has arrived; kept when the connection is cut or the user stops
    FOLDER/NAME.json    which version of which file that is, so that no two are ever joined
    FOLDER/NAME         the whole file, once its size and hash are right
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import shutil
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit

from uniqa_desktop import atomic, transport
from uniqa_desktop.errors import DownloadError

_BLOCK = 1 << 16
_HASH_BLOCK = 1 << 22
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server says of a file before it is fetched.

    `size` is bytes. `sha256` is the hash that the server publishes (hex), `None` where it does
    not. `mark` names the version: it changes when the file does; empty where nothing is said.
    """

    link: str
    name: str
    size: int | None
    sha256: str | None
    mark: str

    @property
    def host(self) -> str:
        return urlsplit(self.link).hostname or self.link


def look(link: str, stop: threading.Event | None = None) -> Offer | None:
    """Asks what is at `link`, fetching nothing; `None` if it was stopped.

    Raises:
        DownloadError: nobody answers, or there is no such file; one sentence.
    """
    for offer in transport.heard(lambda: [_looked(link)], stop or threading.Event()):
        return offer
    return None


def fetch(
    offer: Offer,
    folder: Path,
    *,
    sha256: str | None = None,
    stop: threading.Event | None = None,
) -> Generator[int, None, Path | None]:
    """Fetches a file into `folder`, going on where an earlier try was cut off.

    Args:
        offer: what `look` returned.
        folder: made if it is not there.
        sha256: the hash that the file must have; by default the one of the offer.
        stop: ends it soon after it is set; what has arrived is kept.

    Yields:
        How many bytes are there.

    Returns:
        The file, or `None` if it was stopped.

    Raises:
        DownloadError: the connection was lost (what has arrived is kept), or what came is not the
            file (it is thrown away); one sentence.
        DiskFull: no room; what has arrived is kept.
    """
    stop = stop or threading.Event()
    whole, part = folder / offer.name, folder / f"{offer.name}.part"
    with atomic.full_disk(folder):
        have = _begin(offer, whole, part)
        yield have
        if offer.size is None or have < offer.size:
            have = yield from _receive(offer, part, have, stop)
        if stop.is_set():
            return None
        _check_size(offer, part, have)
        expected = sha256 or offer.sha256
        if expected and not (yield from _has_hash(part, expected, have, stop)):
            if stop.is_set():
                return None
            part.unlink()
            raise DownloadError(
                f"What arrived from {offer.host} is not {offer.name} as published (another "
                "sha256): it was thrown away. Try again later."
            )
        part.replace(whole)
    return whole


def forget(folder: Path) -> None:
    """Removes what was fetched into `folder`, once it is no longer needed."""
    shutil.rmtree(folder, ignore_errors=True)


# On the drive


def _begin(offer: Offer, whole: Path, part: Path) -> int:
    """Makes the part file ready; returns how much of this version of the file is there.

    Raises:
        DiskFull: the rest will not fit.
    """
    folder, note = whole.parent, whole.with_name(f"{whole.name}.json")
    folder.mkdir(parents=True, exist_ok=True)
    version = {key: value for key, value in asdict(offer).items() if key != "sha256"}
    if whole.exists():  # it arrived, but was not used: it is checked again
        whole.replace(part)
    if not offer.mark or _noted(note) != version:
        part.unlink(missing_ok=True)
        atomic.write_bytes(note, json.dumps(version, indent=2).encode())
    have = part.stat().st_size if part.exists() else 0
    if offer.size is not None:
        if have > offer.size:
            part.unlink()
            have = 0
        if shutil.disk_usage(folder).free < offer.size - have:
            raise atomic.disk_full(folder)
    return have


def _noted(note: Path) -> object:
    try:
        return json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _receive(
    offer: Offer, part: Path, have: int, stop: threading.Event
) -> Generator[int, None, int]:
    """Adds what is missing to the part file; returns its size."""
    first = have
    with part.open("ab") as file:
        try:
            for item in transport.heard(lambda: _blocks(offer, first), stop):
                if isinstance(item, int):
                    have = item
                    file.truncate(have)
                else:
                    file.write(item)
                    have += len(item)
                    yield have
        except _Cut as error:
            raise _lost(offer, have) from error
    return have


def _check_size(offer: Offer, part: Path, have: int) -> None:
    if offer.size is None or have == offer.size:
        return
    if have < offer.size:
        raise _lost(offer, have)
    part.unlink()
    raise DownloadError(
        f"More arrived from {offer.host} than {offer.name} holds: it was thrown away. Try again "
        "later."
    )


def _has_hash(
    part: Path, expected: str, have: int, stop: threading.Event
) -> Generator[int, None, bool]:
    digest = hashlib.sha256()
    with part.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            if stop.is_set():
                return False
            digest.update(block)
            yield have
    return digest.hexdigest() == expected.lower()


def _lost(offer: Offer, have: int) -> DownloadError:
    of_all = f" of {_megabytes(offer.size)}" if offer.size else ""
    return DownloadError(
        f"The connection to {offer.host} was lost after {_megabytes(have)}{of_all}: get it again "
        "to go on from there."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


class _Cut(Exception):
    """The connection was lost in the middle of an answer."""


def _looked(link: str) -> Offer:
    answer, redirects = transport.request(link, "HEAD")
    with closing(answer):
        etag = redirects.etag or answer.headers.get("x-linked-etag") or ""
        mark = etag or answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        size = redirects.size or answer.headers.get("x-linked-size")
        size = size or answer.headers.get("Content-Length") or ""
        plain = etag.removeprefix("W/").strip('"').lower()
        return Offer(
            link=link,
            name=Path(unquote(urlsplit(link).path)).name,
            size=int(size) if size.isdecimal() else None,
            sha256=plain if _SHA256.fullmatch(plain) else None,
            mark=mark,
        )


def _blocks(offer: Offer, start: int) -> Iterator[int | bytes]:
    """From which byte on the server sends, then what it sends.

    Raises:
        DownloadError: there is no answer.
        _Cut: it ends too soon.
    """
    try:
        answer, _ = transport.request(offer.link, "GET", start)
    except DownloadError as error:
        cause = error.__cause__
        if not (start and isinstance(cause, HTTPError) and cause.code == 416):
            raise
        start = 0  # there is no such range: what is here is not of this file
        answer, _ = transport.request(offer.link, "GET")
    with closing(answer):
        if answer.status == 206:
            sent = _RANGE.fullmatch(answer.headers.get("Content-Range") or "")
            if sent is None or int(sent[1]) != start or int(sent[2]) != offer.size:
                raise DownloadError(
                    f"{offer.host} sends another part of {offer.name} than was asked for: try "
                    "again later."
                )
            yield start
        else:
            yield 0
        try:
            while block := answer.read1(_BLOCK):
                yield block
        except (OSError, http.client.HTTPException) as error:
            raise _Cut from error
