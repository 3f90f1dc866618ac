"""Downloads against a real server: resume, hashes, and a sentence for each kind of trouble."""

from __future__ import annotations

import errno
import hashlib
import shutil
import socket
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from file_server import FileServer

from uniqa_desktop import atomic, downloads, transport
from uniqa_desktop.errors import DiskFull, DownloadError

DATA = bytes(range(256)) * 4000
NAME = "model.safetensors"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    monkeypatch.setattr(transport, "SCHEMES", ("http", "https"))
    with FileServer(DATA, NAME) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "downloads"


def look(link: str) -> downloads.Offer:
    offer = downloads.look(link)
    assert offer is not None
    return offer


def fetch(server: FileServer, folder: Path, **wishes: object) -> Path | None:
    return rest(downloads.fetch(look(server.link), folder, **wishes))  # type: ignore[arg-type]


def rest(job: Generator[int, None, Path | None]) -> Path | None:
    """Runs a download to its end."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def part(folder: Path) -> Path:
    return folder / f"{NAME}.part"


def test_the_hub_says_size_and_hash_before_it_sends_on(server: FileServer) -> None:
    server.redirects = True
    offer = look(server.link)
    assert offer.name == NAME
    assert offer.size == len(DATA)
    assert offer.sha256 == hashlib.sha256(DATA).hexdigest()
    assert [method for method, _, _ in server.asked] == ["HEAD", "HEAD"]


def test_a_server_without_a_hash_is_told_apart(server: FileServer, folder: Path) -> None:
    server.etag = '"v1"'
    assert look(server.link).sha256 is None
    assert fetch(server, folder) == folder / NAME


@pytest.mark.parametrize("redirects", [False, True])
def test_a_file_arrives_whole(server: FileServer, folder: Path, redirects: bool) -> None:
    server.redirects = redirects
    done = fetch(server, folder)
    assert done == folder / NAME
    assert done.read_bytes() == DATA
    assert not part(folder).exists()


def test_only_the_request_leaves_the_machine(server: FileServer, folder: Path) -> None:
    fetch(server, folder)
    sent = {name.lower() for _, _, headers in server.asked for name in headers}
    assert sent <= {"host", "user-agent", "accept-encoding", "connection"}
    assert {headers["User-Agent"] for _, _, headers in server.asked} == {"uniqa-desktop"}


@pytest.mark.parametrize("redirects", [False, True])
def test_a_cut_connection_is_gone_on_from(
    server: FileServer, folder: Path, redirects: bool
) -> None:
    server.redirects = redirects
    server.cut_after = 300_000
    with pytest.raises(DownloadError, match=r"lost after .* of 1\.0 MB: get it again"):
        fetch(server, folder)
    assert part(folder).stat().st_size == 300_000
    assert not (folder / NAME).exists()
    server.cut_after = None
    done = fetch(server, folder)
    assert done is not None
    assert done.read_bytes() == DATA
    assert server.asked[-1][2]["Range"] == "bytes=300000-"


def test_stopping_keeps_what_has_arrived(server: FileServer, folder: Path) -> None:
    stop = threading.Event()
    job = downloads.fetch(look(server.link), folder, stop=stop)
    while next(job) < 200_000:
        pass
    stop.set()
    assert rest(job) is None
    assert 200_000 <= part(folder).stat().st_size < len(DATA)
    assert fetch(server, folder) == folder / NAME
    assert int(server.asked[-1][2]["Range"].removeprefix("bytes=").rstrip("-")) >= 200_000


def test_a_silent_server_can_be_stopped(server: FileServer, folder: Path) -> None:
    server.hangs_after = 100_000
    stop = threading.Event()
    job = downloads.fetch(look(server.link), folder, stop=stop)
    while next(job) < 90_000:
        pass
    threading.Timer(0.3, stop.set).start()
    assert rest(job) is None
    server.let_go.set()


def test_a_file_that_changed_on_the_server_starts_again(server: FileServer, folder: Path) -> None:
    server.cut_after = 300_000
    with pytest.raises(DownloadError):
        fetch(server, folder)
    server.cut_after = None
    server.replace(DATA[::-1])
    done = fetch(server, folder)
    assert done is not None
    assert done.read_bytes() == DATA[::-1]
    assert "Range" not in server.asked[-1][2]


def test_a_server_that_knows_no_ranges_sends_it_all_again(server: FileServer, folder: Path) -> None:
    server.cut_after = 300_000
    with pytest.raises(DownloadError):
        fetch(server, folder)
    server.cut_after, server.ranges = None, False
    done = fetch(server, folder)
    assert done is not None
    assert done.read_bytes() == DATA


def test_a_range_that_is_refused_starts_again(server: FileServer, folder: Path) -> None:
    server.cut_after = 300_000
    with pytest.raises(DownloadError):
        fetch(server, folder)
    server.cut_after, server.refuses_ranges = None, True
    done = fetch(server, folder)
    assert done is not None
    assert done.read_bytes() == DATA


def test_what_arrived_but_was_not_used_is_not_fetched_again(
    server: FileServer, folder: Path
) -> None:
    fetch(server, folder)
    asked = len(server.asked)
    assert fetch(server, folder) == folder / NAME
    assert [method for method, _, _ in server.asked[asked:]] == ["HEAD"]


def test_a_wrong_hash_is_thrown_away(server: FileServer, folder: Path) -> None:
    server.etag = f'"{"0" * 64}"'
    with pytest.raises(DownloadError, match="another sha256"):
        fetch(server, folder)
    with pytest.raises(DownloadError, match="another sha256"):
        fetch(server, folder, sha256="1" * 64)
    assert not part(folder).exists()
    assert not (folder / NAME).exists()


def test_a_sign_in_page_is_no_model(server: FileServer, folder: Path) -> None:
    server.page = True
    with pytest.raises(DownloadError, match="web page came instead of the file"):
        look(server.link)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(404, "no file at"), (403, "does not hand out"), (401, "browser"), (503, "try again later")],
)
def test_a_refusal_is_one_sentence(server: FileServer, status: int, sentence: str) -> None:
    server.status = status
    with pytest.raises(DownloadError, match=sentence):
        look(server.link)


def test_offline_is_said_at_once(server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_address: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(DownloadError, match=r"127\.0\.0\.1 cannot be found: .* offline"):
        look(server.link)


def test_nobody_at_home(server: FileServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DownloadError, match="cannot be reached"):
        look(f"http://127.0.0.1:{port}/{NAME}")


def test_only_secure_addresses(server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.elsewhere = "ftp://127.0.0.1/file"
    with pytest.raises(DownloadError, match="not a secure address"):
        look(server.link)
    monkeypatch.setattr(transport, "SCHEMES", ("https",))
    asked = len(server.asked)
    with pytest.raises(DownloadError, match="not a secure address"):
        look(server.link)
    assert len(server.asked) == asked, "nothing was sent"


def test_a_server_without_a_certificate_is_not_believed(server: FileServer) -> None:
    with pytest.raises(DownloadError, match="no secure connection"):
        look(server.link.replace("http:", "https:"))


def test_too_little_room_is_said_before_fetching(
    server: FileServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1000))
    with pytest.raises(DiskFull, match="No room left"):
        fetch(server, folder)
    assert [method for method, _, _ in server.asked] == ["HEAD"]


def test_a_drive_that_fills_up_keeps_what_fits(
    server: FileServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    class Full:
        """A file on a drive that takes 100 kB."""

        def __init__(self, path: Path, mode: str) -> None:
            self._file = real(path, mode)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def truncate(self, size: int) -> None:
            self._file.truncate(size)

        def write(self, block: bytes) -> None:
            if self._file.tell() > 100_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            self._file.write(block)

    def open_(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        return Full(path, mode) if mode == "ab" else real(path, mode, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", open_)
    with pytest.raises(DiskFull, match="No room left"):
        fetch(server, folder)
    monkeypatch.undo()
    assert part(folder).stat().st_size > 100_000
    assert errno.ENOSPC in atomic.NO_ROOM
