"""The panel's thread: the newest answer, and only that."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.background import Background


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background("test lane")
    yield made
    made.stop()


def test_work_is_done_elsewhere_and_answered_here(qtbot: QtBot, background: Background) -> None:
    threads: list[threading.Thread] = []
    background.submit("a", threading.current_thread, lambda t: threads.extend((t, _here())))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0].name == "test lane"
    assert threads[1] is threading.current_thread()


def _here() -> threading.Thread:
    return threading.current_thread()


def test_only_the_newest_request_of_a_kind_is_answered(
    qtbot: QtBot, background: Background
) -> None:
    gate, begun = threading.Event(), threading.Event()
    answers: list[str] = []

    def slow() -> str:
        begun.set()
        assert gate.wait(10)
        return "first"

    background.submit("a", slow, answers.append)
    assert begun.wait(10)
    background.submit("a", lambda: "second", answers.append)
    background.submit("a", lambda: "third", answers.append)
    background.submit("b", lambda: "other", answers.append)
    background.submit("c", lambda: "dropped", answers.append)
    background.drop("c")
    gate.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    qtbot.wait(20)
    assert answers == ["third", "other"]


def test_a_bug_is_reported_and_the_next_request_still_answered(
    qtbot: QtBot, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: seen.append(arguments.exc_type))
    answers: list[int] = []
    background.submit("a", lambda: 1 // 0, answers.append)
    qtbot.waitUntil(lambda: bool(seen))
    background.submit("a", lambda: 2, answers.append)
    qtbot.waitUntil(lambda: answers == [2])
    assert seen == [ZeroDivisionError]


def test_nothing_is_begun_after_stop(background: Background) -> None:
    background.stop()
    background.submit("a", lambda: 1, lambda _: None)
    assert not [thread for thread in threading.enumerate() if thread.name == "test lane"]
