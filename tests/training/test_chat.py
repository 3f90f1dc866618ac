"""Asking a server: what comes back, what goes wrong, and that nothing goes astray."""

from __future__ import annotations

import socket
import threading

import pytest
from chat_server import Reply, Script, error, said, serving
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.errors import ServerError, WrongUse
from uniqa_desktop.training.chat import Busy, ChatServer, Closed, Late, Refused, Unsteady

REQUEST = {"model": "seer", "messages": []}


def answer_to(script: Script, **server: object) -> str:
    with serving(script) as there:
        return ChatServer(there.address, **server).ask(REQUEST).text  # type: ignore[arg-type]


def test_an_answer_comes_back_with_its_model() -> None:
    with serving(lambda *_: said("A sharp photo.", model="seer-7b", finish="length")) as there:
        answer = ChatServer(there.address, key="s3cret").ask(REQUEST)
    assert (answer.text, answer.model, answer.cut) == ("A sharp photo.", "seer-7b", True)
    (asked,) = there.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == "Bearer s3cret"
    assert asked.document == REQUEST


@pytest.mark.parametrize("form", ["{}", "http://{}", "http://{}/", "{}/v1/chat/completions"])
def test_an_address_may_be_given_in_short(form: str) -> None:
    with serving(lambda *_: said("Yes.")) as there:
        bare = there.address.removeprefix("http://").removesuffix("/v1")
        assert ChatServer(form.format(bare)).ask(REQUEST).text == "Yes."
    assert there.asked[0].path == "/v1/chat/completions"


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.7:11434",
        "https://models.example.com/v1",
        "http://0.0.0.0:8000",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[fe80::1]:80",
        "http://2130706433.example",
    ],
)
def test_other_machines_are_refused_unless_allowed(address: str) -> None:
    with pytest.raises(WrongUse, match=r"every photo would leave it.*--allow-remote"):
        ChatServer(address)
    assert ChatServer(address, allow_remote=True).is_remote


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1", "http://[::1]:1", "localhost:1", "http://[::ffff:127.0.0.1]"]
)
def test_this_machine_needs_no_leave(address: str) -> None:
    assert not ChatServer(address).is_remote


def test_a_name_that_leads_elsewhere_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a name resolves to, the peer is looked at before a byte is sent."""
    with serving(lambda *_: said("Caught one.")) as there:
        monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("203.0.113.9", 80))
        with pytest.raises(
            ServerError, match=r"another machine \(203.0.113.9\): no photo was sent"
        ):
            ChatServer(there.address).ask(REQUEST)
        assert there.asked == []


@pytest.mark.parametrize(
    "address",
    ["", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999", "http://127.0.0.1/v1?a=1",
     "http://127.0.0.1/v 1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(WrongUse, match="is no address of a server"):
        ChatServer(address)


def test_secrets_belong_in_the_environment() -> None:
    with pytest.raises(WrongUse, match="--key-from"):
        ChatServer("http://me:word@127.0.0.1")
    with pytest.raises(WrongUse, match="no key has"):
        ChatServer(key="a\r\nHost: evil")


def test_models_that_a_local_server_passes_on_are_refused() -> None:
    with pytest.raises(WrongUse, match="does not run on this machine"):
        ChatServer().check_model("qwen3-vl:235b-cloud")
    ChatServer().check_model("cloudy-vision:7b")
    ChatServer(allow_remote=True).check_model("gpt:cloud")


def test_environment_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://203.0.113.9:3128")
    assert answer_to(lambda *_: said("Direct.")) == "Direct."


def test_a_redirect_is_refused_and_not_followed() -> None:
    with serving(lambda *_: said("Gotcha.")) as other:
        away = Reply(status=307, headers={"Location": f"{other.address}/chat/completions"})
        with pytest.raises(ServerError, match=rf"sends requests on to {other.address}.*no photo"):
            answer_to(lambda *_: away)
    assert other.asked == []


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (error(500, "out of memory"), Busy, "error 500: “out of memory”"),
        (error(503, "Loading model"), Busy, "Loading model"),
        (error(429), Busy, "429"),
        (error(400, "image too large"), Refused, "refused the request .400.: “image too large”"),
        (error(404, 'model "seer" not found'), ServerError, 'not know.*model "seer" not found'),
        (error(401), ServerError, "another key .401.*--key-from"),
        (Reply(b"<html>Welcome</html>"), Unsteady, "makes no sense: “<html>Welcome"),
        (Reply(b'{"choices": []}'), Unsteady, "makes no sense"),
        (Reply(b"[" * 50_000), Unsteady, "makes no sense"),
        (Reply(b"\xff\xfe\x00"), Unsteady, "makes no sense"),
        (Reply(b""), Unsteady, "makes no sense"),
        (Reply(b'{"choices":', cut=True), Busy, "connection broke"),
        (Reply(b"x" * 1_100_000), Unsteady, "larger than a megabyte"),
        (Reply(b"", 204), Unsteady, "status 204"),
        (said(["a", "b"]), Unsteady, "no text"),
        (said(None, refusal="I cannot look at people."), Refused, "I cannot look at people"),
    ],
)
def test_what_goes_wrong_is_said(reply: Reply, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        answer_to(lambda *_: reply)
    assert caught.type is kind
    assert len(str(caught.value)) < 400


def test_the_pause_that_a_server_asks_for_is_known() -> None:
    with pytest.raises(Busy) as caught:
        answer_to(lambda *_: error(503, Retry_After="7"))
    assert caught.value.wait == 7


@pytest.mark.parametrize("reply", [Reply(hang=True), Reply(drip=True)])
def test_a_server_that_hangs_is_left(reply: Reply) -> None:
    with pytest.raises(Late, match=r"no answer within 0.3 seconds"):
        answer_to(lambda *_: reply, timeout=0.3)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ServerError, match=f"No language server answers at 127.0.0.1:{port}: start"):
        ChatServer(f"http://127.0.0.1:{port}").ask(REQUEST)


def test_a_server_that_was_there_may_come_back() -> None:
    with serving(lambda *_: said("Here.")) as there:
        server = ChatServer(there.address)
        server.ask(REQUEST)
    with pytest.raises(Busy, match="cannot be reached"):
        server.ask(REQUEST)


def test_closing_ends_what_is_under_way() -> None:
    with serving(lambda *_: Reply(hang=True)) as there:
        server = ChatServer(there.address)
        timer = threading.Timer(0.1, server.close)
        timer.start()
        with pytest.raises(Closed):
            server.ask(REQUEST)
        with pytest.raises(Closed):
            server.ask(REQUEST)
        with pytest.raises(Closed):
            server.pause(60)
        timer.join()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_known_error(text: str) -> None:
    try:
        server = ChatServer(text)
    except WrongUse:
        return
    assert not server.is_remote
